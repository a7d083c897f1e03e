"""Writing to the journal. Call inside a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from complaint_rules.events import Actor
from putright.record.journal import chain
from putright.record.journal.models import Entry, Head, Seal, SealedHead, Text


@dataclass(slots=True)
class New:
    """An entry about to be written: the verb, its facts (JSON) and its words."""

    verb: str
    by: Actor
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    recorded_at: datetime | None = None


def lock(landlord: int, case: int) -> Head:
    """The head of a chain, locked until the transaction ends: whoever holds it has the next number."""
    Head.objects.bulk_create([Head(landlord=landlord, case=case, hash=chain.START)], ignore_conflicts=True)
    return Head.objects.select_for_update().get(landlord=landlord, case=case)


def append(head: Head, new: New) -> Entry:
    """Add one entry to the chain of a locked head, with its words beside it, and move the head on."""
    entry, texts = link(head, new)
    entry.save(force_insert=True)
    Text.objects.bulk_create(texts)
    head.save(update_fields=["count", "hash"])
    return entry


def link(head: Head, new: New) -> tuple[Entry, list[Text]]:
    """The next entry of a chain and its words, not yet written; moves `head` on in memory."""
    number = head.count + 1
    texts = [
        Text(
            landlord=head.landlord,
            case=head.case,
            entry_number=number,
            name=name,
            text=text,
            salt=chain.new_salt(),
        )
        for name, text in new.texts.items()
        if text
    ]
    data = dict(new.data)
    if texts:
        data["texts"] = {text.name: chain.digest(text.salt, text.text) for text in texts}
    entry = Entry(
        landlord=head.landlord,
        case=head.case,
        number=number,
        verb=new.verb,
        happened_at=new.at,
        happened_on=timezone.localdate(new.at),
        recorded_at=new.recorded_at or timezone.now(),
        actor_kind=new.by.kind,
        actor=new.by.person or "",
        actor_role=new.by.role or "",
        data=data,
        key=new.key,
        previous=head.hash or chain.START,
    )
    entry.hash = chain.entry_hash(entry)
    head.count, head.hash = number, entry.hash
    return entry, texts


def note(landlord: int, case: int, new: New) -> Entry:
    """Add an entry in a transaction of its own: a refused attempt, a view of a restricted file."""
    with transaction.atomic():
        return append(lock(landlord, case), new)


def seal(landlord: int) -> Seal | None:
    """Seal every chain of a landlord that has moved since the last seal; None where none has.

    Safe to run twice: a head already sealed is not sealed again.
    """
    with transaction.atomic():
        moved = list(
            Head.objects.select_for_update()
            .filter(landlord=landlord, count__gt=F("sealed"))
            .order_by("case")
            .values_list("pk", "case", "count", "hash")
        )
        if not moved:
            return None
        last = Seal.objects.filter(landlord=landlord).order_by("number").last()
        previous = last.hash if last else chain.START
        made = Seal.objects.create(
            landlord=landlord,
            number=last.number + 1 if last else 1,
            sealed_at=timezone.now(),
            previous=previous,
            hash=chain.seal_hash(previous, [row[1:] for row in moved]),
        )
        SealedHead.objects.bulk_create(
            [SealedHead(seal=made, case=case, count=count, hash=hash) for _, case, count, hash in moved]
        )
        for pk, _, count, _ in moved:
            Head.objects.filter(pk=pk).update(sealed=count)
        return made
