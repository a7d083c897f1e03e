"""Asking somebody about a point or a promise: a colleague, a team, a contractor by a link, a lawyer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from complaint_rules.asking import LAWYER
from putright.casework import verb as action_named
from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.sending import Sent, back_to_case
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.promises.acts import send_with_files
from putright.interfaces.staff.promises.rows import first_line
from putright.interfaces.staff.who import Staff
from putright.record.accounts.queries import person_named, teams_at
from putright.record.cases.reading import CaseFile
from putright.record.people.safe_contact import is_under
from putright.record.promises import links
from putright.record.promises.asking import ADDRESS, NAME
from putright.record.promises.models import Asked

VERB = "ask_others"
BY_LINK = frozenset({Asked.CONTRACTOR, Asked.LAWYER})
KINDS = [
    (Asked.COLLEAGUE, "A colleague"),
    (Asked.TEAM, "A team"),
    (Asked.CONTRACTOR, "A contractor"),
    (Asked.LAWYER, "A lawyer: legal advice"),
]
HINTS = {
    Asked.COLLEAGUE: "They answer here, from their My work.",
    Asked.TEAM: "Anybody in it answers here.",
    Asked.CONTRACTOR: "They answer by a link that shows only this question. You pass it on.",
    Asked.LAWYER: "By a link too. The question and the answer are privileged.",
}


def _points(file: CaseFile, staff: Staff) -> list[tuple[str, str]]:
    return [(str(each.number), f"Point {each.number}: {first_line(each.text)}") for each in file.points()]


def _extra(form: TaskForm) -> None:
    resident = form.file.case.resident
    offered = [] if resident is not None and is_under(resident) else [(ADDRESS, "The address of the home")]
    offered.append((NAME, "The resident's name"))
    form.fields["shows"] = forms.MultipleChoiceField(
        label="What else does somebody outside see?",
        help_text="Nothing, unless you tick it. An address is never shown where somebody said what is safe.",
        choices=offered,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    form.fields["answer_by"].not_before(form.now.date(), "The day must be today or later.")  # type: ignore[attr-defined]


TASK = Task(
    done="Asked. What they answer will stand on the case.",
    intro="They answer by the day you give. What is not answered is listed as late, and goes to somebody senior.",
    extra=_extra,
    asks={
        "of": Ask(
            "Whom do you ask?",
            choices=lambda file, staff: KINDS,
            hints=HINTS,
            as_radios=True,
            missing="Choose whom you ask.",
        ),
        "whom": Ask(
            "Their name",
            hint="The person, the team or the firm, as they are called here.",
            rows=1,
            missing="Enter their name.",
        ),
        "point": Ask("About which point?", choices=_points),
        "promise": Ask("Or about which promise?", choices=choices.promises_owed),
        "question": Ask(
            "Your question",
            hint="Leave the resident's story out, where they can answer without it.",
            missing="Enter your question.",
        ),
        "answer_by": Ask("By which day do you need the answer?", missing="Give the day you need the answer."),
        "job": Ask("Job", hint="For somebody outside: the job number and what the job was.", rows=1),
        "access": Ask("Access", hint="For somebody outside: when and how to get in.", rows=1),
    },
)


def ask(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Ask; somebody outside is given a link, shown this once."""
    posted = request.POST if request.method == "POST" else None
    initial = {name: request.GET[name] for name in ("point", "promise") if name in request.GET}
    form = TaskForm(
        posted,
        action=action_named(VERB),
        task=TASK,
        file=file,
        staff=staff,
        now=timezone.now(),
        initial=initial,
    )
    sent = Sent()
    if posted is not None and form.is_valid():
        given, colleague = form.given(), _checked(form, staff)
        if not form.errors:
            shows = form.cleaned_data["shows"]
            sent = send_with_files(request, VERB, file, staff, form, given, colleague=colleague, shows=shows)
    if sent.outcome is None:
        return page(request, file, staff, VERB, TASK, form, sent)
    if form.cleaned_data["of"] not in BY_LINK:
        return back_to_case(request, file, sent.outcome, TASK.done)
    asked = Asked.objects.get(case=sent.outcome.entry.case, entry=sent.outcome.entry.number)
    token = "" if sent.outcome.repeated else links.make(asked, by=staff.actor(VERB), at=timezone.now())
    messages.success(request, TASK.done)
    return link_page(request, asked, token)


def _checked(form: TaskForm, staff: Staff) -> int | None:
    """The number of the colleague who is asked; errors where nobody here is called so."""
    of, whom = form.cleaned_data["of"], " ".join(form.cleaned_data["whom"].split())
    if of == Asked.TEAM and whom.casefold() not in {name.casefold() for name in teams_at(staff.landlord.pk)}:
        form.add_error("whom", "No team here is called that. Look at the names under Promises.")
    if of != Asked.COLLEAGUE:
        return None
    person = person_named(staff.landlord.pk, whom)
    if person.isdigit():
        return int(person)
    form.add_error("whom", "Nobody here is called that, or more than one person is.")
    return None


def link_page(request: HttpRequest, asked: Asked, token: str) -> HttpResponse:
    """The link, which is shown this once; nothing of it where the same page was sent before."""
    from django.urls import reverse

    context: dict[str, Any] = {
        "asked": asked,
        "reference": asked.case.reference,
        "link": request.build_absolute_uri(reverse("answer_asked", args=[token])) if token else "",
        "privileged": asked.of == LAWYER,
    }
    return render(request, "staff/promises/link.html", context)
