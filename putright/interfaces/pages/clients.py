"""Which computer a request comes from."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The address that asks. What a request says of itself counts only when one of our own proxies passed it on.

    Read from the right: each proxy adds whom it heard from, and the first that is not ours is the client.
    """
    here = str(request.META.get("REMOTE_ADDR", ""))
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    while told and _is_ours(here):
        here = told.pop()
    return here


def _is_ours(address: str) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in ip_network(network) for network in settings.TRUSTED_PROXIES)
