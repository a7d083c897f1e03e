"""How working days are counted. The dates were worked by hand on a wall calendar."""

import csv
import pickle
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from complaint_rules.working_days import Calendar, Convention, Kind, NotCovered, england_and_wales

NEXT, ROLL, SAME = Convention.NEXT_WORKING_DAY, Convention.ROLL_THEN_COUNT, Convention.SAME_DAY


def day(text: str) -> date:
    return date.fromisoformat(text)


WORKED = [
    # A week without a holiday: Monday 2 to Sunday 8 March 2026, five working days.
    ("2026-03-02", 5, NEXT, "2026-03-09"),
    ("2026-03-03", 5, NEXT, "2026-03-10"),
    ("2026-03-04", 5, NEXT, "2026-03-11"),
    ("2026-03-05", 5, NEXT, "2026-03-12"),
    ("2026-03-06", 5, NEXT, "2026-03-13"),
    ("2026-03-07", 5, NEXT, "2026-03-13"),
    ("2026-03-08", 5, NEXT, "2026-03-13"),
    ("2026-03-02", 5, ROLL, "2026-03-09"),
    ("2026-03-06", 5, ROLL, "2026-03-13"),
    ("2026-03-07", 5, ROLL, "2026-03-16"),
    ("2026-03-08", 5, ROLL, "2026-03-16"),
    ("2026-03-02", 5, SAME, "2026-03-06"),
    ("2026-03-03", 5, SAME, "2026-03-09"),
    ("2026-03-04", 5, SAME, "2026-03-10"),
    ("2026-03-05", 5, SAME, "2026-03-11"),
    ("2026-03-06", 5, SAME, "2026-03-12"),
    ("2026-03-07", 5, SAME, "2026-03-13"),
    ("2026-03-08", 5, SAME, "2026-03-13"),
    # The shortest limits.
    ("2026-03-06", 1, NEXT, "2026-03-09"),
    ("2026-03-06", 1, SAME, "2026-03-06"),
    ("2026-03-07", 1, SAME, "2026-03-09"),
    ("2026-03-07", 1, ROLL, "2026-03-10"),
    ("2026-03-07", 0, NEXT, "2026-03-07"),
    ("2026-03-07", 0, ROLL, "2026-03-09"),
    ("2026-03-06", 0, ROLL, "2026-03-06"),
    ("2026-03-07", 0, SAME, "2026-03-07"),
    # Leap days: a Thursday in 2024, a Tuesday in 2028, none in 2023.
    ("2024-02-28", 2, NEXT, "2024-03-01"),
    ("2024-02-29", 1, NEXT, "2024-03-01"),
    ("2024-02-29", 5, SAME, "2024-03-06"),
    ("2023-02-28", 1, NEXT, "2023-03-01"),
    ("2028-02-25", 3, NEXT, "2028-03-01"),
    ("2028-02-29", 1, SAME, "2028-02-29"),
    # Easter: Good Friday and Easter Monday, early (2024) and late (2025).
    ("2024-03-27", 5, NEXT, "2024-04-05"),
    ("2024-03-29", 1, NEXT, "2024-04-02"),
    ("2024-03-29", 1, ROLL, "2024-04-03"),
    ("2024-03-30", 2, SAME, "2024-04-03"),
    ("2025-04-17", 1, NEXT, "2025-04-22"),
    ("2026-04-02", 1, NEXT, "2026-04-07"),
    # Christmas on a Friday (2026): 25 and 28 December and 1 January are bank holidays.
    ("2026-12-24", 5, NEXT, "2027-01-05"),
    ("2026-12-24", 5, SAME, "2027-01-04"),
    ("2026-12-25", 5, NEXT, "2027-01-05"),
    ("2026-12-25", 5, ROLL, "2027-01-06"),
    ("2026-12-25", 5, SAME, "2027-01-05"),
    ("2026-11-27", 20, NEXT, "2026-12-29"),
    # Christmas on a Saturday (2021, 2027): both substitutes, then a substitute for New Year's Day.
    ("2021-12-24", 5, NEXT, "2022-01-05"),
    ("2027-12-24", 1, NEXT, "2027-12-29"),
    ("2027-12-31", 1, NEXT, "2028-01-04"),
    # Christmas on a Sunday (2022): Boxing Day on Monday, the substitute on Tuesday.
    ("2022-12-23", 1, NEXT, "2022-12-28"),
    ("2022-12-30", 1, NEXT, "2023-01-03"),
    # Christmas in the middle of the week.
    ("2025-12-18", 5, NEXT, "2025-12-29"),
    ("2025-12-18", 10, NEXT, "2026-01-06"),
    ("2025-12-29", 10, NEXT, "2026-01-13"),
    ("2024-12-24", 1, NEXT, "2024-12-27"),
    # The clocks of two editions for one request, across Easter and two May holidays.
    ("2026-03-25", 5, NEXT, "2026-04-01"),
    ("2026-04-01", 20, NEXT, "2026-05-01"),
    ("2026-05-01", 20, NEXT, "2026-06-02"),
    ("2026-03-25", 20, NEXT, "2026-04-24"),
    ("2026-05-23", 5, NEXT, "2026-06-01"),
    # Days given once, and days that were moved for them.
    ("2012-06-01", 1, NEXT, "2012-06-06"),  # the Diamond Jubilee: Monday 4 and Tuesday 5 June
    ("2012-05-25", 1, NEXT, "2012-05-28"),  # so the last Monday in May was an ordinary day
    ("2020-05-01", 1, NEXT, "2020-05-04"),  # VE Day: the first Monday in May was an ordinary day
    ("2020-05-07", 1, NEXT, "2020-05-11"),  # and Friday 8 May was not
    ("2022-05-27", 1, NEXT, "2022-05-30"),  # the Platinum Jubilee: the last Monday in May was ordinary
    ("2022-06-01", 1, NEXT, "2022-06-06"),  # Thursday 2 and Friday 3 June were not
    ("2022-09-16", 1, NEXT, "2022-09-20"),  # the state funeral, Monday 19 September
    ("2023-05-05", 1, NEXT, "2023-05-09"),  # the coronation, Monday 8 May
]


@pytest.mark.parametrize(("start", "length", "convention", "due"), WORKED)
def test_a_limit_ends_on_the_day_worked_by_hand(start, length, convention, due):
    assert england_and_wales().add(day(start), length, convention) == day(due)


@pytest.mark.parametrize(("start", "length", "convention", "due"), WORKED)
def test_the_proof_runs_day_by_day_to_the_due_day(start, length, convention, due):
    proof = england_and_wales().days(day(start), length, convention)
    assert proof[0].day == day(start)
    assert (proof[-1].day, proof[-1].number) == (day(due), length)
    assert [each.day.toordinal() for each in proof] == list(
        range(day(start).toordinal(), day(due).toordinal() + 1)
    )


def test_every_worked_deadline_of_the_shared_papers_comes_out_right(shared_papers: Path):
    with (shared_papers / "deadlines.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    calendar = england_and_wales()
    wrong = [
        (row["id"], due.isoformat(), row["due"])
        for row in rows
        if (due := calendar.add(day(row["start"]), int(row["working_days"]), Convention(row["convention"])))
        != day(row["due"])
    ]
    assert wrong == []


# One day


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2012-06-04", "Spring bank holiday"),
        ("2012-06-05", "Diamond Jubilee of Queen Elizabeth II"),
        ("2020-05-08", "Early May bank holiday (VE Day)"),
        ("2022-06-03", "Platinum Jubilee of Queen Elizabeth II"),
        ("2022-09-19", "State Funeral of Queen Elizabeth II"),
        ("2023-05-08", "Coronation of King Charles III"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2027-12-27", "Christmas Day (substitute day)"),
        ("2026-12-26", "Boxing Day"),
        ("2020-05-04", None),
        ("2026-03-02", None),
    ],
)
def test_a_bank_holiday_bears_its_name(text, name):
    assert england_and_wales().holiday_name(day(text)) == name


def easter(year: int) -> date:
    """Easter Sunday, by the rule of the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, before = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, before + 1)


def usual_bank_holidays(year: int) -> set[date]:
    """The eight bank holidays of an ordinary year, weekend ones on the day that stands in for them."""
    a_day = timedelta(days=1)
    new_year = date(year, 1, 1)
    while new_year.weekday() >= 5:
        new_year += a_day
    may = next(date(year, 5, n) for n in range(1, 8) if date(year, 5, n).weekday() == 0)
    spring = next(date(year, 5, n) for n in range(31, 24, -1) if date(year, 5, n).weekday() == 0)
    summer = next(date(year, 8, n) for n in range(31, 24, -1) if date(year, 8, n).weekday() == 0)
    christmas: list[date] = []
    kept = date(year, 12, 25)
    while len(christmas) < 2:
        if kept.weekday() < 5:
            christmas.append(kept)
        kept += a_day
    return {new_year, easter(year) - 2 * a_day, easter(year) + a_day, may, spring, summer, *christmas}


GIVEN_ONCE = {"2012-06-05", "2022-06-03", "2022-09-19", "2023-05-08"}
MOVED = {"2012-05-28": "2012-06-04", "2020-05-04": "2020-05-08", "2022-05-30": "2022-06-02"}


@pytest.mark.parametrize("year", range(2012, 2029))
def test_every_year_has_its_usual_bank_holidays_those_moved_and_those_given_once(year):
    expected = usual_bank_holidays(year) | {day(text) for text in GIVEN_ONCE if day(text).year == year}
    for usual, instead in MOVED.items():
        if day(usual) in expected:
            expected = expected - {day(usual)} | {day(instead)}
    on_weekdays = {d for d, _ in england_and_wales().bank_holidays if d.year == year and d.weekday() < 5}
    assert on_weekdays == expected


def test_the_next_working_day_is_never_the_day_itself():
    calendar = england_and_wales()
    assert calendar.next_working_day(day("2026-03-02")) == day("2026-03-03")
    assert calendar.next_working_day(day("2026-03-06")) == day("2026-03-09")
    assert calendar.next_working_day(day("2026-12-24")) == day("2026-12-29")


def test_weekends_and_bank_holidays_are_not_working_days():
    calendar = england_and_wales()
    assert [calendar.is_working(day(text)) for text in ("2026-12-24", "2026-12-25", "2026-12-26")] == [
        True,
        False,
        False,
    ]


# How many days lie between


@pytest.mark.parametrize(
    ("start", "end", "convention", "number"),
    [
        ("2026-03-06", "2026-03-06", NEXT, 0),
        ("2026-03-06", "2026-03-08", NEXT, 0),
        ("2026-03-06", "2026-03-09", NEXT, 1),
        ("2026-03-07", "2026-03-13", NEXT, 5),
        ("2026-12-24", "2026-12-28", NEXT, 0),
        ("2026-12-24", "2027-01-05", NEXT, 5),
        ("2026-03-07", "2026-03-08", ROLL, 0),
        ("2026-03-07", "2026-03-09", ROLL, 0),
        ("2026-03-07", "2026-03-10", ROLL, 1),
        ("2026-03-06", "2026-03-06", ROLL, 0),
        ("2026-03-06", "2026-03-06", SAME, 1),
        ("2026-03-07", "2026-03-07", SAME, 0),
        ("2026-03-07", "2026-03-09", SAME, 1),
        ("2026-03-06", "2026-03-15", SAME, 6),
    ],
)
def test_a_later_day_bears_the_number_it_would_have_in_the_proof(start, end, convention, number):
    assert england_and_wales().between(day(start), day(end), convention) == number


def test_nothing_is_counted_backwards():
    with pytest.raises(ValueError, match="Monday 2 March 2026 is before Tuesday 3 March 2026"):
        england_and_wales().between(day("2026-03-03"), day("2026-03-02"))


def test_an_extension_counts_from_the_day_after_the_due_day():
    assert england_and_wales().extended(day("2026-12-29"), 20) == day("2027-01-27")


# What is not covered is never guessed


@pytest.mark.parametrize("text", ["2011-12-31", "2029-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_outside_the_calendar_is_an_error_that_names_it_and_the_years(text):
    calendar = england_and_wales()
    asked = [
        lambda: calendar.add(day(text), 0),
        lambda: calendar.add(day(text), 5),
        lambda: calendar.add(day(text), 5, SAME),
        lambda: calendar.days(day(text), 5),
        lambda: calendar.is_working(day(text)),
        lambda: calendar.holiday_name(day(text)),
        lambda: calendar.between(day(text), day(text)),
        lambda: calendar.next_working_day(day(text)),
    ]
    for question in asked:
        with pytest.raises(NotCovered) as problem:
            question()
        assert str(day(text).year) in str(problem.value)
        assert "1 January 2012 to 31 December 2028" in str(problem.value)


@pytest.mark.parametrize("length", [20, 4_000, 10**9, 10**40])
def test_a_limit_that_ends_after_the_calendar_is_an_error(length):
    with pytest.raises(NotCovered, match="Friday 15 December 2028"):
        england_and_wales().add(day("2028-12-15"), length)


def test_a_start_that_could_only_move_past_the_calendar_is_an_error():
    with pytest.raises(NotCovered):
        england_and_wales().add(day("2028-12-30"), 0, ROLL)


def test_the_last_working_day_of_the_calendar_is_still_covered():
    assert england_and_wales().add(day("2028-12-28"), 1) == day("2028-12-29")


def test_a_negative_limit_and_an_unknown_convention_are_errors():
    calendar = england_and_wales()
    with pytest.raises(ValueError, match="must be 0 or more"):
        calendar.add(day("2026-03-02"), -1)
    for length in (0, 5):
        with pytest.raises(ValueError, match="next_working_day, roll_then_count, same_day"):
            calendar.add(day("2026-03-02"), length, "from_noon")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="from_noon"):
        calendar.between(day("2026-03-02"), day("2026-03-03"), "from_noon")  # type: ignore[arg-type]


def test_a_moment_counts_by_its_day():
    moment = datetime(2026, 3, 6, 23, 59)  # noqa: DTZ001 - only its day is looked at
    assert england_and_wales().add(moment, 0) == day("2026-03-06")
    assert type(england_and_wales().add(moment, 0)) is date
    assert type(england_and_wales().days(moment, 1)[0].day) is date
    assert england_and_wales().add(moment, 1) == day("2026-03-09")


# Closure days and late announcements


def test_closure_days_move_the_landlords_own_targets_and_leave_the_codes_calendar_alone():
    code = england_and_wales()
    own = code.with_closure_days([day("2025-08-26")], {day("2025-08-26"): "staff day"})
    assert own.add(day("2025-08-22"), 1) == day("2025-08-27")
    assert code.add(day("2025-08-22"), 1) == day("2025-08-26")
    skipped = [each for each in own.days(day("2025-08-22"), 1) if each.kind == Kind.CLOSED]
    assert [(each.day, each.number, each.why) for each in skipped] == [
        (day("2025-08-26"), None, "closed by the landlord: staff day")
    ]


def test_closing_on_a_bank_holiday_or_a_weekend_changes_nothing():
    own = england_and_wales().with_closure_days([day("2025-08-25"), day("2025-08-24")])
    assert own.add(day("2025-08-22"), 1) == day("2025-08-26")
    assert [each.kind for each in own.days(day("2025-08-22"), 1)][2:4] == [Kind.WEEKEND, Kind.BANK_HOLIDAY]


def test_closure_days_add_up():
    once = england_and_wales().with_closure_days([day("2025-08-26")])
    twice = once.with_closure_days([day("2025-08-27")])
    assert twice.add(day("2025-08-22"), 1) == day("2025-08-28")
    assert england_and_wales().with_closure_days([]) == england_and_wales()


def test_a_closure_day_beyond_the_calendar_does_no_harm():
    own = england_and_wales().with_closure_days([day("2031-01-02")])
    assert own.add(day("2026-03-06"), 1) == day("2026-03-09")


def test_a_bank_holiday_announced_late_moves_the_day_and_is_named_in_the_proof():
    late = england_and_wales().with_bank_holidays({day("2026-06-15"): "A day for the team"})
    assert late.add(day("2026-06-12"), 1) == day("2026-06-16")
    assert late.holiday_name(day("2026-06-15")) == "A day for the team"
    assert england_and_wales().add(day("2026-06-12"), 1) == day("2026-06-15")


def test_a_bank_holiday_can_be_moved():
    moved = england_and_wales().with_bank_holidays(
        {day("2026-05-08"): "Early May bank holiday"}, withdrawn=[day("2026-05-04")]
    )
    assert moved.add(day("2026-05-01"), 1) == day("2026-05-04")
    assert moved.add(day("2026-05-07"), 1) == day("2026-05-11")


def test_a_bank_holiday_outside_the_calendar_is_not_lost_without_a_word():
    with pytest.raises(NotCovered):
        england_and_wales().with_bank_holidays({day("2029-01-01"): "New Year's Day"})


# One calendar, shared


def test_calendars_of_the_same_days_are_equal_and_shared():
    again = Calendar.from_snapshot()
    assert again == england_and_wales()
    assert hash(again) == hash(england_and_wales())
    assert england_and_wales() is england_and_wales()
    assert england_and_wales().with_closure_days([day("2025-08-26")]) != england_and_wales()
    closed = again.with_closure_days([day("2025-08-26")])
    assert closed is england_and_wales().with_closure_days([day("2025-08-26")])


def test_a_calendar_cannot_be_changed():
    with pytest.raises(AttributeError):
        england_and_wales().last = day("2040-01-01")  # type: ignore[misc]


def test_a_calendar_survives_being_sent_to_another_process():
    calendar = pickle.loads(pickle.dumps(england_and_wales()))
    assert calendar == england_and_wales()
    assert calendar.add(day("2026-12-24"), 5) == day("2027-01-05")


def test_the_snapshot_says_its_day_its_source_and_what_it_covers():
    calendar = england_and_wales()
    assert (calendar.first, calendar.last) == (day("2012-01-01"), day("2028-12-31"))
    assert calendar.snapshot_on >= day("2026-11-01")
    assert calendar.source
