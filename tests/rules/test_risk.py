"""How much harm a resident may come to while a complaint waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import complaint, risk
from complaint_rules.events import EVENTS, Actor, Event

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/London"))


def event(number: int, verb: str, **fields: object) -> Event:
    return EVENTS[verb](
        number=number,
        at=AT + timedelta(days=number),
        on=ON + timedelta(days=number),
        by=Actor("staff", "ann", "complaints_officer"),
        **fields,
    )


def reasons(*happened: Event) -> tuple[str, ...]:
    found = complaint.read(happened)
    assert found is not None
    return risk.reasons(found)


def received(**fields: object) -> Event:
    return event(1, "receive", points=1, **fields)


def hazard(number: int, kind: str) -> Event:
    return event(number, "report_hazard", kind=kind, aware_at=AT)


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        ([received()], ()),
        ([received(at_risk=False)], ()),
        ([received(at_risk=True)], ("at_risk",)),
        ([received(needs=1)], ("needs",)),
        ([received(adjustments=2)], ("needs",)),
        ([received(), event(2, "record_needs", needs=1)], ("needs",)),
        ([received(), event(2, "record_needs", review_on=ON)], ()),
        ([received(hazard="emergency")], ("emergency_hazard",)),
        ([received(stock="lcho", hazard="emergency")], ("emergency_hazard",)),
        ([received(), hazard(2, "significant")], ("significant_hazard",)),
        (
            [received(hazard="significant"), hazard(2, "emergency")],
            ("emergency_hazard", "significant_hazard"),
        ),
        ([received(hazard="significant"), event(2, "hazard_investigated")], ("significant_hazard",)),
        ([received(hazard="emergency"), event(2, "hazard_made_safe")], ()),
        (
            [received(hazard="emergency"), event(2, "hazard_made_safe"), hazard(3, "significant")],
            ("significant_hazard",),
        ),
        (
            [received(at_risk=True, needs=1, hazard="emergency"), event(2, "withdraw")],
            ("emergency_hazard", "at_risk", "needs"),
        ),
        ([received(hazard="emergency"), event(2, "correct", entry=1, fields={"hazard": None})], ()),
        ([received(), hazard(2, "emergency"), event(3, "correct", entry=2, strike=True)], ()),
    ],
)
def test_why_a_resident_may_come_to_harm(happened: list[Event], why: tuple[str, ...]) -> None:
    assert reasons(*happened) == why


def test_a_worse_reason_comes_before_all_lesser_ones_together() -> None:
    for place, worse in enumerate(risk.REASONS):
        assert risk.degree([worse]) > risk.degree(risk.REASONS[place + 1 :])


def test_every_set_of_reasons_has_a_number_of_its_own_that_tells_them() -> None:
    sets = [set(some) for size in range(6) for some in combinations(risk.REASONS, size)]
    degrees = {risk.degree(some) for some in sets}
    assert degrees == set(range(2 ** len(risk.REASONS)))
    for some in sets:
        assert risk.told_by(risk.degree(some)) == tuple(each for each in risk.REASONS if each in some)


def test_a_reason_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        risk.degree(["late"])
