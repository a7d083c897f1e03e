"""An action writes one entry and the index of its case, or nothing at all."""

from __future__ import annotations

import pytest
from django.db import connection

from putright.casework.act import Changed, Impossible, NeedsMore, Refused
from putright.record.cases.models import Case, CaseFinding
from putright.record.journal.models import Entry, Head, Text

pytestmark = pytest.mark.django_db


def verbs_of(case):
    return list(Entry.objects.filter(case=case.pk).order_by("number").values_list("verb", flat=True))


def test_it_writes_an_entry_its_words_and_the_index(scene):
    outcome = scene.do("acknowledge", "2026-11-20T11:05", definition="Damp, and a missed visit.")
    case = Case.objects.get(pk=scene.case.pk)
    assert (case.state, case.stage, case.entries) == ("open", 1, 2)
    assert case.next_due == "respond"
    assert str(case.next_due_on) == "2026-12-04"
    assert Text.objects.get(case=case.pk, name="definition").text == "Damp, and a missed visit."
    assert "definition" in outcome.entry.data["texts"]
    assert "Damp, and" not in str(outcome.entry.data)
    assert CaseFinding.objects.get(case=case, provision="6.2").verdict == "met"


def test_a_refusal_changes_nothing_and_is_noted(scene):
    with pytest.raises(Refused) as refusal:
        scene.do(
            "acknowledge",
            "2026-11-20",
            by=scene.colleague.__class__("staff", "9", "auditor"),
            definition="No.",
        )
    assert [obstacle.ref for obstacle in refusal.value.judgement.refused] == ["role"]
    assert verbs_of(scene.case) == ["receive", "refused"]
    noted = Entry.objects.get(case=scene.case.pk, verb="refused")
    assert noted.data == {"verb": "acknowledge", "refs": ["role"]}
    case = Case.objects.get(pk=scene.case.pk)
    assert (case.state, case.entries) == ("received", 2)


def test_a_missing_field_is_asked_for_and_not_even_noted(scene):
    with pytest.raises(NeedsMore) as need:
        scene.do("acknowledge", "2026-11-20", definition="  ")
    assert need.value.judgement.needs == ["definition"]
    assert verbs_of(scene.case) == ["receive"]


def test_a_repeated_request_acts_once(scene):
    first = scene.do("acknowledge", "2026-11-20", definition="Damp.", key="k1")
    again = scene.do("acknowledge", "2026-11-20", definition="Damp.", key="k1")
    assert again.repeated
    assert again.entry == first.entry
    assert verbs_of(scene.case) == ["receive", "acknowledge"]


def test_receiving_twice_with_one_key_opens_one_case(scene):
    given = {"channel": "email", "account": "Noise.", "points": ["Noise"], "key": "k2"}
    first = scene.do("receive", "2026-11-20", case=scene.landlord, **given)
    again = scene.do("receive", "2026-11-20", case=scene.landlord, **given)
    assert again.case == first.case
    assert Case.objects.count() == 2


def test_the_second_person_is_told_what_moved_the_case(scene):
    scene.do("acknowledge", "2026-11-20", definition="Damp.")
    with pytest.raises(Changed) as changed:
        scene.do("withdraw", "2026-11-20", reason="She rang.", read_at=1)
    assert [entry.verb for entry in changed.value.entries] == ["acknowledge"]


def test_a_contact_or_an_update_since_then_does_not_stand_in_the_way(scene):
    scene.do(
        "record_contact", "2026-11-17", direction="in", channel="telephone", with_="Amira", summary="Asked."
    )
    scene.do("update", "2026-11-18", summary="Surveyor booked.")
    scene.do("acknowledge", "2026-11-20", definition="Damp.", read_at=1)
    assert verbs_of(scene.case)[-1] == "acknowledge"


def test_a_day_that_no_calendar_covers_is_said_plainly(scene):
    with pytest.raises(Impossible, match="2028"):
        scene.do("receive", "2031-01-06", case=scene.landlord, channel="email", account="x", points=["x"])
    with pytest.raises(Impossible, match="No edition"):
        scene.do("receive", "2019-01-07", case=scene.landlord, channel="email", account="x", points=["x"])
    assert Case.objects.count() == 1


def test_each_case_has_its_own_chain(scene):
    other = scene.do(
        "receive", "2026-11-20", case=scene.landlord, channel="email", account="x", points=["x"]
    ).case
    assert other.reference == "TV-26-0002"
    assert Head.objects.get(case=other.pk).count == 1
    assert Entry.objects.get(case=other.pk).previous == "0" * 64


def test_an_action_costs_no_more_statements_on_a_long_case(scene, django_assert_max_num_queries):
    def statements(at):
        before = len(connection.queries_log)
        scene.do("update", at, summary="News.")
        return len(connection.queries_log) - before

    connection.force_debug_cursor = True
    short = statements("2026-11-17")
    for _ in range(40):
        scene.do(
            "record_contact", "2026-11-17", direction="in", channel="email", with_="Amira", summary="Hello."
        )
    assert statements("2026-11-18") <= short
    connection.force_debug_cursor = False


def test_a_case_keeps_its_procedure_until_it_is_moved_by_a_recorded_act(scene):
    from datetime import date

    from putright.record.landlords.models import ProcedureVersion
    from putright.upkeep.running.verify import verify

    newer = ProcedureVersion.objects.create(
        landlord=scene.landlord, number=2, in_force_on=date(2026, 11, 17), profile="nottingham-city-homes"
    )
    scene.do("acknowledge", "2026-11-20", definition="Damp.")
    assert Case.objects.get(pk=scene.case.pk).procedure.number == 1
    outcome = scene.do("move_to_procedure", "2026-11-23", version=2, reason="Agreed with the resident.")
    assert outcome.complaint.procedure.name == "nottingham-city-homes"
    assert Case.objects.get(pk=scene.case.pk).procedure == newer
    assert verify().differences == []
    with pytest.raises(Impossible, match="no version 9"):
        scene.do("move_to_procedure", "2026-11-23", version=9, reason="x")
    Case.objects.filter(pk=scene.case.pk).update(procedure=ProcedureVersion.objects.get(number=1))
    assert verify().differences != []
