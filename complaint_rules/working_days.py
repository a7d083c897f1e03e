"""Working days: which days count, when a time limit ends, and the proof of it.

Nothing else in the project counts days. A calendar holds the bank holidays of England
and Wales as published (a dated snapshot, `bank_holidays.toml`); a landlord's closure
days may be added for its own targets only. A day the snapshot does not cover is an
error (`NotCovered`), never a guess.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

SNAPSHOT = Path(__file__).parent / "bank_holidays.toml"

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SATURDAY = 5
_RUN_KEPT = 60
"""Calendar days of proof kept for each day 0: about forty working days, twice the longest clock."""


class Convention(StrEnum):
    """Which day is day 1. Public bodies differ, so it is a named setting."""

    NEXT_WORKING_DAY = "next_working_day"
    """The event is day 0, whatever day it is; the next working day is day 1. The default."""
    ROLL_THEN_COUNT = "roll_then_count"
    """An event on a non-working day is first moved to the next working day, which is then day 0."""
    SAME_DAY = "same_day"
    """The day of the event is day 1; the next working day is, when that day is not a working day."""


class Kind(StrEnum):
    """What a day is in a proof."""

    START = "start"
    COUNTED = "counted"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"
    CLOSED = "closed"


class NotCovered(ValueError):
    """A day the calendar does not cover. The message names the day and the years covered."""


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One calendar day of a proof: its number (None where it is not counted) and why, in plain words."""

    day: date
    number: int | None
    why: str
    kind: Kind = Kind.COUNTED


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are working days, from `first` to `last` (both included). Never changes once made.

    `bank_holidays` and `closures` are (day, name) pairs in order of day. `snapshot_on` is the
    day on which the bank holidays were taken from `source`.
    """

    first: date
    last: date
    snapshot_on: date
    source: str
    bank_holidays: tuple[tuple[date, str], ...]
    closures: tuple[tuple[date, str], ...] = ()

    _names: dict[date, str] = field(init=False, repr=False, compare=False)
    _origin: int = field(init=False, repr=False, compare=False)
    _working: list[date] = field(init=False, repr=False, compare=False)
    _skipped: list[CountedDay | None] = field(init=False, repr=False, compare=False)
    _up_to: list[int] = field(init=False, repr=False, compare=False)
    _day_zero: dict[str, list[int]] = field(init=False, repr=False, compare=False)
    _runs: dict[int, tuple[int, tuple[CountedDay, ...]]] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    @classmethod
    def from_snapshot(cls, file: Path = SNAPSHOT) -> Self:
        """The calendar that a snapshot file holds (TOML: region, first, last, snapshot_on, source, days)."""
        with open(file, "rb") as opened:
            data = tomllib.load(opened)
        named = {date.fromisoformat(day): name for day, name in data["bank_holidays"].items()}
        return cls(
            first=data["first"],
            last=data["last"],
            snapshot_on=data["snapshot_on"],
            source=data["source"],
            bank_holidays=tuple(sorted(named.items())),
        )

    def __post_init__(self) -> None:
        names, closed = dict(self.bank_holidays), dict(self.closures)
        working: list[date] = []
        skipped: list[CountedDay | None] = []
        up_to: list[int] = []
        day = self.first
        while day <= self.last:
            skip = _why_not_counted(day, names, closed)
            if skip is None:
                working.append(day)
            skipped.append(skip)
            up_to.append(len(working))
            day += timedelta(days=1)
        # Where day 0 stands among the working days, for each day of the calendar and each convention:
        # day n is that place plus n.
        included = [count - 1 for count in up_to]
        excluded = [count - (skip is None) for count, skip in zip(up_to, skipped, strict=True)]
        tables = {
            Convention.NEXT_WORKING_DAY: included,
            Convention.ROLL_THEN_COUNT: excluded,
            Convention.SAME_DAY: [place - 1 for place in excluded],
        }
        known = hash((self.first, self.last, self.snapshot_on, self.bank_holidays, self.closures))
        for name, value in (
            ("_names", names),
            ("_origin", self.first.toordinal()),
            ("_working", working),
            ("_skipped", skipped),
            ("_up_to", up_to),
            ("_day_zero", tables),
            ("_runs", {}),
            ("_hash", known),
        ):
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return self._hash

    # Questions about one day

    def is_working(self, day: date) -> bool:
        """Whether this is a working day: no weekend, no bank holiday, not closed by the landlord."""
        return self._skipped[self._place(day)] is None

    def holiday_name(self, day: date) -> str | None:
        """The bank holiday on this day, weekends included; None where there is none."""
        self._place(day)
        return self._names.get(day)

    def next_working_day(self, day: date) -> date:
        """The first working day after this day."""
        return self.add(day, 1)

    # Counting

    def add(self, start: date, length: int, convention: Convention = Convention.NEXT_WORKING_DAY) -> date:
        """The day on which `length` working days from `start` end: the day that bears that number.

        A length of 0 is the start itself; under `roll_then_count` it is the day the start is moved
        to. ValueError for a length below 0 or an unknown convention; NotCovered for a start or an
        end outside the calendar.
        """
        index = start.toordinal() - self._origin
        if index < 0 or length < 1:
            return self._add_nothing(start, length, convention)
        try:
            return self._working[self._day_zero[convention][index] + length]
        except IndexError:
            raise self._runs_past(start, length) from None
        except KeyError:
            raise _unknown(convention) from None

    def extended(self, due: date, length: int) -> date:
        """The day that lies `length` working days after a due day.

        The day after a due day is the first that an extension adds, under every convention:
        a convention is about the day of an event.
        """
        return self.add(due, length, Convention.NEXT_WORKING_DAY)

    def days(
        self, start: date, length: int, convention: Convention = Convention.NEXT_WORKING_DAY
    ) -> tuple[CountedDay, ...]:
        """The proof: every calendar day from the start to the due day, counted or not, and why.

        The last day is the one `add` gives and bears the number `length`. Errors as for `add`.
        """
        due = self.add(start, length, convention)
        at, end = self._place(start), self._place(due) + 1
        zero = self._day_zero[convention][at]
        first = _first_day(date.fromordinal(start.toordinal()), length, convention, self._skipped[at])
        begin, run = self._runs.get(zero) or self._keep_run(zero)
        if end - begin > len(run):
            return (first, *self._counted(zero, at + 1, end))
        return (first, *run[at + 1 - begin : end - begin])

    def between(self, start: date, end: date, convention: Convention = Convention.NEXT_WORKING_DAY) -> int:
        """The number that `end` bears when the working days are counted from `start`; never negative.

        A day that is not counted bears the number of the last working day before it. Under
        `next_working_day` and `roll_then_count` the start itself is 0; under `same_day` a
        working start is 1. ValueError where the end is before the start or the convention is
        unknown; NotCovered outside the calendar.
        """
        if end < start:
            raise ValueError(f"{in_words(end)} is before {in_words(start)}: there is nothing to count.")
        try:
            day_zero = self._day_zero[convention]
        except KeyError:
            raise _unknown(convention) from None
        # Before an event that is moved has reached its day 0, nothing has been counted.
        return max(0, self._up_to[self._place(end)] - 1 - day_zero[self._place(start)])

    def away(self, day: date, today: date) -> int | None:
        """How many working days from today this day lies; negative once it has passed.

        0 is today, or a day with no working day between it and today: tell late from not late by the
        days themselves. None where the calendar does not reach: a promise may name any year.
        """
        try:
            return self.between(today, day) if day >= today else -self.between(day, today)
        except NotCovered:
            return None

    # Other calendars made from this one

    def with_closure_days(self, days: Iterable[date], names: Mapping[date, str] | None = None) -> Calendar:
        """This calendar with the landlord's own closure days: for its own targets, never the Code's clocks.

        `names` says why it is closed, where known. A closure day outside the calendar changes no
        answer the calendar can give, and is kept without a word.
        """
        known = names or {}
        added = tuple((day, known.get(day, "")) for day in days)
        return _with_closures(self, added) if added else self

    def with_bank_holidays(self, days: Mapping[date, str], withdrawn: Iterable[date] = ()) -> Calendar:
        """This calendar with bank holidays announced after its snapshot; `withdrawn` are those moved away.

        NotCovered for a day outside the calendar.
        """
        gone = set(withdrawn)
        for day in (*days, *gone):
            self._place(day)
        kept = {day: name for day, name in self.bank_holidays if day not in gone}
        return _remade(self, tuple(sorted({**kept, **days}.items())), self.closures)

    # Inside

    def _place(self, day: date) -> int:
        index = day.toordinal() - self._origin
        if 0 <= index < len(self._skipped):
            return index
        raise NotCovered(
            f"{in_words(day)} is outside the bank holiday calendar, which covers {self._cover()}."
        )

    def _keep_run(self, zero: int) -> tuple[int, tuple[CountedDay, ...]]:
        # Every proof with the same day 0 holds the same days, so they are made once and then cut to length.
        begin = self._place(self._working[zero - 1]) + 1 if zero > 0 else 0
        kept = begin, self._counted(zero, begin, min(begin + _RUN_KEPT, len(self._skipped)))
        self._runs[zero] = kept
        return kept

    def _counted(self, zero: int, begin: int, end: int) -> tuple[CountedDay, ...]:
        days = zip(self._skipped[begin:end], self._up_to[begin:end], strict=True)
        return tuple(
            [skip or _counted_day(self._working[count - 1], count - 1 - zero) for skip, count in days]
        )

    def _cover(self) -> str:
        return f"{_plain(self.first)} to {_plain(self.last)}"

    def _add_nothing(self, start: date, length: int, convention: Convention) -> date:
        if length < 0:
            raise ValueError(
                f"A time limit of {length} working days cannot be counted: it must be 0 or more."
            )
        if convention not in self._day_zero:
            raise _unknown(convention)
        place = self._place(start)
        if convention != Convention.ROLL_THEN_COUNT:
            return date.fromordinal(start.toordinal())
        try:
            return self._working[self._day_zero[convention][place]]
        except IndexError:
            raise self._runs_past(start, length) from None

    def _runs_past(self, start: date, length: int) -> NotCovered:
        try:
            self._place(start)
        except NotCovered as outside:
            return outside
        return NotCovered(
            f"{length} working days from {in_words(start)} end after {in_words(self.last)}. "
            f"The bank holiday calendar covers {self._cover()}."
        )


@cache
def england_and_wales() -> Calendar:
    """The bank holiday calendar of England and Wales that ships with these rules."""
    return Calendar.from_snapshot()


def _why_not_counted(day: date, names: Mapping[date, str], closed: Mapping[date, str]) -> CountedDay | None:
    if day.weekday() >= _SATURDAY:
        return CountedDay(day, None, WEEKDAYS[day.weekday()], Kind.WEEKEND)
    if day in names:
        name = names[day]
        why = name if "bank holiday" in name.lower() else f"{name}, a bank holiday"
        return CountedDay(day, None, why, Kind.BANK_HOLIDAY)
    if day in closed:
        why = f"closed by the landlord: {closed[day]}" if closed[day] else "closed by the landlord"
        return CountedDay(day, None, why, Kind.CLOSED)
    return None


def _first_day(start: date, length: int, convention: Convention, skip: CountedDay | None) -> CountedDay:
    if convention == Convention.NEXT_WORKING_DAY or (length == 0 and convention == Convention.SAME_DAY):
        return _event(start, 0)
    if convention == Convention.SAME_DAY:
        return skip or _event(start, 1)
    if skip is None:
        return _event(start, 0)
    return CountedDay(skip.day, None, f"{skip.why}: moved to the next working day", skip.kind)


@lru_cache(maxsize=4_096)
def _event(day: date, number: int) -> CountedDay:
    return CountedDay(day, number, f"the day of the event: day {number}", Kind.START)


def _counted_day(day: date, number: int) -> CountedDay:
    if number == 0:
        return CountedDay(day, 0, "the event is moved to this day: day 0", Kind.START)
    return CountedDay(day, number, f"day {number}")


# A calendar takes milliseconds to make, and a landlord's is asked for with every case.
@lru_cache(maxsize=256)
def _with_closures(calendar: Calendar, added: tuple[tuple[date, str], ...]) -> Calendar:
    closures = {**dict(calendar.closures), **dict(added)}
    return _remade(calendar, calendar.bank_holidays, tuple(sorted(closures.items())))


@lru_cache(maxsize=64)
def _remade(
    calendar: Calendar, bank_holidays: tuple[tuple[date, str], ...], closures: tuple[tuple[date, str], ...]
) -> Calendar:
    return Calendar(
        calendar.first, calendar.last, calendar.snapshot_on, calendar.source, bank_holidays, closures
    )


def _unknown(convention: object) -> ValueError:
    known = ", ".join(Convention)
    return ValueError(f'There is no way of counting called "{convention}". Known: {known}.')


# Saying it


def _plain(day: date, year: bool = True) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def in_words(day: date, year: bool = True) -> str:
    """A day as people say it: "Friday 4 December 2026"; without its year when told."""
    return f"{WEEKDAYS[day.weekday()]} {_plain(day, year)}"


def number_in_words(number: int) -> str:
    """A count in words up to ninety-nine ("no" for 0), in figures above."""
    if not 0 <= number < 100:
        return f"{number:,}"
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def sentence(proof: Sequence[CountedDay], year: bool = True) -> str:
    """The proof as one sentence to say or copy; dates without their year when told.

    "Twenty working days from Friday 27 November, without weekends and two bank holidays,
    is Tuesday 29 December."
    """
    first, last = proof[0], proof[-1]
    length = last.number or 0
    days = f"{number_in_words(length)} working {'day' if length == 1 else 'days'}"
    start = f"{days[0].upper()}{days[1:]} from {in_words(first.day, year)}"
    asides = [_moved(proof, year), _left_out(proof[1:])]
    told = ", ".join([start, *(aside for aside in asides if aside)])
    comma = "," if any(asides) else ""
    return f"{told}{comma} is {in_words(last.day, year)}."


def explanation(proof: Sequence[CountedDay], year: bool = True) -> tuple[str, ...]:
    """The proof day by day, a line each: "Monday 30 November 2026: day 1"."""
    return tuple(f"{in_words(each.day, year)}: {each.why}" for each in proof)


def _moved(proof: Sequence[CountedDay], year: bool) -> str:
    first = proof[0]
    if first.number == 1:
        return "that day counted"
    zero = next((each for each in proof[1:] if each.number == 0), None)
    if zero is not None:
        return f"moved to {in_words(zero.day, year)}"
    return ""


def _left_out(days: Sequence[CountedDay]) -> str:
    holidays = sum(each.kind == Kind.BANK_HOLIDAY for each in days)
    closed = sum(each.kind == Kind.CLOSED for each in days)
    parts = []
    if any(each.kind == Kind.WEEKEND for each in days):
        parts.append("weekends")
    if holidays:
        parts.append(f"{number_in_words(holidays)} bank {'holiday' if holidays == 1 else 'holidays'}")
    if closed:
        parts.append(f"{number_in_words(closed)} {'day' if closed == 1 else 'days'} closed by the landlord")
    if not parts:
        return ""
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"without {listed}"
