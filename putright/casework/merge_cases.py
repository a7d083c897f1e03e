"""Merge: two open complaints of the same resident become one."""

from __future__ import annotations

from functools import partial

from complaint_rules import events
from putright.casework.act import Step, refuse_if_changed, verb
from putright.casework.beside import Beside
from putright.casework.fields import CaseReference, Words
from putright.casework.two_cases import also


@verb
def merge_cases(
    step: Step, other: CaseReference, reason: Words, *, other_read_at: int | None = None
) -> events.CasesMerged:
    """Deal with the other complaint in this one. The clock of whichever was received first runs.

    Its points, outcomes, promises, awards and hazards stand here, numbered after this one's own, and it ends
    as "merged". Only before either is answered, and only of one resident: whoever may read this case reads
    all of it. `other_read_at` is the newest entry of the other case that the person had read.
    """
    kept = step.keep("reason", reason)
    beside = step.beside
    if beside is None:
        return events.CasesMerged(**step.common, reason=kept)
    refuse_if_changed(beside.entries, other_read_at)
    also(step, beside, partial(events.CasesMerged, into=True, reason=kept))
    return events.CasesMerged(
        **step.common,
        other=beside.case.pk,
        same_resident=_same_resident(step, beside),
        upto=beside.head.count,
        edition=beside.complaint.edition.name,
        facts=beside.facts,
        reason=kept,
    )


def _same_resident(step: Step, beside: Beside) -> bool:
    resident = step.case.resident_id
    return resident is not None and resident == beside.case.resident_id
