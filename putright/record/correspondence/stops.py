"""What had to stop before it left: each stands on somebody's list until somebody says what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from complaint_rules.events import Actor
from complaint_rules.safe_contact import settle_by as settle_by
from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.correspondence.models import Stop
from putright.record.journal import records as journal
from putright.record.landlords.queries import LANDLORDS_OWN
from putright.record.people.models import Person

LONGEST_HOW = 5_000

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


def of_landlord(landlord_id: int) -> QuerySet[Stop]:
    """Every stop of a landlord, with what a page shows of it."""
    return Stop.objects.filter(landlord=landlord_id).select_related("person", "case", "handler", "settled_by")


def oldest_first(stops: QuerySet[Stop], after: str, most: int) -> list[Stop]:
    """Some of these, from the one that stopped first on, or after the place where a page ended."""
    found = stops.select_related("person", "case", "handler").order_by("stopped_at", "pk")
    day, _, number = after.partition("_")
    try:
        moment = datetime.fromtimestamp(int(day) / 10**6, UTC)
        found = found.filter(Q(stopped_at__gt=moment) | Q(stopped_at=moment, pk__gt=int(number)))
    except (ValueError, OverflowError, OSError):
        pass
    return list(found[:most])


def place(stop: Stop) -> str:
    """Where a page of stops ends, for the next to begin after."""
    return f"{round(stop.stopped_at.timestamp() * 10**6)}_{stop.pk}"


def settle(stop: Stop, how: str, *, user: User, by: Actor, at: datetime) -> Stop | None:
    """Say what came of a stop; None where it had been settled before. The words stand with the stop alone."""
    with transaction.atomic():
        head = journal.lock(stop.landlord_id, LANDLORDS_OWN)
        fresh = waiting(stop.landlord_id).filter(pk=stop.pk).first()
        if fresh is None:
            return None
        fresh.settled_at, fresh.settled_by, fresh.settled_how = at, user, how.replace("\0", "")
        fresh.save(update_fields=["settled_at", "settled_by", "settled_how"])
        data = {"stop": fresh.pk, "person": fresh.person_id}
        journal.append(head, journal.New("settle_stop", by, at, data))
    return fresh


def settle_told(case: Case, person: Person, verb: str, how: str, by: int | None, at: datetime) -> int:
    """What had stopped has now been told by another way: take it off the list. How many there were.

    `by` is the number of the member of staff who told it.
    """
    stood = waiting(case.landlord_id).filter(case=case, person=person, verb=verb)
    return stood.update(settled_at=at, settled_by_id=by, settled_how=how)
