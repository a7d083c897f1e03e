"""The proof of a due day, laid out as weeks. The days come from the rules, counted; nothing counts here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from complaint_rules.working_days import in_words


class Day(Protocol):
    """A day of a proof as `complaint_rules` gives it: its number, or why it has none."""

    @property
    def day(self) -> date: ...
    @property
    def number(self) -> int | None: ...
    @property
    def why(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One day in the grid: what is drawn, and what a screen reader says."""

    mark: str
    spoken: str
    kind: str
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A row of the grid: the Monday it starts on, and seven cells; None where the proof does not reach."""

    monday: date
    cells: tuple[Cell | None, ...]


_MARKS = {"weekend": "--", "bank_holiday": "bh", "closed": "cl"}


def _cell(each: Day, due: date) -> Cell:
    kind = str(each.kind)
    spoken_day = in_words(each.day, year=False)
    if each.number is None:
        return Cell(_MARKS.get(kind, "--"), f"{spoken_day}, not counted: {each.why}", kind)
    is_due = each.day == due
    spoken = f"{spoken_day}, day {each.number}{', due' if is_due else ''}"
    return Cell(str(each.number), spoken, kind, is_due)


def weeks_of(proof: Sequence[Day]) -> list[Week]:
    """The proof as weeks that start on Monday. The last day of a proof is the due day."""
    if not proof:
        return []
    due = proof[-1].day
    cells = {each.day: _cell(each, due) for each in proof}
    monday = proof[0].day - timedelta(days=proof[0].day.weekday())
    weeks = []
    while monday <= due:
        days = (monday + timedelta(days=n) for n in range(7))
        weeks.append(Week(monday, tuple(cells.get(day) for day in days)))
        monday += timedelta(days=7)
    return weeks


def skipped_in(proof: Iterable[Day]) -> list[Day]:
    """The days left out that are not weekends: bank holidays and days the landlord was closed."""
    return [each for each in proof if each.number is None and str(each.kind) != "weekend"]


@dataclass(frozen=True, slots=True)
class Due:
    """Something due, as a page shows it. Every figure and sentence in it was worked out by the rules.

    `away` is working days from today (negative is late), `late` whether the day has passed. `proof`
    is what `complaint_rules` counted, `says` its sentence, `basis` what was counted from and the
    provision ("10 working days from the acknowledgement (2024 Code, 6.3)"), `if_extended` where
    an extension could lead. `why_url` is the page "Why this date". `time` is for emergency hazards.
    """

    what: str
    day: date
    away: int | None
    late: bool
    basis: str = ""
    proof: Sequence[Day] = ()
    says: str = ""
    if_extended: str = ""
    why_url: str = ""
    time: str = ""
    target_day: date | None = None
    target_away: int | None = None
    target_late: bool = False
