"""Treat as a service request: a first request to put something right, if the resident agrees."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def treat_as_service_request(
    step: Step, reason: Words, target: date | None = None, resident_agrees: bool | None = None
) -> events.TreatedAsServiceRequest:
    """Record it, and stop the Code's clocks. Refused where the resident wants a complaint (2022: 4.1; 2024: 1.3)."""
    return events.TreatedAsServiceRequest(
        **step.common, reason=step.keep("reason", reason), target=target, resident_agrees=resident_agrees
    )
