"""What must hold of any start, any length and any calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from complaint_rules.working_days import Calendar, Convention, Kind, NotCovered, england_and_wales

NEXT, ROLL, SAME = Convention.NEXT_WORKING_DAY, Convention.ROLL_THEN_COUNT, Convention.SAME_DAY
ONE_DAY = timedelta(days=1)

starts = st.dates(date(2012, 1, 1), date(2028, 6, 30))
lengths = st.integers(0, 90)
conventions = st.sampled_from(Convention)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """The published calendar, or a made-up year with holidays and closures anywhere."""
    if draw(st.booleans()):
        return england_and_wales()
    first = draw(st.dates(date(2015, 1, 1), date(2027, 1, 1)))
    last = first + timedelta(days=draw(st.integers(30, 400)))
    some_days = st.sets(st.dates(first, last), max_size=40)
    named = tuple(sorted((day, "A holiday") for day in draw(some_days)))
    closed = tuple(sorted((day, "") for day in draw(some_days)))
    return Calendar(first, last, first, "made up", named, closed)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Calendar, date, int, Convention]:
    calendar = draw(calendars())
    start = draw(st.dates(calendar.first, calendar.last))
    return calendar, start, draw(lengths), draw(conventions)


def walked(calendar: Calendar, start: date, length: int, convention: Convention) -> date:
    """The due day by walking: the plain words of each convention, a day at a time."""
    off = {day for day, _ in (*calendar.bank_holidays, *calendar.closures)}

    def working(day: date) -> bool:
        return day.weekday() < 5 and day not in off

    day, left = start, length
    if convention == ROLL:
        while not working(day):
            day += ONE_DAY
    if convention == SAME and left and working(day):
        left -= 1
    while left:
        day += ONE_DAY
        left -= working(day)
    return day


@given(questions())
@example((england_and_wales(), date(2012, 1, 1), 5, SAME))
@example((england_and_wales(), date(2012, 1, 1), 0, ROLL))
@example((england_and_wales(), date(2026, 12, 25), 60, ROLL))
def test_the_table_agrees_with_walking_day_by_day(question):
    calendar, start, length, convention = question
    expected = walked(calendar, start, length, convention)
    if expected > calendar.last:
        with pytest.raises(NotCovered):
            calendar.add(start, length, convention)
        return
    assert calendar.add(start, length, convention) == expected


@given(questions())
@example((england_and_wales(), date(2012, 1, 1), 5, SAME))
@example((england_and_wales(), date(2026, 12, 25), 60, ROLL))
def test_the_proof_ends_where_the_sum_does_and_counts_without_a_gap(question):
    calendar, start, length, convention = question
    assume(walked(calendar, start, length, convention) <= calendar.last)
    proof = calendar.days(start, length, convention)
    assert proof[-1].day == calendar.add(start, length, convention)
    assert proof[-1].number == length
    assert [each.day for each in proof] == [start + timedelta(days=n) for n in range(len(proof))]
    numbers = [each.number for each in proof if each.number is not None]
    assert numbers == list(range(numbers[0], length + 1))
    assert numbers[0] == (1 if convention == SAME and length else 0)
    for each in proof[1:]:
        assert (each.number is not None) == calendar.is_working(each.day)
        assert each.why
    assert all(each.kind in (Kind.START, Kind.COUNTED) for each in proof if each.number is not None)


@given(questions())
def test_counting_back_finds_the_length_that_was_added(question):
    calendar, start, length, convention = question
    assume(length or convention != SAME)
    assume(walked(calendar, start, length, convention) <= calendar.last)
    assert calendar.between(start, calendar.add(start, length, convention), convention) == length


@given(questions(), st.integers(0, 60))
def test_a_day_bears_the_number_of_the_last_working_day_that_is_not_after_it(question, ahead):
    calendar, start, _, convention = question
    end = start + timedelta(days=ahead)
    assume(end <= calendar.last)
    number = calendar.between(start, end, convention)
    last = max(
        (start + timedelta(days=n) for n in range(ahead + 1)), key=lambda day: (calendar.is_working(day), day)
    )
    if number > 0:
        assert walked(calendar, start, number, convention) == last
    else:
        assert not calendar.is_working(last) or walked(calendar, start, 1, convention) > end


@given(questions(), st.data())
def test_a_bank_holiday_more_never_makes_a_day_earlier(question, data):
    calendar, start, length, convention = question
    more = data.draw(st.dates(start, calendar.last))
    later = calendar.with_bank_holidays({more: "Announced late"})
    assume(walked(later, start, length, convention) <= calendar.last)
    assert later.add(start, length, convention) >= calendar.add(start, length, convention)


@given(questions(), st.data())
def test_a_closure_day_more_never_makes_a_day_earlier(question, data):
    calendar, start, length, convention = question
    own = calendar.with_closure_days([data.draw(st.dates(start, calendar.last))])
    assume(walked(own, start, length, convention) <= calendar.last)
    assert own.add(start, length, convention) >= calendar.add(start, length, convention)


@given(starts, st.integers(0, 89), conventions)
def test_a_longer_limit_ends_later_and_a_later_start_never_ends_earlier(start, length, convention):
    calendar = england_and_wales()
    due = calendar.add(start, length, convention)
    assert calendar.add(start, length + 1, convention) >= due
    assert calendar.add(start + ONE_DAY, length, convention) >= due


@given(starts, st.integers(1, 90), conventions)
def test_a_due_day_is_a_working_day_and_the_conventions_keep_their_order(start, length, convention):
    calendar = england_and_wales()
    assert calendar.is_working(calendar.add(start, length, convention))
    same, usual, rolled = (calendar.add(start, length, each) for each in (SAME, NEXT, ROLL))
    assert same <= usual <= rolled
    if calendar.is_working(start):
        assert usual == rolled
    else:
        assert same == usual
