"""Dangers in the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from complaint_rules import clocks
from putright.interfaces.staff.actions.task import Ask, Task

if TYPE_CHECKING:
    from putright.interfaces.staff.actions.forms import TaskForm

CLOCKS = ("hazard_investigate", "hazard_summary", "hazard_make_safe")


def _first_heard(form: TaskForm) -> None:
    """Where a danger was mentioned before, that moment stands in the boxes."""
    heard = form.file.complaint.danger_first_heard_at
    if heard is not None:
        form.fields["aware_at"].initial = localtime(heard).date()
        form.fields["aware_at_time"].initial = localtime(heard).time().replace(second=0, microsecond=0)


TASKS: dict[str, Task] = {
    "report_hazard": Task(
        done="The hazard is recorded.",
        moves=("hazard_investigate", "hazard_make_safe"),
        intro="A hazard has days of its own. They never move the complaint's.",
        asks={
            "kind": Ask(
                "How dangerous is it?",
                missing="Choose how dangerous it is.",
                hints={
                    "emergency": f"Somebody may come to harm very soon: make safe in {clocks.EMERGENCY_HOURS} hours.",
                    "significant": f"A real risk: investigate in {clocks.HAZARD_INVESTIGATE_DAYS} working days.",
                },
            ),
            "aware_at": Ask(
                "When did anyone here first know?",
                hint="Any member of staff or contractor. The first word of it counts, not the day it is confirmed.",
                missing="Give the day we first knew.",
            ),
        },
        needed_if={"aware_at": lambda file: True},
        extra=_first_heard,
    ),
    "dismiss_hazard": Task(
        done="Recorded as no hazard.",
        clocks=("danger",),
        intro="Only when somebody has looked or asked. If it turns out to be one, report it: it still counts"
        " from the first word of it.",
        asks={
            "reason": Ask(
                "Why is it no hazard?",
                hint="Who looked, and what they saw.",
                missing="Enter why it is no hazard.",
            )
        },
    ),
    "hazard_investigated": Task(
        done="The investigation is recorded.",
        clocks=CLOCKS,
        moves=("hazard_summary", "hazard_make_safe"),
        asks={"outcome": Ask("What was found?", missing="Enter what was found.")},
    ),
    "hazard_summary_sent": Task(done="Sending the summary is recorded.", clocks=CLOCKS),
    "hazard_made_safe": Task(done="Recorded as made safe.", clocks=CLOCKS),
}
