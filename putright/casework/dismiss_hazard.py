"""Dismiss a hazard: somebody looked at a danger that was mentioned, and it is none."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def dismiss_hazard(step: Step, reason: Words) -> events.HazardDismissed:
    """Answer the danger that waits, with the reason why it is no hazard. A report may still follow."""
    return events.HazardDismissed(**step.common, reason=step.keep("reason", reason))
