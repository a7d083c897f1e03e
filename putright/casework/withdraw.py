"""Withdraw: the resident wishes to stop the complaint."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def withdraw(step: Step, reason: Words) -> events.Withdrawn:
    """Stop the complaint because the resident asks. Silence is never a withdrawal."""
    return events.Withdrawn(**step.common, reason=step.keep("reason", reason))
