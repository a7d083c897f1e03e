"""One provision: what the record says, what it bears, what was answered last year, and the landlord's own answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from complaint_rules.editions.provisions import Provision, provisions
from putright.evidence.self_assessments import actions, queries
from putright.evidence.self_assessments.carry import changes_of
from putright.evidence.self_assessments.evidence import Shown, standing
from putright.evidence.self_assessments.models import Assessment, ProvisionAnswer
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.staff.actions.rows import Rows
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.self_assessments.forms import AnswerForm, DoingForm
from putright.interfaces.staff.self_assessments.reach import (
    actor,
    answerer,
    assessment_of,
    heading,
    provision_of,
    reader,
    whole_of,
)
from putright.record.landlords.own_chain import NotPossible

ADDS = "add-doing"


@require_http_methods(["GET", "HEAD", "POST"])
def provision(request: HttpRequest, assessment: int, ref: str) -> HttpResponse:
    """The page of one provision; while it is a draft, its answer can be given here."""
    staff = reader(request) if request.method != "POST" else answerer(request)
    found = assessment_of(staff, assessment)
    its = provision_of(found, ref)
    row = queries.rows_of(found)[ref]
    page = _Page(request, found, its, row)
    if request.method != "POST":
        return page.drawn(heading(staff, found))
    if not page.is_valid() or request.POST.get("then") == ADDS:
        return page.drawn(heading(staff, found), fresh=request.POST.get("then") == ADDS)
    try:
        _answer(found, ref, page, actor(staff))
    except actions.AnsweredMeanwhile as problem:
        page.read_again(problem.row)
        return page.drawn(heading(staff, found), status=409)
    except NotPossible as problem:
        if problem.field in page.form.fields:
            page.form.add_error(problem.field, problem.says)
            return page.drawn(heading(staff, found))
        page.blocked = problem.says
        return page.drawn(heading(staff, found), status=409)
    messages.success(request, f"{ref} saved at {clock_time(timezone.now())}.")
    after = _after(found, ref) if request.POST.get("then") == "next" else ref
    if after is None:
        return redirect("self_assessment", assessment=found.pk)
    return redirect("self_assessment_provision", assessment=found.pk, ref=after)


def _answer(found: Assessment, ref: str, page: _Page, by: Any) -> None:
    given = page.form.cleaned_data
    doing = tuple(
        actions.Doing(each["what"], each["owner"], each["due_on"], each["pk"])
        for _, each in page.doing.filled()
    )
    actions.answer(
        found,
        ref,
        actions.Answered(
            given.get("answer", ""), given["comment"], given["why_not"], given["comply_by"], doing
        ),
        version=given["read_at"] or 0,
        by=by,
        at=timezone.now(),
        key=str(given["key"]),
    )


def _after(assessment: Assessment, ref: str) -> str | None:
    every = list(provisions(assessment.edition))
    place = every.index(ref)
    return every[place + 1] if place + 1 < len(every) else None


class _Page:
    """The form of a provision with its rows of actions, as it stands or as it was sent."""

    def __init__(
        self, request: HttpRequest, assessment: Assessment, its: Provision, row: ProvisionAnswer
    ) -> None:
        self.request, self.assessment, self.its, self.row = request, assessment, its, row
        self.theirs: ProvisionAnswer | None = None
        self.blocked = ""
        posted = request.POST if request.method == "POST" else None
        initial = {name: getattr(row, name) for name in ("answer", "comment", "why_not", "comply_by")}
        self.form = AnswerForm(posted, provision=its, read_at=row.version, initial=initial)
        self.promised = list(assessment.actions.filter(provision=its.ref).order_by("pk"))
        self.doing = Rows(
            DoingForm,
            "doing",
            posted,
            [
                {"pk": each.pk, "what": each.what, "owner": each.owner, "due_on": each.due_on}
                for each in self.promised
            ],
            request.POST.get("then") == ADDS,
        )

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() & self.doing.is_valid())

    def read_again(self, row: ProvisionAnswer) -> None:
        """After a clash: theirs beside yours, and yours judged against theirs when it is sent again."""
        self.theirs = row
        self.form.read_again_at(row.version)

    def drawn(self, context: dict[str, Any], status: int = 200, fresh: bool = False) -> HttpResponse:
        ref, today = self.its.ref, localdate()
        every = list(provisions(self.assessment.edition))
        place = every.index(ref)
        context |= {
            "provision": self.its,
            "row": self.row,
            "form": None if fresh else self.form,
            "answer_form": self.form,
            "doing": self.doing,
            "promised": self.promised,
            "theirs": self.theirs,
            "who": _who(self.theirs),
            "blocked": self.blocked,
            "previous": every[place - 1] if place else None,
            "next_ref": _after(self.assessment, ref),
            "asked_anew": _asked_anew(self.assessment, ref),
        }
        if self.assessment.frozen is not None:
            kept = next(each for each in self.assessment.frozen["rows"] if each["ref"] == ref)
            context |= {"kept": kept, "counts": _kept_counts(kept)}
            return render(self.request, "staff/self_assessments/kept.html", context, status=status)
        shown = whole_of(self.assessment).shown[ref]
        context |= {
            "shown": shown,
            "counts": _counts(self.assessment, shown),
            "papers": [(each, told.STANDINGS[standing(each, today)]) for each in shown.papers],
            "policy": _policy(shown),
            "against": shown.against(self.row),
            "earlier": queries.last_year(self.assessment, {ref: self.row}).get(ref),
            "forms": [] if fresh else [self.form, *self.doing.forms],
        }
        context["form"] = None
        return render(self.request, "staff/self_assessments/provision.html", context, status=status)


def _who(theirs: ProvisionAnswer | None) -> str:
    if theirs is None or theirs.changed_at is None:
        return ""
    name = theirs.changed_by.name if theirs.changed_by else "Somebody"
    at = theirs.changed_at
    if localdate(at) == localdate():
        return f"{name} answered it at {clock_time(at)}."
    return f"{name} answered it on {long_day(localdate(at), localdate())}."


def _asked_anew(assessment: Assessment, ref: str) -> tuple[str, ...]:
    """What this edition changed since the one before, where an earlier form was carried forward."""
    if assessment.before is None:
        return ()
    return changes_of(assessment.before.edition, assessment.edition, ref)


def _counts(assessment: Assessment, shown: Shown) -> list[dict[str, Any]]:
    counts = shown.evidence.counts
    if counts is None:
        return []
    return [
        {
            "word": word,
            "count": getattr(counts, code),
            "href": reverse("self_assessment_cases", args=[assessment.pk, shown.provision.ref, code]),
        }
        for code, word in told.COUNTS
    ]


def _kept_counts(kept: dict[str, Any]) -> list[tuple[str, int]]:
    counts = kept["counts"]
    return [(word, counts[code]) for code, word in told.COUNTS] if counts else []


def _policy(shown: Shown) -> dict[str, Any] | None:
    found = shown.policy
    if found is None:
        return None
    return {"verdict": str(found.verdict), "where": found.where, "says": found.says}
