"""A version as its pages reach it: who may read or change it, which one is meant, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from complaint_rules import editions
from complaint_rules.editions import UnknownEdition
from complaint_rules.events import Actor
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.staff.procedures import told
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.landlords import actions, documents, queries
from putright.record.landlords.models import ProcedureVersion

MOST_NUMBER = 2**31 - 1


def reader(request: HttpRequest) -> Staff:
    """Who is at work, where their role reads the procedure; else 403."""
    staff = staff_of(request)
    if not actions.READS & set(staff.roles):
        raise PermissionDenied("Your role does not read the versions of the procedure.")
    return staff


def changer(request: HttpRequest) -> Staff:
    """Who is at work, where their role changes the procedure; else 403."""
    staff = staff_of(request)
    if not may_change(staff):
        raise PermissionDenied("Your role does not change the procedure.")
    return staff


def may_change(staff: Staff) -> bool:
    return actions.CHANGES in staff.roles


def actor(staff: Staff) -> Actor:
    """Them, as they change a procedure."""
    return Actor("staff", staff.person, actions.CHANGES)


def version_of(staff: Staff, number: int) -> ProcedureVersion:
    """The version of this number at their landlord; else 404."""
    if not 0 < number <= MOST_NUMBER:
        raise Http404("There is no such version.")
    versions = ProcedureVersion.objects.filter(landlord=staff.landlord).select_related("landlord")
    found = versions.filter(number=number).first()
    if found is None:
        raise Http404("There is no such version.")
    return found


def heading(staff: Staff, version: ProcedureVersion, reading: documents.Reading) -> dict[str, Any]:
    """What stands at the head of every page of a version."""
    today = localdate()
    in_force = queries.procedure_in_force(staff.landlord, today)
    title = reading.procedure.title if reading.procedure else None
    return {
        "version": version,
        "title": title or "Complaints procedure",
        "state": told.state(version, in_force, today),
        "may_change": may_change(staff),
        "editable": may_change(staff) and version.is_draft,
        "problems": reading.problems,
    }


def reading_of(version: ProcedureVersion) -> tuple[str, documents.Reading]:
    """The text of a version and how it reads. One that holds nothing of its own reads as the Code's defaults."""
    text = documents.text_of(version)
    if not text and not version.is_draft:
        return "", documents.Reading(queries.terms(version))
    return text, documents.read(text)


def latest_edition(today: date) -> str:
    """The name of the edition in force on a day; the newest there is where none is."""
    try:
        return editions.in_force_on(today).name
    except UnknownEdition:
        return list(editions.all_editions())[-1]


def who_changed(changed: actions.Changed | None) -> str:
    """Who changed a version first, when, and what they did."""
    if changed is None:
        return ""
    at = changed.entry.recorded_at
    when = f"at {clock_time(at)}" if localdate(at) == localdate() else f"on {long_day(at, localdate())}"
    what = told.DONE[changed.entry.verb][0].lower() + told.DONE[changed.entry.verb][1:]
    return f"{told.name_of(changed.entry)} changed this version {when}: {what}."
