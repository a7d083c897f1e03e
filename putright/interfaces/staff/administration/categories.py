"""What complaints can be about, in the landlord's order, with where each stands on others' lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from putright.interfaces.staff.administration.forms import CategoryForm, KeyForm, MappingForm, MoveForm
from putright.interfaces.staff.administration.reach import changer, may_change, one_of, reader, tried
from putright.interfaces.staff.who import Staff
from putright.record.landlords import categories as actions
from putright.record.landlords.models import Category


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Those in use, in order; and those retired."""
    staff = reader(request)
    kept = list(Category.objects.filter(landlord=staff.landlord).order_by("place", "pk"))
    context = {
        "used": [each for each in kept if each.retired_on is None],
        "retired": [each for each in kept if each.retired_on is not None],
        "starters": [name for name, _ in actions.STARTERS],
        "may_change": may_change(staff),
        "key_form": KeyForm(),
    }
    return render(request, "staff/administration/categories.html", context)


def _category(staff: Staff, number: int) -> Category:
    return one_of(Category.objects.all(), staff, pk=number)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one, last in order."""
    staff = changer(request)
    form = CategoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "housemark", "ombudsman")}
        made = tried(form, staff, lambda **given: actions.add(staff.landlord.pk, **said, **given))
        if made is not None:
            messages.success(request, f"Added: {made.name}.")
            return redirect("administration_categories")
    return render(request, "staff/administration/category.html", {"form": form, "category": None})


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Add those of our starting list that are not there."""
    staff = changer(request)
    form = KeyForm(request.POST)
    if form.is_valid():
        added = tried(form, staff, lambda **given: actions.begin_from_ours(staff.landlord.pk, **given))
        messages.success(request, f"{added or 0} categories added. Retire those you do not use.")
    return redirect("administration_categories")


@require_http_methods(["GET", "HEAD", "POST"])
def category(request: HttpRequest, number: int) -> HttpResponse:
    """Where one stands on others' lists."""
    staff = changer(request)
    found = _category(staff, number)
    form = MappingForm(
        request.POST if request.method == "POST" else None,
        read_at=found.entry,
        initial={"housemark": found.housemark, "ombudsman": found.ombudsman},
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("housemark", "ombudsman", "read_at")}
        if tried(form, staff, lambda **given: actions.map_to(found, **said, **given)) is not None:
            messages.success(request, f"Saved: {found.name}.")
            return redirect("administration_categories")
        form.read_again_at(_category(staff, number).entry)
    return render(request, "staff/administration/category.html", {"form": form, "category": found})


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """One place up or down."""
    staff = changer(request)
    found = _category(staff, number)
    form = MoveForm(request.POST)
    if form.is_valid():
        up = form.cleaned_data["way"] == "up"
        tried(form, staff, lambda **given: actions.move(found, up, **given))
    return redirect("administration_categories")


@require_POST
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """No longer to be chosen; or, where it is retired, to be chosen again."""
    staff = changer(request)
    found = _category(staff, number)
    form = KeyForm(request.POST)
    act: Any = actions.bring_back if found.retired_on else actions.retire
    if form.is_valid() and tried(form, staff, lambda **given: act(found, **given)) is not None:
        done = "can be chosen again" if found.retired_on else "is retired. Complaints that have it keep it"
        messages.success(request, f"{found.name} {done}.")
    return redirect("administration_categories")
