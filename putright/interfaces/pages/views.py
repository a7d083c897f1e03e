"""The pages that say something went wrong, in plain words. They need no database and no session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "putright/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "putright/404.html", status=404)


def conflict(request: HttpRequest, **context: Any) -> HttpResponse:
    """Someone else changed the case first. `context` may hold what changed; see putright/409.html."""
    return render(request, "putright/409.html", context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain("500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For CSRF_FAILURE_VIEW: nearly always a page left open past its session."""
    return _plain("403_csrf", 403)


def no_icon(request: HttpRequest) -> HttpResponse:
    """For /favicon.ico, which browsers ask for unasked: there is none, and that is no error."""
    return HttpResponse(status=204, headers={"Cache-Control": "public, max-age=86400"})


# Nobody need be signed in to be told that there is no icon.
no_icon.open_to_all = True  # type: ignore[attr-defined]


def _plain(page: str, status: int) -> HttpResponse:
    # Without the request: what asks the database who is signed in may be what failed.
    return HttpResponse(render_to_string(f"putright/{page}.html"), status=status)
