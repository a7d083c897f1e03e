"""A landlord, and what it has decided: its procedure, the days it is closed, its categories and its rates."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower


class Landlord(models.Model):
    """A social landlord. Every row of the product belongs to one."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    prefix = models.CharField(max_length=8, help_text="What its references begin with, as TV in TV-26-0417.")
    colour = models.CharField(max_length=7, default="#6B2C78")
    days_off = models.JSONField(
        default=dict, help_text="What its calendar adds to the published one. Written from DayOff alone."
    )

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


class DayOff(models.Model):
    """Days that this landlord's calendar counts otherwise than the published one that we ship.

    A bank holiday announced since, one that was moved away, or days on which the landlord is closed (`first_on`
    to `last_on`). Nothing is deleted: what is taken back keeps the entry that did it. `entry` is the entry of
    the landlord's own chain that wrote it.
    """

    BANK_HOLIDAY, MOVED_AWAY, CLOSED = "bank_holiday", "moved_away", "closed"

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="own_days_off")
    kind = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=300, blank=True)
    announced_on = models.DateField(null=True)
    entry = models.PositiveIntegerField()
    ended_entry = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="day_off_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.kind} {self.first_on}"


class Category(models.Model):
    """What complaints are about, as this landlord sorts them, and where each stands on others' lists.

    A case keeps the name it was given, so a name never changes: it is retired and another is added.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="categories")
    name = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField(default=0)
    housemark = models.CharField(max_length=100, blank=True)
    ombudsman = models.CharField(max_length=100, blank=True)
    retired_on = models.DateField(null=True)
    entry = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("landlord", Lower("name"), name="category_once_a_landlord"),
        ]

    def __str__(self) -> str:
        return self.name


class CompensationRate(models.Model):
    """What is paid under one head from a day on, in whole pence: `complaint_rules.remedies.Rate` as data.

    Once in force it never changes: it ends, and another takes its place. One that was taken back before it came
    into force keeps the entry that did it.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="rates")
    head = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    unit = models.CharField(max_length=10)
    pence = models.PositiveIntegerField()
    at_once = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(null=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    entry = models.PositiveIntegerField()
    taken_back_entry = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("head"),
                "first_on",
                condition=models.Q(taken_back_entry__isnull=True),
                name="rate_begins_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head} from {self.first_on}"
