"""Log: count it as a complaint. Under 2022 this starts the clock of the answer."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Label, Words


@verb
def log_complaint(
    step: Step, category: Label | None = None, points: list[Words] | None = None
) -> events.Logged:
    """Log the complaint (2022: 4.1, 5.1). Points given here replace those noted at receipt."""
    return events.Logged(**step.common, category=category, points=step.keep_all("point", points) or None)
