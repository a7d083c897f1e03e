"""Needs and adjustments of a person: added, looked at again, ended; and told to their open complaints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from putright.casework import verb
from putright.casework.act import NotDone
from putright.interfaces.staff.people import opened
from putright.interfaces.staff.people.changing import change
from putright.interfaces.staff.people.forms import NeedForm, ReviewForm
from putright.interfaces.staff.people.reach import at_work, need_of, person_of
from putright.interfaces.staff.who import Staff
from putright.record.cases.models import Case
from putright.record.cases.queries import open_for
from putright.record.landlords.queries import terms
from putright.record.people import actions, needs, rights
from putright.record.people.actions import NewNeed
from putright.record.people.models import Person

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a need or an adjustment, and tell the complaints that are open."""
    staff = at_work(request, rights.CHANGE_NEEDS)
    person = person_of(staff, number)
    form = NeedForm(request.POST or None, today=localdate())
    cases = _open_cases(staff, person)
    if cases:
        form.fields["cases"] = forms.MultipleChoiceField(
            label="Also record it in these complaints",
            choices=[(case.reference, case.reference) for case in cases],
            initial=[case.reference for case in cases],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="Then it is part of how they are handled.",
        )

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        told = NewNeed(cleaned["words"], cleaned["adjustment"], cleaned["alert"], cleaned["review_on"])
        if actions.add_need(person, told, **how) is not None:
            chosen = [case for case in cases if case.reference in cleaned.get("cases", ())]
            _tell(request, staff, person, chosen)

    return change(
        request, staff, person, form, act, rights.CHANGE_NEEDS, done="It is recorded.",
        title="A need or an adjustment", button="Record it",
    )  # fmt: skip


def _open_cases(staff: Staff, person: Person) -> list[Case]:
    """Their open complaints in which whoever is at work may record needs."""
    cases = Case.objects.filter(pk__in=[case.pk for case in open_for(staff.landlord.pk, [person.pk])])
    return [
        case
        for case in cases.select_related("procedure", "landlord").order_by("-pk")
        if staff.may("record_needs", terms(case.procedure))
    ]


def _tell(request: HttpRequest, staff: Staff, person: Person, cases: list[Case]) -> None:
    """Record in these complaints what is known now; say of those where it could not be."""
    now = timezone.now()
    known = needs.told_to_a_complaint(person, localdate(now))
    told: dict[str, Any] = {"needs": list(known.needs), "adjustments": list(known.adjustments)}
    if known.review_on:
        told["review_on"] = known.review_on
    for case in cases:
        try:
            verb("record_needs")(case, by=staff.actor("record_needs", terms(case.procedure)), at=now, **told)
        except NotDone as problem:
            messages.warning(request, f"Not recorded in {case.reference}: {problem}")


@never_cache
@METHODS
def need(request: HttpRequest, number: int, need: int) -> HttpResponse:
    """Look at a need or an adjustment again: still right until a day, or at its end."""
    staff = at_work(request, rights.CHANGE_NEEDS)
    person = person_of(staff, number)
    held = need_of(person, need)
    if opened.must_ask(request, staff, person, rights.NEEDS):
        return opened.ask(request, person, "Look at it again")
    form = ReviewForm(opened.sent(request), today=localdate())

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        actions.review_need(held, cleaned["still"] == "yes", cleaned["review_on"], **how)

    ends = form.is_bound and form.is_valid() and form.cleaned_data["still"] == "no"
    return change(
        request, staff, person, form, act, rights.CHANGE_NEEDS,
        done="It ends today." if ends else "It is still right, and will be looked at again.",
        title="Look at it again", button="Save", quoted=needs.says(held),
        lead="Ask them. Do not guess.",
    )  # fmt: skip
