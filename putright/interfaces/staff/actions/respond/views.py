"""Draft and send the response: one page for both, at both stages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from putright.casework import verb as action_named
from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.staff.actions.forms import way_given
from putright.interfaces.staff.actions.page import in_the_way, page
from putright.interfaces.staff.actions.respond.before_sending import Panel, panel
from putright.interfaces.staff.actions.respond.forms import Kept, ResponseForm, newest_draft
from putright.interfaces.staff.actions.sending import Sent, back_to_case, send
from putright.interfaces.staff.actions.shown import LOOKS, Seen, as_file, buttons, look
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.case import possible
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

CLOCKS = ("respond", "respond_stage_2")
MOST_LEFT = 100


def response(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """The page of the response of the open stage."""
    now, stage = timezone.now(), file.complaint.stage_being_answered
    draft = newest_draft(file)
    if draft is not None and not possible.may_read_drafts(file, staff, stage):
        draft = None
    posted = request.POST if request.method == "POST" else None
    form = ResponseForm(posted, file=file, staff=staff, now=now, draft=draft)
    do = posted.get("do", "send") if posted is not None else ""
    if do.startswith("add-"):
        form.be_quiet()
        return _draw(request, file, staff, form, Sent(), Panel(), carried=_left_because(request))
    if posted is None:
        kept = Kept(file, draft)
        beside = panel(file, staff, kept.answer(), form.at, kept.left_because())
        return _draw(request, file, staff, form, Sent(), beside)
    if not form.all_valid():
        return _draw(request, file, staff, form, Sent(), Panel(), carried=_left_because(request))
    if do in LOOKS:
        return _look(request, file, staff, form)
    if do == "save":
        return _save(request, file, staff, form)
    return _send(request, file, staff, form)


def _save(request: HttpRequest, file: CaseFile, staff: Staff, form: ResponseForm) -> HttpResponse:
    by = staff.actor("draft_response", file.complaint.procedure)
    left = _left_because(request)
    given = form.answer() | _as_given(left)
    sent = send(action_named("draft_response"), file.case, form, given, by, form.at)
    if sent.outcome is not None:
        messages.success(request, f"Draft saved at {clock_time(timezone.now())}.")
        return redirect("action", reference=file.case.reference, verb="draft_response")
    return _draw(request, file, staff, form, sent, panel(file, staff, form.answer(), form.at, left))


def _look(request: HttpRequest, file: CaseFile, staff: Staff, form: ResponseForm) -> HttpResponse:
    """Show the letter as it would be sent, or give it as the file that would be kept. Nothing is sent or saved."""
    answer, left = form.answer(), _left_because(request)
    beside = panel(file, staff, answer, form.at, left)
    given = answer | _as_given(left) | way_given(form)
    seen = look(action_named("respond"), file, staff, form, given)
    drawn = _draw(request, file, staff, form, Sent(), beside, seen=seen)
    return as_file(request, file, staff, seen) or drawn


def _send(request: HttpRequest, file: CaseFile, staff: Staff, form: ResponseForm) -> HttpResponse:
    """Send it; where something is worth a second look, only once the page has shown it."""
    answer, left = form.answer(), _left_because(request)
    beside = panel(file, staff, answer, form.at, left)
    if not beside.refused and beside.held_back:
        _mark_held_back(form, beside)
        return _draw(request, file, staff, form, Sent(), beside)
    if not beside.refused and beside.to_leave and form.cleaned_data.get("looked_at") != beside.to_leave:
        return _draw(request, file, staff, form, Sent(), beside, look_again=True)
    by = staff.actor("respond", file.complaint.procedure)
    given = answer | _as_given(left) | way_given(form)
    sent = send(action_named("respond"), file.case, form, given, by, form.at)
    if sent.outcome is not None:
        done = f"The stage {file.complaint.stage_being_answered} response is sent."
        return back_to_case(request, file, sent.outcome, done)
    if sent.refused:
        _mark(file, form)
        _mark_held_back(form, beside)
    return _draw(request, file, staff, form, sent, beside)


def _left_because(request: HttpRequest) -> dict[str, str]:
    """Why each remark that was shown is left as it is, where somebody says so, by the remark."""
    return {
        request.POST.get(f"left-{number}-remark", ""): because
        for number in range(1, MOST_LEFT + 1)
        if (because := request.POST.get(f"left-{number}", "").strip())
    }


def _as_given(left: dict[str, str]) -> dict[str, Any]:
    told = [{"remark": remark, "because": because} for remark, because in left.items()]
    return {"left_because": told} if told else {}


def _mark_held_back(form: ResponseForm, beside: Panel) -> None:
    """Put what the page does not send beside the field that can mend it."""
    for lack in beside.held_back:
        if lack.key == "outcomes" and lack.place is not None:
            outcome = form.outcomes[lack.place - 1]
            outcome.add_error("why" if outcome.cleaned_data.get("answer") else "answer", lack.says)
        elif lack.key == "legal_duties":
            for name in ("duties_ours", "duties_theirs"):
                if not (form.cleaned_data.get(name) or "").strip():
                    form.add_error(name, "Say what the law asks of both sides.")
        else:
            form.add_error(None, lack.says)


def _mark(file: CaseFile, form: ResponseForm) -> None:
    """Put what was refused beside the field that can mend it."""
    edition, stage = file.complaint.edition, file.complaint.stage_being_answered
    every, dated = _code(edition.ref(f"stage_{stage}_every_point")), _code(edition.ref("dated"))
    for each in form.points:
        number = each.point.number
        if not each.cleaned_data.get("decision"):
            says = f"Decide point {number}: upheld, partly upheld or not upheld{every}."
            each.add_error("decision", says)
        elif not (each.cleaned_data.get("reasons") or "").strip():
            each.add_error("reasons", f"Give reasons for point {number}{every}.")
    for row, answers in (*form.remedies.filled(), *form.actions.filled()):
        if not answers.get("by"):
            row.add_error("by", f"Give the day by which this will be done{dated}.")


def _code(ref: str) -> str:
    return f" (Code {ref})" if ref[:1].isdigit() else ""


def _draw(
    request: HttpRequest,
    file: CaseFile,
    staff: Staff,
    form: ResponseForm,
    sent: Sent,
    beside: Panel,
    look_again: bool = False,
    carried: dict[str, str] | None = None,
    seen: Seen | None = None,
) -> HttpResponse:
    edition, stage = file.complaint.edition, file.complaint.stage_being_answered
    return page(
        request,
        file,
        staff,
        "respond" if in_the_way(file, staff, "draft_response") else "draft_response",
        Task(done="", title=f"Stage {stage} response", clocks=CLOCKS),
        form,
        sent,
        template="staff/actions/respond/page.html",
        shown_by_fields=frozenset({edition.ref(f"stage_{stage}_every_point"), edition.ref("dated")}),
        forms=form.parts[:-1],
        beside=beside,
        seen=seen,
        look_buttons=buttons("respond"),
        look_again=look_again,
        carried=carried or {},
        stage=stage,
        drafted=newest_draft(file),
        may_draft=not in_the_way(file, staff, "draft_response"),
    )
