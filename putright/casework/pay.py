"""Pay: an award was paid today."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words


@verb
def pay(step: Step, award: Number, reference: Words | None = None) -> events.Paid:
    """Note the payment of an award, counted in the order they were made."""
    step.keep("reference", reference)
    return events.Paid(**step.common, award=award or 0)
