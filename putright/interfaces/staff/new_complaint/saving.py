"""What is typed is kept as one types; and how long whoever types stays signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from putright.interfaces.pages.fields import FilesField
from putright.interfaces.staff.new_complaint.forms import NewComplaintForm
from putright.interfaces.staff.new_complaint.record import made_before
from putright.interfaces.staff.who import may_or_refuse
from putright.record.correspondence import intakes

_NOT_KEPT = frozenset({"key", "read_at"})
_PARTS = ("-day", "-month", "-year")


def boxes_of(data: QueryDict) -> dict[str, Any]:
    """What stands in the boxes of the page, by name; nothing that is not one of them."""
    return {name: values for name, values in data.lists() if _is_box(name)}


def _is_box(name: str) -> bool:
    base = name.rpartition("-")[0] if name.endswith(_PARTS) else name
    field = NewComplaintForm.base_fields.get(base)
    return field is not None and base not in _NOT_KEPT and not isinstance(field, FilesField)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed, and stay signed in while typing."""
    staff = may_or_refuse(request, "receive")
    key = intakes.key_of(request.POST.get("key", ""))
    if key is None:
        return JsonResponse({"says": "Not saved. Open this page again."}, status=400)
    if made_before(staff, str(key)):
        return JsonResponse({"says": "This is recorded."})
    now = timezone.now()
    try:
        kept = intakes.save(staff.landlord, staff.user, key, boxes_of(request.POST), at=now)
    except intakes.TooMuch:
        return JsonResponse({"says": "Not saved: there is too much text. Shorten it."}, status=413)
    if kept is None:
        return JsonResponse({"says": "Not saved. Open this page again."}, status=404)
    request.session.modified = True
    ends = request.session.get_expiry_age()
    return JsonResponse({"says": f"Saved at {localtime(now):%H:%M}", "session_seconds": ends})


def session_seconds(request: HttpRequest) -> int:
    """How long they stay signed in from now, if they do nothing. One statement."""
    ends = (
        Session.objects.filter(pk=request.session.session_key).values_list("expire_date", flat=True).first()
    )
    return max(0, int((ends - timezone.now()).total_seconds())) if ends else 0
