"""Check the response: somebody else reads the letter before it goes."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def check_response(step: Step, passed: bool, remarks: Words | None = None) -> events.ResponseChecked:
    """Pass it, or send it back. A letter that failed cannot be sent until a later check passes."""
    step.keep("remarks", remarks)
    return events.ResponseChecked(**step.common, passed=passed)
