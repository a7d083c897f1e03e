"""Who works, or worked, at a landlord: for the lists of their cases."""

from __future__ import annotations

from typing import NamedTuple

from putright.record.accounts.models import Membership
from putright.record.accounts.queries import HANDLES


class Member(NamedTuple):
    """Somebody who works, or worked, at a landlord."""

    number: int
    name: str
    roles: list[str]
    team: str
    at_work: bool

    @property
    def handles(self) -> bool:
        """Whether they may be given a case."""
        return self.at_work and bool(HANDLES & set(self.roles))


def members_at(landlord_id: int) -> list[Member]:
    """Everybody who works or worked at this landlord, by name. One statement."""
    found = Membership.objects.filter(landlord_id=landlord_id).order_by("user__name", "user_id")
    columns = ("user_id", "user__name", "roles", "team", "user__is_active", "state")
    return [
        Member(number, name, roles, team, active and state == Membership.ON)
        for number, name, roles, team, active, state in found.values_list(*columns)
    ]
