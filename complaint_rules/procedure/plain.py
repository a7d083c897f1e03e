"""Plain values of a document: words, days, numbers, pounds. One function a kind of the schema.

Each gives None, or what is left, where a value cannot be read; `reading` then holds the fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from complaint_rules import editions
from complaint_rules.procedure.reading import Reading, any_of, did_you_mean
from complaint_rules.procedure.schema import Rule
from complaint_rules.procedure.terms import Path


def text(reading: Reading, rule: Rule, value: Any, path: Path) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        reading.wrong(path, "write words.")
        return None
    return " ".join(str(value).split())


def texts(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    told = [text(reading, rule, _says(each), path) for each in given]
    return tuple(each for each in told if each)


def slug(reading: Reading, rule: Rule, value: Any, path: Path) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        return value
    reading.wrong(path, 'write lower-case letters, digits and hyphens, such as "tern-valley".')
    return None


def day(reading: Reading, rule: Rule, value: Any, path: Path) -> date | None:
    found = _as_day(value)
    if found is None:
        reading.wrong(path, "write the day as year, month and day, such as 2026-11-26.")
        return None
    return found


def days(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[date, ...]:
    if not isinstance(value, list):
        reading.wrong(path, "write a list of days, such as [2026-12-29, 2026-12-30].")
        return ()
    found = [day(reading, rule, each, (*path, place)) for place, each in enumerate(value)]
    return tuple(each for each in found if each)


def month(reading: Reading, rule: Rule, value: Any, path: Path) -> str | None:
    if _as_day(value):
        return str(_as_day(value))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return value
    reading.wrong(path, "write a day, such as 2026-11-26, or a month, such as 2026-11.")
    return None


def number(reading: Reading, rule: Rule, value: Any, path: Path) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    reading.wrong(path, "write a whole number.")
    return None


def pounds(reading: Reading, rule: Rule, value: Any, path: Path) -> int | None:
    """Pence, from pounds."""
    written = value.removeprefix("£").replace(",", "") if isinstance(value, str) else value
    try:
        amount = None if isinstance(written, bool) else Decimal(str(written))
    except ArithmeticError:
        amount = None
    if amount is None or not amount.is_finite() or amount < 0 or amount * 100 != int(amount * 100):
        reading.wrong(path, "write pounds, such as 250 or 250.50.")
        return None
    return int(amount * 100)


def word(reading: Reading, rule: Rule, value: Any, path: Path) -> str | None:
    found = re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else str(value)
    if found in rule["words"]:
        return found
    reading.wrong(path, f"write one of {any_of(rule['words'])}.{did_you_mean(found, rule['words'])}")
    return None


def edition(reading: Reading, rule: Rule, value: Any, path: Path) -> str | None:
    if str(value) in editions.all_editions():
        return str(value)
    reading.wrong(path, f"write an edition of the Code: {', '.join(editions.all_editions())}.")
    return None


def free(reading: Reading, rule: Rule, value: Any, path: Path) -> Any:
    return value


def _says(value: Any) -> Any:
    return value.get("says") if isinstance(value, Mapping) and "says" in value else value


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
