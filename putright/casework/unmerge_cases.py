"""Undo a merge: both cases stand as they were, clocks included."""

from __future__ import annotations

from functools import partial

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import CaseReference, Words
from putright.casework.two_cases import also


@verb
def unmerge_cases(step: Step, other: CaseReference, reason: Words) -> events.CasesUnmerged:
    """Take back a merge, in the case that went on.

    Refused once something rests on it: an answer to both, a promise of the merged one kept.
    """
    kept = step.keep("reason", reason)
    if step.beside is None:
        return events.CasesUnmerged(**step.common, reason=kept)
    also(step, step.beside, partial(events.CasesUnmerged, into=True, reason=kept))
    return events.CasesUnmerged(**step.common, other=step.beside.case.pk, reason=kept)
