"""Which days a change of the calendar moves, and who had been told the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from complaint_rules.complaint import Complaint, read
from complaint_rules.events import EVENTS, Actor, Event
from complaint_rules.moved_days import Moved, moved
from complaint_rules.procedure import CODE_DEFAULTS, Procedure, Target
from complaint_rules.working_days import england_and_wales

LONDON = ZoneInfo("Europe/London")
PLAIN = england_and_wales()
ANNOUNCED = date(2026, 12, 2)
WITH = PLAIN.with_bank_holidays({ANNOUNCED: "Day of thanks"})
OWN = replace(
    CODE_DEFAULTS, targets=(Target(clock="respond", length=8, unit="working_days", starts="acknowledged"),)
)


def event(number: int, verb: str, day: date, **fields: Any) -> Event:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    return EVENTS[verb](number=number, at=at, on=day, by=Actor("staff", "1", "complaints_officer"), **fields)


def acknowledged(*more: Event) -> list[Event]:
    return [
        event(1, "receive", date(2026, 11, 16), points=1),
        event(2, "acknowledge", date(2026, 11, 20), definition=True),
        *more,
    ]


def tell(events: list[Event], calendar: Any, procedure: Procedure = CODE_DEFAULTS, **more: Any) -> Complaint:
    found = read(events, procedure, calendar, **more)
    assert found is not None
    return found


def test_a_bank_holiday_announced_late_moves_the_answer_and_the_resident_had_been_told() -> None:
    found = moved(tell(acknowledged(), PLAIN), tell(acknowledged(), WITH))
    assert found == [Moved("respond", False, date(2026, 12, 4), date(2026, 12, 7), told=True)]


def test_it_moves_the_landlords_own_target_too_and_nobody_was_told_of_that() -> None:
    found = moved(tell(acknowledged(), PLAIN, OWN), tell(acknowledged(), WITH, OWN))
    assert [(each.clock, each.own, each.told) for each in found] == [
        ("respond", True, False),
        ("respond", False, True),
    ]


def test_a_closure_day_moves_only_the_landlords_own_target() -> None:
    closed = {ANNOUNCED: "Stocktaking"}
    found = moved(tell(acknowledged(), PLAIN, OWN), tell(acknowledged(), PLAIN, OWN, closed=closed))
    assert found == [Moved("respond", True, date(2026, 12, 2), date(2026, 12, 3), told=False)]


def test_why_it_is_closed_stands_in_the_proof() -> None:
    complaint = tell(acknowledged(), PLAIN, OWN, closed={ANNOUNCED: "Stocktaking"})
    assert complaint.own_calendar.days(date(2026, 12, 1), 1)[1].why == "closed by the landlord: Stocktaking"
    assert complaint.calendar.is_working(ANNOUNCED)


def test_a_day_that_has_been_extended_to_stays() -> None:
    events = acknowledged(event(3, "extend", date(2026, 11, 30), until=date(2026, 12, 18), reason=True))
    assert moved(tell(events, PLAIN), tell(events, WITH)) == []


def test_a_holiday_after_the_due_day_moves_nothing() -> None:
    later = PLAIN.with_bank_holidays({date(2026, 12, 7): "Day of thanks"})
    assert moved(tell(acknowledged(), PLAIN), tell(acknowledged(), later)) == []


def test_a_holiday_on_the_due_day_itself_moves_it() -> None:
    on_it = PLAIN.with_bank_holidays({date(2026, 12, 4): "Day of thanks"})
    found = moved(tell(acknowledged(), PLAIN), tell(acknowledged(), on_it))
    assert [each.new for each in found] == [date(2026, 12, 7)]


def test_a_holiday_moved_away_brings_the_day_forward() -> None:
    found = moved(tell(acknowledged(), WITH), tell(acknowledged(), PLAIN))
    assert [(each.old, each.new) for each in found] == [(date(2026, 12, 7), date(2026, 12, 4))]


def test_where_the_acknowledgement_never_went_nobody_was_told_the_day_of_the_answer() -> None:
    events = [event(1, "receive", date(2026, 11, 19), points=1)]
    found = moved(tell(events, PLAIN), tell(events, WITH))
    assert [(each.clock, each.told) for each in found] == [("respond", False)]


def test_what_has_been_answered_moves_no_more() -> None:
    events = acknowledged(event(3, "withdraw", date(2026, 11, 30)))
    assert moved(tell(events, PLAIN), tell(events, WITH)) == []


def test_a_promised_day_is_a_day_and_not_a_count() -> None:
    events = acknowledged(event(3, "promise", date(2026, 11, 30), due=date(2026, 12, 18)))
    assert [each.clock for each in moved(tell(events, PLAIN), tell(events, WITH))] == ["respond"]
