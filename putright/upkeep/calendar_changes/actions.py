"""Changing a landlord's calendar with open eyes: see what would move, save, bring every case up to it, write to people.

Thousands of cases take longer than a page may: each step goes through some of them, remembers how far it came,
and is safe to run again. What counts is the saved calendar; a case that has not been gone through yet is counted
by it too as soon as anything happens to it, and `putright verify` names any that was left behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from complaint_rules.complaint import Complaint, read
from complaint_rules.events import Actor, Event
from complaint_rules.moved_days import Moved, moved
from putright.record.cases import index
from putright.record.cases.models import Case, CaseFinding
from putright.record.cases.queries import ENDED, of_landlord
from putright.record.journal import facts, queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry
from putright.record.landlords import days_off
from putright.record.landlords.days_off import Proposed
from putright.record.landlords.models import DayOff, Landlord
from putright.record.landlords.own_chain import CHANGES, NotForThisRole, NotPossible, changing
from putright.record.landlords.queries import LANDLORDS_OWN, DaysOff, calendar_with, closed_with, terms
from putright.upkeep.calendar_changes.models import CalendarChange, MovedDay

MOVED, TOLD = "days_moved", "told_of_moved_day"
SETTLES = frozenset({CHANGES, "complaints_officer"})
"""The roles that say a resident has been told the new day."""

WINDOW = 1_000
"""Cases whose numbers are looked over at once; few of an old landlord's are still open."""

SECONDS = 3.0
"""How long one step goes on before it stops for now."""

DROPPED_AFTER = timedelta(days=1)


def propose(
    landlord: Landlord, proposed: Proposed, *, reason: str = "", by: Actor, at: datetime
) -> CalendarChange:
    """Think of adding days off: nothing is changed yet. NotPossible where the calendar cannot take them."""
    _only_administrators(by)
    fresh = Landlord.objects.get(pk=landlord.pk)
    days_off.check(fresh, proposed, localdate(at))
    standing = DayOff.objects.filter(landlord=fresh, ended_entry__isnull=True)
    after = days_off.as_calendar([*standing, proposed])
    return _begin(fresh, None, _as_json(proposed), after, proposed.first_on, reason, by, at)


def propose_taking_back(day_off: DayOff, *, reason: str, by: Actor, at: datetime) -> CalendarChange:
    """Think of taking days off back: nothing is changed yet."""
    _only_administrators(by)
    if not reason.strip():
        raise NotPossible("Give the reason.", "reason")
    fresh = Landlord.objects.get(pk=day_off.landlord_id)
    standing = DayOff.objects.filter(landlord=fresh, ended_entry__isnull=True)
    if not standing.filter(pk=day_off.pk).exists():
        raise NotPossible("That was taken back already.")
    after = days_off.as_calendar(standing.exclude(pk=day_off.pk))
    return _begin(fresh, day_off, {}, after, day_off.first_on, reason, by, at)


def _begin(
    landlord: Landlord,
    day_off: DayOff | None,
    proposed: dict[str, Any],
    after: DaysOff,
    from_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> CalendarChange:
    _forget_old(landlord, at)
    return CalendarChange.objects.create(
        landlord=landlord,
        day_off=day_off,
        takes_back=day_off is not None,
        proposed=proposed,
        reason=reason.strip(),
        before=landlord.days_off,
        after=after,
        from_on=from_on,
        made_by_id=int(by.person or 0),
        made_at=at,
    )


def _forget_old(landlord: Landlord, at: datetime) -> None:
    """Changes that were thought of and left: they hold nothing that happened."""
    old = CalendarChange.objects.filter(
        landlord=landlord, saved_at__isnull=True, made_at__lt=at - DROPPED_AFTER
    )
    MovedDay.objects.filter(change__in=old).delete()
    old.delete()


def _as_json(proposed: Proposed) -> dict[str, Any]:
    return {
        "kind": proposed.kind,
        "first_on": proposed.first_on.isoformat(),
        "last_on": proposed.last_on.isoformat(),
        "name": proposed.name,
        "source": proposed.source,
        "announced_on": proposed.announced_on.isoformat() if proposed.announced_on else None,
    }


def proposed_of(change: CalendarChange) -> Proposed:
    """The days off that a change would add, or takes back."""
    if change.day_off is not None:
        row = change.day_off
        return Proposed(row.kind, row.first_on, row.last_on, row.name, row.source, row.announced_on)
    said = change.proposed
    announced = said["announced_on"]
    return Proposed(
        said["kind"],
        date.fromisoformat(said["first_on"]),
        date.fromisoformat(said["last_on"]),
        said["name"],
        said["source"],
        date.fromisoformat(announced) if announced else None,
    )


# Looking


def look_on(
    change: CalendarChange, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> CalendarChange:
    """Go through more of the open cases and note which days would move; LOOKED once all were gone through."""
    until = clock() + seconds
    while True:
        with transaction.atomic():
            fresh = _locked(change)
            if fresh.state != CalendarChange.LOOKING:
                return fresh
            window = _window(fresh)
            cases = _cases(fresh, window) if window else []
            for case, events in _with_events(fresh.landlord_id, cases):
                rows = [_row(fresh, case, each) for each in _moved(fresh, case, events)]
                MovedDay.objects.bulk_create(rows)
            _move_on(fresh, window, len(cases), CalendarChange.LOOKED)
        if fresh.state != CalendarChange.LOOKING or clock() >= until:
            return fresh


def _locked(change: CalendarChange) -> CalendarChange:
    found = CalendarChange.objects.select_for_update().filter(pk=change.pk, landlord_id=change.landlord_id)
    return found.get()


def _window(change: CalendarChange) -> list[int]:
    """The numbers of the next cases of this landlord, open or not."""
    following = of_landlord(change.landlord_id).filter(pk__gt=change.cursor).order_by("pk")
    return list(following.values_list("pk", flat=True)[:WINDOW])


def _cases(change: CalendarChange, window: list[int], ended_too: bool = False) -> list[Case]:
    """Those of a window that the change may move: open ones; and ended ones whose findings count across its day."""
    wanted = ~Q(state__in=ENDED)
    if ended_too:
        later = CaseFinding.objects.filter(case=OuterRef("pk"), due_on__gte=change.from_on)
        wanted |= Q(Exists(later))
    found = of_landlord(change.landlord_id).filter(pk__in=window, received_on__isnull=False)
    return list(found.filter(wanted).select_related("procedure").order_by("pk"))


def _with_events(landlord_id: int, cases: list[Case]) -> Iterator[tuple[Case, list[Event]]]:
    entries = Entry.objects.filter(landlord=landlord_id, case__in=[case.pk for case in cases])
    by_case = {
        key: list(group) for key, group in groupby(entries.order_by("case", "number"), key=lambda e: e.case)
    }
    for case in cases:
        yield case, facts.events(by_case.get(case.pk, []))


def _moved(change: CalendarChange, case: Case, events: Iterable[Event]) -> list[Moved]:
    before, after = (_read(case, events, off) for off in (change.before, change.after))
    return moved(before, after) if before is not None and after is not None else []


def _read(case: Case, events: Iterable[Event], off: DaysOff) -> Complaint | None:
    return read(events, terms(case.procedure), calendar_with(off), closed_with(off))


def _row(change: CalendarChange, case: Case, each: Moved, saved: bool = False) -> MovedDay:
    return MovedDay(
        landlord_id=change.landlord_id,
        change=change,
        case=case,
        clock=each.clock,
        own=each.own,
        old_on=each.old,
        new_on=each.new,
        told=each.told,
        saved=saved,
    )


def _move_on(change: CalendarChange, window: list[int], looked_at: int, when_done: str) -> None:
    if window:
        change.cursor = window[-1]
        change.looked_at += looked_at
    if len(window) < WINDOW:
        change.state = when_done
    change.save(update_fields=["cursor", "looked_at", "state"])


# Saving


def save(change: CalendarChange, *, by: Actor, at: datetime, key: str | None = None) -> CalendarChange:
    """Make the change: one entry in the landlord's chain. `bring_on` then brings the cases up to it.

    NotPossible while not every open case was gone through, and where the calendar has changed meanwhile.
    """
    _only_administrators(by)
    with transaction.atomic():
        journal.lock(change.landlord_id, LANDLORDS_OWN)
        fresh = _locked(change)
        if fresh.saved_at is not None:
            return fresh
        if fresh.state != CalendarChange.LOOKED:
            raise NotPossible("Not every open complaint has been gone through yet. Carry on first.")
        if Landlord.objects.get(pk=fresh.landlord_id).days_off != fresh.before:
            raise NotPossible("The calendar has been changed since you looked. Look again.")
        given: dict[str, Any] = {"reason": fresh.reason, "by": by, "at": at, "key": key}
        if fresh.day_off is not None:
            days_off.take_back(fresh.day_off, **given)
        else:
            fresh.day_off = days_off.add(fresh.landlord_id, proposed_of(fresh), **given)
        MovedDay.objects.filter(change=fresh).delete()
        fresh.state, fresh.cursor, fresh.looked_at, fresh.saved_at = CalendarChange.SAVING, 0, 0, at
        fresh.save()
    return fresh


def bring_on(
    change: CalendarChange,
    *,
    at: datetime,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> CalendarChange:
    """Bring more cases up to a saved change, each in a transaction of its own; DONE once all are.

    A case gone through twice is left as it was after the first time, and so are the letters it is owed.
    """
    until = clock() + seconds
    fresh = CalendarChange.objects.get(pk=change.pk)
    while fresh.state == CalendarChange.SAVING:
        window = _window(fresh)
        looked_at = 0
        for case, events in _with_events(fresh.landlord_id, _cases(fresh, window, ended_too=True)):
            if _touches(fresh, case, events):
                _bring_up(fresh, case.pk, at)
            looked_at += 1
            if clock() >= until:
                _remember(fresh, case.pk, looked_at)
                return _again(fresh)
        with transaction.atomic():
            head = _locked(fresh)
            if head.state == CalendarChange.SAVING:
                _move_on(head, window, looked_at, CalendarChange.DONE)
                if head.state == CalendarChange.DONE:
                    _note_done(head, at)
        fresh = _again(fresh)
        if clock() >= until:
            break
    return fresh


def _again(change: CalendarChange) -> CalendarChange:
    return CalendarChange.objects.get(pk=change.pk)


def _remember(change: CalendarChange, cursor: int, looked_at: int) -> None:
    with transaction.atomic():
        fresh = _locked(change)
        fresh.cursor, fresh.looked_at = max(fresh.cursor, cursor), fresh.looked_at + looked_at
        fresh.save(update_fields=["cursor", "looked_at"])


def _touches(change: CalendarChange, case: Case, events: list[Event]) -> bool:
    """Whether anything in the index of a case is otherwise with the change. Most cases are left alone, and unlocked:
    the change was saved before these entries were read, so whatever came since was counted by it already.
    """
    before, after = (_read(case, events, off) for off in (change.before, change.after))
    if before is None or after is None:
        return False
    return (
        index.of(before, 0) != index.of(after, 0)
        or index.findings_of(before) != index.findings_of(after)
        or index.owed_of(before) != index.owed_of(after)
        or bool(moved(before, after))
    )


@transaction.atomic
def _bring_up(change: CalendarChange, key: int, at: datetime) -> None:
    """One case: its index by the calendar as it now is, and what has moved in it."""
    head = journal.lock(change.landlord_id, key)
    case = Case.objects.select_related("landlord", "procedure").get(pk=key, landlord_id=change.landlord_id)
    entries = queries.of_case(change.landlord_id, key)
    complaint = index.read_case(case, entries)
    if complaint is None:
        return
    index.write(case, complaint, head.count)
    if case.state in ENDED:
        return
    known = set(MovedDay.objects.filter(change=change, case=case).values_list("clock", "own"))
    found = _moved(change, case, facts.events(entries))
    rows = [_row(change, case, each, saved=True) for each in found if (each.clock, each.own) not in known]
    for row in rows:
        _take_over_letter(row, at)
    MovedDay.objects.bulk_create(rows)


def _take_over_letter(row: MovedDay, at: datetime) -> None:
    """One letter, not two: a day that moves again before its letter went is told from the day the resident knows."""
    earlier = (
        letters_owed(row.landlord_id).filter(case=row.case, clock=row.clock).first() if row.told else None
    )
    if earlier is None:
        return
    earlier.settled_at = at
    earlier.save(update_fields=["settled_at"])
    row.old_on = earlier.old_on
    row.told = row.old_on != row.new_on


def _note_done(change: CalendarChange, at: datetime) -> None:
    rows = MovedDay.objects.filter(change=change)
    data = {
        "change": change.pk,
        "day_off": change.day_off_id,
        "cases": rows.values("case").distinct().count(),
        "letters": rows.filter(told=True).values("case").distinct().count(),
    }
    journal.note(change.landlord_id, LANDLORDS_OWN, journal.New(MOVED, Actor("system"), at, data))


def unfinished(landlord_id: int | None = None) -> QuerySet[CalendarChange]:
    """Saved changes that not every case has been brought up to yet, the oldest first."""
    found = CalendarChange.objects.filter(state=CalendarChange.SAVING).order_by("pk")
    return found if landlord_id is None else found.filter(landlord_id=landlord_id)


# Whom a letter is owed


def letters_owed(landlord_id: int) -> QuerySet[MovedDay]:
    """The days that moved though a resident had been told the old one, until somebody says they were told."""
    owed = MovedDay.objects.filter(landlord_id=landlord_id, told=True, saved=True, settled_at__isnull=True)
    return owed.order_by("new_on", "pk")


def settle(letter: MovedDay, how: str, *, by: Actor, at: datetime, key: str | None = None) -> MovedDay:
    """The resident has been told the new day, or need not be: how, or why, in words. Once."""
    if by.role not in SETTLES:
        raise NotForThisRole("Your role does not do this.")
    if not how.strip():
        raise NotPossible("Say how they were told, or why they need not be.", "how")
    with changing(letter.landlord_id, by=by, at=at, key=key, anybody=True) as change:
        fresh = letters_owed(letter.landlord_id).filter(pk=letter.pk).select_related("case").first()
        if fresh is None or change.done:
            return MovedDay.objects.get(pk=letter.pk, landlord_id=letter.landlord_id)
        fresh.settled_at, fresh.settled_by_id = at, int(by.person or 0)
        fresh.save(update_fields=["settled_at", "settled_by"])
        data: Mapping[str, Any] = {"moved_day": fresh.pk, "case": fresh.case_id, "clock": fresh.clock}
        change.write(TOLD, data, {"how": how.strip()})
    return fresh


def _only_administrators(by: Actor) -> None:
    if by.kind != "staff" or by.role != CHANGES:
        raise NotForThisRole("Only an administrator changes the calendar.")
