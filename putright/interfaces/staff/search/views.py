"""One box: a whole reference goes to its case, anything else to the cases and people that hold the words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from putright.evidence.search import index, queries
from putright.evidence.search.queries import Hit, Results, TooSlow
from putright.evidence.search.snippets import Snippet
from putright.interfaces.pages.phrases import counted, short_day
from putright.interfaces.pages.words import HAPPENED, state_word
from putright.interfaces.staff.search.forms import STATES, SearchFilters
from putright.interfaces.staff.who import staff_of
from putright.record.cases.queries import referred_to
from putright.record.people.models import Person

LONGEST_SHOWN = 200
"""Of what was typed, where a page repeats it."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The results of a search; without words, what can be searched and how."""
    landlord, today = staff_of(request).landlord, timezone.localdate()
    text = request.GET.get("q", "").replace("\0", " ").strip()
    named = referred_to(landlord.pk, text) if any(map(str.isdigit, text)) else None
    if named is not None:
        return redirect("case", reference=named.reference)
    form = SearchFilters(request.GET, today=today)
    context = _round(request, form, text) | {"behind": _behind(landlord.pk)}
    try:
        found = queries.search(landlord.pk, text, form.filters(), _page(request), today)
    except TooSlow:
        return render(request, "staff/search/page.html", context | {"found": None, "too_slow": True})
    context |= _told(found) if found.asked else {"only_unwanted": found.asked.only_unwanted, "found": None}
    return render(request, "staff/search/page.html", context | _pages(request, form, text, found))


def _page(request: HttpRequest) -> int:
    page = request.GET.get("page", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1


# What is said


def _told(found: Results) -> dict[str, Any]:
    return {
        "found": found,
        "rows": [_row(hit) for hit in found.hits],
        "people": [_person(person, address) for person, address in found.people],
        "heading": _heading(found),
    }


def _heading(found: Results) -> str:
    if found.more:
        return f"More than {counted(queries.BOUND, 'case')}"
    return counted(found.count, "case")


def _row(hit: Hit) -> dict[str, Any]:
    case = hit.case
    return {
        "reference": case.reference,
        "href": reverse("case", args=[case.reference]),
        "who": case.resident or "Name not known",
        "address": case.address,
        "state": state_word(case.state, case.stage),
        "handler": case.handler or "No handler",
        "received_on": case.received_on,
        "snippets": [{"where": _where(each), "parts": each.parts} for each in hit.snippets],
    }


_OF_A_CASE = {
    "reference": "Reference",
    "resident": "Resident",
    "representative": "Speaks for them",
    "home": "Home",
}
_WORDS = {
    "account": "Their words",
    "definition": "What it is about",
    "letter": "Letter",
    "outcome": "Wanted",
    "point": "Point",
}


def _where(snippet: Snippet) -> str:
    """Where the words stand, as somebody would look for them in the case."""
    piece = snippet.piece
    if piece.kind in _OF_A_CASE:
        return _OF_A_CASE[piece.kind]
    if piece.kind == "file":
        return f"File, {short_day(piece.on)} {piece.on.year}" if piece.on else "File"
    happened = HAPPENED.get(piece.verb, piece.verb.replace("_", " ").capitalize())
    what = _WORDS.get(piece.name.partition(".")[0]) if piece.verb in ("receive", "add_point") else None
    return f"{what or happened}, {short_day(piece.on)} {piece.on.year}" if piece.on else what or happened


def _person(person: Person, address: str) -> dict[str, str]:
    return {"name": str(person), "address": address, "href": _page_of(person)}


def _page_of(person: Person) -> str:
    try:
        return reverse("person", args=[person.pk])
    except NoReverseMatch:
        return ""


def _behind(landlord: int) -> str:
    waiting = index.behind(landlord)
    if not waiting:
        return ""
    return (
        f"more than {counted(index.COUNTED, 'case')}" if waiting > index.COUNTED else counted(waiting, "case")
    )


# The way about


def _round(request: HttpRequest, form: SearchFilters, text: str) -> dict[str, Any]:
    chosen = form.chosen()
    said = {"state": lambda value: STATES[value], "year": lambda value: f"Received in {value}"}
    return {
        "fields": _fields(chosen.get("state", ""), chosen.get("year", ""), form.today),
        "text": text[:LONGEST_SHOWN] + ("…" if len(text) > LONGEST_SHOWN else ""),
        "kept": [{"name": "q", "value": text[:LONGEST_KEPT]}],
        "chosen": [
            {"text": said[name](value), "remove_url": _address(text, **(chosen | {name: ""}))}
            for name, value in chosen.items()
        ],
        "here": _address(text),
        "too_slow": False,
        "only_unwanted": False,
        "newer_url": "",
        "older_url": "",
    }


LONGEST_KEPT = 1_000


@lru_cache(maxsize=64)
def _fields(state: str, year: str, today: date) -> SafeString:
    """The filters, drawn once for all who narrow by the same. They hold nothing of what was typed."""
    form = SearchFilters({"state": state, "year": year}, today=today)
    return mark_safe(render_to_string("staff/search/fields.html", {"form": form}))


def _address(text: str, **others: Any) -> str:
    query = QueryDict(mutable=True)
    for name, value in {"q": text[:LONGEST_KEPT], **others}.items():
        if value:
            query[name] = str(value)
    return f"{reverse('search')}?{query.urlencode()}" if query else reverse("search")


def _pages(request: HttpRequest, form: SearchFilters, text: str, found: Results) -> dict[str, str]:
    chosen, page = form.chosen(), found.page
    return {
        "newer_url": _address(text, **chosen, page=page - 1 if page > 2 else "") if page > 1 else "",
        "older_url": _address(text, **chosen, page=page + 1) if page < found.pages else "",
    }
