"""The steps of the year round, sending back, and saying that something promised is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from putright.evidence.self_assessments import actions, queries
from putright.evidence.self_assessments.models import Assessment, ImprovementAction
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.self_assessments.forms import FinishForm, SendBackForm, StepForm
from putright.interfaces.staff.self_assessments.reach import (
    MOST_NUMBER,
    actor,
    answerer,
    assessment_of,
    heading,
)
from putright.interfaces.staff.who import Staff
from putright.record.landlords.own_chain import NotPossible

BACK = "draft"


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, assessment: int, state: str) -> HttpResponse:
    """The page of one step; `draft` sends it back."""
    staff = answerer(request)
    found = assessment_of(staff, assessment)
    if state not in (*queries.STEPS, BACK):
        raise Http404("There is no such step.")
    form = _form(request, found, state)
    blocked = _blocked(found, state)
    if request.method == "POST" and not blocked and form.is_valid():
        try:
            _take(found, state, form.cleaned_data, staff)
        except NotPossible as problem:
            if problem.field in form.fields:
                form.add_error(problem.field, problem.says)
            else:
                blocked = problem.says
        else:
            messages.success(request, _done(state))
            return redirect("self_assessment", assessment=found.pk)
    context = heading(staff, found) | {
        "form": form,
        "word": told.NEXT.get(state, "Send back to draft"),
        "state": state,
        "blocked": blocked,
        "again": state == found.state,
    }
    status = 409 if blocked and request.method == "POST" else 200
    return render(request, "staff/self_assessments/step.html", context, status=status)


def _form(request: HttpRequest, found: Assessment, state: str) -> Any:
    posted = request.POST if request.method == "POST" else None
    if state == BACK:
        return SendBackForm(posted)
    today = localdate()
    late = state == "published" and found.due_on is not None and today > found.due_on
    return StepForm(posted, state=state, late=late, today=today)


def _blocked(found: Assessment, state: str) -> str:
    if state != BACK:
        return queries.stands_in_the_way(found, state)
    if found.state == BACK:
        return "It is a draft already."
    return "It is published, and stays as it is." if found.state == "published" else ""


def _take(found: Assessment, state: str, given: dict[str, Any], staff: Staff) -> None:
    who: dict[str, Any] = {"by": actor(staff), "at": timezone.now(), "key": str(given["key"])}
    if state == BACK:
        actions.send_back(found, given["says"], localdate(), **who)
        return
    signed = actions.Signed(
        body=given["body"],
        on=given["on"],
        part=given["part"],
        says=given["says"],
        late_because=given.get("late_because", ""),
    )
    actions.sign(found, state, signed, **who)


def _done(state: str) -> str:
    if state == BACK:
        return "It is a draft again. Its steps are taken anew."
    if state == "published":
        return "Published. It stays as it is from now on."
    return f"Written down: {told.STATES[state].lower()}."


# Something promised


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, improvement: int) -> HttpResponse:
    """Say that something that was promised is done."""
    staff = answerer(request)
    found = _improvement(staff, improvement)
    form = FinishForm(request.POST if request.method == "POST" else None, today=localdate())
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        done_on: date = given["done_on"]
        try:
            actions.finish(
                found,
                done_on,
                given["proof"],
                by=actor(staff),
                at=timezone.now(),
                key=str(given["key"]),
            )
        except NotPossible as problem:
            form.add_error(problem.field or None, problem.says)
        else:
            messages.success(request, "Written down as done.")
            return redirect("self_assessments")
    context = {"form": form, "improvement": found}
    return render(request, "staff/self_assessments/finish.html", context)


def _improvement(staff: Staff, number: int) -> ImprovementAction:
    own = ImprovementAction.objects.filter(landlord=staff.landlord).select_related("assessment")
    found = own.filter(pk=number).first() if number <= MOST_NUMBER else None
    if found is None:
        raise Http404("There is no such action.")
    return found
