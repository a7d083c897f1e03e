"""What was sent when nobody was signed in any more is kept, and can be sent again after signing in."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from putright.interfaces.staff.sign_in.forms import SignInForm

SALT = "putright.staff.kept"
MOST = 200_000
OURS = frozenset({"csrfmiddlewaretoken"})


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, holding what was just sent. It is not in the address, nor on our side."""
    form = SignInForm(initial={"next": request.get_full_path(), "kept": pack(request)})
    context = {"form": form, "signed_out_meanwhile": True, "action": reverse("sign_in")}
    return render(request, "staff/sign_in/page.html", context, status=403)


def pack(request: HttpRequest) -> str:
    """What was sent, signed; empty where there is too much of it."""
    fields = [(name, values) for name, values in request.POST.lists() if name not in OURS]
    if sum(len(value) for _, values in fields for value in values) > MOST:
        return ""
    return signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)


def unpack(kept: str) -> dict[str, Any] | None:
    """Where it was sent and the fields, each with its values; None for what we did not pack."""
    try:
        return signing.loads(kept, salt=SALT) if kept else None
    except signing.BadSignature:
        return None
