"""Review adjustments: are they still right?"""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def review_adjustments(
    step: Step, outcome: Words, review_on: date | None = None
) -> events.AdjustmentsReviewed:
    """Keep the outcome of a review, and the day of the next (2024: 5.10)."""
    step.keep("outcome", outcome)
    return events.AdjustmentsReviewed(**step.common, review_on=review_on)
