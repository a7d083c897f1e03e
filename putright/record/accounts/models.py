"""Staff who sign in, and what they may do at a landlord."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

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


class Membership(models.Model):
    """What one person may do at one landlord: their roles, their team, their job title, and how senior they are."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="memberships")
    roles = models.JSONField(default=list)
    team = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=100, blank=True)
    seniority = models.CharField(max_length=20, blank=True)
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
