"""Dangers in the home."""

from __future__ import annotations

from complaint_rules import clocks
from putright.interfaces.staff.actions.task import Ask, Task

CLOCKS = ("hazard_investigate", "hazard_summary", "hazard_make_safe")

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
                hint="Any member of staff or contractor.",
                missing="Give the day we first knew.",
            ),
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
