"""The landlord's own calendar: a bank holiday announced late, one moved away, and days it is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cast import Cast

NEW = date(2026, 12, 14)
SPRING = date(2027, 5, 31)


def propose(kind: str = "bank_holiday", first: date = NEW, last: date | None = None, **more: Any) -> Any:
    from putright.record.landlords.days_off import Proposed

    given = {"name": "Day of thanks", "source": "GOV.UK", "announced_on": date(2026, 11, 30)} | more
    return Proposed(kind, first, last or first, **given)


def add(cast: Cast, proposed: Any, by: str = "administrator", **more: Any) -> Any:
    from putright.record.landlords import days_off

    return days_off.add(cast.landlord.pk, proposed, by=cast.actor(by), at=cast.clock.now, **more)


def landlord(cast: Cast, which: str = "landlord") -> Any:
    from putright.record.landlords.models import Landlord

    return Landlord.objects.get(pk=getattr(cast, which).pk)


def entries(cast: Cast) -> list[Any]:
    from putright.record.journal.models import Entry

    return list(Entry.objects.filter(landlord=cast.landlord.pk, case=0).order_by("number"))


def test_a_bank_holiday_announced_late_is_in_this_landlords_calendar_and_in_no_other(cast: Cast) -> None:
    from putright.record.landlords.queries import calendar

    add(cast, propose())
    ours, theirs = calendar(landlord(cast)), calendar(landlord(cast, "other_landlord"))
    assert ours.holiday_name(NEW) == "Day of thanks"
    assert not ours.is_working(NEW)
    assert theirs.is_working(NEW)
    assert calendar().is_working(NEW)


def test_a_closed_day_is_not_in_the_codes_calendar(cast: Cast) -> None:
    from putright.record.landlords.queries import calendar, closed_days

    add(cast, propose("closed", date(2026, 12, 28), date(2026, 12, 31), name="Offices closed"))
    assert calendar(landlord(cast)).is_working(date(2026, 12, 29))
    assert closed_days(landlord(cast))[date(2026, 12, 29)] == "Offices closed"
    assert closed_days(landlord(cast, "other_landlord")) == {}


def test_a_bank_holiday_moved_away_is_a_working_day(cast: Cast) -> None:
    from putright.record.landlords.queries import calendar

    add(cast, propose("moved_away", SPRING, name="Moved to June"))
    assert calendar(landlord(cast)).is_working(SPRING)


def test_what_is_taken_back_leaves_the_published_calendar_and_its_history(cast: Cast) -> None:
    from putright.record.landlords import days_off
    from putright.record.landlords.models import DayOff

    row = add(cast, propose())
    days_off.take_back(row, reason="Announced in error", by=cast.actor("administrator"), at=cast.clock.now)
    assert landlord(cast).days_off == {}
    assert DayOff.objects.get().ended_entry == 2
    assert [entry.verb for entry in entries(cast)] == ["add_day_off", "take_back_day_off"]


def test_the_entry_says_who_when_what_and_keeps_the_words_beside_it(cast: Cast) -> None:
    from putright.record.journal.models import Text

    add(cast, propose(), reason="On the news")
    [entry] = entries(cast)
    assert (entry.actor, entry.actor_role) == (str(cast.administrator.pk), "administrator")
    assert entry.data["first_on"] == "2026-12-14"
    assert "Day of thanks" not in str(entry.data)
    kept = dict(Text.objects.values_list("name", "text"))
    assert kept == {"name": "Day of thanks", "source": "GOV.UK", "reason": "On the news"}


@pytest.mark.parametrize(
    ("proposed", "says"),
    [
        (propose(first=date(2026, 12, 25)), "is a bank holiday already: Christmas Day"),
        (propose(first=date(2026, 12, 13)), "not a working day"),
        (propose(first=date(2031, 1, 2)), "outside the bank holiday calendar"),
        (propose(first=date(1, 1, 1)), "outside the bank holiday calendar"),
        (propose(source=" "), "where it was announced"),
        (propose(name=" "), "Give it a name"),
        (propose(announced_on=date(2026, 12, 2)), "today or earlier"),
        (propose("moved_away", NEW), "is no bank holiday"),
        (propose("closed", NEW, date(2026, 12, 11)), "before the first"),
        (propose("closed", NEW, date(2027, 1, 14)), "at most 31 days"),
        (propose("closed", date(2026, 12, 12), date(2026, 12, 13)), "No working day"),
        (propose("closed", NEW, date(9999, 12, 31)), "outside the bank holiday calendar"),
        (propose("closed", NEW, name=""), "Say why you are closed"),
    ],
)
def test_what_the_calendar_cannot_take_is_refused_and_nothing_is_written(
    cast: Cast, proposed: Any, says: str
) -> None:
    from putright.record.landlords.own_chain import NotPossible

    with pytest.raises(NotPossible, match=says):
        add(cast, proposed)
    assert entries(cast) == []
    assert landlord(cast).days_off == {}


def test_the_same_day_is_not_added_twice(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible

    add(cast, propose())
    with pytest.raises(NotPossible, match="already"):
        add(cast, propose())
    add(cast, propose("closed", date(2026, 12, 28), date(2026, 12, 31), name="Closed"))
    with pytest.raises(NotPossible, match="already"):
        add(cast, propose("closed", date(2026, 12, 30), name="Closed too"))


def test_the_same_request_twice_adds_once(cast: Cast) -> None:
    first = add(cast, propose(), key="once")
    assert add(cast, propose(), key="once") == first
    assert len(entries(cast)) == 1


@pytest.mark.parametrize("who", ["officer", "auditor", "board_member", "investigator"])
def test_only_an_administrator_changes_the_calendar(cast: Cast, who: str) -> None:
    from putright.record.landlords.own_chain import NotForThisRole

    with pytest.raises(NotForThisRole):
        add(cast, propose(), by=who)
    assert entries(cast) == []


def test_an_action_counts_by_the_calendar_as_it_now_stands(cast: Cast) -> None:
    case = cast.open()
    assert case.next_due_on == date(2026, 12, 4)
    add(cast, propose(first=date(2026, 12, 2)))
    outcome = cast.do("update", case, summary="Still waiting for the surveyor.", method="email")
    assert outcome.case.next_due_on == date(2026, 12, 7)


def test_verify_counts_by_the_same_calendar_and_names_a_calendar_that_was_altered(cast: Cast) -> None:
    from putright.record.landlords.models import Landlord
    from putright.upkeep.running.verify import verify

    add(cast, propose(first=date(2026, 12, 2)))
    cast.open()
    assert verify().differences == []
    Landlord.objects.filter(pk=cast.landlord.pk).update(days_off={})
    found = verify().differences or []
    assert {each.what for each in found} >= {"calendar", "index"}
    assert any("2026-12-02" in each.says for each in found)
