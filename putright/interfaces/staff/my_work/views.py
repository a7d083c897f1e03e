"""What is mine to do today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from putright.interfaces.staff.queue.rows import row
from putright.interfaces.staff.who import staff_of
from putright.record.cases import lists
from putright.record.cases.queries import of_landlord

OF_THE_QUEUE = frozenset({"q", "handler", "stage", "state", "when", "after", "before"})
"""What an address of the queue could hold while the queue stood at this one: old links still lead there."""


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What is due from whoever is signed in, soonest first."""
    if OF_THE_QUEUE & set(request.GET):
        return redirect(f"{reverse('queue')}?{request.GET.urlencode()}")
    staff = staff_of(request)
    now = timezone.now()
    mine = of_landlord(staff.landlord.pk).filter(handler=staff.user)
    found = lists.page(mine, lists.BY_DUE_DAY).lines
    context = {
        "rows": [row(line, now, timezone.localdate(now)) for line in found],
        "may_record": staff.may("receive"),
    }
    return render(request, "staff/my_work/page.html", context)
