"""Report a hazard: a danger in the home, and when anyone at the landlord first knew."""

from __future__ import annotations

from datetime import datetime

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import HazardKind


@verb
def report_hazard(step: Step, kind: HazardKind, aware_at: datetime | None = None) -> events.HazardReported:
    """Start the hazard clocks, for awareness from 27 October 2025. They never move a complaint clock.

    Where a danger was mentioned before, `aware_at` is that moment unless another is given: awareness counts
    from the first contact, not from the confirmation.
    """
    heard = step.before.danger_first_heard_at if step.before is not None else None
    return events.HazardReported(**step.common, kind=kind, aware_at=aware_at or heard)
