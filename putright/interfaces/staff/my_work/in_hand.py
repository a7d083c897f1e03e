"""What is in an administrator's hands: versions of the procedure on their way, and who works here."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from putright.interfaces.pages.phrases import counted, short_day
from putright.interfaces.staff.my_work.desk import Desk
from putright.record.accounts.models import Membership
from putright.record.landlords.models import ProcedureVersion
from putright.record.landlords.queries import own_versions


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to look after: what, how it stands, and where."""

    text: str
    says: str
    url: str


def things(desk: Desk) -> list[Thing]:
    """What an administrator has to look after. Two statements."""
    if "administrator" not in desk.roles:
        return []
    found = [_version(desk, each) for each in own_versions(desk.staff.landlord)]
    told = [each for each in found if each is not None]
    if not found:
        told.append(Thing("Procedure", "There is none yet. Start from the Code", reverse("procedure")))
    return [*told, _people(desk)]


def _version(desk: Desk, version: ProcedureVersion) -> Thing | None:
    """How a version stands that is on its way; None for one that is in force or was."""
    if version.in_force_on is not None and version.in_force_on <= desk.today:
        return None
    says = "A draft. Check it against the Code, then have it approved"
    if version.in_force_on is not None:
        says = f"Comes into force on {short_day(version.in_force_on, desk.today)}"
    elif version.approved_on is not None:
        says = f"Approved {short_day(version.approved_on, desk.today)}. Give the day it comes into force"
    return Thing(
        f"Procedure, version {version.number}", says, reverse("procedure_version", args=[version.number])
    )


def _people(desk: Desk) -> Thing:
    members = Membership.objects.filter(landlord=desk.landlord, user__is_active=True)
    roles = members.values_list("roles", flat=True)
    without = sum(1 for each in roles if not each)
    says = counted(len(roles), "person works here", "people work here")
    if without:
        says += f". {counted(without, 'person has', 'people have')} no role yet"
    return Thing("Staff", says, reverse("administration_people"))
