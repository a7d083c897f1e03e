"""The way back to where somebody came from: a list, at the same row."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2_000


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The address that `back` names, where it is one of this site; else the page the link stood on; else `otherwise`.

    A list of fifty rows would be a fifth heavier with its own address in each of its links.
    """
    wanted = request.POST.get("back") or request.GET.get("back") or _came_from(request)
    return wanted if is_ours(wanted) else otherwise


def _came_from(request: HttpRequest) -> str:
    came = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" or came.netloc != request.get_host() or came.path == request.path:
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def is_ours(address: str) -> bool:
    """Whether an address stays on this site: a path, with no host, no scheme and nothing that hides one."""
    if not address.startswith("/") or len(address) > LONGEST or not address.isprintable():
        return False
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def to_its_row(address: str, reference: str) -> str:
    """An address of a list, at the row of a case; one that names a place of its own stays."""
    return address if "#" in address else f"{address}#{row_id(reference)}"


def with_way_back(address: str, back: str) -> str:
    """An address that leads back to another one when its task is done."""
    return f"{address}?{urlencode({'back': back})}"


def row_id(reference: str) -> str:
    """The id of the row of a case in a list, for coming back to it."""
    return f"row-{reference}"
