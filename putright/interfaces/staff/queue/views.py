"""What is due, soonest first; and every case, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaint_rules.working_days import NotCovered
from putright.interfaces.staff.queue.forms import CaseFilters
from putright.interfaces.staff.queue.rows import is_late, row
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts.queries import handlers_at
from putright.record.cases import lists
from putright.record.cases.lists import BY_DUE_DAY, BY_RECEIPT, Mark
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord, referred_to
from putright.record.landlords.queries import calendar

SOON = 5
GROUPS = {"late": "Late", "today": "Today", "soon": f"Next {SOON} working days", "later": "Later"}
SHOWN = (
    "landlord_id",
    "reference",
    "state",
    "stage",
    "received_on",
    "with_ombudsman",
    "request_waits",
    "next_due_on",
    "next_due_at",
    "next_due",
    "resident__name",
    "handler__name",
)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The cases with something due, in four groups; late first."""
    staff = staff_of(request)
    named = referred_to(staff.landlord.pk, request.GET.get("q", ""))
    if named is not None:
        return redirect("case", reference=named.reference)
    filters = _filters(request, staff)
    now = timezone.now()
    groups = _groups(now)
    cases = filters.narrow(_shown(staff), staff.user).filter(next_due_on__isnull=False)
    only = request.GET.get("when", "")
    counted = lists.counts(staff.landlord.pk, {name: cases.filter(group) for name, group in groups.items()})
    listed = cases.filter(groups[only]) if only in groups else cases
    page = _page(request, listed.exclude(_past_its_hour(now)), BY_DUE_DAY)
    by_group: dict[str, list[Any]] = {name: [] for name in groups}
    first = _emergencies(listed, now) if page.before is None else []
    for case in [*first, *page.cases]:
        by_group[_group_of(case, now)].append(row(case, now))
    return render(
        request,
        "staff/queue/page.html",
        {
            "groups": [
                {
                    "title": GROUPS[name],
                    "count": _said(counted[name]),
                    "url": _address(request, when=name),
                    "current": name == only,
                    "rows": by_group[name],
                }
                for name in groups
            ],
            "nothing_listed": not page.cases and not first,
            "may_record": staff.may("receive"),
            **_round_the_list(request, filters, page, {"when": GROUPS.get(only, "")}),
        },
    )


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Every case, newest first. A whole reference goes straight to its case."""
    staff = staff_of(request)
    named = referred_to(staff.landlord.pk, request.GET.get("q", ""))
    if named is not None:
        return redirect("case", reference=named.reference)
    filters = _filters(request, staff)
    page = _page(request, filters.narrow(_shown(staff), staff.user), BY_RECEIPT)
    context = {
        "rows": [row(case, timezone.now()) for case in page.cases],
        "may_record": staff.may("receive"),
        **_round_the_list(request, filters, page, {}),
    }
    return render(request, "staff/queue/cases.html", context)


def _filters(request: HttpRequest, staff: Staff) -> CaseFilters:
    return CaseFilters(request.GET, handlers=handlers_at(staff.landlord.pk))


def _shown(staff: Staff) -> QuerySet[Case]:
    return of_landlord(staff.landlord.pk).select_related("resident", "handler").only(*SHOWN)


def _groups(now: datetime) -> Mapping[str, Q]:
    """The groups of the queue. An emergency is late from its hour on; anything else from the day after."""
    today = timezone.localdate(now)
    past = _past_its_hour(now)
    found = {
        "late": Q(next_due_on__lte=today) & (Q(next_due_on__lt=today) | past),
        "today": Q(next_due_on=today) & ~past,
    }
    last = _last_soon_day(today)
    return found | {
        "soon": Q(next_due_on__gt=today, next_due_on__lte=last),
        "later": Q(next_due_on__gt=last),
    }


def _past_its_hour(now: datetime) -> Q:
    """Due today, at an hour that has passed."""
    return Q(next_due_on=timezone.localdate(now), next_due_at__isnull=False, next_due_at__lt=now)


def _emergencies(cases: QuerySet[Case], now: datetime) -> list[Case]:
    """What is past its hour. It leads the queue, however much else is late."""
    return list(cases.filter(_past_its_hour(now)).order_by("next_due_at", "id")[: lists.PAGE])


def _last_soon_day(today: date) -> date:
    try:
        return calendar().add(today, SOON)
    except NotCovered:
        return date.max


def _group_of(case: Case, now: datetime) -> str:
    today = timezone.localdate(now)
    assert case.next_due_on is not None
    if is_late(case, now):
        return "late"
    if case.next_due_on == today:
        return "today"
    return "soon" if case.next_due_on <= _last_soon_day(today) else "later"


def _said(count: int) -> str:
    return f"more than {lists.COUNTED}" if count > lists.COUNTED else str(count)


def _page(request: HttpRequest, cases: QuerySet[Case], order: lists.Order) -> lists.Page:
    after, before = (Mark.read(request.GET.get(name, "")) for name in ("after", "before"))
    return lists.page(cases, order, after, before)


def _round_the_list(
    request: HttpRequest, filters: CaseFilters, page: lists.Page, others: Mapping[str, str]
) -> dict[str, Any]:
    """The filters, those chosen with the way to remove each, and the pages before and after."""
    chosen = [
        {"text": text, "remove_url": _address(request, **{name: ""})} for name, _, text in filters.chosen()
    ]
    chosen += [
        {"text": text, "remove_url": _address(request, **{name: ""})} for name, text in others.items() if text
    ]
    return {
        "filters": filters,
        "chosen": chosen,
        "kept": [{"name": name, "value": request.GET[name]} for name, text in others.items() if text],
        "here": request.path,
        "before_url": _address(request, before=page.before) if page.before else "",
        "after_url": _address(request, after=page.after) if page.after else "",
    }


def _address(request: HttpRequest, **changes: Any) -> str:
    """This list with other filters, from its beginning unless a row is named."""
    query = QueryDict(mutable=True)
    for name in ("q", "handler", "stage", "state", "when"):
        value = changes.pop(name, request.GET.get(name, ""))
        if value:
            query[name] = str(value)
    for name, value in changes.items():
        query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path
