"""The versions of the procedure, one version against the Code, and its text. Administrators change; others read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules import editions
from putright.interfaces.pages.phrases import clock_time, short_day
from putright.interfaces.staff.procedures import told
from putright.interfaces.staff.procedures.check import checked
from putright.interfaces.staff.procedures.forms import EditionForm, StartForm, TextForm
from putright.interfaces.staff.procedures.reach import (
    MOST_NUMBER,
    actor,
    changer,
    heading,
    latest_edition,
    may_change,
    reader,
    reading_of,
    version_of,
    who_changed,
)
from putright.interfaces.staff.procedures.steps import menu
from putright.interfaces.staff.queue.rows import row
from putright.interfaces.staff.who import Staff
from putright.record.cases import lists
from putright.record.cases.queries import ENDED, of_landlord
from putright.record.landlords import actions, documents, queries
from putright.record.landlords.models import ProcedureVersion

# The list


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version with its five days, which is in force, and how many live cases it handles."""
    staff = reader(request)
    today = localdate()
    own = queries.own_versions(staff.landlord)
    in_force = queries.procedure_in_force(staff.landlord, today)
    shown = own if in_force in own else [*own, in_force]
    counted = lists.counts({str(each.pk): _live(staff, each) for each in shown})
    context = {
        "own": own,
        "in_force": in_force,
        "newest_edition": list(editions.all_editions())[-1],
        "head": ["Version", "State", *told.DAYS.values(), {"text": "Live cases", "numeric": True}],
        "table_rows": [_row(each, in_force, counted[str(each.pk)], today) for each in shown],
        "may_change": may_change(staff),
        "counting": told.counting(in_force, queries.terms(in_force)),
    }
    return render(request, "staff/procedures/list.html", context)


def _row(version: ProcedureVersion, in_force: ProcedureVersion, live: int, today: date) -> list[Any]:
    """A version as a row of the list: its number and its live cases are links."""
    days = [getattr(version, f"{name}_on") for name in told.DAYS]
    said = f"More than {lists.COUNTED}" if live > lists.COUNTED else str(live)
    if version.number == queries.THE_CODES_OWN:
        return ["The Code's own", told.state(version, in_force, today), *["–"] * len(days), said]
    link = '<a class="govuk-link" href="{}">{}</a>'
    return [
        format_html(link, reverse("procedure_version", args=[version.number]), f"Version {version.number}"),
        told.state(version, in_force, today),
        *(short_day(day, today) or "–" for day in days),
        format_html(link, reverse("procedure_cases", args=[version.number]), said),
    ]


def _live(staff: Staff, version: ProcedureVersion) -> Any:
    return of_landlord(staff.landlord.pk).filter(procedure=version).exclude(state__in=ENDED)


@require_safe
def cases(request: HttpRequest, number: int) -> HttpResponse:
    """The live cases that a version handles, newest first."""
    staff = reader(request)
    version = version_of(staff, number)
    after, before = (lists.Mark.read(request.GET.get(name, "")) for name in ("after", "before"))
    live = _live(staff, version).select_related("resident", "handler")
    page = lists.page(live, lists.BY_RECEIPT, after, before)
    now, days = timezone.now(), queries.calendar(staff.landlord)
    context = heading(staff, version, reading_of(version)[1]) | {
        "rows": [row(line, now, timezone.localdate(now), days) for line in page.lines],
        "before_url": f"?before={page.before}" if page.before else "",
        "after_url": f"?after={page.after}" if page.after else "",
    }
    return render(request, "staff/procedures/cases.html", context)


# Starting a draft


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft from the version in force, another, the Code, or a profile."""
    staff = changer(request)
    today = localdate()
    form = StartForm(
        request.POST if request.method == "POST" else None,
        versions=queries.own_versions(staff.landlord),
        in_force=queries.procedure_in_force(staff.landlord, today),
        today=today,
        initial={"source": request.GET.get("from", "")},
    )
    if request.method == "POST" and form.is_valid():
        version = actions.start_draft(
            staff.landlord,
            form.cleaned_data["source"],
            by=actor(staff),
            at=timezone.now(),
            drafted_on=form.cleaned_data["drafted_on"],
            key=str(form.cleaned_data["key"]),
        )
        messages.success(request, f"Version {version.number} is begun. It is a draft until it is approved.")
        return redirect("procedure_text", number=version.number)
    return render(request, "staff/procedures/start.html", {"form": form, "hints": form.hints})


# One version


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """A version against an edition of the Code, with its five days and what can be done to it."""
    staff = reader(request)
    found = version_of(staff, number)
    text, reading = reading_of(found)
    today = localdate()
    form = EditionForm(request.GET.get("edition", ""), latest_edition(today))
    procedure = reading.procedure
    context = heading(staff, found, reading) | {
        "edition_form": form,
        "edition": form.chosen,
        "checked": checked(procedure, form.chosen) if procedure else None,
        "has_text": bool(text),
        "days": told.days(found, procedure, today),
        "counting": told.counting(found, procedure),
        "history": told.history(found, today),
        "menu": menu(found, reading, today) if may_change(staff) else None,
    }
    return render(request, "staff/procedures/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, number: int) -> HttpResponse:
    """The text of a version, line by line; of a draft, to be changed."""
    staff = reader(request) if request.method != "POST" else changer(request)
    found = version_of(staff, number)
    if request.method == "POST":
        return _save(request, staff, found)
    written, _ = reading_of(found)
    form = None
    if may_change(staff) and found.is_draft:
        form = TextForm(read_at=found.entry, initial={"text": written})
    return _text_page(request, staff, found, form)


def _save(request: HttpRequest, staff: Staff, version: ProcedureVersion) -> HttpResponse:
    form = TextForm(request.POST, read_at=version.entry)
    if not form.is_valid():
        return _text_page(request, staff, version, form)
    typed, then, now = form.cleaned_data["text"], request.POST.get("then", ""), timezone.now()
    given: dict[str, Any] = {"by": actor(staff), "at": now, "key": str(form.cleaned_data["key"])}
    try:
        if then == "new_draft":
            made = actions.start_draft(staff.landlord, f"version:{version.number}", text=typed, **given)
            messages.success(request, f"Version {made.number} is begun, with your text.")
            return redirect("procedure_text", number=made.number)
        actions.save_text(version, typed, read_at=form.cleaned_data["read_at"], **given)
    except actions.Changed as changed:
        form.read_again_at(changed.version.entry)
        return _text_page(request, staff, changed.version, form, changed=changed)
    except actions.NotPossible as problem:
        if problem.field:
            form.add_error(problem.field, problem.says)
            return _text_page(request, staff, version, form)
        return _text_page(request, staff, version, form, blocked=problem.says)
    messages.success(request, f"Saved at {clock_time(now)}.")
    return redirect("procedure_version" if then == "check" else "procedure_text", number=version.number)


def _text_page(
    request: HttpRequest,
    staff: Staff,
    version: ProcedureVersion,
    form: TextForm | None,
    changed: actions.Changed | None = None,
    blocked: str = "",
) -> HttpResponse:
    """The form, if there is one, and the text as it is saved with the number of each line.

    After a clash both texts are there: theirs as it is saved, with the lines that yours lacks marked, and yours
    in the form.
    """
    written, reading = reading_of(version)
    if changed is not None and not version.is_draft:
        blocked = f"Version {version.number} was approved meanwhile, so its text stays as it is."
    typed = set(form.data["text"].splitlines()) if changed and form else None
    context = heading(staff, version, reading) | {
        "form": form,
        "lines": lines_of(written, reading, typed),
        "changed": who_changed(changed),
        "blocked": blocked,
        "may_save": not blocked,
    }
    status = 409 if changed or blocked else 200
    return render(request, "staff/procedures/text.html", context, status=status)


def lines_of(text: str, reading: documents.Reading, typed: set[str] | None = None) -> list[dict[str, Any]]:
    """Each line of a text with what is wrong on it, and whether what somebody else typed lacks it."""
    wrong: dict[int, list[str]] = {}
    for problem in reading.problems:
        says = f"{problem.key}: {problem.says}" if problem.key else problem.says
        wrong.setdefault(problem.line, []).append(says)
    lines = text.split("\n")
    if not lines[-1] and len(lines) not in wrong:
        lines.pop()
    return [
        {
            "number": number,
            "text": line,
            "wrong": wrong.get(number, []),
            "theirs": typed is not None and bool(line.strip()) and line not in typed,
        }
        for number, line in enumerate(lines, start=1)
    ]


@require_safe
def text_then(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """The text of a version as it was once saved."""
    staff = reader(request)
    found = version_of(staff, number)
    written = queries.text_saved_at(found, entry) if entry <= MOST_NUMBER else None
    if written is None:
        raise Http404("No text was saved then.")
    made = next(each for each in queries.history(found) if each.number == entry)
    reading = documents.read(written)
    context = heading(staff, found, documents.Reading(reading.procedure)) | {
        "lines": lines_of(written, documents.Reading(None)),
        "saved_at": made.recorded_at,
        "by": told.name_of(made),
    }
    return render(request, "staff/procedures/text_then.html", context)
