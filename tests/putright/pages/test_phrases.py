"""Days, times, sums and shares as people read them."""

from datetime import UTC, date, datetime

import pytest

from putright.interfaces.pages import phrases

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 12, 4), "Friday 4 December"),
        (date(2026, 11, 30), "Monday 30 November"),
        (date(2027, 1, 27), "Wednesday 27 January"),
        (date(2027, 11, 30), "Tuesday 30 November"),
        (date(2027, 12, 1), "Wednesday 1 December 2027"),
        (date(2025, 12, 2), "Tuesday 2 December"),
        (date(2025, 12, 1), "Monday 1 December 2025"),
        (date(2028, 2, 29), "Tuesday 29 February 2028"),
    ],
)
def test_a_day_has_its_weekday_and_no_year_within_twelve_months(day: date, says: str) -> None:
    assert phrases.long_day(day, TODAY) == says


def test_a_day_without_a_today_to_measure_from_has_its_year() -> None:
    assert phrases.long_day(date(2026, 12, 4)) == "Friday 4 December 2026"


def test_a_leap_day_is_a_year_from_the_first_of_march() -> None:
    assert phrases.long_day(date(2029, 2, 28), date(2028, 2, 29)) == "Wednesday 28 February"
    assert phrases.long_day(date(2029, 3, 1), date(2028, 2, 29)) == "Thursday 1 March 2029"


def test_lists_have_a_short_day() -> None:
    assert phrases.short_day(date(2026, 12, 4)) == "Fri 4 Dec"
    assert phrases.short_day(date(2026, 12, 4), TODAY) == "Fri 4 Dec"
    assert phrases.short_day(date(2024, 12, 4), TODAY) == "Wed 4 Dec 2024"


def test_a_moment_is_read_in_london_whatever_zone_it_came_in() -> None:
    just_after_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert phrases.long_day(just_after_midnight, TODAY) == "Wednesday 1 July"
    assert phrases.clock_time(just_after_midnight) == "00:30"
    assert phrases.resident_time(just_after_midnight) == "12:30am"


@pytest.mark.parametrize(
    ("hour", "minute", "staff", "resident"),
    [(15, 0, "15:00", "3pm"), (9, 5, "09:05", "9:05am"), (0, 0, "00:00", "12am"), (12, 0, "12:00", "12pm")],
)
def test_staff_read_the_24_hour_clock_and_residents_the_12_hour_one(
    hour: int, minute: int, staff: str, resident: str
) -> None:
    moment = datetime(2026, 12, 1, hour, minute, tzinfo=phrases.LONDON)
    assert phrases.clock_time(moment) == staff
    assert phrases.resident_time(moment) == resident


def test_nothing_reads_as_nothing() -> None:
    for phrase in (
        phrases.long_day,
        phrases.short_day,
        phrases.clock_time,
        phrases.resident_time,
        phrases.pounds,
    ):
        assert phrase(None) == ""
    assert phrases.how_far(None) == ""


@pytest.mark.parametrize(
    ("pence", "says"),
    [(14800, "£148.00"), (5, "£0.05"), (114805, "£1,148.05"), (-250, "-£2.50"), (0, "£0.00")],
)
def test_pence_read_as_pounds(pence: int, says: str) -> None:
    assert phrases.pounds(pence) == says


@pytest.mark.parametrize(
    ("away", "late", "says"),
    [
        (3, False, "in 3 working days"),
        (1, False, "in 1 working day"),
        (0, False, "today"),
        (-1, True, "1 working day late"),
        (-3, None, "3 working days late"),
        (0, True, "late"),
    ],
)
def test_how_far_off_a_day_is(away: int, late: bool | None, says: str) -> None:
    assert phrases.how_far(away, late) == says


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (231, 250, "231 of 250 (92%)"),
        (3, 7, "3 of 7"),
        (0, 0, "0 of 0"),
        (19, 19, "19 of 19"),
        (20, 20, "20 of 20 (100%)"),
        (1999, 2000, "1,999 of 2,000 (99%)"),
        (1, 1000, "1 of 1,000 (1%)"),
        (0, 1000, "0 of 1,000 (0%)"),
    ],
)
def test_a_share_names_its_denominator_and_never_rounds_to_all_or_nothing(
    part: int, whole: int, says: str
) -> None:
    assert phrases.share(part, whole) == says
