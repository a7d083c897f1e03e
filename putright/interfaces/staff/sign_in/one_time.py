"""The page of a one-time link: choose a password, or take up an invitation with the one you have.

Every link that is no good gets the same answer, and tries are counted as those at signing in are.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from putright.interfaces.pages.clients import client_of
from putright.interfaces.pages.forms import Form
from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.staff.who import open_to_all
from putright.record.accounts import actions
from putright.record.accounts.models import OneTimeLink
from putright.record.accounts.records import (
    begin_try,
    begin_try_of_link,
    forget_tries,
    forget_try_of_link,
)


class PasswordForm(Form):
    """A password to sign in with from now on."""

    password = forms.CharField(
        label="Your new password",
        max_length=4096,
        strip=False,
        help_text="At least 12 characters. Three words you will remember make a good one.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password."},
    )


class OwnPasswordForm(Form):
    """The password they sign in with already."""

    password = forms.CharField(
        label="The password you sign in with",
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )


@open_to_all
@sensitive_post_parameters("password")
@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """What a link is for; and, once it is filled in, the way to sign in."""
    now, client = timezone.now(), client_of(request)
    until = begin_try_of_link(client, now)
    if until is not None:
        says = f"There were too many tries. Wait until {clock_time(until)}, then try again."
        return _no_good(request, says, status=429)
    link = actions.link_in_hand(token, now)
    if link is None:
        return _no_good(request)
    forget_try_of_link(client)
    if actions.waits_for_another(link):
        return _no_good(request, "You were invited by another landlord first. Use that link, then this one.")
    kind = OwnPasswordForm if actions.asks_for_password_they_have(link) else PasswordForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _use(request, token, link, form)
        if answer is not None:
            return answer
    return _page(request, link, form)


def _use(request: HttpRequest, token: str, link: OneTimeLink, form: Form) -> HttpResponse | None:
    """Use the link; None where the password will not do, which the form then says."""
    now, client, email = timezone.now(), client_of(request), link.user.email
    # A password that somebody has already is guessed at here no faster than at the door.
    until = begin_try(email, client, now) if isinstance(form, OwnPasswordForm) else None
    if until is not None:
        form.add_error(
            "password", f"There were too many tries. Wait until {clock_time(until)}, then try again."
        )
        return None
    try:
        user = actions.use_link(token, form.cleaned_data["password"], at=now)
    except ValidationError as problem:
        for says in actions.in_words(problem):
            form.add_error("password", says)
        return None
    if user is None:
        return _no_good(request)
    if isinstance(form, OwnPasswordForm):
        forget_tries(email, client)
    messages.success(request, f"You can sign in now and work for {link.landlord.name}.")
    return redirect("sign_in")


def _page(request: HttpRequest, link: OneTimeLink, form: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "invitation": link.purpose == OneTimeLink.INVITATION,
        "has_password": isinstance(form, OwnPasswordForm),
        "landlord": link.landlord.name,
        "email": link.user.email,
    }
    return render(request, "staff/sign_in/set_password.html", context)


def _no_good(request: HttpRequest, says: str = "", status: int = 404) -> HttpResponse:
    return render(request, "staff/sign_in/link_no_good.html", {"says": says}, status=status)
