"""What belongs together: find the other case, see what would come of it, link, merge or split, and undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localdate

from complaint_rules import belonging, clocks
from complaint_rules.complaint import Complaint
from putright.casework import fields
from putright.casework import verb as action_named
from putright.casework.act import Changed, NotDone
from putright.casework.would_be import WouldBe, would_be
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.pages.words import clock_word, state_word
from putright.interfaces.staff.actions.page import in_the_way, page
from putright.interfaces.staff.actions.sending import (
    Sent,
    back_to_case,
    in_words,
    what_stood_in_the_way,
)
from putright.interfaces.staff.actions.task import Task
from putright.interfaces.staff.case import addresses
from putright.interfaces.staff.case.views import heading
from putright.interfaces.staff.links.forms import FindForm, LinkForm, MergeForm, SplitForm, WhyForm
from putright.interfaces.staff.who import Staff
from putright.record.cases import reading
from putright.record.cases.alike import Alike, alike
from putright.record.cases.queries import referred_to
from putright.record.cases.reading import CaseFile

LOOKED_BACK = timedelta(days=365)

TASKS = {
    "link_cases": Task(
        done="Linked.",
        title="Link to another case",
        button="Link the two cases",
        intro="Each goes on by itself, with its own clock. Only staff see the link.",
    ),
    "merge_cases": Task(
        done="Merged.",
        title="Merge with another case",
        button="Merge the two",
        intro="The two complaints become one, and get one answer.",
    ),
    "split_case": Task(
        done="Split.",
        title="Split points off",
        button="Split these points off",
        intro="The points that leave get a case of their own. It keeps the day the complaint was received, and all"
        " that was acknowledged or extended. Promises, awards and hazards stay here.",
    ),
    "unlink_cases": Task(
        done="The link is taken away.", title="Take away the link", button="Take away the link"
    ),
    "unmerge_cases": Task(
        done="The merge is undone.",
        title="Undo the merge",
        button="Undo the merge",
        intro="Both cases stand as they did before, with their own clocks. What has been done here since stays here.",
    ),
    "unsplit_case": Task(
        done="The split is undone.",
        title="Undo the split",
        button="Undo the split",
        intro="The points come back to this case, and the other one ends.",
    ),
}


def link(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Link this case to another one."""
    return _with_another(request, file, staff, "link_cases", LinkForm)


def merge(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Merge another case into this one."""
    return _with_another(request, file, staff, "merge_cases", MergeForm)


def unlink(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Take a link away."""
    return _with_another(request, file, staff, "unlink_cases", WhyForm)


def unmerge(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Undo a merge."""
    return _with_another(request, file, staff, "unmerge_cases", WhyForm)


def unsplit(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Undo a split."""
    return _with_another(request, file, staff, "unsplit_case", WhyForm)


def split(request: HttpRequest, file: CaseFile, staff: Staff) -> HttpResponse:
    """Split points off into a case of their own."""
    posted = request.POST if request.method == "POST" else None
    form = SplitForm(posted, file=file)
    sent = Sent()
    if posted is not None and form.is_valid():
        sent = _send("split_case", file, staff, form, timezone.now())
        if sent.outcome is not None:
            made = sent.outcome.new_case
            undo = _undo(file, "unsplit_case", made.reference if made else "")
            return back_to_case(request, file, sent.outcome, undo)
    return page(
        request, file, staff, "split_case", TASKS["split_case"], form, sent, "staff/links/split.html",
        also_due=_days(file.complaint),
    )  # fmt: skip


def _with_another(
    request: HttpRequest, file: CaseFile, staff: Staff, verb: str, made_by: Callable[..., WhyForm]
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    asked = (posted or request.GET).get("other", "").strip()
    other = referred_to(staff.landlord.pk, asked)
    if other is None or other.pk == file.case.pk:
        return _find(request, file, staff, verb, asked)
    now = timezone.now()
    would = _would(file, staff, verb, other.reference, now)
    if would.other is None:
        return _find(request, file, staff, verb, asked)
    read_at = {"other_read_at": would.other.head.count} if verb == "merge_cases" else {}
    form = made_by(posted, file=file, initial={"other": other.reference, **read_at})
    sent = Sent()
    if posted is not None and form.is_valid():
        more = {"other_read_at": form.cleaned_data.get("other_read_at")} if read_at else {}
        sent = _send(verb, file, staff, form, now, **more)
        if sent.outcome is not None:
            return back_to_case(request, file, sent.outcome, _done(file, verb, other.reference))
    return page(
        request, file, staff, verb, TASKS[verb], form, sent, "staff/links/page.html",
        other=_told_of(would), stands=_stands(would, sent, file, staff, verb), merges=_merges(file, would, verb),
        find_url=addresses.action(file.case.reference, verb),
    )  # fmt: skip


def _send(verb: str, file: CaseFile, staff: Staff, form: WhyForm, now: datetime, **more: Any) -> Sent:
    action = action_named(verb)
    by = staff.actor(verb, file.complaint.procedure)
    key, read_at = form.cleaned_data.get("key"), form.cleaned_data.get("read_at")
    try:
        given = fields.clean(action.function, form.given())
        outcome = action(
            file.case, by=by, at=now, read_at=read_at, key=str(key) if key else None, **given, **more
        )
    except (fields.FieldProblem, NotDone) as problem:
        if isinstance(problem, Changed) and problem.entries[0].case != file.case.pk:
            form.other_read_again_at(max(entry.number for entry in problem.entries))
            return Sent(changed=problem.entries)
        return what_stood_in_the_way(form, verb, problem)
    return Sent(outcome)


_UNDONE_BY = {"link_cases": "unlink_cases", "merge_cases": "unmerge_cases", "split_case": "unsplit_case"}


def _done(file: CaseFile, verb: str, other: str) -> str:
    """What was done, and the way back from it."""
    if verb in _UNDONE_BY:
        return _undo(file, _UNDONE_BY[verb], other)
    return TASKS[verb].done


_SAID = {
    "unlink_cases": "Linked to {}.",
    "unmerge_cases": "{} was merged into this case.",
    "unsplit_case": "The points have left.",
}


def _undo(file: CaseFile, verb: str, other: str) -> str:
    url = addresses.action(file.case.reference, verb, other=other)
    return format_html('{} <a class="govuk-link" href="{}">Undo</a>.', _SAID[verb].format(other), url)


def _would(file: CaseFile, staff: Staff, verb: str, other: str, now: datetime) -> WouldBe:
    """What would come of it. The words are not looked at: any will do."""
    given = {"other": other, "reason": "-"} | ({"how": "same_trouble"} if verb == "link_cases" else {})
    by = staff.actor(verb, file.complaint.procedure)
    return would_be(action_named(verb), file.case, file.complaint, by, now, given)


def _stands(would: WouldBe, sent: Sent, file: CaseFile, staff: Staff, verb: str) -> dict[str, Any]:
    """What stands in the way of these two, and what to look at twice; said once, and not what the page says anyway."""
    if sent.refused or sent.changed or in_the_way(file, staff, verb):
        return {"blocked": [], "warns": []}
    judged = would.judgement
    return {
        "blocked": [in_words(each) for each in judged.refused],
        "warns": [in_words(each) for each in judged.warns],
    }


def _told_of(would: WouldBe) -> dict[str, Any]:
    """The other case, as the page shows it beside this one. No address."""
    assert would.other is not None
    case, complaint = would.other.case, would.other.complaint
    file = reading.file_of(case, would.other.entries, complaint)
    return {
        "case": case,
        "resident": str(case.resident) if case.resident else "Resident not known",
        "state": state_word(complaint.state, complaint.stage),
        "received_on": complaint.on("received"),
        "points": file.points(),
        "account": next((text for text, _ in file.accounts()), ""),
        "edition": complaint.edition.name,
    }


def _merges(file: CaseFile, would: WouldBe, verb: str) -> dict[str, Any] | None:
    """What a merge would do to the days and the points; None where nothing would be merged."""
    if verb != "merge_cases" or would.after is None or would.other is None:
        return None
    other = would.other
    first = other.case if belonging.runs_first(file.complaint, other.complaint) else file.case
    return {
        "runs": first.reference,
        "received_on": would.after.on("received"),
        "edition": would.after.edition.name,
        "days": _days_before_and_after(file.complaint, other.complaint, would.after),
        "points": would.after.points,
        "promises": len(other.complaint.promises),
        "awards": len(other.complaint.awards),
    }


def _days(complaint: Complaint) -> list[str]:
    """The Code's days that a case split off has too."""
    running = {run.name: run.due for run in clocks.code_runs(complaint) if run.runs}
    return [f"{clock_word(name).lower()}, {_in_words(day)}" for name, day in running.items()]


def _days_before_and_after(this: Complaint, other: Complaint, after: Complaint) -> list[list[str]]:
    """Each clock that runs: its day in this case, in the other, and once merged. Promises get new numbers: left out."""
    due = [clocks.due(each) for each in (this, other, after)]
    names = [name for name in dict.fromkeys(name for each in due for name in each) if ":" not in name]
    return [[clock_word(name), *(_in_words(each.get(name)) for each in due)] for name in names]


def _in_words(due: date | datetime | None) -> str:
    if due is None:
        return "not running"
    if isinstance(due, datetime):
        there = due.astimezone(clocks.LONDON)
        return f"{long_day(there.date(), localdate())}, {clock_time(there)}"
    return long_day(due, localdate())


# Finding the other case


def _find(request: HttpRequest, file: CaseFile, staff: Staff, verb: str, asked: str) -> HttpResponse:
    form = FindForm(request.GET if asked and request.method != "POST" else None)
    if asked and form.is_bound and form.is_valid():
        same = asked.upper() == file.case.reference
        says = (
            "This is that case. Give another one." if same else "There is no such case. Check the reference."
        )
        form.add_error("other", says)
    blocked = [in_words(each) for each in in_the_way(file, staff, verb)]
    role = any(each.ref == "role" for each in in_the_way(file, staff, verb))
    context = heading(file) | {
        "today": localdate(),
        "title": TASKS[verb].title,
        "intro": TASKS[verb].intro,
        "form": form,
        "verb": verb,
        "blocked": blocked,
        "likely": [] if blocked else _likely(file),
        "may_merge": staff.may("merge_cases", file.complaint.procedure),
        "address": lambda name, other: addresses.action(file.case.reference, name, other=other),
    }
    return render(request, "staff/links/find.html", context, status=403 if role else 200)


def _likely(file: CaseFile) -> list[Alike]:
    """Cases that may be about the same trouble: of the same resident, about the same home, in like words."""
    said = [text for text, _ in file.accounts()] + [each.text for each in file.points()]
    received = file.complaint.on("received") or localdate()
    return alike(
        file.case.landlord_id,
        resident=file.case.resident,
        words="\n".join(said),
        category=file.case.category,
        since=received - LOOKED_BACK,
        home=file.case.home,
        besides=[file.case.pk],
    )[:10]


PAGES: dict[str, Callable[[HttpRequest, CaseFile, Staff], HttpResponse]] = {
    "link_cases": link,
    "merge_cases": merge,
    "split_case": split,
    "unlink_cases": unlink,
    "unmerge_cases": unmerge,
    "unsplit_case": unsplit,
}
"""The page of each action on two cases."""
