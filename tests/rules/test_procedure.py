"""A landlord's procedure read from a document: what each key becomes, and what is wrong with it, by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from complaint_rules.editions import UnknownEdition
from complaint_rules.policy_check import contradictions
from complaint_rules.procedure import (
    CODE_DEFAULT,
    CODE_DEFAULTS,
    NOT_GIVEN,
    BadProcedure,
    Procedure,
    Target,
    read,
    settings,
)
from complaint_rules.procedure.json_schema import json_schema
from complaint_rules.procedure.schema import schema
from complaint_rules.working_days import Convention


def procedure(**document: Any) -> Procedure:
    return read({"name": "made-up", **document})


def faults(**document: Any) -> list[str]:
    """What is wrong with a document whose every key stands on a line of its own, from line 2 on."""
    keys = list(document)

    def line(path: tuple[Any, ...]) -> int:
        return keys.index(path[0]) + 2 if path and path[0] in keys else 1

    with pytest.raises(BadProcedure) as problem:
        read({"name": "made-up", **document}, line)
    return [str(each) for each in problem.value.problems]


def times_of(given: Procedure) -> dict[str, tuple[int, str, str]]:
    return {target.clock: (target.length, target.unit, target.starts) for target in given.targets}


# Times, as a policy prints them


@pytest.mark.parametrize(
    ("clock", "written", "counted"),
    [
        ("acknowledge", "2 working days from logged", (2, "working_days", "logged")),
        ("acknowledge", "within five working days of receipt", (5, "working_days", "received")),
        ("acknowledge", "By the end of the next working day after receipt", (1, "working_days", "received")),
        ("acknowledge", "the same day it is received", (0, "working_days", "received")),
        ("respond", "ten (10) working days of the complaint being logged", (10, "working_days", "logged")),
        ("respond", "10 working days of the acknowledgement", (10, "working_days", "acknowledged")),
        ("respond", "14 calendar days from receipt", (14, "days", "received")),
        ("acknowledge_escalation", "5 working days from receipt", (5, "working_days", "requested")),
        ("respond_stage_2", "20wd of the request", (20, "working_days", "requested")),
        ("respond_stage_2", "20 working days from acknowledgement", (20, "working_days", "acknowledged_escalation")),
        ("respond_stage_2", "20 working days of being escalated", (20, "working_days", "escalated")),
        ("respond_stage_2", "20 working days from the panel", (20, "working_days", "the panel")),
        ("escalate_by", "one month from receiving the stage 1 response", (1, "months", "responded")),
        ("escalate_by", "4 weeks of our decision", (28, "days", "responded")),
        ("decline_by", "10 working days of the request", (10, "working_days", "requested")),
        ("update", "once a week", (7, "days", "acknowledged")),
        ("update", "every five working days", (5, "working_days", "acknowledged")),
        ("call_back", "48 hours of an unhappy survey answer", (2, "days", "dissatisfied")),
    ],
)  # fmt: skip
def test_a_time_may_be_written_in_words(clock: str, written: str, counted: tuple[int, str, str]) -> None:
    assert times_of(procedure(targets={clock: written})) == {clock: counted}


@pytest.mark.parametrize(
    ("parts", "counted"),
    [
        ({"length": 5, "unit": "working_days", "starts": "received"}, (5, "working_days", "received")),
        ({"length": 5, "unit": "working days", "from": "receipt"}, (5, "working_days", "received")),
        ({"length": 1, "unit": "week", "starts": "logged"}, (7, "days", "logged")),
        ({"within": "3 working days", "from": "acknowledgement"}, (3, "working_days", "acknowledged")),
    ],
)
def test_a_time_may_be_written_in_parts(parts: dict[str, Any], counted: tuple[int, str, str]) -> None:
    assert times_of(procedure(targets={"acknowledge": parts})) == {"acknowledge": counted}


def test_targets_may_be_a_list_of_clocks() -> None:
    given = procedure(
        targets=[
            {"clock": "acknowledge", "length": 5, "unit": "working_days", "starts": "received"},
            {"clock": "respond", "length": 10, "unit": "working_days", "starts": "acknowledged"},
        ]
    )
    assert times_of(given) == {
        "acknowledge": (5, "working_days", "received"),
        "respond": (10, "working_days", "acknowledged"),
    }


def test_the_times_of_a_stage_may_stand_with_the_stage() -> None:
    given = procedure(
        stages=[
            {"name": "Stage 1", "respond": "10 working days from acknowledgement"},
            {
                "name": "Stage 2",
                "acknowledge": "3 working days",
                "respond": "20 working days from acknowledgement",
            },
        ]
    )
    assert times_of(given) == {
        "respond": (10, "working_days", "acknowledged"),
        "acknowledge_escalation": (3, "working_days", "requested"),
        "respond_stage_2": (20, "working_days", "acknowledged_escalation"),
    }


def test_a_time_without_a_start_is_counted_as_the_edition_it_was_written_for_counts() -> None:
    assert procedure(edition="2022", targets={"respond": "8 working days"}).targets[0].starts == "logged"
    assert (
        procedure(edition="2024", targets={"respond": "8 working days"}).targets[0].starts == "acknowledged"
    )


def test_day_0_says_from_what_a_time_is_counted_that_does_not_say() -> None:
    given = procedure(targets={"respond": "8 working days"}, day_0={"respond": "receipt"})
    assert times_of(given) == {"respond": (8, "working_days", "received")}


def test_a_time_whose_start_or_unit_is_said_not_to_be_stated_is_no_target() -> None:
    given = procedure(
        targets={
            "respond": {"length": 10, "unit": "not stated", "starts": "not stated"},
            "respond_stage_2": {"length": 20, "unit": "working_days", "starts": "not stated"},
            "acknowledge": "not stated",
        }
    )
    assert given.targets == ()
    assert {time.clock: time.length for time in given.times} == {
        "respond": 10,
        "respond_stage_2": 20,
        "acknowledge": None,
    }


def test_where_two_times_differ_neither_is_chosen() -> None:
    given = procedure(updates=["once a week", "every 5 days"])
    assert given.targets == ()
    assert [each.about for each in contradictions(given)] == ["the time for update"]


def test_a_target_stands_over_what_is_said_of_updates_elsewhere() -> None:
    given = procedure(targets={"update": "7 days"}, updates=["once a week", "every 5 days"])
    assert times_of(given) == {"update": (7, "days", "acknowledged")}


def test_the_words_on_how_to_ask_for_stage_2_may_hold_the_window() -> None:
    given = procedure(escalation="Ask us within 20 working days of our answer.")
    assert times_of(given) == {"escalate_by": (20, "working_days", "responded")}


# Stages


@pytest.mark.parametrize(
    ("names", "counted"),
    [
        (["Stage 1", "Stage 2"], [1, 2]),
        (["Complaint", "Appeal"], [1, 2]),
        (["Informal stage", "Stage 1", "Stage 2"], [0, 1, 2]),
        (["Frontline", "Investigation", "Review"], [0, 1, 2]),
        (["Stage 0", "Stage 1", "Stage 2"], [0, 1, 2]),
        (["Early resolution", "Stage one", "Stage two"], [0, 1, 2]),
        (["Stage 1", "Stage 2", "Independent panel"], [1, 2, 3]),
        (["Stage 1", "Stage 2", "Housing Ombudsman"], [1, 2]),
        (["First point of contact", "Formal complaint", "Review", "Board appeal"], [0, 1, 2, 3]),
    ],
)
def test_a_stage_counts_by_its_name_and_place(names: list[str], counted: list[int]) -> None:
    assert [stage.counts_as for stage in procedure(stages=names).stages] == counted


def test_a_number_given_to_a_stage_stands_over_its_name() -> None:
    given = procedure(stages=[{"name": "Listening", "number": 0}, "Stage 1", "Stage 2"])
    assert [stage.counts_as for stage in given.stages] == [0, 1, 2]


def test_stage_2_says_how_senior_its_handler_must_be() -> None:
    assert procedure(stages=["Stage 1", {"name": "Stage 2", "seniority": "head"}]).stage_2_seniority == "head"


def test_a_counted_first_step_is_marked_and_is_no_stage() -> None:
    given = procedure(first_step={"name": "Frontline", "counted": True}, stages=["Stage 1", "Stage 2"])
    assert given.counted_first_step
    assert [stage.name for stage in given.stages] == ["Stage 1", "Stage 2"]


# The rest


def test_money_is_written_in_pounds_and_kept_in_pence() -> None:
    assert procedure(award_approval_over=250).award_approval_over == 25_000
    assert procedure(award_approval_over="£1,000.50").award_approval_over == 100_050


def test_the_five_days_are_kept_apart() -> None:
    dates = procedure(
        dates={"drafted": date(2026, 11, 26), "approved": "2026-12-01", "approved_by": "Board"}
    ).dates
    assert (dates.drafted, dates.approved, dates.in_force) == (date(2026, 11, 26), date(2026, 12, 1), None)
    assert dates.approved_by == "Board"


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (True, True),
        (False, False),
        ("By the complaints team", True),
        ("No, under review", False),
        ("Under consideration", False),
        ("not stated", None),
        ({"answer": None, "says": "Partly"}, None),
        ({"answer": False, "says": "Within our culture"}, False),
        ({"says": "Sent to everyone after closure"}, True),
    ],
)
def test_a_plain_matter_may_be_answered_or_told(written: Any, answer: bool | None) -> None:
    (said,) = procedure(staff_objective=written).said("staff_objective")
    assert said.answer is answer


@pytest.mark.parametrize(
    ("written", "person", "body"),
    [
        ("Jo Bloggs, Chair of the Board", "Jo Bloggs, Chair of the Board", None),
        ("Cabinet Member for Housing", "Cabinet Member for Housing", None),
        ("ALMO Board", None, "ALMO Board"),
        ("the Customer Committee", None, "the Customer Committee"),
        ("None", None, None),
        ("Under consideration", None, None),
        (False, None, None),
        ({"person": "A trustee"}, "A trustee", None),
    ],
)
def test_a_lead_member_is_a_person_a_body_or_nobody(
    written: Any, person: str | None, body: str | None
) -> None:
    (lead,) = procedure(lead_member=written).lead_members
    assert (lead.person, lead.body) == (person, body)


def test_a_list_that_stands_elsewhere_is_not_an_empty_one() -> None:
    elsewhere = procedure(exclusions="in policy, not given").exclusions
    assert elsewhere is not None
    assert [each.ground for each in elsewhere] == [NOT_GIVEN]
    assert procedure(exclusions=[]).exclusions == ()
    assert procedure().exclusions is None


def test_each_thing_keeps_its_line_and_where_it_was_read() -> None:
    given = read(
        {"name": "x", "targets": {"acknowledge": {"length": 2, "unit": "working_days", "source": "4.1"}}},
        lambda path: 7 if path == ("targets", "acknowledge") else 1,
    )
    assert (given.targets[0].line, given.times[0].place.source) == (7, "4.1")


# What is the Code's, and marked so


def test_what_a_procedure_does_not_state_is_the_codes_and_says_so() -> None:
    given = procedure(targets={"acknowledge": "2 working days from receipt"})
    assert {each.clock: each.source for each in settings(given, "2024")} == {
        "acknowledge": "the procedure",
        "respond": CODE_DEFAULT,
        "acknowledge_escalation": CODE_DEFAULT,
        "respond_stage_2": CODE_DEFAULT,
    }
    assert "(6.14)" in next(each.says for each in settings(given, "2024") if each.clock == "respond_stage_2")


# What is wrong, and where


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"titel": "x"}, "line 2: titel: there is no such key here. Did you mean title?"),
        ({"targets": {}, "times": {}}, "line 3: times: this is another name for `targets`. Give it once."),
        ({"targets": {"aknowledge": "5 days"}}, "line 2: targets, aknowledge: there is no such key here."),
        ({"targets": [{"clock": "answer", "length": 1}]}, "line 2: targets, item 1, clock: there is no such clock."),
        ({"targets": {"respond": "soon"}}, "line 2: targets, respond: write a time such as"),
        ({"targets": {"respond": 10}}, "line 2: targets, respond: write the length and its unit"),
        ({"targets": {"respond": {"length": 1, "unit": "moons"}}}, "line 2: targets, respond, unit: write one of"),
        ({"targets": {"respond": {"length": 1, "unit": "days", "starts": "recieved"}}}, "Did you mean received?"),
        ({"targets": {"respond": {"lenght": 1}}}, "Did you mean length?"),
        ({"targets": {"respond": "36 hours"}}, "hours are counted in whole days"),
        ({"dates": {"approved": "31/12/2026"}}, "line 2: dates, approved: write the day as year, month and day"),
        ({"dates": {"approved": "2026-02-30"}}, "write the day as year, month and day"),
        ({"edition": "2023"}, "write an edition of the Code: 2020, 2022, 2024."),
        ({"convention": "next_day"}, "Did you mean next_working_day?"),
        ({"stages": 2}, "line 2: stages: write a list"),
        ({"stages": [{"handled_by": "x"}]}, "line 2: stages, item 1: it needs `name`"),
        ({"stages": [{"name": "x", "seniority": "boss"}]}, "write one of officer, manager, head or director."),
        ({"award_approval_over": -1}, "write pounds"),
        ({"award_approval_over": True}, "write pounds"),
        ({"outcome_call": 7}, "write true or false"),
        ({"outcome_call": {}}, "give an `answer`"),
        ({"exclusions": [{"over": 6}]}, "line 2: exclusions, item 1: write a sentence"),
        ({"exclusions": 6}, "write a list of sentences"),
        ({"number_of_stages": 2.5}, "write a whole number."),
        ({"ombudsman": {"given_in": ["the pub"]}}, "write one of acknowledgement"),
        ({"definition": {"added": ["x"]}}, "give the `words` as printed"),
        ({"lead_member": 3}, "write who it is"),
        ({"survey": {"says": "To all", "after closure": None}}, "Put a sentence with a comma in quotes"),
        ({"closure_days": "2026-12-29"}, "write a list of days"),
        ({"title": True}, "line 2: title: write words."),
        ({"escalation": {"decided_by": "janitor"}}, "complaints_officer"),
    ],
)  # fmt: skip
def test_a_fault_names_the_line_the_key_and_what_was_expected(document: dict[str, Any], says: str) -> None:
    assert any(says in fault for fault in faults(**document)), faults(**document)


def test_every_fault_is_told_at_once_in_the_order_of_the_lines() -> None:
    found = faults(convention="x", edition="x", stages=1)
    assert [fault.split(":")[0] for fault in found] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize("document", [None, [], "a policy", 7])
def test_what_is_no_mapping_is_no_procedure(document: Any) -> None:
    with pytest.raises(BadProcedure, match="write the procedure as a mapping"):
        read(document)


def test_a_procedure_needs_a_name() -> None:
    with pytest.raises(BadProcedure, match="it needs `name`"):
        read({"title": "x"})


# Changing one for a worked case


def test_a_change_leaves_the_rest_as_it_was() -> None:
    given = procedure(targets={"acknowledge": "2 working days from receipt"}, outcome_call=True)
    changed = given.with_changes(targets={"respond": "9 working days from receipt"}, convention="same_day")
    assert changed.targets[1:] == given.targets
    assert changed.targets[0] == Target("respond", 9, "working_days", "received", 0)
    assert (changed.outcome_call, changed.convention) == (True, Convention.SAME_DAY)


def test_an_edition_can_be_forced_and_must_exist() -> None:
    assert CODE_DEFAULTS.with_changes(edition="2020") == replace(CODE_DEFAULTS, edition="2020")
    with pytest.raises(UnknownEdition):
        CODE_DEFAULTS.with_changes(edition="1999")


def test_a_change_that_no_document_could_hold_is_refused_without_a_line() -> None:
    with pytest.raises(BadProcedure) as problem:
        CODE_DEFAULTS.with_changes(outcom_call=True)
    assert str(problem.value) == "outcom_call: there is no such key here. Did you mean outcome_call?"


# The schema that is published is the one the reader goes by


def test_every_key_of_the_schema_has_a_kind_and_most_say_what_they_are_for() -> None:
    silent = [path for path, rule in schema().items() if not rule.get("says") and not path.endswith("[]")]
    assert all(rule.get("kind") for rule in schema().values())
    assert all(path.startswith("day_0.") for path in silent)


def test_the_json_schema_names_every_key_of_the_schema() -> None:
    told = json_schema()["properties"]
    tops = {path for path in schema() if "." not in path and "[" not in path}
    assert tops <= set(told)
    assert json_schema()["required"] == ["name"]
    assert told["convention"]["enum"] == ["next_working_day", "roll_then_count", "same_day"]
