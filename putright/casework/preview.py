"""What the rules would say of an action before it is done. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from complaint_rules import next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.next_steps import Judgement
from putright.casework.act import Step, Verb
from putright.record.cases.models import Case


def judged(
    action: Verb, case: Case, complaint: Complaint, by: Actor, at: datetime, given: Mapping[str, Any]
) -> Judgement:
    """What refuses this action, what it needs and what it warns of. `given` holds its fields, cleaned."""
    number = max(event.number for event in complaint.events) + 1
    step = Step(case.landlord, case, complaint, by, at, number)
    event = action.event(step, given)
    return next_steps.judge(complaint, event, complaint.procedure, action.missing(given))
