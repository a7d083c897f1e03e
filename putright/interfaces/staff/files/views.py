"""A file of a case, served as a download to whoever may read the case. Who may is asked each time."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from putright.interfaces.staff.who import case_of, staff_of
from putright.record.correspondence import files


@require_safe
def file(request: HttpRequest, reference: str, number: int) -> HttpResponse | FileResponse:
    """The file of this number in the case, the first being 1. Never shown in the browser, whatever it is."""
    staff, case = staff_of(request), case_of(request, reference)
    kept = files.of_case(staff.landlord.pk, case.pk)
    if not 1 <= number <= len(kept):
        raise Http404("There is no such file.")
    attachment = kept[number - 1]
    try:
        stored = files.bytes_of(attachment)
    except OSError:
        raise Http404("The file is missing from the store.") from None
    kind = attachment.kind if attachment.kind in files.SAFE_TO_NAME else files.UNKNOWN
    response = FileResponse(stored, as_attachment=True, filename=attachment.name, content_type=kind)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
