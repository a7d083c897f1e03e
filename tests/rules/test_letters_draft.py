"""A draft of one of our own letters: what stops it, with the provision, and what to look at again."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from complaint_rules.editions import UnknownEdition
from complaint_rules.letters import (
    Checked,
    Compensation,
    Draft,
    OutcomeAnswer,
    PointAnswer,
    Route,
    Undertaken,
    UnknownLetter,
    check_draft,
)

DETAILS = "0300 111 3000, www.housing-ombudsman.org.uk"
ANSWER = Draft(
    kind="response",
    stage=1,
    edition="2024",
    definition="Damp left untreated, and a visit missed.",
    points=("damp left untreated", "missed visit"),
    answers=(
        PointAnswer(1, "upheld", "Nobody came for 19 days.", ("repairs policy 4.2",)),
        PointAnswer(2, "not_upheld", "We came on 9 November, and the log shows it."),
    ),
    outcomes=(
        OutcomeAnswer("repair", "yes"),
        OutcomeAnswer("a new home", "no", "Damp alone does not move a home."),
    ),
    remedies=(Undertaken("Treat the walls", date(2026, 12, 11), "Repairs"),),
    actions=(Undertaken("Check the fan", date(2026, 12, 18), "Repairs"),),
    compensation=(Compensation(6_000, "distress", "For 19 days of worry."),),
    way_on="If you are not happy with this answer, ask us for stage 2. You need not say why.",
    ombudsman_details=DETAILS,
    texts=("We are sorry. We got this wrong.",),
)
FINAL = replace(ANSWER, stage=2, way_on="You can take this to the Housing Ombudsman.")
ACKNOWLEDGEMENT = Draft(
    kind="acknowledgement",
    stage=1,
    edition="2024",
    definition="Damp left untreated.",
    outcomes=(OutcomeAnswer("repair"),),
    not_responsible_for=(),
    answer_by=date(2026, 12, 15),
    ombudsman_details=DETAILS,
)
EXTENSION = Draft(
    kind="extension",
    stage=1,
    edition="2024",
    new_day=date(2026, 12, 18),
    reason="The survey was late.",
    ombudsman_details=DETAILS,
    next_update=date(2026, 12, 8),
)
REFUSAL = Draft(
    kind="refusal",
    stage=1,
    edition="2024",
    reason="You told us of the damp on 3 March 2024. That is over two years ago, and nothing kept you from it.",
    way_on="You can take this decision to the Housing Ombudsman.",
    ombudsman_details=DETAILS,
    routes=(Route("our insurer", no_limit=True), Route("the tribunal", date(2026, 12, 28))),
)
DECLINE = replace(REFUSAL, kind="declined_escalation", stage=2)
WITHDRAWAL = Draft(
    kind="withdrawal",
    stage=1,
    edition="2024",
    definition="Damp left untreated.",
    withdrawn_by="Amira Yusuf",
    withdrawn_how="by telephone",
    withdrawn_on=date(2026, 12, 1),
    way_back="Ring us and we take it up again.",
    ombudsman_details=DETAILS,
)
UPDATE = Draft(
    kind="update",
    stage=2,
    edition="2024",
    texts=("The surveyor came on Monday.",),
    next_update=date(2026, 12, 8),
)
WHOLE = [
    ANSWER,
    FINAL,
    ACKNOWLEDGEMENT,
    replace(ACKNOWLEDGEMENT, stage=2),
    EXTENSION,
    replace(EXTENSION, stage=2),
]
WHOLE += [REFUSAL, DECLINE, WITHDRAWAL, UPDATE]


def stops(draft: Draft, **changes: Any) -> list[tuple[str, str, int | None]]:
    checked = check_draft(replace(draft, **changes))
    return [(lack.key, lack.ref, lack.place) for lack in checked.stops]


def looks(draft: Draft, **changes: Any) -> list[tuple[str, str]]:
    checked = check_draft(replace(draft, **changes))
    return [(remark.key, remark.ref) for remark in checked.look_again]


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
@pytest.mark.parametrize("draft", WHOLE, ids=lambda draft: f"{draft.kind}-{draft.stage}")
def test_a_whole_letter_of_any_kind_stops_nowhere_and_needs_no_second_look(
    draft: Draft, edition: str
) -> None:
    checked = check_draft(replace(draft, edition=edition), ["Dave"], ["Head of Repairs"])
    assert checked == Checked((), (), checked.present)
    assert checked.may_be_sent
    assert checked.present


def test_what_a_letter_holds_is_told_too() -> None:
    assert [each.key for each in check_draft(ANSWER).present] == [
        *("stage", "definition", "decision", "reasons", "remedy", "outstanding_actions", "way_to_stage_2"),
        *("no_reason_asked", "ombudsman_details"),
    ]


def without(draft: Draft, *parts: str) -> dict[str, Any]:
    empty = Draft(kind=draft.kind, stage=draft.stage, edition=draft.edition)
    return {part: getattr(empty, part) for part in parts}


# Each part taken out

STOPS = [
    (ANSWER, "2024", ("definition",), [("definition", "6.9", None)]),
    (ANSWER, "2024", ("way_on",), [("way_to_stage_2", "6.9", None)]),
    (ANSWER, "2022", ("way_on",), [("way_to_stage_2", "5.8", None)]),
    (ANSWER, "2020", ("way_on",), [("way_to_stage_2", "4.d", None)]),
    (ANSWER, "2022", ("definition",), []),
    (FINAL, "2024", ("definition",), [("definition", "6.19", None)]),
    (FINAL, "2022", ("definition",), [("definition", "5.16", None)]),
    (FINAL, "2024", ("way_on",), [("way_to_ombudsman", "6.19", None)]),
    (FINAL, "2022", ("ombudsman_details",), [("way_to_ombudsman", "5.16", None)]),
    (FINAL, "2020", ("way_on",), [("way_to_ombudsman", "3.f", None)]),
    (ACKNOWLEDGEMENT, "2024", ("definition",), [("definition", "5.6", None)]),
    (ACKNOWLEDGEMENT, "2024", ("outcomes",), [("outcomes", "5.6", None)]),
    (ACKNOWLEDGEMENT, "2024", ("not_responsible_for",), [("responsible_for", "5.7", None)]),
    (ACKNOWLEDGEMENT, "2022", ("not_responsible_for",), []),
    (ACKNOWLEDGEMENT, "2022", ("definition",), [("definition", "4.2", None)]),
    (ACKNOWLEDGEMENT, "2020", ("definition", "outcomes"), []),
    (replace(ACKNOWLEDGEMENT, stage=2), "2022", ("definition",), [("definition", "5.10", None)]),
    (EXTENSION, "2024", ("new_day",), [("new_day", "6.4", None)]),
    (EXTENSION, "2024", ("reason",), [("extension_reason", "6.4", None)]),
    (EXTENSION, "2024", ("ombudsman_details",), [("ombudsman_details", "6.5", None)]),
    (replace(EXTENSION, stage=2), "2024", ("ombudsman_details",), [("ombudsman_details", "6.16", None)]),
    (replace(EXTENSION, agreed=False), "2022", ("ombudsman_details",), [("ombudsman_details", "5.3", None)]),
    (replace(EXTENSION, agreed=True), "2022", ("ombudsman_details",), []),
    (EXTENSION, "2020", ("ombudsman_details",), []),
    (EXTENSION, "2020", ("new_day", "reason"), [("new_day", "4.i", None), ("extension_reason", "4.h", None)]),
    (REFUSAL, "2024", ("reason",), [("refusal_reasons", "2.4", None)]),
    (REFUSAL, "2022", ("way_on",), [("way_to_ombudsman", "1.9", None)]),
    (REFUSAL, "2020", ("reason",), [("refusal_reasons", "refusal_explained", None)]),
    (REFUSAL, "2024", ("routes",), [("elsewhere", "elsewhere", None)]),
    (DECLINE, "2024", ("reason",), [("refusal_reasons", "5.11", None)]),
    (DECLINE, "2022", ("way_on",), [("way_to_ombudsman", "5.9", None)]),
    (DECLINE, "2020", ("reason",), [("refusal_reasons", "6.d", None)]),
    (WITHDRAWAL, "2024", ("withdrawn_by",), [("withdrawn_by", "withdrawal_confirmed", None)]),
    (WITHDRAWAL, "2024", ("withdrawn_how",), [("withdrawn_by", "withdrawal_confirmed", None)]),
    (WITHDRAWAL, "2022", ("withdrawn_on",), [("withdrawn_by", "withdrawal_confirmed", None)]),
    (WITHDRAWAL, "2020", ("way_back",), [("way_back", "withdrawal_confirmed", None)]),
    (UPDATE, "2024", ("texts",), [("news", "news", None)]),
    (UPDATE, "2020", ("texts",), [("news", "4.a", None)]),
]


@pytest.mark.parametrize(("draft", "edition", "parts", "expected"), STOPS)
def test_what_is_left_out_stops_the_letter(
    draft: Draft, edition: str, parts: tuple[str, ...], expected: list[tuple[str, str, int | None]]
) -> None:
    assert stops(draft, edition=edition, **without(draft, *parts)) == expected


LOOKS = [
    (ACKNOWLEDGEMENT, "2024", ("answer_by",), [("answer_by", "6.3")]),
    (ACKNOWLEDGEMENT, "2024", ("ombudsman_details",), [("ombudsman_details", "3.7")]),
    (ACKNOWLEDGEMENT, "2022", ("ombudsman_details",), [("ombudsman_details", "2.8")]),
    (ACKNOWLEDGEMENT, "2020", ("definition",), [("definition", "definition")]),
    (EXTENSION, "2024", ("next_update",), [("next_update", "5.9")]),
    (UPDATE, "2022", ("next_update",), [("next_update", "4.10")]),
    (ANSWER, "2024", ("ombudsman_details",), [("ombudsman_details", "3.7")]),
    (ANSWER, "2022", ("ombudsman_details",), [("ombudsman_details", "2.8")]),
]


@pytest.mark.parametrize(("draft", "edition", "parts", "expected"), LOOKS)
def test_what_is_left_out_and_only_advised_is_for_a_second_look(
    draft: Draft, edition: str, parts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    changes = without(draft, *parts)
    assert looks(draft, edition=edition, **changes) == expected
    assert stops(draft, edition=edition, **changes) == []


def test_under_2020_a_response_that_says_little_is_for_a_second_look() -> None:
    bare = Draft(kind="response", stage=1, edition="2020", points=("damp",), way_on=ANSWER.way_on)
    assert {key for key, _ in looks(bare)} == {"decision", "reasons"}
    assert stops(bare) == [("decision", "all_points", 1), ("reasons", "all_points", 1)]


# Every point

EVERY_POINT = [
    ("2020", 1, "all_points"),
    ("2022", 1, "5.6"),
    ("2022", 2, "5.6"),
    ("2024", 1, "6.7"),
    ("2024", 2, "6.18"),
]


@pytest.mark.parametrize(("edition", "stage", "ref"), EVERY_POINT)
def test_each_point_needs_a_decision_and_reasons(edition: str, stage: int, ref: str) -> None:
    draft = replace(ANSWER if stage == 1 else FINAL, edition=edition)
    first = draft.answers[0]
    assert stops(draft, answers=(first,)) == [("decision", ref, 2), ("reasons", ref, 2)]
    assert stops(draft, answers=(first, PointAnswer(2, "upheld", " - "))) == [("reasons", ref, 2)]
    assert stops(draft, answers=(first, PointAnswer(2, None, "The log shows it."))) == [("decision", ref, 2)]
    assert stops(draft, answers=(first, PointAnswer(2, "maybe", "The log shows it."))) == [
        ("decision", ref, 2)
    ]
    assert stops(draft, answers=(*draft.answers, PointAnswer(2, "upheld", "Twice."))) == [
        ("decision", ref, 2)
    ]
    assert stops(draft, answers=(*draft.answers, PointAnswer(3, "upheld", "Who?"))) == [("points", ref, 3)]
    assert ("points", ref, None) in stops(draft, points=(), answers=())


def test_a_stop_says_what_to_do() -> None:
    (decide, reasons) = check_draft(replace(ANSWER, answers=ANSWER.answers[:1])).stops
    assert "point 2" in decide.says
    assert "upheld" in decide.says
    assert "point 2" in reasons.says


NO_WORDS = ["", "  ", "-", ".", "n/a", "N/A", "…", "👍", "??", "1", "No"]
SOME_WORDS = ["Lost.", "نعم، تأخرنا", "我们迟到了", "Wedi'i golli", "Затримка", "देरी हुई थी"]


@pytest.mark.parametrize("text", NO_WORDS)
def test_marks_and_shrugs_are_no_reasons(text: str) -> None:
    assert ("reasons", "6.7", 1) in stops(ANSWER, answers=(PointAnswer(1, "upheld", text), ANSWER.answers[1]))


@pytest.mark.parametrize("text", SOME_WORDS)
def test_reasons_may_be_in_any_script(text: str) -> None:
    assert stops(ANSWER, answers=(PointAnswer(1, "upheld", text), ANSWER.answers[1])) == []


# Outcomes, remedies, money

OUTCOMES = [
    (OutcomeAnswer("repair"), True),
    (OutcomeAnswer("repair", "yes"), False),
    (OutcomeAnswer("repair", "no"), True),
    (OutcomeAnswer("repair", "no", "n/a"), True),
    (OutcomeAnswer("repair", "no", "It was done in May."), False),
    (OutcomeAnswer("repair", "not_ours"), True),
    (OutcomeAnswer("repair", "not_ours", "The water company can say."), False),
    (OutcomeAnswer("repair", "perhaps"), True),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("outcome", "lacking"), OUTCOMES)
def test_each_outcome_wanted_is_answered(outcome: OutcomeAnswer, lacking: bool) -> None:
    assert stops(ANSWER, outcomes=(outcome,)) == ([("outcomes", "outcomes", 1)] if lacking else [])


@pytest.mark.parametrize(("edition", "ref"), [("2020", "dated"), ("2022", "6.5"), ("2024", "7.3")])
def test_each_remedy_and_action_has_its_day(edition: str, ref: str) -> None:
    undated = (Undertaken("Treat the walls", None, "Repairs"),)
    assert stops(ANSWER, edition=edition, remedies=undated) == [("remedy", ref, 1)]
    assert stops(ANSWER, edition=edition, actions=(*ANSWER.actions, *undated)) == [("action", ref, 2)]
    assert stops(ANSWER, edition=edition, actions=(Undertaken(" ", date(2026, 12, 4)),)) == [
        ("action", ref, 1)
    ]


def test_a_remedy_that_nobody_owns_is_for_a_second_look() -> None:
    assert looks(ANSWER, remedies=(Undertaken("Treat the walls", date(2026, 12, 11)),)) == [
        ("owner", "owner")
    ]


@pytest.mark.parametrize(("edition", "ref"), [("2020", "7.a"), ("2022", "6.1"), ("2024", "7.1")])
def test_something_upheld_with_nothing_offered_is_for_a_second_look_and_no_stop(
    edition: str, ref: str
) -> None:
    changes: dict[str, Any] = {
        "remedies": (),
        "actions": (),
        "compensation": (),
        "outstanding": "Nothing is left.",
    }
    assert stops(ANSWER, edition=edition, **changes) == []
    assert ("remedy", ref) in looks(ANSWER, edition=edition, **changes)
    refused = tuple(replace(answer, decision="not_upheld") for answer in ANSWER.answers)
    assert looks(ANSWER, edition=edition, answers=refused, **changes) == []


def test_where_something_is_upheld_the_letter_says_what_is_left_to_do() -> None:
    changes: dict[str, Any] = {"remedies": (), "actions": ()}
    assert stops(ANSWER, **changes) == [("outstanding_actions", "6.9", None)]
    assert stops(ANSWER, outstanding="Nothing is left to do.", **changes) == []


def test_money_is_more_than_nothing_and_is_explained() -> None:
    assert stops(ANSWER, compensation=(Compensation(0, "distress", "For worry."),)) == [
        ("compensation", "compensation", 1)
    ]
    assert looks(ANSWER, compensation=(Compensation(6_000, "distress"),)) == [
        ("compensation", "compensation")
    ]
    (remark,) = check_draft(replace(ANSWER, compensation=(Compensation(123_456),))).look_again
    assert "£1,234.56" in remark.says


def test_a_response_that_rests_on_no_policy_or_law_is_for_a_second_look() -> None:
    plain = tuple(replace(answer, cites=()) for answer in ANSWER.answers)
    assert looks(ANSWER, answers=plain) == [("cites", "6.7")]


# The way on

WAYS_TO_STAGE_2 = [
    ("Ask us for stage 2.", True),
    ("If you are unhappy, ask for a review.", True),
    ("请要求第二阶段", True),  # a letter in another language is not accused
    ("You can go to the Housing Ombudsman.", False),
    ("Goodbye.", False),
    ("-", False),
]


@pytest.mark.parametrize(("way_on", "shown"), WAYS_TO_STAGE_2)
def test_the_way_to_stage_2_is_told(way_on: str, shown: bool) -> None:
    assert stops(ANSWER, way_on=way_on) == ([] if shown else [("way_to_stage_2", "6.9", None)])


DEMANDS = [
    "To go to stage 2 you must tell us why you are unhappy.",
    "Please explain why you want stage 2.",
    "You need to give your reasons for asking for stage 2.",
    "Stage 2 is open only if you give new evidence.",
    "Write to us for stage 2, setting out your reasons.",
    "Ask for stage 2. Reasons must be given.",
]
DEMANDS_NOTHING = [
    "Ask us for stage 2. You need not say why.",
    "Ask for stage 2. No reason is needed.",
    "Ask for stage 2. If you like, tell us why.",
    "Ask for stage 2 without giving a reason.",
]


@pytest.mark.parametrize("way_on", DEMANDS)
def test_under_2024_a_reason_for_stage_2_must_not_be_asked(way_on: str) -> None:
    assert ("no_reason_asked", "6.12") in looks(ANSWER, way_on=way_on)
    assert "no_reason_asked" not in {key for key, _ in looks(ANSWER, way_on=way_on, edition="2022")}


@pytest.mark.parametrize("way_on", DEMANDS_NOTHING)
def test_a_reason_that_may_be_left_out_is_not_asked(way_on: str) -> None:
    assert looks(ANSWER, way_on=way_on) == []


OMBUDSMAN = [
    ("0300 111 3000", True),
    ("www.housing-ombudsman.org.uk", True),
    ("their online form", True),
    ("PO Box 1484, Unit D, Preston PR2 0ET", True),
    ("", False),
    ("ask them", False),
]


@pytest.mark.parametrize(("details", "given"), OMBUDSMAN)
def test_details_of_the_ombudsman_can_be_used(details: str, given: bool) -> None:
    expected = [] if given else [("ombudsman_details", "6.5", None)]
    assert stops(EXTENSION, ombudsman_details=details) == expected


# Acknowledgements, refusals


def test_what_is_unclear_is_asked() -> None:
    assert stops(ACKNOWLEDGEMENT, unclear=True) == [("question", "5.6", None)]
    assert stops(ACKNOWLEDGEMENT, unclear=True, question="Which wall is it?") == []


def test_outcomes_that_nobody_knows_are_asked_for() -> None:
    assert stops(ACKNOWLEDGEMENT, outcomes=()) == [("outcomes", "5.6", None)]
    assert stops(ACKNOWLEDGEMENT, outcomes=(), question="What would you like us to do?") == []


ROUTES = [
    ((), []),
    ((Route("the tribunal"),), [("elsewhere", "elsewhere", 1)]),
    (
        (Route("the tribunal", date(2026, 12, 28)), Route("", date(2026, 12, 28))),
        [("elsewhere", "elsewhere", 2)],
    ),
    ((Route("our insurer", no_limit=True),), []),
]


@pytest.mark.parametrize("draft", [REFUSAL, DECLINE], ids=["refusal", "decline"])
@pytest.mark.parametrize(("routes", "expected"), ROUTES)
def test_a_refusal_says_where_else_to_go_and_by_when(
    draft: Draft, routes: tuple[Route, ...], expected: list[tuple[str, str, int | None]]
) -> None:
    assert stops(draft, routes=routes) == expected


def test_short_reasons_for_a_refusal_are_for_a_second_look() -> None:
    assert looks(REFUSAL, reason="It is outside our policy.") == [("short_reasons", "short_reasons")]


# Law and advice

DUTIES = [
    ("2020", 1, "legal_duties"),
    ("2022", 1, "4.8"),
    ("2022", 2, "4.8"),
    ("2024", 1, "6.7"),
    ("2024", 2, "6.18"),
]


@pytest.mark.parametrize(("edition", "stage", "ref"), DUTIES)
def test_where_duties_are_at_issue_the_letter_tells_both_sides(edition: str, stage: int, ref: str) -> None:
    draft = replace(ANSWER if stage == 1 else FINAL, edition=edition, duties_at_issue=True)
    assert stops(draft) == [("legal_duties", ref, None)]
    assert stops(draft, landlord_duties="We keep the walls dry.") == [("legal_duties", ref, None)]
    assert stops(draft, landlord_duties="We keep the walls dry.", resident_duties="You let us in.") == []


def test_legal_advice_is_marked_as_privileged_and_stays_out_of_the_letter() -> None:
    advice = "In our opinion the claim for disrepair would probably succeed before a county court judge in this area."
    assert stops(ANSWER, advice_taken=True) == [("advice", "advice_privileged", None)]
    assert stops(ANSWER, advice=advice) == [("advice", "advice_privileged", None)]
    assert stops(ANSWER, advice_taken=True, advice=advice, advice_privileged=True) == []
    copied = ("We are sorry. The claim for disrepair would probably succeed before a judge.",)
    assert stops(ANSWER, advice=advice, advice_privileged=True, texts=copied) == [
        ("advice", "advice_privileged", None)
    ]


@pytest.mark.parametrize(
    "text", ["Our solicitor has advised that we pay.", "We took legal advice.", "Our lawyers say no."]
)
def test_a_letter_that_tells_of_advice_is_for_a_second_look(text: str) -> None:
    assert ("advice_shown", "advice_privileged") in looks(ANSWER, texts=(text,))


@pytest.mark.parametrize(
    "text", ["We advised you to ring.", "Citizens Advice can help you.", "You said your solicitor wrote."]
)
def test_other_advice_is_not(text: str) -> None:
    assert "advice_shown" not in {key for key, _ in looks(ANSWER, texts=(text,))}


# People


def test_nothing_goes_to_a_representative_without_authority() -> None:
    assert stops(ANSWER, to_representative=True) == [("authority", "authority", None)]
    assert stops(ANSWER, to_representative=True, authority=False) == [("authority", "authority", None)]
    assert stops(ANSWER, to_representative=True, authority=True) == []


@pytest.mark.parametrize(
    ("edition", "ref"), [("2020", "names_staff"), ("2022", "4.9"), ("2024", "names_staff")]
)
def test_names_and_titles_that_one_person_holds_are_for_a_second_look(edition: str, ref: str) -> None:
    draft = replace(ANSWER, edition=edition, texts=("Dave and the Head of Repairs came.",))
    found = check_draft(draft, ["Dave"], ["Head of Repairs"]).look_again
    assert [(remark.ref, remark.found) for remark in found] == [(ref, "Dave"), (ref, "Head of Repairs")]
    assert check_draft(draft, ["Dave"], except_for=["Dave"]).look_again == ()


NEEDS = [
    ("asthma", "", True),
    ("asthma", "We know that damp is hard on your asthma.", False),
    ("asthma", "We thought of your circumstances.", False),
    ("Hard of hearing", "Your hearing was thought of.", False),
    ("Child under five", "Your children were thought of.", False),
    ("Child under five", "We came at five.", False),
    ("", "", False),
    ("ME", "", False),
]


@pytest.mark.parametrize(("need", "text", "left_out"), NEEDS)
def test_a_need_that_is_known_is_mentioned(need: str, text: str, left_out: bool) -> None:
    found = check_draft(replace(ANSWER, texts=(text,)), needs=[need]).look_again
    assert [remark.found for remark in found] == ([need] if left_out else [])


def test_needs_matter_in_answers_and_refusals_and_not_in_an_update() -> None:
    assert [remark.key for remark in check_draft(REFUSAL, needs="asthma").look_again] == ["needs"]
    assert check_draft(UPDATE, needs=["asthma"]).look_again == ()


# The template, the words, and size


def test_a_template_that_was_not_filled_in_stops() -> None:
    assert stops(ANSWER, texts=("Dear {{ name }}",)) == [("unfilled", "unfilled", None)]
    assert stops(ANSWER, definition="Damp in <<room>>.") == [("unfilled", "unfilled", None)]


@pytest.mark.parametrize("text", ["Dear [name]", "We will come on XXX.", "Sum: TBC", "Day: ____"])
def test_what_looks_unfilled_is_for_a_second_look(text: str) -> None:
    assert ("unfilled", "unfilled") in looks(ANSWER, texts=(text,))


def test_vague_words_and_undated_promises_in_any_part_are_for_a_second_look() -> None:
    found = check_draft(replace(ANSWER, outstanding="We will paint it soon.")).look_again
    assert [(remark.key, remark.found) for remark in found] == [("vague", "soon"), ("undated_promise", "")]


def test_a_letter_that_no_edition_knows_is_an_error() -> None:
    with pytest.raises(UnknownLetter):
        check_draft(replace(ANSWER, kind="sonnet"))
    with pytest.raises(UnknownEdition):
        check_draft(replace(ANSWER, edition="1999"))


@pytest.mark.parametrize(
    "text", ["we will soon " * 8_000, "{{" * 50_000, "[" * 100_000, "_" * 100_000, "a" * 100_000]
)
def test_a_hundred_kilobytes_are_checked_at_once(text: str) -> None:
    started = time.process_time()
    check_draft(
        replace(ANSWER, texts=(text,), advice=text, advice_privileged=True), ["Dave"], needs=["asthma"]
    )
    assert time.process_time() - started < 10
