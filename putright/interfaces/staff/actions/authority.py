"""Record authority: whether the resident lets somebody act for them."""

from __future__ import annotations

from typing import Any

from django import forms

from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.task import Ask, Task
from putright.record.accounts.queries import UNKNOWN

NAME_THEM = "Enter the name of who acts for them."


def _name_where_nobody_is_known(form: TaskForm) -> None:
    if choices.representatives(form.file, form.staff):
        return
    asked = form.fields["representative"]
    named = forms.CharField(label=asked.label, max_length=30, error_messages={"required": NAME_THEM})
    form.fields = {n: named if n == "representative" else field for n, field in form.fields.items()}


def _as_named(form: TaskForm, given: dict[str, Any]) -> dict[str, Any]:
    """Somebody whom the case does not know yet goes by their name."""
    known = dict(choices.representatives(form.file, form.staff))
    who = given["representative"]
    return given if who in known else given | {"representative": f"{UNKNOWN}{' '.join(who.split())}"}


TASK = Task(
    done="The authority is recorded.",
    extra=_name_where_nobody_is_known,
    given=_as_named,
    asks={
        "representative": Ask(
            "Who acts for the resident?", choices=choices.representatives, missing="Choose who acts for them."
        ),
        "given": Ask(
            "Does the resident let them act?",
            hint="Without it nothing about the resident goes to them. What they ask counts all the same.",
            missing="Say whether the resident lets them act.",
        ),
    },
)
