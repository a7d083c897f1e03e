"""Service requests: since when one waits, how old it is, what the resident was told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import events, service_requests
from complaint_rules.complaint import Complaint, read
from complaint_rules.events import Actor, Event
from complaint_rules.working_days import england_and_wales

LONDON = ZoneInfo("Europe/London")
BY = Actor("staff", "1", "complaints_officer")


def told(*given: Event) -> Complaint:
    found = read(list(given))
    assert found is not None
    return found


def common(number: int, day: str) -> dict:
    on = date.fromisoformat(day)
    return {
        "number": number,
        "on": on,
        "at": datetime(on.year, on.month, on.day, 10, tzinfo=LONDON),
        "by": BY,
    }


def received() -> Event:
    return events.Received(**common(1, "2026-11-16"), points=1)


def treated(number: int = 2, day: str = "2026-11-17", **given) -> Event:
    return events.TreatedAsServiceRequest(**common(number, day), reason=True, **given)


def answered(number: int, day: str, satisfied: bool | None = None) -> Event:
    return events.ServiceRequestAnswered(**common(number, day), satisfied=satisfied)


def test_it_waits_from_the_day_it_was_received() -> None:
    assert service_requests.waits_since(told(received(), treated())) == date(2026, 11, 16)


def test_a_complaint_does_not_wait_as_a_service_request() -> None:
    assert service_requests.waits_since(told(received())) is None
    wanted = events.ComplaintOffered(**common(3, "2026-11-18"), answer="wants")
    assert service_requests.waits_since(told(received(), treated(), wanted)) is None


@pytest.mark.parametrize("satisfied", [True, None, False])
def test_an_answer_ends_the_wait_whatever_came_of_it(satisfied: bool | None) -> None:
    answer = answered(3, "2026-11-20", satisfied)
    assert service_requests.waits_since(told(received(), treated(), answer)) is None


def test_one_that_was_answered_and_treated_as_a_request_again_waits_again() -> None:
    story = [received(), treated(), answered(3, "2026-11-20", False), treated(4, "2026-11-23")]
    assert service_requests.waits_since(told(*story)) == date(2026, 11, 16)


def test_the_day_to_answer_by_is_the_one_last_set() -> None:
    assert service_requests.target(told(received())) is None
    assert service_requests.target(told(received(), treated(target=date(2026, 12, 1)))) == date(2026, 12, 1)
    again = treated(3, "2026-11-19", target=date(2026, 12, 8))
    assert service_requests.target(told(received(), treated(target=date(2026, 12, 1)), again)) == date(
        2026, 12, 8
    )


def test_agreeing_to_a_service_request_is_knowing_of_the_choice() -> None:
    assert service_requests.told_of_the_choice(told(received(), treated())) is None
    agreed = service_requests.told_of_the_choice(told(received(), treated(resident_agrees=True)))
    assert agreed == (date(2026, 11, 17), "agrees")


@pytest.mark.parametrize("answer", ["declines", None])
def test_an_offer_of_a_complaint_is_knowing_of_the_choice(answer: str | None) -> None:
    offer = events.ComplaintOffered(**common(3, "2026-11-18"), answer=answer)
    story = told(received(), treated(resident_agrees=True), offer)
    assert service_requests.told_of_the_choice(story) == (date(2026, 11, 18), answer)


def test_age_is_counted_in_working_days() -> None:
    calendar = england_and_wales()
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert service_requests.age(calendar, friday, friday) == 0
    assert service_requests.age(calendar, friday, friday + timedelta(days=1)) == 0
    assert service_requests.age(calendar, friday, monday) == 1
    assert service_requests.age(calendar, monday, friday) == 0
    assert (
        service_requests.age(calendar, date(2026, 12, 24), date(2026, 12, 29)) == 1
    )  # two bank holidays between


def test_age_is_not_guessed_beyond_the_bank_holidays_we_know() -> None:
    assert service_requests.age(england_and_wales(), date(1899, 1, 2), date(2026, 12, 1)) is None


@given(st.integers(0, 400), st.dates(date(2020, 1, 1), date(2026, 12, 31)))
def test_older_than_is_the_edge(days: int, today: date) -> None:
    calendar = england_and_wales()
    edge = service_requests.older_than(calendar, today, days)
    at_edge = service_requests.age(calendar, edge, today)
    assert at_edge is None or at_edge > days
    after = service_requests.age(calendar, edge + timedelta(days=1), today)
    assert after is not None
    assert after <= days
