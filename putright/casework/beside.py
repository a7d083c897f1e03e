"""The other case of an action on two: found by its reference, its chain held, read as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from complaint_rules.complaint import Complaint
from complaint_rules.events import Event
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.cases.queries import referred_to
from putright.record.journal import facts, queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head

OTHER = "other"
"""The field in which an action on two cases names the second one."""


@dataclass
class Beside:
    """The other case, with its chain held and what it says."""

    case: Case
    head: Head
    entries: list[Entry]
    complaint: Complaint

    @property
    def facts(self) -> tuple[Event, ...]:
        """What has happened in it, for the entry that joins the two."""
        return tuple(facts.events(self.entries))


def hold(case: Case, given: Mapping[str, Any]) -> tuple[Head, Head | None]:
    """Hold the chain of a case, and of the other one where an action names it.

    The lower number first, always: two people who join the same two cases wait for each other and neither for ever.
    """
    other = _named(case, given)
    numbers = sorted({case.pk, other.pk} if other else {case.pk})
    heads = {number: journal.lock(case.landlord_id, number) for number in numbers}
    return heads[case.pk], heads[other.pk] if other else None


def _named(case: Case, given: Mapping[str, Any]) -> Case | None:
    named = given.get(OTHER)
    other = referred_to(case.landlord_id, named) if isinstance(named, str) else None
    return other if other is not None and other.pk != case.pk else None


def read(landlord_id: int, head: Head) -> Beside | None:
    """The other case as it stands; None where nothing was received in it."""
    everything = ("landlord", "procedure", "resident", "representative")
    case = Case.objects.select_related(*everything).get(pk=head.case, landlord=landlord_id)
    entries = queries.of_case(landlord_id, case.pk)
    complaint = index.read_case(case, entries)
    return Beside(case, head, entries, complaint) if complaint is not None else None


def look(case: Case, given: Mapping[str, Any]) -> Beside | None:
    """As `read`, for a page that shows what an action would do: nothing is held and nothing written."""
    other = _named(case, given)
    if other is None:
        return None
    return read(case.landlord_id, Head(landlord=case.landlord_id, case=other.pk, count=_newest(other)))


def _newest(case: Case) -> int:
    entries = Entry.objects.filter(landlord=case.landlord_id, case=case.pk)
    return entries.order_by("-number").values_list("number", flat=True).first() or 0
