"""One case on a line of a list."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

from complaint_rules import risk as risks
from complaint_rules.working_days import Calendar
from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import RISKS, clock_word, state_word
from putright.record.cases.lists import Line
from putright.record.landlords.queries import calendar

BADGES = {
    "emergency_hazard": "Emergency hazard",
    "significant_hazard": "Hazard",
    "at_risk": "At risk",
    "danger_unanswered": "Danger not answered",
    "needs": "Needs",
}
"""The worst reason of risk, beside a name, where the order of the list does not say it already."""


def row(
    line: Line, now: datetime, today: date, days: Calendar | None = None, by_risk: bool = False
) -> dict[str, Any]:
    """What the part `case_row` takes. `days` is the landlord's calendar; the published one where none is given.

    In a list by risk `why` says what put the case in its place.
    """
    return {
        "reference": line.reference,
        "href": _address("case", line.reference),
        "who": line.resident or "Name not known",
        "due": _due(line, now, today, days or calendar()),
        "note": state_word(line.state, line.stage),
        "handler": line.handler or "No handler",
        "badges": _badges(line.with_ombudsman, line.request_waits, 0 if by_risk else line.risk),
        "why": why_by_risk(line.risk) if by_risk else "",
    }


def is_late(line: Line, today: date, now: datetime) -> bool:
    """Whether what is due next is late: an emergency from its hour on, anything else from the day after."""
    assert line.next_due_on is not None
    return line.next_due_on < today or is_past_its_hour(line, today, now)


def is_past_its_hour(line: Line, today: date, now: datetime) -> bool:
    """Whether it was due at an hour that has passed, earlier on this very day."""
    return line.next_due_at is not None and line.next_due_at < now and line.next_due_on == today


@lru_cache(maxsize=64)
def why_by_risk(degree: int) -> str:
    """What puts a case where it stands in a list by risk, in words."""
    why = [_lowered(RISKS[each]) for each in risks.told_by(degree)]
    if not why:
        return "By its date: no risk is recorded."
    return f"First because: {'; '.join(why)}."


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _due(line: Line, now: datetime, today: date, days: Calendar) -> Due | None:
    if line.next_due_on is None:
        return None
    return Due(
        what=clock_word(line.next_due),
        day=line.next_due_on,
        away=_away(days, line.next_due_on, today),
        late=is_late(line, today, now),
        time=clock_time(line.next_due_at),
        why_url=_address("case_why", line.reference, line.next_due),
    )


@lru_cache(maxsize=2048)
def _away(days: Calendar, day: date, today: date) -> int | None:
    """Working days from today, as the rules count them; None beyond the bank holidays we know."""
    return days.away(day, today)


def _address(name: str, *parts: str) -> str:
    """An address of many that differ in their parts alone, so that it is looked up once."""
    form = _form(name, len(parts), get_script_prefix())
    for part in parts:
        form = form.replace(_PLACE, quote(part, safe=":"), 1)
    return form


_PLACE = "-place-"


@lru_cache(maxsize=64)
def _form(name: str, parts: int, prefix: str) -> str:
    return reverse(name, args=[_PLACE] * parts)


@lru_cache(maxsize=256)
def _badges(with_ombudsman: bool, request_waits: bool, risk: int) -> tuple[str, ...]:
    found = [BADGES[each] for each in risks.told_by(risk)[:1]]
    if with_ombudsman:
        found.append("With the Ombudsman")
    if request_waits:
        found.append("Stage 2 asked for")
    return tuple(found)
