"""The index of a case beside its entries: risk, needs, drafts that wait, and what is owed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from putright.casework.fields import PointDecided, ToDo
from putright.record.cases.models import Case, Owed
from putright.upkeep.running.mend import mend
from putright.upkeep.running.verify import verify

pytestmark = pytest.mark.django_db

OWED = ("number", "owner", "due_on", "kept_on")
LONDON = ZoneInfo("Europe/London")
DECISIONS = [PointDecided(1, "upheld", "It was left."), PointDecided(2, "not_upheld", "They came.")]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def indexed(scene) -> Case:
    return Case.objects.get(pk=scene.case.pk)


def owed(scene) -> list[tuple]:
    return list(Owed.objects.filter(case=scene.case).order_by("number").values_list(*OWED))


def test_risk_rises_and_falls_with_what_is_entered(scene):
    assert (indexed(scene).risk, indexed(scene).risk_why) == (0, [])
    scene.do("record_needs", "2026-11-17", needs=["Asthma"], adjustments=[])
    calm = indexed(scene)
    assert (calm.risk_why, calm.has_needs) == (["needs"], True)
    scene.do("report_hazard", "2026-11-18", kind="emergency", aware_at=moment("2026-11-18T09:00"))
    grave = indexed(scene)
    assert grave.risk_why == ["emergency_hazard", "needs"]
    assert grave.risk > calm.risk
    scene.do("hazard_made_safe", "2026-11-19")
    assert indexed(scene).risk == calm.risk


def test_a_draft_waits_until_somebody_has_read_it_where_the_procedure_asks(scene):
    version = scene.case.procedure
    version.changes = {"quality_check": True}
    version.save()
    scene.do("acknowledge", "2026-11-18", definition="Damp.")
    scene.do("draft_response", "2026-11-20", by=scene.colleague, decisions=DECISIONS)
    assert indexed(scene).draft_waits
    scene.do("check_response", "2026-11-21", passed=True)
    assert not indexed(scene).draft_waits


def test_what_is_owed_has_a_row_for_every_promise(scene):
    scene.do("promise", "2026-11-17", what="Look at the roof", due=date(2026, 11, 27), owner="Repairs")
    scene.do("acknowledge", "2026-11-18", definition="Damp.")
    scene.do(
        "respond",
        "2026-11-25",
        by=scene.colleague,
        decisions=DECISIONS,
        remedies=[ToDo("Treat the walls", date(2026, 12, 11), "Estates")],
        actions=[ToDo("Look again", date(2027, 1, 11))],
    )
    scene.do("keep_promise", "2026-11-26", promise=1)
    scene.do("change_promise", "2026-11-27", promise=2, due=date(2026, 12, 18), reason="No dry days.")
    scene.do("close", "2026-11-30", root_cause="Delay")
    assert owed(scene) == [
        (1, "Repairs", date(2026, 11, 27), date(2026, 11, 26)),
        (2, "Estates", date(2026, 12, 18), None),
        (3, "", date(2027, 1, 11), None),
    ]
    assert verify().differences == []


def test_a_promise_struck_out_is_owed_no_more(scene):
    made = scene.do("promise", "2026-11-17", what="Look", due=date(2026, 11, 27), owner="Repairs").entry
    scene.do("promise", "2026-11-17", what="Look again", due=date(2026, 12, 4), owner="Estates")
    scene.do("correct", "2026-11-18", entry=made.number, strike=True, reason="Never promised.")
    assert owed(scene) == [(1, "Estates", date(2026, 12, 4), None)]
    assert verify().differences == []


def test_an_owner_of_any_length_is_kept_as_far_as_the_index_has_room(scene):
    scene.do("promise", "2026-11-17", what="Look", due=date(2026, 11, 27), owner="Repairs " * 1000)
    assert owed(scene)[0][1] == ("Repairs " * 1000)[:120]
    assert verify().differences == []


@pytest.mark.parametrize(
    ("altered", "what"),
    [
        ({"risk": 3}, "index"),
        ({"risk_why": ["needs"]}, "index"),
        ({"has_needs": True}, "index"),
        ({"draft_waits": True}, "index"),
        ({"danger_unanswered_on": date(2026, 1, 1)}, "index"),
        ({"words": "nothing"}, "index"),
    ],
)
def test_an_index_that_was_altered_is_found_and_mended(scene, altered, what):
    Case.objects.filter(pk=scene.case.pk).update(**altered)
    assert {each.what for each in verify().differences} == {what}
    assert mend(verify().differences) == [scene.case.reference]
    assert verify().differences == []


def test_what_is_owed_is_found_and_mended_where_it_differs(scene):
    scene.do("promise", "2026-11-17", what="Look", due=date(2026, 11, 27), owner="Repairs")
    right = owed(scene)
    Owed.objects.all().delete()
    assert {each.what for each in verify().differences} == {"owed"}
    mend(verify().differences)
    Owed.objects.update(owner="Nobody")
    mend(verify().differences)
    assert owed(scene) == right
    assert verify().differences == []


def test_a_case_whose_entries_are_in_doubt_is_not_mended(scene):
    from django.db import connection

    from putright.record.journal import triggers

    Case.objects.filter(pk=scene.case.pk).update(risk=3)
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = '99' WHERE number = 1")
    triggers.lay(connection)
    assert mend(verify().differences) == []
    assert indexed(scene).risk == 3
