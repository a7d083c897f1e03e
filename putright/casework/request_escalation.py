"""Record a request for stage 2. No reason is needed."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Channel, Words


@verb
def request_escalation(
    step: Step,
    channel: Channel | None = None,
    reasons: Words | None = None,
    outcomes: list[Words] | None = None,
) -> events.EscalationRequested:
    """Take the request (2022: 5.9 to 5.11; 2024: 6.10 to 6.12). Starts the stage 2 clocks."""
    return events.EscalationRequested(
        **step.common,
        channel=channel,
        reasons=step.keep("reasons", reasons),
        outcomes=step.keep_all("outcome", outcomes),
    )
