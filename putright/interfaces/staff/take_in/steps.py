"""The steps that take a complaint in, and doing those of them that are left, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from complaint_rules import next_steps
from complaint_rules.complaint import Complaint
from putright.casework import fields, verb
from putright.casework.act import Outcome
from putright.casework.together import Part, do_together
from putright.interfaces.staff.who import Staff
from putright.record.cases.models import Case
from putright.record.landlords.queries import terms

STEPS = ("log_complaint", "acknowledge", "assign")
"""From receipt until somebody handles it, in the order they are taken."""


def may_take_in(staff: Staff) -> bool:
    """Whether their role does all of it."""
    return all(staff.may(name) for name in STEPS)


def left(complaint: Complaint) -> list[str]:
    """The steps that are still to be taken; none once it is acknowledged, and none for a service request."""
    possible = next_steps.possible(complaint)
    if complaint.state not in ("received", "open") or complaint.stage == 2 or "acknowledge" not in possible:
        return []
    wanted = {"log_complaint": "logged" not in complaint.steps, "assign": complaint.handler is None}
    return [name for name in STEPS if name in possible and wanted.get(name, True)]


def part(name: str, given: Mapping[str, Any]) -> Part:
    """One of the steps with its fields, as plain data. FieldProblem where one cannot be used."""
    return Part(name, fields.clean(verb(name).function, given))


def take_in_together(
    staff: Staff,
    case: Case,
    parts: Sequence[Part],
    *,
    at: datetime,
    key: str,
    read_at: int | None = None,
) -> list[Outcome]:
    """Take these steps in one transaction. Raises `casework.together.NotTogether`; then none was taken."""
    procedure = terms(case.procedure)
    return do_together(
        case, parts, by=lambda name: staff.actor(name, procedure), at=at, key=key, read_at=read_at
    )
