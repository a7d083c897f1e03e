"""Who looks at their work, and at what moment; and what a page is made of: sections of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from complaint_rules.working_days import Calendar
from putright.interfaces.pages.proofs import Due
from putright.interfaces.staff.from_a_list import FromAList
from putright.interfaces.staff.queue.days import Days
from putright.interfaces.staff.queue.filters import GROUPS
from putright.interfaces.staff.queue.rows import row
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts.queries import HANDLES
from putright.record.cases import lists
from putright.record.cases.lists import Line
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.correspondence.stops import on_list_of
from putright.record.landlords.queries import calendar

SHOWN = 10
"""Rows of a section that is not the person's own list; the rest is one press away."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: a heading with its count, and rows as the part `case_row` takes them.

    `url` leads to what is counted; `empty` is said where there are no rows, and a section without rows and
    without `empty` is left out. A `folded` one stays closed until it is opened.
    """

    title: str
    rows: Sequence[dict[str, Any]] = ()
    count: str = ""
    url: str = ""
    hint: str = ""
    empty: str = ""
    folded: bool = False


@dataclass
class Desk:
    """One person at one moment. What several sections need is read once."""

    staff: Staff
    now: datetime
    days: Days
    actions: FromAList

    @classmethod
    def of(cls, request: HttpRequest) -> Desk:
        """The desk of whoever asks."""
        staff, now = staff_of(request), timezone.now()
        return cls(staff, now, Days(now, calendar(staff.landlord)), FromAList.of(staff))

    @property
    def today(self) -> date:
        return self.days.today

    @property
    def calendar(self) -> Calendar:
        return self.days.calendar

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.staff.roles)

    @property
    def landlord(self) -> int:
        return self.staff.landlord.pk

    @cached_property
    def names(self) -> frozenset[str]:
        """Under what a promise may be theirs: their team, and their own name."""
        return frozenset(name for name in (self.staff.team, self.staff.user.name) if name)

    def cases(self) -> Any:
        """The cases of the landlord."""
        return of_landlord(self.landlord)

    def mine(self) -> Any:
        """Those that this person handles."""
        return self.cases().filter(handler=self.staff.user)

    def without_handler(self) -> Any:
        """Those in which something is due and that nobody handles."""
        return self.cases().filter(handler__isnull=True, next_due_on__isnull=False)

    @cached_property
    def counted(self) -> dict[str, int]:
        """What the headings of the page count, by name, each to a bound. One statement for all of them."""
        asked: dict[str, QuerySet[Any]] = {}
        if HANDLES & self.roles:
            due = self.mine().filter(next_due_on__isnull=False)
            asked |= {name: due.filter(self.days.exact(name)) for name in GROUPS}
        if self.gives_out:
            asked["no_handler"] = self.without_handler()
        if self.staff.may("acknowledge"):
            asked["stops"] = on_list_of(self.landlord, self.staff.user, self.staff.roles)
        return lists.counts(asked)

    @property
    def gives_out(self) -> bool:
        """Whether they give cases to those who handle them."""
        return self.staff.may("log_complaint") and self.staff.may("assign")

    def row(self, line: Line, note: str = "", handler: bool = True) -> dict[str, Any]:
        """A case on a line, with what can be done to it from here."""
        found = row(line, self.now, self.today, self.calendar) | self.actions.beside(line)
        if note:
            found["note"] = f"{found['note']}. {note}"
        if not handler:
            found["handler"] = ""
        return found

    def due(self, what: str, day: date, why_url: str = "") -> Due:
        """Something due by its day alone."""
        return Due(what, day, self.calendar.away(day, self.today), day < self.today, why_url=why_url)


def queue(**filters: str) -> str:
    """The queue under these filters."""
    return f"{reverse('queue')}?{urlencode(filters)}"


def said(count: int) -> str:
    """A count as a heading says it, which stops at a bound."""
    return f"more than {lists.COUNTED}" if count > lists.COUNTED else str(count)


def by_number(cases: Any) -> dict[int, Case]:
    """These cases by their number."""
    return {case.pk: case for case in cases}
