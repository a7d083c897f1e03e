"""Check the response: somebody else reads the draft before it goes."""

from __future__ import annotations

from typing import Any

from complaint_rules import guidance
from complaint_rules.events import ResponseDrafted
from putright.interfaces.pages import words
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.case import possible, timeline
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile


def _draft(file: CaseFile, staff: Staff) -> dict[str, Any]:
    """The words of the newest draft of the open stage, for whoever may read them."""
    stage = file.complaint.stage_being_answered
    draft = guidance.latest_draft(file.complaint)
    if draft is None:
        return {"says": "Nothing is drafted yet."}
    if not possible.may_read_drafts(file, staff, stage):
        return {"says": timeline.hidden_draft(file, stage)}
    decided = {each.point: each.decision for each in draft.decisions}
    return {
        "points": [(point, decided.get(point.number, "")) for point in file.points()],
        "outcomes": _outcomes(file, draft),
        "left": _left(file, draft),
        "texts": file.words_of(draft.number),
        "by": file.name(draft.by.person),
        "on": draft.on,
    }


def _outcomes(file: CaseFile, draft: ResponseDrafted) -> list[tuple[str, str, str]]:
    """What is wanted, what the draft answers to it, and why."""
    answered = {each.outcome: each.answer for each in draft.outcomes}
    return [
        (
            wanted,
            words.OUTCOME_ANSWERS.get(answered.get(number, ""), ""),
            file.words(draft.number, f"answered.{number}"),
        )
        for number, wanted in enumerate(file.outcomes(), start=1)
    ]


def _left(file: CaseFile, draft: ResponseDrafted) -> list[tuple[str, str]]:
    """The remarks that were left as they are, each with why."""
    because = file.numbered(draft.number, "left_because")
    return list(zip(file.numbered(draft.number, "remark"), because, strict=False))


TASK = Task(
    done="The check is recorded.",
    clocks=("respond", "respond_stage_2"),
    panel="staff/actions/panels/draft.html",
    panel_context=_draft,
    asks={
        "passed": Ask(
            "Does it pass?",
            hint="A letter that fails cannot be sent until a later check passes.",
            yes="Yes, it can be sent",
            no="No, send it back",
            missing="Say whether it passes.",
        ),
        "remarks": Ask("Remarks", hint="What to put right. Short is fine.", rows=4),
    },
)
