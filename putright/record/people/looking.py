"""Who looked at what is sensitive of somebody: each look is an entry in the landlord's own chain.

The entry says who, when, whom and what; never what stood there. `Looked` is its index.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from complaint_rules.events import Actor
from putright.record.journal import records as journal
from putright.record.landlords.queries import LANDLORDS_OWN
from putright.record.people.models import Looked, Person

SEEN_AGAIN = timedelta(minutes=10)
"""A look at the same by the same person within this time of the first is the same look."""

VIEWED = "viewed"


def look(person: Person, what: str, *, by: Actor, at: datetime, case: int | None = None) -> bool:
    """Write down that somebody opens this of a person; False where it is one look with one before.

    Whoever calls it has asked whether they may.
    """
    who = by.person or ""
    if lately(person, what, who, at):
        return False
    with transaction.atomic():
        head = journal.lock(person.landlord_id, LANDLORDS_OWN)
        if lately(person, what, who, at):
            return False
        told = {"person": person.pk, "what": what} | ({"case": case} if case is not None else {})
        entry = journal.append(head, journal.New(VIEWED, by, at, told))
        Looked.objects.create(
            landlord_id=person.landlord_id, person=person, who=who, what=what, at=at, entry=entry.number
        )
    return True


def lately(person: Person, what: str, who: str, at: datetime) -> bool:
    """Whether somebody has opened this of a person within SEEN_AGAIN. One statement, by an index."""
    found = Looked.objects.filter(landlord=person.landlord_id, person=person, who=who)
    return found.filter(what=what, at__gt=at - SEEN_AGAIN, at__lte=at).exists()
