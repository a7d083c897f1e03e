"""Homes are found however an address is written, and two homes are never taken for one."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from putright.record.people import queries, records
from putright.record.people.addresses import LONGEST, key, names_one_home
from putright.record.people.models import Home, Living, Person

TODAY = date(2026, 12, 1)

THE_SAME = [
    ["14 Sedge Court", "14, Sedge Court", " 14  SEDGE court. ", "No. 14 Sedge Ct", "no 14, Sedge Court"],
    [
        "Flat 2, 14 Mill Row",
        "2, 14 Mill Row",
        "Apartment 2, 14 Mill Row",
        "flat no. 2, 14 Mill Row",
        "Apt 2 , 14 mill row",
    ],
    [
        "Flat 2, Kingfisher House, Ternbridge TB1 2AB",
        "2 Kingfisher House, Ternbridge, tb12ab",
        "2, Kingfisher Hse\nTernbridge\nTB1 2AB, UK",
    ],
    ["9 Fuller's Yard", "9 Fullers Yard", "9 Fuller’s Yard"],
    ["3 St. Mary's St", "3 Saint Marys Street"],
    ["12-14 Weir Street", "12–14 Weir St"],
    ["8 Café Row", "8 cafe row", "8 Cafe\u0301 Row"],
    ["Rose Cottage, Church Lane", "ROSE COTTAGE , Church Ln"],
    ["１４ Sedge Court", "14 Sedge Court"],
]

ALL_DIFFERENT = [
    "1 Mill Row",
    "11 Mill Row",
    "1A Mill Row",
    "1B Mill Row",
    "Flat 1, Mill Row",
    "Flat 1, 1 Mill Row",
    "Flat 11, 1 Mill Row",
    "Flat 1, 11 Mill Row",
    "Flat A, 1 Mill Row",
    "Flat 1A, 1 Mill Row",
    "Room 1, 1 Mill Row",
    "Unit 1, 1 Mill Row",
    "Basement Flat, 1 Mill Row",
    "Ground Floor Flat, 1 Mill Row",
    "1-11 Mill Row",
    "1 11 Mill Row",
    "Flat 1/1, 1 Mill Row",
    "Flat 1/2, 1 Mill Row",
    "11 Mill Lane",
    "11 Mill Close",
    "11 Mill Court",
    "1 Mill Road",
    "1 Mill Row, Ternbridge",
    "1 Mill Row, Ternbridge TB1 2AB",
    "1 Mill Row, Ternbridge TB1 2AC",
    "1 Mill Row, Weirford",
    "1 Mill Row, TB1 2AB",
    "1 North Mill Row",
    "The Old Mill, Mill Row",
    "2 St Mary's Close",
    "2 Mary's Close",
    "1 Tern House",
    "1 Tern House, 1 Mill Row",
    "11 Tern House",
    "Block 1, 1 Tern House",
    "Plot 1, Mill Row",
    "1 ميدان التحرير",
    "2 ميدان التحرير",
    "1 की मार्ग",
    "1 का मार्ग",
    "1 😀 Row",
    "1 😁 Row",
    "1 " + "x" * 298,
    "1 " + "x" * 297 + "y",
]


@pytest.mark.parametrize("written", THE_SAME, ids=lambda each: each[0])
def test_one_home_is_one_home_however_it_is_written(written: list[str]) -> None:
    assert {key(each) for each in written} == {key(written[0])}
    assert all(names_one_home(each) for each in written)


def test_no_two_homes_are_taken_for_one() -> None:
    same = [(one, other) for one, other in combinations(ALL_DIFFERENT, 2) if key(one) == key(other)]
    assert same == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "\0",
        "14",
        "Mill Row",
        "Ternbridge",
        "Mill Row, Ternbridge TB1 2AB",
        "No fixed abode",
        "NFA",
        "n/a",
        "not known",
        "c/o 14 Mill Row",
        "Weir House Hostel, 12 Mill Row",
        "Women's Refuge, Ternbridge",
        "😀😀",
        "<b>",
        "-",
    ],
)
def test_an_address_that_is_not_one_home_puts_nobody_together(cast: Any, address: str) -> None:
    before = Home.objects.count()
    assert records.home_for(cast.landlord, address) is None
    one, other = (records.add(cast.landlord, name, address.replace("\0", " ")) for name in ("One", "Other"))
    assert Home.objects.count() == before
    assert queries.household_of(one, TODAY) == queries.household_of(other, TODAY) == []


@pytest.mark.parametrize(
    "address", ["1 " + "ﷺ" * 290, "1 " + "rd " * 99, "1 " + "\u200fa" * 140, "1 '; DROP TABLE x"]
)
def test_a_key_is_never_longer_than_it_may_be(cast: Any, address: str) -> None:
    home = records.home_for(cast.landlord, address)
    assert home is not None
    assert 0 < len(home.key) <= LONGEST
    assert records.home_for(cast.landlord, address) == home


def test_an_address_longer_than_any_is_no_home(cast: Any) -> None:
    assert records.home_for(cast.landlord, "1 " + "long " * 2000) is None


def test_a_home_keeps_the_address_as_it_was_first_written(cast: Any) -> None:
    home = records.home_for(cast.landlord, "Flat 2, 14 Mill Row")
    assert records.home_for(cast.landlord, "2, 14 MILL ROW") == home
    assert home is not None
    assert home.address == "Flat 2, 14 Mill Row"


def test_landlords_share_no_home(cast: Any) -> None:
    ours, theirs = (records.home_for(each, "9 Alder Walk") for each in (cast.landlord, cast.other_landlord))
    assert ours != theirs


def test_who_is_added_with_an_address_has_a_home_and_a_household(cast: Any) -> None:
    amira = records.add(cast.landlord, "Amira", "Flat 2, 14 Mill Row")
    sami = records.add(cast.landlord, "Sami", "2, 14 mill row")
    records.add(cast.landlord, "Paul", "3, 14 Mill Row")
    assert queries.home_of(amira, TODAY) == queries.home_of(sami, TODAY)
    assert [living.person for living in queries.household_of(amira, TODAY)] == [sami]


def test_who_told_no_address_gets_a_home_once_it_is_filled_in(cast: Any) -> None:
    person = records.add(cast.landlord, "Amira")
    assert records.home_on(person, TODAY) is None
    records.fill_in(person, address="9 Alder Walk")
    assert str(queries.home_of(person, TODAY)) == "9 Alder Walk"


def test_somebody_without_a_home_is_given_that_of_their_address_once(cast: Any) -> None:
    home = records.home_on(cast.resident, TODAY)
    assert str(home) == "14 Sedge Court"
    assert records.home_on(cast.resident, TODAY) == home
    assert Living.objects.filter(person=cast.resident).count() == 1


def test_where_somebody_lived_is_told_by_the_day(cast: Any) -> None:
    person: Person = records.add(cast.landlord, "Amira")
    old, new = (records.home_at(cast.landlord, each) for each in ("1 Mill Row", "2 Mill Row"))
    records.live_at(person, old, since=date(2020, 5, 1), until=date(2024, 3, 9))
    records.live_at(person, new, since=date(2024, 3, 9))
    found = {
        day: queries.home_of(person, date.fromisoformat(day))
        for day in ("2020-04-30", "2020-05-01", "2024-03-08", "2024-03-09", "2026-12-01")
    }
    assert list(found.values()) == [None, old, old, new, new]
    assert [living.home for living in queries.homes_of(person)] == [new, old]
    # Where a home is known for other days, nothing is made from the address for this one.
    assert records.home_on(person, date(2019, 1, 1)) is None


def test_who_left_on_the_day_another_came_is_not_their_household(cast: Any) -> None:
    home = records.home_at(cast.landlord, "1 Mill Row")
    before, after = (records.add(cast.landlord, name) for name in ("Before", "After"))
    records.live_at(before, home, since=date(2019, 1, 1), until=date(2024, 3, 9))
    records.live_at(after, home, since=date(2024, 3, 9))
    for day in (date(2024, 3, 8), date(2024, 3, 9), TODAY):
        assert queries.household_of(before, day) == queries.household_of(after, day) == []


def test_a_separated_joint_tenant_is_of_the_household_until_they_left(cast: Any) -> None:
    home = records.home_at(cast.landlord, "1 Mill Row")
    one, other = (records.add(cast.landlord, name) for name in ("One", "Other"))
    records.live_at(one, home, lives_there_as="joint_tenant")
    records.live_at(other, home, lives_there_as="joint_tenant", until=date(2025, 6, 1))
    assert [each.person for each in queries.household_of(one, date(2025, 5, 31))] == [other]
    assert queries.household_of(one, date(2025, 6, 1)) == []


def test_questions_about_homes_cost_the_same_however_many_there_are(
    cast: Any, django_assert_num_queries: Any
) -> None:
    home = records.home_at(cast.landlord, "1 Tern House")
    people = Person.objects.bulk_create(
        Person(landlord=cast.landlord, name=f"Person {n:03}") for n in range(120)
    )
    Living.objects.bulk_create(Living(landlord=cast.landlord, person=each, home=home) for each in people)
    with django_assert_num_queries(2):
        assert len(queries.household_of(people[0], TODAY)) <= queries.MOST_AT_A_HOME
