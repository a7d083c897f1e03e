"""The service requests that wait for an answer, the oldest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaint_rules.service_requests import older_than
from putright.interfaces.pages.phrases import long_day
from putright.interfaces.staff.service_requests import rows
from putright.interfaces.staff.service_requests.forms import OLDER, RequestFilters
from putright.interfaces.staff.who import staff_of
from putright.record.cases import lists
from putright.record.cases.lists import Mark
from putright.record.cases.queries import of_landlord
from putright.record.cases.reviews import in_plain, month_before, of_month, written
from putright.record.landlords.queries import calendar

FILTERS = ("team", "handler", "older")


@require_safe
def service_requests(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by team, handler and age."""
    staff, now = staff_of(request), timezone.now()
    today, days = timezone.localdate(now), calendar(staff.landlord)
    filters = RequestFilters(request.GET, landlord=staff.landlord, me=staff.user.pk)
    waiting = of_landlord(staff.landlord.pk).filter(service_request_since__isnull=False)
    listed = filters.narrow(waiting, today)
    page = rows.page(listed, Mark.read(request.GET.get("after", "")))
    complaints = rows.complaints_of(staff.landlord, page.cases)
    drawn = []
    for case in page.cases:
        assert case.service_request_since is not None
        row = rows.row(case, complaints[case.pk], case.service_request_since, today, days)
        drawn.append(row | {"links": rows.links(case, staff)})
    old = listed.filter(service_request_since__lte=older_than(days, today, OLDER))
    last_month = month_before(today.replace(day=1))
    chosen = list(filters.chosen())
    context: dict[str, Any] = {
        "today": today,
        "sheet": f"Service requests, {long_day(today)}",
        "rows": drawn,
        "filters_form": filters,
        "chosen": [{"text": text, "remove_url": _address(request, **{name: ""})} for name, _, text in chosen],
        "here": request.path,
        "count": _count(listed),
        "old": {"count": _count(old), "days": OLDER, "url": _address(request, older=str(OLDER))},
        "after_url": _address(request, after=str(page.after)) if page.after else "",
        "first_url": _address(request) if request.GET.get("after") else "",
        "review": {
            "month": in_plain(last_month),
            "url": reverse("service_request_review", args=[written(last_month)]),
            "done": bool(of_month(staff.landlord.pk, last_month)),
        },
    }
    return render(request, "staff/service_requests/list.html", context)


def _count(cases: Any) -> str:
    found = cases.order_by()[: lists.COUNTED + 1].count()
    return f"more than {lists.COUNTED}" if found > lists.COUNTED else str(found)


def _address(request: HttpRequest, **changes: str) -> str:
    """This list with other filters, from its beginning unless a row is named."""
    query = QueryDict(mutable=True)
    for name in FILTERS:
        value = changes.pop(name, request.GET.get(name, ""))
        if value:
            query[name] = value
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
