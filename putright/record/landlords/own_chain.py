"""What an administrator changes at a landlord, one entry of its own chain at a time: who, when, what and why.

Names, addresses and reasons stand in the texts beside the entry; its data holds numbers, days and marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from complaint_rules.events import Actor
from putright.record.journal import queries as journal_queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head
from putright.record.landlords.actions import CHANGES, NotDone, NotForThisRole, NotPossible
from putright.record.landlords.models import Landlord
from putright.record.landlords.queries import LANDLORDS_OWN

__all__ = ["CHANGES", "Change", "ChangedMeanwhile", "NotDone", "NotForThisRole", "NotPossible", "changing"]


class ChangedMeanwhile(NotDone):
    """Somebody else has changed this since you opened it. What they saved is shown; send yours if it still fits."""

    def __str__(self) -> str:
        return str(self.__doc__)


@dataclass
class Change:
    """A change being made under the lock of the landlord's chain. `done` is the entry of the same request before."""

    landlord: Landlord
    head: Head
    by: Actor
    at: datetime
    key: str | None
    done: Entry | None

    @property
    def number(self) -> int:
        """The number that the next entry will have."""
        return self.head.count + 1

    def write(self, verb: str, facts: Mapping[str, Any], words: Mapping[str, str] | None = None) -> int:
        """Add the entry; its number."""
        new = journal.New(verb, self.by, self.at, dict(facts), words or {}, self.key)
        self.key = None
        return journal.append(self.head, new).number

    def refuse_if_changed(self, entry: int, read_at: int | None) -> None:
        """ChangedMeanwhile where a row has a newer entry than the page that was read."""
        if read_at is not None and entry > read_at:
            raise ChangedMeanwhile


@contextmanager
def changing(
    landlord_id: int, *, by: Actor, at: datetime, key: str | None = None, anybody: bool = False
) -> Iterator[Change]:
    """The landlord read afresh under the lock of its chain. Administrators only, unless `anybody` may."""
    if not anybody and (by.kind != "staff" or by.role != CHANGES):
        raise NotForThisRole("Only an administrator changes this.")
    with transaction.atomic():
        head = journal.lock(landlord_id, LANDLORDS_OWN)
        done = journal_queries.by_key(landlord_id, key) if key else None
        yield Change(Landlord.objects.get(pk=landlord_id), head, by, at, key, done)
