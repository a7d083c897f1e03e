"""The proof of a due day drawn as weeks: every day once, in its place, said in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.working_days import england_and_wales
from putright.interfaces.pages.proofs import Due, skipped_in, weeks_of

CALENDAR = england_and_wales()
OVER_CHRISTMAS = CALENDAR.days(date(2026, 11, 27), 20)


def test_the_weeks_over_christmas_are_those_one_would_draw_by_hand() -> None:
    drawn = {week.monday: [cell and cell.mark for cell in week.cells] for week in weeks_of(OVER_CHRISTMAS)}
    assert drawn == {
        date(2026, 11, 23): [None, None, None, None, "0", "--", "--"],
        date(2026, 11, 30): ["1", "2", "3", "4", "5", "--", "--"],
        date(2026, 12, 7): ["6", "7", "8", "9", "10", "--", "--"],
        date(2026, 12, 14): ["11", "12", "13", "14", "15", "--", "--"],
        date(2026, 12, 21): ["16", "17", "18", "19", "bh", "--", "--"],
        date(2026, 12, 28): ["bh", "20", None, None, None, None, None],
    }


def test_each_day_is_said_in_words() -> None:
    cells = [cell for week in weeks_of(OVER_CHRISTMAS) for cell in week.cells if cell]
    spoken = [cell.spoken for cell in cells]
    assert "Monday 30 November, day 1" in spoken
    assert "Saturday 28 November, not counted: Saturday" in spoken
    assert any(says.startswith("Friday 25 December, not counted: Christmas Day") for says in spoken)
    assert [cell.spoken for cell in cells if cell.is_due] == ["Tuesday 29 December, day 20, due"]


def test_what_was_left_out_names_bank_holidays_and_no_weekend() -> None:
    assert [each.day for each in skipped_in(OVER_CHRISTMAS)] == [date(2026, 12, 25), date(2026, 12, 28)]


def test_a_day_the_landlord_was_closed_is_marked_so() -> None:
    closed = CALENDAR.with_closure_days([date(2026, 12, 3)])
    marks = [cell.mark for week in weeks_of(closed.days(date(2026, 12, 1), 3)) for cell in week.cells if cell]
    assert marks == ["0", "1", "cl", "2", "--", "--", "3"]


def test_no_proof_is_no_weeks() -> None:
    assert weeks_of(()) == []


@given(st.dates(date(2020, 1, 1), date(2026, 6, 1)), st.integers(0, 60))
def test_every_day_of_a_proof_stands_once_under_its_weekday(start: date, length: int) -> None:
    proof = CALENDAR.days(start, length)
    placed = {
        week.monday + timedelta(days=column): cell
        for week in weeks_of(proof)
        for column, cell in enumerate(week.cells)
        if cell
    }
    assert list(placed) == [each.day for each in proof]
    assert all(str(each.number) == placed[each.day].mark for each in proof if each.number is not None)
    assert [day for day, cell in placed.items() if cell.is_due] == [proof[-1].day]


TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("due", "says", "is_late"),
    [
        (
            Due("Answer stage 1", date(2026, 12, 4), 3, False),
            "Friday 4 December</time>, in 3 working days",
            False,
        ),
        (Due("Answer stage 1", TODAY, 0, False), "Tuesday 1 December</time>, today", False),
        (
            Due("Answer stage 1", date(2026, 11, 26), -3, True),
            "Thursday 26 November</time>, 3 working days late",
            True,
        ),
    ],
)
def test_only_what_is_late_is_brick(due: Due, says: str, is_late: bool, draw: Callable[..., str]) -> None:
    drawn = draw("{{ parts.due_line(due, today) }}", due=due, today=TODAY)
    assert says in drawn
    assert ("pr-late" in drawn) is is_late


def test_why_opens_the_proof_or_leads_to_it(draw: Callable[..., str]) -> None:
    with_proof = Due("Answer stage 2", date(2026, 12, 29), 18, False, proof=OVER_CHRISTMAS)
    assert "<details" in draw("{{ parts.due_line(due, today) }}", due=with_proof, today=TODAY)
    with_page = Due("Answer stage 2", date(2026, 12, 29), 18, False, why_url="/why")
    drawn = draw("{{ parts.due_line(due, today) }}", due=with_page, today=TODAY)
    assert 'href="/why"' in drawn
    assert "<details" not in drawn
    neither = Due("Answer stage 2", date(2026, 12, 29), 18, False)
    assert "Why?" not in draw("{{ parts.due_line(due, today) }}", due=neither, today=TODAY)


def test_our_target_is_told_apart_from_what_is_due(draw: Callable[..., str]) -> None:
    due = Due(
        "Answer stage 1", date(2026, 12, 4), 3, False,
        target_day=date(2026, 11, 30), target_away=-1, target_late=True,
    )  # fmt: skip
    drawn = draw("{{ parts.due_line(due, today) }}", due=due, today=TODAY)
    assert "our target" in drawn
    assert "Monday 30 November</time>, 1 working day late" in drawn
