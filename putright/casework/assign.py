"""Assign: who handles this stage."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Seniority, Staff, StageNumber


@verb
def assign(
    step: Step, handler: Staff, seniority: Seniority | None = None, stage: StageNumber | None = None
) -> events.Assigned:
    """Give it to someone who is free to take it (2022: 3.2, 5.12; 2024: 5.8, 6.13). Without `stage`: the open one."""
    return events.Assigned(**step.common, handler=handler, seniority=seniority, stage=stage)
