"""What a resident is told when a complaint comes in: what happens, and by when. The rules work it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from complaint_rules import clocks, events
from complaint_rules.complaint import Complaint, read
from complaint_rules.editions import UnknownEdition
from complaint_rules.events import Actor
from complaint_rules.working_days import NotCovered
from putright.casework.fields import LONDON
from putright.interfaces.pages.due_days import due_day
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import WAYS
from putright.record.landlords.models import Landlord
from putright.record.landlords.queries import calendar, closed_days, procedure_in_force, terms
from putright.record.people import safe_contact
from putright.record.people.models import Person


@dataclass(frozen=True, slots=True)
class Telling:
    """The day we write by, and the day we answer by if we write today. None where no edition says."""

    acknowledge: Due | None = None
    answer: Due | None = None


def if_received(landlord: Landlord, at: datetime) -> Telling:
    """For something received at this moment, under the procedure in force that day."""
    version = procedure_in_force(landlord, at.astimezone(LONDON).date())
    try:
        complaint = read([_received(at)], terms(version), calendar(landlord), closed_days(landlord))
        return telling(complaint) if complaint else Telling()
    except (NotCovered, UnknownEdition):
        return Telling()


def telling(complaint: Complaint) -> Telling:
    """For a complaint as it stands: what is due now, or would be if it were acknowledged today."""
    now = timezone.now()
    if "acknowledged" in complaint.steps:
        return Telling(answer=_due(complaint, "respond"))
    done = events.Acknowledged(
        number=10**6, at=now, on=timezone.localdate(now), by=Actor("staff"), definition=True
    )
    acknowledged = read([*complaint.events, done], complaint.procedure, complaint.calendar)
    assert acknowledged is not None
    return Telling(_due(complaint, "acknowledge"), _due(acknowledged, "respond"))


def _due(complaint: Complaint, name: str) -> Due | None:
    run = next((run for run in clocks.due_runs(complaint) if run.name == name), None)
    return due_day(complaint, run, timezone.now()) if run else None


def _received(at: datetime) -> events.Received:
    return events.Received(number=1, at=at, on=at.astimezone(LONDON).date(), by=Actor("staff"), points=1)


# How we reply


@dataclass(frozen=True, slots=True)
class Reply:
    """How we reach somebody: the verb of the first way that may be used, and the ways that are safe or are not.

    `safe` and `unsafe` are empty where they have said nothing about what is safe.
    """

    verb: str = "write"
    safe: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    limited: bool = False


_VERBS = {"email": "email you", "letter": "write", "text": "text you", "telephone": "ring you"}


def reply(person: Person | None, at: datetime) -> Reply:
    """How to reply to somebody, as they have said is safe. No number and no address is ever shown here."""
    if person is None or not safe_contact.is_under(person):
        return Reply()
    ways = safe_contact.ways_for(person, at)
    safe = [way for way in _VERBS if way in ways and (ways[way].allowed or ways[way].not_before is not None)]
    unsafe = [way for way in _VERBS if way not in safe]
    verb = _VERBS[safe[0]] if safe else ""
    return Reply(
        verb, tuple(WAYS[way].lower() for way in safe), tuple(WAYS[way].lower() for way in unsafe), True
    )
