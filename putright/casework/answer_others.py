"""Answer a question: what a colleague, a team or a contractor says to what they were asked."""

from __future__ import annotations

from collections.abc import Sequence

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words
from putright.casework.receive import keep_files
from putright.record.correspondence.files import Kept
from putright.record.promises import asking


@verb
def answer_others(
    step: Step, asked: int, answer: Words, *, answered_by: str = "", files: Sequence[Kept] = ()
) -> events.OthersAnswered:
    """Keep what they answered, once. `asked` is the entry of the question; `answered_by` who wrote, in words."""
    step.keep("answer", answer)
    step.keep("answered_by", answered_by)
    keep_files(step, files)
    step.then.append(lambda: asking.settle(step.case, step.before, asked or 0, step.common["on"]))
    return events.OthersAnswered(**step.common, asked=asked or 0)
