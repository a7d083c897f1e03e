"""The index of words: one document a case, and which cases have moved on since theirs was written.

What the words are, each database keeps in its own way beside these tables: PostgreSQL in a column of
`Document`, SQLite in a table of FTS5. See `engines`.
"""

from __future__ import annotations

from django.db import models

from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord


class Document(models.Model):
    """The words of one case are in the index, up to and with the entry that `covers` numbers."""

    # An index holds nothing of its own: it goes with its case.
    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, db_index=False, related_name="+")
    covers = models.PositiveIntegerField(default=0)
    received_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} up to entry {self.covers}"


class Behind(models.Model):
    """A change of a case's words that is not in the index yet. Written by triggers alone (`triggers`).

    Only ever added and taken away, so that no two who note a change, and nobody who indexes, wait for each other.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, db_index=False, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "id"], name="behind_by_landlord"),
            models.Index(fields=["landlord", "case"], name="behind_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} is behind"
