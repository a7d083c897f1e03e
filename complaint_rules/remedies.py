"""Compensation worked out from dated rates, with its sum shown: "11 days at £8.00 = £88.00".

No rate stands here. What a day without heating is worth, or what the Right to Repair pays, is a landlord's
data with its source and its days (2022: 6.6; 2024: 7.2); a day that no rate covers is an error, never the
nearest rate. Sums are whole pence. What comes out is where a person begins: they may change it and say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from complaint_rules.working_days import in_words

DAY, WEEK, TIME = "day", "week", "time"
UNITS = (DAY, WEEK, TIME)
"""What a rate is paid for: each day or week it went on, or each time it happened."""

STATUTORY, OMBUDSMAN, OWN = "statutory", "ombudsman", "own"
KINDS = (STATUTORY, OMBUDSMAN, OWN)
"""Where a rate comes from: the law (owed whatever is offered as goodwill), the Ombudsman's guidance, our own policy."""

LONGEST_YEARS = 12
"""A longer time than this is a mistyped year."""


class NoRate(ValueError):
    """A day for which no rate of this head is in force. The message names the day."""


class Overlap(ValueError):
    """Two rates of one head are in force on the same day."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What is paid under one head from a day on: `pence` for each unit.

    `last` is the last day it is in force, None while it has no end. `at_once` pence are paid once beside the
    units (Right to Repair), and `most` is the highest sum of the whole; None for no limit.
    """

    head: str
    kind: str
    unit: str
    pence: int
    first: date
    last: date | None = None
    source: str = ""
    at_once: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f'"{self.kind}" is no kind of rate. Known: {", ".join(KINDS)}.')
        if self.unit not in UNITS:
            raise ValueError(f'"{self.unit}" is not paid for. Known: {", ".join(UNITS)}.')
        for name in ("pence", "at_once", "most"):
            _whole_pence(name, getattr(self, name))
        if self.last is not None and self.last < self.first:
            raise ValueError("A rate cannot end before it begins.")

    def holds_on(self, day: date) -> bool:
        """Whether this rate is in force on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a sum: so many units at so much, and the words of it."""

    count: int
    unit: str
    each: int
    pence: int
    says: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Compensation under one head: its lines, the whole in pence, and the rates it was worked out by."""

    head: str
    lines: tuple[Line, ...]
    pence: int
    rates: tuple[Rate, ...]

    @property
    def says(self) -> str:
        """The sum in one sentence: "11 days at £8.00 = £88.00"."""
        worked = [line.says for line in self.lines]
        if len(worked) == 1:
            return worked[0]
        return f"{'; '.join(worked)}; together {pounds(self.pence)}"


def in_force(rates: Iterable[Rate], head: str, day: date) -> Rate:
    """The rate of a head in force on a day. NoRate where there is none, Overlap where there are two."""
    found = [rate for rate in rates if rate.head == head and rate.holds_on(day)]
    if not found:
        raise NoRate(f"No rate for {head} is in force on {in_words(day)}.")
    if len(found) > 1:
        raise Overlap(f"Two rates for {head} are in force on {in_words(day)}.")
    return found[0]


def for_length(rates: Iterable[Rate], head: str, first: date, last: date) -> Sum:
    """What is owed from one day to another, both counted, by the rates in force on each of them.

    Where the rate changes in between, each part is paid at its own. A week that has begun counts as a week, at
    the rate of its first day. NoRate where some day is covered by none, or where the head is paid by the time.
    """
    if last < first:
        raise ValueError("The last day must not be before the first.")
    if last.year - first.year > LONGEST_YEARS:
        raise ValueError(f"That is longer than {LONGEST_YEARS} years.")
    known = [rate for rate in rates if rate.head == head]
    parts: list[tuple[Rate, int]] = []
    day = first
    while day <= last:
        rate = in_force(known, head, day)
        if rate.unit == TIME:
            raise NoRate(f"{head} is paid for each time it happened, not by its length.")
        parts = _one_more(parts, rate)
        day += timedelta(days=7 if rate.unit == WEEK else 1)
    return _summed(head, parts)


def for_times(rates: Iterable[Rate], head: str, days: Iterable[date]) -> Sum:
    """What is owed for something that happened on each of these days, at the rate of that day."""
    known = [rate for rate in rates if rate.head == head]
    parts: list[tuple[Rate, int]] = []
    for day in sorted(days):
        rate = in_force(known, head, day)
        if rate.unit != TIME:
            raise NoRate(f"{head} is paid by the {rate.unit}, not for each time.")
        parts = _one_more(parts, rate)
    if not parts:
        raise ValueError("Give at least one day on which it happened.")
    return _summed(head, parts)


def pounds(pence: int) -> str:
    """ "£1,148.00" from whole pence."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}"


def _one_more(parts: Sequence[tuple[Rate, int]], rate: Rate) -> list[tuple[Rate, int]]:
    if parts and parts[-1][0] == rate:
        return [*parts[:-1], (rate, parts[-1][1] + 1)]
    return [*parts, (rate, 1)]


def _summed(head: str, parts: Sequence[tuple[Rate, int]]) -> Sum:
    # A sum at once is paid for the whole of it, by the rate it began under, however often the rate changes.
    lines = [
        _line(rate, count, at_once=rate.at_once if place == 0 else 0)
        for place, (rate, count) in enumerate(parts)
    ]
    pence = sum(line.pence for line in lines)
    most = parts[-1][0].most
    if most is not None and pence > most:
        lines.append(Line(1, "", most - pence, most - pence, f"no more than {pounds(most)} in all"))
        pence = most
    return Sum(head, tuple(lines), pence, tuple(rate for rate, _ in parts))


def _line(rate: Rate, count: int, at_once: int) -> Line:
    pence = count * rate.pence + at_once
    units = f"{count:,} {rate.unit}{'' if count == 1 else 's'} at {pounds(rate.pence)}"
    begun = f"{pounds(at_once)} at once and {units}" if at_once else units
    return Line(count, rate.unit, rate.pence, pence, f"{begun} = {pounds(pence)}")


def _whole_pence(name: str, value: int | None) -> None:
    if value is None:
        return
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} is a whole number of pence, 0 or more.")
