"""What came in and what goes out: the files that came with it, and what had to stop before it left."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from putright.record.accounts.models import User
from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord
from putright.record.people.models import Person


class Attachment(models.Model):
    """A file kept with a case. The bytes lie in Django's storage under a random name, never the given one.

    `entry` is the number of the journal's entry it came with. `kind` is the media type that was sniffed,
    not the one that was claimed; `words` the text that could be read in it, for search.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    entry = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100, unique=True)
    words = models.TextField(blank=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["landlord", "case", "entry"], name="attachment_of_entry")]

    def __str__(self) -> str:
        return self.name


class Intake(models.Model):
    """What somebody is taking in and has not recorded yet: kept as they type, and gone once it is recorded.

    `typed` holds the boxes of the page by name, `files` what was put aside with them (`files.Kept`). `user` is whose
    it is; none: it was passed on by `passed_on_by`, who does not record complaints, and waits for whoever does.
    `told` says how we know the day on which the landlord first had it.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    key = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="intakes")
    passed_on_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.TextField(blank=True)
    typed = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "key"], name="intake_once_a_page")]
        indexes = [models.Index(fields=["landlord", "user", "saved_at"], name="intake_of_user")]

    def __str__(self) -> str:
        return f"intake {self.key}"


class Stop(models.Model):
    """Something that did not leave, because the way was not safe or not agreed. It stands on somebody's list.

    `verb` is the action or notice; `way` how it would have gone, empty where no way is allowed at all;
    `says` why, without anything that is itself unsafe to show. `handler` is whose list it stands on; none:
    that of every complaints officer.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="stops")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stops")
    verb = models.CharField(max_length=40)
    way = models.CharField(max_length=20, blank=True)
    says = models.TextField()
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="stops")
    stopped_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_how = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "handler", "stopped_at"],
                name="stop_to_settle",
                condition=Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} to {self.person_id}"


class Outgoing(models.Model):
    """Something that is to leave, or has left: written in the transaction of the action that made it.

    A job sends what waits; a printed letter is done when somebody says it was posted. `key` names it once, so
    that it is never made twice. `to` is an address or number: it is shown only to those who may see it. `says`
    is what went wrong the last time. `state`: waiting, sent, printed, failed, stopped.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="outgoing")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outgoing")
    entry = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=40)
    way = models.CharField(max_length=20)
    to = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    key = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    says = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], name="outgoing_made_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "printed", "failed", "stopped"]),
                name="outgoing_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="outgoing_to_send", condition=Q(state="waiting")),
            models.Index(
                fields=["landlord", "way", "made_at"],
                name="outgoing_by_way",
                condition=Q(state__in=["waiting", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.way}: {self.state}"
