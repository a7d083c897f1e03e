"""Who reads and who changes what an administrator looks after, and how a change is tried from a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from complaint_rules.events import Actor
from putright.interfaces.pages.forms import ActionForm
from putright.interfaces.staff.who import ADMINISTRATION, Staff, staff_of
from putright.record.landlords.own_chain import CHANGES, ChangedMeanwhile, NotPossible

READS = ADMINISTRATION
"""The roles that read these pages. Only an administrator changes anything."""

MOST_NUMBER = 2**31 - 1


def reader(request: HttpRequest) -> Staff:
    """Who is at work, where their role reads these pages; else 403."""
    staff = staff_of(request)
    if not READS & set(staff.roles):
        raise PermissionDenied("Your role does not read these pages.")
    return staff


def changer(request: HttpRequest) -> Staff:
    """Who is at work, where their role changes these things; else 403."""
    staff = staff_of(request)
    if not may_change(staff):
        raise PermissionDenied("Only an administrator changes this.")
    return staff


def may_change(staff: Staff) -> bool:
    """Whether they may change what they see."""
    return CHANGES in staff.roles


def actor(staff: Staff) -> Actor:
    """Them, as they administer."""
    return Actor("staff", staff.person, CHANGES)


def one_of[Row: Model](rows: QuerySet[Row], staff: Staff, **wanted: Any) -> Row:
    """The row of their landlord that is wanted; else 404, the same as for none at all."""
    if any(isinstance(value, int) and not 0 < value <= MOST_NUMBER for value in wanted.values()):
        raise Http404("There is no such page.")
    found = rows.filter(landlord_id=staff.landlord.pk, **wanted).first()
    if found is None:
        raise Http404("There is no such page.")
    return found


def tried[Result](form: ActionForm, staff: Staff, act: Callable[..., Result]) -> Result | None:
    """Do it as them, once; None where it was not done, and the form then says why. It keeps what was typed."""
    try:
        return act(by=actor(staff), at=timezone.now(), key=str(form.cleaned_data["key"]))
    except NotPossible as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.says)
    except ChangedMeanwhile as problem:
        form.add_error(None, str(problem))
    return None
