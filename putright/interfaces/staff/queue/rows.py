"""One case on a line of a list."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import clock_word, state_word
from putright.record.cases.lists import Line
from putright.record.landlords.queries import calendar


def row(line: Line, now: datetime, today: date) -> dict[str, Any]:
    """What the part `case_row` takes."""
    return {
        "reference": line.reference,
        "href": _address("case", line.reference),
        "who": line.resident or "Name not known",
        "due": _due(line, now, today),
        "note": state_word(line.state, line.stage),
        "handler": line.handler or "No handler",
        "badges": _badges(line),
    }


def is_late(line: Line, today: date, now: datetime) -> bool:
    """Whether what is due next is late: an emergency from its hour on, anything else from the day after."""
    assert line.next_due_on is not None
    return line.next_due_on < today or is_past_its_hour(line, today, now)


def is_past_its_hour(line: Line, today: date, now: datetime) -> bool:
    """Whether it was due at an hour that has passed, earlier on this very day."""
    return line.next_due_at is not None and line.next_due_at < now and line.next_due_on == today


def _due(line: Line, now: datetime, today: date) -> Due | None:
    if line.next_due_on is None:
        return None
    return Due(
        what=clock_word(line.next_due),
        day=line.next_due_on,
        away=_away(line.next_due_on, today),
        late=is_late(line, today, now),
        time=clock_time(line.next_due_at),
        why_url=_address("case_why", line.reference, line.next_due),
    )


@lru_cache(maxsize=2048)
def _away(day: date, today: date) -> int | None:
    """Working days from today, as the rules count them; None beyond the bank holidays we know."""
    return calendar().away(day, today)


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


def _badges(line: Line) -> list[str]:
    found = []
    if line.with_ombudsman:
        found.append("With the Ombudsman")
    if line.request_waits:
        found.append("Stage 2 asked for")
    return found
