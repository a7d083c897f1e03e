"""Who acts for a person: written or not, for what, and until when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from putright.interfaces.staff.people.changing import change
from putright.interfaces.staff.people.forms import SOMEONE_NEW, AuthorityForm, SureForm
from putright.interfaces.staff.people.reach import at_work, authority_of, person_of
from putright.record.cases.models import Case
from putright.record.people import actions, queries, records, rights
from putright.record.people.models import Person

METHODS = require_http_methods(["GET", "HEAD", "POST"])
MOST_OFFERED = 8


@METHODS
def add(request: HttpRequest, number: int) -> HttpResponse:
    """The resident says that somebody may act for them."""
    staff = at_work(request, rights.CHANGE_AUTHORITY)
    person = person_of(staff, number)
    form = AuthorityForm(request.POST or None, people=_offered(person), today=localdate())

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        chosen = cleaned.get("representative") or SOMEONE_NEW
        known = form.people.get(chosen)
        actions.give_authority(
            person,
            known or _somebody_else(person, cleaned["who"], cleaned["contact"]),
            written=cleaned["written"] == "yes",
            scope=cleaned["scope"],
            since=cleaned["since"],
            expires_on=cleaned["expires_on"],
            **how,
        )

    return change(
        request, staff, person, form, act, rights.CHANGE_AUTHORITY, done="The authority is recorded.",
        title="Somebody acts for them", button="Record the authority", template="staff/people/authority.html",
    )  # fmt: skip


def _offered(person: Person) -> list[Person]:
    """Whom it may be: those who acted before, those in their complaints, their household."""
    spoke = Case.objects.filter(landlord=person.landlord_id, resident=person, representative__isnull=False)
    found = [given.representative for given in queries.authorities_of(person)]
    found += [
        case.representative
        for case in spoke.select_related("representative")[:MOST_OFFERED]
        if case.representative
    ]
    found += [living.person for living in queries.household_of(person, localdate())]
    known = {each.pk: each for each in found if each.joined_into_id is None and each.pk != person.pk}
    return list(known.values())[:MOST_OFFERED]


def _somebody_else(person: Person, name: str, contact: str) -> Person:
    if "@" in contact:
        return records.add(person.landlord, name, email=contact)
    return records.add(person.landlord, name, telephone=contact[:40])


@METHODS
def end(request: HttpRequest, number: int, authority: int) -> HttpResponse:
    """It ends today."""
    staff = at_work(request, rights.CHANGE_AUTHORITY)
    person = person_of(staff, number)
    given = authority_of(person, authority)
    form = SureForm(request.POST or None)

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        actions.end_authority(given, **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_AUTHORITY, done="The authority has ended.",
        title=f"End the authority of {given.representative}", button="End it today",
        lead="From today on they are told nothing of the complaints of this person.",
    )  # fmt: skip
