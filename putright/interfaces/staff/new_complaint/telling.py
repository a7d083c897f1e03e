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
from putright.record.landlords.models import Landlord
from putright.record.landlords.queries import calendar, procedure_in_force, terms


@dataclass(frozen=True, slots=True)
class Telling:
    """The day we write by, and the day we answer by if we write today. None where no edition says."""

    acknowledge: Due | None = None
    answer: Due | None = None


def if_received(landlord: Landlord, at: datetime) -> Telling:
    """For something received at this moment, under the procedure in force that day."""
    version = procedure_in_force(landlord, at.astimezone(LONDON).date())
    try:
        complaint = read([_received(at)], terms(version), calendar())
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
