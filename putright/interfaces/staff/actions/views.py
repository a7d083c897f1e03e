"""The page of any action: most are their form and nothing more; some have a view of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from putright.casework import NAMES
from putright.casework import verb as action_named
from putright.casework.act import Verb
from putright.interfaces.staff.actions.correct.views import correct
from putright.interfaces.staff.actions.determination.views import determination
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.refusal.views import decline_escalation, refuse_complaint
from putright.interfaces.staff.actions.respond.views import response
from putright.interfaces.staff.actions.sending import Sent, back_to_case, send
from putright.interfaces.staff.actions.shown import LOOKS, as_file, look
from putright.interfaces.staff.actions.stage_2_request import stage_2_request
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.actions.tasks import TASKS, in_its_own_words
from putright.interfaces.staff.case import views as case_pages
from putright.interfaces.staff.links import views as links
from putright.interfaces.staff.promises import acts as promises
from putright.interfaces.staff.promises.ask import ask
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.cases.reading import CaseFile

OWN_PAGES: dict[str, Callable[[HttpRequest, CaseFile, Staff], HttpResponse]] = {
    "draft_response": response,
    "respond": response,
    "refuse_complaint": refuse_complaint,
    "request_escalation": stage_2_request,
    "decline_escalation": decline_escalation,
    "ombudsman_determines": determination,
    "correct": correct,
    **links.PAGES,
    **promises.PAGES,
    "ask_others": ask,
}
"""The actions whose page is more than the form of their fields."""


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The page of one action on one case; some actions have a page of their own."""
    if verb not in NAMES or verb == "receive":
        raise Http404("There is no such action.")
    file, staff = case_pages.file_of(request, reference), staff_of(request)
    if verb in OWN_PAGES:
        return OWN_PAGES[verb](request, file, staff)
    action = action_named(verb)
    return plain(request, file, staff, action, TASKS.get(verb) or in_its_own_words(action))


def plain(request: HttpRequest, file: CaseFile, staff: Staff, act: Verb, task: Task) -> HttpResponse:
    """An action whose page is its form and nothing more."""
    now = timezone.now()
    posted = request.POST if request.method == "POST" else None
    form = TaskForm(
        posted, action=act, task=task, file=file, staff=staff, now=now, initial=_from_address(request)
    )
    sent = Sent()
    if posted is not None and form.is_valid():
        if posted.get("do") in LOOKS:
            seen = look(act, file, staff, form, form.given())
            return as_file(request, file, staff, seen) or page(
                request, file, staff, act.name, task, form, sent, seen=seen
            )
        by = staff.actor(act.name, file.complaint.procedure)
        sent = send(act, file.case, form, form.given(), by, form.at)
        if sent.outcome is not None:
            return back_to_case(request, file, sent.outcome, task.done, task.moves)
    return page(request, file, staff, act.name, task, form, sent)


def _from_address(request: HttpRequest) -> dict[str, Any]:
    """What a link has chosen already: which promise, which award."""
    return {name: request.GET[name] for name in ("promise", "award", "order") if name in request.GET}
