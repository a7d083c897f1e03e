"""Days, sums and decisions as letters write them: plain words, a year on every day, pence shown."""

from __future__ import annotations

from datetime import date

DECISIONS = {
    "upheld": "Upheld: we got this wrong",
    "partly_upheld": "Partly upheld: we got some of this wrong",
    "not_upheld": "Not upheld: we do not agree that we got this wrong",
    "": "Not decided yet",
}
_ANSWERS = {"yes": "Yes.", "no": "No.", "not_ours": "This is not ours to give."}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date) -> str:
    """Friday 4 December 2026. A letter is read years later, so the year is always there."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def pounds(pence: int) -> str:
    """£1,148.00, from whole pence."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def answer(word: str | None, why: str) -> str:
    """What is answered to an outcome that was asked for, and why."""
    return " ".join(part for part in (_ANSWERS.get(word or "", ""), why) if part)
