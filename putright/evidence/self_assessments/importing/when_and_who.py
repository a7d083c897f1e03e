"""Whose self-assessment it is and of when, where a form says so beside a label or in its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from putright.evidence.self_assessments.importing.files import Row

_WHOSE = r"(?:name of )?(?:the )?(?:landlord|organisation|association|member landlord)(?:'s)?(?: name)?"
_LANDLORD = re.compile(rf"^{_WHOSE}\s*[:\u2013-]\s*(\S.{{1,120}})$", re.I)
_DATE = re.compile(
    r"^(?:date|completed|assessed|last reviewed|reviewed)\b(?:[\w\s-]{0,30})?\s*[:\u2013-]\s*(\S.{3,40})$",
    re.I,
)
_LABEL = re.compile(rf"^{_WHOSE}:?$", re.I)
_DATE_LABEL = re.compile(r"^date\b[\w\s-]{0,30}:?$", re.I)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_DAY_MONTH_YEAR = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(20\d\d)\b", re.I)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+(20\d\d)\b", re.I)
_NUMBERS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](20\d\d)\b")
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_FIRST = 15


def told(rows: Sequence[Row]) -> tuple[str | None, str | None]:
    """The landlord and the day (ISO) or month of the form; None for what it does not say."""
    landlord = date = None
    for row in rows:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if not cells:
            continue
        line = (
            ": ".join(cells)
            if len(cells) == 2 and (_LABEL.match(cells[0]) or _DATE_LABEL.match(cells[0]))
            else cells[0]
        )
        if landlord is None and (found := _LANDLORD.match(line)):
            landlord = found[1].strip()
        if date is None and (found := _DATE.match(line)):
            date = day_in(found[1])
    if date is None:
        lines = [row.cells[0] for row in rows[:_FIRST] if len(row.cells) == 1 and len(row.cells[0]) < 160]
        date = next((day for day in map(day_in, lines) if day is not None), None)
    return landlord, date


def day_in(text: str) -> str | None:
    """The first day, or else month, that a text names: "2021-12-03", "2021-12". British order."""
    if found := _ISO.search(text):
        return found[0] if _is_day(int(found[3]), int(found[2])) else None
    if found := _DAY_MONTH_YEAR.search(text):
        month = _month(found[2])
        return f"{found[3]}-{month:02}-{int(found[1]):02}" if _is_day(int(found[1]), month) else None
    if found := _NUMBERS.search(text):
        day, month = int(found[1]), int(found[2])
        return f"{found[3]}-{month:02}-{day:02}" if _is_day(day, month) else None
    if found := _MONTH_YEAR.search(text):
        return f"{found[2]}-{_month(found[1]):02}"
    return None


def _month(name: str) -> int:
    return next(number for number, each in enumerate(_MONTHS, 1) if each.startswith(name.lower()[:3]))


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
