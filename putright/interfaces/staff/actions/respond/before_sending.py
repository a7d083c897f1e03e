"""Before you send: what stops the response, what is worth a second look, and what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from complaint_rules import clocks
from complaint_rules.findings import Obstacle
from putright.casework import fields, preview
from putright.casework import verb as action_named
from putright.interfaces.pages.phrases import counted, long_day, pounds
from putright.interfaces.staff.actions.sending import in_words
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside the letter."""

    stops: list[str] = field(default_factory=list)
    look_again: list[str] = field(default_factory=list)
    to_leave: str = ""
    present: list[str] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)


def panel(file: CaseFile, staff: Staff, answer: Mapping[str, Any], at: datetime) -> Panel:
    """What the rules say of this answer if it were sent now. `answer` is plain data."""
    action = action_named("respond")
    cleaned = fields.clean(action.function, answer)
    by = staff.actor("respond", file.complaint.procedure)
    judged = preview.judged(action, file.case, file.complaint, by, at, cleaned)
    stops = [in_words(each) for each in judged.refused]
    if "decisions" in judged.needs and not stops:
        stops.append("No point is decided yet.")
    again = [each for each in judged.warns if not is_lateness(file, each)]
    return Panel(
        list(dict.fromkeys(stops)),
        [in_words(each) for each in judged.warns],
        ",".join(sorted({each.ref for each in again})),
        _present(answer),
        _commits(answer, at),
    )


def is_lateness(file: CaseFile, warning: Obstacle) -> bool:
    """Whether a warning only says that the day has passed: nothing in the letter can mend it."""
    run = clocks.response_run(file.complaint, file.complaint.stage_being_answered)
    return warning.ref in (*clocks.NAMES, "late", run.provision if run else "")


def _present(answer: Mapping[str, Any]) -> list[str]:
    decisions = answer.get("decisions", ())
    whole = [each for each in decisions if each.get("decision") and each.get("reasons")]
    found = []
    if whole:
        found.append(f"{counted(len(whole), 'point')} decided, with reasons")
    if answer.get("letter"):
        found.append("a letter of our own")
    return found


def _commits(answer: Mapping[str, Any], at: datetime) -> list[str]:
    """What sending promises: each remedy and action with its day, and the money."""
    today = at.date()
    todo = [*answer.get("remedies", ()), *answer.get("actions", ())]
    found = [
        f"{each['what']}, by {long_day(each['by'], today)}"
        if each.get("by")
        else f"{each['what']}: no day yet"
        for each in todo
    ]
    sums = [int(each["amount"] * 100) for each in answer.get("compensation", ())]
    if sums:
        found.append(f"{pounds(sum(sums))} in all")
    return found
