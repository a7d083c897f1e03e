"""The panel of filters beside a list, and the addresses that they make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from putright.interfaces.staff.queue.filters import ME, NOBODY, Filters, People
from putright.interfaces.staff.queue.forms import CaseFilters
from putright.record.cases.queries import categories_of

Pairs = tuple[tuple[str, str], ...]
CATEGORIES_KEPT_FOR = 600
"""Seconds. A category that is new is offered by then; an address can name it at once."""


def address(request: HttpRequest, filters: Filters, **more: Any) -> str:
    """This list under these filters, from its beginning unless a row is named."""
    return with_query(request.path, filters, **more)


def with_query(path: str, filters: Filters, **more: Any) -> str:
    """A page with these filters in its address."""
    parts = [filters.query(), *(f"{name}={value}" for name, value in more.items() if value)]
    query = "&".join(part for part in parts if part)
    return f"{path}?{query}" if query else path


def panel(filters: Filters, people: People, landlord: int, here: str) -> SafeString:
    """The panel as HTML. The group that is shown stays so, and so does the order."""
    handlers = _with(people.handlers, filters.handler, people.name(filters.handler))
    categories = _with([(each, each) for each in _categories(landlord)], filters.category, filters.category)
    typed = tuple((name, value) for name, value in filters.chosen() if name not in ("q", "when"))
    kept = tuple((name, value) for name in ("when", "order") if (value := getattr(filters, name)))
    drawn = _drawn(handlers, tuple(people.teams), categories, typed, here, kept)
    return mark_safe(drawn.replace(_WORDS_HERE, escape(filters.q)))


def _with(choices: Iterable[tuple[str, str]], value: str, text: str | None) -> Pairs:
    """The choices, and the one that is in use where it is not among them."""
    found = dict(choices)
    if value not in ("", ME, NOBODY):
        found.setdefault(value, text or value)
    return tuple(found.items())


_WORDS_HERE = "\ue000words\ue000"


# Drawing a dozen fields takes longer than the list, and the panel is the same for all who look at it. What
# somebody searched for is not kept: its place is filled in afterwards.
@lru_cache(maxsize=512)
def _drawn(
    handlers: Pairs, teams: tuple[str, ...], categories: Pairs, typed: Pairs, here: str, kept: Pairs
) -> str:
    data = {**dict(typed), "q": _WORDS_HERE}
    form = CaseFilters(data, handlers=handlers, teams=teams, categories=[value for value, _ in categories])
    stays = [{"name": name, "value": value} for name, value in kept]
    return render_to_string("staff/queue/filters.html", {"form": form, "here": here, "kept": stays})


def _categories(landlord: int) -> tuple[str, ...]:
    return _known(landlord, int(timezone.now().timestamp()) // CATEGORIES_KEPT_FOR)


@lru_cache(maxsize=256)
def _known(landlord: int, at: int) -> tuple[str, ...]:
    return tuple(categories_of(landlord))
