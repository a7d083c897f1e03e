"""Who looked at what is sensitive of whom, for those who watch over it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from putright.interfaces.staff.people import words
from putright.interfaces.staff.people.reach import at_work, person_of
from putright.record.accounts.models import User
from putright.record.people import queries, rights
from putright.record.people.queries import LOOKS_A_PAGE


@require_safe
def looked(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Each look, the newest first: of one person, by one member of staff, or all of them."""
    staff = at_work(request, rights.LOOKED)
    person = person_of(staff, number) if number is not None else None
    by, before = _number(request, "by"), _number(request, "before")
    rows = queries.looks(staff.landlord.pk, person.pk if person else None, str(by) if by else "", before)
    names = dict(
        User.objects.filter(pk__in={int(each.who) for each in rows if each.who.isdecimal()}).values_list(
            "pk", "name"
        )
    )
    here = reverse("person_looked", args=[person.pk]) if person else reverse("looked")
    chosen = User.objects.filter(pk=by, memberships__landlord=staff.landlord).first() if by else None
    context = {
        "person": person,
        "chosen": chosen,
        "here": here,
        "looks": [
            {
                "at": each.at,
                "who": names.get(int(each.who), "Somebody") if each.who.isdecimal() else "Somebody",
                "by_url": f"{here}?by={each.who}",
                "person": str(each.person),
                "person_url": reverse("person", args=[each.person_id]),
                "what": words.LOOKED_AT.get(each.what, each.what),
            }
            for each in rows[:LOOKS_A_PAGE]
        ],
        "older_url": _older(here, by, rows[LOOKS_A_PAGE - 1].entry) if len(rows) > LOOKS_A_PAGE else "",
        "newer_url": f"{here}?by={by}" if before and by else here if before else "",
    }
    return render(request, "staff/people/looked.html", context)


def _older(here: str, by: int | None, entry: int) -> str:
    return f"{here}?by={by}&before={entry}" if by else f"{here}?before={entry}"


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 10 else None
