"""The hash chain: each entry's hash covers all that it says and the hash of the entry before it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def entry_hash(entry: Any) -> str:
    """The hash of an entry: SHA-256 over its fields, written one way only, and `previous`."""
    told = [
        entry.landlord,
        entry.case,
        entry.number,
        entry.verb,
        entry.happened_on.isoformat(),
        moment(entry.happened_at),
        moment(entry.recorded_at),
        entry.actor_kind,
        entry.actor,
        entry.actor_role,
        entry.data,
        entry.key,
        entry.previous,
    ]
    return hashlib.sha256(written_one_way(told).encode()).hexdigest()


def written_one_way(value: Any) -> str:
    """JSON with sorted keys and no spaces: the same value is always the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def moment(at: datetime) -> str:
    """A moment in UTC with microseconds, the same on both databases."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def new_salt() -> str:
    return secrets.token_hex(16)


def digest(salt: str, text: str) -> str:
    """What an entry holds of a text: nobody can guess the text back without the salt."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def seal_hash(previous: str, heads: Iterable[tuple[int, int, str]]) -> str:
    """One hash over heads (case, count, hash), in the order of the cases, and the seal before."""
    sealed = hashlib.sha256(previous.encode())
    for case, count, head in heads:
        sealed.update(f"{case}:{count}:{head}\n".encode())
    return sealed.hexdigest()
