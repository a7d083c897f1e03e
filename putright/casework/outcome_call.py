"""Outcome call: ring the resident about the outcome before the written answer."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb


@verb
def outcome_call(step: Step, reached: bool) -> events.OutcomeCalled:
    """Note that the call was made, and whether the resident was reached."""
    return events.OutcomeCalled(**step.common, reached=reached)
