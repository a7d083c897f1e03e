"""The page of an action: what it asks, what stands in the way, and what others did meanwhile."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from complaint_rules import clocks, next_steps
from complaint_rules.events import EVENTS
from complaint_rules.findings import Obstacle
from putright.interfaces.pages.due_days import due_day
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import action_word
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.letter import beside
from putright.interfaces.staff.actions.sending import Sent, in_words, who_did_what
from putright.interfaces.staff.actions.shown import Seen, buttons
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.actions.way import told
from putright.interfaces.staff.case import due
from putright.interfaces.staff.case.views import heading
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

OK = 200


def page(
    request: HttpRequest,
    file: CaseFile,
    staff: Staff,
    verb: str,
    task: Task,
    form: Any,
    sent: Sent,
    template: str = "staff/actions/page.html",
    shown_by_fields: frozenset[str] = frozenset(),
    not_theirs: str = "",
    seen: Seen | None = None,
    **more: Any,
) -> HttpResponse:
    """Draw the page of an action, with what stands in the way and what others did meanwhile.

    `shown_by_fields` are provisions whose refusals stand beside the fields that can mend them;
    `not_theirs` says why this person has no form here; `seen` is the letter that was asked to be shown.
    """
    blocked = [] if sent.refused or sent.changed else in_the_way(file, staff, verb)
    letter = beside(file, form) if isinstance(form, TaskForm) and not blocked else None
    status = sent.status if sent.status != OK else _status(blocked)
    context = heading(file) | {
        "today": timezone.localdate(),
        "verb": verb,
        "task": getattr(form, "task", task),
        "title": task.title or action_word(verb),
        "button": task.button or action_word(verb),
        "form": form,
        "forms": None,
        "due": running(file, task.clocks),
        "blocked": [not_theirs] if not_theirs else [in_words(each) for each in blocked],
        "nothing": getattr(form, "nothing_to_choose", ""),
        "refused": [in_words(each) for each in sent.refused if each.ref not in shown_by_fields],
        "attempted": bool(sent.refused),
        "stopped": told(sent.stopped, file, staff),
        "changed": who_did_what(file, sent.changed),
        "panel": task.panel_context(file, staff) if task.panel_context else {},
        "letter": letter,
        "seen": seen or Seen(),
        "other_buttons": buttons(verb) if letter else [],
    }
    return render(request, template, context | more, status=403 if not_theirs else status)


def _status(blocked: list[Obstacle]) -> int:
    return 403 if any(each.ref == "role" for each in blocked) else 200


def in_the_way(file: CaseFile, staff: Staff, verb: str) -> list[Obstacle]:
    """What refuses this action whatever is written in its form: the role, the state, or who is asking."""
    complaint, now = file.complaint, timezone.now()
    by = staff.actor(verb, complaint.procedure)
    day = now.astimezone(clocks.LONDON).date()
    probe = EVENTS[verb](number=file.read_at + 1, at=now, on=day, by=by)
    refused = next_steps.judge(complaint, probe, complaint.procedure).refused
    edition = complaint.edition
    always = {"role", "not_now", "outcome_call", "letter_check", edition.ref("stage_2_too_early")}
    if verb in ("draft_response", "check_response", "respond", "escalate", "decline_escalation"):
        always |= {edition.ref("independence"), edition.ref("conflict")}
    return [each for each in refused if each.ref and each.ref in always]


def running(file: CaseFile, names: tuple[str, ...]) -> list[Due]:
    """What runs now of these clocks, as the page heads with it."""
    found = []
    own = due.own_by_clock(file.complaint)
    for run in clocks.due_runs(file.complaint):
        if run.name in names:
            found.append(due_day(file.complaint, run, timezone.now(), target=own.get(run.name)))
    return found
