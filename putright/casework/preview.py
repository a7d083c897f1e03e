"""What an action would come to before it is done: what the rules say of it, and the letter it would send.

Nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complaint_rules import next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.next_steps import Judgement
from putright.casework import telling, writing
from putright.casework.act import (
    CannotWrite,
    NeedsMore,
    Refused,
    Step,
    Verb,
    entry_of,
    stop_what_is_not_safe,
)
from putright.casework.telling import Leaving
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.cases.reading import CaseFile
from putright.record.journal import records as journal
from putright.record.journal.models import Head
from putright.record.letters.compose import Missing


def judged(
    action: Verb, case: Case, complaint: Complaint, by: Actor, at: datetime, given: Mapping[str, Any]
) -> Judgement:
    """What refuses this action, what it needs and what it warns of. `given` holds its fields, cleaned."""
    number = max(event.number for event in complaint.events) + 1
    step = Step(case.landlord, case, complaint, by, at, number)
    event = action.event(step, given)
    return next_steps.judge(complaint, event, complaint.procedure, action.missing(given))


@dataclass(frozen=True, slots=True)
class Seen:
    """The letter that an action would send. None: `leaving` tells why it sends none that we make."""

    letter: writing.Shown | None
    leaving: Leaving | None


def letter(action: Verb, file: CaseFile, by: Actor, at: datetime, given: Mapping[str, Any]) -> Seen:
    """The very letter that this action would send now. `given` holds its fields, cleaned.

    Raises what doing it would raise where a rule or a way stands in the way, where more is needed, or where the
    letter cannot be filled; but nothing of the attempt is written down.
    """
    case, before = file.case, file.complaint
    step = Step(case.landlord, case, before, by, at, file.read_at + 1)
    event = action.event(step, given)
    judgement = next_steps.judge(before, event, before.procedure, action.missing(given))
    leaving = telling.ask(action.name, case, before, given, at)
    stop_what_is_not_safe(action.name, judgement, leaving)
    if judgement.refused:
        raise Refused(judgement)
    if judgement.needs:
        raise NeedsMore(judgement)
    if leaving is None or not writing.writes(action.name, leaving):
        return Seen(None, leaving)
    head = Head(landlord=case.landlord_id, case=case.pk, count=file.read_at)
    entry, _ = journal.link(head, entry_of(step, event))
    complaint = index.read_case(case, [*file.entries, entry])
    assert complaint is not None
    try:
        return Seen(writing.shown(file, complaint, entry, step.texts, leaving), leaving)
    except Missing as missing:
        raise CannotWrite(missing.names) from missing
