"""The first page of administration: each matter with how it stands, and what was done last."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from putright.interfaces.pages.phrases import counted, long_day
from putright.interfaces.staff.administration import told
from putright.interfaces.staff.administration.reach import MOST_NUMBER, may_change, reader
from putright.record.accounts import queries as accounts
from putright.record.accounts.models import Membership
from putright.record.landlords import days_off, queries
from putright.upkeep.calendar_changes import actions as calendar_changes

SHOWN = 10
STANDING_WORDS = {
    accounts.ACTIVE: "active",
    accounts.INVITED: "invited",
    accounts.DORMANT: "not signed in for 90 days",
    accounts.OFF: "switched off",
}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every matter, its counts, and a link to each."""
    staff = reader(request)
    landlord, now = staff.landlord, timezone.now()
    today = timezone.localdate(now)
    lately = told.entries(landlord.pk)[:SHOWN]
    context = {
        "rows": [
            _row("People who sign in", _people(landlord.pk, now), "administration_people"),
            _row("Teams", counted(len(accounts.teams_at(landlord.pk)), "team"), "administration_teams"),
            _row("Categories", _categories(landlord.pk), "administration_categories"),
            _row("Calendar", _calendar(landlord.pk, today), "administration_calendar"),
            _row("Compensation rates", _rates(landlord.pk, today), "administration_rates"),
            _row("Letters", "How they look, and in which words they are written", "letterhead"),
            _row("Work that runs by itself", "What ran, what failed, and the email that waits", "jobs"),
            _row("Complaints procedure", "Its versions, and how each stands against the Code", "procedure"),
        ],
        "lately": told.timeline(landlord.pk, lately, today),
        "may_change": may_change(staff),
    }
    return render(request, "staff/administration/front.html", context)


def _row(key: str, value: Any, name: str) -> dict[str, Any]:
    return {"key": key, "value": value, "href": reverse(name), "action": "Open"}


def _people(landlord_id: int, now: Any) -> Any:
    members = Membership.objects.filter(landlord_id=landlord_id).select_related("user")
    found = Counter(accounts.standing(member, now) for member in members)
    address = reverse("administration_people")
    return format_html_join(
        ", ",
        '<a class="govuk-link" href="{}?standing={}">{} {}</a>',
        ((address, each, found[each], STANDING_WORDS[each]) for each in accounts.STANDINGS if found[each]),
    )


def _categories(landlord_id: int) -> str:
    found = queries.categories(landlord_id)
    return counted(len(found), "category", "categories") if found else "None of your own yet"


def _calendar(landlord_id: int, today: Any) -> Any:
    _, _, _, last = days_off.published()
    owed = calendar_changes.letters_owed(landlord_id).count()
    says = f"Bank holidays known to {long_day(last, today)}"
    going_on = calendar_changes.unfinished(landlord_id).first()
    if going_on is not None:
        says = format_html(
            '{}. <a class="govuk-link" href="{}">A change is not finished</a>',
            says,
            reverse("administration_change", args=[going_on.pk]),
        )
    if not owed:
        return says
    address = reverse("administration_letters")
    return format_html(
        '{}. <a class="govuk-link" href="{}">{} owed</a>',
        says,
        address,
        counted(owed, "letter is", "letters are"),
    )


def _rates(landlord_id: int, today: Any) -> str:
    found = [rate for rate in queries.rates(landlord_id) if rate.holds_on(today)]
    return f"{counted(len(found), 'rate')} in force" if found else "None in force yet"


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What was done on these pages, the newest first, a page at a time."""
    staff = reader(request)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    found = told.entries(staff.landlord.pk, min(before, MOST_NUMBER) if before is not None else None)
    shown = found[: told.PAGE]
    context = {
        "history": told.timeline(staff.landlord.pk, shown, timezone.localdate()),
        "older_url": f"?before={shown[-1].number}" if len(found) > told.PAGE else "",
        "newer_url": reverse("administration_history") if before is not None else "",
    }
    return render(request, "staff/administration/history.html", context)
