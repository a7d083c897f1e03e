"""The policy check: what a procedure meets and breaches, in words of any landlord's, edition by edition."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import editions, policy_check
from complaint_rules.editions import provisions
from complaint_rules.policy_check import BadPolicyFile, PolicyFinding, check, contradictions
from complaint_rules.policy_check.answers import where
from complaint_rules.policy_check.definition import digest, words_of
from complaint_rules.policy_check.meanings import meanings, readings
from complaint_rules.procedure import Ground, Procedure, read

EDITIONS = ("2020", "2022", "2024")


def procedure(**document: Any) -> Procedure:
    """A procedure whose every key stands on a line of its own, from line 2 on."""
    keys = list(document)

    def line(path: tuple[Any, ...]) -> int:
        return keys.index(path[0]) + 2 if path and path[0] in keys else 1

    return read({"name": "made-up", **document}, line)


def finding(ref: str, edition: str = "2024", **document: Any) -> PolicyFinding:
    return check(procedure(**document), edition)[ref]


def verdict(ref: str, edition: str = "2024", **document: Any) -> str:
    return str(finding(ref, edition, **document).verdict)


# What every finding holds


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_procedure_that_says_nothing_is_never_called_met_or_breached(edition: str) -> None:
    found = check(procedure(), edition)
    assert {str(each.verdict) for each in found.values()} <= {"cannot_tell", "not_applicable"}
    assert all(each.where == "not stated" and each.says for each in found.values())


@pytest.mark.parametrize("edition", EDITIONS)
def test_only_provisions_of_the_edition_are_judged_and_in_its_order(edition: str) -> None:
    judged = list(check(procedure(), edition))
    assert set(judged) <= set(provisions.provisions(edition))
    if edition != "2022":  # its form sets the musts of a section before the shoulds
        assert judged == [ref for ref in provisions.provisions(edition) if ref in judged]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "not stated"),
        ((12,), "line 12"),
        ((18, 52), "lines 18 and 52"),
        ((1, 2, 9), "lines 1, 2 and 9"),
        ((3, 4, 5, 6, 9), "lines 3 to 6 and 9"),
        ((3, 4, 5), "lines 3 to 5"),
    ],
)
def test_where_is_told_in_words(lines: tuple[int, ...], said: str) -> None:
    assert where(lines) == said


def test_a_finding_points_at_the_line_that_shows_it() -> None:
    found = finding("9.5", title="x", lead_member="The Board")
    assert (found.where, found.lines) == ("line 3", (3,))


# Limits and what they are counted from


@pytest.mark.parametrize(
    ("ref", "edition", "targets", "expected"),
    [
        ("6.2", "2024", {"acknowledge": "5 working days from receipt"}, "met"),
        ("6.2", "2024", {"acknowledge": "6 working days from receipt"}, "breached"),
        ("6.2", "2024", {"acknowledge": "7 days from receipt"}, "met"),  # never more than 5 working days
        ("6.2", "2024", {"acknowledge": "8 days from receipt"}, "breached"),
        ("6.2", "2024", {"acknowledge": "2 working days from logged"}, "breached"),
        ("6.2", "2024", {"acknowledge": "2wd from logged", "log": "3wd from receipt"}, "met"),
        ("6.2", "2024", {"acknowledge": "2wd from logged", "log": "4wd from receipt"}, "breached"),
        ("6.2", "2024", {"acknowledge": "5 working days"}, "met"),
        ("6.2", "2024", {"acknowledge": {"length": 5, "unit": "working_days", "starts": "not stated"}}, "cannot_tell"),
        ("6.2", "2024", {"acknowledge": "3 working days from the day it is checked by us"}, "cannot_tell"),
        ("6.2", "2024", {"acknowledge": "3 working days from allocation to an officer"}, "breached"),
        ("6.3", "2024", {"respond": "10 working days from acknowledgement"}, "met"),
        ("6.3", "2024", {"respond": "10 working days from receipt"}, "met"),
        ("6.3", "2024", {"respond": "15 working days from receipt"}, "breached"),
        ("6.3", "2024", {"respond": "10 working days from the visit"}, "breached"),
        ("6.3", "2024", {"respond": "2 weeks from acknowledgement"}, "met"),
        ("6.3", "2024", {"respond": "1 month from acknowledgement"}, "breached"),
        ("6.3", "2024", {"respond": {"length": 10, "unit": "not stated"}}, "met"),
        ("6.3", "2024", {"respond": {"length": 12, "unit": "not stated"}}, "cannot_tell"),
        ("6.3", "2024", {"respond": {"length": 30, "unit": "not stated"}}, "breached"),
        ("5.1", "2022", {"respond": "10 working days from logging"}, "met"),
        ("5.1", "2022", {"respond": "10 working days from receipt"}, "met"),
        ("5.1", "2022", {"respond": "10 working days from acknowledgement"}, "breached"),
        ("5.1", "2022", {"respond": "5wd from acknowledgement", "acknowledge": "2wd from receipt"}, "met"),
        ("6.11", "2024", {"acknowledge_escalation": "5 working days from the request"}, "met"),
        ("6.11", "2024", {"acknowledge_escalation": "5 working days from being accepted at stage 2"}, "breached"),
        ("6.14", "2024", {"respond_stage_2": "20 working days from the stage 2 acknowledgement"}, "met"),
        ("6.14", "2024", {"respond_stage_2": "20 working days from the request"}, "met"),
        ("6.14", "2024", {"respond_stage_2": "20 working days from the panel"}, "breached"),
        ("6.14", "2024", {"respond_stage_2": "28 days from the request"}, "met"),
        ("6.14", "2024", {"respond_stage_2": "30 days from the request"}, "breached"),
        ("5.13", "2022", {"respond_stage_2": "20 working days from escalation"}, "met"),
        ("5.13", "2022", {"respond_stage_2": "20 working days from the stage 2 acknowledgement"}, "breached"),
        ("4.g", "2020", {"respond": "10wd from logging", "respond_stage_2": "20wd from the request"}, "breached"),
        ("4.c", "2020", {"acknowledge": "5 working days from receipt"}, "met"),
    ],
)  # fmt: skip
def test_a_limit_is_held_against_the_codes_from_the_codes_start(
    ref: str, edition: str, targets: dict[str, Any], expected: str
) -> None:
    assert verdict(ref, edition, targets=targets) == expected


def test_a_limit_that_starts_later_says_how_long_it_can_be_in_all() -> None:
    targets = {
        "acknowledge": "5 working days from receipt",
        "respond": "10 working days from acknowledgement",
    }
    assert "that can be 15 in all" in finding("5.1", "2022", targets=targets).says


def test_an_unstated_time_tells_what_the_code_gives() -> None:
    found = finding("6.11")
    assert (str(found.verdict), found.where) == ("cannot_tell", "not stated")
    assert "5 working days from the request for stage 2" in found.says


@pytest.mark.parametrize(
    ("edition", "ref", "stage", "most", "expected"),
    [
        ("2024", "6.4", 1, "10 working days", "met"),
        ("2024", "6.4", 1, "11 working days", "breached"),
        ("2024", "6.15", 2, "20 working days", "met"),
        ("2024", "6.15", 2, "21 working days", "breached"),
        ("2024", "6.15", 2, "no limit", "breached"),
        ("2024", "6.15", 2, "no extensions", "met"),
        ("2024", "6.4", 1, "20 working days, with good reason", "cannot_tell"),
        ("2022", "5.1", 1, "10 working days", "met"),
        ("2022", "5.13", 2, "20 working days", "breached"),
        ("2020", "4.h", 2, "15 working days", "breached"),
    ],
)
def test_an_extension_is_held_against_the_cap_of_its_edition_and_stage(
    edition: str, ref: str, stage: int, most: str, expected: str
) -> None:
    both = {f"stage_{each}": "5 working days" for each in (1, 2)} | {f"stage_{stage}": most}
    times = {"respond": "10 working days", "respond_stage_2": "20 working days"}
    assert verdict(ref, edition, extension=both, targets=times) == expected


@pytest.mark.parametrize(
    ("edition", "ref", "when", "expected"),
    [
        ("2024", "6.5", "always", "met"),
        ("2024", "6.5", "if_not_agreed", "breached"),
        ("2024", "6.5", "never", "breached"),
        ("2022", "5.3", "if_not_agreed", "met"),
        ("2022", "5.3", "never", "breached"),
    ],
)
def test_the_ombudsmans_details_go_with_extensions_as_the_edition_asks(
    edition: str, ref: str, when: str, expected: str
) -> None:
    assert verdict(ref, edition, extension={"stage_1": {"ombudsman_details": when}}) == expected


# Stages


@pytest.mark.parametrize(
    ("stages", "extra", "number"),
    [
        (["Stage 1", "Stage 2"], "met", "met"),
        (["Complaint", "Appeal"], "met", "met"),
        (["Stage 1", "Stage 2 Review"], "met", "met"),
        (["Informal stage", "Stage 1", "Stage 2"], "breached", "breached"),
        (["Frontline resolution", "Stage 1", "Stage 2"], "breached", "breached"),
        (["Stage 0", "Stage 1", "Stage 2"], "breached", "breached"),
        (["Pre-complaint", "Complaint", "Review"], "breached", "breached"),
        (["Early resolution", "Investigation", "Senior review"], "breached", "breached"),
        (["Stage 1", "Stage 2", "Stage 3"], "met", "breached"),
        (["Stage 1", "Stage 2", "Appeal panel"], "met", "breached"),
        (["Stage 1", "Stage 2", "Review by the chief executive"], "met", "breached"),
        (["Stage 1 (informal)", "Stage 2 (formal)"], "breached", "met"),
        (["Stage 1", "Stage 2", "Housing Ombudsman"], "met", "met"),
    ],
)
def test_an_extra_stage_is_noticed_by_any_name(stages: list[str], extra: str, number: str) -> None:
    found = check(procedure(stages=stages), "2024")
    assert (str(found["5.2"].verdict), str(found["5.3"].verdict)) == (extra, number)


@pytest.mark.parametrize(
    ("first_step", "extra", "number"),
    [
        ({"name": "Frontline", "counted": True}, "breached", "breached"),
        ("Informal attempt", "breached", "met"),
        ({"name": "A first talk", "resident_may_skip": True}, "met", "met"),
        ({"name": "A first talk", "resident_may_skip": False}, "breached", "met"),
        ("A first talk", "cannot_tell", "met"),
    ],
)
def test_a_first_step_counts_as_a_stage_only_where_the_landlord_counts_it(
    first_step: Any, extra: str, number: str
) -> None:
    found = check(procedure(first_step=first_step, stages=["Stage 1", "Stage 2"]), "2024")
    assert (str(found["5.2"].verdict), str(found["5.3"].verdict)) == (extra, number)


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (["Stage 1", "Stage 2"], "met"),
        (["Stage 1", "Stage 2", "Panel"], "cannot_tell"),  # the reasons stand in the self-assessment
        (["Stage 1", "Stage 2", {"name": "Panel", "reason": "Residents asked for it"}], "met"),
        (["Stage 1", "Stage 2", "Panel", "Board"], "breached"),
        (["Frontline", "Stage 1", "Stage 2", "Panel"], "breached"),
    ],
)
def test_the_2022_code_allows_a_third_stage_with_reasons_and_never_a_fourth(
    stages: list[Any], expected: str
) -> None:
    assert verdict("5.17", "2022", stages=stages) == expected


def test_provisions_on_a_third_stage_arise_only_where_there_is_one() -> None:
    two = check(procedure(stages=["Stage 1", "Stage 2"]), "2022")
    assert {str(two[ref].verdict) for ref in ("5.18", "5.19", "5.20")} == {"not_applicable"}
    late = ["Stage 1", "Stage 2", {"name": "Panel", "respond": "30 working days"}]
    assert verdict("5.18", "2022", stages=late) == "breached"
    shared = [
        "Stage 1",
        "Stage 2",
        {"name": "Panel", "residents_decide": "With two residents", "optional": False},
    ]
    assert (verdict("3.d", "2020", stages=shared), verdict("3.e", "2020", stages=shared)) == (
        "met",
        "breached",
    )


@pytest.mark.parametrize(
    ("stages", "escalation", "expected"),
    [
        (["Stage 1", "Stage 2"], {}, "met"),
        (["Complaint"], {}, "breached"),
        (["Stage 1", "Stage 2"], {"progressed": False}, "breached"),
        (["Stage 1", "Stage 2"], {"decided_first": "A manager decides if there are grounds"}, "cannot_tell"),
        (["Stage 1", "Stage 2"], "We open stage 2 where appropriate.", "cannot_tell"),
    ],
)
def test_what_stage_1_leaves_open_must_reach_stage_2(
    stages: list[str], escalation: Any, expected: str
) -> None:
    assert verdict("6.10", stages=stages, escalation=escalation) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"handled_by": "Housing manager"}, {"handled_by": "Director"}, "met"),
        ({"handled_by": "Housing manager"}, {"handled_by": "The housing manager"}, "breached"),
        ({"handled_by": "Complaints team"}, {"handled_by": "Complaints team"}, "cannot_tell"),
        ({}, {}, "cannot_tell"),
        ({}, {"different_person": True}, "met"),
        ({}, {"different_person": False}, "breached"),
        ({}, {"how": "Looked at by the same officer who answered stage 1"}, "breached"),
        ({}, {"how": "Not looked at by the same person"}, "met"),
        ({}, {"how": "A manager with no previous involvement"}, "met"),
        ({"seniority": "manager"}, {"seniority": "director", "more_senior": True, "different_person": True}, "met"),
        ({"seniority": "manager"}, {"seniority": "manager", "more_senior": True}, "breached"),
        ({"seniority": "manager"}, {"seniority": "officer", "different_person": True}, "cannot_tell"),
        ({"seniority": "manager", "handled_by": "A"}, {"seniority": "manager", "handled_by": "B"}, "cannot_tell"),
        ({"seniority": "manager"}, {"seniority": "manager", "different_person": True}, "met"),
    ],
)  # fmt: skip
def test_stage_2_wants_another_person_and_no_claim_that_does_not_hold(
    first: dict[str, Any], second: dict[str, Any], expected: str
) -> None:
    stages = [{"name": "Stage 1", **first}, {"name": "Stage 2", **second}]
    assert verdict("6.13", stages=stages) == expected
    assert verdict("5.12", "2022", stages=stages) == expected


# Asking for stage 2


@pytest.mark.parametrize(
    ("escalation", "expected"),
    [
        ({}, "cannot_tell"),
        ({"reason_required": True}, "breached"),
        ({"reason_required": False}, "met"),
        ({"asks_why": True}, "breached"),
        ({"asks_why": True, "reason_required": False}, "met"),
        ("Write to us within 14 days giving your reasons.", "breached"),
        ("Residents must explain why they remain dissatisfied.", "breached"),
        ("Fill in the stage 2 form, stating what is unresolved and why.", "breached"),
        ("Ask us by any channel. You may tell us why if you wish.", "met"),
        ("You do not need to give reasons.", "met"),
    ],
)
def test_a_resident_need_not_say_why_they_want_stage_2(escalation: Any, expected: str) -> None:
    assert verdict("6.12", escalation=escalation) == expected


def test_a_ground_that_wants_reasons_makes_reasons_required() -> None:
    assert verdict("6.12", refusal_grounds=["No specific reasons were given for a review"]) == "breached"


@pytest.mark.parametrize(
    ("escalation", "expected"),
    [
        ({"window": "10 working days", "discretion": False}, "breached"),
        ({"window": "10 working days"}, "cannot_tell"),
        ({"window": "10 working days", "discretion": True}, "met"),
    ],
)
def test_a_window_for_stage_2_may_be_no_flat_bar(escalation: dict[str, Any], expected: str) -> None:
    grounds = ["A claim form has been filed at court"]
    assert verdict("5.11", escalation=escalation, refusal_grounds=grounds) == expected


# Exclusions and refusals, in anybody's words


@pytest.mark.parametrize(
    ("says", "kind", "expected"),
    [
        ("No new evidence has been provided", "no_new_evidence", "breached"),
        ("There is nothing new in the request", "no_new_evidence", "breached"),
        ("The customer fails to bring additional evidence", "no_new_evidence", "breached"),
        ("No specific reasons for review", "no_reasons", "breached"),
        ("The resident hasn't told us why they want a review", "no_reasons", "breached"),
        ("The reason for escalation is not stated", "no_reasons", "breached"),
        ("Seeks an outcome that we cannot provide", "outside_control", "breached"),
        ("The remedy wanted is unreasonable", "outside_control", "breached"),
        ("Asks for something against our policies", "outside_control", "breached"),
        ("Complaints over six months old", "too_soon", "breached"),
        ("Anything raised more than 10 weeks after it happened", "too_soon", "breached"),
        ("Complaints must be made within 90 days of the event", "too_soon", "breached"),
        ("Matters over twelve months old", "age", "met"),
        ("More than two years ago", "age", "met"),
        ("A letter from a solicitor has been received", "letter_of_claim", "breached"),
        ("The resident is threatening to take legal action", "letter_of_claim", "breached"),
        ("A claim has been issued and legal proceedings have begun", "legal_proceedings", "met"),
        ("Matters subject to legal action", "legal_action", "cannot_tell"),
        ("Already dealt with under this complaints policy", "already_considered", "met"),
        ("Complaints from persistent complainants", "the_person", "breached"),
        ("Tenants in rent arrears", "the_person", "breached"),
        ("Complaints from former tenants", "not_a_tenant", "breached"),
        ("Petitions", "group", "breached"),
        ("Complaints that are not in writing", "not_in_writing", "breached"),
        ("Complaints made by councillors on behalf of a resident", "representatives", "breached"),
        ("Complaints about the conduct of councillors", "councillors", "met"),
        ("Complaints about contractors", "contractor", "breached"),
        ("Repairs reported less than 28 days ago", "must_wait", "breached"),
        ("Repairs that are still in progress", "must_wait", "breached"),
        ("First-time requests for a service", "first_report", "breached"),
        ("Survey answers", "survey", "breached"),
        ("Appeals to a tribunal", "own_route", "met"),
        ("Insurance claims", "own_route", "met"),
        ("Staff disciplinary matters", "staff_matters", "met"),
        ("New issues not raised at stage 1", "new_points", "met"),
        ("Vexatious complaints", "vexatious", "cannot_tell"),
        ("Anonymous complaints", "anonymous", "cannot_tell"),
        ("Disagreement with a decision properly made", "disagreement", "cannot_tell"),
        ("Complaints without merit", "unknown", "cannot_tell"),
    ],
)
def test_a_ground_is_known_by_what_it_means(says: str, kind: str, expected: str) -> None:
    found = {reading.kind: str(reading.verdict) for reading in readings(Ground(says))}
    assert found.get(kind) == expected, found


@pytest.mark.parametrize(
    "says",
    [
        "Matters over twelve months old, unless there is good reason",
        "The complaint was made more than 12 months after the event without good reason",
        "Matters already considered under the complaints policy",
        "A claim form and particulars of claim have been filed at court",
        "A right of appeal to a tribunal, which is outside our control",
    ],
)
def test_a_fair_ground_is_not_taken_for_an_unsafe_one(says: str) -> None:
    assert {str(reading.verdict) for reading in readings(Ground(says))} == {"met"}


def test_every_meaning_says_why_and_is_plain() -> None:
    for each in meanings():
        assert each.says.endswith((".", "?"))
        assert each.when


@pytest.mark.parametrize(
    ("exclusions", "expected"),
    [
        (None, "cannot_tell"),
        ("in policy, not given", "cannot_tell"),
        ([], "met"),
        (["Matters over twelve months old", "Matters already considered under this policy"], "met"),
        (["Matters over twelve months old", "Complaints without merit"], "cannot_tell"),
        (["Matters over six months old"], "breached"),
        ([{"ground": "over_twelve_months"}, {"ground": "legal_proceedings"}], "met"),
    ],
)
def test_exclusions_are_set_out_and_fair(exclusions: Any, expected: str) -> None:
    document = {} if exclusions is None else {"exclusions": exclusions}
    assert verdict("2.2", **document) == expected


@pytest.mark.parametrize("months", ["10 weeks", "six months", "11 months"])
def test_an_exclusion_under_twelve_months_is_breached_where_the_code_gives_the_number(months: str) -> None:
    exclusions = [f"Matters more than {months} old"]
    assert verdict("2.2", exclusions=exclusions) == "breached"
    assert verdict("2.3", exclusions=exclusions) == "breached"
    assert verdict("1.8", "2022", exclusions=exclusions) == "cannot_tell"


@pytest.mark.parametrize(
    ("exclusion", "expected"),
    [
        ("Matters over twelve months old, unless there is good reason", "met"),
        ({"says": "Matters over a year old", "discretion": True}, "met"),
        ({"says": "Matters over a year old", "discretion": False}, "breached"),
        ("Matters over a year old are never considered", "breached"),
        ("Matters over a year old", "cannot_tell"),
        ("Matters already considered under this policy", "met"),
    ],
)
def test_an_older_matter_must_be_looked_at(exclusion: Any, expected: str) -> None:
    assert verdict("2.3", exclusions=[exclusion]) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, "cannot_tell"),
        ({"each_on_its_merits": True}, "met"),
        ({"exclusions": ["Anonymous complaints are never accepted"]}, "breached"),
        ({"exclusions": ["Complaints from former tenants"], "each_on_its_merits": True}, "breached"),
        ({"exclusions": [{"says": "Vexatious complaints", "discretion": False}]}, "breached"),
        ({"exclusions": [{"says": "Vexatious complaints", "discretion": True}]}, "met"),
        ({"statements": ["We will not accept complaints from people in rent arrears."]}, "breached"),
    ],
)
def test_no_exclusion_is_a_blanket_rule(document: dict[str, Any], expected: str) -> None:
    assert verdict("2.5", **document) == expected


@pytest.mark.parametrize(
    ("edition", "ref"), [("2024", "5.11"), ("2022", "4.14")], ids=["2024 5.11", "2022 4.14"]
)
@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, "cannot_tell"),
        ({"refusal_grounds": ["No new evidence"]}, "breached"),
        ({"refusal_grounds": ["The resident gave no reasons for wanting a review"]}, "breached"),
        ({"refusal_grounds": ["Seeks a resolution outside our control"]}, "breached"),
        ({"refusal_grounds": "same as exclusions", "exclusions": ["Matters over twelve months old"]}, "met"),
        (
            {
                "refusal_grounds": "same as exclusions",
                "exclusions": ["A solicitor's letter has been received"],
            },
            "breached",
        ),
        ({"refusal_grounds": "in policy, not given"}, "cannot_tell"),
        ({"statements": ["We will not escalate a complaint without new evidence."]}, "breached"),
    ],
)
def test_stage_2_is_refused_on_fair_grounds_only(
    edition: str, ref: str, document: dict[str, Any], expected: str
) -> None:
    assert verdict(ref, edition, **document) == expected


def test_in_2022_the_grounds_must_be_those_for_not_accepting_a_complaint() -> None:
    own = {
        "exclusions": ["Matters over twelve months old"],
        "refusal_grounds": ["Appeals to a tribunal"],
    }
    assert verdict("4.14", "2022", **own) == "breached"
    assert verdict("5.11", "2024", **own) == "met"


# What is told from a complaint

ALWAYS = {"first_report": "always_a_service_request", "told_apart": True, "recorded": True}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"service_requests": ALWAYS}, "breached"),
        ({"service_requests": "The first report of any matter is a service request."}, "breached"),
        ({"exclusions": ["Matters reported for the first time"]}, "breached"),
        ({"statements": ["An initial report of an issue is no complaint."]}, "breached"),
        ({"service_requests": {"told_apart": True, "recorded": True}}, "met"),
        ({"service_requests": {"told_apart": True}}, "cannot_tell"),
    ],
)  # fmt: skip
def test_a_first_report_is_judged_by_what_it_says(document: dict[str, Any], expected: str) -> None:
    assert verdict("1.4", **document) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, "cannot_tell"),
        ({"survey_answers": True}, "met"),
        ({"survey_answers": "Whoever is unhappy is rung and offered a complaint"}, "met"),
        ({"survey_answers": "Not treated as complaints"}, "breached"),
        ({"exclusions": ["Answers in surveys"]}, "breached"),
        ({"exclusions": ["Answers in surveys, though we tell people how they can complain"]}, "met"),
        ({"exclusions": ["Answers in surveys"], "survey_answers": True}, "cannot_tell"),
    ],
)
def test_survey_answers_may_not_be_shut_out(document: dict[str, Any], expected: str) -> None:
    assert verdict("1.6", **document) == expected
    assert verdict("1.5", "2022", **document) == expected


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        (["telephone"], "breached"),
        (["telephone", "phone line"], "breached"),
        (["an email address", "e-mail"], "breached"),
        (["web form"], "breached"),
        (["advocate", "by letter"], "breached"),  # who brings it is no way of its own
        ("by telephone, email or in person", "met"),
        (["telephone", "letter"], "met"),
        ([], "breached"),
        ("in policy, not given", "cannot_tell"),
    ],
)
def test_there_must_be_more_than_one_way_to_complain(channels: Any, expected: str) -> None:
    assert verdict("3.1", channels=channels) == expected
    assert verdict("2.1", "2022", channels=channels) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"any_member_of_staff": True}, "met"),
        ({"any_member_of_staff": True, "channels_not_taken": ["letter"]}, "breached"),
        ({"any_member_of_staff": True, "channels_not_taken": ["Facebook"], "social_media": {"used": False}}, "met"),
        ({"any_member_of_staff": True, "social_media": {"used": True, "taken": False}}, "breached"),
        ({}, "cannot_tell"),
    ],
)  # fmt: skip
def test_a_resident_may_complain_in_any_way(document: dict[str, Any], expected: str) -> None:
    assert verdict("3.2", **document) == expected


# The Ombudsman


@pytest.mark.parametrize(
    ("given_in", "early", "letters"),
    [
        (["final_response"], "breached", "breached"),
        ("final response", "breached", "breached"),
        ("none", "breached", "breached"),
        (["website", "final response"], "breached", "cannot_tell"),
        (["acknowledgement", "stage_1_response", "final_response"], "met", "met"),
        (["All letters"], "met", "met"),
        ({"in": ["final_response"], "elsewhere": "not stated"}, "cannot_tell", "cannot_tell"),
        ([{"in": ["final_response"]}, {"in": ["throughout"]}], "cannot_tell", "cannot_tell"),
    ],
)
def test_residents_hear_of_the_ombudsman_before_the_end(given_in: Any, early: str, letters: str) -> None:
    document = {"ombudsman": {"given_in": given_in}}
    assert verdict("3.7", **document) == early
    assert verdict("2.8", "2022", **document) == early
    assert verdict("2.7", "2022", **document) == letters


# People and letters


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The Board", "breached"),
        ("Housing Committee", "breached"),
        ("Under consideration", "breached"),
        ("Jo Bloggs, Chair of the Housing Committee", "met"),
        ("Councillor Bloggs", "met"),
        (["The Board", "Councillor Bloggs"], "cannot_tell"),
    ],
)
def test_a_member_who_leads_is_a_person(lead: Any, expected: str) -> None:
    assert verdict("9.5", lead_member=lead) == expected
    assert verdict("7.3", "2022", lead_member=lead) == expected


SEVEN = ["stage", "definition", "decision", "reasons", "remedy", "outstanding_actions", "how_to_escalate"]


@pytest.mark.parametrize(
    ("items", "in_2022", "in_2024"),
    [
        (SEVEN, "met", "met"),
        ([each for each in SEVEN if each != "definition"], "met", "breached"),
        ([each for each in SEVEN if each != "remedy"], "breached", "breached"),
        ({"as_code": "2022"}, "met", "cannot_tell"),
        ({"as_code": "2024"}, "met", "met"),
    ],
)
def test_a_stage_1_letter_holds_what_the_edition_lists(items: Any, in_2022: str, in_2024: str) -> None:
    document = {"letters": {"stage_1_response": items}}
    assert verdict("5.8", "2022", **document) == in_2022
    assert verdict("6.9", "2024", **document) == in_2024


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([], "cannot_tell"),
        ([{"what": "Figures", "to": ["Board"], "every": "quarter"}], "met"),
        ([{"what": "Figures", "to": ["Board"], "every": "every meeting"}], "met"),
        ([{"what": "Figures", "to": ["Board"], "every": "year"}], "cannot_tell"),
        ([{"what": "Figures", "to": ["managers"], "every": "month"}], "cannot_tell"),
    ],
)
def test_the_governing_body_hears_regularly(reports: list[Any], expected: str) -> None:
    assert verdict("9.7", reports=reports) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"single_policy": True}, "met"),
        ({"layers": ["Corporate policy", "Housing standard"]}, "cannot_tell"),
        ({"layers": [{"name": "A", "sets_times": True}, {"name": "B", "sets_times": True}]}, "breached"),
        ({}, "cannot_tell"),
    ],
)
def test_one_policy_covers_every_complaint(document: dict[str, Any], expected: str) -> None:
    assert verdict("5.1", **document) == expected


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("A contractor's answer counts as our stage 1 answer", "met"),
        ("Residents complain to the contractor first", "breached"),
        (False, "breached"),
    ],
)
def test_answers_of_third_parties_are_part_of_the_two_stages(says: Any, expected: str) -> None:
    assert verdict("5.4", third_parties=says) == expected


# The definition of a complaint

MADE_UP = "A grumble, loud or quiet, about the tea made by the club or its cooks."


@pytest.fixture
def asks() -> dict[str, Any]:
    """What an edition would ask whose fixed sentence is a made-up one."""
    return {
        "words": [digest(word) for word in words_of(MADE_UP)],
        "as": {"2024": True},
        "other": "it is older.",
    }


@pytest.mark.parametrize(
    ("printed", "expected", "says"),
    [
        (MADE_UP, "met", ""),
        ("a GRUMBLE - loud or quiet - about the tea, made by the club or its cooks", "met", ""),
        (f"A complaint is: {MADE_UP}", "met", ""),
        (
            MADE_UP.replace("cooks", "cooks and that needs an answer"),
            "breached",
            '"and that needs an answer"',
        ),
        (MADE_UP.replace("the club", "the kitchen"), "breached", '"kitchen" stands for'),
        (MADE_UP.replace(", loud or quiet,", ""), "breached", "Left out"),
        ("Anything that makes you unhappy", "breached", "It is not the Code's sentence."),
    ],
)
def test_a_definition_is_the_fixed_sentence_or_says_what_differs(
    asks: dict[str, Any], printed: str, expected: str, says: str
) -> None:
    edition = editions.edition("2024")
    answer = policy_check.QUESTIONS["definition"](procedure(definition=printed), edition, asks)
    assert answer is not None
    assert str(answer.verdict) == expected
    assert says in answer.says


@pytest.mark.parametrize(
    ("given", "edition", "ref", "expected"),
    [
        ({"as_code": "2024"}, "2024", "1.2", "met"),
        ({"as_code": "2022"}, "2024", "1.2", "breached"),
        ({"as_code": "2020"}, "2022", "1.2", "met"),
        ({"as_code": "2024"}, "2022", "1.2", "breached"),
        ({"as_code": "2024", "added": ["in writing"]}, "2024", "1.2", "breached"),
        ({"as_code": "2020"}, "2020", "1.a", "met"),
        ("in policy, not given", "2024", "1.2", "cannot_tell"),
    ],
)
def test_a_document_may_say_that_it_uses_the_codes_sentence(
    given: Any, edition: str, ref: str, expected: str
) -> None:
    assert verdict(ref, edition, definition=given) == expected


def test_the_two_words_that_2024_changed_are_named() -> None:
    asked = {name: policy_check.questions(name)["1.2"][0]["words"] for name in ("2022", "2024")}
    assert (len(asked["2022"]), len(asked["2024"])) == (36, 35)
    changed = {digest("organisation"), digest("landlord"), digest("individual"), digest("an"), digest("a")}
    assert set(asked["2022"]) ^ set(asked["2024"]) <= changed


# Two things that do not agree

AT_THE_END_OR_NOT = [{"in": ["final_response"]}, {"in": ["throughout"]}]
NO_REASON = {"reason_required": False}
LESS_SENIOR = [
    {"name": "Stage 1", "seniority": "head"},
    {"name": "Stage 2", "seniority": "officer", "more_senior": True},
]


@pytest.mark.parametrize(
    ("document", "about"),
    [
        ({"targets": {"update": ["once a week", "every 5 days"]}}, "the time for update"),
        ({"targets": {"respond": "10wd"}, "stages": [{"name": "Stage 1", "respond": "15wd"}]}, "the time for respond"),
        ({"number_of_stages": 2, "stages": ["Informal", "Stage 1", "Stage 2"]}, "how many stages there are"),
        ({"survey": [True, False]}, "survey"),
        ({"ombudsman": {"given_in": AT_THE_END_OR_NOT}}, "where the Ombudsman's details are given"),
        ({"lead_member": ["The Board", "Councillor Bloggs"]}, "who leads on complaints"),
        ({"escalation": NO_REASON, "refusal_grounds": ["No reasons given"]}, "whether a reason is needed for stage 2"),
        ({"channels": ["email", "letter"], "channels_not_taken": ["by post"]}, "ways to complain"),
        ({"exclusions": ["Over 6 months old", "More than twelve months ago"]}, "how old a matter may be"),
        ({"survey_answers": True, "exclusions": ["Survey answers"]}, "answers in surveys"),
        ({"dates": {"approved": "2026-12-01", "in_force": "2026-11-01"}}, "the days of the procedure"),
        ({"stages": LESS_SENIOR}, "who considers Stage 2"),
    ],
)  # fmt: skip
def test_two_things_that_do_not_agree_are_both_kept(document: dict[str, Any], about: str) -> None:
    (found,) = contradictions(procedure(**document))
    assert found.about == about
    assert len(found.said) >= 2


def test_what_is_said_twice_alike_is_no_contradiction() -> None:
    assert contradictions(procedure(targets={"update": "7 days"}, updates="once a week")) == ()
    assert contradictions(procedure(targets={"respond": "10 working days"}, number_of_stages=2)) == ()


def test_a_contradiction_that_matters_to_a_provision_is_cannot_tell_and_shows_both_lines() -> None:
    found = finding(
        "6.3",
        targets={"respond": "10 working days"},
        stages=[{"name": "Stage 1", "respond": "15 working days"}],
    )
    assert (str(found.verdict), found.where) == ("cannot_tell", "lines 2 and 3")


def test_a_contradiction_that_makes_no_difference_is_met_all_the_same() -> None:
    assert verdict("4.10", "2022", updates=["once a week", "every 5 days"]) == "met"


# An edition asks what it asks


def made_up_edition(folder: Path, policy: str) -> None:
    shutil.copytree(editions.FOLDER / "code_2024", folder / "code_2024")
    (folder / "code_2024" / policy_check.FILE).write_text(policy)


def test_what_an_edition_asks_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up_edition(tmp_path, '[provisions]\n"9.5" = [{ ask = "stated", key = "survey" }]\n')
    monkeypatch.setattr(editions, "FOLDER", tmp_path)
    policy_check.questions.cache_clear()
    try:
        assert list(check(procedure(survey=True), "2024")) == ["9.5"]
    finally:
        policy_check.questions.cache_clear()


def test_a_question_that_there_is_not_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up_edition(tmp_path, '[provisions]\n"9.5" = [{ ask = "nonsense" }]\n')
    monkeypatch.setattr(editions, "FOLDER", tmp_path)
    policy_check.questions.cache_clear()
    try:
        with pytest.raises(BadPolicyFile, match="nonsense"):
            check(procedure(), "2024")
    finally:
        policy_check.questions.cache_clear()


def test_every_question_there_is_is_asked_by_some_edition() -> None:
    asked = {
        each["ask"] for name in EDITIONS for rows in policy_check.questions(name).values() for each in rows
    }
    assert asked == set(policy_check.QUESTIONS)
