"""Record a contact: a call, a visit, a message, in or out. It moves nothing."""

from __future__ import annotations

from typing import Literal

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Method, Words


@verb
def record_contact(
    step: Step, direction: Literal["in", "out"], channel: Method, with_: Words, summary: Words
) -> events.ContactRecorded:
    """Note who was spoken to and what was said."""
    step.keep("with", with_)
    step.keep("summary", summary)
    return events.ContactRecorded(**step.common, direction=direction, channel=channel)
