"""Note a call without leaving the list: what was said, what was promised, and back to the same row."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaint_rules import dangers, next_steps
from putright.casework import fields, verb
from putright.casework.act import Outcome
from putright.casework.together import NotTogether, Part, do_together
from putright.interfaces.staff.actions.page import running
from putright.interfaces.staff.actions.sending import (
    Sent,
    in_words,
    say_what_was_done,
    what_stood_in_the_way,
    who_did_what,
)
from putright.interfaces.staff.calls.forms import CallForm
from putright.interfaces.staff.case.views import file_of, heading
from putright.interfaces.staff.way_back import to_its_row, way_back, with_way_back
from putright.interfaces.staff.who import Staff, may_or_refuse, staff_of
from putright.record.cases import lists, words
from putright.record.cases.queries import of_landlord, referred_to
from putright.record.cases.reading import CaseFile

FOUND = 20
TAKEN_BACK = ("record_contact", "promise")
SHOWN_DUE = ("acknowledge", "respond", "acknowledge_escalation", "respond_stage_2", "update")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Whose case is it? A whole reference goes straight to its page."""
    staff = may_or_refuse(request, "record_contact")
    back = way_back(request, reverse("my_work"))
    typed = request.GET.get("q", "")
    named = referred_to(staff.landlord.pk, typed)
    if named is not None:
        return redirect(with_way_back(reverse("note_call", args=[named.reference]), back))
    found = words.matching(of_landlord(staff.landlord.pk), typed)
    page = lists.page(found, lists.BY_RECEIPT, size=FOUND)
    rows = [
        {"line": line, "href": with_way_back(reverse("note_call", args=[line.reference]), back)}
        for line in page.lines
    ]
    context = {
        "q": typed,
        "asked": "q" in request.GET,
        "rows": rows,
        "more": page.after is not None,
        "back": back,
        "may_record": staff.may("receive"),
    }
    return render(request, "staff/calls/find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_call(request: HttpRequest, reference: str) -> HttpResponse:
    """A call on this case, and the promise made on it: both, or neither."""
    file, staff = file_of(request, reference), staff_of(request)
    if not staff.may("record_contact"):
        raise PermissionDenied("Your role does not do this.")
    posted = request.POST if request.method == "POST" else None
    promises = staff.may("promise") and "promise" in next_steps.possible(file.complaint)
    form = CallForm(posted, file=file, now=timezone.now(), may_promise=promises)
    sent = Sent()
    if posted is not None and form.is_valid():
        sent, done = _send(form, file, staff)
        if done:
            return _back(request, form, file, staff, done)
    return _page(request, file, form, sent)


def _back_to(request: HttpRequest, reference: str) -> str:
    """The row of the list that the page was opened from; else the case."""
    case = reverse("case", args=[reference])
    back = way_back(request, case)
    return back if back == case else to_its_row(back, reference)


def _send(form: CallForm, file: CaseFile, staff: Staff) -> tuple[Sent, list[Outcome]]:
    name = "record_contact"
    try:
        parts = [_part(name, form.contact())]
        promised = form.promise()
        if promised:
            name = "promise"
            parts.append(_part(name, promised))
        procedure = file.complaint.procedure
        done = do_together(
            file.case,
            parts,
            by=lambda each: staff.actor(each, procedure),
            at=form.at,
            key=str(form.cleaned_data["key"]),
        )
    except fields.FieldProblem as problem:
        return what_stood_in_the_way(form, name, problem), []
    except NotTogether as stopped:
        return what_stood_in_the_way(form, stopped.part.verb, stopped.problem), []
    return Sent(), done


def _part(name: str, given: dict[str, Any]) -> Part:
    return Part(name, fields.clean(verb(name).function, given))


def _back(
    request: HttpRequest, form: CallForm, file: CaseFile, staff: Staff, done: list[Outcome]
) -> HttpResponse:
    reference = file.case.reference
    back = _back_to(request, reference)
    told = "The call and the promise are noted." if len(done) > 1 else "The call is noted."
    text = format_html(
        '<a class="govuk-link" href="{}">{}</a>: {}', reverse("case", args=[reference]), reference, told
    )
    undo_url = ""
    if staff.may("correct", file.complaint.procedure):
        entries = ",".join(str(outcome.entry.number) for outcome in done)
        undo = reverse("take_back_call", args=[reference])
        undo_url = f"{undo}?{urlencode({'entries': entries, 'back': back})}"
    warnings = [each for outcome in done for each in outcome.warnings]
    say_what_was_done(request, done[-1], text, warnings=warnings, undo_url=undo_url)
    _ask_about_danger(request, form, file, staff)
    return redirect(back)


def _ask_about_danger(request: HttpRequest, form: CallForm, file: CaseFile, staff: Staff) -> None:
    """A danger that is spoken of on a call is asked about at once: a person confirms."""
    spoken = dangers.mentioned(form.cleaned_data["summary"])
    if not spoken or not staff.may("report_hazard", file.complaint.procedure):
        return
    link = reverse("action", args=[file.case.reference, "report_hazard"])
    messages.warning(
        request,
        format_html(
            'You wrote “{}”. If it may be dangerous, <a class="govuk-link" href="{}">report a hazard now</a>.',
            spoken[0].words,
            link,
        ),
    )


def _page(request: HttpRequest, file: CaseFile, form: CallForm, sent: Sent) -> HttpResponse:
    back = _back_to(request, file.case.reference)
    context = heading(file) | {
        "today": timezone.localdate(),
        "form": form,
        "due": running(file, SHOWN_DUE),
        "refused": [in_words(each) for each in sent.refused],
        "attempted": bool(sent.refused),
        "changed": who_did_what(file, sent.changed),
        "back": back,
    }
    return render(request, "staff/calls/page.html", context, status=sent.status)


@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Strike out a call that was just noted, and the promise made on it. Both stay in the record."""
    file, staff = file_of(request, reference), staff_of(request)
    procedure = file.complaint.procedure
    if not staff.may("correct", procedure):
        raise PermissionDenied("Your role does not do this.")
    back = _back_to(request, reference)
    numbers = _theirs(file, staff, request.GET.get("entries", ""))
    if not numbers:
        messages.warning(request, "There is nothing of yours to take back here.")
        return redirect(back)
    parts = [
        Part(
            "correct",
            {"entry": number, "strike": True, "reason": "Taken back at once: noted by mistake."},
            known_as=f"correct:{number}",
        )
        for number in numbers
    ]
    try:
        do_together(
            file.case,
            parts,
            by=lambda each: staff.actor(each, procedure),
            at=timezone.now(),
            key=f"undo:{file.case.pk}",
        )
    except NotTogether as stopped:
        messages.warning(request, f"It was not taken back. {stopped}")
        return redirect(back)
    messages.success(request, f"{reference}: taken back. What was struck out stays in the record.")
    return redirect(back)


def _theirs(file: CaseFile, staff: Staff, text: str) -> list[int]:
    """Those of these entries that are calls and promises which this person noted."""
    wanted = {int(each) for each in text.split(",") if each.isascii() and each.isdigit() and len(each) < 10}
    return [
        entry.number
        for entry in file.entries
        if entry.number in wanted and entry.verb in TAKEN_BACK and entry.actor == staff.person
    ]
