"""Comment: what somebody says of the findings, or of the definition."""

from __future__ import annotations

from typing import Literal

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def comment(step: Step, on: Literal["findings", "definition"], text: Words) -> events.Commented:
    """Keep the comment. One on the findings ends the time for comments."""
    step.keep("text", text)
    return events.Commented(**step.common, subject=on)
