"""Drafts of an answer: which one waits for somebody else to read it."""

from __future__ import annotations

from complaint_rules import events, independence
from complaint_rules.complaint import Complaint
from complaint_rules.procedure import Procedure


def asks_for_a_check(procedure: Procedure) -> bool:
    """Whether the procedure says that letters are checked before they go."""
    return any(statement.answer is True for statement in procedure.said("quality_check"))


def waiting(complaint: Complaint) -> events.ResponseDrafted | None:
    """The newest draft of the answer being written, not sent and not yet checked, where it needs a check.

    It needs one where the procedure asks for it, and after a check that failed: `next_steps` refuses to send
    such an answer until a later check passes.
    """
    stage = complaint.stage_being_answered
    if complaint.state != "open" or not (
        asks_for_a_check(complaint.procedure) or complaint.check_failed[stage]
    ):
        return None
    for event in reversed(complaint.told):
        if isinstance(event, events.ResponseChecked | events.Responded):
            return None
        if isinstance(event, events.ResponseDrafted):
            return event if independence.stage_of(complaint, event) == stage else None
    return None
