"""Ask somebody: put a point or a promise to a colleague, a team, a contractor or a lawyer, by a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from complaint_rules import events
from complaint_rules.asking import LAWYER
from putright.casework.act import Step, verb
from putright.casework.fields import AskedKind, Number, Words
from putright.record.promises import asking


@verb
def ask_others(
    step: Step,
    of: AskedKind,
    whom: Words,
    question: Words,
    answer_by: date,
    point: Number | None = None,
    promise: Number | None = None,
    job: Words | None = None,
    access: Words | None = None,
    *,
    colleague: int | None = None,
    shows: Collection[str] = (),
) -> events.OthersAsked:
    """Put a question to somebody who must answer it before the resident can be answered.

    `whom` is what they are called; `colleague` the number of a user. `job` and `access` are told to somebody
    outside beside the question; `shows` names what else of the case they see: "address", "name". A question to a
    lawyer is privileged, and so is its answer.
    """
    for name, words in (("whom", whom), ("question", question), ("job", job), ("access", access)):
        step.keep(name, words)
    if of == LAWYER:
        step.told["privileged"] = True
    event = events.OthersAsked(
        **step.common, of=of, point=point or 0, promise=promise or 0, answer_by=answer_by
    )
    step.then.append(lambda: asking.put(step.case, event, whom, colleague, shows))
    return event
