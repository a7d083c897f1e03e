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

from complaint_rules.working_days import Calendar
from putright.interfaces.pages.words import WAYS, action_word
from putright.interfaces.staff.stops.forms import SettleForm
from putright.interfaces.staff.stops.lists import everybodys, may_see, sees_all, theirs
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.cases.queries import of_landlord
from putright.record.correspondence import stops as kept
from putright.record.correspondence.models import Stop
from putright.record.landlords.queries import calendar

A_PAGE = 50
ALL = "all"


@require_safe
def stops(request: HttpRequest) -> HttpResponse:
    """What stands on the list of whoever looks, the oldest first; for an officer, on everybody's too."""
    staff = _who_may(request)
    all_of_them, of_case = request.GET.get("list") == ALL and sees_all(staff), _case(request, staff)
    shown = everybodys(staff) if all_of_them or of_case else theirs(staff)
    if of_case:
        shown = shown.filter(case__reference=of_case)
    found = kept.oldest_first(shown, after=request.GET.get("after", ""), most=A_PAGE + 1)
    today, days = timezone.localdate(), calendar(staff.landlord)
    chosen = {"list": ALL} if all_of_them else {"case": of_case} if of_case else {}
    more = {**chosen, "after": kept.place(found[A_PAGE - 1])} if len(found) > A_PAGE else {}
    context = {
        "lists": _lists(staff, all_of_them, of_case),
        "of_case": of_case,
        "rows": [row(each, today, days) for each in found[:A_PAGE]],
        "older_url": reverse("stops", query=more) if more else "",
        "today": today,
    }
    return render(request, "staff/stops/list.html", context)


def _case(request: HttpRequest, staff: Staff) -> str:
    """The reference of the case whose stops are asked for; empty where there is no such case."""
    asked = request.GET.get("case", "").replace("\0", " ")[:30]
    return asked if asked and of_landlord(staff.landlord.pk).filter(reference=asked).exists() else ""


def _lists(staff: Staff, all_of_them: bool, of_case: str) -> list[dict[str, Any]]:
    mine = {
        "text": f"Yours ({theirs(staff).count()})",
        "href": reverse("stops"),
        "current": not (all_of_them or of_case),
    }
    if not sees_all(staff):
        return [mine]
    text = f"Everybody's ({everybodys(staff).count()})"
    return [mine, {"text": text, "href": reverse("stops", query={"list": ALL}), "current": all_of_them}]


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


def _who_may(request: HttpRequest) -> Staff:
    staff = staff_of(request)
    if not may_see(staff):
        raise PermissionDenied("Your role does not do this.")
    return staff
