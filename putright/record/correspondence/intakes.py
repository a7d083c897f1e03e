"""What is being taken in and is not recorded yet: kept for whoever types it, or waiting for whoever records it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from putright.record.accounts.models import Membership, User
from putright.record.correspondence import files
from putright.record.correspondence.files import Kept
from putright.record.correspondence.models import Intake
from putright.record.landlords.models import Landlord

MOST_FILES = 20
MOST_TYPED = 400_000
MOST_SHOWN = 20


class TooMuch(Exception):
    """More was typed than is kept."""


def key_of(text: str) -> uuid.UUID | None:
    """The key of a page; None for what is none."""
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None


def save(
    landlord: Landlord, user: User, key: uuid.UUID, typed: Mapping[str, Any], *, at: datetime
) -> Intake | None:
    """Keep what stands in the boxes of a page. None where the key is somebody else's; TooMuch changes nothing."""
    if sum(len(str(value)) for value in typed.values()) > MOST_TYPED:
        raise TooMuch
    with transaction.atomic():
        kept = _of_page(landlord, user, key, at)
        if kept is None:
            return None
        kept.typed, kept.saved_at = _as_kept(typed), at
        kept.save(update_fields=["typed", "saved_at"])
    return kept


def _as_kept(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The boxes as JSON takes them: PostgreSQL keeps no NUL in a text."""
    return {name: [str(value).replace("\0", "") for value in values] for name, values in typed.items()}


def add_files(
    landlord: Landlord, user: User, key: uuid.UUID, new: Sequence[Kept], *, at: datetime
) -> list[Kept]:
    """Put files aside with a page; those now with it. One that is there already, or beyond the limit, is dropped."""
    with transaction.atomic():
        kept = _of_page(landlord, user, key, at)
        if kept is None:
            files.drop(new)
            return []
        there = files_of(kept)
        for each in new:
            double = any((each.digest, each.name) == (other.digest, other.name) for other in there)
            if double or len(there) >= MOST_FILES:
                files.drop([each])
            else:
                there.append(each)
        kept.files, kept.saved_at = [each.as_json() for each in there], at
        kept.save(update_fields=["files", "saved_at"])
    return there


def take_file_away(kept: Intake, stored_as: str) -> None:
    """Take one file off a page again; its bytes go."""
    gone = [each for each in files_of(kept) if each.stored_as == stored_as]
    kept.files = [each.as_json() for each in files_of(kept) if each.stored_as != stored_as]
    kept.save(update_fields=["files"])
    files.drop(gone)


def _of_page(landlord: Landlord, user: User, key: uuid.UUID, at: datetime) -> Intake | None:
    """The row of a page, made if it is new and locked for this transaction. None where it is somebody else's."""
    Intake.objects.bulk_create(
        [Intake(landlord=landlord, key=key, user=user, begun_at=at, saved_at=at)], ignore_conflicts=True
    )
    kept = Intake.objects.select_for_update().get(landlord=landlord, key=key)
    return kept if kept.user_id == user.pk else None


def files_of(kept: Intake | None) -> list[Kept]:
    """The files that were put aside with it."""
    return [files.from_json(each) for each in kept.files] if kept is not None else []


def of_user(landlord_id: int, user_id: int) -> list[Intake]:
    """What somebody has begun and not recorded, newest first; without the files. One statement."""
    found = Intake.objects.filter(landlord=landlord_id, user=user_id).order_by("-saved_at")
    return [each for each in found.defer("files")[:MOST_SHOWN] if each.typed]


def waiting(landlord_id: int) -> list[Intake]:
    """What was passed on and waits for somebody who records complaints, oldest first. One statement."""
    found = Intake.objects.filter(landlord=landlord_id, user__isnull=True).select_related("passed_on_by")
    return list(found.defer("files").order_by("saved_at")[:MOST_SHOWN])


def find(landlord_id: int, user_id: int, key: uuid.UUID | None) -> Intake | None:
    """Theirs of this key, or None."""
    return Intake.objects.filter(landlord=landlord_id, user=user_id, key=key).first() if key else None


def pass_on(
    landlord: Landlord,
    by: User,
    *,
    key: uuid.UUID,
    typed: Mapping[str, Any],
    told: str,
    records: bool,
    at: datetime,
) -> None:
    """Keep what was passed on, with what was put aside under its key: for whoever passes it on where they record
    complaints themselves, else for the team.

    `told` says since when the landlord has had it, and why. The same key again changes nothing.
    """
    with transaction.atomic():
        kept = _of_page(landlord, by, key, at)
        if kept is None or kept.passed_on_by_id is not None:
            return
        kept.user = by if records else None
        kept.passed_on_by, kept.told, kept.typed, kept.saved_at = by, told, _as_kept(typed), at
        kept.save()


def mail_domains(landlord_id: int) -> set[str]:
    """Where the landlord has its mail: the domains of those who work there, but for those that anybody can use."""
    addresses = Membership.objects.filter(landlord=landlord_id).values_list("user__email", flat=True)
    found = {address.rpartition("@")[2].casefold() for address in addresses}
    return {domain for domain in found if domain and domain not in _FOR_ANYBODY}


_FOR_ANYBODY = frozenset(
    "gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk yahoo.com yahoo.co.uk"
    " icloud.com me.com aol.com btinternet.com sky.com virginmedia.com proton.me protonmail.com".split()
)


def take(landlord_id: int, user: User, key: uuid.UUID | None) -> Intake | None:
    """Take what waits for the team. None where it is gone, or another took it first."""
    if key is None:
        return None
    Intake.objects.filter(landlord=landlord_id, key=key, user__isnull=True).update(user=user)
    return find(landlord_id, user.pk, key)


def forget(kept: Intake, *, with_files: bool) -> None:
    """It is recorded, or thrown away: then its files go too."""
    gone = files_of(kept) if with_files else []
    kept.delete()
    files.drop(gone)
