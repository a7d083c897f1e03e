"""Who they are and where they live, each on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from putright.casework import who_is_who
from putright.interfaces.staff.people import opened
from putright.interfaces.staff.people.changing import change
from putright.interfaces.staff.people.forms import (
    AddressForm,
    DetailsForm,
    HomeForm,
    LanguageForm,
    MoveForm,
    ReferenceForm,
)
from putright.interfaces.staff.people.reach import at_work, home_of, person_of
from putright.record.people import actions, queries, rights

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
def details(request: HttpRequest, number: int) -> HttpResponse:
    """Name, email address, telephone and preferred way."""
    staff = at_work(request, rights.CHANGE_DETAILS)
    person = person_of(staff, number)
    held = {name: getattr(person, name) for name in actions.DETAILS}
    form = DetailsForm(request.POST or None, initial=held, read_at=person.entry)

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        told = {name: cleaned[name] for name in actions.DETAILS}
        who_is_who.correct_details(person, told, cleaned["reason"], read_at=cleaned["read_at"], **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_DETAILS, done="The details are changed.",
        title="Details", button="Save",
    )  # fmt: skip


@never_cache
@METHODS
def language(request: HttpRequest, number: int) -> HttpResponse:
    """The language they are spoken and written to in: as sensitive as a need."""
    staff = at_work(request, rights.CHANGE_NEEDS)
    person = person_of(staff, number)
    if opened.must_ask(request, staff, person, rights.NEEDS):
        return opened.ask(request, person, "Language")
    form = LanguageForm(opened.sent(request), initial={"language": person.language}, read_at=person.entry)

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        actions.set_language(person, cleaned["language"], read_at=cleaned["read_at"], **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_NEEDS, done="The language is changed.",
        title="Language", button="Save",
    )  # fmt: skip


@METHODS
def move(request: HttpRequest, number: int) -> HttpResponse:
    """They live somewhere else since a day."""
    staff = at_work(request, rights.CHANGE_DETAILS)
    person = person_of(staff, number)
    form = MoveForm(request.POST or None, read_at=person.entry, today=localdate())

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        told = {name: cleaned[name] for name in ("address", "since", "lives_there_as", "read_at")}
        who_is_who.move(person, told.pop("address"), told.pop("since"), **told, **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_DETAILS, done="They live at the new address.",
        title="They moved", button="Save the move", template="staff/people/move.html",
    )  # fmt: skip


@METHODS
def address(request: HttpRequest, number: int) -> HttpResponse:
    """Our address was wrong: they never lived there."""
    staff = at_work(request, rights.CHANGE_DETAILS)
    person = person_of(staff, number)
    form = AddressForm(request.POST or None, initial={"address": person.address}, read_at=person.entry)

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        who_is_who.correct_address(
            person, cleaned["address"], cleaned["reason"], read_at=cleaned["read_at"], **how
        )

    return change(
        request, staff, person, form, act, rights.CHANGE_DETAILS, done="The address is put right.",
        title="Our address is wrong", button="Put it right",
        lead="They never lived at the address we hold. If they moved, say so on the page before.",
    )  # fmt: skip


@METHODS
def home(request: HttpRequest, number: int, home: int) -> HttpResponse:
    """What kind of home it is, and as what they live there."""
    staff = at_work(request, rights.CHANGE_DETAILS)
    person = person_of(staff, number)
    held = home_of(person, home)
    living = next(each for each in queries.homes_of(person) if each.home_id == held.pk)
    initial = {name: getattr(held, name) for name in ("tenure", "stock", "uprn")}
    initial["lives_there_as"] = living.lives_there_as
    form = HomeForm(request.POST or None, initial=initial, read_at=person.entry)

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        told = {name: cleaned[name] for name in ("tenure", "stock", "uprn", "lives_there_as", "read_at")}
        actions.describe_home(person, held, **told, **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_DETAILS, done="The home is changed.",
        title=held.address, button="Save", lead="Tenure, stock and UPRN are those of the home, for everybody in it.",
    )  # fmt: skip


@METHODS
def reference(request: HttpRequest, number: int) -> HttpResponse:
    """What another system calls them or their home."""
    staff = at_work(request, rights.CHANGE_DETAILS)
    person = person_of(staff, number)
    form = ReferenceForm(request.POST or None, read_at=person.entry)
    lives_at = queries.home_of(person, localdate())

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        if cleaned["of"] == "home" and lives_at is None:
            raise actions.NotPossible("We hold no home for them. Enter where they live first.", "of")
        home = lives_at if cleaned["of"] == "home" else None
        actions.refer(person, cleaned["source"], cleaned["value"], home=home, **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_DETAILS, done="The reference is kept.",
        title="Another system's reference", button="Keep it",
    )  # fmt: skip
