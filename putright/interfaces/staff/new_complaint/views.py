"""New complaint: one page, recorded in under two minutes; then what to tell the resident."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from putright.casework.act import Impossible, Refused
from putright.interfaces.pages.words import action_word
from putright.interfaces.staff.new_complaint import likeness, telling
from putright.interfaces.staff.new_complaint.forms import (
    FIND,
    LOG,
    RECORD,
    REQUEST,
    NewComplaintForm,
    as_typed,
)
from putright.interfaces.staff.new_complaint.record import AnotherText, Recorded, made_before, record
from putright.interfaces.staff.new_complaint.saving import boxes_of, session_seconds
from putright.interfaces.staff.who import Staff, may_or_refuse
from putright.record.accounts.queries import handlers_at
from putright.record.cases.queries import open_for
from putright.record.correspondence import files, intakes
from putright.record.correspondence.files import Kept, NotKept
from putright.record.people.safe_contact import NotPossible

FAST = ("log_complaint", "acknowledge", "assign")


@require_http_methods(["GET", "HEAD", "POST"])
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Ask, and record. `resident` in the address says who it is about, `draft` which one to carry on with."""
    staff = may_or_refuse(request, "receive")
    if request.method != "POST":
        return _opened(request, staff)
    problems = _put_files_aside(request, staff)
    then = request.POST.get("then", RECORD)
    form = _posted(request, staff, then)
    if then == FIND or request.POST.get("take_away"):
        _keep(request, staff)
        return _page(request, staff, _again(staff, form), looked=then == FIND, problems=problems)
    if not form.is_valid():
        # Another click of the same page may have recorded it meanwhile, and what it added is no stranger.
        form = _posted(request, staff, then)
    for says in problems:
        form.add_error("attached", says)
    if not form.is_valid():
        _keep(request, staff)
        return _page(request, staff, form)
    return _recorded_or_asked_again(request, staff, form)


def _recorded_or_asked_again(request: HttpRequest, staff: Staff, form: NewComplaintForm) -> HttpResponse:
    alike = [] if form.made_before else likeness.not_seen_yet(staff, form)
    if alike:
        _keep(request, staff)
        form.has_seen(alike)
        return _page(request, staff, form, alike=alike)
    try:
        recorded = record(staff, form)
    except AnotherText as other:
        form.read_again_at(0)
        return _page(request, staff, form, already=other.case)
    except NotPossible as problem:
        form.safe_ways_refused(problem)
    except Impossible:
        form.add_error("day", "No edition of the Code covers that day. Check the year.")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return _after(request, staff, form, recorded)
    _keep(request, staff)
    return _page(request, staff, form)


def _after(
    request: HttpRequest, staff: Staff, form: NewComplaintForm, recorded: Recorded
) -> HttpResponseRedirect:
    kept = intakes.find(staff.landlord.pk, staff.user.pk, form.cleaned_data["key"])
    if kept is not None:
        intakes.forget(kept, with_files=False)
    for name, says in recorded.not_done:
        together = ", nor anything with it" if name in FAST else ""
        messages.warning(request, f"{_called(name)}: not done{together}. {says}")
    for label, new in form.told_otherwise():
        messages.info(request, f"We hold another {label} for them. {new} is kept, and to be checked.")
    return redirect("new_complaint_recorded", reference=recorded.case.reference)


def _called(name: str) -> str:
    return "What is safe" if name == "set_safe_contact" else action_word(name)


# What is typed and chosen


def _put_files_aside(request: HttpRequest, staff: Staff) -> list[str]:
    """Keep the files that were chosen with this page, so that none has to be chosen twice. What cannot be kept."""
    key = intakes.key_of(request.POST.get("key", ""))
    if key is None:
        return []
    gone = request.POST.get("take_away", "")
    if gone:
        kept = intakes.find(staff.landlord.pk, staff.user.pk, key)
        if kept is not None:
            intakes.take_file_away(kept, gone)
    problems: list[str] = []
    new: list[Kept] = []
    if not made_before(staff, str(key)):
        for each in request.FILES.getlist("attached")[: intakes.MOST_FILES]:
            try:
                new.append(files.put_aside(each))
            except NotKept as problem:
                problems.append(str(problem))
    if new:
        intakes.add_files(staff.landlord, staff.user, key, new, at=timezone.now())
    return problems


def _keep(request: HttpRequest, staff: Staff) -> None:
    """Keep what is typed, as saving does while one types."""
    key = intakes.key_of(request.POST.get("key", ""))
    if key is not None and not made_before(staff, str(key)):
        try:
            intakes.save(staff.landlord, staff.user, key, boxes_of(request.POST), at=timezone.now())
        except intakes.TooMuch:
            return


def _posted(request: HttpRequest, staff: Staff, then: str) -> NewComplaintForm:
    key = request.POST.get("key", "")
    kept = intakes.find(staff.landlord.pk, staff.user.pk, intakes.key_of(key))
    return _form(
        staff,
        request.POST,
        then=then if _may(staff, then) else RECORD,
        made_before=made_before(staff, key),
        kept=intakes.files_of(kept),
    )


def _again(staff: Staff, form: NewComplaintForm) -> NewComplaintForm:
    """The same boxes, not judged yet."""
    return _form(staff, initial=as_typed(form), kept=form.kept)


def _may(staff: Staff, then: str) -> bool:
    wanted = {LOG: FAST, REQUEST: ("treat_as_service_request",)}.get(then, ())
    return all(staff.may(name) for name in wanted)


def _form(staff: Staff, *args: Any, **more: Any) -> NewComplaintForm:
    return NewComplaintForm(
        *args, landlord_id=staff.landlord.pk, handlers=handlers_at(staff.landlord.pk), **more
    )


# Opening the page


def _opened(request: HttpRequest, staff: Staff) -> HttpResponse:
    key = intakes.key_of(request.GET.get("draft", ""))
    kept = intakes.find(staff.landlord.pk, staff.user.pk, key)
    if key is not None and kept is None:
        messages.warning(request, "That one is recorded already, or was thrown away.")
    if kept is None:
        return _page(request, staff, _blank(staff, request.GET.get("resident", "")))
    typed = QueryDict(mutable=True)
    for name, values in kept.typed.items():
        typed.setlist(name, [str(value) for value in values])
    typed["key"] = str(kept.key)
    form = _again(staff, _form(staff, typed, kept=intakes.files_of(kept)))
    return _page(request, staff, form, carried_on=kept)


def _blank(staff: Staff, resident: str) -> NewComplaintForm:
    mine = str(staff.user.pk)
    form = _form(staff, initial={"resident": resident} if resident.isdigit() else None)
    if mine in dict(form.fields["handler"].choices):  # type: ignore[attr-defined]
        form.fields["handler"].initial = mine
    return form


def _page(request: HttpRequest, staff: Staff, form: NewComplaintForm, **more: Any) -> HttpResponse:
    cleaned = getattr(form, "cleaned_data", {})
    at = cleaned.get("at") or form.now
    begun = intakes.of_user(staff.landlord.pk, staff.user.pk)
    this = str(form["key"].value())
    context = {
        "form": form,
        "told": telling.if_received(staff.landlord, min(at, form.now)),
        "open_cases": open_for(staff.landlord.pk, [person.pk for person in form.candidates]),
        "may_log": _may(staff, LOG),
        "may_request": _may(staff, REQUEST),
        "asks_about_request": form.then == REQUEST,
        "looked": False,
        "already": None,
        "alike": [],
        "problems": [],
        "carried_on": None,
        "begun": [each for each in begun if str(each.key) != this],
        "waiting": intakes.waiting(staff.landlord.pk) if request.method != "POST" else [],
        "session_seconds": session_seconds(request),
        "on_social_media": form["channel"].value() == "social_media",
    }
    return render(request, "staff/new_complaint/page.html", context | more)


@require_POST
def throw_away(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Throw away what was begun and not recorded."""
    staff = may_or_refuse(request, "receive")
    kept = intakes.find(staff.landlord.pk, staff.user.pk, key)
    if kept is not None:
        intakes.forget(kept, with_files=True)
        messages.success(request, "Thrown away. Nothing was recorded.")
    return redirect("new_complaint")


@require_POST
def take(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take what somebody passed on, to record it."""
    staff = may_or_refuse(request, "receive")
    kept = intakes.take(staff.landlord.pk, staff.user, key)
    if kept is None:
        messages.warning(request, "Somebody else has taken that one.")
        return redirect("new_complaint")
    response = redirect("new_complaint")
    response["Location"] += f"?draft={kept.key}"
    return response
