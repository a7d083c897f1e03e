"""Tests that commit leave nothing behind, although the journal refuses to be emptied."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from putright.record.journal import triggers
from putright.record.journal.models import Entry


def write_an_entry() -> None:
    now = timezone.now()
    Entry(
        landlord=1,
        number=1,
        verb="receive",
        happened_on=now.date(),
        happened_at=now,
        recorded_at=now,
        actor_kind="staff",
        previous="0" * 64,
        hash="1" * 64,
    ).save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_begins_with_an_empty_journal_that_refuses_to_be_emptied(turn: str) -> None:
    assert Entry.objects.count() == 0
    assert triggers.laid(connection)
    write_an_entry()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {triggers.TABLE}")
    assert Entry.objects.count() == 1
