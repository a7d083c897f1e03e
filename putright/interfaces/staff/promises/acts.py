"""Keeping a promise with its proof, giving it another day, and saying whether it can be kept: from a list and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from putright.casework import fields
from putright.casework import verb as action_named
from putright.casework.act import NotDone
from putright.interfaces.pages.fields import FilesField
from putright.interfaces.staff.actions.asked.owed import TASKS
from putright.interfaces.staff.actions.forms import TaskForm
from putright.interfaces.staff.actions.page import page
from putright.interfaces.staff.actions.sending import Sent, back_to_case, what_stood_in_the_way
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.promises.theirs import speaks_for
from putright.interfaces.staff.way_back import is_ours
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile
from putright.record.correspondence import files
from putright.record.correspondence.files import Kept, NotKept

FILES = "files"
MOST_FILES = 20
NOT_YOURS = "Only the team that must keep this promise, or whoever answers the complaint, can say that."


def page_of(verb: str) -> Callable[[HttpRequest, CaseFile, Staff], HttpResponse]:
    """The page of something done to a promise."""

    def act(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
        return _page(request, file, staff, verb)

    return act


def _page(request: HttpRequest, file: CaseFile, staff: Staff, verb: str) -> HttpResponse:
    task = _task(verb)
    posted = request.POST if request.method == "POST" else None
    asked = {name: request.GET[name] for name in ("promise", "can") if name in request.GET}
    form = TaskForm(
        posted,
        request.FILES if posted is not None else None,
        action=action_named(verb),
        task=task,
        file=file,
        staff=staff,
        now=timezone.now(),
        initial=asked,
    )
    sent = Sent()
    if posted is not None and form.is_valid():
        given = form.given()
        if verb == "agree_promise" and not _is_theirs(file, staff, given.get("promise")):
            form.add_error("promise", NOT_YOURS)
        else:
            sent = send_with_files(request, verb, file, staff, form, given)
    if sent.outcome is not None:
        done = back_to_case(request, file, sent.outcome, task.done, task.moves)
        back = request.GET.get("back", "")
        return redirect(back) if is_ours(back) else done
    return page(request, file, staff, verb, task, form, sent, template="staff/promises/act.html")


def _task(verb: str) -> Task:
    return replace(TASKS[verb], extra=add_files) if verb == "keep_promise" else TASKS[verb]


def add_files(form: TaskForm) -> None:
    """Ask for photographs and other files that show it."""
    form.fields[FILES] = FilesField(
        label="Photos and other files", required=False, help_text="You can choose several at once."
    )


def _is_theirs(file: CaseFile, staff: Staff, number: int | None) -> bool:
    owner = next((each.owner for each in file.promises() if each.number == number), "")
    return speaks_for(staff)(owner)


def send_with_files(
    request: HttpRequest,
    verb: str,
    file: CaseFile,
    staff: Staff,
    form: Any,
    given: Mapping[str, Any],
    **more: Any,
) -> Sent:
    """Call an action that takes files, once. A file that cannot be kept is said beside its box, and nothing is done."""
    try:
        kept = put_aside(request)
    except NotKept as problem:
        form.add_error(FILES, str(problem))
        return Sent()
    action, cleaned = action_named(verb), form.cleaned_data
    rows: dict[str, Any] = dict(more) | ({"files": kept} if kept else {})
    try:
        outcome = action(
            file.case,
            by=staff.actor(verb, file.complaint.procedure),
            at=form.at,
            read_at=cleaned.get("read_at"),
            key=str(cleaned["key"]) if cleaned.get("key") else None,
            **fields.clean(action.function, given),
            **rows,
        )
    except (fields.FieldProblem, NotDone) as problem:
        files.drop(kept)
        return what_stood_in_the_way(form, verb, problem)
    if outcome.repeated:
        files.drop(kept)
    return Sent(outcome)


def put_aside(request: HttpRequest) -> Sequence[Kept]:
    """The files that were sent, looked at and stored. NotKept where one cannot be kept: then none is."""
    sent = request.FILES.getlist(FILES)
    if len(sent) > MOST_FILES:
        raise NotKept(f"Choose {MOST_FILES} files or fewer.")
    kept: list[Kept] = []
    try:
        for each in sent:
            kept.append(files.put_aside(each))
    except BaseException:
        files.drop(kept)
        raise
    return kept


PAGES = {verb: page_of(verb) for verb in ("keep_promise", "change_promise", "agree_promise")}
