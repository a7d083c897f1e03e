"""Neither the model nor the database lets an entry be changed or taken away, on either engine."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from putright.record.journal import triggers
from putright.record.journal.models import AppendOnly, Entry

pytestmark = pytest.mark.django_db


def refused_by_the_database(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as problem:
        return triggers.REFUSAL in str(problem)
    return False


def test_the_triggers_are_in_place_after_migrating():
    assert triggers.laid(connection)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'withdraw'",
        "UPDATE journal_entry SET recorded_at = happened_at WHERE number = 1",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_entry WHERE number = 1",
    ],
)
def test_the_database_refuses_to_change_or_delete(scene, statement):
    assert refused_by_the_database(statement)
    assert Entry.objects.filter(case=scene.case.pk).count() == 1


def test_the_database_refuses_to_empty_the_table(scene):
    if connection.vendor == "postgresql":
        assert refused_by_the_database("TRUNCATE journal_entry CASCADE")
    else:
        assert refused_by_the_database("REPLACE INTO journal_entry SELECT * FROM journal_entry")


def test_an_entry_cannot_be_put_in_the_place_of_another(scene):
    entry = Entry.objects.get(case=scene.case.pk)
    columns = ", ".join(f'"{field.column}"' for field in Entry._meta.fields if field.column != "id")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO journal_entry ({columns}) SELECT {columns} FROM journal_entry")
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT OR REPLACE INTO journal_entry ({columns}) SELECT {columns} FROM journal_entry"
            )
    assert Entry.objects.get(case=scene.case.pk).hash == entry.hash


def test_without_its_triggers_the_database_would_have_obeyed(scene):
    triggers.lift(connection)
    try:
        assert not triggers.laid(connection)
        assert not refused_by_the_database("UPDATE journal_entry SET verb = 'withdraw'")
    finally:
        triggers.lay(connection)


def test_the_model_refuses_too(scene):
    entry = Entry.objects.get(case=scene.case.pk)
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).update(verb="withdraw")
    with pytest.raises(AppendOnly):
        Entry.objects.bulk_update([entry], ["verb"])
