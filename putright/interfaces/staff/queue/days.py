"""The groups of a queue by day: late, today, the next working days, later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from complaint_rules.working_days import Calendar, NotCovered
from putright.interfaces.staff.queue.filters import SOON
from putright.interfaces.staff.queue.rows import is_late
from putright.record.cases.lists import Line


@dataclass
class Days:
    """The groups at one moment. An emergency is late from its hour on, anything else from the day after."""

    now: datetime
    calendar: Calendar

    @cached_property
    def today(self) -> date:
        """The day in London."""
        return timezone.localdate(self.now)

    @cached_property
    def last_soon(self) -> date:
        """The last of the next working days; the end of time beyond the bank holidays we know."""
        try:
            return self.calendar.add(self.today, SOON)
        except NotCovered:
            return date.max

    @property
    def past_its_hour(self) -> Q:
        """Due today at an hour that has passed."""
        return Q(next_due_on=self.today, next_due_at__lt=self.now)

    @cached_property
    def spans(self) -> dict[str, tuple[date, date]]:
        """The first and the last day of each group: plain spans, so that an index is walked and nothing is sorted."""
        one = timedelta(days=1)
        later = (date.max, date.min) if self.last_soon == date.max else (self.last_soon + one, date.max)
        return {
            "late": (date.min, self.today - one),
            "today": (self.today, self.today),
            "soon": (self.today + one, self.last_soon),
            "later": later,
        }

    def plain(self, group: str) -> Q:
        """The cases of a group by their days alone."""
        return Q(next_due_on__range=self.spans[group])

    def exact(self, group: str) -> Q:
        """The cases of a group and no others, hours and all."""
        found = self.plain(group)
        if group == "late":
            return found | self.past_its_hour
        return found & ~self.past_its_hour if group == "today" else found

    def group_of(self, line: Line) -> str:
        """Under which heading a case stands."""
        assert line.next_due_on is not None
        if is_late(line, self.today, self.now):
            return "late"
        if line.next_due_on == self.today:
            return "today"
        return "soon" if line.next_due_on <= self.last_soon else "later"
