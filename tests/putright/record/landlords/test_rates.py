"""Compensation rates as a landlord's data: from a day on, superseded, never edited once in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cast import Cast

from complaint_rules import remedies


def new(first: date = date(2026, 12, 1), pence: int = 800, head: str = "No heating", **more: Any) -> Any:
    from putright.record.landlords.rates import NewRate

    return NewRate(
        **(
            {
                "head": head,
                "kind": "ombudsman",
                "unit": "day",
                "pence": pence,
                "first_on": first,
                "source": "Guidance",
            }
            | more
        )
    )


def given(cast: Cast, by: str = "administrator") -> dict[str, Any]:
    return {"by": cast.actor(by), "at": cast.clock.now}


def add(cast: Cast, rate: Any, **more: Any) -> Any:
    from putright.record.landlords import rates

    return rates.add(cast.landlord.pk, rate, **given(cast), **more)


def stand(cast: Cast) -> list[tuple[str, int, date, date | None]]:
    from putright.record.landlords.queries import rates

    return [(each.head, each.pence, each.first, each.last) for each in rates(cast.landlord.pk)]


def test_a_rate_is_what_the_rules_work_with(cast: Cast) -> None:
    from putright.record.landlords.queries import rates

    add(cast, new(date(2026, 4, 1)))
    found = remedies.for_length(rates(cast.landlord.pk), "No heating", date(2026, 11, 3), date(2026, 11, 13))
    assert found.says == "11 days at £8.00 = £88.00"
    assert rates(cast.other_landlord.pk) == ()


def test_a_new_rate_takes_the_place_of_the_old_from_its_day(cast: Cast) -> None:
    add(cast, new(date(2026, 4, 1)))
    add(cast, new(date(2027, 1, 1), 900, head="no HEATING"))
    assert stand(cast) == [
        ("No heating", 800, date(2026, 4, 1), date(2026, 12, 31)),
        ("No heating", 900, date(2027, 1, 1), None),
    ]


def test_a_rate_that_has_been_used_is_not_changed_for_days_gone_by(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible

    add(cast, new(date(2026, 4, 1)))
    with pytest.raises(NotPossible, match="used until today"):
        add(cast, new(date(2026, 11, 1), 900))
    add(cast, new(date(2026, 12, 1), 900))
    assert [each[1] for each in stand(cast)] == [800, 900]


def test_one_that_would_run_into_a_later_one_is_refused(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible

    add(cast, new(date(2026, 4, 1)))
    with pytest.raises(NotPossible, match="Another rate for this begins on Wednesday 1 April 2026"):
        add(cast, new(date(2025, 1, 1), 500))
    add(cast, new(date(2025, 1, 1), 500, last_on=date(2026, 3, 31)))
    assert [each[1] for each in stand(cast)] == [500, 800]


def test_it_ends_today_or_later(cast: Cast) -> None:
    from putright.record.landlords import rates
    from putright.record.landlords.own_chain import NotPossible

    row = add(cast, new(date(2026, 4, 1)))
    with pytest.raises(NotPossible, match="today or later"):
        rates.end(row, date(2026, 11, 30), reason="x", **given(cast))
    with pytest.raises(NotPossible, match="Give the reason"):
        rates.end(row, date(2026, 12, 31), reason=" ", **given(cast))
    rates.end(row, date(2026, 12, 31), reason="Policy ended", **given(cast))
    with pytest.raises(NotPossible, match="already"):
        rates.end(row, date(2027, 1, 31), reason="Longer", **given(cast))
    assert stand(cast)[0][3] == date(2026, 12, 31)


def test_one_not_yet_in_force_is_taken_back_and_the_old_goes_on(cast: Cast) -> None:
    from putright.record.landlords import rates

    add(cast, new(date(2026, 4, 1), last_on=date(2027, 3, 31)))
    later = add(cast, new(date(2027, 1, 1), 900))
    rates.take_back(later, reason="Not agreed", **given(cast))
    assert stand(cast) == [("No heating", 800, date(2026, 4, 1), date(2027, 3, 31))]


def test_one_in_force_is_never_taken_back(cast: Cast) -> None:
    from putright.record.landlords import rates
    from putright.record.landlords.own_chain import NotPossible

    row = add(cast, new(date(2026, 12, 1)))
    with pytest.raises(NotPossible, match="in force since"):
        rates.take_back(row, reason="x", **given(cast))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"head": " "}, "head"),
        ({"source": " "}, "source"),
        ({"last_on": date(2026, 11, 30)}, "last_on"),
        ({"most": 700}, "most"),
        ({"kind": "goodwill"}, ""),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    from putright.record.landlords.own_chain import NotPossible

    with pytest.raises(NotPossible) as refused:
        add(cast, new(**wrong))
    assert refused.value.field == field
    assert stand(cast) == []


def test_the_same_request_twice_adds_once(cast: Cast) -> None:
    assert add(cast, new(), key="once") == add(cast, new(), key="once")


@pytest.mark.parametrize("who", ["officer", "auditor"])
def test_only_an_administrator_changes_them(cast: Cast, who: str) -> None:
    from putright.record.landlords import rates
    from putright.record.landlords.own_chain import NotForThisRole

    with pytest.raises(NotForThisRole):
        rates.add(cast.landlord.pk, new(), **given(cast, who))
