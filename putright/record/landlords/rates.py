"""A landlord's compensation rates: added from a day, ended, or taken back before they come into force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from complaint_rules.events import Actor
from complaint_rules.working_days import in_words
from putright.record.journal.models import Entry
from putright.record.landlords.models import CompensationRate
from putright.record.landlords.own_chain import NotPossible, changing
from putright.record.landlords.queries import LANDLORDS_OWN, as_rate

ADD, END, TAKE_BACK = "add_rate", "end_rate", "take_back_rate"
VERBS = (ADD, END, TAKE_BACK)


@dataclass(frozen=True, slots=True)
class NewRate:
    """A rate as somebody gives it, in whole pence. `most` is None for no limit."""

    head: str
    kind: str
    unit: str
    pence: int
    first_on: date
    source: str
    last_on: date | None = None
    at_once: int = 0
    most: int | None = None


def add(
    landlord_id: int, new: NewRate, *, by: Actor, at: datetime, key: str | None = None
) -> CompensationRate:
    """A rate from a day on. One of the same head that would still run then ends the day before: it is superseded.

    A rate in force is never edited, and no past day is paid at two rates: NotPossible where another of the same
    head begins on this day or later and this one would run into it.
    """
    with changing(landlord_id, by=by, at=at, key=key) as change:
        if change.done:
            return CompensationRate.objects.get(landlord_id=landlord_id, pk=change.done.data["rate"])
        head = _check(new)
        same = _standing(landlord_id).filter(head__iexact=head)
        _refuse_overlap(same, new)
        before = same.filter(first_on__lt=new.first_on).order_by("-first_on").first()
        ended: dict[str, object] = {}
        if before is not None:
            head = before.head  # one spelling of a head
            ended = _supersede(before, new, localdate(at))
        row = CompensationRate(
            landlord=change.landlord,
            head=head,
            kind=new.kind,
            unit=new.unit,
            pence=new.pence,
            at_once=new.at_once,
            most=new.most,
            first_on=new.first_on,
            last_on=new.last_on,
            source=new.source.strip(),
            entry=change.number,
        )
        _refuse_what_the_rules_refuse(row)
        row.save()
        change.write(
            ADD,
            {
                "rate": row.pk,
                "head": row.head,
                "kind": row.kind,
                "unit": row.unit,
                "pence": row.pence,
                "at_once": row.at_once,
                "most": row.most,
                "first_on": row.first_on.isoformat(),
                "last_on": row.last_on.isoformat() if row.last_on else None,
                "source": row.source,
            }
            | ended,
        )
    return row


def _check(new: NewRate) -> str:
    head = " ".join(new.head.split())
    if not head:
        raise NotPossible("Enter what it is paid for.", "head")
    if not new.source.strip():
        raise NotPossible("Say where the rate comes from.", "source")
    if new.last_on is not None and new.last_on < new.first_on:
        raise NotPossible("The last day must not be before the first.", "last_on")
    if new.most is not None and new.most < new.at_once + new.pence:
        raise NotPossible("The most must be at least what one unit comes to.", "most")
    return head


def _refuse_what_the_rules_refuse(row: CompensationRate) -> None:
    try:
        as_rate(row)
    except ValueError as problem:
        raise NotPossible(str(problem)) from problem


def _refuse_overlap(same: QuerySet[CompensationRate], new: NewRate) -> None:
    later = same.filter(first_on__gte=new.first_on).order_by("first_on").first()
    if later is not None and (new.last_on is None or new.last_on >= later.first_on):
        raise NotPossible(
            f"Another rate for this begins on {in_words(later.first_on)}. End this one before that day.",
            "first_on" if later.first_on == new.first_on else "last_on",
        )


def _supersede(before: CompensationRate, new: NewRate, today: date) -> dict[str, object]:
    """End the rate before the day the new one begins; what the entry keeps of it, so that it can go on again."""
    if before.last_on is not None and before.last_on < new.first_on:
        return {}
    ends = new.first_on - timedelta(days=1)
    if ends < today - timedelta(days=1):
        raise NotPossible(
            f"The rate in force since {in_words(before.first_on)} has been used until today. "
            "Begin the new one today or later.",
            "first_on",
        )
    was = before.last_on.isoformat() if before.last_on else None
    before.last_on = ends
    before.save(update_fields=["last_on"])
    return {"ends": before.pk, "was_to_end": was}


def end(
    rate: CompensationRate, last_on: date, *, reason: str, by: Actor, at: datetime, key: str | None = None
) -> CompensationRate:
    """The last day it is in force: today or later, since what has passed was paid by it."""
    with changing(rate.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(rate)
        if change.done:
            return fresh
        if fresh.taken_back_entry is not None:
            raise NotPossible("That rate was taken back.")
        if not reason.strip():
            raise NotPossible("Give the reason.", "reason")
        if last_on < max(localdate(at), fresh.first_on):
            raise NotPossible("The last day must be today or later, and not before its first.", "last_on")
        if fresh.last_on is not None and fresh.last_on < localdate(at):
            raise NotPossible(f"It ended on {in_words(fresh.last_on)}.")
        if fresh.last_on is not None and last_on > fresh.last_on:
            raise NotPossible(
                f"It ends on {in_words(fresh.last_on)} already. Give that day or an earlier one.", "last_on"
            )
        fresh.last_on = last_on
        fresh.save(update_fields=["last_on"])
        change.write(END, {"rate": fresh.pk, "last_on": last_on.isoformat()}, {"reason": reason.strip()})
    return fresh


def take_back(
    rate: CompensationRate, *, reason: str, by: Actor, at: datetime, key: str | None = None
) -> CompensationRate:
    """Take back a rate that is not in force yet. One that it would have superseded goes on."""
    with changing(rate.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(rate)
        if change.done or fresh.taken_back_entry is not None:
            return fresh
        if not reason.strip():
            raise NotPossible("Give the reason.", "reason")
        if fresh.first_on <= localdate(at):
            raise NotPossible(
                f"It has been in force since {in_words(fresh.first_on)}. Give its last day instead."
            )
        fresh.taken_back_entry = change.number
        fresh.save(update_fields=["taken_back_entry"])
        goes_on = _goes_on(fresh)
        facts = {"rate": fresh.pk, "goes_on": goes_on.pk if goes_on else None}
        change.write(TAKE_BACK, facts, {"reason": reason.strip()})
    return fresh


def _goes_on(rate: CompensationRate) -> CompensationRate | None:
    """The rate that this one was to end, given back the end it had."""
    made = Entry.objects.get(landlord=rate.landlord_id, case=LANDLORDS_OWN, number=rate.entry)
    before = _standing(rate.landlord_id).filter(pk=made.data.get("ends")).first()
    if before is None:
        return None
    was = made.data["was_to_end"]
    before.last_on = date.fromisoformat(was) if was else None
    before.save(update_fields=["last_on"])
    return before


def of_landlord(landlord_id: int) -> list[CompensationRate]:
    """Every rate that stands, by head and then the newest first."""
    return list(_standing(landlord_id).order_by("head", "-first_on"))


def _standing(landlord_id: int) -> QuerySet[CompensationRate]:
    return CompensationRate.objects.filter(Q(landlord_id=landlord_id), taken_back_entry__isnull=True)


def _fresh(rate: CompensationRate) -> CompensationRate:
    return CompensationRate.objects.get(pk=rate.pk, landlord_id=rate.landlord_id)
