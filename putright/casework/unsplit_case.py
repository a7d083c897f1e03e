"""Undo a split: the points come back."""

from __future__ import annotations

from functools import partial

from complaint_rules import belonging, events
from putright.casework.act import Step, verb
from putright.casework.fields import CaseReference, Words
from putright.casework.two_cases import also


@verb
def unsplit_case(step: Step, other: CaseReference, reason: Words) -> events.CaseUnsplit:
    """Take back a split, in the case that the points left. Refused once either has gone on."""
    kept = step.keep("reason", reason)
    beside = step.beside
    if beside is None:
        return events.CaseUnsplit(**step.common, reason=kept)
    since = belonging.happened_apart(beside.complaint)
    also(step, beside, partial(events.CaseUnsplit, apart=True, reason=kept))
    return events.CaseUnsplit(**step.common, other=beside.case.pk, since=since, reason=kept)
