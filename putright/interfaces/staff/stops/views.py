"""The list of what was stopped, for whoever must settle it; and the page that settles one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules.safe_contact import SEES
from complaint_rules.working_days import Calendar
from putright.interfaces.pages.words import WAYS, action_word
from putright.interfaces.staff.stops.forms import SettleForm
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.correspondence import stops as kept
from putright.record.correspondence.models import Stop
from putright.record.landlords.queries import calendar

A_PAGE = 50
MINE, ALL = "", "all"


@require_safe
def stops(request: HttpRequest) -> HttpResponse:
    """What stands on the list of whoever looks, the oldest first; for an officer, on everybody's too."""
    staff = _who_may(request)
    shown = ALL if request.GET.get("list") == ALL and sees_all(staff) else MINE
    found = kept.oldest_first(_on_list(staff, shown), after=request.GET.get("after", ""), most=A_PAGE + 1)
    today, days = timezone.localdate(), calendar(staff.landlord)
    lists = [
        {
            "text": f"Yours ({_on_list(staff, MINE).count()})",
            "href": reverse("stops"),
            "current": shown == MINE,
        },
    ]
    if sees_all(staff):
        text = f"Everybody's ({_on_list(staff, ALL).count()})"
        lists.append({"text": text, "href": reverse("stops", query={"list": ALL}), "current": shown == ALL})
    rows = [row(each, today, days) for each in found[:A_PAGE]]
    more = reverse("stops", query=_next(found, shown)) if len(found) > A_PAGE else ""
    return render(
        request, "staff/stops/list.html", {"lists": lists, "rows": rows, "older_url": more, "today": today}
    )


def _next(found: list[Stop], shown: str) -> dict[str, str]:
    query = {"after": kept.place(found[A_PAGE - 1])}
    return query | {"list": shown} if shown else query


def row(stop: Stop, today: Any, days: Calendar) -> dict[str, Any]:
    """One stop as a list shows it. Nothing of it is unsafe to show."""
    day = timezone.localdate(stop.stopped_at)
    by = kept.settle_by(day, days)
    return {
        "number": stop.pk,
        "what": action_word(stop.verb),
        "who": str(stop.person),
        "reference": stop.case.reference if stop.case else "",
        "way": WAYS.get(stop.way, stop.way.replace("_", " ").capitalize() if stop.way else "No way chosen"),
        "says": stop.says,
        "stopped_at": stop.stopped_at,
        "day": day,
        "settle_by": by,
        "away": days.away(by, today),
        "late": by < today,
        "handler": stop.handler.name if stop.handler else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say what came of one."""
    staff = _who_may(request)
    stop = _one(staff, number)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = staff.actor("record_contact")
        done = kept.settle(stop, form.told(), user=staff.user, by=by, at=timezone.now())
        says = "Settled." if done else "Somebody had settled this before."
        (messages.success if done else messages.warning)(request, says)
        return redirect("stops")
    today = timezone.localdate()
    context = {
        "form": form,
        "stop": row(stop, today, calendar(staff.landlord)),
        "settled": stop.settled_at,
        "settled_by": stop.settled_by.name if stop.settled_by else "",
        "settled_how": stop.settled_how,
        "today": today,
    }
    return render(request, "staff/stops/stop.html", context)


def _one(staff: Staff, number: int) -> Stop:
    """One that stands, or stood, on a list they may see; else 404, as if there were none."""
    found = kept.of_landlord(staff.landlord.pk).filter(pk=number).first() if number < 2**63 else None
    if found is None or not (sees_all(staff) or found.handler_id == staff.user.pk):
        raise Http404("There is no such stop.")
    return found


def sees_all(staff: Staff) -> bool:
    """Whether every stop of the landlord is for them to see."""
    return kept.SEES_ALL in staff.roles


def _on_list(staff: Staff, shown: str) -> Any:
    if shown == ALL:
        return kept.waiting(staff.landlord.pk)
    return kept.on_list_of(staff.landlord.pk, staff.user, staff.roles)


def _who_may(request: HttpRequest) -> Staff:
    staff = staff_of(request)
    if not SEES & set(staff.roles):
        raise PermissionDenied("Your role does not do this.")
    return staff
