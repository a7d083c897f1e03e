"""Send evidence to the Ombudsman."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def send_evidence(step: Step, items: list[Words]) -> events.EvidenceSent:
    """Note what was sent (2020: 5.a)."""
    step.keep_all("item", items)
    return events.EvidenceSent(**step.common)
