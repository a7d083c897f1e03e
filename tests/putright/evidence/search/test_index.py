"""The index of words follows the cases: after each action, in a sweep for what was missed, and whatever changes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from typing import Any

import pytest
from cast import Cast
from databases import environment_of_the_site
from django.db import connection
from django.utils import timezone

from putright.evidence.search import asked, engines, index, queries, triggers
from putright.evidence.search.models import Behind, Document
from putright.record.cases.models import Case


def found(landlord: Any, text: str, *marks: list[str]) -> set[str]:
    """The references of the cases that hold this."""
    with engines.in_time():
        numbers = engines.find(landlord.pk, asked.read(text), marks, 1_000).cases
    return set(Case.objects.filter(pk__in=numbers).values_list("reference", flat=True))


def sweep() -> int:
    swept = index.sweep()
    assert swept.failed == ()
    return swept.indexed


def waiting() -> int:
    return Behind.objects.values("case").distinct().count()


# After each action


def test_an_action_is_found_as_soon_as_it_is_done(committed_cast: Cast) -> None:
    case = committed_cast.open()
    assert waiting() == 0
    assert Document.objects.get(case=case).covers == case.entries == 3
    assert found(committed_cast.landlord, "bedroom damp") == {case.reference}
    committed_cast.do(
        "record_contact", case, direction="in", channel="telephone", with_="Amira", summary="Zebra."
    )
    assert found(committed_cast.landlord, "zebra") == {case.reference}
    assert waiting() == 0


def test_what_was_rolled_back_is_not_found(committed_cast: Cast) -> None:
    from django.db import transaction

    case = committed_cast.open()
    with transaction.atomic():
        committed_cast.do("add_point", case, point="Zebra", related=True)
        transaction.set_rollback(True)
    assert waiting() == 0
    assert found(committed_cast.landlord, "zebra") == set()


def test_an_action_is_done_even_where_its_words_cannot_be_indexed(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = committed_cast.open()
    with monkeypatch.context() as broken:
        broken.setattr(engines, "write", lambda cases: 1 / 0)
        committed_cast.do("add_point", case, point="Zebra", related=True)
    assert Case.objects.get(pk=case.pk).entries == 4
    assert waiting() == index.behind(committed_cast.landlord.pk) == 1
    assert found(committed_cast.landlord, "zebra") == set()
    assert sweep() == 1
    assert found(committed_cast.landlord, "zebra") == {case.reference}


def test_an_action_takes_along_a_few_that_were_missed(committed_cast: Cast) -> None:
    cases = [committed_cast.receive(account="Zebra") for _ in range(30)]
    index.all_behind()
    committed_cast.do("add_point", cases[-1], point="Yak", related=True)
    assert found(committed_cast.landlord, "yak") == {cases[-1].reference}
    assert 0 < waiting() < 30


ENDS_TOO_SOON = """
    import os, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "putright.settings"
    import django
    django.setup()
    from django.utils import timezone
    from complaint_rules.events import Actor
    from putright.casework import verb
    from putright.evidence.search import index
    from putright.record.cases.index import AFTER_COMMIT
    from putright.record.cases.models import Case
    assert index.after_commit in AFTER_COMMIT
    AFTER_COMMIT[:] = [lambda case: os._exit(9)]
    case = Case.objects.get(pk=int(sys.argv[1]))
    officer = Actor("staff", sys.argv[2], "complaints_officer")
    verb("add_point")(case, by=officer, at=timezone.now(), point="Zebra", related=True)
"""


def test_a_process_that_ends_between_writing_and_indexing_loses_nothing(
    committed_cast: Cast, home: Any
) -> None:
    case = committed_cast.open()
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ENDS_TOO_SOON), str(case.pk), str(committed_cast.officer.pk)],
        env=os.environ | environment_of_the_site(home),
        timeout=60,
        check=False,
    )
    assert ended.returncode == 9
    assert Case.objects.get(pk=case.pk).entries == 4
    assert waiting() == 1
    assert list(index.differences(committed_cast.landlord.pk)) == []  # it is known to be behind
    assert sweep() == 1
    assert found(committed_cast.landlord, "zebra") == {case.reference}
    assert (waiting(), sweep()) == (0, 0)


# Sweeping


def together(*jobs: Any) -> list[Any]:
    gate, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int, job: Any) -> None:
        try:
            gate.wait(10)
            results[place] = job()
        except Exception as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_sweeps_at_once_share_the_work(committed_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(30):
        committed_cast.receive(account="Zebra")
    index.all_behind()
    monkeypatch.setattr(index, "BATCH", 3)
    swept = together(index.sweep, index.sweep)
    assert [type(each) for each in swept] == [index.Swept, index.Swept], swept
    assert sum(each.indexed for each in swept) == 30
    assert waiting() == 0
    assert Document.objects.count() == 30
    assert list(index.differences(committed_cast.landlord.pk)) == []


def test_a_sweep_beside_actions_leaves_the_newest_words(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [committed_cast.receive(account="Zebra") for _ in range(8)]
    index.all_behind()
    monkeypatch.setattr(index, "BATCH", 2)

    def act() -> None:
        for number, case in enumerate(reversed(cases)):
            committed_cast.do("add_point", case, point=f"Yak {number}", related=True)

    def sweep_three_times() -> None:
        for _ in range(3):
            index.sweep()

    assert together(act, sweep_three_times, sweep_three_times) == [None, None, None]
    sweep()
    assert len(found(committed_cast.landlord, "yak")) == 8
    assert waiting() == 0
    assert list(index.differences(committed_cast.landlord.pk)) == []


def test_what_moves_on_while_it_is_read_stays_behind(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = committed_cast.open()
    index.all_behind()
    read = engines.indexed

    def read_and_meanwhile(words: Any) -> Any:
        monkeypatch.setattr(engines, "indexed", read)
        told = read(words)
        Case.objects.filter(pk=case.pk).update(entries=99)  # somebody commits another entry
        return told

    monkeypatch.setattr(engines, "indexed", read_and_meanwhile)
    sweep()
    assert waiting() == 1
    assert Document.objects.get(case=case).covers == 3
    sweep()
    assert waiting() == 0
    assert Document.objects.get(case=case).covers == 99


def test_one_case_that_cannot_be_indexed_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [cast.receive(account="Zebra") for _ in range(3)]
    read = engines.indexed

    def fail_at_the_second(words: Any) -> Any:
        if words.case == cases[1].pk:
            raise ValueError("odd")
        return read(words)

    monkeypatch.setattr(engines, "indexed", fail_at_the_second)
    assert index.sweep() == index.Swept(2, (cases[1].reference,))
    assert waiting() == 1
    assert found(cast.landlord, "zebra") == {cases[0].reference, cases[2].reference}


def test_a_sweep_reads_only_what_is_behind(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        cast.receive(account="Zebra")
    sweep()
    with django_assert_max_num_queries(3):
        assert sweep() == 0
    cast.do("add_point", Case.objects.order_by("pk").first(), point="Yak", related=True)
    with django_assert_max_num_queries(16):
        assert sweep() == 1


# Whatever changes


def test_cases_written_in_bulk_are_behind_and_then_found(cast: Cast) -> None:
    from putright.upkeep.demo.landlord import generate, make_landlord

    landlord, version = make_landlord(slug="heron-bank", prefix="HB", name="Heron Bank")
    generate(landlord, version, 40, 5, cast.clock.now.date().replace(year=2025), timezone.now())
    assert index.behind(landlord.pk) == 40
    assert sweep() == 40
    assert len(found(landlord, "hb")) == 40
    assert found(cast.landlord, "hb") == set()
    assert list(index.differences(landlord.pk)) == []


def test_a_person_who_changes_is_found_by_what_is_new(cast: Cast) -> None:
    case = cast.open(representative=cast.other_resident)
    Case.objects.update(home=None)
    sweep()
    cast.resident.name, cast.resident.address = "Amira Zebra", "3 Yak Yard"
    cast.resident.save()
    assert waiting() == 1
    sweep()
    assert found(cast.landlord, "zebra yak") == {case.reference}
    assert found(cast.landlord, "yusuf") == found(cast.landlord, "court") == set()
    type(cast.other_resident).objects.filter(pk=cast.other_resident.pk).update(name="Ibex")
    sweep()
    assert found(cast.landlord, "ibex") == {case.reference}


def test_a_change_that_search_does_not_read_leaves_the_index_alone(cast: Cast) -> None:
    cast.open()
    sweep()
    cast.resident.language = "Somali"
    cast.resident.save()
    Case.objects.update(risk=3)
    assert waiting() == 0


def test_a_home_and_what_others_call_it_are_found(cast: Cast) -> None:
    from putright.record.people.models import Home, Reference

    case = cast.open()
    home = Home.objects.create(
        landlord=cast.landlord, address="9 Plover Green", key="9 plover green", uprn="100012345678"
    )
    Case.objects.filter(pk=case.pk).update(home=home)
    sweep()
    assert found(cast.landlord, "100012345678") == found(cast.landlord, "plover") == {case.reference}
    of_home = Reference.objects.create(
        landlord=cast.landlord, home=home, source="Repairs", value="REP/77-Q", key="REP/77-Q"
    )
    of_person = Reference.objects.create(
        landlord=cast.landlord, person=cast.resident, source="Rents", value="RNT-555", key="RNT-555"
    )
    sweep()
    assert found(cast.landlord, "REP/77-Q") == found(cast.landlord, "RNT-555") == {case.reference}
    of_home.value = "REP/78-Q"
    of_home.save()
    of_person.delete()
    sweep()
    assert found(cast.landlord, "REP/78-Q") == {case.reference}
    assert found(cast.landlord, "RNT-555") == found(cast.landlord, "REP/77-Q") == set()


def attach(case: Any, words: str, entry: int = 1, name: str = "note.txt") -> Any:
    from putright.record.correspondence.models import Attachment

    return Attachment.objects.create(
        landlord=case.landlord,
        case=case,
        entry=entry,
        name=name,
        kind="text/plain",
        size=1,
        digest="0" * 64,
        stored_as=f"{case.pk}-{entry}-{name}",
        words=words,
        added_at=timezone.now(),
    )


def test_the_text_of_a_file_is_found_once_it_is_read_and_not_once_it_is_gone(cast: Cast) -> None:
    case = cast.open()
    file = attach(case, "", name="survey.pdf")
    sweep()
    assert found(cast.landlord, "survey") == {case.reference}
    file.words = "Penetrating damp at the gable."
    file.save()
    sweep()
    assert found(cast.landlord, '"penetrating damp"') == {case.reference}
    file.delete()
    sweep()
    assert found(cast.landlord, "gable") == found(cast.landlord, "survey") == set()


def test_words_that_were_erased_are_in_the_index_no_longer(cast: Cast) -> None:
    from putright.record.journal.models import Text

    case = cast.open()
    sweep()
    Text.objects.filter(case=case.pk, name="account").delete()
    assert waiting() == 1
    sweep()
    assert found(cast.landlord, "bedroom") == set()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_words WHERE words LIKE '%%bedroom%%'")
            assert cursor.fetchone() == (0,)


def test_a_case_that_goes_takes_its_words_along(cast: Cast) -> None:
    case = cast.open()
    sweep()
    Document.objects.filter(case=case).delete()
    assert found(cast.landlord, "bedroom") == set()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_words WHERE rowid = %s", [case.pk])
            assert cursor.fetchone() == (0,)


# How much of a case


def test_a_case_of_very_many_words_is_indexed_as_far_as_the_bound(cast: Cast) -> None:
    case = cast.open()
    attach(case, " ".join(f"word{number}" for number in range(20_000)), name="log.txt")
    attach(case, "long " * 50_000, entry=2, name="more.txt")
    attach(case, "漢字" * 20_000, entry=2, name="other.txt")
    assert sweep() == 1
    assert found(cast.landlord, "bedroom word1") == {case.reference}
    assert list(index.differences(cast.landlord.pk)) == []


def test_a_phrase_does_not_reach_from_one_text_into_the_next(cast: Cast) -> None:
    case = cast.receive(account="Zebra", points=["Yak", "Ibex"])
    sweep()
    assert found(cast.landlord, "yak ibex") == {case.reference}
    assert found(cast.landlord, '"yak ibex"') == set()


# Checking


@pytest.mark.django_db
def test_the_database_notes_changes_after_migrating() -> None:
    assert triggers.laid(connection)


def test_what_is_not_as_the_case_says_is_named(cast: Cast) -> None:
    first, second, third = (cast.open() for _ in range(3))
    sweep()
    assert list(index.differences(cast.landlord.pk)) == []
    Document.objects.filter(case=first).update(covers=1)
    Document.objects.filter(case=second).delete()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE search_words SET words = 'zebra' WHERE rowid = %s", [third.pk])
        else:
            cursor.execute(
                "UPDATE search_document SET found_by = '''zebra'':1' WHERE case_id = %s", [third.pk]
            )
    says = {each.reference: each.says for each in index.differences(cast.landlord.pk)}
    assert says == {
        first.reference: "The index of words covers entry 1 of 3.",
        second.reference: "It is not in the index of words.",
        third.reference: "The words in the index are not those of the case.",
    }
    index.all_behind()
    sweep()
    assert list(index.differences(cast.landlord.pk)) == []


def test_a_page_after_the_last_is_the_first(cast: Cast) -> None:
    case = cast.open()
    sweep()
    results = queries.search(cast.landlord.pk, "damp", queries.Filters(), 40, timezone.localdate())
    assert [hit.case.reference for hit in results.hits] == [case.reference]
    assert results.page == 1
