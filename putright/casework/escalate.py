"""Escalate: accept the request, and open stage 2."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def escalate(step: Step, definition: Words | None = None) -> events.Escalated:
    """Open stage 2 (2022: 5.9, 5.10, 5.13; 2024: 6.10). Under 2024 it must still be acknowledged."""
    return events.Escalated(**step.common, definition=step.keep("definition", definition))
