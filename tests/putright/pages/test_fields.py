"""A day in three boxes, pounds and a time of day: what is taken, and what is said when it is not."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from putright.interfaces.pages.fields import DayField, DayInput, PoundsField, TimeField


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"day": day, "month": month, "year": year}


@pytest.mark.parametrize(
    ("boxes", "day"),
    [
        (("1", "12", "2026"), date(2026, 12, 1)),
        (("01", "02", "2026"), date(2026, 2, 1)),
        (("29", "2", "2028"), date(2028, 2, 29)),
        (("4", "December", "2026"), date(2026, 12, 4)),
        (("4", "dec.", "2026"), date(2026, 12, 4)),
        (("4", "Sept", "2026"), date(2026, 9, 4)),
    ],
)
def test_a_day_is_taken_as_people_write_it(boxes: tuple[str, str, str], day: date) -> None:
    assert DayField().clean(typed(*boxes)) == day


@pytest.mark.parametrize(
    ("boxes", "says", "parts"),
    [
        (("31", "2", "2027"), "The day must be a real day.", ["day", "month", "year"]),
        (("29", "2", "2027"), "The day must be a real day.", ["day", "month", "year"]),
        (("0", "2", "2027"), "The day must be a real day.", ["day", "month", "year"]),
        (("first", "2", "2027"), "The day must be a real day.", ["day"]),
        (("1", "13", "2027"), "The day must be a real day.", ["month"]),
        (("1", "ma", "2027"), "The day must be a real day.", ["month"]),
        (("1", "", "2027"), "The day must include a month.", ["month"]),
        (("1", "", ""), "The day must include a month and a year.", ["month", "year"]),
        (("1", "2", "27"), "The day must have a year with 4 numbers, like 2026.", ["year"]),
        (("1", "2", "٢٠٢٧"), "The day must have a year with 4 numbers, like 2026.", ["year"]),
        (("1", "2", "0000"), "The day must be a real day.", ["day", "month", "year"]),
        (("9" * 5000, "2", "2027"), "The day must be a real day.", ["day"]),
    ],
)
def test_a_day_that_is_none_says_what_is_wrong_and_which_box(
    boxes: tuple[str, str, str], says: str, parts: list[str]
) -> None:
    with pytest.raises(ValidationError) as told:
        DayField().clean(typed(*boxes))
    assert told.value.messages == [says]
    assert told.value.params == {"parts": parts}


def test_a_day_is_called_what_it_is() -> None:
    with pytest.raises(ValidationError, match="The day the walls will be treated must be a real day"):
        DayField(called="The day the walls will be treated").clean(typed("31", "4", "2027"))


def test_no_day_is_asked_for_only_where_one_is_required() -> None:
    assert DayField(required=False).clean(typed("", "", "")) is None
    with pytest.raises(ValidationError, match=r"Give the day\."):
        DayField().clean(typed("", "", ""))


def test_limits_are_set_by_whoever_knows_what_day_it_is() -> None:
    field = DayField()
    field.not_after(date(2026, 12, 1), "The day must be today or earlier.")
    field.not_before(date(2026, 11, 1))
    assert field.clean(typed("1", "12", "2026")) == date(2026, 12, 1)
    with pytest.raises(ValidationError, match="The day must be today or earlier"):
        field.clean(typed("2", "12", "2026"))
    with pytest.raises(ValidationError, match="The day must be Sunday 1 November 2026 or later"):
        field.clean(typed("31", "10", "2026"))


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_survives_being_put_in_boxes_and_taken_out(day: date) -> None:
    field = DayField()
    data = {f"when-{part}": text for part, text in _boxes(day).items()}
    taken = DayInput().value_from_datadict(data, {}, "when")
    assert field.clean(taken) == day
    assert not field.has_changed(day, taken)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_whatever_is_typed_is_a_day_or_a_plain_refusal(day: str, month: str, year: str) -> None:
    taken = DayInput().value_from_datadict({"d-day": day, "d-month": month, "d-year": year}, {}, "d")
    says = _refusal(taken)
    assert says is None or says.startswith(("The day must", "Give the day"))


def _refusal(taken: dict[str, str]) -> str | None:
    try:
        DayField().clean(taken)
    except ValidationError as told:
        return str(told.messages[0])
    return None


def _boxes(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"}


@pytest.mark.parametrize(
    ("text", "pence"),
    [("148", 14800), ("£1,148.05", 114805), ("0.5", 50), (" 60.50 ", 6050), ("0", 0), ("£ 60", 6000)],
)
def test_pounds_are_kept_in_whole_pence(text: str, pence: int) -> None:
    assert PoundsField().clean(text) == pence


@pytest.mark.parametrize("text", ["about fifty", "-5", "1.005", "NaN", "Infinity", "1e999999999", "5p"])
def test_a_sum_that_is_none_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValidationError, match=r"The amount must be in pounds, like 60 or 60\.50\."):
        PoundsField().clean(text)


def test_a_sum_may_have_a_most() -> None:
    with pytest.raises(ValidationError, match=r"The amount must be £250\.00 or less\."):
        PoundsField(most=25000).clean("250.01")
    assert PoundsField(most=25000).clean("250") == 25000


@given(st.integers(min_value=0, max_value=10**10))
def test_every_sum_survives_being_shown_and_taken_again(pence: int) -> None:
    field = PoundsField()
    assert field.clean(field.prepare_value(pence)) == pence


@pytest.mark.parametrize("text", ["15:00", "15.00", "1500", "3pm", "3:00 PM", "3.00pm"])
def test_a_time_is_taken_as_people_write_it(text: str) -> None:
    assert TimeField().clean(text) == time(15, 0)


def test_a_time_that_is_none_says_how_to_write_one() -> None:
    with pytest.raises(ValidationError, match=r"The time must be like 15:00\."):
        TimeField().clean("half past")
