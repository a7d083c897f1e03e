"""The days a landlord adds to the published calendar, and takes back again.

Bank holidays of England and Wales come with the product as a dated list; one announced since is written here
with its source, and one moved away too. They move the Code's clocks. Days on which the landlord is closed move
only its own targets. `Landlord.days_off` is what the calendar reads and is written from the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from complaint_rules.events import Actor
from complaint_rules.working_days import NotCovered, england_and_wales, in_words
from putright.record.journal.models import Entry
from putright.record.landlords.models import DayOff, Landlord
from putright.record.landlords.own_chain import Change, NotPossible, changing
from putright.record.landlords.queries import calendar, closed_days

ADD, TAKE_BACK = "add_day_off", "take_back_day_off"
VERBS = (ADD, TAKE_BACK)
LONGEST_CLOSURE = 31
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Proposed:
    """Days off that somebody would add: what they are, from when to when (one day unless closed), and why."""

    kind: str
    first_on: date
    last_on: date
    name: str
    source: str = ""
    announced_on: date | None = None


def check(landlord: Landlord, proposed: Proposed, today: date) -> None:
    """NotPossible where such days cannot be added to the calendar as it stands; `field` is the answer at fault."""
    if not proposed.name.strip():
        raise NotPossible(
            "Give it a name." if proposed.kind != DayOff.CLOSED else "Say why you are closed.", "name"
        )
    if proposed.kind == DayOff.CLOSED:
        return _check_closure(landlord, proposed)
    day, days = proposed.first_on, calendar(landlord)
    known = _holiday_name(landlord, day)
    if proposed.kind == DayOff.MOVED_AWAY:
        if known is None:
            raise NotPossible(f"{in_words(day)} is no bank holiday.", "first_on")
    elif known is not None:
        raise NotPossible(f"{in_words(day)} is a bank holiday already: {known}.", "first_on")
    elif not days.is_working(day):
        raise NotPossible(f"{in_words(day)} is not a working day, so nothing would move.", "first_on")
    if not proposed.source.strip():
        raise NotPossible("Say where it was announced.", "source")
    if proposed.announced_on is not None and proposed.announced_on > today:
        raise NotPossible("The day it was announced must be today or earlier.", "announced_on")


def _check_closure(landlord: Landlord, proposed: Proposed) -> None:
    _holiday_name(landlord, proposed.first_on)
    _holiday_name(landlord, proposed.last_on, "last_on")
    if proposed.last_on < proposed.first_on:
        raise NotPossible("The last day must not be before the first.", "last_on")
    if (proposed.last_on - proposed.first_on).days >= LONGEST_CLOSURE:
        raise NotPossible(
            f"A closure is at most {LONGEST_CLOSURE} days. Write a longer one as two.", "last_on"
        )
    closed, days = closed_days(landlord), calendar(landlord)
    each = list(_each_day(proposed.first_on, proposed.last_on))
    taken = next((day for day in each if day in closed), None)
    if taken is not None:
        raise NotPossible(f"You are closed on {in_words(taken)} already: {closed[taken]}.", "first_on")
    if not any(days.is_working(day) for day in each):
        raise NotPossible("No working day is among these, so nothing would move.", "first_on")


def _holiday_name(landlord: Landlord, day: date, field: str = "first_on") -> str | None:
    try:
        return calendar(landlord).holiday_name(day)
    except NotCovered as problem:
        raise NotPossible(str(problem), field) from problem


def add(
    landlord_id: int, proposed: Proposed, *, reason: str = "", by: Actor, at: datetime, key: str | None = None
) -> DayOff:
    """Add days off. NotPossible where the calendar as it stands cannot take them."""
    with changing(landlord_id, by=by, at=at, key=key) as change:
        if change.done:
            return DayOff.objects.get(landlord_id=landlord_id, entry=change.done.number)
        check(change.landlord, proposed, localdate(at))
        row = DayOff.objects.create(
            landlord=change.landlord,
            kind=proposed.kind,
            first_on=proposed.first_on,
            last_on=proposed.last_on,
            name=proposed.name.strip(),
            source=proposed.source.strip(),
            announced_on=proposed.announced_on,
            entry=change.number,
        )
        facts = {
            "day_off": row.pk,
            "kind": row.kind,
            "first_on": row.first_on.isoformat(),
            "last_on": row.last_on.isoformat(),
        }
        if row.announced_on:
            facts["announced_on"] = row.announced_on.isoformat()
        change.write(ADD, facts, {"name": row.name, "source": row.source, "reason": reason})
        _write_calendar(change)
    return row


def take_back(day_off: DayOff, *, reason: str, by: Actor, at: datetime, key: str | None = None) -> DayOff:
    """Take days off back: they count as the published calendar says. The row stays, with the entry that ended it."""
    if not reason.strip():
        raise NotPossible("Give the reason.", "reason")
    with changing(day_off.landlord_id, by=by, at=at, key=key) as change:
        fresh = DayOff.objects.get(pk=day_off.pk, landlord_id=day_off.landlord_id)
        if change.done:
            return fresh
        if fresh.ended_entry is not None:
            raise NotPossible("That was taken back already.")
        fresh.ended_entry = change.number
        fresh.save(update_fields=["ended_entry"])
        change.write(TAKE_BACK, {"day_off": fresh.pk}, {"reason": reason.strip()})
        _write_calendar(change)
    return fresh


def _write_calendar(change: Change) -> None:
    change.landlord.days_off = as_calendar(
        DayOff.objects.filter(landlord=change.landlord, ended_entry__isnull=True)
    )
    change.landlord.save(update_fields=["days_off"])


def as_calendar(rows: Iterable[DayOff | Proposed]) -> dict[str, dict[str, str]]:
    """These days off as the calendar reads them: kind, then day (ISO) to name. Kinds without a day are left out."""
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: (row.first_on, row.name)):
        for day in _each_day(row.first_on, row.last_on):
            found.setdefault(row.kind, {})[day.isoformat()] = row.name
    # A day that was moved away and is announced again is a bank holiday.
    for again in found.get(DayOff.BANK_HOLIDAY, {}):
        found.get(DayOff.MOVED_AWAY, {}).pop(again, None)
    return {kind: days for kind, days in found.items() if days}


def _each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def as_entries_say(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """The days off that the entries of a landlord's chain leave standing: kind to days (ISO)."""
    standing: dict[int, dict[str, Any]] = {}
    for entry in entries:
        if entry.verb == ADD:
            standing[entry.data["day_off"]] = entry.data
        elif entry.verb == TAKE_BACK:
            standing.pop(entry.data["day_off"], None)
    found: dict[str, set[str]] = {}
    for data in standing.values():
        first, last = (date.fromisoformat(data[name]) for name in ("first_on", "last_on"))
        found.setdefault(data["kind"], set()).update(day.isoformat() for day in _each_day(first, last))
    if DayOff.MOVED_AWAY in found:
        found[DayOff.MOVED_AWAY] -= found.get(DayOff.BANK_HOLIDAY, set())
    return {kind: days for kind, days in found.items() if days}


def published() -> tuple[date, str, date, date]:
    """The list that the product ships: the day it was taken, its source, the first and the last day it covers."""
    known = england_and_wales()
    return known.snapshot_on, known.source, known.first, known.last
