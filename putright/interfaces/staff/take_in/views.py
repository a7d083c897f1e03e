"""Log, acknowledge and assign on one page, with one press: all of it, or nothing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from putright.casework import fields
from putright.casework.act import Outcome
from putright.casework.together import NotTogether
from putright.interfaces.staff.actions.letter import CHECK, beside
from putright.interfaces.staff.actions.page import running
from putright.interfaces.staff.actions.sending import (
    Sent,
    in_words,
    say_what_was_done,
    what_stood_in_the_way,
    who_did_what,
)
from putright.interfaces.staff.actions.way import told
from putright.interfaces.staff.case.views import file_of, heading
from putright.interfaces.staff.take_in import steps
from putright.interfaces.staff.take_in.forms import TakeIn
from putright.interfaces.staff.way_back import to_its_row, way_back
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.cases.reading import CaseFile

BUTTONS = {"log_complaint": "log", "acknowledge": "acknowledge", "assign": "assign"}
DONE = {"log_complaint": "Logged", "acknowledge": "acknowledged", "assign": "assigned"}


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, reference: str) -> HttpResponse:
    """What is left of logging, acknowledging and assigning."""
    file, staff = file_of(request, reference), staff_of(request)
    if not steps.may_take_in(staff):
        raise PermissionDenied("Your role does not do this.")
    posted = request.POST if request.method == "POST" else None
    wanted = steps.left(file.complaint)
    if posted is not None:
        # What the page showed, so that sending it twice is known for what it is.
        wanted = [name for name in steps.STEPS if f"{name}-key" in posted] or wanted
    if not wanted:
        return _nothing_left(request, file, staff)
    page = TakeIn(wanted, posted, file=file, staff=staff, now=timezone.now())
    sent = Sent()
    if posted is not None and page.is_valid() and posted.get("do") != CHECK:
        sent, done = _send(page, file, staff)
        if done:
            return _back(request, file, staff, done)
    return _page(request, file, staff, page, sent)


def _send(page: TakeIn, file: CaseFile, staff: Staff) -> tuple[Sent, list[Outcome]]:
    parts = []
    for name, form in page.by_name.items():
        try:
            parts.append(steps.part(name, form.given()))
        except fields.FieldProblem as problem:
            return what_stood_in_the_way(form, name, problem), []
    first = page.first
    read_at = first.cleaned_data.get("read_at")
    try:
        done = steps.take_in_together(staff, file.case, parts, at=first.at, key=page.key, read_at=read_at)
    except NotTogether as stopped:
        return _what_stood_in_the_way(page, stopped), []
    return Sent(), done


def _what_stood_in_the_way(page: TakeIn, stopped: NotTogether) -> Sent:
    name = stopped.part.verb
    form = page.by_name[name]
    sent = what_stood_in_the_way(form, name, stopped.problem)
    if sent.changed:
        for each in page.all:
            each.read_again_at(max(entry.number for entry in sent.changed))
    if name == "assign":
        # Who cannot be given it is said beside the choice of who handles it.
        for refused in sent.refused:
            form.add_error("handler", in_words(refused))
    return sent


def _back(request: HttpRequest, file: CaseFile, staff: Staff, done: list[Outcome]) -> HttpResponse:
    """Back to the list it was opened from, or to the case; either says what was done and what is due."""
    did = f"{_and([DONE[outcome.entry.verb] for outcome in done])}."
    did = f"{did[:1].upper()}{did[1:]}"
    handler = _handler_of(done, file)
    link = reverse("case", args=[file.case.reference])
    text = format_html('<a class="govuk-link" href="{}">{}</a>: {}', link, file.case.reference, did)
    if handler:
        text = format_html("{} {}", text, handler)
    say_what_was_done(request, done[-1], text, ("respond",), [w for each in done for w in each.warnings])
    return redirect(_back_to(request, file))


def _back_to(request: HttpRequest, file: CaseFile) -> str:
    """The row of the list that the page was opened from; else the case."""
    case = reverse("case", args=[file.case.reference])
    back = way_back(request, case)
    return back if back == case else to_its_row(back, file.case.reference)


def _handler_of(done: list[Outcome], file: CaseFile) -> str:
    case = done[-1].case
    if all(outcome.entry.verb != "assign" for outcome in done) or case.handler_id is None:
        return ""
    return f"{case.handler} has it."


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _nothing_left(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """It has been taken in, or is none to take in: the case itself says where it stands."""
    context = heading(file) | {"today": timezone.localdate()}
    return render(request, "staff/take_in/nothing_left.html", context)


def _page(request: HttpRequest, file: CaseFile, staff: Staff, page: TakeIn, sent: Sent) -> HttpResponse:
    acknowledge = page.by_name.get("acknowledge")
    back = _back_to(request, file)
    names = [BUTTONS[name] for name in page.by_name]
    title = _and(names)
    context: dict[str, Any] = heading(file) | {
        "today": timezone.localdate(),
        "title": f"{title[:1].upper()}{title[1:]}",
        "page": page,
        "form": None,
        "forms": page.all,
        "account": next(
            (text for each in file.complaint.events if (text := file.words(each.number, "account"))), ""
        ),
        "due": running(file, ("acknowledge", "respond")),
        "refused": [in_words(each) for each in sent.refused],
        "attempted": bool(sent.refused),
        "stopped": told(sent.stopped, file, staff),
        "changed": who_did_what(file, sent.changed),
        "letter": beside(file, acknowledge) if acknowledge is not None else None,
        "back": back,
    }
    return render(request, "staff/take_in/page.html", context, status=sent.status)
