"""Restrict contact: how somebody may reach the landlord, why, and until when."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def restrict_contact(
    step: Step, reasons: Words, review_on: date, equality_considered: bool
) -> events.ContactRestricted:
    """Restrict contact, the Equality Act considered (2022: 4.19; 2024: 5.14, 5.15)."""
    return events.ContactRestricted(
        **step.common,
        reasons=step.keep("reasons", reasons),
        review_on=review_on,
        equality_considered=equality_considered,
    )
