"""Reopen: take up again a case that was closed, refused or withdrawn."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def reopen(step: Step, reason: Words) -> events.Reopened:
    """Take it up again. A refused or withdrawn one starts its Code clocks afresh today, under the same edition."""
    return events.Reopened(**step.common, reason=step.keep("reason", reason))
