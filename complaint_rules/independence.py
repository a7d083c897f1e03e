"""Who may see what was drafted: a stage 2 that looks afresh reads no draft of stage 1, and the reverse.

Who may be assigned, draft, check or send stands in `next_steps`.
"""

from __future__ import annotations

from complaint_rules import events
from complaint_rules.complaint import Complaint
from complaint_rules.events import Event, Person


def stage_of(complaint: Complaint, event: Event) -> int:
    """The stage that was being answered when this happened: 2 once stage 2 had been opened."""
    opened = [
        each for each in complaint.all(events.Escalated) if (each.on, each.number) < (event.on, event.number)
    ]
    return 2 if opened else 1


def may_see_draft(complaint: Complaint, person: Person | None, stage: int) -> bool:
    """Whether this person may read the drafts of a stage, and what a check said of them.

    Nobody who is named in the complaint or has declared an interest in it (2022: 3.2; 2024: 5.8), and
    at stage 2 nobody who considered stage 1 (2022: 5.12; 2024: 6.13). Once stage 1 is answered only those
    who considered it see its drafts, so that a reviewer begins with what the resident was sent.
    """
    if person is None or person in complaint.about_staff or person in complaint.interests:
        return False
    considered_stage_1 = person in complaint.considered[1]
    if stage == 2:
        return not considered_stage_1
    return considered_stage_1 or "responded" not in complaint.steps
