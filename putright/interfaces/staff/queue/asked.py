"""What an address of the queue asks for: the cases, their order, and how many there are.

The page, the file to download, the badge of a saved view and what several at once are all read from here, so
that they hold the same cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from putright.interfaces.staff.from_a_list import FromAList
from putright.interfaces.staff.queue.days import Days
from putright.interfaces.staff.queue.filters import Filters, People
from putright.interfaces.staff.queue.rows import is_past_its_hour
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts.members import members_at
from putright.record.cases import lists
from putright.record.cases.lists import Line
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.landlords.queries import calendar


def people_for(staff: Staff) -> People:
    """Who is at the landlord of whoever asks. One statement."""
    return People(members_at(staff.landlord.pk), staff.user.pk, staff.team)


@dataclass
class Asked:
    """The part of the queue that somebody asks for, at one moment."""

    staff: Staff
    people: People
    filters: Filters
    days: Days
    actions: FromAList

    @classmethod
    def of(cls, request: HttpRequest, query: Mapping[str, str] | None = None) -> Asked:
        """What a request asks for; by its own address unless a query is given."""
        staff = staff_of(request)
        people = people_for(staff)
        asked = request.GET if query is None else query
        days = Days(timezone.now(), calendar(staff.landlord))
        return cls(staff, people, Filters.read(asked, people), days, FromAList.of(staff))

    @classmethod
    def of_query(cls, request: HttpRequest, query: str) -> Asked:
        """What a query in writing asks for."""
        return cls.of(request, QueryDict(query))

    @property
    def now(self) -> datetime:
        return self.days.now

    def due(self, filters: Filters | None = None) -> QuerySet[Case]:
        """The cases with something due that pass the filters, whatever their group."""
        chosen = self.filters if filters is None else filters
        cases = of_landlord(self.staff.landlord.pk).filter(next_due_on__isnull=False)
        return chosen.narrow(cases, self.people)

    def listed(self, filters: Filters | None = None) -> QuerySet[Case]:
        """The cases that the list holds on all its pages, in no order."""
        chosen = self.filters if filters is None else filters
        cases = self.due(chosen)
        return cases.filter(self.days.exact(chosen.when)) if chosen.when else cases

    def emergencies(self, cases: QuerySet[Case], most: int | None = None) -> list[Line]:
        """What is due today at an hour that has passed. By date it leads, however much else is late."""
        return lists.lines(cases.filter(self.days.past_its_hour).order_by("next_due_at", "id")[:most])

    def every_line(self) -> Iterator[Line]:
        """All the lines of the list, on however many pages, in its order."""
        cases, order = self.listed(), self.filters.sort
        if order.worst_first:
            return lists.all_of(cases, order)
        first = self.emergencies(cases)
        others = cases.exclude(self.days.past_its_hour) if first else cases
        return chain(first, lists.all_of(others, order))

    def leads(self, line: Line) -> bool:
        """Whether a line stands before others that have waited longer, because its hour has passed."""
        return not self.filters.sort.worst_first and is_past_its_hour(line, self.days.today, self.now)
