"""The hazard was made safe."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb


@verb
def hazard_made_safe(step: Step) -> events.HazardMadeSafe:
    """Note that the danger is gone."""
    return events.HazardMadeSafe(**step.common)
