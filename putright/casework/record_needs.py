"""Record needs: what makes this easier for the resident, and what we do about it."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def record_needs(
    step: Step, needs: list[Words], adjustments: list[Words], review_on: date | None = None
) -> events.NeedsRecorded:
    """Keep needs and reasonable adjustments, with a day to review them (2024: 5.10)."""
    return events.NeedsRecorded(
        **step.common,
        needs=step.keep_all("need", needs),
        adjustments=step.keep_all("adjustment", adjustments),
        review_on=review_on,
    )
