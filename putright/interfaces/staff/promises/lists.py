"""Which promises are still owed, by whom and how soon. Each list walks an index from where it is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from complaint_rules.promises import NO, YES
from complaint_rules.working_days import Calendar
from putright.record.cases.lists import Mark
from putright.record.cases.models import Owed

PAGE = 50
SHOWN = 20
SOON = 5
"""Working days."""

LATE, CANNOT, NEEDS_YES, NEXT, LATER = "late", "cannot", "needs-yes", "next", "later"
TITLES = {
    LATE: "Late",
    CANNOT: "Cannot be kept by its day",
    NEEDS_YES: "Needs your yes",
    NEXT: f"Next {SOON} working days",
    LATER: "Later",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some promises in their order, and the row that the next page follows; None on the last."""

    owed: Sequence[Owed]
    after: Mark | None


def owed(landlord_id: int, owners: Sequence[str] | None = None) -> QuerySet[Owed]:
    """What a landlord owes still, in closed cases too; with `owners`, what is theirs to keep."""
    found = Owed.objects.filter(landlord=landlord_id, kept_on__isnull=True)
    return found if owners is None else found.filter(owner__in=owners)


def groups(found: QuerySet[Owed], today: date, calendar: Calendar) -> Mapping[str, QuerySet[Owed]]:
    """The same promises, each in one group: how soon it is due, and whether its owner has said that it can be."""
    soon = calendar.add(today, SOON)
    to_come = found.filter(due_on__gte=today)
    agreed = to_come.filter(agreed=YES)
    return {
        LATE: found.filter(due_on__lt=today),
        CANNOT: to_come.filter(agreed=NO),
        NEEDS_YES: to_come.filter(agreed=""),
        NEXT: agreed.filter(due_on__lte=soon),
        LATER: agreed.filter(due_on__gt=soon),
    }


def page(found: QuerySet[Owed], after: Mark | None = None, size: int = PAGE) -> Page:
    """The promises that follow a row, the soonest due first. One statement."""
    if after is not None:
        # The first half says what the second implies, so that the index is entered at the row.
        beyond = Q(due_on__gt=after.day) | Q(due_on=after.day, id__gt=after.number)
        found = found.filter(Q(due_on__gte=after.day) & beyond)
    rows = list(found.order_by("due_on", "id")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], Mark(last.due_on, last.pk) if last else None)


def kept_since(landlord_id: int, owners: Sequence[str], day: date) -> QuerySet[Owed]:
    """What they have kept since a day."""
    return Owed.objects.filter(landlord=landlord_id, owner__in=owners, kept_on__gte=day)
