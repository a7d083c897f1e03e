"""A landlord's own letterhead and wording, and every letter as it was sent, byte for byte."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from putright.record.accounts.models import User
from putright.record.cases.models import Case
from putright.record.correspondence.models import Outgoing
from putright.record.landlords.models import Landlord


class Letterhead(models.Model):
    """What stands round every letter of a landlord. `look` is the stored name of its own Word file, if it has one."""

    landlord = models.OneToOneField(Landlord, on_delete=models.PROTECT, related_name="letterhead")
    lines = models.JSONField(default=list, help_text="Address, telephone, website: a line each.")
    team = models.CharField(max_length=120, default="Complaints team")
    how_to_reach_us = models.TextField(blank=True)
    ombudsman_lines = models.JSONField(default=list, help_text="Empty: as the product knows them.")
    look = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"letterhead of {self.landlord_id}"


class Wording(models.Model):
    """One version of a landlord's own wording of a kind of letter, as `templates.template` reads it.

    Never changed once in force: a new version takes its place on its day.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=30)
    stage = models.PositiveSmallIntegerField(null=True)
    edition = models.CharField(max_length=10, blank=True)
    number = models.PositiveIntegerField()
    document = models.JSONField()
    in_force_on = models.DateField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "number"], name="wording_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["landlord", "kind", "in_force_on"],
                name="wording_in_force",
                condition=Q(in_force_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stage or ''} version {self.number}"


class Letter(models.Model):
    """A letter as it was sent: its blocks, the exact bytes (in storage, with their digest), and what made it.

    `wording` is the landlord's version it was made from; none: our own, or the landlord's own words (`own_words`).
    `entry` is the entry of the journal that says it was sent.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    entry = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    stage = models.PositiveSmallIntegerField(null=True)
    edition = models.CharField(max_length=10)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="letters")
    own_words = models.BooleanField(default=False)
    format = models.CharField(max_length=20, default="standard")
    language = models.CharField(max_length=20, default="en")
    document = models.JSONField(null=True)
    media_type = models.CharField(max_length=100, default="application/pdf")
    stored_as = models.CharField(max_length=100, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, null=True, related_name="letters")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "case", "entry"], name="letter_of_entry"),
            models.Index(fields=["landlord", "made_at"], name="letter_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"
