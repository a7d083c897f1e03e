"""What ran, when, how long it took and what failed; and the email that waits."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from putright.interfaces.pages.words import action_word
from putright.interfaces.staff.administration.reach import changer, may_change, reader
from putright.record.correspondence.models import Outgoing
from putright.upkeep.jobs import mail, runs
from putright.upkeep.jobs.timetable import TIMETABLE

SHOWN = 50
SILENT = timedelta(minutes=15)
"""How long a worker may take up nothing before the page says that none runs: one has work each minute."""


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The timetable with the last run of each, what failed, and this landlord's email that waits, oldest first."""
    staff, now = reader(request), timezone.now()
    last, seen = runs.last_of_each(), runs.last_seen()
    waiting = Outgoing.objects.filter(landlord=staff.landlord, state="waiting", way="email")
    found = list(waiting.select_related("case").order_by("made_at", "pk")[: SHOWN + 1])
    context = {
        "jobs": [{"job": job, "run": last.get(job.name)} for job in TIMETABLE],
        "failed": runs.failed_ones(SHOWN),
        "works": seen is not None and now - seen < SILENT,
        "configured": mail.configured(),
        "waiting": [_row(each) for each in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "most": SHOWN,
        "may_change": may_change(staff),
        "today": timezone.localdate(now),
    }
    return render(request, "staff/jobs/page.html", context)


def _row(each: Outgoing) -> dict[str, Any]:
    """One email as this page shows it: never to whom, nor what it says."""
    return {
        "reference": each.case.reference if each.case else "",
        "what": action_word(each.what),
        "since": each.made_at,
        "tries": each.tries,
        "says": each.says,
    }


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Let a run that failed be tried once more."""
    changer(request)
    try:
        number = str(uuid.UUID(request.POST.get("run", "")))
    except ValueError:
        number = ""
    if number and runs.run_again(number):
        messages.success(request, "It runs again as soon as a worker is free.")
    else:
        messages.warning(request, "That run did not fail, or is running again already.")
    return redirect("jobs")
