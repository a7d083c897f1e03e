"""The panel of filters beside a list, and the addresses that they make."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from putright.interfaces.staff.queue.forms import CaseFilters

SOON = 5
GROUPS = {"late": "Late", "today": "Today", "soon": f"Next {SOON} working days", "later": "Later"}
FILTERS = ("q", "handler", "stage", "state", "when")

Pairs = tuple[tuple[str, str], ...]


def address(request: HttpRequest, **changes: Any) -> str:
    """This list with other filters, from its beginning unless a row is named."""
    query = QueryDict(mutable=True)
    for name in FILTERS:
        value = changes.pop(name, request.GET.get(name, ""))
        if value:
            query[name] = str(value)
    for name, value in changes.items():
        query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def panel(filters: CaseFilters, here: str, when: str = "") -> SafeString:
    """The panel as HTML. `when` is the group that is shown and stays so."""
    handlers = tuple(filters.fields["handler"].choices)  # type: ignore[attr-defined]
    typed = tuple((name, filters[name].value() or "") for name in filters.fields)
    draw = _draw if dict(typed)["q"] else _drawn_before
    return draw(handlers, typed, here, when if when in GROUPS else "")


def _draw(handlers: Pairs, typed: Pairs, here: str, when: str) -> SafeString:
    people = [(int(number), name) for number, name in handlers if number.isdigit()]
    form = CaseFilters(dict(typed), handlers=people)
    context = {"form": form, "here": here, "when": when}
    return mark_safe(render_to_string("staff/queue/filters.html", context))


# Drawing four fields takes as long as fifty lines, and the panel is the same for all who look at a list.
# What somebody searched for is not kept.
_drawn_before = lru_cache(maxsize=512)(_draw)
