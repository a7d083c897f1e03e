"""After recording: what to tell the resident, what was recorded, what comes next, and a few minutes to undo it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from complaint_rules import clocks, next_steps
from complaint_rules.complaint import Complaint
from putright.casework import verb
from putright.casework.act import NotDone
from putright.interfaces.pages.due_days import due_day
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import CHANNELS, action_word, state_word
from putright.interfaces.staff.new_complaint import telling
from putright.interfaces.staff.take_in import steps as taking_in
from putright.interfaces.staff.who import Staff, case_of, staff_of
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.cases.queries import open_for
from putright.record.correspondence import files
from putright.record.journal import queries as journal
from putright.record.journal.models import Entry
from putright.record.landlords.queries import terms

UNDO_WITHIN = timedelta(minutes=10)
OFFERED = (
    "report_hazard",
    "dismiss_hazard",
    "log_complaint",
    "acknowledge",
    "assign",
    "answer_service_request",
    "record_needs",
)


@require_safe
def recorded(request: HttpRequest, reference: str) -> HttpResponse:
    """What was recorded, what to tell the resident, and what comes next."""
    staff, case, now = staff_of(request), case_of(request, reference), timezone.now()
    entries = journal.of_case(staff.landlord.pk, case.pk)
    complaint = index.read_case(case, entries)
    if complaint is None:
        return redirect("queue")
    words = journal.texts_of_case(staff.landlord.pk, case.pk).get(1, {})
    procedure = terms(case.procedure)
    return render(
        request,
        "staff/new_complaint/recorded.html",
        {
            "case": case,
            "complaint": complaint,
            "state": state_word(complaint.state, complaint.stage),
            "done": _done(complaint, case.handler.name if case.handler else "nobody"),
            "points": [text for name, text in sorted(words.items()) if name.startswith("point.")],
            "files": files.of_case(staff.landlord.pk, case.pk),
            "told": telling.telling(complaint),
            "reply": telling.reply(case.resident, now),
            "due": _due(case, complaint),
            "next": _next(staff, case, complaint),
            "danger_waits": complaint.danger_unanswered_on is not None,
            "unconfirmed": _speaks_unconfirmed(complaint),
            "on_social_media": case.channel == "social_media",
            "undo_until": _undo_until(staff, entries, complaint, now)
            if staff.may("withdraw", procedure)
            else None,
            "may_correct": staff.may("correct", procedure),
            "others": [
                each for each in open_for(staff.landlord.pk, [case.resident_id]) if each.pk != case.pk
            ],
        },
    )


def _undo_until(staff: Staff, entries: list[Entry], complaint: Complaint, now: datetime) -> datetime | None:
    """Until when whoever recorded it may take it back: for a few minutes, while nobody else has acted on it."""
    steps = [entry for entry in entries if entry.verb not in ("viewed", "refused")]
    until = steps[0].recorded_at + UNDO_WITHIN
    theirs = all(entry.actor_kind == "staff" and entry.actor == staff.person for entry in steps)
    possible = "withdraw" in next_steps.possible(complaint)
    return until if theirs and possible and now < until else None


@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what was recorded by mistake: withdrawn, with that reason. The record keeps both."""
    staff, case, now = staff_of(request), case_of(request, reference), timezone.now()
    entries = journal.of_case(staff.landlord.pk, case.pk)
    complaint = index.read_case(case, entries)
    procedure = terms(case.procedure)
    allowed = complaint is not None and staff.may("withdraw", procedure)
    if not allowed or complaint is None or _undo_until(staff, entries, complaint, now) is None:
        messages.warning(request, "It cannot be undone any more. Correct it, or withdraw it with a reason.")
        return redirect("new_complaint_recorded", reference=case.reference)
    try:
        verb("withdraw")(
            case,
            by=staff.actor("withdraw", procedure),
            at=now,
            read_at=entries[-1].number,
            key=f"{case.reference}:undo"[:64],
            reason="Recorded by mistake, and undone at once by whoever recorded it.",
        )
    except NotDone as problem:
        messages.warning(request, str(problem))
        return redirect("new_complaint_recorded", reference=case.reference)
    messages.success(request, f"{case.reference} is undone. The record keeps that it was.")
    return redirect("case", reference=case.reference)


def _speaks_unconfirmed(complaint: Complaint) -> bool:
    """Whether somebody acts for the resident without their recorded authority."""
    first = complaint.events[0]
    acts = first.by.kind == "representative" or getattr(first, "source", None) == "representative"
    return acts and getattr(first, "authority", None) is not True and True not in complaint.authority.values()


def _done(complaint: Complaint, handler: str) -> str:
    """What has happened to it so far, as one sentence."""
    channel = CHANNELS.get(getattr(complaint.events[0], "channel", None) or "", "")
    said = {
        "receive": f"received by {channel.lower()}" if channel else "received",
        "dismiss_hazard": "looked at and no hazard",
        "log_complaint": "logged",
        "acknowledge": "acknowledged",
        "assign": f"given to {handler}",
        "treat_as_service_request": "recorded as a service request",
        "withdraw": "withdrawn",
    }
    told = ", ".join(said[event.verb] for event in complaint.events if event.verb in said)
    return f"{told[:1].upper()}{told[1:]}."


def _due(case: Case, complaint: Complaint) -> list[Due]:
    now = timezone.now()
    own = [run for run in clocks.own_runs(complaint) if run.name == "danger"]
    return [
        due_day(complaint, run, now, why_url=reverse("case_why", args=[case.reference, run.name]))
        for run in [*own, *clocks.due_runs(complaint)]
    ]


def _next(staff: Staff, case: Case, complaint: Complaint) -> list[dict[str, Any]]:
    """The steps that usually follow, of those possible now for this person."""
    possible = next_steps.possible(complaint)
    waits = complaint.danger_unanswered_on is not None
    offered = [name for name in OFFERED if name != "dismiss_hazard" or waits]
    if complaint.handler is not None:
        offered.remove("assign")
    procedure = terms(case.procedure)
    names = [name for name in offered if name in possible and staff.may(name, procedure)]
    steps = [
        {"text": action_word(name), "href": reverse("action", args=[case.reference, name])} for name in names
    ]
    first = {"text": "Open the case", "href": reverse("case", args=[case.reference])}
    if len(taking_in.left(complaint)) > 1 and taking_in.may_take_in(staff):
        at_once = {"text": "Log, acknowledge and assign", "href": reverse("take_in", args=[case.reference])}
        steps.insert(
            sum(name in ("report_hazard", "dismiss_hazard") for name in names) if waits else 0, at_once
        )
    if waits and steps:
        return [steps[0] | {"main": True}, *steps[1:], first]
    return [first | {"main": True}, *steps]
