"""A landlord's self-assessments, answered provision by provision, and the register of papers that support them.

What is answered is fact; what the record says beside it is read afresh until the assessment is published, and
frozen with it then.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from putright.record.accounts.models import User
from putright.record.landlords.models import Landlord

STATES = ("draft", "reviewed", "seen", "responded", "published")
ANSWERS = ("yes", "partly", "no", "not_applicable")
WHY = ("annual", "restructure", "procedure_changed", "ombudsman_order")
PAPER_KINDS = (
    "policy",
    "procedure",
    "web_page",
    "leaflet",
    "poster",
    "newsletter",
    "handbook",
    "letter_footer",
    "training",
    "role_holder",
    "objective",
    "report",
    "meeting",
    "survey",
    "equality_assessment",
    "other",
)


class Assessment(models.Model):
    """One self-assessment against one edition, over one period.

    `state` moves on: draft, reviewed by the senior lead, seen by the Member Responsible for Complaints,
    responded to by the governing body, published; sent back, it is a draft again. `frozen` then holds every row
    as it was published, with its evidence and its "as at" moment; nothing of a published assessment changes.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="assessments")
    edition = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField()
    why = models.CharField(max_length=20, default="annual")
    due_on = models.DateField(null=True)
    late_because = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="draft")
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="after")
    came_from = models.CharField(
        max_length=255, blank=True, help_text="The file it was read from, if it was."
    )
    frozen = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="assessment_state_known"),
            models.CheckConstraint(condition=Q(why__in=WHY), name="assessment_why_known"),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="assessment_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(frozen__isnull=False), name="published_is_frozen"
            ),
        ]
        indexes = [models.Index(fields=["landlord", "-last_day"], name="assessment_newest")]

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.edition} to {self.last_day}"


class ProvisionAnswer(models.Model):
    """What the landlord answers for one provision. `version` rises with each change: two people can work at once."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    provision = models.CharField(max_length=10)
    answer = models.CharField(max_length=15, blank=True)
    comment = models.TextField(blank=True)
    why_not = models.TextField(blank=True, help_text="Why it is not complied with.")
    comply_by = models.DateField(null=True)
    carried_from = models.CharField(
        max_length=60, blank=True, help_text="The earlier provisions it comes from."
    )
    asked_again = models.BooleanField(default=False, help_text="What it asks has changed since.")
    printed = models.JSONField(default=dict, help_text="What an imported form printed, and its problems.")
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "provision"], name="answer_once_a_provision"),
            models.CheckConstraint(condition=Q(answer__in=["", *ANSWERS]), name="provision_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.provision}: {self.answer or 'not answered'}"


class ImprovementAction(models.Model):
    """What a landlord says it will do to comply: by whom and when. Shown until it is done, whatever is published."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="actions")
    provision = models.CharField(max_length=10)
    what = models.TextField()
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    proof = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "due_on"], name="improvement_by_day", condition=Q(done_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]


class SignOff(models.Model):
    """A step of an assessment's way: which body took it, on which day, and what it said. Bodies are data."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sign_offs")
    state = models.CharField(max_length=10)
    body = models.CharField(
        max_length=120, help_text="Board, committee, portfolio holder, parent council, ..."
    )
    part = models.CharField(max_length=120, blank=True, help_text="The part it signs, where not the whole.")
    on = models.DateField()
    says = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.state} by {self.body}"


class Paper(models.Model):
    """A document or a fact about the landlord: where it is, of when, who keeps it, and when it is to be reviewed.

    `section` is the part of it that is meant ("S.9.3"). `reachable` is what the last look at its address found;
    None while nobody has looked.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    section = models.CharField(max_length=60, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    dated_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    address = models.CharField(max_length=500, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    reachable = models.BooleanField(null=True)
    looked_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PAPER_KINDS), name="paper_kind_known"),
        ]
        indexes = [
            models.Index(
                fields=["landlord", "review_on"], name="paper_to_review", condition=Q(ended_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Supports(models.Model):
    """A paper supports a provision of an edition."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="supports")
    edition = models.CharField(max_length=10)
    provision = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "edition", "provision"], name="supports_once"),
        ]
        indexes = [models.Index(fields=["landlord", "edition", "provision"], name="supports_by_provision")]

    def __str__(self) -> str:
        return f"{self.paper_id} supports {self.provision} of {self.edition}"
