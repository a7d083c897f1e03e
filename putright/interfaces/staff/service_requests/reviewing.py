"""The monthly review of service requests: what waited at the end of a month, and what was decided for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from putright.interfaces.pages.phrases import long_day
from putright.interfaces.pages.words import state_word
from putright.interfaces.staff.service_requests import rows
from putright.interfaces.staff.service_requests.forms import CHOICES, OLDER, ReviewForm
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts.models import User
from putright.record.cases import reviews as kept
from putright.record.cases.models import Case
from putright.record.landlords.queries import calendar

MONTHS = 12
REACH = 3
"""How many months back a review can still be recorded: what waited longer ago is no longer to be acted on."""
OLDEST_AGE = 400


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The months, the newest first, and whether each was reviewed, by whom and when."""
    staff, today = staff_of(request), timezone.localdate()
    months = _months(today, MONTHS)
    found = kept.of_months(staff.landlord.pk, months)
    names = _names([review for each in found.values() for review in each])
    told = [
        {
            "month": kept.in_plain(month),
            "url": reverse("service_request_review", args=[kept.written(month)]),
            "reviews": [_done(review, names) for review in found.get(month, [])],
            "can_be": number < REACH,
        }
        for number, month in enumerate(months)
    ]
    context = {"today": today, "months": told, "sheet": f"Service requests, {long_day(today)}"}
    return render(request, "staff/service_requests/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, month: str) -> HttpResponse:
    """One month: what waited at its end, what was decided, and the record that it was done."""
    staff, today = staff_of(request), timezone.localdate()
    wanted = kept.read_month(month)
    if wanted is None or wanted > today or wanted.year < 2000:
        raise Http404("There is no such month.")
    before = kept.of_month(staff.landlord.pk, wanted)
    may = kept.REVIEWS in staff.roles
    if request.method == "POST":
        if not may:
            raise PermissionDenied("Your role does not do this.")
        return _record(request, staff, wanted, before)
    again = request.GET.get("again") == "yes"
    open_to_record = may and wanted in _months(today, REACH) and (again or not before)
    if not open_to_record:
        return _page(request, staff, wanted, before, None)
    return _page(request, staff, wanted, before, _form(request, staff, wanted, before))


def _months(today: date, how_many: int) -> list[date]:
    """The last months that have ended, the newest first."""
    found = [kept.month_before(today.replace(day=1))]
    while len(found) < how_many:
        found.append(kept.month_before(found[-1]))
    return found


def _record(request: HttpRequest, staff: Staff, month: date, before: Sequence[kept.Review]) -> HttpResponse:
    form = _form(request, staff, month, before)
    if not form.is_valid():
        return _page(request, staff, month, before, form)
    try:
        kept.review_service_requests(
            staff.landlord,
            month,
            _older(request),
            form.decided(),
            by=_actor(staff),
            at=timezone.now(),
            times_before=form.cleaned_data.get("times_before") or 0,
            key=str(form.cleaned_data["key"]),
        )
    except kept.NotPossible as problem:
        form.say(problem.case, problem.says)
        return _page(request, staff, month, before, form)
    messages.success(request, f"The review of {kept.in_plain(month)} is recorded.")
    return redirect("service_request_review", month=kept.written(month))


def _actor(staff: Staff) -> Any:
    from complaint_rules.events import Actor

    return Actor("staff", staff.person, kept.REVIEWS)


def _older(request: HttpRequest) -> int:
    text = request.POST.get("older") or request.GET.get("older") or ""
    return min(int(text), OLDEST_AGE) if text.isascii() and text.isdigit() and len(text) < 4 else OLDER


def _form(request: HttpRequest, staff: Staff, month: date, before: Sequence[kept.Review]) -> ReviewForm:
    found, more = kept.open_at_end_of(staff.landlord, month)
    older, end, days = _older(request), kept.last_day(month), calendar(staff.landlord)
    drawn = []
    for each in found:
        row = rows.row(each.case, each.then, each.since, timezone.localdate(), days, on=end)
        row["must"] = row["age"] is None or row["age"] > older
        row["now"] = "" if each.case.service_request_since else _now(each.case)
        if row["now"]:
            row["must"] = False
        drawn.append(row)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, rows=drawn, times_before=len(before)
    )
    form.more = more  # type: ignore[attr-defined]
    return form


def _now(case: Case) -> str:
    if case.state == "service_request":
        return "Answered since"
    return f"{state_word(case.state, case.stage)} now"


def _page(
    request: HttpRequest,
    staff: Staff,
    month: date,
    before: Sequence[kept.Review],
    form: ReviewForm | None,
) -> HttpResponse:
    today, older = timezone.localdate(), _older(request)
    names = _names(before)
    drawn = form.rows if form is not None else []
    context = {
        "today": today,
        "sheet": f"Review of service requests, {kept.in_plain(month)}",
        "month": kept.in_plain(month),
        "end": kept.last_day(month),
        "has_ended": kept.last_day(month) < today,
        "can_be": month in _months(today, REACH),
        "may": kept.REVIEWS in staff.roles,
        "form": form,
        "more": getattr(form, "more", False),
        "most": kept.MOST,
        "older": older,
        "must": [row for row in drawn if row["must"]],
        "others": [row for row in drawn if not row["must"]],
        "done": [_told(review, names, staff) for review in reversed(before)],
        "again_url": f"{request.path}?again=yes" if before else "",
        "month_before": kept.written(kept.month_before(month)),
    }
    return render(request, "staff/service_requests/review.html", context)


def _names(found: Sequence[kept.Review]) -> dict[str, str]:
    people = {int(review.entry.actor) for review in found if review.entry.actor.isdigit()}
    if not people:
        return {}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=people).values_list("pk", "name")}


def _done(review: kept.Review, names: dict[str, str]) -> dict[str, Any]:
    counts = {word: sum(each.decision == code for each in review.decided) for code, word in CHOICES}
    return {
        "by": names.get(review.entry.actor, "Somebody"),
        "when": review.entry.happened_at,
        "looked_at": len(review.decided),
        "counts": counts,
    }


def _told(review: kept.Review, names: dict[str, str], staff: Staff) -> dict[str, Any]:
    """A review that was recorded, with what has come of each request since."""
    numbers = [each.case for each in review.decided]
    cases = {
        case.pk: case
        for case in Case.objects.filter(landlord=staff.landlord, pk__in=numbers).select_related("resident")
    }
    words = dict(CHOICES) | {"": "Nothing yet"}
    told = [
        {
            "reference": cases[each.case].reference,
            "href": reverse("case", args=[cases[each.case].reference]),
            "who": str(cases[each.case].resident or "Name not known"),
            "decision": words[each.decision],
            "reason": each.reason,
            "now": "Still waits" if cases[each.case].service_request_since else _now(cases[each.case]),
        }
        for each in review.decided
        if each.case in cases
    ]
    return _done(review, names) | {"older_than": review.older_than, "rows": told}
