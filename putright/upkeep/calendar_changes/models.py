"""A change of the calendar from the moment it is thought of until every case counts by it, and whom it moves."""

from __future__ import annotations

from django.db import models

from putright.record.accounts.models import User
from putright.record.cases.models import Case
from putright.record.landlords.models import DayOff, Landlord


class CalendarChange(models.Model):
    """Days off to be added, or taken back (`day_off`), and how far the cases have been gone through.

    `before` and `after` are what the landlord's calendar adds, without the change and with it. `cursor` is the
    newest case gone through, so that whoever carries on begins behind it.
    """

    LOOKING, LOOKED, SAVING, DONE, DROPPED = "looking", "looked", "saving", "done", "dropped"

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    day_off = models.ForeignKey(DayOff, on_delete=models.PROTECT, null=True)
    takes_back = models.BooleanField(default=False)
    proposed = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    from_on = models.DateField(help_text="The first day that it counts otherwise.")
    state = models.CharField(max_length=10, default=LOOKING)
    cursor = models.BigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0, help_text="Cases gone through so far.")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "id"], name="calendar_change_goes_on", condition=models.Q(state="saving")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.landlord_id} change {self.pk}: {self.state}"


class MovedDay(models.Model):
    """A day of a case that a change moves. Where the resident had been told the old one, a letter is owed.

    Before the change is saved these are a preview; then they are what happened, case by case.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    change = models.ForeignKey(CalendarChange, on_delete=models.PROTECT, related_name="moved")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moved_days")
    clock = models.CharField(max_length=40)
    own = models.BooleanField(default=False)
    old_on = models.DateField()
    new_on = models.DateField()
    told = models.BooleanField(default=False)
    saved = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["change", "new_on", "id"], name="moved_by_change"),
            models.Index(
                fields=["landlord", "new_on", "id"],
                name="letter_owed",
                condition=models.Q(told=True, saved=True, settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.clock}: {self.old_on} to {self.new_on}"
