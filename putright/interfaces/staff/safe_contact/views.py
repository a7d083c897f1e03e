"""What is safe for the resident of a case. Opened by a press, never by a link; each look is in the journal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaint_rules.events import Actor
from putright.interfaces.staff.case.views import file_of, heading
from putright.interfaces.staff.safe_contact import notes
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.cases.reading import CaseFile
from putright.record.people import looking, rights


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def safe_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """A page with a button; pressed, it writes down who looked and shows what is safe and what is needed."""
    file, staff = file_of(request, reference), staff_of(request)
    safe = notes.may_see_what_is_safe(file, staff)
    if not safe and not rights.may(staff.roles, rights.NEEDS):
        raise PermissionDenied("Your role does not do this.")
    context = heading(file) | {
        "today": timezone.localdate(),
        "opened": None,
        "may_see_what_is_safe": safe,
        "person_url": reverse("person", args=[file.case.resident.pk]) if file.case.resident and safe else "",
        "on_paper": request.POST.get("paper") == "yes",
    }
    if request.method == "POST":
        now = timezone.now()
        _write_down(file, staff, safe)
        context["opened"] = notes.opened(file, staff, now)
    return render(request, "staff/safe_contact/page.html", context)


def _write_down(file: CaseFile, staff: Staff, safe: bool) -> None:
    person, now = file.case.resident, timezone.now()
    if person is None:
        return
    opens = [(rights.NEEDS, rights.may(staff.roles, rights.NEEDS)), (rights.SAFE_CONTACT, safe)]
    for what, may in opens:
        if may:
            by = Actor("staff", staff.person, rights.role_that_may(staff.roles, what))
            looking.look(person, what, by=by, at=now, case=file.case.pk)
