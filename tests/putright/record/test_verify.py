"""`putright verify` finds whatever was altered behind the application's back."""

from __future__ import annotations

import pytest
from django.db import connection

from putright.record.cases.models import Case, CaseFinding, Considered
from putright.record.journal import records, triggers
from putright.record.journal.models import Entry, Head, Text
from putright.upkeep.running.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(scene):
    scene.do("acknowledge", "2026-11-20", definition="Damp, and a missed visit.")
    scene.do(
        "respond",
        "2026-12-04",
        by=scene.colleague,
        decisions=_decisions(),
        remedies=_remedies(),
    )
    return scene


def _decisions():
    from putright.casework.fields import PointDecided

    return [PointDecided(1, "upheld", "It was left."), PointDecided(2, "not_upheld", "They came.")]


def _remedies():
    from datetime import date

    from putright.casework.fields import ToDo

    return [ToDo("Treat the walls", date(2026, 12, 11))]


def behind_its_back(statement, *values):
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
    triggers.lay(connection)


def whats():
    return {difference.what for difference in verify().differences}


def test_nothing_differs_in_a_case_made_by_actions(answered):
    result = verify()
    assert result.differences == []
    assert (result.landlords, result.cases, result.entries) == (1, 1, 3)


def test_a_refusal_noted_leaves_nothing_different(answered):
    with pytest.raises(Exception, match="not possible"):
        answered.do("extend", "2026-12-05", until="2026-12-09", reason="x")
    assert verify().differences == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("happened_on", "2026-11-10"),
        ("recorded_at", "2026-11-10T10:00:00+00:00"),
        ("actor", "77"),
        ("verb", "withdraw"),
        ("data", '{"points": 1}'),
        ("previous", "f" * 64),
        ("hash", "f" * 64),
    ],
)
def test_an_entry_that_was_altered(answered, column, value):
    behind_its_back(f"UPDATE journal_entry SET {column} = %s WHERE number = 2", value)
    assert "entry" in whats()


def test_an_entry_that_was_taken_out_of_the_middle(answered):
    behind_its_back("DELETE FROM journal_entry WHERE number = %s", 2)
    assert {"entry", "head"} <= whats()


def test_the_newest_entry_cut_off(answered):
    behind_its_back("DELETE FROM journal_entry WHERE number = %s", 3)
    assert "head" in whats()


def test_the_newest_entry_cut_off_and_the_head_moved_back_shows_by_the_seal(answered):
    records.seal(answered.landlord.pk)
    before = Entry.objects.get(case=answered.case.pk, number=2)
    behind_its_back("DELETE FROM journal_entry WHERE number = %s", 3)
    Head.objects.filter(case=answered.case.pk).update(count=2, hash=before.hash)
    assert "seal" in whats()


def test_a_seal_is_made_once_for_what_moved(answered):
    assert records.seal(answered.landlord.pk).number == 1
    assert records.seal(answered.landlord.pk) is None
    answered.do("promise", "2026-12-07", what="Ring on Friday", due="2026-12-11")
    assert records.seal(answered.landlord.pk).number == 2
    assert verify().differences == []


def test_a_seal_that_was_altered(answered):
    records.seal(answered.landlord.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_sealedhead SET count = count - 1")
    assert "seal" in whats()


def test_words_that_were_altered(answered):
    Text.objects.filter(name="definition").update(text="A draught.")
    assert "entry" in whats()


def test_words_erased_by_law_leave_the_chain_whole(answered):
    Text.objects.filter(name="account").delete()
    assert verify().differences == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "closed"), ("stage", 2), ("next_due_on", None), ("edition", "2022"), ("words", "")],
)
def test_an_index_that_does_not_fit_its_entries(answered, column, value):
    Case.objects.filter(pk=answered.case.pk).update(**{column: value})
    assert whats() == {"index"}


def test_a_finding_that_does_not_fit(answered):
    CaseFinding.objects.filter(provision="6.3").update(verdict="breached")
    assert whats() == {"finding"}


def test_who_considered_it_does_not_fit(answered):
    Considered.objects.all().delete()
    assert whats() == {"considered"}


def test_triggers_that_are_gone(answered):
    triggers.lift(connection)
    try:
        assert whats() == {"triggers"}
    finally:
        triggers.lay(connection)
