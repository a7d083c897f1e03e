"""By when a landlord sends its annual self-assessment to the Ombudsman: by its size and the year it is about.

The days are data, in `submissions.toml`: the first year had a day of its own, and others may.
"""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

FILE = Path(__file__).with_name("submissions.toml")
Size = Literal["over_1000", "under_1000", "exactly_1000"]
SIZES: tuple[Size, ...] = get_args(Size)


class BadDeadlines(ValueError):
    """The deadlines cannot be read. The message says which line, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day a submission is due and the words of the rule; `on` is None where no published rule covers it."""

    on: date | None
    says: str


def due(size: Size, year_ended: date, path: Path = FILE) -> Deadline:
    """The day by which the self-assessment for the year that ended on a day is due."""
    for line in _read(path):
        if line["size"] == size and _covers(line, year_ended):
            return Deadline(_day(line, year_ended), line["says"])
    if size == "exactly_1000":
        return Deadline(None, "The published rule does not cover exactly 1,000 homes. Ask the Ombudsman.")
    return Deadline(None, "No published rule covers this. Ask the Ombudsman.")


def _covers(line: dict[str, Any], year_ended: date) -> bool:
    first, last = line.get("years_ended_from", date.min), line.get("years_ended_to", date.max)
    return bool(first <= year_ended <= last)


def _day(line: dict[str, Any], year_ended: date) -> date:
    if "on" in line:
        return date.fromisoformat(str(line["on"]))
    if "next" in line:
        month, day = (int(part) for part in line["next"].split("-"))
        this_year = date(year_ended.year, month, day)
        return this_year if this_year >= year_ended else date(year_ended.year + 1, month, day)
    return _months_after(year_ended, line["months"])


def _months_after(day: date, months: int) -> date:
    """The same day of a later month; the end of the month for the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if at_end else min(day.day, last))


@cache
def _read(path: Path) -> tuple[dict[str, Any], ...]:
    lines = tomllib.loads(path.read_text(encoding="utf-8")).get("deadlines", [])
    for number, line in enumerate(lines, start=1):
        where = f"{path.name}: deadline {number}"
        if line.get("size") not in SIZES or not line.get("says"):
            raise BadDeadlines(f"{where} needs a size ({', '.join(SIZES)}) and what it says.")
        if len({"on", "next", "months"} & set(line)) != 1:
            raise BadDeadlines(f"{where} needs one of on, next and months.")
    return tuple(lines)
