"""Where the pages of one case are. A case page has fifty of them: each form of address is worked out once."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

_ANY = "x"


@lru_cache(maxsize=4_096)
def _before(name: str, reference: str) -> str:
    """The part of an address before what names the action or the clock, with the script's own prefix."""
    return reverse(name, args=[reference, _ANY]).removesuffix(f"{_ANY}/")


def action(reference: str, verb: str, **query: str | int) -> str:
    """The page of an action."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"{_before('action', reference)}{verb}/{asked}"


def why(reference: str, clock: str) -> str:
    """The page that tells why a day is that day."""
    return f"{_before('case_why', reference)}{clock}/"
