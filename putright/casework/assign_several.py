"""Give several cases to one person: what would come of it, doing it case by case, and undoing it.

Each case is an action of its own, with an entry of its own: what stands in the way of one does not hold up
the others. Nothing but handlers is ever set for several cases at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complaint_rules import clocks, next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor, Assigned
from complaint_rules.findings import Obstacle
from putright.casework import verb
from putright.casework.act import Changed, NotDone, Outcome, Refused, Verb
from putright.record.cases.models import Case
from putright.record.cases.reading import complaints_of

MOST = 500
"""So many cases at once."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would come of giving a case to somebody. `already`: they have it. `refused`: the rules say no."""

    case: Case
    already: bool = False
    refused: tuple[Obstacle, ...] = ()
    warns: tuple[Obstacle, ...] = ()

    @property
    def will_be(self) -> bool:
        """Whether it would be given to them."""
        return not self.already and not self.refused


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one case: the number of the entry that was made, or what stood in the way."""

    case: Case
    entry: int | None = None
    refused: tuple[Obstacle, ...] = ()
    moved_on: bool = False
    says: str = ""


def foresee(
    landlord_id: int, cases: Sequence[Case], handler: str, seniority: str | None, by: Actor, at: datetime
) -> list[Foreseen]:
    """What would come of each of these. Nothing is written, and two statements are asked for all of them.

    Give cases with their landlord and their procedure.
    """
    complaints = complaints_of(landlord_id, cases)
    return [
        _foreseen(case, complaints[case.pk], handler, seniority, by, at)
        for case in cases
        if case.pk in complaints
    ]


def _foreseen(
    case: Case, complaint: Complaint, handler: str, seniority: str | None, by: Actor, at: datetime
) -> Foreseen:
    if complaint.handler == handler:
        return Foreseen(case, already=True)
    step = Assigned(
        number=case.entries + 1,
        at=at,
        on=at.astimezone(clocks.LONDON).date(),
        by=by,
        handler=handler,
        seniority=seniority,
    )
    judgement = next_steps.judge(complaint, step, complaint.procedure)
    return Foreseen(case, refused=tuple(judgement.refused), warns=tuple(judgement.warns))


def assign_each(
    cases: Iterable[tuple[Case, int]],
    handler: str,
    seniority: str | None,
    by: Actor,
    at: datetime,
    key: str,
) -> list[Done]:
    """Give each case to `handler`, unless it has moved on since its entry of this number was the newest.

    `key` makes each act once, however often the whole is asked for.
    """
    given = {"handler": handler} | ({"seniority": seniority} if seniority else {})
    return [_done(verb("assign"), case, read_at, by, at, key, **given) for case, read_at in cases]


def undo_each(
    cases: Iterable[tuple[Case, int]], reason: str, by: Actor, at: datetime, key: str
) -> list[Done]:
    """Strike out the entries that gave these cases to somebody, each unless its case has moved on since."""
    return [
        _done(verb("correct"), case, entry, by, at, key, entry=entry, strike=True, reason=reason)
        for case, entry in cases
    ]


def _done(act: Verb, case: Case, read_at: int, by: Actor, at: datetime, key: str, **given: Any) -> Done:
    try:
        outcome: Outcome = act(
            case, by=by, at=at, read_at=read_at, key=str(uuid.uuid5(uuid.UUID(key), case.reference)), **given
        )
    except Refused as refusal:
        return Done(case, refused=tuple(refusal.judgement.refused))
    except Changed:
        return Done(case, moved_on=True)
    except NotDone as problem:
        return Done(case, says=str(problem))
    return Done(case, outcome.entry.number)
