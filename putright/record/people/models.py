"""Residents and those who act for them, where they live, what makes it easier for them, and what is safe.

What is known of somebody is dated and kept: it ends on a day, it is not overwritten. Whoever changes it
or looks at what is sensitive stands in the landlord's own chain of the journal.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from putright.record.landlords.models import Landlord

TENURES = (
    "secure",
    "assured",
    "assured_shorthold",
    "introductory",
    "licence",
    "leasehold",
    "shared_ownership",
    "freehold",
    "none",
)
STOCK = ("lcra", "lcho", "other")
LIVES_THERE_AS = ("tenant", "joint_tenant", "leaseholder", "licensee", "occupier", "child")
WAYS = ("telephone", "text", "email", "letter", "portal", "visit")
FORMATS = ("standard", "large_print", "plain_text", "easy_read", "audio", "braille")
ADJUSTMENTS = (
    "large_print",
    "plain_text",
    "easy_read",
    "audio",
    "braille",
    "telephone_only",
    "no_telephone",
    "interpreter",
    "sign_language",
    "text_relay",
    "more_time",
    "face_to_face",
    "other",
)
ALERTS = {
    "0": "Something else: ask first",
    "1": "Something else: read the words",
    "10": "Do not visit alone",
    "10-10": "Do not visit alone: anti-social behaviour",
    "20": "Disability or vulnerability",
    "20-10": "Hearing",
    "20-20": "Sight",
    "20-30": "Illness",
    "20-40": "Needs physical support",
    "20-50": "Uses a wheelchair",
    "20-60": "Elderly",
    "20-70": "Safeguarding",
    "30": "Misses appointments",
    "40": "Language",
    "50": "A man or a woman must visit",
    "60": "Somebody decides for them (power of attorney)",
}
"""The sector's codes for alerts about a person (HACT's data standards, version 3.5), in plain words."""


def one_of(field: str, choices: tuple[str, ...]) -> Q:
    """The condition that a text is one of these, or empty."""
    return Q(**{f"{field}__in": ["", *choices]})


class Person(models.Model):
    """A resident, or somebody who speaks for one. The name may be unknown.

    `address`, `email` and `telephone` are those we believe; one that came from outside and is not checked
    yet is a `ClaimedDetail`. What is safe to use of them is a `SafeContact`.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    preferred_way = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=60, blank=True, help_text="Where it is not English.")
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    entry = models.PositiveIntegerField(
        default=0, help_text="The newest entry of the landlord's chain that changed it."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("preferred_way", WAYS), name="preferred_way_known"),
        ]

    def __str__(self) -> str:
        return self.name or "Name not known"


class Home(models.Model):
    """A home of the landlord's, or any address a complaint is about. `key` is its address without its spelling."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    address = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    uprn = models.CharField(max_length=12, blank=True, help_text="Digits, kept as text.")
    tenure = models.CharField(max_length=20, blank=True)
    stock = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "key"], name="home_once_a_landlord"),
            models.CheckConstraint(condition=one_of("tenure", TENURES), name="tenure_known"),
            models.CheckConstraint(condition=one_of("stock", STOCK), name="stock_known"),
        ]

    def __str__(self) -> str:
        return self.address


class Living(models.Model):
    """Somebody lives, or lived, at a home. Those whose days there overlap are a household."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="homes")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="people")
    lives_there_as = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of("lives_there_as", LIVES_THERE_AS), name="lives_there_as_known"
            ),
        ]
        indexes = [
            models.Index(fields=["landlord", "home"], name="living_by_home"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.home_id}"


class Need(models.Model):
    """What makes dealing with us hard for somebody, in words, or what we do about it: a reasonable adjustment.

    An `adjustment` drives what is produced; empty for a need. `alert` is the code under which the sector
    exchanges it, where one fits. Sensitive: who looks is in the journal.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    adjustment = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    alert = models.CharField(max_length=5, blank=True)
    since = models.DateField()
    review_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("adjustment", ADJUSTMENTS), name="adjustment_known"),
            models.CheckConstraint(condition=one_of("alert", tuple(ALERTS)), name="alert_known"),
        ]
        indexes = [
            models.Index(
                fields=["landlord", "review_on"], name="need_to_review", condition=Q(ended_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.adjustment or "need"


class Authority(models.Model):
    """A resident's word that somebody may act for them: written or not, for what, and until when."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    resident = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorities")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acts_for")
    written = models.BooleanField(default=False)
    scope = models.TextField(blank=True)
    since = models.DateField()
    expires_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(resident=F("representative")), name="nobody_represents_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.resident_id}"


class SafeContact(models.Model):
    """What somebody says is safe. Added to, never changed: the newest that has not ended holds.

    `allowed` is a list of ways, each `{"way", "to", "from", "until", "voicemail"}`: `to` is the number or
    address that is safe, `from` and `until` hours as "09:00". A way that is not in it is not safe. `not_to`
    lists addresses and numbers, and `not_people` the people, that nothing may reach. The most sensitive of
    all that is kept: never on paper, in search, in exports or in the journal.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    allowed = models.JSONField(default=list)
    not_to = models.JSONField(default=list)
    not_people = models.ManyToManyField(Person, related_name="+")
    code_word = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_safe_contact_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"what is safe for {self.person_id}"


class ClaimedDetail(models.Model):
    """A new address, email address or number that came to us and is not believed until somebody checks it."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claimed_details")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=300)
    came_by = models.CharField(max_length=20)
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    believed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["address", "email", "telephone"]), name="claimed_kind_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["landlord", "came_at"], name="claim_to_check", condition=Q(settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Reference(models.Model):
    """What another system, or a system before ours, calls a person or a home."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="references")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, related_name="references")
    source = models.CharField(max_length=60, help_text="Who calls it so: the housing system, a contractor.")
    value = models.CharField(max_length=60)
    key = models.CharField(max_length=60, help_text="The value in capitals, as it is looked for.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, home__isnull=False)
                | Q(person__isnull=False, home__isnull=True),
                name="reference_of_one_thing",
            ),
            models.UniqueConstraint(fields=["person", "source", "key"], name="reference_once_a_person"),
            models.UniqueConstraint(fields=["home", "source", "key"], name="reference_once_a_home"),
        ]
        indexes = [models.Index(fields=["landlord", "key"], name="reference_by_key")]

    def __str__(self) -> str:
        return f"{self.source} {self.value}"


class Joining(models.Model):
    """Somebody found that two records are of one person: what then moved from one to the other, to move it back.

    `moved` names rows by their numbers, and fields by their names; it holds nobody's words.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joinings")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    joined_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("joined")), name="nobody_is_joined_with_themselves"),
            models.UniqueConstraint(
                fields=["joined"], condition=Q(undone_at__isnull=True), name="joined_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joined_id} into {self.kept_id}"


class Looked(models.Model):
    """An index of the landlord's chain: who looked at what is sensitive of somebody. Written with its entry."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looked_at")
    who = models.CharField(max_length=40)
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    entry = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["landlord", "entry"], name="looked_once_an_entry")]
        indexes = [
            models.Index(fields=["landlord", "person", "-entry"], name="looked_by_person"),
            models.Index(fields=["landlord", "who", "-entry"], name="looked_by_who"),
        ]

    def __str__(self) -> str:
        return f"{self.who} at {self.what} of {self.person_id}"
