"""What had to stop before it left: each stands on somebody's list until somebody says what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.correspondence.models import Stop
from putright.record.people.models import Person

SEES_ALL = "complaints_officer"
"""The role whose list holds every stop of the landlord."""


def stop(
    landlord_id: int, case: Case | None, person: Person, verb: str, way: str, says: str, at: datetime
) -> Stop:
    """Put it on the list of the case's handler, else on that of every complaints officer.

    The same stop that still stands there is not put there twice. Call it inside a transaction.
    """
    same = waiting(landlord_id).filter(case=case, person=person, verb=verb, way=way, says=says)
    known = same.first()
    if known is not None:
        return known
    return Stop.objects.create(
        landlord_id=landlord_id,
        case=case,
        person=person,
        verb=verb,
        way=way,
        says=says,
        handler_id=_whose_list(landlord_id, case),
        stopped_at=at,
    )


def _whose_list(landlord_id: int, case: Case | None) -> int | None:
    """The handler, as long as they work here."""
    if case is None or case.handler_id is None:
        return None
    here = Membership.objects.filter(landlord=landlord_id, user=case.handler_id, user__is_active=True)
    return case.handler_id if here.exists() else None


def waiting(landlord_id: int) -> QuerySet[Stop]:
    """The stops of a landlord that nobody has settled."""
    return Stop.objects.filter(landlord=landlord_id, settled_at__isnull=True)


def on_list_of(landlord_id: int, user: User, roles: Collection[str]) -> QuerySet[Stop]:
    """The stops that this person must settle: their own; for a complaints officer, those of nobody too."""
    mine = Q(handler=user)
    if SEES_ALL in roles:
        mine |= Q(handler__isnull=True)
    return waiting(landlord_id).filter(mine)


def settle(landlord_id: int, number: int, how: str, by: User | None, at: datetime) -> Stop | None:
    """Say what came of a stop; None where it had been settled before. Call it inside a transaction."""
    found = Stop.objects.select_for_update().filter(landlord=landlord_id, pk=number).first()
    if found is None or found.settled_at is not None:
        return None
    found.settled_at, found.settled_by, found.settled_how = at, by, how
    found.save(update_fields=["settled_at", "settled_by", "settled_how"])
    return found


def settle_told(case: Case, person: Person, verb: str, how: str, by: int | None, at: datetime) -> int:
    """What had stopped has now been told by another way: take it off the list. How many there were.

    `by` is the number of the member of staff who told it.
    """
    stood = waiting(case.landlord_id).filter(case=case, person=person, verb=verb)
    return stood.update(settled_at=at, settled_by_id=by, settled_how=how)
