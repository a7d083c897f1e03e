"""Record a stage 2 request. One that comes too early is kept as a contact, and offered again with the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from complaint_rules import clocks, next_steps
from putright.casework import verb as action_named
from putright.interfaces.staff.actions.asked.taking_in import known_outcomes
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.sending import Sent, back_to_case, send
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

CHOOSE_HOW = "Choose how they asked."

TASK = Task(
    done="The request for stage 2 is recorded.",
    clocks=("escalate_by",),
    moves=("acknowledge_escalation", "respond_stage_2"),
    intro="A reason is never needed.",
    asks={
        "channel": Ask("How did they ask?", as_select=True, missing=CHOOSE_HOW),
        "reasons": Ask("What did they say?", hint="If they said why. They need not.", rows=3),
        "outcomes": Ask("Outcomes wanted", hint=known_outcomes, rows=2),
    },
)
KEPT = "Kept as a contact. Stage 2 is offered again on the day stage 1 is answered."
KEPT_LATE = "Kept as a contact. No stage 2 request was recorded."


def stage_2_request(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """The page of a stage 2 request, which is also the way to keep one that cannot be taken yet."""
    action = action_named("request_escalation")
    posted = request.POST if request.method == "POST" else None
    form = TaskForm(posted, action=action, task=TASK, file=file, staff=staff, now=timezone.now())
    sent, early = Sent(), too_early(file)
    keep = posted is not None and posted.get("do") == "keep"
    if keep or early:
        form.must_choose("channel")
    if posted is not None and form.is_valid():
        if keep and not early:
            return _keep(request, file, staff, form, KEPT_LATE)
        by = staff.actor("request_escalation", file.complaint.procedure)
        sent = send(action, file.case, form, form.given(), by, form.at)
        if sent.outcome is not None:
            return back_to_case(request, file, sent.outcome, TASK.done, TASK.moves)
        if keep and sent.refused and sent.status != 403:
            return _keep(request, file, staff, form, KEPT)
    return page(
        request,
        file,
        staff,
        "request_escalation",
        TASK,
        form,
        sent,
        template="staff/actions/stage_2_request.html",
        too_early=early and staff.may("record_contact", file.complaint.procedure),
        past_window=past_window(file),
    )


def too_early(file: CaseFile) -> bool:
    """Whether stage 1 has not been answered, so that no request can be taken yet."""
    complaint = file.complaint
    possible = "request_escalation" in next_steps.possible(complaint)
    return not possible and "responded" not in complaint.steps


def past_window(file: CaseFile) -> bool:
    """Whether the landlord's own time for asking has passed: the request is taken all the same."""
    window = clocks.targets(file.complaint).get("escalate_by")
    return window is not None and timezone.localdate() > window


def _keep(request: HttpRequest, file: CaseFile, staff: Staff, form: TaskForm, says: str) -> HttpResponse:
    """Keep what was asked as a contact, on its own day."""
    given = {
        "direction": "in",
        "channel": form.cleaned_data["channel"],
        "with": str(file.case.resident or "The resident"),
        "summary": f"Asked for stage 2. {form.cleaned_data.get('reasons') or ''}".strip(),
    }
    form.cleaned_data["read_at"] = None
    by = staff.actor("record_contact", file.complaint.procedure)
    sent = send(action_named("record_contact"), file.case, form, given, by, form.at)
    if sent.outcome is not None:
        messages.success(request, says)
    return redirect("case", reference=file.case.reference)
