"""Two records of one person are joined by a person alone, and parting them restores what was there."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from putright.casework import who_is_who
from putright.casework.who_is_who import STAYS, join, part, pointing_at_people, preview
from putright.record.cases import words
from putright.record.cases.models import Case
from putright.record.people import actions, queries, records, safe_contact
from putright.record.people.actions import NewNeed, NotForThisRole, NotPossible
from putright.record.people.models import (
    Authority,
    ClaimedDetail,
    Joining,
    Living,
    Need,
    Person,
    Reference,
    SafeContact,
)
from putright.upkeep.running.verify import verify

TODAY = date(2026, 12, 1)
RING = {"way": "telephone", "to": "07700 900123", "from": "09:00", "until": "17:00", "voicemail": True}


def by(cast: Any, name: str = "officer") -> dict[str, Any]:
    return {"by": cast.actor(name), "at": cast.clock.now}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that joining may touch, but for the journal, the joinings and the newest entry."""
    left_out = {"people.Joining", "people.Looked", "accounts.User", "accounts.Membership"}
    found: dict[str, list[dict[str, Any]]] = {}
    for model in apps.get_models():
        label = model._meta.label
        if label.split(".")[0] in ("journal", "search", "sessions") or label in left_out:
            continue
        rows = list(model._base_manager.order_by("pk").values())
        for row in rows:
            row.pop("entry", None) if label == "people.Person" else None
        found[label] = rows
    found["feared"] = list(SafeContact.not_people.through.objects.order_by("pk").values())
    return found


def again(cast: Any, name: str = "Amira Yusuf", address: str = "14, Sedge Court") -> Person:
    return records.add(cast.landlord, name, address)


def test_everything_of_one_moves_to_the_other_and_cases_are_found_by_the_kept_name(cast: Any) -> None:
    double = records.add(cast.landlord, "A Yousef", "2 Mill Row", "amira2@example.org")
    case, spoken = cast.open(resident=double), cast.open(resident=cast.other_resident, representative=double)
    actions.add_need(double, NewNeed("Hard of hearing"), **by(cast))
    actions.refer(double, "Housing system", "T1", **by(cast))
    join(cast.resident, double, "Same date of birth", **by(cast))
    case, spoken = cast.fresh(case), cast.fresh(spoken)
    assert (case.resident_id, spoken.representative_id) == (cast.resident.pk, cast.resident.pk)
    assert Need.objects.get().person_id == Reference.objects.get().person_id == cast.resident.pk
    assert list(words.matching(Case.objects.all(), "Amira Yusuf 14 Sedge")) != []
    assert not words.matching(Case.objects.filter(pk=case.pk), "Yousef").exists()
    assert queries.of_landlord(cast.landlord.pk).filter(pk=double.pk).count() == 0
    assert queries.likely(cast.landlord.pk, name="Yousef") == [cast.resident]
    assert verify().differences == []


def test_whatever_points_at_a_person_moves_or_is_said_to_stay() -> None:
    labels = {label for label, _, _ in pointing_at_people()}
    assert labels >= STAYS
    moves = labels - STAYS
    assert {
        "cases.Case.resident",
        "cases.Case.representative",
        "people.Living.person",
        "people.Need.person",
        "people.Authority.resident",
        "people.Authority.representative",
        "people.ClaimedDetail.person",
        "people.Reference.person",
        "correspondence.Stop.person",
    } <= moves


def test_only_a_complaints_officer_joins_and_says_why(cast: Any) -> None:
    double = again(cast)
    for name, role in cast.roles.items():
        if role != "complaints_officer":
            with pytest.raises(NotForThisRole):
                join(cast.resident, double, "Same", **by(cast, name))
    with pytest.raises(NotPossible, match="how you know"):
        join(cast.resident, double, " ", **by(cast))
    assert Joining.objects.count() == 0


def test_what_stands_in_the_way_of_joining(cast: Any) -> None:
    stranger = records.add(cast.other_landlord, "Amira Yusuf")
    acts, feared, spoken = again(cast), again(cast), again(cast)
    given = {"written": True, "scope": "", "since": TODAY, "expires_on": None}
    actions.give_authority(cast.resident, acts, **given, **by(cast))
    safe_contact.set_safe_contact(cast.resident, allowed=[RING], not_people=[feared], **by(cast))
    cast.receive(representative=spoken)
    for other in (cast.resident, stranger, acts, feared, spoken):
        assert preview(cast.resident, other, TODAY).in_the_way
        with pytest.raises(NotPossible):
            join(cast.resident, other, "Same", **by(cast))
    assert Joining.objects.count() == 0


def test_a_joined_record_is_joined_and_changed_no_more(cast: Any) -> None:
    double, third = again(cast), again(cast)
    join(cast.resident, double, "Same", **by(cast))
    with pytest.raises(NotPossible, match="already"):
        join(third, double, "Same", **by(cast))
    with pytest.raises(NotPossible, match="joined"):
        actions.correct_details(double, {"email": "a@example.org"}, **by(cast))


def test_joint_tenants_of_one_home_are_to_be_looked_at_twice(cast: Any) -> None:
    home = records.home_at(cast.landlord, "9 Alder Walk")
    people = [records.add(cast.landlord, name) for name in ("S Bell", "Sam Bell")]
    for each in people:
        records.live_at(each, home, lives_there_as="joint_tenant")
    assert preview(people[0], people[1], TODAY).look_twice


def test_joining_sent_twice_is_done_once(cast: Any) -> None:
    double = again(cast)
    assert join(cast.resident, double, "Same", key="k", **by(cast)) == join(
        cast.resident, double, "Same", key="k", **by(cast)
    )
    assert Joining.objects.count() == 1


# What is safe


def held(person: Person) -> SafeContact | None:
    return safe_contact.held_for(person)


def test_what_one_said_is_safe_holds_for_the_joined_record(cast: Any) -> None:
    double = again(cast)
    said = safe_contact.set_safe_contact(double, allowed=[RING], **by(cast))
    before = everything()
    made = join(cast.resident, double, "Same", **by(cast))
    assert held(cast.resident) == said
    assert held(double) is None
    part(made, "Two people", **by(cast))
    assert everything() == before


def test_the_stricter_holds_where_both_said_something(cast: Any) -> None:
    double = again(cast)
    email = {"way": "email", "to": "safe@example.org", "from": "", "until": "", "voicemail": False}
    one = {"allowed": [RING, email], "not_to": ["14 Sedge Court"], "code_word": "heron", "note": "One"}
    later = RING | {"to": "+44 7700 900123", "from": "12:00", "until": "20:00", "voicemail": False}
    letter = {"way": "letter", "to": "1 Tern House", "from": "", "until": "", "voicemail": False}
    other = {
        "allowed": [later, letter],
        "not_people": [cast.other_resident],
        "code_word": "otter",
        "note": "Other",
    }
    safe_contact.set_safe_contact(cast.resident, **one, **by(cast))
    safe_contact.set_safe_contact(double, **other, **by(cast))
    before = everything()
    made = join(cast.resident, double, "Same", **by(cast))
    both = held(cast.resident)
    assert both is not None
    assert both.allowed == [
        {"way": "telephone", "to": "07700 900123", "from": "12:00", "until": "17:00", "voicemail": False}
    ]
    assert both.not_to == ["14 Sedge Court"]
    assert list(both.not_people.all()) == [cast.other_resident]
    assert (both.code_word, "otter" in both.note) == ("heron", True)
    part(made, "Two people", **by(cast))
    assert everything() == before


def test_with_nothing_safe_by_both_nothing_is(cast: Any) -> None:
    double = again(cast)
    safe_contact.set_safe_contact(cast.resident, allowed=[RING], **by(cast))
    safe_contact.set_safe_contact(double, allowed=[RING | {"from": "18:00", "until": "20:00"}], **by(cast))
    join(cast.resident, double, "Same", **by(cast))
    both = held(cast.resident)
    assert both is not None
    assert both.allowed == []


@pytest.mark.parametrize("who_said", [(True, True), (True, False), (False, True), (False, False)])
def test_where_it_was_said_anew_since_nothing_is_safe_for_the_parted_record(
    cast: Any, who_said: tuple[bool, bool]
) -> None:
    double = again(cast)
    for person, said in zip((cast.resident, double), who_said, strict=True):
        if said:
            safe_contact.set_safe_contact(person, allowed=[RING], **by(cast))
    made = join(cast.resident, double, "Same", **by(cast))
    cast.clock.pass_by(days=1)
    new = RING | {"to": "07700 900555"}
    now = safe_contact.set_safe_contact(cast.resident, allowed=[new], checked_by="999", **by(cast))
    part(made, "Two people", **by(cast))
    assert held(cast.resident) == now
    parted = held(double)
    assert parted is not None
    assert parted.allowed == []
    assert "07700 900555" not in parted.note
    # Nothing of what both said before stands with either.
    assert not SafeContact.objects.filter(pk=made.moved["safe"]["made"] or 0).exists()


def test_where_what_is_safe_was_ended_since_both_are_to_be_asked(cast: Any) -> None:
    double = again(cast)
    for person in (cast.resident, double):
        safe_contact.set_safe_contact(person, allowed=[RING], **by(cast))
    made = join(cast.resident, double, "Same", **by(cast))
    safe_contact.end_safe_contact(cast.resident, checked_by="999", **by(cast))
    part(made, "Two people", **by(cast))
    for person in (cast.resident, double):
        said = held(person)
        assert said is not None
        assert said.allowed == []


def test_whom_nothing_may_reach_is_not_reached_under_the_joined_record_either(cast: Any) -> None:
    feared = again(cast, "Paul N")
    safe_contact.set_safe_contact(cast.resident, allowed=[RING], not_people=[feared], **by(cast))
    before = everything()
    made = join(cast.other_resident, feared, "Same", **by(cast))
    assert safe_contact.is_feared(cast.resident, cast.other_resident)
    assert safe_contact.is_feared(cast.resident, feared)
    part(made, "Two people", **by(cast))
    assert everything() == before


# Parting


def test_what_came_since_stays_with_the_kept_record(cast: Any) -> None:
    double = again(cast)
    old = cast.open(resident=double)
    made = join(cast.resident, double, "Same", **by(cast))
    new = cast.open(resident=Person.objects.get(pk=cast.resident.pk))
    part(made, "Two people", **by(cast))
    assert (cast.fresh(old).resident_id, cast.fresh(new).resident_id) == (double.pk, cast.resident.pk)
    with pytest.raises(NotPossible, match="already"):
        part(made, "Two people", **by(cast))
    assert verify().differences == []


def test_a_record_joined_again_since_is_parted_last_first(cast: Any) -> None:
    double, third = again(cast), again(cast)
    first = join(cast.resident, double, "Same", **by(cast))
    second = join(third, cast.resident, "Same", **by(cast))
    with pytest.raises(NotPossible, match="first"):
        part(first, "Two people", **by(cast))
    part(second, "Two people", **by(cast))
    part(first, "Two people", **by(cast))
    assert Person.objects.filter(joined_into__isnull=False).count() == 0


def test_a_detail_filled_in_is_taken_out_again_unless_it_was_changed_since(cast: Any) -> None:
    double = records.add(cast.landlord, "Amira Y", email="amira2@example.org", telephone="01234 567890")
    Person.objects.filter(pk=cast.resident.pk).update(telephone="", email="")
    made = join(cast.resident, double, "Same", **by(cast))
    kept = Person.objects.get(pk=cast.resident.pk)
    assert (kept.email, kept.telephone) == ("amira2@example.org", "01234 567890")
    who_is_who.correct_details(kept, {"email": "new@example.org"}, **by(cast))
    part(made, "Two people", **by(cast))
    kept.refresh_from_db()
    assert (kept.email, kept.telephone) == ("new@example.org", "")


def some_rows(cast: Any, random: Random, people: list[Person]) -> None:
    """Things of all kinds, of people drawn by chance."""
    homes = [records.home_at(cast.landlord, f"{n} Tern House") for n in range(1, 4)]
    some = cast.other_resident
    for n in range(random.randint(0, 6)):
        person = random.choice(people)
        kind = random.randrange(7)
        day = TODAY - timedelta(days=random.randint(0, 2000))
        common: dict[str, Any] = {"landlord": cast.landlord}
        if kind == 0:
            cast.receive(resident=person, account=f"Tap {n}", points=[f"Tap {n}"])
        elif kind == 1:
            Living.objects.create(person=person, home=random.choice(homes), since=day, **common)
        elif kind == 2:
            Need.objects.create(person=person, words=f"Need {n}", since=day, **common)
        elif kind == 3:
            Authority.objects.create(resident=person, representative=some, since=day, **common)
        elif kind == 4:
            ClaimedDetail.objects.create(
                person=person,
                kind="email",
                value=f"{n}@example.org",
                came_by="email",
                came_at=cast.clock.now,
                **common,
            )
        elif kind == 5:
            records.refer(person, "Housing system", str(random.randrange(4)))
        elif held(person) is None:
            safe_contact.set_safe_contact(person, allowed=[RING], code_word=f"heron{n}", **by(cast))


@pytest.mark.parametrize("seed", range(25))
def test_any_joining_taken_back_restores_an_equal_state(cast: Any, seed: int) -> None:
    random = Random(seed)
    people = [
        records.add(
            cast.landlord,
            random.choice(("Amira Yusuf", "A Yusuf", "")),
            random.choice(("14 Sedge Court", "14, sedge ct", "2 Mill Row", "")),
            random.choice(("a@example.org", "")),
            random.choice(("01", "")),
        )
        for _ in range(4)
    ]
    some_rows(cast, random, people)
    states, made = [], []
    for _ in range(3):
        standing = [each for each in people if Person.objects.get(pk=each.pk).joined_into_id is None]
        kept, joined = random.sample(standing, 2)
        states.append(everything())
        made.append(join(kept, joined, "Same", **by(cast)))
    assert verify().differences == []
    while made:
        part(made.pop(), "Two people", **by(cast))
        assert everything() == states.pop()
    assert verify().differences == []


# A new name


def test_cases_are_found_by_a_new_name_and_a_new_address(cast: Any) -> None:
    case = cast.open()
    who_is_who.correct_details(cast.resident, {"name": "Amira Hassan"}, "Married", **by(cast))
    who_is_who.move(cast.resident, "1 Tern House", TODAY, **by(cast))
    found = Case.objects.filter(pk=case.pk)
    for new, old in (("Hassan", "Yusuf"), ("Tern House", "Sedge")):
        assert words.matching(found, new).exists()
        assert not words.matching(found, old).exists()
    assert verify().differences == []


def test_two_joining_at_once_join_once(committed_cast: Any) -> None:
    cast = committed_cast
    double = again(cast)
    done: list[Any] = []

    def joins() -> None:
        try:
            done.append(join(cast.resident, double, "Same", **by(cast)))
        except NotPossible as problem:
            done.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=joins) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(type(each).__name__ for each in done) == ["Joining", "NotPossible"]
    assert Joining.objects.count() == 1
