"""The Ombudsman asks for evidence, by a day of its own."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def ombudsman_requests_evidence(step: Step, due: date, items: list[Words]) -> events.EvidenceRequested:
    """Keep what is asked for and by when (2020: 5.a)."""
    step.keep_all("item", items)
    return events.EvidenceRequested(**step.common, due=due)
