"""Likely duplicates are suggested, and nobody is ever surely somebody else."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from putright.record.cases.alike import (
    LIKELY,
    NEARLY_ALL,
    POSSIBLE,
    SURE,
    Who,
    alike,
    likely_people,
    likeness,
    may_be_one,
)
from putright.record.people import records as people_records

FIRST = [
    "Amira",
    "Joseph",
    "Siobhán",
    "Kwame",
    "Margaret",
    "Piotr",
    "Nasreen",
    "Oluwaseun",
    "Thomas",
    "Eleanor",
]
LAST = [
    "Yusuf",
    "Clarke",
    "O'Brien",
    "Mensah",
    "Thompson",
    "Kowalski",
    "Hussain",
    "Adeyemi",
    "Whitfield",
    "Marlowe",
]
STREETS = ["Sedge Court", "Alder Walk", "Mill Row", "St Mary's Road", "Heron Close", "Church Street"]
PAIRS = 400


def somebody(chance: random.Random) -> Who:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    number, street = chance.randint(1, 220), chance.choice(STREETS)
    mail = "".join(each for each in name.casefold() if each.isascii() and each.isalpha())
    return Who(
        name,
        f"{number} {street}, Ternford, TN{chance.randint(1, 9)} {chance.randint(1, 9)}AB",
        f"{mail}{number}@example.org",
        f"07700 90{chance.randint(0, 9999):04}",
    )


def slip(chance: random.Random, word: str) -> str:
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        ]
    )


def written_wrongly(chance: random.Random, one: Who) -> Who:
    """The same person, as somebody in a hurry writes them down."""
    first, _, last = one.name.partition(" ")
    name = chance.choice(
        [
            one.name,
            one.name.upper(),
            f"{last} {first}",
            f"Mrs {first} {last}",
            f"{first[0]}. {last}",
            f"{first} {slip(chance, last)}" if len(last) > 5 else one.name,
        ]
    )
    address = chance.choice(
        [
            one.address,
            one.address.replace("Road", "Rd").replace("Court", "Ct").replace(",", ""),
            one.address.upper(),
            f"No. {one.address}, England",
        ]
    )
    telephone = chance.choice([one.telephone, one.telephone.replace(" ", ""), f"+44{one.telephone[1:]}", ""])
    return Who(name, address, chance.choice([one.email, one.email.upper()]), telephone)


def somebody_else_near(chance: random.Random, one: Who) -> Who:
    """Another person who is easily taken for the first."""
    first, _, last = one.name.partition(" ")
    other = chance.choice([each for each in FIRST if each != first])
    number, _, rest = one.address.partition(" ")
    return chance.choice(
        [
            Who(f"{other} {last}", one.address, one.email, one.telephone),  # husband, daughter, joint tenant
            Who(one.name, f"{int(number) + 1} {rest}", "", ""),  # the same name next door
            Who(one.name, one.address, one.email, one.telephone),  # father and son: everything is the same
            Who(one.name, f"Flat {number}, {rest}", one.email, ""),
            Who(f"{first[0]}. {last}", one.address, "", one.telephone),
            Who(other, one.address, one.email, one.telephone),
        ]
    )


def labelled(seed: int) -> list[tuple[Who, Who, bool]]:
    """Pairs of records, and whether they are of one person."""
    chance = random.Random(seed)
    found = []
    for each in range(PAIRS):
        one = somebody(chance)
        is_one = each % 2 == 0
        found.append((one, (written_wrongly if is_one else somebody_else_near)(chance, one), is_one))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_pair_of_records_is_ever_surely_one_person(seed: int) -> None:
    for one, other, _ in labelled(seed):
        found = may_be_one(one, other)
        assert found is None or found.degree in (LIKELY, POSSIBLE), (one, other, found)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_person_written_down_twice_is_suggested(seed: int) -> None:
    pairs = [(one, other) for one, other, is_one in labelled(seed) if is_one]
    missed = [pair for pair in pairs if may_be_one(*pair) is None]
    assert not missed, missed[:5]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Who("Amira Yusuf", "14 Sedge Court"), Who("Karim Yusuf", "14 Sedge Court")),
        (Who("Tim Clarke", "2 Mill Row"), Who("Tom Clarke", "2 Mill Row")),
        (Who("", "14 Sedge Court"), Who("", "14 Sedge Court")),
        (Who("Ann Clarke", "14 Sedge Court, TN1 1AA"), Who("Ann Clarke", "14 Sedge Court, LS1 1AA")),
    ],
)
def test_people_of_one_household_or_of_one_name_elsewhere_are_not_suggested(one: Who, other: Who) -> None:
    assert may_be_one(one, other) is None


def test_the_likeliest_record_comes_first() -> None:
    told = Who("Amira Yusuf", "14 Sedge Ct", "amira@example.org")
    records = {
        7: Who("A. Yusuf", "14 Sedge Court"),
        8: Who("Amira Yusuf", "14 Sedge Court", "amira@example.org"),
        9: Who("Karim Yusuf", "14 Sedge Court"),
    }
    assert [number for number, _ in likely_people(told, records)] == [8, 7]


def test_words_are_alike_whatever_their_endings_and_order() -> None:
    said = "The roof leaks into the back bedroom and nobody came on Tuesday to mend it"
    again = "Nobody came Tuesday. Roof leaking in back bedroom, to be mended"
    assert likeness(said, said) == 1
    assert likeness(said, again) > 0.6
    assert likeness(said, "The lift is broken and my neighbour plays loud music") < 0.3
    assert likeness("", said) == likeness("the and of", said) == 0
    assert likeness("damp", "damp") < NEARLY_ALL  # one word says too little to be sure


@pytest.mark.parametrize(
    "text",
    ["\0", "🏚️" * 50, "مياه تتسرب من السقف", "a" * 200_000, "<b>damp</b>" * 9_000],
    ids=["nul", "emoji", "right to left", "one long word", "html"],
)
def test_any_text_can_be_compared(text: str) -> None:
    assert 0 <= likeness(text, "damp in the back bedroom again") < NEARLY_ALL


# Complaints

SAID = "Water comes through the bedroom ceiling each time it rains, and two appointments were missed."


def found(cast: Any, resident: Any, words: str = SAID, **how: Any) -> dict[str, str]:
    given: dict[str, Any] = {"category": "", "since": date(2026, 9, 1)} | how
    suggested = alike(cast.landlord.pk, resident=resident, words=words, **given)
    return {each.case.reference: each.degree for each in suggested}


def test_the_same_words_of_the_same_resident_are_surely_told_twice(cast: Any) -> None:
    case = cast.receive(account=SAID, points=["Leak", "Missed appointments"])
    assert found(cast, cast.resident, SAID + " Leak. Missed appointments.") == {case.reference: SURE}


def test_the_same_words_of_a_joint_tenant_are_never_surely_the_same_complaint(cast: Any) -> None:
    from putright.record.people.models import Person

    other = Person.objects.create(landlord=cast.landlord, name="Amira Yusuf", address="14 Sedge Court")
    home = people_records.home_at(cast.landlord, "14 Sedge Court")
    people_records.live_at(other, home)
    case = cast.receive(account=SAID, points=["Leak"], category="repairs")
    type(case).objects.filter(pk=case.pk).update(home=home)
    assert found(cast, other, category="repairs") == {case.reference: POSSIBLE}


def test_another_trouble_of_the_same_resident_is_possible_at_most(cast: Any) -> None:
    case = cast.receive(account="The lift does not work.", points=["Lift broken"])
    assert found(cast, cast.resident) == {case.reference: POSSIBLE}


def test_cases_of_other_landlords_older_ones_and_those_left_out_are_not_suggested(cast: Any) -> None:
    cast.receive(landlord=cast.other_landlord, account=SAID)
    old = cast.receive(at="2026-03-02T09:00", account=SAID)
    now = cast.receive(account=SAID)
    assert found(cast, cast.resident, besides=[now.pk]) == {}
    assert set(found(cast, cast.resident, since=date(2026, 1, 1))) == {old.reference, now.reference}
    assert found(cast, None) == {}


def test_it_asks_the_database_no_more_for_many_cases(cast: Any, django_assert_max_num_queries: Any) -> None:
    people_records.live_at(cast.resident, people_records.home_at(cast.landlord, "14 Sedge Court"))
    for _ in range(30):
        cast.receive(account=SAID)
    with django_assert_max_num_queries(4):
        suggested = found(cast, cast.resident)
    assert len(suggested) == 20
