"""Small writes about staff: the tries at signing in, so that nobody can guess passwords for long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from putright.record.accounts.models import SignInTry

MOST_TRIES = 10
WINDOW = timedelta(minutes=15)


def begin_try(email: str, client: str, now: datetime) -> datetime | None:
    """Count a try for this address and from this client; when too many have failed, until when to wait.

    None means: look at the password. A try that has to wait is not counted, so waiting ends.
    """
    return _begin(_sources(email, client), now)


def begin_try_of_link(client: str, now: datetime) -> datetime | None:
    """Count a try at a one-time link from this client; when too many have failed, until when to wait."""
    return _begin((_digest("client", client),), now)


def _begin(sources: Collection[str], now: datetime) -> datetime | None:
    SignInTry.objects.filter(at__lte=now - WINDOW).delete()
    made = SignInTry.objects.bulk_create([SignInTry(source=source, at=now) for source in sources])
    until = [wait for source in sources if (wait := _wait(source, now))]
    if not until:
        return None
    SignInTry.objects.filter(pk__in=[each.pk for each in made]).delete()
    return max(until)


def forget_tries(email: str, client: str) -> None:
    """It succeeded: the address starts afresh, and this try no longer counts against the client."""
    for_address, for_client = _sources(email, client)
    SignInTry.objects.filter(source=for_address).delete()
    _forget_newest(for_client)


def forget_try_of_link(client: str) -> None:
    """The link was a good one: this try no longer counts against the client."""
    _forget_newest(_digest("client", client))


def _forget_newest(for_client: str) -> None:
    newest = SignInTry.objects.filter(source=for_client).order_by("-at", "-id").first()
    if newest is not None:
        newest.delete()


def _wait(source: str, now: datetime) -> datetime | None:
    since = SignInTry.objects.filter(source=source, at__gt=now - WINDOW).order_by("at", "id")
    tries: Collection[datetime] = list(since.values_list("at", flat=True)[: MOST_TRIES + 1])
    return min(tries) + WINDOW if len(tries) > MOST_TRIES else None


def _sources(email: str, client: str) -> tuple[str, str]:
    return _digest("address", email.strip().lower()), _digest("client", client)


def _digest(kind: str, text: str) -> str:
    return salted_hmac(f"putright.sign_in.{kind}", text, algorithm="sha256").hexdigest()
