"""What others were asked about a case: an index of the questions, and the links by which outsiders answer."""

from __future__ import annotations

from django.db import models

from putright.record.accounts.models import User
from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord


class Asked(models.Model):
    """A question put to somebody. Its words stand beside the entry of the case that put it.

    `shows` names what else of the case the holder of a link sees. The link holds 256 random bits; only their digest is
    kept. It ends when the question is answered or taken back, when a newer one is made, or when it runs out.
    """

    COLLEAGUE, TEAM, CONTRACTOR, LAWYER = "colleague", "team", "contractor", "lawyer"

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asked")
    entry = models.PositiveIntegerField()
    of = models.CharField(max_length=12)
    whom = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="questions_put")
    asked_on = models.DateField()
    answer_by = models.DateField()
    answered_on = models.DateField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    shows = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "entry"], name="asked_once_an_entry"),
            models.UniqueConstraint(fields=["digest"], name="link_once", condition=~models.Q(digest="")),
        ]
        indexes = [
            models.Index(
                fields=["landlord", "answer_by"],
                name="asked_and_waiting",
                condition=models.Q(answered_on__isnull=True, taken_back_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} question {self.entry}"
