"""Answer a service request. Dissatisfaction with the answer makes it a complaint received that day."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def answer_service_request(
    step: Step, answer: Words, satisfied: bool | None = None
) -> events.ServiceRequestAnswered:
    """Tell the resident what will be done (2022: 1.6; 2024: 1.5). Work on the request goes on either way."""
    step.keep("answer", answer)
    return events.ServiceRequestAnswered(**step.common, satisfied=satisfied)
