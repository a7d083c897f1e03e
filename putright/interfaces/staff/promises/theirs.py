"""Which promises somebody may speak for: their team's and their own; all of them, whoever answers complaints."""

from __future__ import annotations

from collections.abc import Callable

from putright.interfaces.staff.who import Staff
from putright.record.accounts.queries import names_of_team

FOR_ALL = frozenset({"complaints_officer", "investigator", "reviewer", "ombudsman_liaison"})


def speaks_for(staff: Staff) -> Callable[[str], bool]:
    """Whether a promise with this owner is for them to keep, move or agree to. At most one statement."""
    if FOR_ALL & set(staff.roles):
        return lambda owner: True
    names = {staff.user.name.casefold()}
    if staff.team:
        names |= {name.casefold() for name in names_of_team(staff.landlord.pk, staff.team)}
    return lambda owner: owner.casefold() in names
