"""The hazard was investigated: the summary and the works fall due from here."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def hazard_investigated(step: Step, outcome: Words) -> events.HazardInvestigated:
    """Note the end of the investigation, and what it found."""
    step.keep("outcome", outcome)
    return events.HazardInvestigated(**step.common)
