"""Lists of cases that cost the same at a thousand cases and at a million.

A page is found by the row it follows, never by how many rows stand before it, and nothing is
counted beyond a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from putright.record.cases.models import Case

PAGE = 50
COUNTED = 500
"""Counts stop here: beyond it a list says "more than 500"."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which day a list is sorted, and which way; the number of the case settles a tie.

    `worst_first`: by the risk to the resident before the day.
    """

    day: str
    newest_first: bool = False
    worst_first: bool = False


BY_DUE_DAY = Order("next_due_on")
BY_RECEIPT = Order("received_on", newest_first=True)
BY_RISK = Order("next_due_on", worst_first=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of a list, as an address names it: its day, the number of its case and, by risk, how great that is."""

    day: date
    number: int
    risk: int | None = None

    def __str__(self) -> str:
        found = f"{self.day.isoformat()}.{self.number}"
        return found if self.risk is None else f"{found}.{self.risk}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The row that an address names; None for anything else."""
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.(\d{1,18})(?:\.(\d{1,4}))?", text, re.ASCII)
        try:
            if found is None:
                return None
            return cls(
                date.fromisoformat(found[1]), int(found[2]), None if found[3] is None else int(found[3])
            )
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
    risk: int


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
    """The cases that follow `after`, or those just before `before`, or the first.

    One statement; two where a list by risk goes on from one degree to the next.
    """
    after, before = (_of_this_order(order, each) for each in (after, before))
    backwards = before is not None and after is None
    mark = before if backwards else after
    rows: list[Line] = []
    for part in _parts(cases, order, mark, backwards):
        rows += lines(part[: size + 1 - len(rows)])
        if len(rows) > size:
            break
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page(rows, None, None)
    has_before, has_after = (more, True) if backwards else (mark is not None, more)
    first, last = (_mark(order, line) for line in (rows[0], rows[-1]))
    return Page(rows, first if has_before else None, last if has_after else None)


def all_of(cases: QuerySet[Case], order: Order, size: int = COUNTED) -> Iterator[Line]:
    """Every case in its order, however many there are: so many to a statement, none of them held."""
    after: Mark | None = None
    while True:
        found = page(cases, order, after, size=size)
        yield from found.lines
        after = found.after
        if after is None:
            return


def _of_this_order(order: Order, mark: Mark | None) -> Mark | None:
    return None if mark is not None and order.worst_first and mark.risk is None else mark


def _mark(order: Order, line: Line) -> Mark:
    return Mark(getattr(line, order.day), line.number, line.risk if order.worst_first else None)


def _parts(
    cases: QuerySet[Case], order: Order, mark: Mark | None, backwards: bool
) -> Iterator[QuerySet[Case]]:
    """The cases beyond the mark, in queries that each walk an index from where it is entered."""
    descending = order.newest_first is not backwards
    sign, turned = ("-", "") if descending else ("", "-")
    by_day = [f"{sign}{order.day}", f"{sign}id"]
    found = cases.filter(**{f"{order.day}__isnull": False})
    if not order.worst_first:
        beyond = found if mark is None else found.filter(_beyond(order.day, mark, descending))
        yield beyond.order_by(*by_day)
        return
    by_risk = found.order_by(f"{turned}risk", *by_day)
    if mark is None or mark.risk is None:
        yield by_risk
        return
    # Within one degree an index is entered at the day; one condition over all degrees could only be filtered.
    yield found.filter(_beyond(order.day, mark, descending), risk=mark.risk).order_by(*by_day)
    yield by_risk.filter(**{f"risk__{'gt' if backwards else 'lt'}": mark.risk})


def _beyond(day: str, mark: Mark, descending: bool) -> Q:
    # The first half says what the second implies, so that the index is entered at the mark.
    way = "lt" if descending else "gt"
    past = Q(**{f"{day}__{way}": mark.day}) | Q(**{day: mark.day, f"id__{way}": mark.number})
    return Q(**{f"{day}__{way}e": mark.day}) & past


Days = tuple[date, date]


def counts(
    groups: Mapping[str, QuerySet[Any]], by_day: tuple[QuerySet[Case], Mapping[str, Days]] | None = None
) -> dict[str, int]:
    """How many rows each group holds, by its name; one more than COUNTED for more than that. One statement.

    `by_day`: the same cases, due from a day to another, under each of these names.
    """
    found = dict.fromkeys(groups, 0)
    # Each is written out by Django by itself: as parts of one query they take it twice as long.
    written = {name: _written(cases) for name, cases in groups.items()}
    if by_day is not None:
        written |= _by_day(*by_day)
        found |= dict.fromkeys(by_day[1], 0)
    parts = {name: each for name, each in written.items() if each is not None}
    if parts:
        sql = ", ".join(f"(SELECT COUNT(*) FROM ({each[0]}) AS counted)" for each in parts.values())  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sql}", [value for each in parts.values() for value in each[1]])
            found |= zip(parts, cursor.fetchone(), strict=True)
    return found


_Written = tuple[str, tuple[Any, ...]]


def _written(cases: QuerySet[Any]) -> _Written | None:
    """The numbers of these cases as SQL, so many and no more; None where there can be none."""
    try:
        sql, values = cases.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(values)


def _by_day(cases: QuerySet[Case], days: Mapping[str, Days]) -> dict[str, _Written | None]:
    """The same SQL for each pair of days: writing it out takes longer than asking it."""
    day = connection.ops.adapt_datefield_value
    last_of_all = (date.min, date.max)
    one = _written(cases.filter(next_due_on__range=last_of_all))
    if one is None:
        return {}
    sql, values = one
    assert values[-2:] == tuple(map(day, last_of_all))  # what was asked for last stands last
    return {name: (sql, (*values[:-2], *map(day, pair))) for name, pair in days.items()}
