"""The Ombudsman enquires about the case."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb


@verb
def ombudsman_enquires(step: Step) -> events.OmbudsmanEnquired:
    """From here the case is with the Ombudsman, until it is decided and its orders are complied with."""
    return events.OmbudsmanEnquired(**step.common)
