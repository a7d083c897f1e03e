"""A running clock in words: what it was counted from, by which provision, and how far it may be extended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import clocks, complaint
from complaint_rules.complaint import Complaint
from complaint_rules.events import EVENTS, Actor, Decision
from complaint_rules.procedure import CODE_DEFAULTS, Procedure, Target
from putright.interfaces.pages.due_days import due_day, starts_when

LONDON = ZoneInfo("Europe/London")


def read(*steps: tuple[str, str, dict[str, object]], procedure: Procedure = CODE_DEFAULTS) -> Complaint:
    """A complaint told by (verb, day, fields)."""
    happened = []
    for number, (verb, day, fields) in enumerate(steps, start=1):
        on = date.fromisoformat(day)
        at = datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)
        by = Actor("staff", "1", "complaints_officer")
        happened.append(EVENTS[verb](number=number, at=at, on=on, by=by, **fields))
    return complaint.read(happened, procedure)


def at(day: str, time: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON)


def due(case: Complaint, clock: str, now: datetime, **more):
    run = next(each for each in clocks.due_runs(case) if each.name == clock)
    return due_day(case, run, now, **more)


RECEIVED = ("receive", "2026-11-16", {"points": 1})
ACKNOWLEDGED = ("acknowledge", "2026-11-20", {"definition": True})
ANSWERED = ("respond", "2026-11-25", {"decisions": (Decision(1, "not_upheld"),)})
REQUESTED = ("request_escalation", "2026-11-26", {})


def test_it_says_what_was_counted_and_from_when():
    told = due(read(RECEIVED, ACKNOWLEDGED), "respond", at("2026-12-01"))
    assert told.what == "Answer stage 1"
    assert (told.day, told.away, told.late) == (date(2026, 12, 4), 3, False)
    assert told.basis == (
        "10 working days from the acknowledgement (2024 Code, 6.3). Counted from Friday 20 November: day 0."
    )
    assert told.says == "Ten working days from Friday 20 November, without weekends, is Friday 4 December."
    assert told.if_extended == "to Friday 18 December; beyond that, give a good reason (6.4)"


@pytest.mark.parametrize(("edition", "ref"), [("2020", "4.h"), ("2022", "5.2"), ("2024", "6.4")])
def test_the_limit_of_an_extension_has_the_provision_of_its_edition(edition, ref):
    case = read(RECEIVED, ACKNOWLEDGED, procedure=Procedure(edition=edition))
    assert f"({ref})" in due(case, "respond", at("2026-12-01")).if_extended


def test_what_was_not_done_counts_from_the_last_day_allowed():
    told = due(read(RECEIVED), "respond", at("2026-12-01"))
    assert told.basis.endswith(
        "That step is not recorded, so it is counted from Monday 23 November, the last day allowed."
    )


def test_under_2022_stage_2_counts_from_the_request_while_nobody_has_opened_it():
    case = read(RECEIVED, ACKNOWLEDGED, ANSWERED, REQUESTED, procedure=Procedure(edition="2022"))
    told = due(case, "respond_stage_2", at("2026-12-01"))
    assert "so it is counted from the request for stage 2, Thursday 26 November." in told.basis


def test_an_extended_day_tells_both_days_and_its_proof_ends_on_the_first():
    extended = ("extend", "2026-11-30", {"until": date(2026, 12, 11), "reason": True})
    told = due(read(RECEIVED, ACKNOWLEDGED, extended), "respond", at("2026-12-01"))
    assert told.day == date(2026, 12, 11)
    assert told.basis.endswith("First due Friday 4 December; extended to Friday 11 December.")
    assert told.proof[-1].day == date(2026, 12, 4)


def test_past_the_limit_it_says_so():
    fields = {"until": date(2026, 12, 22), "reason": True, "good_reason_beyond_limit": True}
    case = read(RECEIVED, ACKNOWLEDGED, ("extend", "2026-11-30", fields))
    assert due(case, "respond", at("2026-12-01")).if_extended == (
        "it is already past Friday 18 December; give a good reason (6.4)"
    )


def test_a_day_that_was_promised_has_no_proof():
    promised = ("promise", "2026-11-24", {"due": date(2026, 12, 9)})
    told = due(read(RECEIVED, ACKNOWLEDGED, promised), "promise:1", at("2026-12-01"))
    assert told.basis == "A day that was promised or set, on Tuesday 24 November (2024 Code, 7.3)."
    assert (told.proof, told.if_extended) == ((), "")


def test_an_emergency_is_late_to_the_minute():
    aware = at("2026-12-01", "14:00")
    case = read(RECEIVED, ("report_hazard", "2026-12-01", {"kind": "emergency", "aware_at": aware}))
    told = due(case, "hazard_make_safe", at("2026-12-02", "13:59"))
    assert (told.day, told.time, told.away, told.late) == (date(2026, 12, 2), "14:00", 0, False)
    assert due(case, "hazard_make_safe", at("2026-12-02", "14:01")).late
    assert "24 hours from the day we first knew" in told.basis


def test_the_landlords_own_day_is_told_only_where_it_is_another():
    own = Procedure(targets=(Target("acknowledge", 2, "working_days", "received"),))
    case = read(RECEIVED, procedure=own)
    target = clocks.own_runs(case)[0]
    told = due(case, "acknowledge", at("2026-11-19"), target=target)
    assert (told.target_day, told.target_away, told.target_late) == (date(2026, 11, 18), -1, True)
    same = read(
        RECEIVED, procedure=Procedure(targets=(Target("acknowledge", 5, "working_days", "received"),))
    )
    told = due(same, "acknowledge", at("2026-11-19"), target=clocks.own_runs(same)[0])
    assert told.target_day is None


def test_each_day_of_a_fortnight_is_as_far_as_a_walk_counts():
    case = read(RECEIVED, ACKNOWLEDGED)
    for days in range(-10, 11):
        today = date(2026, 12, 4) + timedelta(days=days)
        told = due(case, "respond", datetime(today.year, today.month, today.day, 12, tzinfo=LONDON))
        walked = sum((today + timedelta(days=n)).weekday() < 5 for n in range(1, -days + 1)) - sum(
            (date(2026, 12, 4) + timedelta(days=n)).weekday() < 5 for n in range(1, days + 1)
        )
        assert (told.away, told.late) == (walked, days > 0), today


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        ("acknowledge_escalation", "the request for stage 2"),
        ("respond_stage_2", "the request for stage 2"),
        ("update", "an agreement on how often the resident hears"),
        ("promise:3", "a promise"),
        ("order:1", "an order of the Ombudsman"),
        ("hazard_summary", "the end of the hazard investigation"),
        ("call_back", ""),
    ],
)
def test_what_starts_a_clock_that_does_not_run(clock, says):
    assert starts_when(read(RECEIVED, ACKNOWLEDGED), clock) == says
