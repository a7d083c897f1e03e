"""Assign: who handles the open stage. Who cannot is shown, with why."""

from __future__ import annotations

from typing import Any

from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.task import Ask, Task


def _with_seniority(form: TaskForm, given: dict[str, Any]) -> dict[str, Any]:
    """How senior they are is known: it is not asked again."""
    known = choices.seniority_of(form.staff, given.get("handler", ""))
    return given | {"seniority": known} if known else given


TASK = Task(
    done="Assigned.",
    clocks=("respond", "respond_stage_2"),
    given=_with_seniority,
    asks={
        "handler": Ask(
            "Who will handle it?",
            choices=choices.handlers,
            unavailable=choices.not_free,
            missing="Choose who will handle it.",
        )
    },
)
