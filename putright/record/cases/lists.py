"""Lists of cases that cost the same at a thousand cases and at a million.

A page is found by the row it follows, never by how many rows stand before it, and nothing is
counted beyond a bound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import IntegerField, Q, QuerySet, Subquery

from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord

PAGE = 50
COUNTED = 500
"""Counts stop here: beyond it a list says "more than 500"."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which day a list is sorted, and which way; the number of the case settles a tie."""

    day: str
    newest_first: bool = False


BY_DUE_DAY = Order("next_due_on")
BY_RECEIPT = Order("received_on", newest_first=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of a list, as an address names it: its day and the number of its case."""

    day: date
    number: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.number}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The row that an address names; None for anything else."""
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.(\d{1,18})", text, re.ASCII)
        try:
            return cls(date.fromisoformat(found[1]), int(found[2])) if found else None
        except ValueError:
            return None


class Line(NamedTuple):
    """A case as a list shows it. A tuple, since a list makes fifty of them for every page."""

    number: int
    reference: str
    resident: str | None
    handler: str | None
    state: str
    stage: int
    received_on: date | None
    next_due: str
    next_due_on: date | None
    next_due_at: datetime | None
    with_ombudsman: bool
    request_waits: bool


_COLUMNS = ("pk", "reference", "resident__name", "handler__name", *Line._fields[4:])


def lines(cases: QuerySet[Case]) -> list[Line]:
    """These cases as lines. One statement."""
    return [Line._make(row) for row in cases.values_list(*_COLUMNS)]


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines in their order, and the rows at which the pages before and after it meet this one."""

    lines: Sequence[Line]
    before: Mark | None
    after: Mark | None


def page(
    cases: QuerySet[Case],
    order: Order,
    after: Mark | None = None,
    before: Mark | None = None,
    size: int = PAGE,
) -> Page:
    """The cases that follow `after`, or those just before `before`, or the first. One statement."""
    backwards = before is not None and after is None
    descending = order.newest_first is not backwards
    mark = before if backwards else after
    sign = "-" if descending else ""
    found = cases.filter(**{f"{order.day}__isnull": False}).order_by(f"{sign}{order.day}", f"{sign}id")
    if mark is not None:
        found = found.filter(_beyond(order.day, mark, descending))
    rows = lines(found[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page(rows, None, None)
    has_before, has_after = (more, True) if backwards else (mark is not None, more)
    first, last = (Mark(getattr(line, order.day), line.number) for line in (rows[0], rows[-1]))
    return Page(rows, first if has_before else None, last if has_after else None)


def _beyond(day: str, mark: Mark, descending: bool) -> Q:
    # The first half says what the second implies, so that the index is entered at the mark.
    way = "lt" if descending else "gt"
    past = Q(**{f"{day}__{way}": mark.day}) | Q(**{day: mark.day, f"id__{way}": mark.number})
    return Q(**{f"{day}__{way}e": mark.day}) & past


class _HowMany(Subquery):
    """How many rows a query gives. The query has its bound, so the count has too."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts(landlord_id: int, groups: Mapping[str, QuerySet[Case]]) -> dict[str, int]:
    """How many cases each group holds, by its name; one more than COUNTED for more than that. One statement."""
    bounded: dict[str, Any] = {
        name: _HowMany(cases.order_by().values("pk")[: COUNTED + 1]) for name, cases in groups.items()
    }
    counted: Any = Landlord.objects.filter(pk=landlord_id).values(**bounded).get() if bounded else {}
    return {name: found or 0 for name, found in counted.items()}
