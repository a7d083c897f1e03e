"""Which stops somebody may see: those on their own list; for a complaints officer, all of them."""

from __future__ import annotations

from django.db.models import QuerySet

from complaint_rules.safe_contact import SEES
from putright.interfaces.staff.who import Staff
from putright.record.correspondence import stops as kept
from putright.record.correspondence.models import Stop


def may_see(staff: Staff) -> bool:
    """Whether their roles ring, write or visit at all."""
    return bool(SEES & set(staff.roles))


def sees_all(staff: Staff) -> bool:
    """Whether every stop of the landlord is for them to see."""
    return kept.SEES_ALL in staff.roles


def theirs(staff: Staff) -> QuerySet[Stop]:
    """What this person must settle."""
    if not may_see(staff):
        return Stop.objects.none()
    return kept.on_list_of(staff.landlord.pk, staff.user, staff.roles)


def everybodys(staff: Staff) -> QuerySet[Stop]:
    """What anybody must settle, for those who may see it; else what is theirs."""
    return kept.waiting(staff.landlord.pk) if may_see(staff) and sees_all(staff) else theirs(staff)


def waiting(staff: Staff) -> int:
    """How many stops this person must settle: what My work counts. One statement."""
    return theirs(staff).count()
