"""Details, homes, needs and authorities of a person: dated, journalled, and never in the entry what they hold."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from complaint_rules.events import Actor
from putright.record.journal.models import Entry, Text
from putright.record.people import actions, looking, needs, queries, records, rights, safe_contact
from putright.record.people.actions import Changed, NewNeed, NotForThisRole, NotPossible
from putright.record.people.models import (
    ADJUSTMENTS,
    ALERTS,
    Authority,
    Living,
    Looked,
    Need,
    Person,
    Reference,
)

TODAY = date(2026, 12, 1)
AWKWARD = [
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE people_person;--",
    '=HYPERLINK("http://x")',
    "ميساء \u202eآل\u202c سعيد",
    "👩🏽‍🦽 Zoë",
    "x" * 200,
]


def own(cast: Any, verb: str | None = None) -> list[Entry]:
    found = Entry.objects.filter(landlord=cast.landlord.pk, case=0).order_by("number")
    return list(found.filter(verb=verb) if verb else found)


def by(cast: Any, name: str = "officer") -> dict[str, Any]:
    return {"by": cast.actor(name), "at": cast.clock.now}


# The table of rights


def test_every_right_names_known_roles_and_board_and_administrator_have_none() -> None:
    from complaint_rules.roles import ROLES

    for right, roles in rights.MAY.items():
        assert roles <= set(ROLES), right
        assert not roles & {"board_member", "administrator"}, right
    assert all(rights.MAY[right] <= rights.MAY[rights.DETAILS] for right in rights.MAY)


@pytest.mark.parametrize(
    ("right", "change"),
    [
        (
            rights.CHANGE_DETAILS,
            lambda person, given: actions.correct_details(person, {"email": "new@example.org"}, **given),
        ),
        (rights.CHANGE_DETAILS, lambda person, given: actions.move(person, "1 Mill Row", TODAY, **given)),
        (
            rights.CHANGE_DETAILS,
            lambda person, given: actions.refer(person, "Housing system", "T123", **given),
        ),
        (
            rights.CHANGE_NEEDS,
            lambda person, given: actions.add_need(person, NewNeed("Hard of hearing"), **given),
        ),
        (rights.CHANGE_NEEDS, lambda person, given: actions.set_language(person, "Welsh", **given)),
    ],
)
def test_only_the_roles_of_the_table_change_anything(cast: Any, right: str, change: Any) -> None:
    for name, role in cast.roles.items():
        if name == "stranger":
            continue
        before = len(own(cast))
        person = records.add(cast.landlord, "Somebody", f"{len(name)} Alder Walk")
        if role in rights.MAY[right]:
            change(person, by(cast, name))
            assert len(own(cast)) == before + 1
        else:
            with pytest.raises(NotForThisRole):
                change(person, by(cast, name))
            assert len(own(cast)) == before
    with pytest.raises(NotForThisRole):
        change(cast.resident, {"by": Actor("resident", f"p{cast.resident.pk}"), "at": cast.clock.now})


# Details


@pytest.mark.parametrize("name", AWKWARD)
def test_a_name_is_kept_as_it_was_given_and_the_entry_does_not_hold_it(cast: Any, name: str) -> None:
    actions.correct_details(cast.resident, {"name": name}, "Changed by deed", **by(cast))
    assert Person.objects.get(pk=cast.resident.pk).name == name
    entry = own(cast, "correct_person")[-1]
    assert name not in json.dumps(entry.data, ensure_ascii=False)
    assert entry.data["changed"] == ["name"]
    kept = dict(Text.objects.filter(case=0, entry_number=entry.number).values_list("name", "text"))
    assert kept == {"name_before": "Amira Yusuf", "name": name, "reason": "Changed by deed"}


def test_a_new_name_needs_a_reason_and_nothing_new_writes_nothing(cast: Any) -> None:
    with pytest.raises(NotPossible, match="reason"):
        actions.correct_details(cast.resident, {"name": "Amira Hassan"}, " ", **by(cast))
    actions.correct_details(
        cast.resident, {"name": "Amira  Yusuf ", "email": "amira@example.org"}, **by(cast)
    )
    assert own(cast) == []


def test_numbers_and_addresses_are_in_no_entry_and_no_text(cast: Any) -> None:
    told = {"email": "secret@example.org", "telephone": "07700 900999", "preferred_way": "text"}
    actions.correct_details(cast.resident, told, **by(cast))
    actions.move(cast.resident, "99 Hidden Lane", TODAY, **by(cast))
    actions.add_need(cast.resident, NewNeed("Afraid of dogs", alert="20-30"), **by(cast))
    actions.set_language(cast.resident, "Somali", **by(cast))
    written = json.dumps([entry.data for entry in own(cast)]) + " ".join(
        Text.objects.values_list("text", flat=True)
    )
    for secret in ("secret@", "900999", "Hidden", "dogs", "Somali", "20-30"):
        assert secret not in written


def test_two_who_change_the_same_person_do_not_overwrite_each_other(cast: Any) -> None:
    read_at = cast.resident.entry
    actions.correct_details(cast.resident, {"telephone": "01"}, read_at=read_at, **by(cast))
    with pytest.raises(Changed) as caught:
        actions.correct_details(cast.resident, {"telephone": "02"}, read_at=read_at, **by(cast, "colleague"))
    assert caught.value.person.telephone == "01"
    assert caught.value.entry is not None
    assert caught.value.entry.actor == str(cast.officer.pk)


def test_a_request_sent_twice_is_done_once(cast: Any) -> None:
    for _ in range(2):
        actions.add_need(cast.resident, NewNeed("Hard of hearing"), key="k1", **by(cast))
        actions.add_person(cast.landlord, {"name": "New Person"}, key="k2", **by(cast))
        actions.refer(cast.resident, "Housing system", "T1", key="k3", **by(cast))
    assert Need.objects.count() == Reference.objects.count() == 1
    assert Person.objects.filter(name="New Person").count() == 1
    assert len(own(cast)) == 3


def test_a_person_needs_a_name_or_an_address(cast: Any) -> None:
    with pytest.raises(NotPossible, match="name"):
        actions.add_person(cast.landlord, {"name": " ", "email": "a@example.org"}, **by(cast))
    added = actions.add_person(cast.landlord, {"address": "Flat 2, 14 Mill Row"}, **by(cast))
    assert str(queries.home_of(added, TODAY)) == "Flat 2, 14 Mill Row"


# Homes


def test_a_move_ends_the_home_before_on_its_day(cast: Any) -> None:
    actions.move(cast.resident, "1 Mill Row", date(2026, 6, 1), lives_there_as="tenant", **by(cast))
    person = Person.objects.get(pk=cast.resident.pk)
    assert person.address == "1 Mill Row"
    assert str(queries.home_of(person, date(2026, 5, 31))) == "14 Sedge Court"
    assert str(queries.home_of(person, date(2026, 6, 1))) == "1 Mill Row"
    with pytest.raises(NotPossible, match="later"):
        actions.move(person, "2 Mill Row", date(2026, 6, 1), **by(cast))
    with pytest.raises(NotPossible, match="today"):
        actions.move(person, "2 Mill Row", TODAY + timedelta(days=1), **by(cast))


@pytest.mark.parametrize("address", ["", " ", "...", "\u200b"])
def test_an_address_without_a_word_is_none(cast: Any, address: str) -> None:
    with pytest.raises(NotPossible, match="Enter the address"):
        actions.move(cast.resident, address, TODAY, **by(cast))


def test_a_wrong_address_is_corrected_as_if_they_had_never_lived_there(cast: Any) -> None:
    records.home_on(cast.resident, TODAY)
    actions.correct_address(cast.resident, "41 Sedge Court", "Misheard", **by(cast))
    assert [str(each.home) for each in queries.homes_of(cast.resident)] == ["41 Sedge Court"]
    assert Person.objects.get(pk=cast.resident.pk).address == "41 Sedge Court"


def test_tenure_stock_and_uprn_belong_to_the_home_and_a_uprn_is_text(cast: Any) -> None:
    home = records.home_on(cast.resident, TODAY)
    assert home is not None
    actions.describe_home(
        cast.resident, home, tenure="secure", stock="lcra", uprn="0010 0023 4567", **by(cast)
    )
    home.refresh_from_db()
    assert (home.tenure, home.stock, home.uprn) == ("secure", "lcra", "001000234567")
    assert queries.homes_with_uprn(cast.landlord.pk, "001000234567") == [home]
    other = records.home_at(cast.landlord, "2 Mill Row")
    for wrong in ("1000234567890", "1e11", "12.5", "-1", "１２３", "10002345678X"):
        with pytest.raises(NotPossible, match="UPRN"):
            actions.describe_home(cast.resident, other, tenure="", stock="", uprn=wrong, **by(cast))
    with pytest.raises(NotPossible, match="Another home"):
        actions.describe_home(cast.resident, other, tenure="", stock="", uprn="001000234567", **by(cast))


# Needs and adjustments


def test_the_sector_s_sixteen_codes_are_there_and_every_adjustment_has_words() -> None:
    assert len(ALERTS) == 16
    assert set(needs.IN_WORDS) == set(ADJUSTMENTS)


def test_a_need_holds_until_it_ends_and_is_looked_at_again(cast: Any) -> None:
    need = actions.add_need(
        cast.resident, NewNeed("18 points", "large_print", "20-20", TODAY + timedelta(days=90)), **by(cast)
    )
    assert need is not None
    assert [needs.says(each) for each in needs.of_person(cast.resident, TODAY)] == ["Large print: 18 points"]
    with pytest.raises(NotPossible, match="day"):
        actions.review_need(need, True, None, **by(cast))
    actions.review_need(need, True, TODAY + timedelta(days=365), **by(cast))
    need.refresh_from_db()
    assert need.review_on == TODAY + timedelta(days=365)
    actions.review_need(need, False, None, **by(cast))
    assert needs.of_person(cast.resident, TODAY) == []
    with pytest.raises(NotPossible, match="already"):
        actions.review_need(need, True, TODAY + timedelta(days=1), **by(cast))
    assert [entry.verb for entry in own(cast)] == ["record_need", "review_need", "end_need"]


@pytest.mark.parametrize("review_on", [TODAY, TODAY - timedelta(days=1), date(9999, 12, 31)])
def test_a_review_is_to_come_and_not_for_ever(cast: Any, review_on: date) -> None:
    with pytest.raises(NotPossible) as caught:
        actions.add_need(cast.resident, NewNeed("Deaf", review_on=review_on), **by(cast))
    assert caught.value.field == "review_on"


def test_what_is_known_is_told_to_a_complaint_and_not_learnt_twice(cast: Any) -> None:
    review = TODAY + timedelta(days=30)
    actions.add_need(cast.resident, NewNeed("Hard of hearing", review_on=review), **by(cast))
    actions.add_need(cast.resident, NewNeed("", "large_print"), **by(cast))
    told = needs.told_to_a_complaint(cast.resident, TODAY)
    assert told == needs.Told(("Hard of hearing",), ("Large print",), review)
    assert not needs.told_to_a_complaint(None, TODAY)
    new = needs.learn(
        cast.resident, ["hard of  HEARING", "Anxious"], ["large print", "Text relay", "Ring twice"], TODAY
    )
    assert [(each.adjustment, each.words) for each in new] == [
        ("", "Anxious"),
        ("text_relay", ""),
        ("other", "Ring twice"),
    ]
    assert needs.learn(cast.resident, ["Anxious"], ["Text relay", "ring twice"], TODAY) == []


# Who acts for them


def test_an_authority_holds_to_its_last_day_and_an_expired_one_is_said_so(cast: Any) -> None:
    given = {"written": True, "scope": "This complaint", "since": date(2026, 1, 1)}
    held = actions.give_authority(cast.resident, cast.other_resident, expires_on=TODAY, **given, **by(cast))
    assert held is not None
    assert queries.standing(held, TODAY) == "holds"
    assert queries.standing(held, TODAY + timedelta(days=1)) == "expired"
    assert queries.standing(held, date(2025, 12, 31)) == "to_come"
    actions.end_authority(held, **by(cast))
    held.refresh_from_db()
    assert queries.standing(held, TODAY) == "ended"
    with pytest.raises(NotPossible, match="already"):
        actions.end_authority(held, **by(cast))
    again = actions.give_authority(cast.resident, cast.other_resident, expires_on=None, **given, **by(cast))
    assert queries.authority_between(cast.resident, cast.other_resident, TODAY) == again


def test_nobody_acts_for_themselves_or_across_landlords(cast: Any) -> None:
    stranger = records.add(cast.other_landlord, "Elsewhere")
    for representative in (cast.resident, stranger):
        with pytest.raises(NotPossible):
            actions.give_authority(
                cast.resident,
                representative,
                written=False,
                scope="",
                since=TODAY,
                expires_on=None,
                **by(cast),
            )
    assert Authority.objects.count() == 0


# What others call them


def test_a_foreign_reference_is_found_whatever_its_spaces_and_capitals(cast: Any) -> None:
    home = records.home_on(cast.resident, TODAY)
    actions.refer(cast.resident, "Housing system", "ten 00123", **by(cast))
    actions.refer(cast.resident, "Repairs contractor", "P-9", home=home, **by(cast))
    assert [each.person for each in queries.referred_to(cast.landlord.pk, "TEN00123 ")] == [cast.resident]
    assert [each.home for each in queries.referred_to(cast.landlord.pk, "p-9")] == [home]
    assert queries.referred_to(cast.other_landlord.pk, "p-9") == []
    for nothing in ("", " ", "\0", "x" * 5000):
        assert queries.referred_to(cast.landlord.pk, nothing) == []
    with pytest.raises(NotPossible):
        actions.refer(cast.resident, "Housing system", "ß" * 60, **by(cast))


# Who looked


def test_each_look_is_an_entry_and_a_look_again_at_once_is_the_same(cast: Any) -> None:
    def look(who: str = "officer", what: str = rights.NEEDS) -> bool:
        return looking.look(cast.resident, what, **by(cast, who))

    assert look()
    cast.clock.pass_by(minutes=9)
    assert not look()
    assert look("colleague")
    assert look(what=rights.SAFE_CONTACT)
    cast.clock.pass_by(minutes=2)
    assert look()
    seen = own(cast, "viewed")
    assert len(seen) == Looked.objects.count() == 4
    assert all(set(entry.data) == {"person", "what"} for entry in seen)
    assert [row.entry for row in queries.looks(cast.landlord.pk, cast.resident.pk)] == [4, 3, 2, 1]
    assert [row.who for row in queries.looks(cast.landlord.pk, who=str(cast.colleague.pk))] == [
        str(cast.colleague.pk)
    ]
    assert queries.looks(cast.other_landlord.pk) == []


def test_the_chain_of_the_landlord_still_verifies(cast: Any) -> None:
    from putright.upkeep.running.verify import verify

    actions.correct_details(cast.resident, {"name": "A"}, "B", **by(cast))
    looking.look(cast.resident, rights.NEEDS, **by(cast))
    assert verify().differences == []
    assert Living.objects.count() == 0


def test_what_a_complaint_is_told_is_known_in_every_other_complaint(cast: Any) -> None:
    review = TODAY + timedelta(days=90)
    case = cast.receive(needs=["Hard of hearing"], adjustments=["large print"])
    cast.do(
        "record_needs",
        case,
        needs=["hard of hearing", "Anxious"],
        adjustments=["Large print"],
        review_on=review,
    )
    told = needs.told_to_a_complaint(cast.resident, TODAY)
    assert told == needs.Told(("Hard of hearing", "Anxious"), ("Large print",), review)
    assert safe_contact.format_for(cast.resident, TODAY) == "large_print"
    cast.receive(resident=None, needs=["Somebody else's"])
    assert Need.objects.count() == 3


def test_a_need_that_is_known_is_not_kept_twice_and_one_that_ended_may_come_back(cast: Any) -> None:
    first = actions.add_need(cast.resident, NewNeed("Deaf"), **by(cast))
    assert first is not None
    assert actions.add_need(cast.resident, NewNeed(" deaf "), **by(cast)) is None
    assert actions.add_need(cast.resident, NewNeed("Large print", "other"), **by(cast)) is not None
    assert actions.add_need(cast.resident, NewNeed("", "large_print"), **by(cast)) is None
    actions.review_need(first, False, None, **by(cast))
    assert actions.add_need(cast.resident, NewNeed("Deaf"), **by(cast)) is not None
    assert len(own(cast, "record_need")) == 3


def test_a_look_that_is_gone_from_its_index_or_was_put_there_shows(cast: Any) -> None:
    from putright.upkeep.running.verify import verify

    looking.look(cast.resident, rights.NEEDS, **by(cast))
    assert verify().differences == []
    Looked.objects.update(who="999")
    assert [each.what for each in verify().differences or []] == ["looked"]
    Looked.objects.all().delete()
    assert [(each.what, each.entry) for each in verify().differences or []] == [("looked", 1)]
