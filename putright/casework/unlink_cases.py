"""Unlink two cases: they do not belong together after all."""

from __future__ import annotations

from functools import partial

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import CaseReference, Words
from putright.casework.two_cases import also


@verb
def unlink_cases(step: Step, other: CaseReference, reason: Words) -> events.CasesUnlinked:
    """Take back that two cases belong together, and say why."""
    kept = step.keep("reason", reason)
    if step.beside is None:
        return events.CasesUnlinked(**step.common, reason=kept)
    also(step, step.beside, partial(events.CasesUnlinked, reason=kept))
    return events.CasesUnlinked(**step.common, other=step.beside.case.pk, reason=kept)
