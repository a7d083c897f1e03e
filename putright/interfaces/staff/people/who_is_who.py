"""Two records of one person: found by a person, looked at before, joined, and parted again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from putright.casework import who_is_who
from putright.interfaces.staff.people import words
from putright.interfaces.staff.people.changing import change
from putright.interfaces.staff.people.forms import FindForm, ReasonForm
from putright.interfaces.staff.people.reach import at_work, joining_of, person_of
from putright.interfaces.staff.people.views import found, rows
from putright.record.people import queries, rights
from putright.record.people.models import Person

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def other(request: HttpRequest, number: int) -> HttpResponse:
    """Choose the other record. Those of that name or address are offered; nothing is done by itself."""
    staff = at_work(request, rights.JOIN)
    person = person_of(staff, number)
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:300]
    people = found(staff, text) if text else _alike(person)
    context = {
        "person": person,
        "form": FindForm(request.GET),
        "text": text,
        "people": [
            line | {"href": reverse("person_join", args=[person.pk, each.pk])}
            for each in people
            for line in rows(staff, text, [each])
            if each.pk != person.pk
        ],
    }
    return render(request, "staff/people/same.html", context)


def _alike(person: Person) -> list[Person]:
    return queries.likely(
        person.landlord_id, name=person.name, address="", email=person.email, telephone=person.telephone
    )


@METHODS
def join(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """What joining would do, and the button that does it."""
    staff = at_work(request, rights.JOIN)
    person, joined = person_of(staff, number), person_of(staff, other)
    preview = who_is_who.preview(person, joined, localdate())
    form = ReasonForm(request.POST or None, label="How you know that they are one person")

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        who_is_who.join(person, joined, cleaned["reason"], **how)

    return change(
        request, staff, person, form, act, rights.JOIN,
        done="The two records are one. If they are two people after all, part them on this page.",
        template="staff/people/join.html", joined=joined, preview=preview,
        differ=[(words.DETAILS[name], one, two) for name, one, two in preview.differ],
        other_way=reverse("person_join", args=[joined.pk, person.pk]),
    )  # fmt: skip


@METHODS
def part(request: HttpRequest, number: int, joining: int) -> HttpResponse:
    """They were two people after all."""
    staff = at_work(request, rights.JOIN)
    person = person_of(staff, number)
    made = joining_of(person, joining)
    form = ReasonForm(request.POST or None, label="How you know that they are two people")

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        who_is_who.part(made, cleaned["reason"], **how)

    return change(
        request, staff, person, form, act, rights.JOIN, done="They are two records again.",
        title=f"Part {person} and {made.joined}", button="Part them",
        lead=(
            "What belonged to the other record goes back to it, its complaints too. What came since stays here. "
            "If what is safe was changed since, ask both before anything leaves."
        ),
    )  # fmt: skip
