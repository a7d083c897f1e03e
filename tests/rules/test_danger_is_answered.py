"""A danger that was mentioned waits for a person: confirmed or dismissed, and chased the same day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import clocks, complaint, guidance, next_steps
from complaint_rules.events import EVENTS, Actor, Event
from complaint_rules.procedure import Procedure

LONDON = ZoneInfo("Europe/London")
SATURDAY = datetime(2026, 11, 28, 16, 40, tzinfo=LONDON)
OFFICER = Actor("staff", "ben", "complaints_officer")


def step(verb: str, number: int, at: datetime, **fields: object) -> Event:
    return EVENTS[verb](number=number, at=at, on=at.date(), by=OFFICER, **fields)


def read(*steps: Event) -> complaint.Complaint:
    told = complaint.read(steps)
    assert told is not None
    return told


def heard(**fields: object) -> Event:
    return step("receive", 1, SATURDAY, channel="telephone", points=1, dangers=("damp_and_mould",), **fields)


def later(verb: str, days: int, number: int = 2, **fields: object) -> Event:
    return step(verb, number, SATURDAY + timedelta(days=days), **fields)


def test_a_danger_is_chased_the_same_day_even_on_a_saturday() -> None:
    case = read(heard())
    assert case.danger_unanswered_on == date(2026, 11, 28)
    (run,) = clocks.own_runs(case)
    assert (run.name, run.due_on, run.own) == ("danger", date(2026, 11, 28), True)
    assert "danger" not in clocks.due(case)
    assert clocks.targets(case) == {"danger": date(2026, 11, 28)}
    assert guidance.usual_next_steps(case)[:2] == ["report_hazard", "dismiss_hazard"]
    assert guidance.has_something_to_act_on(case, "dismiss_hazard")


def test_nothing_is_chased_where_nothing_was_mentioned_or_it_was_said_at_once_how_dangerous_it_is() -> None:
    quiet = step("receive", 1, SATURDAY, channel="telephone", points=1, at_risk=True)
    for case in (read(quiet), read(heard(hazard="significant"))):
        assert case.danger_unanswered_on is None
        assert clocks.own_runs(case) == []
        assert not guidance.has_something_to_act_on(case, "dismiss_hazard")


@pytest.mark.parametrize(
    "answer",
    [
        later("dismiss_hazard", 0, reason=True),
        later("report_hazard", 0, kind="significant", aware_at=SATURDAY),
    ],
)
def test_a_person_answers_it_either_way(answer: Event) -> None:
    case = read(heard(), answer)
    assert case.danger_unanswered_on is None
    assert clocks.own_runs(case) == []


@pytest.mark.parametrize(
    "ending", ["withdraw", "close", "acknowledge", "treat_as_service_request", "log_complaint"]
)
def test_nothing_else_answers_it(ending: str) -> None:
    case = read(heard(), later(ending, 1))
    assert case.danger_unanswered_on == date(2026, 11, 28)


def test_striking_out_the_answer_brings_the_question_back() -> None:
    answer = later("dismiss_hazard", 0, reason=True)
    mended = later("correct", 1, number=3, entry=2, strike=True, reason=True)
    assert read(heard(), answer, mended).danger_unanswered_on == date(2026, 11, 28)


def test_correcting_the_receipt_to_name_no_danger_takes_the_question_away() -> None:
    mended = later("correct", 1, entry=1, fields={"dangers": ()}, reason=True)
    assert read(heard(), mended).danger_unanswered_on is None


def test_answering_it_a_day_later_warns() -> None:
    case = read(heard())
    for verb, fields in (("dismiss_hazard", {"reason": True}), ("report_hazard", {"kind": "emergency"})):
        aware = {"aware_at": SATURDAY} if verb == "report_hazard" else {}
        told = next_steps.judge(case, later(verb, 1, **fields, **aware), Procedure())
        assert [each.ref for each in told.warns] == ["danger"]
        assert next_steps.judge(case, later(verb, 0, **fields, **aware), Procedure()).warns == []


def test_awareness_counts_from_the_first_word_of_it() -> None:
    case = read(heard())
    assert case.danger_first_heard_at == SATURDAY
    confirmed = later("report_hazard", 2, kind="significant", aware_at=SATURDAY)
    # Ten working days after the Saturday it was first mentioned, not after the Monday it was confirmed.
    assert clocks.due(read(heard(), confirmed))["hazard_investigate"] == date(2026, 12, 11)
    urgent = later("report_hazard", 2, kind="emergency", aware_at=SATURDAY)
    due = clocks.due(read(heard(), urgent))["hazard_make_safe"]
    assert due == SATURDAY + timedelta(hours=24)


def test_a_later_awareness_than_the_first_word_is_warned_of() -> None:
    told = next_steps.judge(
        read(heard()),
        later("report_hazard", 0, kind="emergency", aware_at=SATURDAY + timedelta(hours=1)),
        Procedure(),
    )
    assert [(each.ref, each.says) for each in told.warns] == [
        ("aware_at", "A danger was first mentioned on Saturday 28 November 2026. Awareness counts from then.")
    ]


def test_a_hazard_nobody_mentioned_before_needs_the_day_it_was_known() -> None:
    quiet = step("receive", 1, SATURDAY, channel="telephone", points=1)
    assert next_steps.judge(read(quiet), later("report_hazard", 2, kind="emergency"), Procedure()).needs == [
        "aware_at"
    ]


def test_once_dismissed_and_confirmed_after_all_it_still_counts_from_the_first_word() -> None:
    case = read(heard(), later("dismiss_hazard", 0, reason=True))
    assert case.danger_first_heard_at == SATURDAY
