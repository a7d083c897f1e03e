"""What is due, late first or by risk; and every case, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.staff.queue.asked import Asked
from putright.interfaces.staff.queue.filters import GROUPS, ORDERS, Filters, read_query
from putright.interfaces.staff.queue.kept_views import MOST_SHOWN, KeptView, kept, of_roles, saved_by
from putright.interfaces.staff.queue.panel import address, panel, with_query
from putright.interfaces.staff.queue.rows import is_past_its_hour, row
from putright.interfaces.staff.who import staff_of
from putright.record.accounts import saved_views
from putright.record.accounts.models import SavedView
from putright.record.cases import lists
from putright.record.cases.lists import BY_RECEIPT, Line, Mark, Order
from putright.record.cases.queries import of_landlord, referred_to

PAST_ITS_HOUR = "past_its_hour"


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The cases with something due: in four groups, late first, or in one list by risk to the resident."""
    staff = staff_of(request)
    named = referred_to(staff.landlord.pk, request.GET.get("q", ""))
    if named is not None:
        return redirect("case", reference=named.reference)
    asked, saved = Asked.of(request), saved_by(staff)
    first = saved_views.opens_with(saved, staff.user.pk)
    if first is not None and not request.GET:
        return redirect(_view_address(asked, first))
    views = (kept(saved, asked.people) + of_roles(staff.roles, asked.people))[:MOST_SHOWN]
    counted = Counted(asked, views)
    page = _page_of_queue(request, asked)
    filters, by_risk = asked.filters, asked.filters.sort.worst_first
    context = {
        "title": _title(asked, counted),
        "groups": [
            {
                "title": title,
                "count": said(counted.of(filters.but(when=name))),
                "url": address(request, filters.but(when=name)),
                "current": name == filters.when,
            }
            for name, title in GROUPS.items()
        ],
        "listed": _listed(asked, page, counted),
        "views": [_view(each, asked, counted) for each in views],
        "orders": [
            {
                "text": text,
                "url": address(request, filters.but(order=order)),
                "current": order == filters.order,
            }
            for order, text in ORDERS.items()
        ],
        "by_risk": by_risk,
        "save_url": with_query(reverse("save_view"), filters) if filters.query() else "",
        "download_url": with_query(reverse("queue_download"), filters),
        "may_record": staff.may("receive"),
        "may_assign": staff.may("assign"),
        "handlers": asked.people.handlers,
        "query": filters.query(),
        "matching": said(counted.of(filters)),
        **_round_the_list(request, asked, page, first is not None),
    }
    return render(request, "staff/queue/page.html", context)


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Every case, newest first. A whole reference goes straight to its case."""
    staff = staff_of(request)
    named = referred_to(staff.landlord.pk, request.GET.get("q", ""))
    if named is not None:
        return redirect("case", reference=named.reference)
    asked = Asked.of(request)
    asked.filters = asked.filters.but(when="", order="")
    found = asked.filters.narrow(of_landlord(staff.landlord.pk), asked.people)
    page = _page(request, found, BY_RECEIPT)
    context = {
        "rows": [_row(line, asked) for line in page.lines],
        "may_record": staff.may("receive"),
        **_round_the_list(request, asked, page),
    }
    return render(request, "staff/queue/cases.html", context)


def said(count: int) -> str:
    """A count as it is shown: beyond a bound nothing is counted."""
    return f"more than {lists.COUNTED}" if count > lists.COUNTED else str(count)


# The list


def _page_of_queue(request: HttpRequest, asked: Asked) -> lists.Page:
    filters = asked.filters
    if filters.sort.worst_first:
        return _page(request, asked.listed(), filters.sort)
    # Those past their hour are taken out of the page and put before the first one.
    cases = asked.due()
    if filters.when:
        cases = cases.filter(asked.days.plain(filters.when))
    return _page(request, cases, filters.sort)


def _page(request: HttpRequest, cases: Any, order: Order) -> lists.Page:
    after, before = (Mark.read(request.GET.get(name, "")) for name in ("after", "before"))
    return lists.page(cases, order, after, before)


def _listed(asked: Asked, page: lists.Page, counted: Counted) -> list[dict[str, Any]]:
    """What the page lists, under its headings: group by group, or one list by risk."""
    if asked.filters.sort.worst_first:
        rows = [_row(line, asked, by_risk=True) for line in page.lines]
        return [{"title": "Worst for the resident first", "rows": rows}] if rows else []
    days = asked.days
    first: Sequence[Line] = []
    if counted.past and page.before is None and asked.filters.when in ("", "late"):
        first = asked.emergencies(asked.due(), lists.PAGE)
    by_group: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for line in first:
        by_group["late"].append(_row(line, asked) | {"why": _past_its_hour(line)})
    for line in page.lines:
        if not is_past_its_hour(line, days.today, days.now):
            by_group[days.group_of(line)].append(_row(line, asked))
    return [{"title": GROUPS[name], "rows": rows} for name, rows in by_group.items() if rows]


def _row(line: Line, asked: Asked, by_risk: bool = False) -> dict[str, Any]:
    drawn = row(line, asked.now, asked.days.today, asked.days.calendar, by_risk)
    return drawn | asked.actions.beside(line)


def _past_its_hour(line: Line) -> str:
    return f"First because: its hour, {clock_time(line.next_due_at)} today, has passed."


# Counts


class Counted:
    """How many cases stand in each group, behind each view, and in all. One statement, none of them counted twice."""

    def __init__(self, asked: Asked, views: Sequence[KeptView]) -> None:
        self.base = asked.filters.but(when="", order="")
        wanted = {_whatever_its_order(view.filters) for view in views} | {Filters()}
        others = {each.query(): asked.listed(each) for each in wanted if each.but(when="") != self.base}
        due = asked.due(self.base)
        groups = {PAST_ITS_HOUR: due.filter(asked.days.past_its_hour), **others}
        self.found = lists.counts(groups, (due, asked.days.spans))
        self.past = self.found.pop(PAST_ITS_HOUR)
        if self.found["today"] <= lists.COUNTED:
            self.found["today"] -= self.past
        self.found["late"] += self.past

    def of(self, filters: Filters) -> int:
        """How many cases the list under these filters holds on all its pages; more than the bound for more."""
        if filters.but(when="", order="") != self.base:
            return self.found[_whatever_its_order(filters).query()]
        groups = [filters.when] if filters.when else list(GROUPS)
        return sum(self.found[name] for name in groups)


def _whatever_its_order(filters: Filters) -> Filters:
    return filters.but(order="")


def _title(asked: Asked, counted: Counted) -> str:
    matching = counted.of(asked.filters)
    if not any(asked.filters.chosen()):
        return f"Queue: {said(matching)} {'case' if matching == 1 else 'cases'} with something due"
    return f"Queue: {said(matching)} of {said(counted.of(Filters()))} cases with something due"


# Round the list


def _view_address(asked: Asked, view: SavedView) -> str:
    return KeptView(view.name, read_query(view.query, asked.people), view).url


def _view(view: KeptView, asked: Asked, counted: Counted) -> dict[str, Any]:
    return {
        "title": view.name,
        "count": said(counted.of(view.filters)),
        "url": view.url,
        "current": view.filters == asked.filters,
        "team": view.saved.team if view.saved else "",
    }


def _round_the_list(
    request: HttpRequest, asked: Asked, page: lists.Page, opens_with_a_view: bool = False
) -> dict[str, Any]:
    """The filters, those chosen with the way to remove each, and the pages before and after."""
    filters, people = asked.filters, asked.people
    chosen = [
        {
            "text": filters.said(name, people),
            "remove_url": _or_all(address(request, filters.but(**{name: ""})), opens_with_a_view),
        }
        for name, _ in filters.chosen()
    ]
    return {
        "filter_panel": panel(filters, people, asked.staff.landlord.pk, request.path),
        "chosen": chosen,
        "here": _or_all(request.path, opens_with_a_view),
        "before_url": address(request, filters, before=page.before) if page.before else "",
        "after_url": address(request, filters, after=page.after) if page.after else "",
    }


def _or_all(url: str, opens_with_a_view: bool) -> str:
    """An address without any filter would open the view that somebody chose to begin with."""
    return f"{url}?view=all" if opens_with_a_view and "?" not in url else url
