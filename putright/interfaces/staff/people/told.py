"""A person in rows for their page: what everybody who opens it sees, and what is opened by a press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from complaint_rules.safe_contact import KIND
from putright.interfaces.pages.phrases import long_day, short_day
from putright.interfaces.pages.words import state_word
from putright.interfaces.staff.people import words
from putright.interfaces.staff.people.reach import sees_what_is_safe
from putright.interfaces.staff.who import Staff
from putright.record.cases import of_people
from putright.record.people import needs, queries, rights, safe_contact
from putright.record.people.models import Authority, ClaimedDetail, Joining, Living, Need, Person, SafeContact


@dataclass
class Sensitive:
    """What is known that is opened by a press: how much for this role, and, once opened, what."""

    notes: int = 0
    may_needs: bool = False
    may_safe: bool = False
    open_needs: bool = False
    open_safe: bool = False
    needs: list[dict[str, Any]] = field(default_factory=list)
    language: str = ""
    safe: dict[str, Any] | None = None
    claims: list[dict[str, Any]] = field(default_factory=list)


def sensitive(staff: Staff, person: Person, opened: frozenset[str], today: date) -> Sensitive:
    """What is sensitive of a person for whoever is at work; its content only where it was opened."""
    found = Sensitive(
        may_needs=rights.may(staff.roles, rights.NEEDS), may_safe=sees_what_is_safe(staff, person)
    )
    if found.may_needs:
        held = needs.of_person(person, today)
        found.notes += len(held) + bool(person.language)
        if rights.NEEDS in opened:
            found.open_needs, found.language = True, person.language
            found.needs = [_need(each, today) for each in held]
    if found.may_safe:
        said = safe_contact.held_for(person)
        claims = ClaimedDetail.objects.filter(
            landlord=person.landlord_id, person=person, settled_at__isnull=True
        )
        waiting = sorted(claims, key=lambda each: each.pk)
        found.notes += bool(said) + len(waiting)
        if rights.SAFE_CONTACT in opened:
            found.open_safe, found.safe = True, safe(said) if said else None
            found.claims = [_claim(each, today) for each in waiting]
    return found


def _need(need: Need, today: date) -> dict[str, Any]:
    overdue = need.review_on is not None and need.review_on < today
    return {
        "says": needs.says(need),
        "kind": "What we do" if need.adjustment else "Need",
        "since": long_day(need.since, today),
        "review": long_day(need.review_on, today) if need.review_on else "",
        "overdue": overdue,
        "href": reverse("person_need", args=[need.person_id, need.pk]),
        "alert": words.ALERT_CODES.get(need.alert, ""),
    }


def _claim(claim: ClaimedDetail, today: date) -> dict[str, Any]:
    return {
        "kind": words.CLAIMED[claim.kind],
        "value": claim.value,
        "came": long_day(localdate(claim.came_at), today),
        "by": words.WAYS.get(claim.came_by, claim.came_by.replace("_", " ")),
        "href": reverse("person_claim", args=[claim.person_id, claim.pk]),
    }


def safe(said: SafeContact) -> dict[str, Any]:
    """What somebody says is safe, in words."""
    return {
        "ways": [way(each) for each in said.allowed],
        "not_to": said.not_to,
        "not_people": [str(each) for each in said.not_people.all()],
        "code_word": said.code_word,
        "note": said.note,
        "since": said.since,
    }


def way(each: Mapping[str, Any]) -> str:
    """One way that is safe: "Telephone 07700 900123, between 09:00 and 17:00, no message left"."""
    parts = [
        " ".join(part for part in (words.WAYS.get(each.get("way", ""), ""), each.get("to") or "") if part)
    ]
    if each.get("from"):
        parts.append(f"between {each['from']} and {each['until']}")
    if each.get("way") == "telephone":
        parts.append("a message may be left" if each.get("voicemail") else "no message left")
    return ", ".join(parts)


# What everybody who opens the page sees


def who(person: Person, living: Living | None) -> str:
    """Somebody and where they live, as a heading."""
    address = living.home.address if living else person.address
    return ", ".join(part for part in (str(person), address) if part)


def details(person: Person, may_change: bool) -> list[dict[str, Any]]:
    """How to reach them."""
    href = reverse("person_details", args=[person.pk]) if may_change else ""
    rows = [
        ("Name", person.name),
        ("Telephone", person.telephone),
        ("Email address", person.email),
        ("Best way to reach them", words.WAYS.get(person.preferred_way, "")),
    ]
    return [_row(key, value, href, "Change", key.lower()) for key, value in rows]


def _row(key: str, value: str, href: str = "", action: str = "", hidden: str = "") -> dict[str, Any]:
    return {"key": key, "value": value} | ({"href": href, "action": action, "hidden": hidden} if href else {})


def home(person: Person, living: Living | None, may_change: bool) -> list[dict[str, Any]]:
    """Where they live now, and what kind of home it is."""
    moved = reverse("person_move", args=[person.pk]) if may_change else ""
    if living is None:
        return [_row("Address", person.address, moved, "Say where they live", "now")]
    kind = reverse("person_home", args=[person.pk, living.home_id]) if may_change else ""
    return [
        _row("Address", living.home.address, moved, "They moved", ""),
        _row(
            "Lives there as", words.LIVES_THERE_AS.get(living.lives_there_as, ""), kind, "Change", "as what"
        ),
        _row("Tenure", words.TENURES.get(living.home.tenure, ""), kind, "Change", "tenure"),
        _row("Kind of stock", words.STOCK.get(living.home.stock, ""), kind, "Change", "kind of stock"),
        _row("UPRN", living.home.uprn, kind, "Change", "UPRN"),
    ]


def living_now(homes: list[Living], today: date) -> Living | None:
    """Where they live today, of these."""
    return next((each for each in homes if _holds(each, today)), None)


def _holds(living: Living, day: date) -> bool:
    return (living.since is None or living.since <= day) and (living.until is None or living.until > day)


def lived(homes: list[Living], today: date) -> list[str]:
    """Where they lived before: "9 Alder Walk, until Tue 9 Jun"."""
    return [
        f"{each.home.address}, until {short_day(each.until, today)}"
        for each in homes
        if each.until is not None and each.until <= today
    ]


def household(person: Person, living: Living | None, today: date) -> list[dict[str, str]]:
    """The names of whoever else lives there, and as what. Nothing else of theirs."""
    if living is None:
        return []
    others = [each for each in queries.who_lives_at(living.home, today) if each.person_id != person.pk]
    return [
        {
            "name": str(each.person),
            "as": words.LIVES_THERE_AS.get(each.lives_there_as, "").lower(),
            "href": reverse("person", args=[each.person_id]),
        }
        for each in others
        if each.person.joined_into_id is None
    ]


def complaints(person: Person, today: date) -> tuple[list[dict[str, Any]], bool]:
    """Their complaints, and those they speak in, the newest first; and whether there are more."""
    found = of_people.of_person(person)
    rows = [
        {
            "reference": each.reference,
            "href": reverse("case", args=[each.reference]),
            "state": state_word(each.state, each.stage),
            "received": short_day(each.received_on, today) if each.received_on else "",
            "category": each.category,
            "as_representative": each.representative_id == person.pk,
        }
        for each in found[: of_people.MOST_SHOWN]
    ]
    return rows, len(found) > of_people.MOST_SHOWN


def representatives(person: Person, today: date, may_change: bool) -> list[dict[str, Any]]:
    """Who acts, or acted, for them."""
    return [
        _authority(each, each.representative, today, may_change) for each in queries.authorities_of(person)
    ]


def acts_for(person: Person, today: date) -> list[dict[str, Any]]:
    """For whom they act, or acted."""
    return [_authority(each, each.resident, today, False) for each in queries.acts_for(person)]


def _authority(given: Authority, other: Person, today: date, may_change: bool) -> dict[str, Any]:
    standing = queries.standing(given, today)
    facts = ["in writing" if given.written else "not in writing", f"since {long_day(given.since, today)}"]
    if standing == "ended" and given.ended_on:
        facts.append(f"ended {long_day(given.ended_on, today)}")
    elif given.expires_on:
        facts.append(f"{'expired' if standing == 'expired' else 'until'} {long_day(given.expires_on, today)}")
    return {
        "name": str(other),
        "href": reverse("person", args=[other.pk]),
        "standing": words.STANDING[standing],
        "late": standing == "expired",
        "facts": ", ".join(facts),
        "scope": given.scope,
        "end_url": reverse("person_authority_end", args=[given.resident_id, given.pk])
        if may_change and standing in ("holds", "to_come", "expired")
        else "",
    }


def references(person: Person, living: Living | None) -> list[dict[str, str]]:
    """What other systems call them and their home."""
    rows = [("this person", each) for each in person.references.all()]
    if living is not None:
        rows += [("this home", each) for each in living.home.references.all()]
    return [{"of": of, "source": each.source, "value": each.value} for of, each in rows]


def joined(person: Person, today: date, may_part: bool) -> list[dict[str, Any]]:
    """The records that were joined into this one."""
    rows = Joining.objects.filter(landlord=person.landlord_id, kept=person, undone_at__isnull=True)
    return [
        {
            "name": str(each.joined),
            "address": each.joined.address,
            "when": long_day(localdate(each.joined_at), today),
            "part_url": reverse("person_part", args=[person.pk, each.pk]) if may_part else "",
        }
        for each in sorted(rows.select_related("joined"), key=lambda each: each.pk, reverse=True)
    ]


KINDS = {way: KIND.get(way) for way in words.WAYS}
