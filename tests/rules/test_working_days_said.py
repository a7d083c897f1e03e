"""How a proof is said: the sentence to copy, and a line for each day."""

from datetime import date

import pytest

from complaint_rules.working_days import (
    Convention,
    Kind,
    england_and_wales,
    explanation,
    in_words,
    number_in_words,
    sentence,
)

NEXT, ROLL, SAME = Convention.NEXT_WORKING_DAY, Convention.ROLL_THEN_COUNT, Convention.SAME_DAY


def said(start: str, length: int, convention: Convention = NEXT, year: bool = False) -> str:
    return sentence(england_and_wales().days(date.fromisoformat(start), length, convention), year=year)


SENTENCES = [
    (
        ("2026-11-27", 20, NEXT),
        (
            "Twenty working days from Friday 27 November, without weekends and two bank holidays, "
            "is Tuesday 29 December."
        ),
    ),
    (
        ("2026-11-28", 20, ROLL),
        (
            "Twenty working days from Saturday 28 November, moved to Monday 30 November, "
            "without weekends and two bank holidays, is Wednesday 30 December."
        ),
    ),
    (("2026-03-02", 5, SAME), "Five working days from Monday 2 March, that day counted, is Friday 6 March."),
    (("2026-03-02", 3, NEXT), "Three working days from Monday 2 March is Thursday 5 March."),
    (("2026-03-02", 1, NEXT), "One working day from Monday 2 March is Tuesday 3 March."),
    (
        ("2025-12-24", 1, NEXT),
        (
            "One working day from Wednesday 24 December, without weekends and two bank holidays, "
            "is Monday 29 December."
        ),
    ),
    (
        ("2026-05-01", 1, NEXT),
        "One working day from Friday 1 May, without weekends and one bank holiday, is Tuesday 5 May.",
    ),
    (("2026-12-31", 0, NEXT), "No working days from Thursday 31 December is Thursday 31 December."),
]


@pytest.mark.parametrize(("asked", "words"), SENTENCES)
def test_the_sentence_to_say(asked, words):
    assert said(*asked) == words


def test_the_sentence_bears_its_years_unless_told_otherwise():
    assert sentence(england_and_wales().days(date(2026, 12, 31), 1)) == (
        "One working day from Thursday 31 December 2026, without weekends and one bank holiday, "
        "is Monday 4 January 2027."
    )


def test_the_sentence_names_the_landlords_closure_days_apart():
    own = england_and_wales().with_closure_days([date(2026, 3, 3), date(2026, 3, 4)])
    assert sentence(own.days(date(2026, 3, 2), 1), year=False) == (
        "One working day from Monday 2 March, without two days closed by the landlord, is Thursday 5 March."
    )
    christmas = england_and_wales().with_closure_days([date(2026, 12, 29)])
    assert "without weekends, two bank holidays and one day closed by the landlord" in sentence(
        christmas.days(date(2026, 12, 24), 1)
    )


def test_each_day_says_why_it_counts_or_not():
    lines = explanation(england_and_wales().days(date(2026, 12, 24), 2), year=False)
    assert lines == (
        "Thursday 24 December: the day of the event: day 0",
        "Friday 25 December: Christmas Day, a bank holiday",
        "Saturday 26 December: Saturday",
        "Sunday 27 December: Sunday",
        "Monday 28 December: Boxing Day (substitute day), a bank holiday",
        "Tuesday 29 December: day 1",
        "Wednesday 30 December: day 2",
    )


def test_a_bank_holiday_by_name_is_not_called_one_twice():
    proof = england_and_wales().days(date(2026, 5, 1), 1)
    assert [each.why for each in proof if each.kind == Kind.BANK_HOLIDAY] == ["Early May bank holiday"]


@pytest.mark.parametrize(
    ("convention", "first", "monday"),
    [
        (NEXT, (0, "the day of the event: day 0"), (1, "day 1")),
        (
            ROLL,
            (None, "Saturday: moved to the next working day"),
            (0, "the event is moved to this day: day 0"),
        ),
        (SAME, (None, "Saturday"), (1, "day 1")),
    ],
)
def test_each_convention_says_what_it_does_with_an_event_on_a_saturday(convention, first, monday):
    proof = england_and_wales().days(date(2026, 3, 7), 5, convention)
    assert (proof[0].number, proof[0].why) == first
    assert (proof[2].number, proof[2].why) == monday


def test_days_and_counts_are_said_as_people_say_them():
    assert in_words(date(2026, 12, 4)) == "Friday 4 December 2026"
    assert in_words(date(2026, 12, 4), year=False) == "Friday 4 December"
    assert [number_in_words(n) for n in (0, 1, 13, 20, 21, 40, 99, 100, 1_000)] == [
        "no",
        "one",
        "thirteen",
        "twenty",
        "twenty-one",
        "forty",
        "ninety-nine",
        "100",
        "1,000",
    ]
