"""Record advice: legal advice that was taken on the case. It is privileged, always."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def record_advice(step: Step, advice: Words, adviser: Words) -> events.AdviceRecorded:
    """Keep what a lawyer advised, and who it was. The entry is marked as privileged (`told.privileged`).

    Its words are for those who answer complaints, and never stand in anything that is sent.
    """
    step.keep("advice", advice)
    step.keep("adviser", adviser)
    step.told["privileged"] = True
    return events.AdviceRecorded(**step.common)
