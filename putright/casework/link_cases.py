"""Link two cases: they belong together, and each goes on by itself."""

from __future__ import annotations

from functools import partial

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import CaseReference, HowLinked, Words
from putright.casework.two_cases import also


@verb
def link_cases(step: Step, other: CaseReference, how: HowLinked, reason: Words) -> events.CasesLinked:
    """Say that two cases belong together, how and why (2022: 5.4). Nothing else about either changes.

    They may be of two residents: neither can see the other's.
    """
    kept = step.keep("reason", reason)
    if step.beside is None:
        return events.CasesLinked(**step.common, how=how, reason=kept)
    also(step, step.beside, partial(events.CasesLinked, how=how, reason=kept))
    return events.CasesLinked(**step.common, other=step.beside.case.pk, how=how, reason=kept)
