"""A page that shows what is sensitive asks for a press first, unless the same person has just opened it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from putright.interfaces.staff.people.reach import actor
from putright.interfaces.staff.who import Staff
from putright.record.people import looking
from putright.record.people.models import Person

PRESSED = "open"


def must_ask(request: HttpRequest, staff: Staff, person: Person, what: str) -> bool:
    """Whether the page must ask for a press. This very press opens it, and is written down as a look."""
    if is_press(request):
        looking.look(person, what, by=actor(staff, what), at=timezone.now())
        return False
    # What somebody sends back, they have had before them.
    return request.method != "POST" and not looking.lately(person, what, staff.person, timezone.now())


def is_press(request: HttpRequest) -> bool:
    """Whether what was sent is only the press that opens the page."""
    return request.method == "POST" and PRESSED in request.POST


def sent(request: HttpRequest) -> QueryDict | None:
    """The form that was sent; None where the page was only opened."""
    return request.POST if request.method == "POST" and not is_press(request) else None


def ask(request: HttpRequest, person: Person, title: str) -> HttpResponse:
    """The page before: nothing of it is shown until it is opened."""
    return render(request, "staff/people/press.html", {"person": person, "title": title})
