"""Compensation rates: those in force, to come and ended; what one comes to; a new one; the end of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules import remedies
from putright.interfaces.pages.phrases import long_day, pounds, short_day
from putright.interfaces.staff.administration.forms import (
    KIND_WORDS,
    EndRateForm,
    RateForm,
    ReasonForm,
    TryForm,
)
from putright.interfaces.staff.administration.reach import changer, may_change, one_of, reader, tried
from putright.record.landlords import queries
from putright.record.landlords import rates as actions
from putright.record.landlords.models import CompensationRate


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """Every rate by whether it is in force, and what a rate comes to for the days that were asked about."""
    staff = reader(request)
    today, changes = localdate(), may_change(staff)
    kept = actions.of_landlord(staff.landlord.pk)
    form = TryForm(request.GET or None, heads=sorted({row.head for row in kept}))
    groups = [
        ("In force", [row for row in kept if queries.as_rate(row).holds_on(today)]),
        ("To come", [row for row in kept if row.first_on > today]),
        ("Ended", [row for row in kept if row.last_on is not None and row.last_on < today]),
    ]
    head = ["For", "How much", "From", "Until", "Where it comes from", *(["Change"] if changes else [])]
    context = {
        "form": form,
        "any": bool(kept),
        "groups": [(name, [_row(row, today, changes) for row in rows]) for name, rows in groups if rows],
        "head": head,
        "worked_out": _worked_out(form, staff.landlord.pk),
        "may_change": changes,
    }
    return render(request, "staff/administration/rates.html", context)


def _row(row: CompensationRate, today: date, changes: bool) -> list[Any]:
    cells: list[Any] = [
        format_html("<bdi>{}</bdi>", row.head),
        _how_much(row),
        short_day(row.first_on, today),
        short_day(row.last_on, today) if row.last_on else "No end",
        format_html("<span>{}: <bdi>{}</bdi></span>", KIND_WORDS[row.kind], row.source),
    ]
    if changes:
        ended = row.last_on is not None and row.last_on < today
        text = "Take back" if row.first_on > today else "Give it an end"
        link = format_html(
            '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
            reverse("administration_rate_end", args=[row.pk]),
            text,
            row.head,
        )
        cells.append("–" if ended else link)
    return cells


def _how_much(row: CompensationRate) -> str:
    unit = "time" if row.unit == remedies.TIME else row.unit
    said = f"{pounds(row.pence)} a {unit}" if unit != "time" else f"{pounds(row.pence)} each time"
    if row.at_once:
        said = f"{pounds(row.at_once)} at once, and {said}"
    return f"{said}, at most {pounds(row.most)}" if row.most is not None else said


def _worked_out(form: TryForm, landlord_id: int) -> str:
    """The sum in words; what is wrong stands in the form. Nothing where nothing was asked."""
    if not form.is_bound or not form.is_valid():
        return ""
    asked = form.cleaned_data
    head, first = asked["head"], asked["first"]
    for name, says in (("head", "Choose what it is for."), ("first", "Give the first day.")):
        if not asked[name]:
            form.add_error(name, says)
    if form.errors:
        return ""
    known = queries.rates(landlord_id)
    try:
        if asked["times"]:
            return remedies.for_times(known, head, [first] * asked["times"]).says
        return remedies.for_length(known, head, first, asked["last"] or first).says
    except ValueError as problem:
        form.add_error("first", str(problem))
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a rate from a day on."""
    staff = changer(request)
    form = RateForm(request.POST if request.method == "POST" else None, initial={"first_on": localdate()})
    if request.method == "POST" and form.is_valid():
        made = tried(form, staff, lambda **given: actions.add(staff.landlord.pk, form.rate(), **given))
        if made is not None:
            day = long_day(made.first_on, localdate())
            messages.success(request, f"Added: {made.head}, {_how_much(made)}, from {day}.")
            return redirect("administration_rates")
    return render(request, "staff/administration/rate.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """The last day of a rate in force; one that is still to come is taken back."""
    staff = changer(request)
    row = one_of(CompensationRate.objects.filter(taken_back_entry__isnull=True), staff, pk=number)
    today = localdate()
    to_come = row.first_on > today
    kind = ReasonForm if to_come else EndRateForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, last_on = form.cleaned_data["reason"], form.cleaned_data.get("last_on")
        done = tried(form, staff, lambda **given: _ended(row, last_on, reason=reason, **given))
        if done is not None:
            messages.success(request, f"Saved: {row.head}.")
            return redirect("administration_rates")
    context = {"form": form, "row": row, "says": _how_much(row), "to_come": to_come}
    return render(request, "staff/administration/rate_end.html", context)


def _ended(row: CompensationRate, last_on: date | None, **given: Any) -> CompensationRate:
    return actions.take_back(row, **given) if last_on is None else actions.end(row, last_on, **given)
