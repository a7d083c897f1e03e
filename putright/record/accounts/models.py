"""Staff who sign in, and what they may do at a landlord."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from putright.record.landlords.models import Landlord


class UserDirectory(BaseUserManager["User"]):
    """Makes and finds users by their e-mail address, whatever its capitals."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """A person who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    sessions = models.PositiveIntegerField(default=0, help_text="Counted up to end every session they have.")

    objects: ClassVar[UserDirectory] = UserDirectory()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_whatever_its_capitals")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else self.email

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # Django's own covers the password: a session ends when it changes. Ours ends when told to as well.
        told = f"{self.password}/{self.sessions}"
        return salted_hmac("putright.accounts.session", told, secret=secret, algorithm="sha256").hexdigest()


class Membership(models.Model):
    """What one person may do at one landlord: their roles, their team, their job title, and how senior they are.

    `state` says whether they may do it: ON, INVITED until they have taken up the invitation, OFF. `since` is when
    it came to be so, `entry` the newest entry of the landlord's chain about them; none where they came with it.
    """

    ON, INVITED, OFF = "on", "invited", "off"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="memberships")
    roles = models.JSONField(default=list)
    team = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=100, blank=True)
    seniority = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, default=ON)
    since = models.DateTimeField(null=True)
    entry = models.PositiveIntegerField(default=0)
    here_at = models.DateTimeField(
        null=True, help_text="When they were last here; what came since is shown first."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "landlord"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.landlord_id}"


class SignInTry(models.Model):
    """One try at signing in that has not succeeded. What was typed is not kept: only a keyed digest of it.

    A try is written before the password is looked at, so that many at once are counted like many in turn.
    """

    source = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "at"], name="sign_in_try")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class SavedView(models.Model):
    """A list as somebody likes to see it: the query of its address, under a name. With a team: for all of it."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_views")
    team = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    first = models.BooleanField(default=False, help_text="What the queue opens with.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["landlord", "user", "name"], name="view_name_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of a landlord. What it is called stands as text on its people and on what is promised in its name.

    `former` are names it had before: what was promised under them is still this team's.
    """

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300, blank=True)
    senior = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="teams_led")
    former = models.JSONField(default=list)
    entry = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("landlord", Lower("name"), name="team_once_a_landlord")]

    def __str__(self) -> str:
        return self.name


class OneTimeLink(models.Model):
    """A link that sets a password once: to take up an invitation, or when the password was forgotten.

    The link holds 256 random bits; only their digest is kept. It ends when it was used, was taken back, or has run out.
    """

    INVITATION, RESET = "invitation", "reset"

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d}"
