"""Signing in and out, and choosing a landlord."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from putright.interfaces.pages.clients import client_of
from putright.interfaces.pages.phrases import clock_time
from putright.interfaces.staff.sign_in import kept
from putright.interfaces.staff.sign_in.forms import LandlordForm, SignInForm
from putright.interfaces.staff.who import chosen_of, memberships_of, open_to_all
from putright.record.accounts.records import begin_try, forget_tries

NOT_RIGHT = "The email address or password is not right."


@open_to_all
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is. The same answer, after the same work, for an address we know and one we do not."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(safe_next(request.GET.get("next")))
        return _page(request, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    email, client = form.cleaned_data["email"], client_of(request)
    until = begin_try(email, client, timezone.now())
    if until is not None:
        form.add_error("email", f"There were too many tries. Wait until {clock_time(until)}, then try again.")
        return _page(request, form, status=429)
    user = authenticate(request, username=email.strip().lower(), password=form.cleaned_data["password"])
    if user is None:
        form.add_error("email", NOT_RIGHT)
        return _page(request, form)
    forget_tries(email, client)
    login(request, user)
    return _after(request, form)


def _page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "signed_out_meanwhile": bool(form["kept"].value())}
    return render(request, "staff/sign_in/page.html", context, status=status)


def _after(request: HttpRequest, form: SignInForm | LandlordForm) -> HttpResponse:
    """On to where they were going; with what they had sent, where it was kept."""
    was_sent = kept.unpack(form.cleaned_data["kept"])
    if was_sent is None:
        return redirect(safe_next(form.cleaned_data["next"]))
    memberships = memberships_of(request)
    if chosen_of(request, memberships) is None and memberships:
        given = {name: form.cleaned_data[name] for name in ("next", "kept")}
        return _ask_which(request, LandlordForm(initial=given, memberships=memberships))
    return render(request, "staff/sign_in/kept.html", {"was_sent": was_sent})


def safe_next(address: str | None) -> str:
    """A place on this site; the first page where the address leads anywhere else."""
    if address and address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("my_work")


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("signed_out")


@open_to_all
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say so."""
    return render(request, "putright/signed_out.html", {"sign_in_url": reverse("sign_in")})


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def choose_landlord(request: HttpRequest) -> HttpResponse:
    """For someone who works at several landlords: one at a time."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    memberships = memberships_of(request)
    if len(memberships) < 2:
        return redirect("my_work")
    given = {"next": request.GET.get("next", ""), "landlord": request.session.get("landlord")}
    form = LandlordForm(request.POST or None, initial=given, memberships=memberships)
    if not form.is_valid():
        return _ask_which(request, form)
    request.session["landlord"] = int(form.cleaned_data["landlord"])
    return _after(request, form)


def _ask_which(request: HttpRequest, form: LandlordForm) -> HttpResponse:
    context = {"form": form, "action": reverse("choose_landlord")}
    return render(request, "staff/sign_in/choose_landlord.html", context)
