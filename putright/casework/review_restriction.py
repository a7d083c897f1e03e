"""Review a contact restriction: is it still needed?"""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def review_restriction(
    step: Step, outcome: Words, review_on: date | None = None
) -> events.RestrictionReviewed:
    """Keep the outcome of a review, and the day of the next (2024: 5.14)."""
    step.keep("outcome", outcome)
    return events.RestrictionReviewed(**step.common, review_on=review_on)
