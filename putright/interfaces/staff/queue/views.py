"""What is due, soonest first; and every case, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaint_rules.working_days import NotCovered
from putright.interfaces.staff.queue.forms import CaseFilters
from putright.interfaces.staff.queue.panel import GROUPS, SOON, address, panel
from putright.interfaces.staff.queue.rows import is_late, is_past_its_hour, row
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts.queries import handlers_at
from putright.record.cases import lists
from putright.record.cases.lists import BY_DUE_DAY, BY_RECEIPT, Line, Mark
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord, referred_to
from putright.record.landlords.queries import calendar

PAST_ITS_HOUR = "past_its_hour"


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The cases with something due, in four groups; late first."""
    staff = staff_of(request)
    named = referred_to(staff.landlord.pk, request.GET.get("q", ""))
    if named is not None:
        return redirect("case", reference=named.reference)
    filters = _filters(request, staff)
    now = timezone.now()
    today = timezone.localdate(now)
    days = _days(today)
    cases = filters.narrow(of_landlord(staff.landlord.pk), staff.user).filter(next_due_on__isnull=False)
    only = request.GET.get("when", "")
    shown = [only] if only in GROUPS else list(GROUPS)
    counted = _counts(staff, cases, days, now)
    page = _page(request, cases.filter(days[only]) if only in days else cases, BY_DUE_DAY)
    first = []
    if counted[PAST_ITS_HOUR] and page.before is None and "late" in shown:
        first = _emergencies(cases, now)
    by_group: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for line in first + [line for line in page.lines if not is_past_its_hour(line, today, now)]:
        by_group[_group_of(line, today, now)].append(row(line, now, today))
    return render(
        request,
        "staff/queue/page.html",
        {
            "groups": [
                {
                    "title": GROUPS[name],
                    "count": _said(counted[name]),
                    "url": address(request, when=name),
                    "current": name == only,
                    "rows": by_group[name],
                }
                for name in GROUPS
            ],
            "nothing_listed": not any(by_group.values()),
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
    now, filters = timezone.now(), _filters(request, staff)
    page = _page(request, filters.narrow(of_landlord(staff.landlord.pk), staff.user), BY_RECEIPT)
    context = {
        "rows": [row(line, now, timezone.localdate(now)) for line in page.lines],
        "may_record": staff.may("receive"),
        **_round_the_list(request, filters, page, {}),
    }
    return render(request, "staff/queue/cases.html", context)


def _filters(request: HttpRequest, staff: Staff) -> CaseFilters:
    return CaseFilters(request.GET, handlers=handlers_at(staff.landlord.pk))


def _days(today: date) -> dict[str, Q]:
    """The days of each group: plain ranges, so that an index is walked and nothing is sorted."""
    last = _last_soon_day(today)
    return {
        "late": Q(next_due_on__lt=today),
        "today": Q(next_due_on=today),
        "soon": Q(next_due_on__gt=today, next_due_on__lte=last),
        "later": Q(next_due_on__gt=last),
    }


def _counts(staff: Staff, cases: QuerySet[Case], days: Mapping[str, Q], now: datetime) -> dict[str, int]:
    """How many stand in each group. An emergency is late from its hour on; anything else from the day after."""
    groups = {name: cases.filter(group) for name, group in days.items()}
    counted = lists.counts(staff.landlord.pk, groups | {PAST_ITS_HOUR: cases.filter(_past_its_hour(now))})
    past = counted[PAST_ITS_HOUR]
    if counted["today"] <= lists.COUNTED:
        counted["today"] -= past
    counted["late"] += past
    return counted


def _past_its_hour(now: datetime) -> Q:
    return Q(next_due_on=timezone.localdate(now), next_due_at__lt=now)


def _emergencies(cases: QuerySet[Case], now: datetime) -> list[Line]:
    """What is due today at an hour that has passed. It leads the queue, however much else is late."""
    return lists.lines(cases.filter(_past_its_hour(now)).order_by("next_due_at", "id")[: lists.PAGE])


def _last_soon_day(today: date) -> date:
    try:
        return calendar().add(today, SOON)
    except NotCovered:
        return date.max


def _group_of(line: Line, today: date, now: datetime) -> str:
    assert line.next_due_on is not None
    if is_late(line, today, now):
        return "late"
    if line.next_due_on == today:
        return "today"
    return "soon" if line.next_due_on <= _last_soon_day(today) else "later"


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
        {"text": text, "remove_url": address(request, **{name: ""})} for name, _, text in filters.chosen()
    ]
    chosen += [
        {"text": text, "remove_url": address(request, **{name: ""})} for name, text in others.items() if text
    ]
    return {
        "filter_panel": panel(filters, request.path, when=request.GET.get("when", "")),
        "chosen": chosen,
        "here": request.path,
        "before_url": address(request, before=page.before) if page.before else "",
        "after_url": address(request, after=page.after) if page.after else "",
    }
