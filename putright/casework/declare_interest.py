"""Declare an interest: a member of staff who should not handle this case."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Staff, Words


@verb
def declare_interest(step: Step, staff: Staff, interest: Words) -> events.InterestDeclared:
    """From now on this person cannot be assigned, draft, check or send (2022: 3.2; 2024: 5.8)."""
    step.keep("interest", interest)
    return events.InterestDeclared(**step.common, staff=staff)
