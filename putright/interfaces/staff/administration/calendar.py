"""The days that count: bank holidays as we know them, those announced since, and days on which we are closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules.working_days import england_and_wales
from putright.interfaces.pages.phrases import long_day, short_day
from putright.interfaces.staff.administration.forms import ClosedForm, HolidayForm, MovedAwayForm, ReasonForm
from putright.interfaces.staff.administration.reach import changer, may_change, one_of, reader, tried
from putright.interfaces.staff.administration.told import KINDS
from putright.interfaces.staff.who import Staff
from putright.record.landlords import queries
from putright.record.landlords.models import DayOff
from putright.upkeep.calendar_changes import actions
from putright.upkeep.calendar_changes.models import CalendarChange

LATELY = 20


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What counts and what does not, a year at a time, and what was changed."""
    staff = reader(request)
    today = timezone.localdate()
    known = england_and_wales()
    year = _year(request.GET.get("year", ""), today, known.first.year, known.last.year)
    own = queries.days_off(staff.landlord.pk)
    context = {
        "snapshot_on": known.snapshot_on,
        "source": known.source,
        "first_year": known.first.year,
        "last_year": known.last.year,
        "year": year,
        "years": range(max(known.first.year, today.year - 1), known.last.year + 1),
        "holidays": _holidays(staff, year),
        "announced": [each for each in own if each.kind != DayOff.CLOSED],
        "closed": [each for each in own if each.kind == DayOff.CLOSED],
        "kinds": KINDS,
        "letters": actions.letters_owed(staff.landlord.pk).count(),
        "changes": _changes(staff, today),
        "changes_head": ["Change", "Saved", "State"],
        "may_change": may_change(staff),
        "days_of": lambda each: _days(each, today),
    }
    return render(request, "staff/administration/calendar.html", context)


def _year(asked: str, today: date, first: int, last: int) -> int:
    typed = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today.year
    return min(max(typed, first), last)


def _holidays(staff: Staff, year: int) -> list[list[str]]:
    """The bank holidays of a year by this landlord's calendar."""
    named = queries.calendar(staff.landlord).bank_holidays
    return [[long_day(day), name] for day, name in named if day.year == year]


def _days(each: DayOff, today: date) -> str:
    first = long_day(each.first_on, today)
    return first if each.last_on == each.first_on else f"{first} to {long_day(each.last_on, today)}"


def _changes(staff: Staff, today: date) -> list[list[Any]]:
    saved = CalendarChange.objects.filter(landlord=staff.landlord, saved_at__isnull=False)
    return [
        [
            format_html(
                '<a class="govuk-link" href="{}">{}</a>',
                reverse("administration_change", args=[each.pk]),
                title_of(each, today),
            ),
            short_day(each.saved_at, today),
            "Done" if each.state == CalendarChange.DONE else "Going on",
        ]
        for each in saved.select_related("day_off").order_by("-pk")[:LATELY]
    ]


def title_of(change: CalendarChange, today: date) -> str:
    """ "Bank holiday: Monday 14 December, Day of thanks"."""
    off = actions.proposed_of(change)
    days = long_day(off.first_on, today)
    if off.last_on != off.first_on:
        days += f" to {long_day(off.last_on, today)}"
    back = "Taken back. " if change.takes_back else ""
    return f"{back}{KINDS[off.kind]}: {days}, {off.name}"


# Thinking of a change


@require_http_methods(["GET", "HEAD", "POST"])
def bank_holiday(request: HttpRequest) -> HttpResponse:
    """A bank holiday announced since our list."""
    staff = changer(request)
    form = HolidayForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    intro = "It moves the Code's dates and your own. You see which before anything is saved."
    return _propose(request, staff, form, "Add a bank holiday", intro)


@require_http_methods(["GET", "HEAD", "POST"])
def moved_away(request: HttpRequest) -> HttpResponse:
    """A bank holiday that is none any more."""
    staff = changer(request)
    form = MovedAwayForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    intro = "That day is then worked. If the holiday has moved to another day, add that day too."
    return _propose(request, staff, form, "A bank holiday was moved", intro)


@require_http_methods(["GET", "HEAD", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    """Days on which the landlord is closed."""
    staff = changer(request)
    form = ClosedForm(request.POST if request.method == "POST" else None)
    intro = "It moves only your own targets. The Code's dates count every working day, whether you are open or not."
    return _propose(request, staff, form, "Add days you are closed", intro)


def _propose(
    request: HttpRequest, staff: Staff, form: HolidayForm | ClosedForm, title: str, intro: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        made = tried(
            form, staff, lambda key, **given: actions.propose(staff.landlord, form.proposed(), **given)
        )
        if made is not None:
            return _look(made)
    context = {"form": form, "title": title, "intro": intro}
    return render(request, "staff/administration/day_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back days off that were added."""
    staff = changer(request)
    row = one_of(DayOff.objects.filter(ended_entry__isnull=True), staff, pk=number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = tried(
            form, staff, lambda key, **given: actions.propose_taking_back(row, reason=reason, **given)
        )
        if made is not None:
            return _look(made)
    context = {"form": form, "row": row, "days": _days(row, timezone.localdate()), "kind": KINDS[row.kind]}
    return render(request, "staff/administration/take_back.html", context)


def _look(change: CalendarChange) -> HttpResponse:
    """Go through as many cases as a page may, and show what would move."""
    actions.look_on(change)
    return redirect("administration_change", number=change.pk)
