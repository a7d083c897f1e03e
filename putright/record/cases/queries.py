"""Questions about cases. Every one starts from a landlord."""

from __future__ import annotations

from django.db.models import QuerySet

from putright.record.cases.models import Case


def of_landlord(landlord_id: int) -> QuerySet[Case]:
    """The cases of one landlord."""
    return Case.objects.filter(landlord_id=landlord_id)


def referred_to(landlord_id: int, text: str) -> Case | None:
    """The case whose whole reference this is, whatever its capitals; None where it is something else."""
    reference = text.strip().upper()
    if not reference or len(reference) > 30:
        return None
    return of_landlord(landlord_id).filter(reference=reference).only("reference").first()
