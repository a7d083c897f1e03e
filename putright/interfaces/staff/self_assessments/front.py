"""The landlord's self-assessments, what it promised in them, and beginning a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules import submissions
from putright.evidence.self_assessments import actions, queries
from putright.evidence.self_assessments.models import Assessment
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.self_assessments.forms import StartForm
from putright.interfaces.staff.self_assessments.reach import (
    actor,
    answerer,
    assessment_of,
    may_answer,
    reader,
    title_of,
)
from putright.record.landlords.own_chain import NotPossible
from putright.record.landlords.queries import calendar


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every assessment, newest first; what is promised and not yet done; the way to the register."""
    staff = reader(request)
    today, days = localdate(), calendar(staff.landlord)
    context = {
        "rows": [_row(each) for each in queries.assessments(staff.landlord.pk)],
        "improvements": [
            {
                "row": each,
                "away": days.away(each.due_on, today) if each.due_on else None,
                "late": bool(each.due_on and each.due_on < today),
            }
            for each in queries.improvements(staff.landlord.pk)
        ],
        "may_answer": may_answer(staff),
    }
    return render(request, "staff/self_assessments/front.html", context)


def _row(each: Assessment) -> dict[str, Any]:
    return {
        "row": each,
        "title": title_of(each),
        "state": told.STATES[each.state],
        "why": told.WHY[each.why],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment: empty, or carried forward from an earlier one."""
    staff = answerer(request)
    form = StartForm(
        request.POST if request.method == "POST" else None,
        earlier=queries.assessments(staff.landlord.pk)[:20],
        today=localdate(),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            due_on = _due(given["size"], given["last_day"], given["due_on"])
            before = assessment_of(staff, int(given["source"])) if given["source"] != "empty" else None
            begun = actions.Begun(
                edition=given["edition"],
                first_day=given["first_day"],
                last_day=given["last_day"],
                why=given["why"],
                due_on=due_on,
                before=before,
            )
            made = actions.start(
                staff.landlord, begun, by=actor(staff), at=timezone.now(), key=str(given["key"])
            )
        except NotPossible as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.says)
        else:
            messages.success(request, "The self-assessment is begun. It is a draft until it is published.")
            return redirect("self_assessment", assessment=made.pk)
    return render(request, "staff/self_assessments/start.html", {"form": form})


def _due(size: str, year_ended: date, given: date | None) -> date:
    if given is not None:
        return given
    deadline = submissions.due(size, year_ended)  # type: ignore[arg-type]
    if deadline.on is None:
        raise NotPossible(f"{deadline.says} Enter the day they give you.", "due_on")
    return deadline.on
