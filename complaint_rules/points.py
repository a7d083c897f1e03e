"""Which entry holds the words of each point, in the numbering that decisions and letters use.

Points come with the receipt; those given when it is logged replace them; one added later joins at the end.
"""

from __future__ import annotations

from typing import NamedTuple

from complaint_rules import events
from complaint_rules.complaint import Complaint


class Source(NamedTuple):
    """Where the words of a point stand: the entry, and which of its points it is, from 1."""

    entry: int
    place: int


def sources(complaint: Complaint) -> list[Source]:
    """The points of a complaint in order: the first is point 1. As many as `complaint.points`."""
    found: list[Source] = []
    answered = False
    for event in complaint.events:
        if isinstance(event, events.Received) or (isinstance(event, events.Logged) and event.points):
            found = _of(event, event.points or 0)
        elif isinstance(event, events.PointAdded) and _joined(event, answered):
            found.append(Source(event.number, 1))
        answered = answered or isinstance(event, events.Responded)
    return found


def _of(event: events.Event, how_many: int) -> list[Source]:
    return [Source(event.number, place) for place in range(1, how_many + 1)]


def _joined(event: events.PointAdded, answered: bool) -> bool:
    """As `complaint.joins` said of it when it was read: related, no delay, not yet answered."""
    return event.related is True and event.would_delay is not True and not answered
