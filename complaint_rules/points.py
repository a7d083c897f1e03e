"""Which entry holds the words of each point, in the numbering that decisions and letters use.

Points come with the receipt; those given when it is logged replace them; one added later joins at the end, and
so do those of a complaint merged into this one. The entry of such a point has a number below 0.
"""

from __future__ import annotations

from typing import NamedTuple

from complaint_rules.complaint import Complaint


class Source(NamedTuple):
    """Where the words of a point stand: the entry, and which of its points it is, from 1."""

    entry: int
    place: int


def sources(complaint: Complaint) -> list[Source]:
    """The points of a complaint in order: the first is point 1. As many as `complaint.points`."""
    return [Source(*place) for place in complaint.point_sources]
