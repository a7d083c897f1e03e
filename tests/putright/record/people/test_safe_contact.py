"""What somebody says is safe: written down, replaced, ended, read; and new addresses that nobody has checked."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from cast import Cast
from django.db.models.deletion import ProtectedError

from complaint_rules.events import Actor
from putright.record.journal.models import Entry, Text
from putright.record.people import safe_contact
from putright.record.people.models import ClaimedDetail, Home, Living, Need, Person, SafeContact
from putright.record.people.safe_contact import NotForThisRole, NotPossible

pytestmark = pytest.mark.django_db

CALLS = {"way": "telephone", "to": "07700 900555", "from": "09:00", "until": "15:00", "voicemail": False}
MAIL = {"way": "email", "to": "safe@example.org"}


def say(cast: Cast, by: str = "contact_staff", **said: Any) -> SafeContact:
    return safe_contact.set_safe_contact(
        cast.resident, by=cast.actor(by), at=cast.clock.now, **({"allowed": [CALLS]} | said)
    )


def open_ways(cast: Cast, person: Person | None = None) -> set[str]:
    found = safe_contact.ways_for(person or cast.resident, cast.clock.now)
    return {way for way, answer in found.items() if answer.allowed}


def own_chain(cast: Cast) -> list[Entry]:
    return list(Entry.objects.filter(landlord=cast.landlord.pk, case=0).order_by("number"))


# Writing it down


def test_what_is_said_holds_and_only_that_way_is_open(cast: Cast) -> None:
    assert open_ways(cast) == {"telephone", "text", "email", "letter", "portal", "visit"}
    held = say(cast, code_word="heronsong", note="He reads her post.", not_to=["shared@example.org"])
    assert held.allowed == [CALLS]
    assert open_ways(cast) == {"telephone"}
    assert safe_contact.ways_for(cast.resident, cast.clock.now)["telephone"].to == "07700 900555"


def test_the_journal_holds_that_it_changed_and_a_digest_and_nothing_it_says(cast: Cast) -> None:
    held = say(cast, code_word="heronsong", note="He reads her post.", not_people=[cast.other_resident])
    entry = own_chain(cast)[-1]
    assert (entry.verb, entry.actor) == ("set_safe_contact", str(cast.contact_staff.pk))
    assert set(entry.data) == {"person", "digest"}
    assert safe_contact.is_as_written(held, entry)
    assert not Text.objects.filter(case=0).exists()
    held.note = "He does not read her post."
    assert not safe_contact.is_as_written(held, entry)


def test_it_is_added_to_and_never_changed(cast: Cast) -> None:
    first = say(cast)
    second = say(cast, allowed=[], note="Nothing is safe now.")
    first.refresh_from_db()
    assert (first.ended_on, first.allowed) == (cast.clock.now.date(), [CALLS])
    assert (second.ended_on, safe_contact.held_for(cast.resident)) == (None, second)


def test_an_empty_number_is_the_one_we_hold_written_out(cast: Cast) -> None:
    say(cast, allowed=[{"way": "telephone"}])
    assert SafeContact.objects.get().allowed[0]["to"] == "07700 900123"
    cast.resident.telephone = "07700 900999"
    cast.resident.save()
    answer = safe_contact.ways_for(cast.resident, cast.clock.now)["telephone"]
    assert answer.to == "07700 900123", "a number that was changed later is not safe by itself"


def test_a_number_that_a_joint_tenant_uses_too_must_be_written_out(cast: Cast) -> None:
    home = Home.objects.create(landlord=cast.landlord, address="14 Sedge Court", key="x")
    karl = Person.objects.create(landlord=cast.landlord, name="Karl", telephone="07700900123")
    for person in (cast.resident, karl):
        Living.objects.create(landlord=cast.landlord, person=person, home=home)
    with pytest.raises(NotPossible, match="Somebody else uses the number we hold"):
        say(cast, allowed=[{"way": "telephone"}])
    say(cast, allowed=[{"way": "telephone", "to": "07700 900123"}])
    assert open_ways(cast) == {"telephone"}


def test_somebody_at_the_same_address_counts_though_no_home_is_known_of_them(cast: Cast) -> None:
    Person.objects.create(landlord=cast.landlord, name="Karl", address="14 Sedge Court")
    with pytest.raises(NotPossible, match="Somebody else uses the address"):
        say(cast, allowed=[{"way": "letter"}])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"allowed": [{"way": "pigeon"}]}, "allowed"),
        ({"allowed": [{"way": "telephone", "to": "ring me"}]}, "allowed"),
        ({"allowed": [{"way": "email", "to": "not an address"}]}, "allowed"),
        ({"allowed": [{"way": "portal", "to": "x"}]}, "allowed"),
        ({"allowed": [{"way": "letter", "to": "???"}]}, "allowed"),
        ({"allowed": [CALLS | {"from": "nine"}]}, "allowed"),
        ({"allowed": [CALLS | {"until": ""}]}, "allowed"),
        ({"allowed": [CALLS | {"until": "09:00"}]}, "allowed"),
        ({"allowed": [CALLS] * 21}, "allowed"),
        ({"allowed": [MAIL], "not_to": ["SAFE@example.org "]}, "not_to"),
        ({"allowed": [MAIL], "not_to": ["x" * 301]}, "not_to"),
        ({"allowed": [MAIL], "code_word": "x" * 61}, "code_word"),
        ({"allowed": [MAIL], "note": "x" * 5001}, "note"),
    ],
)
def test_what_cannot_be_meant_is_not_written_down(cast: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPossible) as problem:
        say(cast, **said)
    assert problem.value.field == field
    assert not SafeContact.objects.exists()
    assert not own_chain(cast)


def test_a_way_needs_a_number_where_we_hold_none(cast: Cast) -> None:
    cast.resident.telephone = ""
    cast.resident.save()
    with pytest.raises(NotPossible, match="Give the number that is safe"):
        say(cast, allowed=[{"way": "text"}])


def test_people_of_another_landlord_and_themselves_are_not_taken(cast: Cast) -> None:
    stranger = Person.objects.create(landlord=cast.other_landlord, name="Somebody")
    for person in (stranger, cast.resident):
        with pytest.raises(NotPossible):
            say(cast, not_people=[person])


def test_any_letters_are_kept_as_they_are(cast: Cast) -> None:
    note = "<b>He</b> reads\nمرحبا 🏚"
    held = say(
        cast, note=f"{note}\0", code_word="🦉 word", allowed=[CALLS | {"from": time(9), "until": time(15)}]
    )
    held.refresh_from_db()
    assert (held.note, held.code_word, held.allowed) == (note, "🦉 word", [CALLS])


@pytest.mark.parametrize(
    "role", ["service_manager", "quality_checker", "board_member", "auditor", "administrator"]
)
def test_other_roles_write_nothing_down(cast: Cast, role: str) -> None:
    with pytest.raises(NotForThisRole):
        say(cast, by=role)


def test_the_resident_says_it_themselves_but_not_for_another(cast: Cast) -> None:
    amira = Actor("resident", f"p{cast.resident.pk}")
    safe_contact.set_safe_contact(cast.resident, allowed=[CALLS], by=amira, at=cast.clock.now)
    with pytest.raises(NotForThisRole):
        safe_contact.set_safe_contact(cast.other_resident, allowed=[MAIL], by=amira, at=cast.clock.now)


def test_no_way_is_an_answer_too_and_then_nothing_leaves(cast: Cast) -> None:
    say(cast, allowed=[])
    found = safe_contact.ways_for(cast.resident, cast.clock.now)
    assert {answer.why for answer in found.values()} == {"nothing_safe"}


# Letting more leave than before needs a second person


@pytest.mark.parametrize(
    "wider",
    [
        {"allowed": [CALLS, MAIL], "not_to": ["shared@example.org"]},
        {"allowed": [CALLS | {"to": "07700 900666"}], "not_to": ["shared@example.org"]},
        {"allowed": [CALLS | {"until": "18:00"}], "not_to": ["shared@example.org"]},
        {"allowed": [CALLS | {"voicemail": True}], "not_to": ["shared@example.org"]},
        {"allowed": [CALLS], "not_to": []},
    ],
)
def test_to_let_more_leave_a_second_person_is_named(cast: Cast, wider: dict[str, Any]) -> None:
    say(cast, not_to=["shared@example.org"])
    for checked_by in ("", str(cast.officer.pk)):
        with pytest.raises(NotPossible) as problem:
            say(cast, by="officer", checked_by=checked_by, **wider)
        assert problem.value.field == "checked_by"
    say(cast, by="officer", checked_by=str(cast.colleague.pk), **wider)
    assert own_chain(cast)[-1].data["checked_by"] == str(cast.colleague.pk)


def test_to_keep_somebody_away_no_longer_a_second_person_is_named(cast: Cast) -> None:
    say(cast, not_people=[cast.other_resident])
    with pytest.raises(NotPossible, match="second person"):
        say(cast)


def test_to_let_less_leave_nobody_is_waited_for(cast: Cast) -> None:
    say(cast, allowed=[CALLS, MAIL])
    say(cast, not_to=["07700 900555"], allowed=[MAIL], not_people=[cast.other_resident])
    assert open_ways(cast) == {"email"}


def test_ending_it_needs_a_second_person_and_then_every_way_is_open(cast: Cast) -> None:
    say(cast)
    given: dict[str, Any] = {"by": cast.actor("officer"), "at": cast.clock.now}
    with pytest.raises(NotPossible, match="second person"):
        safe_contact.end_safe_contact(cast.resident, checked_by="", **given)
    safe_contact.end_safe_contact(cast.resident, checked_by=str(cast.colleague.pk), **given)
    assert "email" in open_ways(cast)
    assert own_chain(cast)[-1].verb == "end_safe_contact"
    with pytest.raises(NotPossible, match="Nothing is recorded"):
        safe_contact.end_safe_contact(cast.resident, checked_by=str(cast.colleague.pk), **given)


# Reading it


def test_somebody_whom_nothing_may_reach_stops_the_ways_they_share(cast: Cast) -> None:
    karl = Person.objects.create(landlord=cast.landlord, name="Karl", telephone="+44 7700 900555")
    say(cast, not_people=[karl])
    answer = safe_contact.ways_for(cast.resident, cast.clock.now)["telephone"]
    assert (answer.allowed, answer.why) == (False, "feared")


def test_a_home_they_left_is_not_written_to(cast: Cast) -> None:
    home = Home.objects.create(landlord=cast.landlord, address="14 Sedge Court", key="x")
    Living.objects.create(landlord=cast.landlord, person=cast.resident, home=home, until=date(2026, 11, 1))
    assert open_ways(cast) == {"telephone", "text", "email", "portal"}


def test_adjustments_hold_between_their_days(cast: Cast) -> None:
    need = Need.objects.create(
        landlord=cast.landlord, person=cast.resident, adjustment="telephone_only", since=date(2026, 12, 1)
    )
    assert open_ways(cast) == {"telephone"}
    need.ended_on = date(2026, 12, 1)
    need.save()
    assert "email" in open_ways(cast)


@pytest.mark.parametrize(
    ("adjustment", "wanted"), [("large_print", "large_print"), ("interpreter", "standard")]
)
def test_the_format_is_that_of_their_adjustments(cast: Cast, adjustment: str, wanted: str) -> None:
    Need.objects.create(
        landlord=cast.landlord, person=cast.resident, adjustment=adjustment, since=date(2026, 1, 1)
    )
    assert safe_contact.format_for(cast.resident, date(2026, 12, 1)) == wanted
    assert safe_contact.format_for(cast.other_resident, date(2026, 12, 1)) == "standard"


def test_what_is_kept_wrongly_lets_nothing_leave(cast: Cast) -> None:
    held = say(cast)
    for wrong in (
        [{"way": "email"}],
        ["email"],
        [{"way": "telephone", "to": "07700 900555", "from": "x"}],
        [{}],
    ):
        held.allowed = wrong
        held.save()
        cast.resident.email = ""
        assert open_ways(cast) == set()


def test_somebody_joined_into_another_keeps_what_either_said(cast: Cast) -> None:
    twin = Person.objects.create(landlord=cast.landlord, name="A Yusuf", joined_into=cast.resident)
    say(cast)
    assert safe_contact.is_under(twin)
    assert open_ways(cast, twin) == {"telephone"}


def test_it_is_read_in_few_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        safe_contact.ways_for(cast.resident, cast.clock.now)
    say(cast, not_people=[cast.other_resident])
    with django_assert_max_num_queries(9):
        safe_contact.ways_for(cast.resident, cast.clock.now)
    with django_assert_max_num_queries(1):
        assert safe_contact.is_under(cast.resident)


def test_a_person_who_has_said_what_is_safe_cannot_be_deleted_with_it(cast: Cast) -> None:
    say(cast)
    with pytest.raises(ProtectedError):
        cast.resident.delete()


def test_nothing_of_it_is_in_what_a_log_would_print(cast: Cast) -> None:
    held = say(cast, code_word="heronsong", note="He reads her post.", not_to=["shared@example.org"])
    facts = safe_contact.facts_of(cast.resident, cast.clock.now)
    printed = f"{held!r} {held} {facts!r} {safe_contact.ways_for(cast.resident, cast.clock.now)!r}"
    assert not [each for each in ("900555", "heronsong", "reads", "shared@", "09:00") if each in printed]


# New addresses


def claim(cast: Cast, kind: str = "email", value: str = "new@example.org") -> ClaimedDetail | None:
    return safe_contact.claim_detail(
        cast.resident, kind, value, "email", by=Actor("system"), at=cast.clock.now
    )


def settle(cast: Cast, found: ClaimedDetail, by: str = "officer", **more: Any) -> ClaimedDetail:
    given: dict[str, Any] = {"believed": True, "how": "Rang the number we hold."} | more
    return safe_contact.settle_claim(found, by=cast.actor(by), at=cast.clock.now, **given)


def test_a_new_address_is_kept_and_not_believed(cast: Cast) -> None:
    found = claim(cast)
    assert found is not None
    cast.resident.refresh_from_db()
    assert cast.resident.email == "amira@example.org"
    entry = own_chain(cast)[-1]
    assert entry.data == {"person": cast.resident.pk, "claim": found.pk, "kind": "email", "came_by": "email"}


def test_the_same_claim_is_kept_once_and_what_we_know_is_no_claim(cast: Cast) -> None:
    assert claim(cast) == claim(cast, value=" NEW@example.org")
    assert claim(cast, value="Amira@example.org") is None
    assert claim(cast, "telephone", "+44 7700 900123") is None
    say(cast)
    assert claim(cast, "telephone", "07700900555") is None, "they said themselves that it is safe"
    assert ClaimedDetail.objects.count() == 1


@pytest.mark.parametrize(("kind", "value"), [("shoe", "x"), ("email", " \0 "), ("email", "x" * 301)])
def test_what_is_no_detail_is_not_kept(cast: Cast, kind: str, value: str) -> None:
    with pytest.raises(NotPossible):
        claim(cast, kind, value)


def test_believing_makes_it_theirs_and_rejecting_does_not(cast: Cast) -> None:
    found, other = claim(cast), claim(cast, "telephone", "07700 900444")
    assert found is not None
    assert other is not None
    settle(cast, found)
    settle(cast, other, believed=False)
    cast.resident.refresh_from_db()
    assert (cast.resident.email, cast.resident.telephone) == ("new@example.org", "07700 900123")
    assert [each.data["believed"] for each in own_chain(cast)[-2:]] == [True, False]
    with pytest.raises(NotPossible, match="already"):
        settle(cast, found)


def test_how_it_was_checked_is_said_and_by_a_role_that_may(cast: Cast) -> None:
    found = claim(cast)
    assert found is not None
    with pytest.raises(NotPossible, match="how it was checked"):
        settle(cast, found, how=" ")
    with pytest.raises(NotForThisRole):
        settle(cast, found, by="contact_staff")


def test_for_somebody_who_has_said_what_is_safe_a_second_person_checks_it_and_it_is_no_safe_way(
    cast: Cast,
) -> None:
    say(cast)
    found = claim(cast)
    assert found is not None
    for checked_by in ("", str(cast.officer.pk)):
        with pytest.raises(NotPossible) as problem:
            settle(cast, found, checked_by=checked_by)
        assert problem.value.field == "checked_by"
    settle(cast, found, checked_by=str(cast.colleague.pk))
    cast.resident.refresh_from_db()
    assert cast.resident.email == "new@example.org"
    assert open_ways(cast) == {"telephone"}


def test_no_value_stands_in_any_entry(cast: Cast) -> None:
    say(cast, code_word="heronsong", not_to=["shared@example.org"])
    found = claim(cast)
    assert found is not None
    settle(cast, found, checked_by=str(cast.colleague.pk))
    written = json.dumps([entry.data for entry in Entry.objects.all()])
    assert not [each for each in ("900555", "heronsong", "shared@", "new@example") if each in written]
