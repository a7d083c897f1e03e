"""What a complaint owes: each promise under its number, with who is to keep it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from complaint_rules import events
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from complaint_rules.events import Undertaking


class Promised(NamedTuple):
    """A promise: its number, the running of its clock, and who owns it; an empty owner is nobody named."""

    number: int
    run: Run
    owner: str


def promised(complaint: Complaint) -> list[Promised]:
    """Every promise in the numbering of the rules, kept ones included, whatever the state of the case.

    Those of a complaint that was merged into another one are owed there.
    """
    if complaint.state == "merged":
        return []
    owners = (each.owner or "" for event in complaint.told for each in _undertaken(event) if each.by)
    return [
        Promised(number, run, owner)
        for number, (run, owner) in enumerate(zip(complaint.promises, owners, strict=True), start=1)
    ]


def _undertaken(event: events.Event) -> Iterator[Undertaking]:
    if isinstance(event, events.Responded):
        yield from event.undertakings
    elif isinstance(event, events.PromiseMade):
        yield Undertaking(event.due, event.owner)
