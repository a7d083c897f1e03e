"""The files of letters, given to a browser: a PDF is shown in it, anything else is a download."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {
    PDF: "pdf",
    "text/plain; charset=utf-8": "txt",
    WORD: "docx",
}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")


def in_the_browser(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A letter for whoever may read it. `name` is without its ending; what no file name holds is left out."""
    ending = ENDINGS.get(media_type)
    kind = media_type if ending is not None else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    filename = f"{_NOT_IN_A_NAME.sub('-', name)[:100]}.{ending or 'bin'}"
    response["Content-Disposition"] = content_disposition_header(kind != PDF, filename) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
