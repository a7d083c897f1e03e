"""Award: money owed to the resident, and for what."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import AwardHead, Pence, Staff, Words


@verb
def award(
    step: Step, amount: Pence, for_: AwardHead, reason: Words | None = None, approved_by: Staff | None = None
) -> events.Awarded:
    """Award a sum. Above the landlord's limit somebody else must approve it."""
    step.keep("reason", reason)
    return events.Awarded(**step.common, amount=amount or 0, head=for_, approved_by=approved_by)
