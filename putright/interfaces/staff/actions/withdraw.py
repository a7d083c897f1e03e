"""Withdraw: who wished it, how and when. Silence is never a withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms

from putright.interfaces.pages import words
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.task import Ask, Task


def _who_and_how(form: TaskForm) -> None:
    case = form.file.case
    people = [("resident", f"{case.resident or 'The resident'} (resident)")]
    if case.representative is not None or form.file.complaint.representative:
        people.append(("representative", f"{case.representative or 'Their'} (representative)"))
    form.fields["who"] = forms.ChoiceField(
        label="Who wished it?",
        choices=people,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who wished to stop."},
    )
    channels = {"visit": "Visit", **words.CHANNELS}
    form.fields["how"] = forms.ChoiceField(
        label="How did they tell us?",
        choices=[("", "Choose one"), *channels.items()],
        error_messages={"required": "Choose how they told us."},
    )
    form.fields["reason"] = form.fields.pop("reason")


def _as_reason(form: TaskForm, given: dict[str, Any]) -> dict[str, Any]:
    """Who, how and when, then their words: kept together as the reason."""
    who = dict(form.fields["who"].choices)[form.cleaned_data["who"]]  # type: ignore[attr-defined]
    how = words.CHANNELS[form.cleaned_data["how"]].lower()
    when = f"{long_day(form.at)} at {clock_time(form.at)}"
    return given | {"reason": f"Asked for by {who}, {how}, {when}: {given['reason']}"}


TASK = Task(
    done="Withdrawn. Write to the resident to confirm it, and say how to take it up again.",
    intro="Only when they ask to stop. Silence is never a withdrawal. Promises already made stay owed.",
    warning="This stops the Code's clocks. It can be taken up again at any time.",
    button="Withdraw the complaint",
    extra=_who_and_how,
    given=_as_reason,
    asks={"reason": Ask("What did they say?", hint="Their words.", rows=3, missing="Enter what they said.")},
)
