"""Questions about staff."""

from __future__ import annotations

from collections.abc import Collection

from putright.record.accounts.models import Membership, User

UNKNOWN = "name:"


def names_of(people: Collection[str]) -> list[str]:
    """The names of these people, as the journal names them: a user's number, or a name we have no user for."""
    found = [person.removeprefix(UNKNOWN) for person in people if person.startswith(UNKNOWN)]
    numbers = [int(person) for person in people if person.isdigit()]
    if numbers:
        found += User.objects.filter(pk__in=numbers).values_list("name", flat=True)
    return sorted(found)


def person_named(landlord_id: int, name: str) -> str:
    """How the journal names a member of staff that somebody spoke of: the user of that name, if there is one."""
    name = " ".join(name.split())
    memberships = Membership.objects.filter(landlord_id=landlord_id, user__name__iexact=name)
    users = list(memberships.values_list("user_id", flat=True)[:2])
    return str(users[0]) if len(users) == 1 else f"{UNKNOWN}{name}"


def names_at(landlord_id: int) -> list[str]:
    """The names of everybody at work at this landlord."""
    at_work = Membership.objects.filter(landlord_id=landlord_id, user__is_active=True)
    return sorted(at_work.values_list("user__name", flat=True))


def titles_held_alone(landlord_id: int) -> list[str]:
    """The job titles at this landlord that one person at work holds and nobody else: such a title names them."""
    at_work = Membership.objects.filter(landlord_id=landlord_id, user__is_active=True).exclude(title="")
    held: dict[str, list[str]] = {}
    for title in at_work.values_list("title", flat=True):
        held.setdefault(" ".join(title.lower().split()), []).append(title)
    return sorted(titles[0] for titles in held.values() if len(titles) == 1)


HANDLES = frozenset({"complaints_officer", "investigator", "reviewer"})


def handlers_at(landlord_id: int) -> list[tuple[int, str]]:
    """Those who may be given a case at this landlord, by name: user's number and name. One statement."""
    memberships = Membership.objects.filter(landlord_id=landlord_id, user__is_active=True).order_by(
        "user__name"
    )
    found = memberships.values_list("user_id", "user__name", "roles")
    return [(user, name) for user, name, roles in found if HANDLES & set(roles)]
