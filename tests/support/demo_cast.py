"""The demo landlord's own people, under the names that the tests know the roles by, and how to sign one in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cast import LONDON, MEMBERS, Cast
from playwright.sync_api import Page


class Now:
    """What the site takes for now: it runs as its own process, on the real clock."""

    @property
    def now(self) -> datetime:
        return datetime.now(LONDON)


def demo_cast() -> Cast:
    """The demo, loaded, and who works there: one person a role, and two officers."""
    from putright.record.accounts.models import Membership
    from putright.record.cases.models import Case
    from putright.upkeep.demo.landlord import load_demo

    cast = Cast(Now(), landlord=load_demo())  # type: ignore[arg-type]
    members = list(Membership.objects.filter(landlord=cast.landlord).select_related("user").order_by("pk"))
    for key, (_, role) in MEMBERS.items():
        found = [each.user for each in members if role in each.roles]
        cast.users[key], cast.roles[key] = found[-1 if key == "colleague" else 0], role
    known = Case.objects.filter(landlord=cast.landlord, resident__isnull=False).order_by("pk")
    cast.resident, cast.other_resident = known[0].resident, known[40].resident
    return cast


def sign_in(page: Page, site: str, user: Any) -> None:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key or "", "url": site}])
