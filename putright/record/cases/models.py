"""A case: who it is about, and the index of where its journal says it stands.

Only the first block is fact. The rest is worked out from the journal by `index.write`, and
`putright verify` can work it out again.
"""

from __future__ import annotations

from django.db import models

from putright.record.accounts.models import User
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.people.models import Home, Person


class Case(models.Model):
    """One complaint or service request."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    reference = models.CharField(max_length=30)
    resident = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="cases")
    representative = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="cases_acted_in"
    )
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="cases")
    opened_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="opened")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    entries = models.PositiveIntegerField(default=0)
    received_on = models.DateField(null=True)
    edition = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=20, blank=True)
    stage = models.PositiveSmallIntegerField(default=1)
    category = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    with_ombudsman = models.BooleanField(default=False)
    request_waits = models.BooleanField(default=False)
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="cases_handled")
    next_due_on = models.DateField(null=True)
    next_due_at = models.DateTimeField(null=True)
    next_due = models.CharField(max_length=30, blank=True)
    next_target_on = models.DateField(null=True)
    next_target = models.CharField(max_length=30, blank=True)
    risk = models.PositiveSmallIntegerField(default=0, help_text="Higher is worse for the resident.")
    risk_why = models.JSONField(default=list)
    has_needs = models.BooleanField(default=False)
    draft_waits = models.BooleanField(default=False, help_text="A draft waits to be checked.")
    danger_unanswered_on = models.DateField(
        null=True, help_text="Since when a danger that was mentioned is neither confirmed nor dismissed."
    )
    service_request_since = models.DateField(
        null=True, help_text="Since when a service request waits for its answer."
    )
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "reference"], name="reference_once_a_landlord"),
        ]
        indexes = [
            models.Index(
                fields=["landlord", "next_due_on", "id"],
                name="case_due",
                condition=models.Q(next_due_on__isnull=False),
            ),
            models.Index(
                fields=["landlord", "handler", "next_due_on", "id"],
                name="case_due_by_handler",
                condition=models.Q(next_due_on__isnull=False),
            ),
            models.Index(fields=["landlord", "received_on", "id"], name="case_received"),
            models.Index(fields=["landlord", "resident", "received_on", "id"], name="case_of_resident"),
            models.Index(fields=["landlord", "home", "received_on", "id"], name="case_of_home"),
            models.Index(fields=["landlord", "state", "received_on", "id"], name="case_by_state"),
            models.Index(
                fields=["landlord", "-risk", "next_due_on", "id"],
                name="case_by_risk",
                condition=models.Q(next_due_on__isnull=False),
            ),
            models.Index(
                fields=["landlord", "service_request_since", "id"],
                name="case_as_service_request",
                condition=models.Q(service_request_since__isnull=False),
            ),
            models.Index(
                fields=["landlord", "danger_unanswered_on", "id"],
                name="case_danger_unanswered",
                condition=models.Q(danger_unanswered_on__isnull=False),
            ),
            models.Index(
                fields=["landlord", "id"], name="case_draft_waits", condition=models.Q(draft_waits=True)
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseFinding(models.Model):
    """The findings index: what the record says of one provision, for figures over many cases.

    Read at the end of the day of the case's newest entry. The verdict becomes `becomes` on `turns_on`
    if nothing is done. Provisions that do not apply, and will not by themselves, have no row.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    edition = models.CharField(max_length=10)
    provision = models.CharField(max_length=10)
    verdict = models.CharField(max_length=15)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    turns_on = models.DateField(null=True)
    becomes = models.CharField(max_length=15, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "provision"], name="finding_once_a_case")]
        indexes = [
            models.Index(fields=["landlord", "edition", "provision", "verdict"], name="finding_by_provision"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.provision}: {self.verdict}"


class Considered(models.Model):
    """Who has considered a case, and at which stage. Nobody stands at both (2022: 5.12; 2024: 6.13)."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="considered_by")
    person = models.CharField(max_length=40)
    stage = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="nobody_considers_both_stages"),
            models.CheckConstraint(condition=models.Q(stage__in=[1, 2]), name="considered_at_stage_1_or_2"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} stage {self.stage}: {self.person}"


class Owed(models.Model):
    """An index of promises: what a case owes, to be kept by whom and when. Written by `index.write` alone.

    `number` is the promise's in its case. A promise of a closed case stays owed until it is kept.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="owed")
    number = models.PositiveSmallIntegerField()
    owner = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    kept_on = models.DateField(null=True)
    agreed = models.CharField(
        max_length=3, blank=True, help_text="What its owner says of its day: yes or no."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="promise_once_a_case")]
        indexes = [
            models.Index(
                fields=["landlord", "due_on"], name="owed_by_day", condition=models.Q(kept_on__isnull=True)
            ),
            models.Index(
                fields=["landlord", "owner", "due_on"],
                name="owed_by_owner",
                condition=models.Q(kept_on__isnull=True),
            ),
            models.Index(
                fields=["landlord", "owner", "kept_on"],
                name="owed_and_kept",
                condition=models.Q(kept_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} promise {self.number}"
