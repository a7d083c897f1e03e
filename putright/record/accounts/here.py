"""When somebody was last here: what came since is shown first."""

from __future__ import annotations

from datetime import datetime

from putright.record.accounts.models import Membership, User
from putright.record.accounts.signed_in import at_work
from putright.record.landlords.models import Landlord


def here_at(user: User, landlord: Landlord) -> datetime | None:
    """When they last said that they had read what was new; None where they never have."""
    found = Membership.objects.filter(user=user, landlord=landlord)
    return found.values_list("here_at", flat=True).first()


def here_before(user: User, landlord: Landlord) -> datetime | None:
    """The same, as it was when whoever is signed in was read: no statement of its own."""
    return next((each.here_at for each in at_work(user) if each.landlord_id == landlord.pk), None)


def was_here(user: User, landlord: Landlord, at: datetime | None) -> datetime | None:
    """They have read what came until then. Gives what stood there before, so that it can be taken back."""
    before = here_at(user, landlord)
    Membership.objects.filter(user=user, landlord=landlord).update(here_at=at)
    return before
