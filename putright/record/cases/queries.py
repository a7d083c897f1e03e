"""Questions about cases. Every one starts from a landlord."""

from __future__ import annotations

from django.db.models import QuerySet

from putright.record.cases.models import Case


def of_landlord(landlord_id: int) -> QuerySet[Case]:
    """The cases of one landlord."""
    return Case.objects.filter(landlord_id=landlord_id)
