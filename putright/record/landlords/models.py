"""A landlord, and what it has decided: its procedure, version by version, and the days it is closed."""

from __future__ import annotations

from django.db import models


class Landlord(models.Model):
    """A social landlord. Every row of the product belongs to one."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    prefix = models.CharField(max_length=8, help_text="What its references begin with, as TV in TV-26-0417.")
    colour = models.CharField(max_length=7, default="#6B2C78")

    def __str__(self) -> str:
        return self.name


class ProcedureVersion(models.Model):
    """One dated version of a landlord's procedure. A case keeps the version it began under.

    Drafted, approved (by which body), briefed, in force and published are five days; only what is
    in force handles a new case. `document` is the YAML of the procedure; where it is empty the
    version is a `profile` with `changes`, both of which `queries.terms` reads. Version 0, where
    there is one, is the Code's own: it handles a case while no version of the landlord's does.
    `entry` is the newest entry of the landlord's own chain about this version.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="procedures")
    number = models.PositiveIntegerField()
    drafted_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    approved_by = models.CharField(max_length=120, blank=True)
    briefed_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    convention_reason = models.TextField(blank=True, help_text="Why its days are counted another way.")
    entry = models.PositiveIntegerField(default=0)
    document = models.TextField(blank=True)
    profile = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "number"], name="procedure_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.landlord_id} version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether its text may still change: it is neither approved nor in force, now or on a day to come."""
        return self.approved_on is None and self.in_force_on is None


class ReferenceCounter(models.Model):
    """The last reference given out in a year: one row to lock, so that no number is lost or given twice."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "year"], name="reference_counter_once")]

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.year}: {self.last}"
