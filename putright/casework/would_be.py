"""What an action on two cases would do, before it is done. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complaint_rules import next_steps
from complaint_rules.complaint import Complaint, read
from complaint_rules.events import Actor
from complaint_rules.next_steps import Judgement
from putright.casework import beside
from putright.casework.act import Step, Verb
from putright.casework.beside import Beside
from putright.record.cases.models import Case
from putright.record.landlords.queries import calendar, closed_days


@dataclass(frozen=True)
class WouldBe:
    """The other case, what the rules say of the action, and this complaint as it would then read."""

    other: Beside | None
    judgement: Judgement
    after: Complaint | None


def would_be(
    action: Verb, case: Case, complaint: Complaint, by: Actor, at: datetime, given: Mapping[str, Any]
) -> WouldBe:
    """Look at an action on this case and the one that `given` names."""
    number = max(event.number for event in complaint.events) + 1
    step = Step(case.landlord, case, complaint, by, at, number)
    step.beside = beside.look(case, given)
    event = action.event(step, given)
    judgement = next_steps.judge(complaint, event, complaint.procedure, action.missing(given))
    after = None
    if not judgement.refused and step.beside is not None:
        landlord = case.landlord
        after = read(
            [*complaint.events, event], complaint.procedure, calendar(landlord), closed_days(landlord)
        )
    return WouldBe(step.beside, judgement, after)
