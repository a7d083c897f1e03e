"""Several cases to one handler: what will happen to each, what came of each, and the way back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from complaint_rules.findings import Obstacle
from putright.casework.assign_several import (
    MOST,
    Done,
    Foreseen,
    assign_each,
    foresee,
    undo_each,
)
from putright.interfaces.pages.forms import Form
from putright.interfaces.staff.actions.choices import in_code, seniority_of
from putright.interfaces.staff.queue.asked import Asked
from putright.interfaces.staff.who import Staff, may_or_refuse
from putright.record.accounts.members import Member
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord

TICKED, THIS_PAGE, ALL = "ticked", "page", "all"
UNDO_WITHIN = 24 * 3600
WHY_UNDONE = "Undone: several cases were given to somebody at once by mistake."
_SALT = "putright.several.undo"
_READ = re.compile(r"([\w-]{1,30}):(\d{1,9})", re.ASCII)


class HandlerForm(Form):
    """Who is to have them."""

    handler = forms.ChoiceField(
        label="Give them to", error_messages={"required": "Choose who will handle them."}
    )

    def __init__(self, *args: Any, handlers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [("", "Choose one"), *handlers]  # type: ignore[attr-defined]


class Selection(Form):
    """Which cases were selected: it has no field of its own, only what is wrong with the choice."""


@require_POST
def assign_several(request: HttpRequest) -> HttpResponse:
    """Show what would come of it; do it where that was confirmed."""
    staff = may_or_refuse(request, "assign")
    if "key" in request.POST:
        return _do(request, staff)
    asked = Asked.of_query(request, request.POST.get("query", ""))
    form = HandlerForm(request.POST, handlers=asked.people.handlers)
    chosen, beyond = _chosen(request, asked)
    selection = Selection(request.POST)
    if not chosen:
        selection.add_error(None, "Select a case to assign.")
    handler = form.cleaned_data["handler"] if form.is_valid() else ""
    foreseen = _foreseen(staff, chosen, handler) if handler else []
    context = {
        "form": form,
        "forms": [selection],
        "count": len(chosen),
        "beyond": beyond,
        "most": MOST,
        "query": asked.filters.query(),
        "references": " ".join(case.reference for case in chosen),
        "back_url": _queue(asked.filters.query()),
        "handler": handler,
        "handler_name": asked.people.name(handler) or "",
        "key": uuid.uuid4(),
        **_what_would_come_of_it(foreseen, asked),
    }
    return render(request, "staff/queue/several.html", context)


def _chosen(request: HttpRequest, asked: Asked) -> tuple[list[Case], bool]:
    """The cases that were selected, and whether there were more than can be done at once."""
    which = request.POST.get("which", TICKED)
    cases = of_landlord(asked.staff.landlord.pk).select_related("landlord", "procedure", "resident")
    if which == ALL:
        numbers = []
        for line in asked.every_line():
            numbers.append(line.number)
            if len(numbers) > MOST:
                break
        found = cases.in_bulk(numbers[:MOST])
        return [found[number] for number in numbers[:MOST] if number in found], len(numbers) > MOST
    named = request.POST.getlist("case") if which == TICKED else request.POST.get("page", "").split()
    wanted = list(dict.fromkeys(each for each in named if "\0" not in each))
    by_reference = {case.reference: case for case in cases.filter(reference__in=wanted[:MOST])}
    return [by_reference[each] for each in wanted if each in by_reference], len(wanted) > MOST


def _foreseen(staff: Staff, cases: Sequence[Case], handler: str) -> list[Foreseen]:
    seniority = seniority_of(staff, handler)
    return foresee(staff.landlord.pk, cases, handler, seniority, staff.actor("assign"), timezone.now())


def _what_would_come_of_it(foreseen: Sequence[Foreseen], asked: Asked) -> dict[str, Any]:
    names = {each.number: each for each in asked.people.members}
    will, will_not, already = [], [], []
    for each in foreseen:
        line = _line(each.case) | {"now": _who_has(each.case, names)}
        if each.will_be:
            read_at = f"{each.case.reference}:{each.case.entries}"
            will.append(line | {"read": read_at, "warns": [_said(warn, "They") for warn in each.warns]})
        elif each.already:
            already.append(line)
        else:
            will_not.append(line | {"why": [_said(no, "They") for no in each.refused]})
    return {"will": will, "will_not": will_not, "already": already}


def _line(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "href": reverse("case", kwargs={"reference": case.reference}),
        "who": str(case.resident or "Name not known"),
    }


def _who_has(case: Case, members: dict[int, Member]) -> str:
    member = members.get(case.handler_id or 0)
    return member.name if member else "nobody"


def _said(obstacle: Obstacle, who: str) -> str:
    """What a rule says of this person, with its provision."""
    says = obstacle.says.replace("This person", who, 1)
    if who == "They":
        says = says.replace("They is ", "They are ", 1).replace("They has ", "They have ", 1)
    return f"{says.rstrip('.')}{in_code(obstacle.ref)}."


# Doing it


def _do(request: HttpRequest, staff: Staff) -> HttpResponse:
    key, asked = _key(request), Asked.of_query(request, request.POST.get("query", ""))
    form = HandlerForm(request.POST, handlers=asked.people.handlers)
    wanted = _as_read(request.POST.getlist("case"))
    if key is None or not form.is_valid() or not wanted:
        return redirect(_queue(asked.filters.query()))
    handler = form.cleaned_data["handler"]
    found = _with_what_was_read(staff, wanted)
    now, by = timezone.now(), staff.actor("assign")
    done = assign_each(found, handler, seniority_of(staff, handler), by, now, key)
    name = asked.people.name(handler) or ""
    made = [(each.case.reference, each.entry) for each in done if each.entry is not None]
    context = {
        "title": f"{len(made)} of {len(wanted)} assigned to {name}",
        "all_done": len(made) == len(wanted),
        "rows": [_came_of(each, name, "was given to", "was not") for each in done],
        "not_found": len(wanted) - len(done),
        "undo": _token(staff, made) if made and staff.may("correct") else "",
        "undo_key": uuid.uuid5(uuid.UUID(key), "undo"),
        "query": asked.filters.query(),
        "back_url": _queue(asked.filters.query()),
    }
    return render(request, "staff/queue/several_done.html", context)


def _key(request: HttpRequest) -> str | None:
    try:
        return str(uuid.UUID(request.POST.get("key", "")))
    except ValueError:
        return None


def _as_read(given: Iterable[str]) -> dict[str, int]:
    """References, each with the newest entry that its page had read."""
    found = [_READ.fullmatch(each) for each in given]
    return {each[1]: int(each[2]) for each in found[:MOST] if each}


def _with_what_was_read(staff: Staff, wanted: dict[str, int]) -> list[tuple[Case, int]]:
    cases = of_landlord(staff.landlord.pk).filter(reference__in=list(wanted)).select_related("landlord")
    by_reference = {case.reference: case for case in cases}
    return [(by_reference[name], read_at) for name, read_at in wanted.items() if name in by_reference]


def _came_of(done: Done, name: str, was: str, was_not: str) -> dict[str, Any]:
    line = _line(done.case)
    if done.entry is not None:
        return line | {"done": True, "says": f"{was} {name}." if name else f"{was}."}
    if done.moved_on:
        why = ["It has moved on since this page was read. Look at it again."]
    else:
        why = [_said(each, name or "This person") for each in done.refused] or [done.says]
    return line | {"done": False, "says": f"{was_not}: {' '.join(why)}"}


# The way back


def _token(staff: Staff, made: Sequence[tuple[str, int | None]]) -> str:
    """What was done, sealed: nobody else can undo it, and nothing else is undone by it."""
    told = [staff.landlord.pk, staff.user.pk, made]
    return signing.dumps(told, salt=_SALT, compress=True)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Strike out what was done at once, wherever nothing has happened to the case since."""
    staff = may_or_refuse(request, "correct")
    made, key = _made(request, staff), _key(request)
    if made is None or key is None:
        raise PermissionDenied("This can no longer be undone here. Open each case and correct its entry.")
    found = _with_what_was_read(staff, made)
    done = undo_each(found, WHY_UNDONE, staff.actor("correct"), timezone.now(), key)
    undone = sum(each.entry is not None for each in done)
    context = {
        "title": f"{undone} of {len(made)} undone",
        "all_done": undone == len(made),
        "rows": [_came_of(each, "", "is as it was", "was not undone") for each in done],
        "not_found": len(made) - len(done),
        "undo": "",
        "undo_key": "",
        "query": "",
        "back_url": _queue(request.POST.get("query", "")),
    }
    return render(request, "staff/queue/several_done.html", context)


def _made(request: HttpRequest, staff: Staff) -> dict[str, int] | None:
    try:
        told = signing.loads(request.POST.get("undo", ""), salt=_SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature:
        return None
    landlord, user, made = told
    return dict(made) if (landlord, user) == (staff.landlord.pk, staff.user.pk) else None


def _queue(query: str) -> str:
    return f"{reverse('queue')}?{query}" if query else reverse("queue")
