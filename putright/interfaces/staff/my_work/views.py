"""What is mine to do today, and what came since I was last here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from putright.interfaces.pages.phrases import counted
from putright.interfaces.staff.my_work import (
    asked,
    at_hand,
    checks,
    figures,
    in_hand,
    mine,
    promises,
    taken,
    waiting,
)
from putright.interfaces.staff.my_work.desk import Desk, Section
from putright.interfaces.staff.my_work.news import News, news
from putright.interfaces.staff.who import staff_of
from putright.record.accounts.here import here_before, was_here
from putright.record.accounts.queries import HANDLES

OF_THE_QUEUE = frozenset({"q", "handler", "stage", "state", "when", "after", "before"})
"""What an address of the queue could hold while the queue stood at this one: old links still lead there."""


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page of everybody: what their roles have to do, late first."""
    if OF_THE_QUEUE & set(request.GET):
        return redirect(f"{reverse('queue')}?{request.GET.urlencode()}")
    desk = Desk.of(request)
    handles = bool(HANDLES & desk.roles)
    no_handler = at_hand.no_handler(desk)
    context: dict[str, Any] = {
        "today": desk.today,
        "news": _news(desk) if handles else None,
        "mine": [],
        "nothing_due": "",
        "figures": figures.figures(desk),
        "things": in_hand.things(desk),
        "may_record": desk.staff.may("receive"),
        "may_call": desk.staff.may("record_contact"),
        "here": request.path,
    }
    sections: list[Section | None] = [
        at_hand.dangers(desk),
        asked.to_answer_section(desk),
        asked.late_section(desk),
    ]
    after: list[Section | None] = []
    if handles:
        own = mine.Mine(desk)
        waits = waiting.waits(own)
        context["mine"] = mine.sections(own, waiting.notes(waits, desk.today))
        context["nothing_due"] = _nothing_due(context["mine"], no_handler)
        after.append(waiting.section(own, waits))
    after += [
        checks.section(desk),
        at_hand.hazards(desk),
        at_hand.with_ombudsman(desk),
        promises.section(desk),
        no_handler,
        at_hand.reviews(desk),
        at_hand.stops(desk),
        taken.section(desk),
    ]
    context["first"] = _worth_showing(sections)
    context["after"] = _worth_showing(after)
    _come_back_to_the_first([*context["first"], *context["mine"], *context["after"]])
    return render(request, "staff/my_work/page.html", context)


def _news(desk: Desk) -> News:
    return news(desk, here_before(desk.staff.user, desk.staff.landlord))


def _worth_showing(sections: list[Section | None]) -> list[Section]:
    return [each for each in sections if each is not None and (each.rows or each.empty or each.hint)]


def _come_back_to_the_first(sections: list[Section]) -> None:
    """A case may stand here for two reasons; its first row is the one to come back to."""
    seen: set[str] = set()
    for row in (row for each in sections for row in each.rows):
        if row["anchor"] in seen:
            row["anchor"] = ""
        seen.add(row["anchor"])


def _nothing_due(groups: list[Section], no_handler: Section | None) -> str:
    if groups:
        return ""
    if no_handler is None or not no_handler.rows:
        return "Nothing is due from you."
    count = no_handler.count
    said = counted(int(count), "complaint has", "complaints have") if count.isdigit() else f"{count} have"
    return f"Nothing is due from you. {said} no handler."


# Since you were last here


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """They have read what is new. What came after their page was drawn stays new."""
    staff, until = staff_of(request), _moment(request.POST.get("until", ""))
    if until is None:
        messages.warning(request, "This page is out of date. Look at what is new again.")
        return redirect("my_work")
    before = was_here(staff.user, staff.landlord, until)
    undo = reverse("my_work_unread") + "?" + urlencode({"at": before.isoformat() if before else ""})
    messages.success(request, "Marked as read.", extra_tags=undo)
    return redirect("my_work")


@require_POST
def unread(request: HttpRequest) -> HttpResponse:
    """Take that back: what was new is new again."""
    staff = staff_of(request)
    was_here(staff.user, staff.landlord, _moment(request.GET.get("at", "")))
    messages.success(request, "What was new is here again.")
    return redirect("my_work")


def _moment(text: str) -> datetime | None:
    """A moment that is not in the future; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None or found > timezone.now():
        return None
    return found
