"""What is done to what we know of a person. Each change is one entry in the landlord's own chain.

An entry says who, when, which person and which fields; never what they hold. A name and a reason are words
beside it. What is sensitive (needs, what is safe) is in no entry and no text, only in its own rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from complaint_rules.events import Actor
from complaint_rules.working_days import in_words
from putright.record.journal import queries as journal_queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head
from putright.record.landlords.models import Landlord
from putright.record.landlords.queries import LANDLORDS_OWN
from putright.record.people import addresses, needs, queries, records, rights
from putright.record.people.models import Authority, Home, Living, Need, Person, Reference

DETAILS = ("name", "email", "telephone", "preferred_way")


class NotDone(Exception):
    """Nothing was changed, and why."""


class NotForThisRole(NotDone):
    """None of your roles may do this."""


@dataclass
class Changed(NotDone):
    """Somebody has changed the person since they were read."""

    person: Person
    entry: Entry | None

    def __str__(self) -> str:
        return "Somebody has changed this person since you read the page."


@dataclass
class NotPossible(NotDone):
    """Something stands in the way. `field` is the answer that is wrong or missing, empty for the step itself."""

    says: str
    field: str = ""

    def __str__(self) -> str:
        return self.says


@dataclass
class Change:
    """A change about to be written: the person read afresh under the lock, and what the entry will say."""

    head: Head
    person: Person
    done: bool
    fields: tuple[str, ...] = ()  # of the person, new
    facts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    entry: Entry | None = None


@contextmanager
def changing(
    person: Person,
    verb: str,
    right: str,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Iterator[Change]:
    """The person read afresh under the lock of the landlord's chain; the entry is written when the block ends well.

    With `done`, a request of this `key` was made before: write nothing. Changed where somebody was faster.
    """
    _only(by, right)
    with transaction.atomic():
        head = journal.lock(person.landlord_id, LANDLORDS_OWN)
        fresh = Person.objects.select_related("landlord").get(pk=person.pk, landlord=person.landlord_id)
        before = journal_queries.by_key(person.landlord_id, key) if key else None
        change = Change(head, fresh, before is not None, entry=before)
        if not change.done and read_at is not None and fresh.entry > read_at:
            raise Changed(fresh, _newest(fresh))
        if not change.done and fresh.joined_into_id is not None:
            raise NotPossible("This record was joined with another one. Change that one.")
        yield change
        if not change.done:
            new = journal.New(verb, by, at, {"person": fresh.pk, **change.facts}, change.words, key)
            change.entry = journal.append(head, new)
            fresh.entry = change.entry.number
            fresh.save(update_fields=["entry", *change.fields])


def _only(by: Actor, right: str) -> None:
    if by.kind != "staff" or by.role not in rights.MAY[right]:
        raise NotForThisRole(NotForThisRole.__doc__)


def _newest(person: Person) -> Entry | None:
    chain = Entry.objects.filter(landlord=person.landlord_id, case=LANDLORDS_OWN)
    return chain.filter(number=person.entry).first()


# Who they are


def add_person(
    landlord: Landlord, told: Mapping[str, str], *, by: Actor, at: datetime, key: str | None = None
) -> Person:
    """Somebody we did not know, at the home of their address. A name or an address is needed."""
    _only(by, rights.CHANGE_DETAILS)
    if not (told.get("name", "").strip() or told.get("address", "").strip()):
        raise NotPossible("Enter a name, or where they live.", "name")
    with transaction.atomic():
        head = journal.lock(landlord.pk, LANDLORDS_OWN)
        before = journal_queries.by_key(landlord.pk, key) if key else None
        if before is not None:
            return Person.objects.get(landlord=landlord, pk=before.data["person"])
        known = {
            name: value for name, value in told.items() if name in ("name", "address", "email", "telephone")
        }
        person = records.add(landlord, **known)
        person.preferred_way, person.language = told.get("preferred_way", ""), told.get("language", "")
        person.entry = journal.append(
            head, journal.New("add_person", by, at, {"person": person.pk}, key=key)
        ).number
        person.save()
    return person


def correct_details(
    person: Person,
    told: Mapping[str, str],
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Person:
    """Name, email address, telephone and preferred way as they now are. A new name needs a reason.

    Whoever calls this brings the words that cases are found by up to the new name (`casework.people`).
    """
    with changing(
        person, "correct_person", rights.CHANGE_DETAILS, by=by, at=at, read_at=read_at, key=key
    ) as change:
        if change.done:
            return change.person
        new = {name: " ".join(value.split()) for name, value in told.items() if name in DETAILS}
        changed = [name for name, value in new.items() if value != getattr(change.person, name)]
        if not changed:
            change.done = True
            return change.person
        if "name" in changed:
            if not new["name"] and not change.person.address:
                raise NotPossible("Enter a name: we hold no address for them.", "name")
            if change.person.name and not reason.strip():
                raise NotPossible("Give the reason for the new name.", "reason")
            change.words |= {"name_before": change.person.name, "name": new["name"], "reason": reason.strip()}
        for name in changed:
            setattr(change.person, name, new[name])
        change.fields = tuple(changed)
        change.facts["changed"] = changed
    return change.person


def set_language(
    person: Person,
    language: str,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Person:
    """The language somebody is spoken and written to in; empty for English. Sensitive, like a need."""
    with changing(
        person, "set_language", rights.CHANGE_NEEDS, by=by, at=at, read_at=read_at, key=key
    ) as change:
        language = " ".join(language.split())
        if language == change.person.language:
            change.done = True
        elif not change.done:
            change.person.language = language
            change.fields = ("language",)
    return change.person


# Where they live


def move(
    person: Person,
    address: str,
    since: date,
    *,
    lives_there_as: str = "",
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Person:
    """They live somewhere else since a day. The home before ends that day, and stays theirs for the days before."""
    with changing(
        person, "move_home", rights.CHANGE_DETAILS, by=by, at=at, read_at=read_at, key=key
    ) as change:
        if change.done:
            return change.person
        person, address = change.person, _address(address)
        if since > localdate(at):
            raise NotPossible("The day must be today or earlier.", "since")
        records.home_on(person, since)
        held = [each for each in queries.homes_of(person) if each.until is None or each.until > since]
        if any(each.since is not None and each.since >= since for each in held):
            raise NotPossible(
                "They came to the home we hold on that day or later. Give a later day.", "since"
            )
        for living in held:
            Living.objects.filter(pk=living.pk).update(until=since)
        home = records.home_at(person.landlord, address)
        records.live_at(person, home, lives_there_as=lives_there_as, since=since)
        person.address, change.fields = address, ("address",)
        change.facts |= {"home": home.pk, "since": since.isoformat()}
    return person


def correct_address(
    person: Person,
    address: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Person:
    """The address was wrong: they never lived there. Their days at it become days at the right one."""
    with changing(
        person, "correct_address", rights.CHANGE_DETAILS, by=by, at=at, read_at=read_at, key=key
    ) as change:
        if change.done:
            return change.person
        person, address = change.person, _address(address)
        if not reason.strip():
            raise NotPossible("Give the reason for the new address.", "reason")
        home = records.home_at(person.landlord, address)
        now = [each for each in queries.homes_of(person) if each.until is None][:1]
        for living in now:
            Living.objects.filter(pk=living.pk).update(home=home)
        if not now:
            records.live_at(person, home)
        person.address, change.fields = address, ("address",)
        change.facts |= {"home": home.pk}
        change.words["reason"] = reason.strip()
    return person


def _address(address: str) -> str:
    address = " ".join(address.split())
    if not addresses.key(address):
        raise NotPossible("Enter the address.", "address")
    if len(address) > addresses.LONGEST:
        raise NotPossible(f"The address must be {addresses.LONGEST} characters or fewer.", "address")
    return address


def describe_home(
    person: Person,
    home: Home,
    *,
    tenure: str,
    stock: str,
    uprn: str,
    lives_there_as: str | None = None,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Home:
    """The tenure, the kind of stock and the UPRN of a home of this person's, and as what they live there.

    A UPRN is up to 12 digits, as text.
    """
    uprn = "".join(uprn.split())
    if uprn and not (uprn.isascii() and uprn.isdigit() and len(uprn) <= MOST_DIGITS):
        raise NotPossible(
            f"The UPRN is a number of up to {MOST_DIGITS} digits, without letters or points.", "uprn"
        )
    with changing(
        person, "describe_home", rights.CHANGE_DETAILS, by=by, at=at, read_at=read_at, key=key
    ) as change:
        home = Home.objects.get(landlord=person.landlord_id, pk=home.pk)
        if change.done:
            return home
        if uprn and Home.objects.filter(landlord=person.landlord_id, uprn=uprn).exclude(pk=home.pk).exists():
            raise NotPossible("Another home has this UPRN. Check the number.", "uprn")
        new = {"tenure": tenure, "stock": stock, "uprn": uprn}
        change.facts |= {
            "home": home.pk,
            "changed": [name for name in new if getattr(home, name) != new[name]],
        }
        for name, value in new.items():
            setattr(home, name, value)
        home.save()
        if lives_there_as is not None:
            theirs = Living.objects.filter(landlord=person.landlord_id, person=person, home=home)
            theirs.update(lives_there_as=lives_there_as)
    return home


MOST_DIGITS = 12


# What makes it easier for them


@dataclass(frozen=True, slots=True)
class NewNeed:
    """A need in words, or an adjustment by its code with words if wanted; when it is looked at again."""

    words: str = ""
    adjustment: str = ""
    alert: str = ""
    review_on: date | None = None


def add_need(
    person: Person,
    told: NewNeed,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Need | None:
    """Keep a need or an adjustment from today on. None where it is known already, or this request was made before."""
    if not told.words.strip() and not told.adjustment:
        raise NotPossible("Enter what makes it hard for them, or choose what we do about it.", "words")
    if told.adjustment == "other" and not told.words.strip():
        raise NotPossible("Say what the adjustment is.", "words")
    today = localdate(at)
    _review_is_to_come(told.review_on, today)
    adjustment, words = needs.as_ours(told.adjustment, told.words)
    need = Need(
        landlord_id=person.landlord_id,
        person=person,
        adjustment=adjustment,
        words=words,
        alert=told.alert,
        since=today,
        review_on=told.review_on,
    )
    with changing(
        person, "record_need", rights.CHANGE_NEEDS, by=by, at=at, read_at=read_at, key=key
    ) as change:
        if change.done or needs.is_known(change.person, need):
            change.done = True
            return None
        need.save()
        change.facts["need"] = need.pk
    return need


def review_need(
    need: Need, still_right: bool, review_on: date | None, *, by: Actor, at: datetime, key: str | None = None
) -> Need:
    """Looked at again: still right, and the day of the next look; or it ends today."""
    verb, today = ("review_need", localdate(at)) if still_right else ("end_need", localdate(at))
    if still_right:
        _review_is_to_come(review_on, today)
        if review_on is None:
            raise NotPossible("Give the day to look at it again.", "review_on")
    with changing(need.person, verb, rights.CHANGE_NEEDS, by=by, at=at, key=key) as change:
        fresh = Need.objects.get(pk=need.pk, landlord=need.landlord_id)
        if change.done:
            return fresh
        if fresh.ended_on is not None:
            raise NotPossible(f"It ended on {in_words(fresh.ended_on)} already.")
        if still_right:
            fresh.review_on = review_on
        else:
            fresh.ended_on = today
        fresh.save()
        change.facts["need"] = fresh.pk
    return fresh


def _review_is_to_come(review_on: date | None, today: date) -> None:
    if review_on is None:
        return
    if review_on <= today:
        raise NotPossible("The day to look at it again must be after today.", "review_on")
    if review_on > today + timedelta(days=LONGEST_WITHOUT_REVIEW):
        raise NotPossible("Look at it again within three years.", "review_on")


LONGEST_WITHOUT_REVIEW = 3 * 366


# Who acts for them


def give_authority(
    person: Person,
    representative: Person,
    *,
    written: bool,
    scope: str,
    since: date,
    expires_on: date | None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Authority | None:
    """The resident says that somebody may act for them. None where a request of this key has kept it before."""
    if representative.pk == person.pk or representative.landlord_id != person.landlord_id:
        raise NotPossible("Choose somebody else: nobody acts for themselves.", "representative")
    if since > localdate(at):
        raise NotPossible("The day must be today or earlier.", "since")
    if expires_on is not None and expires_on <= since:
        raise NotPossible("It must end after the day it was given.", "expires_on")
    with changing(person, "give_authority", rights.CHANGE_AUTHORITY, by=by, at=at, key=key) as change:
        if change.done:
            return None
        given = Authority.objects.create(
            landlord_id=person.landlord_id,
            resident=change.person,
            representative=representative,
            written=written,
            scope=scope.strip(),
            since=since,
            expires_on=expires_on,
        )
        change.facts |= {"authority": given.pk, "representative": representative.pk, "written": written}
    return given


def end_authority(given: Authority, *, by: Actor, at: datetime, key: str | None = None) -> Authority:
    """The resident takes it back, or it is no longer wanted: it ends today."""
    with changing(given.resident, "end_authority", rights.CHANGE_AUTHORITY, by=by, at=at, key=key) as change:
        fresh = Authority.objects.get(pk=given.pk, landlord=given.landlord_id)
        if change.done:
            return fresh
        if fresh.ended_on is not None:
            raise NotPossible(f"It ended on {in_words(fresh.ended_on)} already.")
        fresh.ended_on = localdate(at)
        fresh.save()
        change.facts |= {"authority": fresh.pk, "representative": fresh.representative_id}
    return fresh


# What others call them


def refer(
    person: Person,
    source: str,
    value: str,
    *,
    home: Home | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Reference | None:
    """What another system calls this person, or a home of theirs. None where a request of this key has kept it."""
    source, value = " ".join(source.split()), " ".join(value.split())
    if not source:
        raise NotPossible("Enter who calls it so.", "source")
    if not value:
        raise NotPossible("Enter the reference.", "value")
    if len(source) > LONGEST_REFERENCE or len(queries.key_of_reference(value)) > LONGEST_REFERENCE:
        raise NotPossible(f"Use no more than {LONGEST_REFERENCE} characters.", "value")
    with changing(person, "refer", rights.CHANGE_DETAILS, by=by, at=at, key=key) as change:
        if change.done:
            return None
        kept, _ = records.refer(change.person if home is None else home, source, value)
        change.facts |= {"reference": kept.pk} | ({"home": home.pk} if home else {})
    return kept


LONGEST_REFERENCE = 60
