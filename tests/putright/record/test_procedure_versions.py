"""A version of the procedure: which is in force, what its text says, and what is done to it, in the chain."""

from __future__ import annotations

import threading
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from complaint_rules.editions import all_editions
from complaint_rules.events import Actor
from complaint_rules.procedure import CODE_DEFAULTS
from putright.record.journal import queries as journal
from putright.record.journal.models import Entry, Text
from putright.record.landlords import actions, documents, profiles, queries
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.upkeep.running.verify import verify

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
TODAY = NOW.date()
ADA = Actor("staff", "7", "administrator")
GOOD = "name: tern-valley\nconvention: next_working_day\n"
DONE = {"by": ADA, "at": NOW}


@pytest.fixture
def landlord(db: None) -> Landlord:
    return Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")


def draft(landlord: Landlord, text: str = GOOD, **given: Any) -> ProcedureVersion:
    version = actions.start_draft(landlord, "code:2024", **(DONE | given))
    return actions.save_text(version, text, **DONE)


def approved(landlord: Landlord, text: str = GOOD, **given: Any) -> ProcedureVersion:
    return actions.approve(draft(landlord, text), "Board", TODAY, **DONE, **given)


def in_force(landlord: Landlord, on: date = TODAY, text: str = GOOD) -> ProcedureVersion:
    return actions.put_in_force(approved(landlord, text), on, newest_case=None, **DONE)


# Which is in force


def test_a_landlord_without_a_version_has_the_codes_own(landlord: Landlord) -> None:
    version = queries.procedure_in_force(landlord, TODAY)
    assert version.number == queries.THE_CODES_OWN
    assert queries.terms(version) == CODE_DEFAULTS
    assert queries.procedure_in_force(landlord, TODAY) == version
    assert queries.own_versions(landlord) == []


def test_a_draft_and_an_approved_version_are_not_in_force(landlord: Landlord) -> None:
    approved(landlord)
    draft(landlord)
    assert queries.procedure_in_force(landlord, TODAY).number == queries.THE_CODES_OWN


def test_the_newest_that_has_come_into_force_is_the_one(landlord: Landlord) -> None:
    first = in_force(landlord, date(2026, 12, 1))
    second = in_force(landlord, date(2026, 12, 8))
    for day, expected in (
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), first),
        (date(2026, 12, 7), first),
        (date(2026, 12, 8), second),
        (date(2030, 1, 1), second),
    ):
        found = queries.procedure_in_force(landlord, day)
        assert found == expected or (expected is None and found.number == queries.THE_CODES_OWN)


def test_a_case_under_the_codes_own_is_verified_like_any_other(landlord: Landlord) -> None:
    from putright.casework import verb

    officer = Actor("staff", "3", "complaints_officer")
    outcome = verb("receive")(
        landlord,
        by=officer,
        at=NOW,
        channel="telephone",
        account="Damp.",
        points=["Damp"],
        outcomes=["Repair"],
    )
    assert outcome.case.procedure.number == queries.THE_CODES_OWN
    assert verify().differences == []


# Its text


@pytest.mark.parametrize("edition", list(all_editions()))
def test_what_begins_from_the_code_says_what_the_code_asks(landlord: Landlord, edition: str) -> None:
    from complaint_rules import policy_check
    from complaint_rules.findings import Verdict

    reading = documents.read(documents.begun_from_the_code(landlord, all_editions()[edition]))
    assert reading.problems == ()
    assert reading.procedure is not None
    findings = policy_check.check(reading.procedure, edition).values()
    assert [each for each in findings if each.verdict == Verdict.BREACHED] == []
    assert [each for each in findings if each.verdict == Verdict.MET]
    for name, clock in all_editions()[edition].clocks.items():
        target = reading.procedure.target(name)
        assert target is not None
        assert (target.length, target.unit, target.starts) == (clock.length, clock.unit, clock.starts)


@pytest.mark.parametrize("name", ['O"Hara: Homes # 1', "Tŷ'r Afon {Cyf}", "- dash", "‮gnihsuoH", "a\\b"])
def test_the_name_of_a_landlord_never_breaks_the_text(name: str) -> None:
    landlord = Landlord(name=name, slug="An_Odd--Slug_")
    reading = documents.read(documents.begun_from_the_code(landlord, all_editions()["2024"]))
    assert reading.problems == ()
    assert reading.procedure is not None
    assert reading.procedure.landlord == name


@pytest.mark.parametrize("profile", ["", *profiles.names()])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"targets": [{"clock": "acknowledge", "length": 3, "unit": "working_days", "starts": "received"}]},
        {"convention": "same_day", "award_approval_over": 250, "closure_days": ["2026-12-24"]},
    ],
)
def test_a_version_without_a_text_is_given_one_that_says_the_same(
    landlord: Landlord, profile: str, changes: dict[str, Any]
) -> None:
    version = ProcedureVersion(landlord=landlord, number=1, profile=profile, changes=changes)
    terms, text = queries.terms(version), documents.text_of(version)
    if not profile and not changes:
        assert text == ""
        return
    reading = documents.read(text)
    assert reading.problems == ()
    assert reading.procedure is not None
    for field in (
        "convention",
        "closure_days",
        "award_approval_over",
        "stages",
        "written_for",
        "outcome_call",
    ):
        ours, theirs = getattr(reading.procedure, field), getattr(terms, field)
        assert _without_places(ours) == _without_places(theirs), field
    own = {(each.clock, each.length, each.unit, each.starts) for each in reading.procedure.targets}
    assert own == {(each.clock, each.length, each.unit, each.starts) for each in terms.targets}


def _without_places(value: Any) -> Any:
    from dataclasses import replace

    from complaint_rules.procedure import Place

    if isinstance(value, tuple):
        return [replace(each, place=Place()) if hasattr(each, "place") else each for each in value]
    return value


def test_the_days_of_the_version_before_are_not_taken_over(landlord: Landlord) -> None:
    text = "# ours\nname: tern\ndates:\n  approved: 2026-12-01\n\n  # a note\n  published: 2026-12-01\ntitle: Ours\n"
    before = in_force(landlord, text=text)
    version = actions.start_draft(landlord, f"version:{before.number}", **DONE)
    assert version.document == "# ours\nname: tern\ntitle: Ours\n"


def test_a_draft_from_a_version_that_holds_nothing_begins_from_the_code(landlord: Landlord) -> None:
    ProcedureVersion.objects.create(landlord=landlord, number=1, in_force_on=date(2020, 1, 1))
    assert 'edition: "2024"' in actions.start_draft(landlord, "version:1", **DONE).document


@pytest.mark.parametrize(
    "source", ["version:1", "version:²", "profile:none", "code:", "", "version:-1", "x:y"]
)
def test_nothing_else_is_a_place_to_begin_from(landlord: Landlord, source: str) -> None:
    other = Landlord.objects.create(name="Heron Court", slug="heron", prefix="HC")
    ProcedureVersion.objects.create(landlord=other, number=1, in_force_on=date(2020, 1, 1))
    with pytest.raises(actions.UnknownStart):
        actions.start_draft(landlord, source, **DONE)
    assert queries.own_versions(landlord) == []
    assert journal.of_case(landlord.pk, 0) == []


# What is done to it


def test_every_change_is_an_entry_in_the_landlords_own_chain(landlord: Landlord) -> None:
    version = in_force(landlord)
    actions.brief(version, TODAY, **DONE)
    version = actions.publish(version, TODAY, **DONE)
    entries = journal.of_case(landlord.pk, 0)
    assert [entry.verb for entry in entries] == [
        queries.DRAFT,
        queries.EDIT,
        queries.APPROVE,
        queries.PUT_IN_FORCE,
        queries.BRIEF,
        queries.PUBLISH,
    ]
    assert {(entry.actor, entry.actor_role) for entry in entries} == {("7", "administrator")}
    assert all(entry.data["version"] == version.number for entry in entries)
    assert entries[1].data["document"] == documents.digest(GOOD)
    assert entries[2].data["approved_by"] == "Board"
    assert version.entry == entries[-1].number
    assert queries.text_saved_at(version, entries[1].number) == GOOD
    assert queries.text_saved_at(version, entries[2].number) is None
    assert verify().differences == []


def test_saving_what_is_there_already_writes_nothing(landlord: Landlord) -> None:
    version = draft(landlord)
    actions.save_text(version, GOOD, **DONE)
    assert len(journal.of_case(landlord.pk, 0)) == 2


def test_a_day_that_has_passed_is_when_it_happened(landlord: Landlord) -> None:
    version = draft(landlord, drafted_on=date(2026, 11, 2))
    actions.approve(version, "Board", date(2026, 11, 9), **DONE)
    entry = journal.of_case(landlord.pk, 0)[-1]
    assert entry.happened_on == date(2026, 11, 9)
    assert version.number == entry.data["version"]


@pytest.mark.parametrize("role", ["complaints_officer", "auditor", "board_member", None])
def test_only_an_administrator_does_any_of_it(landlord: Landlord, role: str | None) -> None:
    version = draft(landlord)
    before = Entry.objects.count()
    given: dict[str, Any] = {"by": Actor("staff", "7", role), "at": NOW}
    for attempt in (
        lambda: actions.start_draft(landlord, "code:2024", **given),
        lambda: actions.save_text(version, "name: mine", **given),
        lambda: actions.approve(version, "Me", TODAY, **given),
        lambda: actions.brief(version, TODAY, **given),
        lambda: actions.put_in_force(version, TODAY, newest_case=None, **given),
        lambda: actions.publish(version, TODAY, **given),
    ):
        with pytest.raises(actions.NotForThisRole):
            attempt()
    assert Entry.objects.count() == before


def test_a_resident_is_no_administrator_whatever_they_say(landlord: Landlord) -> None:
    with pytest.raises(actions.NotForThisRole):
        actions.start_draft(landlord, "code:2024", by=Actor("resident", "p1", "administrator"), at=NOW)


def test_a_request_sent_twice_does_it_once(landlord: Landlord) -> None:
    key = "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"
    version = draft(landlord)
    read_at = version.entry
    for _ in range(2):
        actions.approve(version, "Board", TODAY, read_at=read_at, key=key, **DONE)
    assert len(journal.of_case(landlord.pk, 0)) == 3


def test_a_version_made_with_its_landlord_and_in_force_is_no_draft(landlord: Landlord) -> None:
    version = ProcedureVersion.objects.create(landlord=landlord, number=1, in_force_on=date(2020, 1, 1))
    assert not version.is_draft
    with pytest.raises(actions.NotPossible, match="no draft"):
        actions.save_text(version, "name: other", **DONE)
    with pytest.raises(actions.NotPossible, match="in force already"):
        actions.approve(version, "Board", TODAY, **DONE)
    with pytest.raises(actions.NotPossible, match="in force already"):
        actions.put_in_force(version, TODAY, newest_case=None, **DONE)
    assert actions.publish(version, TODAY, **DONE).published_on == TODAY


def test_what_is_in_force_is_put_in_force_on_a_past_day_only_where_no_case_has_come_since(
    landlord: Landlord,
) -> None:
    version = draft(landlord, drafted_on=date(2024, 1, 8))
    version = actions.approve(version, "Board", date(2024, 3, 4), **DONE)
    for newest in (date(2024, 4, 1), date(2026, 12, 1)):
        with pytest.raises(actions.NotPossible, match="keeps the version it began under"):
            actions.put_in_force(version, date(2024, 4, 1), newest_case=newest, **DONE)
    version = actions.put_in_force(version, date(2024, 4, 1), newest_case=date(2024, 3, 31), **DONE)
    assert queries.procedure_in_force(landlord, date(2024, 4, 1)) == version


# Two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_is_told(transactional_db: None) -> None:
    landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
    version = draft(landlord)
    read_at, ready = version.entry, threading.Barrier(2)
    outcomes: list[str] = []

    def save(text: str) -> None:
        try:
            ready.wait(20)
            actions.save_text(version, text, read_at=read_at, **DONE)
            outcomes.append("saved")
        except actions.Changed:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=(f"name: {name}\n",)) for name in ("ours", "theirs")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sorted(outcomes) == ["saved", "told"]
    assert verify().differences == []


@pytest.mark.django_db(transaction=True)
def test_two_drafts_begun_at_once_have_numbers_of_their_own(transactional_db: None) -> None:
    landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
    ready = threading.Barrier(4)

    def begin() -> None:
        try:
            ready.wait(20)
            actions.start_draft(landlord, "code:2024", **DONE)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert [each.number for each in queries.own_versions(landlord)] == [4, 3, 2, 1]


# What verify finds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("document", "name: another\n"),
        ("approved_by", "Nobody"),
        ("approved_on", date(2026, 11, 1)),
        ("in_force_on", date(2026, 11, 1)),
        ("in_force_on", None),
        ("published_on", date(2026, 11, 1)),
        ("drafted_on", date(2026, 11, 1)),
        ("convention_reason", "Because."),
        ("entry", 1),
    ],
)
def test_a_version_that_was_altered_behind_the_applications_back(
    landlord: Landlord, column: str, value: Any
) -> None:
    text = "name: tern-valley\nconvention: same_day\n"
    version = approved(landlord, text, convention_reason="As our corporate policy does.")
    actions.put_in_force(version, TODAY, newest_case=None, **DONE)
    assert verify().differences == []
    ProcedureVersion.objects.filter(pk=version.pk).update(**{column: value})
    assert {difference.what for difference in verify().differences or []} == {"procedure"}


def test_a_version_that_is_gone(landlord: Landlord) -> None:
    draft(landlord).delete()
    assert [difference.says for difference in verify().differences or []] == [
        "Version 1 of the procedure is gone."
    ]


def test_words_erased_by_law_leave_nothing_different(landlord: Landlord) -> None:
    approved(landlord, "name: tern\nconvention: same_day\n", convention_reason="As before.")
    Text.objects.all().delete()
    assert verify().differences == []


def test_history_is_one_statement_however_much_was_done(landlord: Landlord) -> None:
    version = draft(landlord)
    for number in range(20):
        version = actions.save_text(version, f"name: n{number}\n", **DONE)
    connection.force_debug_cursor = True
    before = len(connection.queries)
    assert len(queries.history(version)) == 22
    assert len(connection.queries) - before == 1
    connection.force_debug_cursor = False
