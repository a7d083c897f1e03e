"""Promise: say that something will be done, and by when."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def promise(step: Step, what: Words, due: date, owner: Words | None = None) -> events.PromiseMade:
    """Make a promise, owed until it is kept (2022: 6.5; 2024: 7.3)."""
    step.keep("what", what)
    step.keep("owner", owner)
    return events.PromiseMade(**step.common, due=due, owner=owner)
