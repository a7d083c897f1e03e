"""Mark as kept: a promise was carried out today."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words


@verb
def keep_promise(step: Step, promise: Number, proof: Words | None = None) -> events.PromiseKept:
    """End a promise on the day of this step, with what shows it (2022: 6.5; 2024: 7.3)."""
    step.keep("proof", proof)
    return events.PromiseKept(**step.common, promise=promise or 0)
