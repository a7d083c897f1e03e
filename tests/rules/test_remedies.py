"""Compensation from dated rates: the rate of each day, the sum shown, whole pence, and no rate that is not there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import remedies
from complaint_rules.remedies import NoRate, Overlap, Rate

HEATING = Rate("No heating", "ombudsman", "day", 800, date(2026, 4, 1), source="Compensation guidance")
BEFORE = Rate("No heating", "own", "day", 500, date(2020, 1, 1), date(2026, 3, 31))
LIGHTING = Rate("No lighting", "ombudsman", "week", 1000, date(2026, 4, 1))
MISSED = Rate("Missed visit", "ombudsman", "time", 1500, date(2026, 4, 1))
REPAIR = Rate("Right to Repair", "statutory", "day", 200, date(1994, 4, 1), at_once=1000, most=5000)
RATES = (HEATING, BEFORE, LIGHTING, MISSED, REPAIR)


def test_the_sum_is_shown_as_it_is_worked_out() -> None:
    found = remedies.for_length(RATES, "No heating", date(2026, 11, 3), date(2026, 11, 13))
    assert found.pence == 8800
    assert found.says == "11 days at £8.00 = £88.00"


def test_one_day_is_one_day() -> None:
    found = remedies.for_length(RATES, "No heating", date(2026, 11, 3), date(2026, 11, 3))
    assert found.says == "1 day at £8.00 = £8.00"


def test_each_day_is_paid_at_the_rate_of_that_day() -> None:
    found = remedies.for_length(RATES, "No heating", date(2026, 3, 30), date(2026, 4, 3))
    assert found.says == "2 days at £5.00 = £10.00; 3 days at £8.00 = £24.00; together £34.00"
    assert found.pence == 3400
    assert found.rates == (BEFORE, HEATING)


@pytest.mark.parametrize(
    ("days", "weeks"), [(1, 1), (7, 1), (8, 2), (11, 2), (14, 2), (15, 3)], ids=lambda each: str(each)
)
def test_a_week_that_has_begun_counts(days: int, weeks: int) -> None:
    first = date(2026, 11, 2)
    found = remedies.for_length(RATES, "No lighting", first, first + timedelta(days=days - 1))
    assert found.pence == weeks * 1000


def test_what_happened_several_times_is_paid_each_time() -> None:
    found = remedies.for_times(RATES, "Missed visit", [date(2026, 11, 9), date(2026, 10, 1)])
    assert found.says == "2 times at £15.00 = £30.00"


def test_a_sum_at_once_and_a_limit_are_part_of_the_sum() -> None:
    first = date(2026, 11, 2)
    short = remedies.for_length(RATES, "Right to Repair", first, first + timedelta(days=3))
    assert short.says == "£10.00 at once and 4 days at £2.00 = £18.00"
    long = remedies.for_length(RATES, "Right to Repair", first, first + timedelta(days=59))
    assert long.pence == 5000
    assert long.says.endswith("no more than £50.00 in all; together £50.00")


def test_a_day_no_rate_covers_is_an_error_and_names_the_day() -> None:
    with pytest.raises(NoRate, match="Tuesday 31 December 2019"):
        remedies.for_length(RATES, "No heating", date(2019, 12, 31), date(2020, 1, 2))
    with pytest.raises(NoRate, match="No rate for No water is in force on"):
        remedies.for_length(RATES, "No water", date(2026, 11, 3), date(2026, 11, 3))


def test_a_rate_that_has_ended_is_not_used_for_a_later_day() -> None:
    with pytest.raises(NoRate):
        remedies.for_length((BEFORE,), "No heating", date(2026, 3, 31), date(2026, 4, 1))


def test_two_rates_of_one_head_on_a_day_are_never_chosen_between() -> None:
    other = Rate("No heating", "own", "day", 900, date(2026, 11, 1))
    with pytest.raises(Overlap):
        remedies.for_length((HEATING, other), "No heating", date(2026, 11, 3), date(2026, 11, 3))


def test_a_head_is_worked_out_in_its_own_unit() -> None:
    with pytest.raises(NoRate, match="each time"):
        remedies.for_length(RATES, "Missed visit", date(2026, 11, 3), date(2026, 11, 4))
    with pytest.raises(NoRate, match="by the day"):
        remedies.for_times(RATES, "No heating", [date(2026, 11, 3)])


@pytest.mark.parametrize("pence", [-1, 8.5, True, "800"])
def test_a_rate_is_whole_pence(pence: object) -> None:
    with pytest.raises(ValueError, match="whole number of pence"):
        Rate("No heating", "own", "day", pence, date(2026, 4, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "goodwill"}, {"unit": "month"}, {"last": date(2026, 3, 31)}],
    ids=["kind", "unit", "ends before it begins"],
)
def test_a_rate_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    fields = {"head": "x", "kind": "own", "unit": "day", "pence": 1, "first": date(2026, 4, 1)} | wrong
    with pytest.raises(ValueError, match=r"no kind|not paid for|cannot end"):
        Rate(**fields)  # type: ignore[arg-type]


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="before the first"):
        remedies.for_length(RATES, "No heating", date(2026, 11, 3), date(2026, 11, 2))


def test_a_mistyped_year_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than"):
        remedies.for_length(RATES, "Right to Repair", date(2000, 1, 1), date(2026, 1, 1))


@given(
    change=st.integers(0, 60),
    days=st.integers(1, 90),
    early=st.integers(0, 5000),
    late=st.integers(0, 5000),
)
def test_the_whole_is_what_each_day_alone_comes_to(change: int, days: int, early: int, late: int) -> None:
    first = date(2026, 1, 1)
    turn = first + timedelta(days=change)
    rates = (
        Rate("h", "own", "day", early, date(2020, 1, 1), turn - timedelta(days=1)),
        Rate("h", "own", "day", late, turn),
    )
    last = first + timedelta(days=days - 1)
    alone = [remedies.for_length(rates, "h", day, day).pence for day in _days(first, last)]
    whole = remedies.for_length(rates, "h", first, last)
    assert whole.pence == sum(alone) == sum(line.pence for line in whole.lines)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
