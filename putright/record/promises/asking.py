"""The rows of what others were asked, written beside the entries of the case that put and answer the question."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from complaint_rules.complaint import Complaint
from complaint_rules.events import OthersAsked
from putright.record.cases.models import Case
from putright.record.promises.models import Asked

ADDRESS, NAME = "address", "name"
MAY_SHOW = (ADDRESS, NAME)
LONGEST_WHOM = 120


def put(case: Case, event: OthersAsked, whom: str, colleague: int | None, shows: Collection[str]) -> None:
    """Write the row of a question that was put just now."""
    person = event.by.person or ""
    assert event.answer_by is not None
    Asked.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        entry=event.number,
        of=event.of or "",
        whom=" ".join(whom.split())[:LONGEST_WHOM],
        user_id=colleague,
        asked_by_id=int(person) if person.isdigit() else None,
        asked_on=event.on,
        answer_by=event.answer_by,
        shows=[each for each in MAY_SHOW if each in shows],
    )


def settle(case: Case, complaint: Complaint | None, entry: int, day: date) -> None:
    """Mark a question as answered, and end its link. `entry` is numbered as in this case, merged ones below 0."""
    number, own = case.pk, entry
    for part in complaint.parts if complaint is not None and entry < 0 else ():
        if part.merged and 1 <= entry - part.shift <= part.upto:
            number, own = part.case, entry - part.shift
    Asked.objects.filter(landlord=case.landlord_id, case=number, entry=own).update(
        answered_on=day, digest="", ends_at=None
    )


def number_in(complaint: Complaint, asked: Asked, case: Case) -> int:
    """The entry of a question as the case reads it that its own case was merged into; its own number else."""
    if asked.case_id == case.pk:
        return asked.entry
    part = next((each for each in complaint.parts if each.merged and each.case == asked.case_id), None)
    return asked.entry + part.shift if part is not None else 0
