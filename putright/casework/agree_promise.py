"""Say if we can: whoever must keep a promise says whether it can be kept by its day."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words


@verb
def agree_promise(
    step: Step, promise: Number, can: bool, reason: Words | None = None
) -> events.PromiseAgreed:
    """Say yes or no to a promise and its day. A no needs a reason, and ends no promise (2022: 6.5; 2024: 7.3)."""
    return events.PromiseAgreed(
        **step.common, promise=promise or 0, can=can, reason=step.keep("reason", reason)
    )
