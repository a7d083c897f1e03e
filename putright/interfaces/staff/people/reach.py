"""A person as their pages reach them: who may, and who is meant. What a role may not see answers as if it were not."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from complaint_rules.events import Actor
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.cases import of_people
from putright.record.people import rights
from putright.record.people.models import Authority, ClaimedDetail, Home, Joining, Living, Need, Person

MOST_NUMBER = 2**31 - 1


def at_work(request: HttpRequest, right: str = rights.DETAILS) -> Staff:
    """Who is at work, where one of their roles has this right; else 403, whoever is asked for."""
    staff = staff_of(request)
    if not rights.may(staff.roles, right):
        raise PermissionDenied("Your role does not need this page, so it is not shown.")
    return staff


def actor(staff: Staff, right: str) -> Actor:
    """Them, in the role that has this right."""
    return Actor("staff", staff.person, rights.role_that_may(staff.roles, right))


def person_of(staff: Staff, number: int) -> Person:
    """The person of this number at their landlord, joined into another's record or not; else 404."""
    found = _known(Person.objects.filter(landlord=staff.landlord), number, "person")
    found.landlord = staff.landlord
    return found


def sees_what_is_safe(staff: Staff, person: Person) -> bool:
    """Whether they may open what is safe for somebody: never who is named in a complaint of theirs."""
    return rights.may(staff.roles, rights.SAFE_CONTACT) and not of_people.names_against(person, staff.person)


def apart_from(staff: Staff, person: Person) -> None:
    """403 for whoever is named in a complaint of somebody's: what is safe for them is not for these eyes."""
    if not sees_what_is_safe(staff, person):
        raise PermissionDenied("You are named in a complaint of theirs, so this page is not shown to you.")


def need_of(person: Person, number: int) -> Need:
    return _known(Need.objects.filter(landlord=person.landlord_id, person=person), number, "need")


def authority_of(person: Person, number: int) -> Authority:
    rows = Authority.objects.filter(landlord=person.landlord_id, resident=person)
    return _known(rows.select_related("representative", "resident"), number, "authority")


def home_of(person: Person, number: int) -> Home:
    """A home that somebody lives or lived at."""
    lived = Living.objects.filter(landlord=person.landlord_id, person=person).values("home")
    return _known(Home.objects.filter(landlord=person.landlord_id, pk__in=lived), number, "home")


def claim_of(person: Person, number: int) -> ClaimedDetail:
    rows = ClaimedDetail.objects.filter(landlord=person.landlord_id, person=person)
    return _known(rows.select_related("person"), number, "claim")


def joining_of(person: Person, number: int) -> Joining:
    rows = Joining.objects.filter(landlord=person.landlord_id, kept=person)
    return _known(rows.select_related("kept__landlord", "joined__landlord"), number, "joining")


def _known(rows, number: int, what: str):  # type: ignore[no-untyped-def]
    found = rows.filter(pk=number).first() if 0 < number <= MOST_NUMBER else None
    if found is None:
        raise Http404(f"There is no such {what}.")
    return found
