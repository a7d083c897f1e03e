"""Send the survey: ask how the complaint was handled."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb


@verb
def send_survey(step: Step) -> events.SurveySent:
    """Note that the survey went out."""
    return events.SurveySent(**step.common)
