"""Extend: until when, why, and how far it may go without a good reason."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from complaint_rules import clocks
from putright.interfaces.pages.due_days import limit_ref
from putright.interfaces.pages.phrases import working_days
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile


def _stage(file: CaseFile) -> int:
    return file.complaint.stage_being_answered


def _agreement_counts(file: CaseFile) -> bool:
    """Whether the edition asks if the resident agreed to go past the limit."""
    return bool(file.complaint.edition.ref(f"stage_{_stage(file)}_extension_agreed"))


def _details_always_go(file: CaseFile) -> bool:
    """Whether the edition wants the Ombudsman's details with every extension (2024: 6.5, 6.16)."""
    wanted = file.complaint.edition.ref(f"stage_{_stage(file)}_extension_details")
    return bool(wanted) and not _agreement_counts(file)


def _panel(file: CaseFile, staff: Staff) -> dict[str, Any]:
    """The day it is due, and the last day without a good reason."""
    complaint, today = file.complaint, timezone.localdate()
    run = clocks.response_run(complaint, _stage(file))
    if run is None:
        return {}
    rule = complaint.edition.clocks[run.name]
    first_due = run.first_due or run.due_on
    limit = clocks.limit_of(complaint, rule, first_due)
    return {
        "due_on": run.due_on,
        "first_due": first_due,
        "limit": limit,
        "most": working_days(rule.extension_most) if rule.extension_most else "",
        "ref": limit_ref(complaint, _stage(file)),
        "late": run.is_late(timezone.now(), today),
        "told_ref": rule.extension_told or "",
        "extensions": complaint.extensions[_stage(file)],
    }


TASK = Task(
    done="Extended.",
    clocks=("respond", "respond_stage_2"),
    moves=("respond", "respond_stage_2"),
    panel="staff/actions/panels/extend.html",
    panel_context=_panel,
    needed_if={"ombudsman_details_given": _details_always_go},
    only_if={"agreed": _agreement_counts},
    asks={
        "until": Ask("Until which day?", missing="Give the day you will answer by."),
        "reason": Ask(
            "Why does the answer need longer?",
            hint="The resident reads this.",
            missing="Give the reason for the extension.",
        ),
        "ombudsman_details_given": Ask(
            "Does the letter give the Housing Ombudsman's details?",
            missing="Say whether the letter gives the Housing Ombudsman's details.",
        ),
        "agreed": Ask("Did the resident agree?"),
        "good_reason_beyond_limit": Ask(
            "Why must it go past the limit?",
            hint="Only for a day past the limit: what makes this case different.",
            rows=3,
        ),
    },
)
