"""Passwords for the made-up staff of the demo: random, and the same each time it runs.

They stand in a file that only its owner can read. The database holds them only hashed, so beside each
password the file notes the hash made of it: where the two differ, it is set afresh.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from putright.record.accounts.models import Membership, User
from putright.record.landlords.models import Landlord

# No letters or figures that look like one another: people will type these.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class SignIn:
    """One person to sign in as."""

    name: str
    role: str
    email: str
    password: str


def sign_ins(landlord: Landlord, file: Path) -> list[SignIn]:
    """One member of staff for each role, able to sign in with the password kept in `file`."""
    kept = _read(file)
    found = [(role, user, _password(user, kept)) for role, user in _one_of_each_role(landlord)]
    _write(file, kept)
    return [SignIn(user.name, role, user.email, password) for role, user, password in found]


def _one_of_each_role(landlord: Landlord) -> list[tuple[str, User]]:
    members = Membership.objects.filter(landlord=landlord).select_related("user").order_by("pk")
    found: dict[str, User] = {}
    for member in members:
        for role in member.roles:
            found.setdefault(role, member.user)
    return list(found.items())


def _password(user: User, kept: dict[str, dict[str, str]]) -> str:
    known = kept.get(user.email)
    password = known["password"] if known else _new_password()
    if known is None or known["hash"] != user.password:
        user.set_password(password)
        user.save(update_fields=["password"])
    kept[user.email] = {"password": password, "hash": user.password}
    return password


def _new_password() -> str:
    """Sixteen letters and figures in four groups: about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _read(file: Path) -> dict[str, dict[str, str]]:
    """What is kept; nothing where the file is not there, or is not ours any more."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {
            email: {"password": str(each["password"]), "hash": str(each["hash"])}
            for email, each in kept.items()
        }
    except (FileNotFoundError, ValueError, AttributeError, TypeError, KeyError):
        return {}


def _write(file: Path, kept: dict[str, dict[str, str]]) -> None:
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with open(new, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
        json.dump(kept, opened, indent=1)
    new.replace(file)
