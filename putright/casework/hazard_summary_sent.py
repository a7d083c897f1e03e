"""The written summary of the hazard went to the resident."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb


@verb
def hazard_summary_sent(step: Step) -> events.HazardSummarySent:
    """Note that the summary was sent."""
    return events.HazardSummarySent(**step.common)
