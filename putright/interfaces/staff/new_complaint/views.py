"""New complaint: one page, recorded in under two minutes; then what to tell the resident."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules import clocks, next_steps
from complaint_rules.complaint import Complaint
from putright.casework.act import Impossible, Refused
from putright.interfaces.pages.due_days import due_day
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import CHANNELS, action_word, state_word
from putright.interfaces.staff.new_complaint import telling
from putright.interfaces.staff.new_complaint.forms import (
    FIND,
    LOG,
    RECORD,
    REQUEST,
    NewComplaintForm,
    as_typed,
)
from putright.interfaces.staff.new_complaint.record import AnotherText, made_before, record
from putright.interfaces.staff.take_in import steps as taking_in
from putright.interfaces.staff.who import Staff, case_of, may_or_refuse, staff_of
from putright.record.accounts.queries import handlers_at
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.cases.queries import open_for
from putright.record.journal import queries as journal
from putright.record.landlords.queries import terms

FAST = ("log_complaint", "acknowledge", "assign")


@require_http_methods(["GET", "HEAD", "POST"])
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Ask, and record. A reference in the address (`resident`) says who it is about."""
    staff = may_or_refuse(request, "receive")
    if request.method != "POST":
        return _page(request, staff, _blank(staff, request.GET.get("resident", "")))
    then = request.POST.get("then", RECORD)
    form = _posted(request, staff, then)
    if then == FIND:
        return _page(request, staff, _form(staff, initial=as_typed(form)), looked=True)
    if not form.is_valid():
        # Another click of the same page may have recorded it meanwhile, and what it added is no stranger.
        form = _posted(request, staff, then)
    if not form.is_valid():
        return _page(request, staff, form)
    try:
        recorded = record(staff, form)
    except AnotherText as other:
        form.read_again_at(0)
        return _page(request, staff, form, already=other.case)
    except Impossible:
        form.add_error("day", "No edition of the Code covers that day. Check the year.")
        return _page(request, staff, form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, staff, form)
    for name, says in recorded.not_done:
        messages.warning(request, f"{action_word(name)}: not done, nor anything with it. {says}")
    if form.cleaned_data["hazard"] == "ask":
        messages.warning(request, "Ask today whether it is dangerous, and report a hazard if it is.")
    for label, new in form.told_otherwise():
        messages.info(request, f"We hold another {label} for them. {new} is kept with what they said.")
    return redirect("new_complaint_recorded", reference=recorded.case.reference)


def _posted(request: HttpRequest, staff: Staff, then: str) -> NewComplaintForm:
    before = made_before(staff, request.POST.get("key", ""))
    return _form(staff, request.POST, then=then if _may(staff, then) else RECORD, made_before=before)


def _may(staff: Staff, then: str) -> bool:
    wanted = {LOG: FAST, REQUEST: ("treat_as_service_request",)}.get(then, ())
    return all(staff.may(name) for name in wanted)


def _form(staff: Staff, *args: Any, **more: Any) -> NewComplaintForm:
    return NewComplaintForm(
        *args, landlord_id=staff.landlord.pk, handlers=handlers_at(staff.landlord.pk), **more
    )


def _blank(staff: Staff, resident: str) -> NewComplaintForm:
    mine = str(staff.user.pk)
    form = _form(staff, initial={"resident": resident} if resident.isdigit() else None)
    if mine in dict(form.fields["handler"].choices):  # type: ignore[attr-defined]
        form.fields["handler"].initial = mine
    return form


def _page(request: HttpRequest, staff: Staff, form: NewComplaintForm, **more: Any) -> HttpResponse:
    cleaned = getattr(form, "cleaned_data", {})
    at = cleaned.get("at") or form.now
    context = {
        "form": form,
        "told": telling.if_received(staff.landlord, min(at, form.now)),
        "open_cases": open_for(staff.landlord.pk, [person.pk for person in form.candidates]),
        "may_log": _may(staff, LOG),
        "may_request": _may(staff, REQUEST),
        "asks_about_request": form.then == REQUEST,
        "looked": False,
        "already": None,
    }
    return render(request, "staff/new_complaint/page.html", context | more)


@require_safe
def recorded(request: HttpRequest, reference: str) -> HttpResponse:
    """What was recorded, what to tell the resident, and what comes next."""
    staff = staff_of(request)
    case = case_of(request, reference)
    complaint = index.read_case(case, journal.of_case(staff.landlord.pk, case.pk))
    if complaint is None:
        return redirect("queue")
    return render(
        request,
        "staff/new_complaint/recorded.html",
        {
            "case": case,
            "complaint": complaint,
            "state": state_word(complaint.state, complaint.stage),
            "done": _done(complaint, case.handler.name if case.handler else "nobody"),
            "told": telling.telling(complaint),
            "due": _due(case, complaint),
            "next": _next(staff, case, complaint),
            "unconfirmed": _speaks_unconfirmed(complaint),
            "others": [
                each for each in open_for(staff.landlord.pk, [case.resident_id]) if each.pk != case.pk
            ],
        },
    )


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
        "log_complaint": "logged",
        "acknowledge": "acknowledged",
        "assign": f"given to {handler}",
        "treat_as_service_request": "recorded as a service request",
    }
    told = ", ".join(said[event.verb] for event in complaint.events if event.verb in said)
    return f"{told[:1].upper()}{told[1:]}."


def _due(case: Case, complaint: Complaint) -> list[Due]:
    now = timezone.now()
    runs = clocks.due_runs(complaint)
    return [
        due_day(complaint, run, now, why_url=reverse("case_why", args=[case.reference, run.name]))
        for run in runs
    ]


def _next(staff: Staff, case: Case, complaint: Complaint) -> list[dict[str, Any]]:
    """The steps that usually follow, of those possible now for this person."""
    possible = next_steps.possible(complaint)
    offered = [
        "log_complaint",
        "acknowledge",
        "assign",
        "answer_service_request",
        "record_needs",
        "report_hazard",
    ]
    if complaint.handler is not None:
        offered.remove("assign")
    procedure = terms(case.procedure)
    names = [name for name in offered if name in possible and staff.may(name, procedure)]
    steps = [
        {"text": action_word(name), "href": reverse("action", args=[case.reference, name])} for name in names
    ]
    if len(taking_in.left(complaint)) > 1 and taking_in.may_take_in(staff):
        at_once = {"text": "Log, acknowledge and assign", "href": reverse("take_in", args=[case.reference])}
        steps.insert(0, at_once)
    return [{"text": "Open the case", "href": reverse("case", args=[case.reference]), "main": True}, *steps]
