"""Days, times, sums and shares as people read them. Nothing here counts working days."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from complaint_rules.working_days import MONTHS, WEEKDAYS, in_words

LONDON = ZoneInfo("Europe/London")

SHARES_FROM = 20
"""A share of fewer than this many is given as counts alone: a percentage of 7 tells nothing."""


def _as_day(when: date | datetime) -> date:
    if isinstance(when, datetime):
        return (when.astimezone(LONDON) if when.tzinfo else when).date()
    return when


def _a_year_apart(day: date, today: date) -> bool:
    earlier, later = sorted((day, today))
    try:
        anniversary = earlier.replace(year=earlier.year + 1)
    except ValueError:
        anniversary = date(earlier.year + 1, 3, 1)
    return later >= anniversary


def _needs_year(day: date, today: date | None) -> bool:
    return today is None or _a_year_apart(day, _as_day(today))


def long_day(when: date | datetime | None, today: date | None = None) -> str:
    """ "Friday 4 December 2026"; the year is left out within twelve months of `today`. None reads ""."""
    if when is None:
        return ""
    day = _as_day(when)
    return in_words(day, year=_needs_year(day, today))


def short_day(when: date | datetime | None, today: date | None = None) -> str:
    """ "Fri 4 Dec" for lists, with the year ("Fri 4 Dec 2026") when it is a year or more from `today`.

    Without `today` no year is shown.
    """
    if when is None:
        return ""
    day = _as_day(when)
    year = f" {day.year}" if today is not None and _needs_year(day, today) else ""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def clock_time(when: datetime | None) -> str:
    """ "15:00", in London, for staff."""
    if when is None:
        return ""
    local = when.astimezone(LONDON) if when.tzinfo else when
    return f"{local:%H:%M}"


def resident_time(when: datetime | None) -> str:
    """ "3pm" or "3:05pm", in London, for residents."""
    if when is None:
        return ""
    local = when.astimezone(LONDON) if when.tzinfo else when
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"


def pounds(pence: int | None) -> str:
    """ "£1,148.00" from whole pence."""
    if pence is None:
        return ""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{rest:02}"


def working_days(number: int) -> str:
    """ "1 working day", "3 working days"."""
    return f"{number} working day{'' if number == 1 else 's'}"


def how_far(working_days_away: int | None, late: bool | None = None) -> str:
    """ "in 3 working days", "today", "3 working days late", from a number that the rules counted.

    Negative is late. `late` settles a day that has passed with no working day since (due on
    Friday, read on Sunday): the number is 0 and the phrase is "late".
    """
    if working_days_away is None:
        return ""
    if working_days_away > 0:
        return f"in {working_days(working_days_away)}"
    if working_days_away < 0:
        return f"{working_days(-working_days_away)} late"
    return "late" if late else "today"


def share(numerator: int, denominator: int) -> str:
    """ "231 of 250 (92%)"; "3 of 7" under 20, where a percentage tells nothing.

    The percentage is rounded down to 99 short of the whole and up to 1 above nothing.
    """
    counts = f"{numerator:,} of {denominator:,}"
    if denominator < SHARES_FROM:
        return counts
    percent = round(100 * numerator / denominator)
    if numerator < denominator:
        percent = min(percent, 99)
    if numerator > 0:
        percent = max(percent, 1)
    return f"{counts} ({percent}%)"


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 promise", "2 promises"; `many` for a plural that does not end in s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
