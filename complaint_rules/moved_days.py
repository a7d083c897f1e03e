"""Which days move when the calendar changes, and who had been told the old one.

A bank holiday announced late moves the Code's clocks and the landlord's own targets; a day on which the
landlord is closed moves its own targets alone. The same complaint is read under both calendars and what
runs is compared: nothing here counts a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from complaint_rules import clocks
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint

TOLD = frozenset({"acknowledge", "respond", "acknowledge_escalation", "respond_stage_2"})
"""Clocks whose last day the resident hears when the step that starts them is taken.

An interval between updates is agreed as a length, and a hazard's clock runs whether or not anybody is told.
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that moves: the clock, whether it is the landlord's own target, and both days.

    `told` says that the resident had been told the old day, so that a letter with the new one is owed.
    """

    clock: str
    own: bool
    old: date
    new: date
    told: bool


def moved(before: Complaint, after: Complaint) -> list[Moved]:
    """What runs in both readings of one complaint and falls due on another day in the second, soonest first."""
    then = _running(before)
    found = [
        Moved(run.name, run.own, then[key].due_on, run.due_on, _told(then[key]))
        for key, run in _running(after).items()
        if key in then and then[key].due_on != run.due_on
    ]
    return sorted(found, key=lambda each: (each.new, each.clock, each.own))


def _running(complaint: Complaint) -> dict[tuple[str, bool, int | None], Run]:
    runs = clocks.due_runs(complaint) + clocks.own_runs(complaint)
    return {(run.name, run.own, run.start_entry): run for run in runs}


def _told(run: Run) -> bool:
    """Where the step was never taken nobody has been told; a target is told to nobody."""
    return not run.own and not run.assumed and run.name in TOLD
