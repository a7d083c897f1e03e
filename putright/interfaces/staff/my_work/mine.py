"""What is due from whoever looks: late first, then today, the next working days, and later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from putright.interfaces.pages.phrases import short_day
from putright.interfaces.pages.words import RISKS, clock_word
from putright.interfaces.staff.my_work.desk import Desk, Section, queue, said
from putright.interfaces.staff.queue.filters import GROUPS
from putright.record.cases import lists
from putright.record.cases.lists import Line
from putright.record.cases.models import Case

MOST = 200
"""How many of somebody's cases are read; those due soonest. More than one person can handle."""
SHOWN = 50
SHOWN_LATER = 20


@dataclass
class Mine:
    """The cases that somebody handles and in which something is due, the soonest first."""

    desk: Desk

    @cached_property
    def lines(self) -> list[Line]:
        return list(lists.page(self.desk.mine(), lists.BY_DUE_DAY, size=MOST).lines)

    @cached_property
    def numbers(self) -> list[int]:
        return [line.number for line in self.lines]

    @cached_property
    def more(self) -> dict[int, tuple[str, str]]:
        """What else the lines tell: why somebody may come to harm, and our own day, by case."""
        found = Case.objects.filter(pk__in=self.numbers)
        rows = found.values_list("pk", "risk_why", "next_target", "next_target_on", "next_due_on")
        return {number: (_harm(why), self._target(target, on, due)) for number, why, target, on, due in rows}

    def _target(self, target: str, on: date | None, due: date | None) -> str:
        if on is None or due is None or on >= due:
            return ""
        return f"Our own day: {clock_word(target).lower()} by {short_day(on, self.desk.today)}"


def _harm(why: list[str]) -> str:
    return "; ".join(RISKS[each] for each in why if each in RISKS and each != "needs")


def sections(mine: Mine, waits_on: dict[int, str]) -> list[Section]:
    """The groups with their counts, each a link to the queue. `waits_on` says for whom a case waits."""
    desk = mine.desk
    counted = desk.counted
    by_group: dict[str, list[Line]] = {name: [] for name in GROUPS}
    for line in mine.lines:
        by_group[desk.days.group_of(line)].append(line)
    return [
        Section(
            title=title,
            count=said(counted[name]),
            url=queue(handler="me", when=name),
            rows=[
                desk.row(line, note=_why_here(mine, line, waits_on), handler=False)
                for line in by_group[name][: SHOWN_LATER if name == "later" else SHOWN]
            ],
            folded=name == "later",
        )
        for name, title in GROUPS.items()
        if counted[name]
    ]


def _why_here(mine: Mine, line: Line, waits_on: dict[int, str]) -> str:
    harm, target = mine.more.get(line.number, ("", ""))
    told = ["You handle it", harm, waits_on.get(line.number, ""), target]
    return ". ".join(each for each in told if each)
