"""One page of one change: its form, the action that does it, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from putright.interfaces.pages.forms import ActionForm
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.staff.people import reach
from putright.interfaces.staff.who import Staff
from putright.record.accounts.queries import names_of
from putright.record.people import actions, safe_contact
from putright.record.people.models import Person

CHANGE = "staff/people/change.html"


def change(
    request: HttpRequest,
    staff: Staff,
    person: Person,
    form: ActionForm,
    act: Callable[..., Any],
    right: str,
    *,
    done: str,
    template: str = CHANGE,
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form; once it is sent and stands, call `act(cleaned, **how)`, say what is done and go back.

    What the action refuses is said beside the field that can mend it. Where somebody was faster, status 409 with
    what was typed kept.
    """
    back = back or reverse("person", args=[person.pk])
    context |= {"person": person, "form": form, "back": back, "changed": ""}
    status = 200
    if form.is_bound and form.is_valid():
        cleaned = form.cleaned_data
        how = {"by": reach.actor(staff, right), "at": timezone.now(), "key": str(cleaned["key"])}
        try:
            act(cleaned, **how)
        except (actions.NotForThisRole, safe_contact.NotForThisRole) as problem:
            raise PermissionDenied(str(problem)) from problem
        except (actions.NotPossible, safe_contact.NotPossible) as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.says)
        except actions.Changed as problem:
            form.read_again_at(problem.person.entry)
            context["changed"], status = who_was_faster(problem), 409
        else:
            messages.success(request, done)
            return redirect(back)
    return render(request, template, context, status=status)


def who_was_faster(problem: actions.Changed) -> str:
    """Who changed a person first, and when."""
    entry = problem.entry
    if entry is None:
        return str(problem)
    who = next(iter(names_of([entry.actor])), "Somebody")
    at, today = entry.recorded_at, localdate()
    when = f"at {clock_time(at)}" if localdate(at) == today else f"on {long_day(at, today)}"
    return f"{who} changed this person {when}."
