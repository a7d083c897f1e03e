"""Report a hazard: a danger in the home, and when anyone at the landlord first knew."""

from __future__ import annotations

from datetime import datetime

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import HazardKind


@verb
def report_hazard(step: Step, kind: HazardKind, aware_at: datetime) -> events.HazardReported:
    """Start the hazard clocks, for awareness from 27 October 2025. They never move a complaint clock."""
    return events.HazardReported(**step.common, kind=kind, aware_at=aware_at)
