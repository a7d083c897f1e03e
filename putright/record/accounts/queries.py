"""Questions about staff."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from putright.record.accounts.models import Membership, Team, User

UNKNOWN = "name:"


def at_work(landlord_id: int) -> QuerySet[Membership]:
    """Those who may sign in and work at this landlord now: not who is only invited, nor who was switched off."""
    return Membership.objects.filter(landlord_id=landlord_id, state=Membership.ON, user__is_active=True)


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
    return sorted(at_work(landlord_id).values_list("user__name", flat=True))


def titles_held_alone(landlord_id: int) -> list[str]:
    """The job titles at this landlord that one person at work holds and nobody else: such a title names them."""
    titled = at_work(landlord_id).exclude(title="")
    held: dict[str, list[str]] = {}
    for title in titled.values_list("title", flat=True):
        held.setdefault(" ".join(title.lower().split()), []).append(title)
    return sorted(titles[0] for titles in held.values() if len(titles) == 1)


HANDLES = frozenset({"complaints_officer", "investigator", "reviewer"})


def handlers_at(landlord_id: int) -> list[tuple[int, str]]:
    """Those who may be given a case at this landlord, by name: user's number and name. One statement."""
    memberships = at_work(landlord_id).order_by("user__name")
    found = memberships.values_list("user_id", "user__name", "roles")
    return [(user, name) for user, name, roles in found if HANDLES & set(roles)]


DORMANT_AFTER = timedelta(days=90)
"""Whoever has not signed in for longer is reported: an account nobody uses is a door nobody watches."""

ACTIVE, INVITED, DORMANT, OFF = "active", "invited", "dormant", "off"
STANDINGS = (ACTIVE, INVITED, DORMANT, OFF)
"""How somebody stands at a landlord."""


def standing(member: Membership, now: datetime) -> str:
    """How somebody stands at a landlord: one of STANDINGS."""
    if member.state == Membership.INVITED:
        return INVITED
    if member.state == Membership.OFF or not member.user.is_active:
        return OFF
    last = max((at for at in (member.user.last_login, member.since) if at is not None), default=None)
    return DORMANT if last is not None and now - last > DORMANT_AFTER else ACTIVE


def teams_at(landlord_id: int) -> list[str]:
    """What the teams of this landlord are called: those described, and those its people are in. Two statements."""
    described = Team.objects.filter(landlord_id=landlord_id).values_list("name", flat=True)
    people = Membership.objects.filter(landlord_id=landlord_id).exclude(team="").exclude(state=Membership.OFF)
    found = {name.lower(): name for name in (*people.values_list("team", flat=True).distinct(), *described)}
    return sorted(found.values(), key=str.lower)


def names_of_team(landlord_id: int, team: str) -> list[str]:
    """What a team is called and was called before: what was promised under any of these is owed by it."""
    former = Team.objects.filter(landlord_id=landlord_id, name__iexact=team).values_list("former", flat=True)
    return [team, *(name for names in former for name in names)]
