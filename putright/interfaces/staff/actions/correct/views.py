"""Correct an entry that was recorded wrongly: give it new values, or strike it out. The entry itself stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localtime

from complaint_rules.events import Event
from putright.casework import verb as action_named
from putright.casework.fields import Number
from putright.interfaces.pages.fields import DayField, TimeField
from putright.interfaces.pages.forms import ActionForm
from putright.interfaces.staff.actions.correct import answers
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.sending import Sent, back_to_case, send
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.actions.tasks import TASKS
from putright.interfaces.staff.case import timeline
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

TASK = Task(
    done="Corrected. What follows was read anew.",
    title="This was recorded wrongly",
    button="Correct the entry",
    intro="The entry stays in the record, with your reason beside it. What follows from it is worked out again.",
)
STRIKE, MEND = "strike", "mend"
CANNOT_BE_STRUCK = frozenset({"receive"})


class CorrectForm(ActionForm):
    """Which entry, what is wrong with it, and why."""

    entry = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    how = forms.ChoiceField(
        label="What is wrong?",
        choices=[(MEND, "Something in it is wrong: mend it"), (STRIKE, "It never happened: strike it out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to mend it or strike it out."},
    )
    on = DayField(label="The day it happened", called="The day")
    at_time = TimeField(label="The time")
    reason = forms.CharField(
        label="Why is it wrong?",
        help_text="Kept in the record.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason."},
    )

    def __init__(self, *args: Any, event: Event, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.now = event, localtime(now)
        happened = localtime(event.at)
        self.was = (happened.date(), time(happened.hour, happened.minute))
        for name, value in (("entry", event.number), ("on", self.was[0]), ("at_time", self.was[1])):
            self.fields[name].initial = value
        self.fields["on"].not_after(self.now.date(), "The day must be today or earlier.")  # type: ignore[attr-defined]
        if event.verb in CANNOT_BE_STRUCK:
            self.fields["how"].choices = [(MEND, "Something in it is wrong: mend it")]  # type: ignore[attr-defined]
            self.fields["how"].initial = MEND

    @property
    def moved_to(self) -> datetime | None:
        """The new moment of the entry, where it was changed."""
        day, moment = self.cleaned_data["on"], self.cleaned_data["at_time"]
        if (day, time(moment.hour, moment.minute)) == self.was:
            return None
        return datetime.combine(day, moment, self.now.tzinfo)


def correct(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """The page that mends one entry."""
    posted = request.POST if request.method == "POST" else None
    event = _event(file, (posted or request.GET).get("entry", ""))
    now = timezone.now()
    entry = next(each for each in file.entries if each.number == event.number)
    hidden = timeline.hidden_words(file, staff, entry)
    if hidden:
        # What somebody may not read they may not mend: its form would show it to them.
        return page(request, file, staff, "correct", TASK, None, Sent(), not_theirs=hidden)
    form = CorrectForm(posted, event=event, now=now, read_at=file.read_at)
    values = _values(posted, file, staff, event, now)
    sent = Sent()
    if posted is not None and all([form.is_valid(), values is None or values.is_valid()]):
        sent = _send(file, staff, form, values, now)
        if sent.outcome is not None:
            return back_to_case(request, file, sent.outcome, TASK.done)
    return page(
        request,
        file,
        staff,
        "correct",
        TASK,
        form,
        sent,
        template="staff/actions/correct/page.html",
        forms=[values] if values is not None else None,
        values=values,
        told=[each | {"mend_url": ""} for each in timeline.timeline(file, staff, [entry])],
        may_strike=event.verb not in CANNOT_BE_STRUCK,
    )


def _event(file: CaseFile, typed: str) -> Event:
    """The entry that is to be mended, as it now stands; 404 where there is none to mend."""
    event = file.by_number.get(int(typed)) if typed.isdecimal() and len(typed) < 10 else None
    if event is None:
        raise Http404("There is no such entry.")
    return event


def _values(
    posted: Mapping[str, Any] | None, file: CaseFile, staff: Staff, event: Event, now: datetime
) -> TaskForm | None:
    """The fields of the action that made the entry, as recorded; None for what has no plain fields."""
    task = answers.RECEIVED if event.verb == "receive" else TASKS.get(event.verb)
    if task is None or not task.asks:
        return None
    action = action_named(event.verb)
    plainly = {
        name: replace(ask, choices=None, default=None)
        if action.fields[name].kind in (Number, Number | None)
        else replace(ask, default=None)
        for name, ask in task.asks.items()
    }
    values = TaskForm(
        posted,
        prefix="new",
        action=action,
        task=Task(done="", asks=plainly),
        file=file,
        staff=staff,
        now=now,
        tells=False,
        initial=answers.recorded(file, event),
    )
    for name in (*values.WHEN, "shown_at", "read_at", "key"):
        del values.fields[name]
    for field in values.fields.values():
        field.required = False
    return values


def _send(file: CaseFile, staff: Staff, form: CorrectForm, values: TaskForm | None, now: datetime) -> Sent:
    given: dict[str, Any] = {"entry": form.event.number, "reason": form.cleaned_data["reason"]}
    if form.cleaned_data["how"] == STRIKE:
        given["strike"] = True
    else:
        given["fields"] = _changed(form, values)
    form.file = file  # type: ignore[attr-defined]
    by = staff.actor("correct", file.complaint.procedure)
    return send(action_named("correct"), file.case, form, given, by, now)


def _changed(form: CorrectForm, values: TaskForm | None) -> dict[str, Any]:
    """Only what differs from what was recorded."""
    found: dict[str, Any] = {}
    if values is not None:
        new = values.given()
        found = {name: new[name] for name in values.asked if name in new and _differs(values, name)}
    if form.moved_to is not None:
        found["at"] = form.moved_to
    return found


def _differs(values: TaskForm, name: str) -> bool:
    together = (name, f"{name}_time", f"{name}_none")
    return any(each in values.changed_data for each in together)
