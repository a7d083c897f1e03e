"""Ask to clarify: put a question to the resident about what they mean. No clock waits for the answer."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def ask_to_clarify(step: Step, question: Words) -> events.ClarificationAsked:
    """Ask the resident (2022: 4.2; 2024: 5.6)."""
    step.keep("question", question)
    return events.ClarificationAsked(**step.common)
