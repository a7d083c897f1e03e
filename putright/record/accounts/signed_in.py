"""Who is signed in, read together with where they work: every page asks for both."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from putright.record.accounts.models import Membership, User


class SignedIn(ModelBackend):
    """Django's own, but for what it reads of whoever is signed in."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of this number, with the memberships they may use now. One statement; two for nobody's member."""
        at_work = list(memberships_of(user_id))
        if not at_work:
            return super().get_user(user_id)
        user = at_work[0].user
        user.at_work = at_work
        return user if self.user_can_authenticate(user) else None


def memberships_of(user_id: Any) -> Any:
    """Where somebody works, longest there first, with the landlords and themselves."""
    found = Membership.objects.filter(user=user_id, state=Membership.ON)
    return found.select_related("landlord", "user").order_by("id")


def at_work(user: User) -> list[Membership]:
    """Where somebody works now, longest there first: as it was read with them, where it was."""
    known: list[Membership] | None = getattr(user, "at_work", None)
    return list(memberships_of(user.pk)) if known is None else known
