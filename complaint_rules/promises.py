"""What a complaint owes: each promise under its number, with who is to keep it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from complaint_rules import events
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from complaint_rules.events import Undertaking

YES, NO = "yes", "no"
SPEAKS_FOR_THEIR_TEAM = "service_manager"


class Promised(NamedTuple):
    """A promise: its number, the running of its clock, and who owns it; an empty owner is nobody named.

    `agreed` is what whoever must keep it says of its day: YES, NO, or empty while they have not said.
    """

    number: int
    run: Run
    owner: str
    agreed: str = ""


def promised(complaint: Complaint) -> list[Promised]:
    """Every promise in the numbering of the rules, kept ones included, whatever the state of the case.

    Those of a complaint that was merged into another one are owed there.
    """
    if complaint.state == "merged":
        return []
    owners = (each.owner or "" for event in complaint.told for each in _undertaken(event) if each.by)
    said = _agreed(complaint)
    return [
        Promised(number, run, owner, said.get(number, ""))
        for number, (run, owner) in enumerate(zip(complaint.promises, owners, strict=True), start=1)
    ]


def _agreed(complaint: Complaint) -> dict[int, str]:
    """What was said last of each promise. A new day asks anew, unless the team itself gave it."""
    said: dict[int, str] = {}
    for event in complaint.told:
        if isinstance(event, events.PromiseAgreed):
            said[event.promise] = YES if event.can else NO
        elif isinstance(event, events.PromiseChanged):
            said[event.promise] = YES if event.by.role == SPEAKS_FOR_THEIR_TEAM else ""
    return said


def _undertaken(event: events.Event) -> Iterator[Undertaking]:
    if isinstance(event, events.Responded):
        yield from event.undertakings
    elif isinstance(event, events.PromiseMade):
        yield Undertaking(event.due, event.owner)
