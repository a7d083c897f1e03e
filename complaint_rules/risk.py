"""How much harm a resident may come to while a complaint waits, from its entries alone.

Reasons stand worst first. Whoever has a worse one comes before whoever has any number of lesser ones, so
the number to sort by has a bit for each. That something is late is no reason here: it would change by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from complaint_rules import events
from complaint_rules.complaint import Complaint

REASONS = ("emergency_hazard", "significant_hazard", "at_risk", "danger_unanswered", "needs")
"""Worst first: a hazard that may kill within a day; one that may do lasting harm; somebody said to be at
risk; a danger that was mentioned, and neither confirmed nor dismissed; needs to be met."""

_KINDS = {"emergency": "emergency_hazard", "significant": "significant_hazard"}


def reasons(complaint: Complaint) -> tuple[str, ...]:
    """Why this resident may come to harm, worst first; none where nothing that was recorded says so."""
    found = {_KINDS[kind] for kind in _not_made_safe(complaint) if kind in _KINDS}
    if any(event.at_risk for event in complaint.told if isinstance(event, events.Received)):
        found.add("at_risk")
    if danger_unanswered_on(complaint) is not None:
        found.add("danger_unanswered")
    if has_needs(complaint):
        found.add("needs")
    return tuple(reason for reason in REASONS if reason in found)


def degree(why: Iterable[str]) -> int:
    """The number to sort by: higher is worse, nought where there is no reason. KeyError for another code."""
    return sum(bit(reason) for reason in set(why))


def bit(reason: str) -> int:
    """The bit of a reason in the number to sort by."""
    return _BITS[reason]


def told_by(degree: int) -> tuple[str, ...]:
    """The reasons that a number to sort by is made of, worst first."""
    return tuple(reason for reason in REASONS if degree & bit(reason))


_BITS = {reason: 1 << place for place, reason in enumerate(reversed(REASONS))}


def has_needs(complaint: Complaint) -> bool:
    """Whether any need, or anything that we do about one, is recorded."""
    told = (events.Received, events.NeedsRecorded)
    heard = (event.was if isinstance(event, events.Aside) else event for event in complaint.told)
    return any(event.needs or event.adjustments for event in heard if isinstance(event, told))


def danger_unanswered_on(complaint: Complaint) -> date | None:
    """Since when a danger that was mentioned waits for somebody to confirm or dismiss it."""
    found: date | None = getattr(complaint, "danger_unanswered_on", None)
    return found


def _not_made_safe(complaint: Complaint) -> set[str | None]:
    """The kinds of hazard reported since everything was last made safe.

    Whatever the law asked at the time and of this home: the danger is the same.
    """
    found: set[str | None] = set()
    for event in complaint.events:
        if isinstance(event, events.HazardMadeSafe):
            found.clear()
        elif isinstance(event, events.HazardReported):
            found.add(event.kind)
        elif isinstance(event, events.Received):
            found.add(event.hazard)
        elif event.number in complaint.brought:
            found |= _not_made_safe(complaint.brought[event.number])
    return found
