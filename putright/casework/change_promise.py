"""Change the day of a promise, with a reason. A day already missed stays missed."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Number, Words


@verb
def change_promise(step: Step, promise: Number, due: date, reason: Words) -> events.PromiseChanged:
    """Give a promise a new day (2022: 6.5; 2024: 7.3)."""
    return events.PromiseChanged(
        **step.common, promise=promise or 0, due=due, reason=step.keep("reason", reason)
    )
