"""One case on a line of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import clock_word, state_word
from putright.record.cases.models import Case
from putright.record.landlords.queries import calendar


def row(case: Case, now: datetime) -> dict[str, Any]:
    """What the part `case_row` takes."""
    return {
        "reference": case.reference,
        "href": reverse("case", args=[case.reference]),
        "who": str(case.resident) if case.resident else "Name not known",
        "due": _due(case, now),
        "note": state_word(case.state, case.stage),
        "handler": case.handler.name if case.handler else "No handler",
        "badges": _badges(case),
    }


def is_late(case: Case, now: datetime) -> bool:
    """Whether what is due next is late: an emergency from its hour on, anything else from the day after."""
    assert case.next_due_on is not None
    if case.next_due_at is not None and case.next_due_at < now:
        return True
    return case.next_due_on < timezone.localdate(now)


def _due(case: Case, now: datetime) -> Due | None:
    if case.next_due_on is None:
        return None
    return Due(
        what=clock_word(case.next_due),
        day=case.next_due_on,
        away=calendar().away(case.next_due_on, timezone.localdate(now)),
        late=is_late(case, now),
        time=clock_time(case.next_due_at),
        why_url=reverse("case_why", args=[case.reference, case.next_due]),
    )


def _badges(case: Case) -> list[str]:
    found = []
    if case.with_ombudsman:
        found.append("With the Ombudsman")
    if case.request_waits:
        found.append("Stage 2 asked for")
    return found
