"""A change of the calendar: what would move, saving it, bringing the cases up to it, and whom a letter is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cast import Cast

from putright.record.landlords.days_off import Proposed

NEW = date(2026, 12, 2)


def given(cast: Cast, by: str = "administrator") -> dict[str, Any]:
    return {"by": cast.actor(by), "at": cast.clock.now}


def holiday(day: date = NEW) -> Proposed:
    return Proposed("bank_holiday", day, day, "Day of thanks", "GOV.UK", date(2026, 11, 30))


def looked(cast: Cast, proposed: Proposed | None = None) -> Any:
    from putright.upkeep.calendar_changes import actions

    change = actions.propose(cast.landlord, proposed or holiday(), **given(cast))
    return actions.look_on(change)


def saved(cast: Cast, proposed: Proposed | None = None) -> Any:
    from putright.upkeep.calendar_changes import actions

    change = actions.save(looked(cast, proposed), **given(cast))
    return actions.bring_on(change, at=cast.clock.now)


def rows(change: Any) -> list[tuple[str, str, bool, date, date, bool]]:
    found = change.moved.order_by("case", "clock", "own").select_related("case")
    return [(r.case.reference, r.clock, r.own, r.old_on, r.new_on, r.told) for r in found]


def own_target(cast: Cast) -> None:
    from putright.record.landlords.models import ProcedureVersion

    targets = [{"clock": "respond", "length": 8, "unit": "working_days", "starts": "acknowledged"}]
    ProcedureVersion.objects.filter(landlord=cast.landlord).update(changes={"targets": targets})


def test_what_would_move_is_seen_before_anything_changes(cast: Cast) -> None:
    from putright.record.journal.models import Entry
    from putright.record.landlords.models import Landlord

    case = cast.open()
    before = Entry.objects.count()
    change = looked(cast)
    assert change.state == "looked"
    assert rows(change) == [(case.reference, "respond", False, date(2026, 12, 4), date(2026, 12, 7), True)]
    assert Entry.objects.count() == before
    assert Landlord.objects.get(pk=cast.landlord.pk).days_off == {}
    assert cast.fresh(case).next_due_on == date(2026, 12, 4)


def test_saving_moves_the_index_of_each_case_and_verify_agrees(cast: Cast) -> None:
    from putright.upkeep.running.verify import verify

    case = cast.open()
    change = saved(cast)
    assert change.state == "done"
    assert cast.fresh(case).next_due_on == date(2026, 12, 7)
    assert verify().differences == []


def test_an_ended_case_whose_findings_count_across_the_day_is_brought_up_too(cast: Cast) -> None:
    from putright.record.cases.models import CaseFinding
    from putright.upkeep.running.verify import verify

    case = cast.open("2026-11-27T09:00", "2026-11-30T09:00")
    cast.do("withdraw", case, reason="They have moved away.")
    kept = CaseFinding.objects.filter(case=case, provision="6.2")
    assert kept.get().due_on == date(2026, 12, 4)
    change = saved(cast)
    assert rows(change) == []
    assert kept.get().due_on == date(2026, 12, 7)
    assert verify().differences == []


def test_closing_for_a_day_moves_only_our_own_target_and_no_letter_is_owed(cast: Cast) -> None:
    from putright.upkeep.calendar_changes import actions
    from putright.upkeep.running.verify import verify

    own_target(cast)
    case = cast.open()
    assert case.next_target_on == date(2026, 12, 2)
    change = saved(cast, Proposed("closed", NEW, NEW, "Stocktaking"))
    assert rows(change) == [(case.reference, "respond", True, date(2026, 12, 2), date(2026, 12, 3), False)]
    assert cast.fresh(case).next_due_on == date(2026, 12, 4)
    assert cast.fresh(case).next_target_on == date(2026, 12, 3)
    assert not actions.letters_owed(cast.landlord.pk).exists()
    assert verify().differences == []


def test_another_landlords_cases_are_not_gone_through(cast: Cast) -> None:
    theirs = cast.receive("2026-11-30T09:00", landlord=cast.other_landlord)
    due = cast.fresh(theirs).next_due_on
    change = saved(cast, holiday(date(2026, 12, 3)))
    assert change.looked_at == 0
    assert cast.fresh(theirs).next_due_on == due


def test_what_is_taken_back_moves_the_days_back(cast: Cast) -> None:
    from putright.upkeep.calendar_changes import actions
    from putright.upkeep.running.verify import verify

    case = cast.open()
    change = saved(cast)
    back = actions.propose_taking_back(change.day_off, reason="Announced in error", **given(cast))
    back = actions.save(actions.look_on(back), **given(cast))
    back = actions.bring_on(back, at=cast.clock.now)
    assert cast.fresh(case).next_due_on == date(2026, 12, 4)
    assert rows(back)[0][3:5] == (date(2026, 12, 4), date(2026, 12, 4))
    assert not actions.letters_owed(cast.landlord.pk).exists(), "The day they were told stands again."
    assert verify().differences == []


def test_a_day_that_moves_twice_before_its_letter_went_is_one_letter_from_the_day_they_know(
    cast: Cast,
) -> None:
    from putright.upkeep.calendar_changes import actions

    cast.open()
    saved(cast)
    saved(cast, holiday(date(2026, 12, 3)))
    [letter] = actions.letters_owed(cast.landlord.pk)
    assert (letter.old_on, letter.new_on) == (date(2026, 12, 4), date(2026, 12, 8))


def test_a_letter_stands_on_the_list_until_somebody_says_how_they_were_told(cast: Cast) -> None:
    from putright.record.journal.models import Entry, Text
    from putright.record.landlords.own_chain import NotForThisRole, NotPossible
    from putright.upkeep.calendar_changes import actions

    cast.open()
    saved(cast)
    [letter] = actions.letters_owed(cast.landlord.pk)
    with pytest.raises(NotPossible, match="Say how"):
        actions.settle(letter, " ", **given(cast, "officer"))
    with pytest.raises(NotForThisRole):
        actions.settle(letter, "Rang her", **given(cast, "investigator"))
    assert actions.letters_owed(cast.landlord.pk).exists()
    actions.settle(letter, "Rang her today", **given(cast, "officer"))
    actions.settle(letter, "And again", **given(cast, "officer"))
    assert not actions.letters_owed(cast.landlord.pk).exists()
    assert Entry.objects.filter(verb="told_of_moved_day").count() == 1
    assert Text.objects.get(name="how").text == "Rang her today"


def test_nothing_is_saved_while_not_every_case_was_gone_through(cast: Cast, monkeypatch: Any) -> None:
    from putright.record.landlords.own_chain import NotPossible
    from putright.upkeep.calendar_changes import actions

    monkeypatch.setattr(actions, "WINDOW", 1)
    for _ in range(3):
        cast.open()
    change = actions.propose(cast.landlord, holiday(), **given(cast))
    change = actions.look_on(change, seconds=0)
    assert (change.state, change.looked_at) == ("looking", 1)
    with pytest.raises(NotPossible, match="Carry on"):
        actions.save(change, **given(cast))
    while change.state == "looking":
        change = actions.look_on(change, seconds=0)
    assert (change.state, change.looked_at, change.moved.count()) == ("looked", 3, 3)


def test_a_save_that_was_cut_short_is_carried_on_and_does_each_case_once(
    cast: Cast, monkeypatch: Any
) -> None:
    from putright.record.journal.models import Entry
    from putright.upkeep.calendar_changes import actions
    from putright.upkeep.running.verify import verify

    cases = [cast.open() for _ in range(4)]
    change = actions.save(looked(cast), **given(cast))
    change = actions.bring_on(change, at=cast.clock.now, seconds=0)
    assert change.state == "saving"
    assert [cast.fresh(case).next_due_on.day for case in cases] == [7, 4, 4, 4]
    # A process that died after a case and before it wrote that down does the case again.
    type(change).objects.filter(pk=change.pk).update(cursor=0)
    while change.state == "saving":
        change = actions.bring_on(change, at=cast.clock.now, seconds=0)
    assert [cast.fresh(case).next_due_on.day for case in cases] == [7, 7, 7, 7]
    assert change.moved.count() == 4
    assert Entry.objects.get(verb="days_moved").data["letters"] == 4
    assert verify().differences == []


def test_a_case_not_yet_gone_through_is_counted_right_as_soon_as_anything_happens_to_it(cast: Cast) -> None:
    from putright.upkeep.calendar_changes import actions

    first, second = cast.open(), cast.open()
    change = actions.save(looked(cast), **given(cast))
    cast.do("update", second, summary="Surveyor booked.")
    assert cast.fresh(second).next_due_on == date(2026, 12, 7)
    change = actions.bring_on(change, at=cast.clock.now)
    assert cast.fresh(first).next_due_on == date(2026, 12, 7)
    assert {row[0] for row in rows(change)} == {first.reference, second.reference}


def test_a_calendar_changed_meanwhile_wants_another_look(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible
    from putright.upkeep.calendar_changes import actions

    one = looked(cast)
    saved(cast, holiday(date(2026, 12, 3)))
    with pytest.raises(NotPossible, match="Look again"):
        actions.save(one, **given(cast))


def test_saving_twice_saves_once(cast: Cast) -> None:
    from putright.record.journal.models import Entry
    from putright.upkeep.calendar_changes import actions

    change = looked(cast)
    actions.save(change, key="once", **given(cast))
    actions.save(change, key="twice", **given(cast))
    assert Entry.objects.filter(verb="add_day_off").count() == 1


@pytest.mark.parametrize("who", ["officer", "auditor", "board_member"])
def test_only_an_administrator_thinks_of_changes(cast: Cast, who: str) -> None:
    from putright.record.landlords.own_chain import NotForThisRole
    from putright.upkeep.calendar_changes import actions

    with pytest.raises(NotForThisRole):
        actions.propose(cast.landlord, holiday(), **given(cast, who))
    change = looked(cast)
    with pytest.raises(NotForThisRole):
        actions.save(change, **given(cast, who))


def test_looking_asks_the_same_of_the_database_however_many_cases_there_are(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    from putright.upkeep.calendar_changes import actions

    for _ in range(12):
        cast.open()
    change = actions.propose(cast.landlord, holiday(), **given(cast))
    with django_assert_max_num_queries(20):
        actions.look_on(change)


def test_changes_thought_of_and_left_are_forgotten(cast: Cast) -> None:
    from putright.upkeep.calendar_changes.models import CalendarChange

    cast.open()
    left = looked(cast)
    kept = saved(cast, holiday(date(2026, 12, 3)))
    cast.clock.pass_by(days=2)
    looked(cast, holiday(date(2026, 12, 9)))
    assert not CalendarChange.objects.filter(pk=left.pk).exists()
    assert CalendarChange.objects.filter(pk=kept.pk).exists()
