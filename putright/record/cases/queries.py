"""Questions about cases. Every one starts from a landlord."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import QuerySet

from putright.record.cases.models import Case

_LIKE_A_REFERENCE = re.compile(r"[\w-]{1,30}")


def of_landlord(landlord_id: int) -> QuerySet[Case]:
    """The cases of one landlord."""
    return Case.objects.filter(landlord_id=landlord_id)


def referred_to(landlord_id: int, text: str) -> Case | None:
    """The case whose whole reference this is, whatever its capitals; None where it is something else."""
    reference = text.strip().upper()
    if not _LIKE_A_REFERENCE.fullmatch(reference):
        return None
    return of_landlord(landlord_id).filter(reference=reference).only("reference").first()


def categories_of(landlord_id: int) -> list[str]:
    """The categories of the cases that have something due, by name."""
    named = of_landlord(landlord_id).filter(next_due_on__isnull=False).exclude(category="")
    return list(named.order_by("category").values_list("category", flat=True).distinct())


ENDED = ("closed", "refused", "withdrawn", "merged")


def open_for(landlord_id: int, residents: Collection[int | None]) -> list[Case]:
    """The cases of these residents that have not ended, newest first; at most twenty."""
    known = [number for number in residents if number is not None]
    if not known:
        return []
    cases = of_landlord(landlord_id).filter(resident_id__in=known).exclude(state__in=ENDED)
    shown = cases.select_related("resident").only("reference", "category", "received_on", "resident__name")
    return list(shown.order_by("-received_on", "-id")[:20])
