"""Sending an action from a page: what came of it, in plain words, on the form or on the case page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime

from complaint_rules import clocks
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.findings import Obstacle
from putright.casework import fields
from putright.casework.act import (
    CannotWrite,
    Changed,
    Impossible,
    NeedsMore,
    NotDone,
    Outcome,
    Refused,
    Stopped,
    Verb,
)
from putright.interfaces.pages.phrases import clock_time, how_far, long_day, short_day
from putright.interfaces.pages.words import clock_word
from putright.interfaces.staff.actions.choices import in_code
from putright.interfaces.staff.actions.needs import needed
from putright.interfaces.staff.case import timeline
from putright.record.cases.models import Case
from putright.record.cases.reading import CaseFile, names_for
from putright.record.journal.models import Entry
from putright.record.letters.compose import label_of


@dataclass
class Sent:
    """What came of sending an action: one of these, or nothing where a field could not be used."""

    outcome: Outcome | None = None
    refused: list[Obstacle] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    stopped: Stopped | None = None

    @property
    def status(self) -> int:
        """The HTTP status of the page that says so."""
        if self.changed:
            return 409
        return 403 if any(each.ref == "role" for each in self.refused) else 200


def send(
    action: Verb,
    case: Case,
    form: Any,
    given: dict[str, Any],
    by: Actor,
    at: datetime,
) -> Sent:
    """Call the action, once. What it needs and cannot use becomes errors of the form's fields."""
    try:
        cleaned = fields.clean(action.function, given)
        key = form.cleaned_data.get("key")
        outcome = action(
            case,
            by=by,
            at=at,
            read_at=form.cleaned_data.get("read_at"),
            key=str(key) if key else None,
            **cleaned,
        )
    except (fields.FieldProblem, NotDone) as problem:
        return what_stood_in_the_way(form, action.name, problem)
    return Sent(outcome)


def what_stood_in_the_way(form: Any, verb: str, problem: fields.FieldProblem | NotDone) -> Sent:
    """Say on the form of an action why it was not done; what has no field of the form is for its page."""
    if isinstance(problem, fields.FieldProblem):
        _say(form, str(problem.path[0]), _sentence(problem.says))
    elif isinstance(problem, Impossible):
        form.add_error(None, str(problem))
    elif isinstance(problem, CannotWrite):
        _say_what_the_letter_lacks(form, problem)
    elif isinstance(problem, Refused):
        stopped = problem if isinstance(problem, Stopped) else None
        return Sent(refused=problem.judgement.refused, stopped=stopped)
    elif isinstance(problem, NeedsMore):
        for name in problem.judgement.needs:
            _say(form, name, needed(form.file.complaint, verb, name, form))
        return Sent(needs=problem.judgement.needs)
    elif isinstance(problem, Changed):
        form.read_again_at(max(entry.number for entry in problem.entries))
        return Sent(changed=problem.entries)
    else:
        raise problem
    return Sent()


_FILLED_BY: dict[str, tuple[str, ...]] = {
    "answer_by": ("until",),
    "new_day": ("until",),
    "next_update": ("next_update",),
    "definition": ("definition",),
    "reason": ("reason", "reasons"),
    "opening": ("summary", "letter"),
    "routes": ("nowhere_else",),
    "outcomes": ("outcomes",),
    "not_ours": ("not_responsible_for",),
    "responsible_for": ("not_responsible_for",),
    "landlord_duties": ("duties_ours",),
    "resident_duties": ("duties_theirs",),
}
"""The fields of which each gap or part of a letter is made: the first that a form has."""


def _say_what_the_letter_lacks(form: BaseForm, problem: CannotWrite) -> None:
    """What the wording asks for and nobody knows, beside the field that it is made of."""
    elsewhere = []
    for name in problem.names:
        field = next((each for each in _FILLED_BY.get(name, ()) if each in form.fields), None)
        if field is None:
            elsewhere.append(name)
        else:
            form.add_error(field, f"The letter needs this: {_in_a_sentence(label_of(name))}.")
    if elsewhere:
        form.add_error(None, str(CannotWrite(tuple(elsewhere))))


def _in_a_sentence(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def _say(form: BaseForm, name: str, says: str) -> None:
    form.add_error(name if name in form.fields else None, says)


def _sentence(says: str) -> str:
    return f"{says[:1].upper()}{says[1:]}"


# On the case page afterwards


def back_to_case(
    request: HttpRequest, file: CaseFile, outcome: Outcome, done: str, moves: tuple[str, ...] = ()
) -> HttpResponse:
    """To the case page, which says what was done, what is due now, and what is worth a second look."""
    say_what_was_done(request, outcome, done, moves, outcome.warnings)
    return redirect("case", reference=file.case.reference)


def say_what_was_done(
    request: HttpRequest,
    outcome: Outcome,
    done: str,
    moves: tuple[str, ...] = (),
    warnings: Sequence[Obstacle] = (),
    undo_url: str = "",
) -> None:
    """Let the next page say what was done, what is due now, and what is worth a second look.

    `done` is text or safe HTML; `undo_url` takes back what was done, when it is posted to.
    """
    told = format_html("{} {}", done, _ONCE) if outcome.repeated else done
    due = _due_now(outcome.complaint, moves)
    text = format_html("{} {}", told, due) if due else told
    if outcome.new_case is not None:
        link = outcome.new_case.reference
        text = format_html("{} It opened a case of its own: {}.", text, link)
    messages.success(request, text, extra_tags=undo_url)
    for warning in warnings:
        messages.warning(request, in_words(warning))


_ONCE = "This had been sent before; it was done once."


def _due_now(complaint: Complaint, moves: tuple[str, ...]) -> str:
    """The day of the clock that the action starts or moves; else what is due next."""
    running = clocks.due_runs(complaint)
    run = next((each for each in running if each.name in moves), running[0] if running else None)
    if run is None:
        return ""
    start = "Next" if run.name not in moves else "Now due"
    return f"{start}: {_what(run)}, {_when(complaint, run)}."


def _what(run: Run) -> str:
    word = clock_word(run.name)
    return f"{word[:1].lower()}{word[1:]}"


def _when(complaint: Complaint, run: Run) -> str:
    now = localtime()
    away = complaint.calendar.away(run.due_on, now.date())
    time = f" {clock_time(run.due)}" if isinstance(run.due, datetime) else ""
    when = [f"{long_day(run.due_on, now.date())}{time}", how_far(away, run.is_late(now, now.date()))]
    return ", ".join(part for part in when if part)


def in_words(obstacle: Obstacle) -> str:
    """What a rule says, with its provision."""
    return f"{obstacle.says.rstrip('.')}{in_code(obstacle.ref)}."


def who_did_what(file: CaseFile, entries: list[Entry]) -> list[str]:
    """What others did since a page was read: "Cara Lind at 10:40: Answered at stage 1"."""
    names = file.names | names_for({entry.actor for entry in entries if entry.actor}, ())
    told = []
    for entry in entries:
        who = names.get(entry.actor) or {"system": "Putright", "ombudsman": "Housing Ombudsman"}.get(
            entry.actor_kind, "Somebody"
        )
        when = localtime(entry.recorded_at)
        day = "" if when.date() == localdate() else f"{short_day(when, localdate())} "
        told.append(f"{who}, {day}{clock_time(when)}: {timeline.title(file, entry, None)}")
    return told
