"""Record advice: legal advice that was taken on the case. It is privileged, always."""

from __future__ import annotations

from collections.abc import Sequence

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words
from putright.casework.receive import keep_files
from putright.record.correspondence.files import Kept
from putright.record.promises import asking


@verb
def record_advice(
    step: Step, advice: Words, adviser: Words, asked: int | None = None, *, files: Sequence[Kept] = ()
) -> events.AdviceRecorded:
    """Keep what a lawyer advised, and who it was. The entry is marked as privileged (`told.privileged`).

    Its words are for those who answer complaints, and never stand in anything that is sent. `asked` is the entry of
    the question that it answers, where one was put.
    """
    step.keep("advice", advice)
    step.keep("adviser", adviser)
    step.told["privileged"] = True
    keep_files(step, files)
    if asked:
        step.then.append(lambda: asking.settle(step.case, step.before, asked, step.common["on"]))
    return events.AdviceRecorded(**step.common, asked=asked or 0)
