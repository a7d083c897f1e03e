"""Every entry ever made: who, what, when. Only ever added to.

The journal points at nothing: landlord, case and actor are plain numbers and names, so no
cascade can reach it. What belongs to no case stands in the landlord's own chain, case 0.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """An entry of the journal is never changed or deleted. Mend it with a further entry (`correct`)."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(AppendOnly.__doc__)

    def delete(self) -> NoReturn:
        raise AppendOnly(AppendOnly.__doc__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(AppendOnly.__doc__)


class Entry(models.Model):
    """One thing that happened, in the chain of its case."""

    landlord = models.BigIntegerField()
    case = models.BigIntegerField(default=0)
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    happened_on = models.DateField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=40, blank=True)
    actor_role = models.CharField(max_length=30, blank=True)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null, so that many entries may have none
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "case", "number"], name="entry_number_once_a_case"),
            models.UniqueConstraint(fields=["landlord", "key"], name="entry_key_once_a_landlord"),
        ]
        indexes = [
            models.Index(fields=["landlord", "recorded_at"], name="entry_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.case}/{self.number} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(AppendOnly.__doc__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(AppendOnly.__doc__)


class Text(models.Model):
    """The words of an entry, beside the journal, so that lawful erasure leaves the chain whole.

    The entry holds a digest of salt and text; the salt goes with the text.
    """

    landlord = models.BigIntegerField()
    case = models.BigIntegerField(default=0)
    entry_number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "case", "entry_number", "name"], name="text_once_an_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}/{self.entry_number} {self.name}"


class Head(models.Model):
    """Where a chain ends: how many entries, and the hash of the newest. Its lock gives out the numbers."""

    landlord = models.BigIntegerField()
    case = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    sealed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "case"], name="head_once_a_chain")]

    def __str__(self) -> str:
        return f"{self.landlord}/{self.case}: {self.count}"


class Seal(models.Model):
    """The heads that moved since the seal before, in one hash: the loss of a newest entry shows."""

    landlord = models.BigIntegerField()
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "number"], name="seal_number_once")]

    def __str__(self) -> str:
        return f"{self.landlord} seal {self.number}"


class SealedHead(models.Model):
    """Where one chain stood when a seal was made."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="heads")
    case = models.BigIntegerField()
    count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "case"], name="sealed_head_once")]

    def __str__(self) -> str:
        return f"{self.seal_id}: {self.case}/{self.count}"
