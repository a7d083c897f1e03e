"""The steps of a version: approve it, brief staff, put it in force, publish it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from complaint_rules.findings import Verdict
from putright.interfaces.pages.phrases import long_day
from putright.interfaces.staff.procedures import told
from putright.interfaces.staff.procedures.check import checked
from putright.interfaces.staff.procedures.forms import StepForm
from putright.interfaces.staff.procedures.reach import (
    actor,
    changer,
    heading,
    latest_edition,
    reading_of,
    version_of,
    who_changed,
)
from putright.interfaces.staff.who import Staff
from putright.record.cases.queries import of_landlord
from putright.record.landlords import actions, documents
from putright.record.landlords.models import ProcedureVersion


@dataclass(frozen=True, slots=True)
class StepOfVersion:
    """One step: its words, the day it gives, and the action that does it."""

    word: str
    again: str
    day: str
    label: str
    hint: str
    act: Callable[..., ProcedureVersion]
    counts: bool = False  # how days are counted may change with it


STEPS = {
    "approve": StepOfVersion(
        "Approve",
        "Change the approval",
        "approved_on",
        "Day it was approved",
        "From then on the text stays as it is.",
        actions.approve,
        counts=True,
    ),
    "brief": StepOfVersion(
        "Record the briefing",
        "Change the day of the briefing",
        "briefed_on",
        "Day staff were briefed",
        "",
        actions.brief,
    ),
    "in-force": StepOfVersion(
        "Put in force",
        "Change the day it comes into force",
        "in_force_on",
        "In force from",
        "Complaints received from that day on are handled by it. Live cases keep the version they began under.",
        actions.put_in_force,
        counts=True,
    ),
    "publish": StepOfVersion(
        "Record the publication",
        "Change the day it was published",
        "published_on",
        "Day it was published",
        "",
        actions.publish,
    ),
}


def _possible(name: str, version: ProcedureVersion, reading: documents.Reading, today: date) -> str:
    """Why a step cannot be done now; empty where it can."""
    come = version.in_force_on is not None and version.in_force_on <= today
    if name in ("approve", "in-force") and come:
        return f"It has been in force since {long_day(version.in_force_on, today)}."
    if name == "approve":
        return "The text cannot be read yet." if reading.procedure is None else ""
    return "" if version.approved_on or come else "It has not been approved yet."


def menu(version: ProcedureVersion, reading: documents.Reading, today: date) -> dict[str, Any]:
    """What an administrator can do to a version now, the likeliest first; and what not yet, and why."""
    found: list[dict[str, Any]] = []
    not_yet: list[dict[str, Any]] = []
    if version.is_draft:
        found.append({"text": "Edit the text", "href": reverse("procedure_text", args=[version.number])})
    for name, each in STEPS.items():
        why = _possible(name, version, reading, today)
        given = getattr(version, each.day) is not None
        if not why:
            address = reverse("procedure_step", args=[version.number, name])
            owed = not given and version.drafted_on is not None  # else it was made with the landlord
            found.append({"text": each.again if given else each.word, "href": address, "given": not owed})
        elif not given and version.in_force_on is None:
            not_yet.append({"text": each.word, "reasons": [_reason(version, name, why)]})
    if not version.is_draft:
        address = reverse("procedure_start", query={"from": f"version:{version.number}"})
        found.append({"text": "Start a new draft from it", "href": address, "given": True})
    _mark_main(found, reading)
    return {"actions": found, "not_yet": not_yet}


def _reason(version: ProcedureVersion, name: str, why: str) -> dict[str, str]:
    if name == "approve":
        unlock, address = "Put the text right", reverse("procedure_text", args=[version.number])
    else:
        unlock, address = "Approve it", reverse("procedure_step", args=[version.number, "approve"])
    return {"says": why, "ref": "", "unlock": unlock, "href": address}


def _mark_main(found: list[dict[str, Any]], reading: documents.Reading) -> None:
    """One main button: putting the text right, else the first step still to be done, else a new draft."""
    first = (
        0
        if reading.procedure is None
        else next((place for place, each in enumerate(found) if each.get("given") is False), -1)
    )
    found[first]["main"] = True
    found.insert(0, found.pop(first))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """The page of one step of a version."""
    staff = changer(request)
    version = version_of(staff, number)
    if step not in STEPS:
        raise Http404("There is no such step.")
    _, reading = reading_of(version)
    today = localdate()
    form = _form(request, step, version, reading, today)
    changed, blocked = None, _possible(step, version, reading, today)
    if request.method == "POST" and not blocked and form.is_valid():
        try:
            _do(step, staff, version, form)
        except actions.Changed as problem:
            changed = problem
            form.read_again_at(problem.version.entry)
            version = problem.version
        except actions.NotPossible as problem:
            if problem.field in form.fields:
                form.add_error(problem.field, problem.says)
            else:
                blocked = problem.says
        else:
            return redirect(_told(request, step, version))
    context = heading(staff, version, reading) | {
        "form": form,
        "step": step,
        "task": STEPS[step],
        "blocked": blocked,
        "changed": who_changed(changed),
        "warning": _warning(step, reading, today),
        "counting": told.counting(version, reading.procedure),
    }
    status = 409 if changed or (blocked and request.method == "POST") else 200
    return render(request, "staff/procedures/step.html", context, status=status)


def _form(
    request: HttpRequest, name: str, version: ProcedureVersion, reading: documents.Reading, today: date
) -> StepForm:
    task = STEPS[name]
    day: date | None = getattr(version, task.day)
    procedure = reading.procedure
    changes = (
        actions.counting_changes(version, procedure, day or today) if task.counts and procedure else None
    )
    return StepForm(
        request.POST if request.method == "POST" else None,
        read_at=version.entry,
        label=task.label,
        today=today,
        asks_body=name == "approve",
        asks_reason=bool(changes) and not version.convention_reason,
        initial={"on": day or today, "body": version.approved_by} if day else {"on": today},
    )


def _do(name: str, staff: Staff, version: ProcedureVersion, form: StepForm) -> None:
    given = dict(form.cleaned_data)
    more: dict[str, Any] = {}
    if name == "approve":
        more["body"] = given["body"]
    if name == "in-force":
        more["newest_case"] = _newest_case(staff)
    if STEPS[name].counts:
        more["convention_reason"] = given.get("convention_reason", "")
    STEPS[name].act(
        version,
        on=given["on"],
        by=actor(staff),
        at=timezone.now(),
        read_at=given["read_at"],
        key=str(given["key"]),
        **more,
    )


def _newest_case(staff: Staff) -> date | None:
    """The day on which the landlord's newest case was received."""
    found: date | None = of_landlord(staff.landlord.pk).aggregate(newest=Max("received_on"))["newest"]
    return found


def _told(request: HttpRequest, name: str, version: ProcedureVersion) -> str:
    version.refresh_from_db()
    today = localdate()
    day = long_day(getattr(version, STEPS[name].day), today)
    messages.success(
        request,
        {
            "approve": f"Approved by {version.approved_by} on {day}.",
            "brief": f"Staff were briefed on {day}.",
            "in-force": f"In force from {day}. Live cases keep the version they began under.",
            "publish": f"Published on {day}.",
        }[name],
    )
    return reverse("procedure_version", args=[version.number])


def _warning(name: str, reading: documents.Reading, today: date) -> str:
    """How many provisions it breaches, before it is approved or put in force."""
    if name not in ("approve", "in-force") or reading.procedure is None:
        return ""
    edition = latest_edition(today)
    groups = {group["verdict"]: group["count"] for group in checked(reading.procedure, edition)["groups"]}
    breached = groups.get(str(Verdict.BREACHED), 0)
    if not breached:
        return ""
    parts = "1 provision" if breached == 1 else f"{breached} provisions"
    return f"It breaches {parts} of the {edition} Code."
