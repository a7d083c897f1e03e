"""What somebody says is safe: write it down, end it, read it; and new addresses that nobody has checked.

The most sensitive of all that is kept. Each change and each view is an entry in the landlord's own chain: who,
when, whom it is about, and a digest that only this installation can make. Never what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from complaint_rules import safe_contact as rules
from complaint_rules.events import Actor
from complaint_rules.safe_contact import Answer, Detail, Facts, Instruction, Mandate
from putright.record.journal import chain
from putright.record.journal import records as journal
from putright.record.journal.models import Entry
from putright.record.people import queries, words
from putright.record.people.models import (
    WAYS,
    Authority,
    ClaimedDetail,
    Living,
    Need,
    Person,
    SafeContact,
)

LANDLORDS_OWN = 0
KINDS = ("address", "email", "telephone")
MOST_WAYS = 20
MOST_OTHERS = 100
LONGEST = 300
LONGEST_NOTE = 5_000
SEES, SETS, SETTLES_CLAIMS = rules.SEES, rules.SETS, rules.SETTLES_CLAIMS


class NotDone(Exception):
    """Nothing was changed, and why."""


class NotForThisRole(NotDone):
    """Their role does not do this."""


@dataclass
class NotPossible(NotDone):
    """It cannot be written down so. `field` is the answer that is wrong or missing."""

    says: str
    field: str = ""

    def __str__(self) -> str:
        return self.says


# Writing


def set_safe_contact(
    person: Person,
    *,
    allowed: Sequence[Mapping[str, Any]] = (),
    not_to: Sequence[str] = (),
    not_people: Iterable[Person] = (),
    code_word: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
    checked_by: str = "",
) -> SafeContact:
    """Write down what somebody says is safe, in place of what they said before.

    `allowed` holds ways as `SafeContact.allowed` does: {"way", "to", "from", "until", "voicemail"}; none: nothing is
    safe. An empty `to` is the detail we hold now, which is written out. Where something was said before, and this
    lets more leave than that did, a second member of staff has checked it with the resident: `checked_by`, as the
    journal names them. Raises NotForThisRole or NotPossible.
    """
    _only(by, SETS, person)
    people = list(not_people)
    ways = [_way(person, each) for each in _no_more_than(allowed, MOST_WAYS, "allowed")]
    barred = _texts(not_to)
    code_word, note = _one_line(code_word, 60, "code_word"), _tidy(note)
    _none_of_their_own(person, people)
    _agree(ways, barred)
    with transaction.atomic():
        head = journal.lock(person.landlord_id, LANDLORDS_OWN)
        before = SafeContact.objects.filter(person=person, ended_on__isnull=True).first()
        if before is not None:
            if _lets_more_leave(before, ways, barred, people):
                _second_check(by, checked_by)
            _end(before, localdate(at))
        made = SafeContact.objects.create(
            landlord_id=person.landlord_id,
            person=person,
            allowed=ways,
            not_to=barred,
            code_word=code_word,
            note=note,
            since=localdate(at),
        )
        made.not_people.set(people)
        _write(head, "set_safe_contact", person, by, at, made, checked_by)
    return made


def end_safe_contact(person: Person, *, by: Actor, at: datetime, checked_by: str) -> None:
    """Nothing is unsafe any more, says the resident, and a second member of staff has checked it with them."""
    _only(by, SETS, person)
    _second_check(by, checked_by)
    with transaction.atomic():
        head = journal.lock(person.landlord_id, LANDLORDS_OWN)
        held = SafeContact.objects.filter(person=person, ended_on__isnull=True).first()
        if held is None:
            raise NotPossible("Nothing is recorded about what is safe for them.")
        _end(held, localdate(at))
        _write(head, "end_safe_contact", person, by, at, held, checked_by)


def _end(held: SafeContact, day: date) -> None:
    held.ended_on = max(day, held.since)
    held.save(update_fields=["ended_on"])


def _write(
    head: Any, verb: str, person: Person, by: Actor, at: datetime, held: SafeContact, checked_by: str
) -> Entry:
    data = {"person": person.pk, "digest": _digest(held)}
    if checked_by:
        data["checked_by"] = checked_by
    return journal.append(head, journal.New(verb, by, at, data))


def _digest(held: SafeContact) -> str:
    """A digest of what was written down. Made with the secret of this installation, so nobody guesses it back."""
    told = [
        held.pk,
        held.allowed,
        held.not_to,
        sorted(held.not_people.values_list("pk", flat=True)),
        held.code_word,
        held.note,
    ]
    return salted_hmac("putright.safe_contact", chain.written_one_way(told), algorithm="sha256").hexdigest()


def is_as_written(held: SafeContact, entry: Entry) -> bool:
    """Whether what is kept is still what the entry that wrote it down is about."""
    return entry.data.get("digest") == _digest(held)


def _lets_more_leave(
    before: SafeContact, ways: list[dict[str, Any]], barred: list[str], people: list[Person]
) -> bool:
    """Whether this could let something leave that what was said before would have stopped."""
    more_ways = any(each not in before.allowed for each in ways)
    fewer_barred = any(each not in barred for each in before.not_to)
    kept = {person.pk for person in people}
    fewer_people = any(pk not in kept for pk in before.not_people.values_list("pk", flat=True))
    return more_ways or fewer_barred or fewer_people


def _second_check(by: Actor, checked_by: str) -> None:
    if not checked_by:
        says = "This lets more reach them than before. Name a second person who has checked it with them."
        raise NotPossible(says, "checked_by")
    if checked_by == by.person:
        raise NotPossible("The second person must be somebody else.", "checked_by")


def _only(by: Actor, roles: frozenset[str], person: Person) -> None:
    """Staff in one of these roles; or the resident, about themselves."""
    theirs = by.kind == "resident" and by.person == f"p{person.pk}" and roles is SETS
    if not theirs and not (by.kind == "staff" and by.role in roles):
        raise NotForThisRole("Your role does not do this.")


# What may be written down


def _way(person: Person, given: Mapping[str, Any]) -> dict[str, Any]:
    way = given.get("way")
    if way not in WAYS:
        raise NotPossible("Choose a way that is safe.", "allowed")
    to = _one_line(str(given.get("to") or ""), LONGEST, "allowed")
    _reads_as(way, to)
    kind = rules.KIND.get(way)
    if kind and not to:
        to = _the_one_we_hold(person, kind)
    start, until = _hour(given.get("from")), _hour(given.get("until"))
    if (start is None) is not (until is None):
        raise NotPossible("Give both hours: from when, and until when.", "allowed")
    if start is not None and start == until:
        raise NotPossible("The hours must begin and end at different times.", "allowed")
    return {
        "way": way,
        "to": to,
        "from": start or "",
        "until": until or "",
        "voicemail": way == "telephone" and given.get("voicemail") is True,
    }


def _the_one_we_hold(person: Person, kind: str) -> str:
    """The detail we hold, written out: what is changed in it later is not safe by itself."""
    held: str = getattr(person, kind)
    if not held:
        raise NotPossible(f"Give the {_CALLED[kind]} that is safe: we hold none.", "allowed")
    homes = list(Living.objects.filter(landlord=person.landlord_id, person=person))
    others = _of_others(person, homes) + _at_the_same_address(person)
    if any(each.kind == kind and rules.may_be_same(kind, held, each.value) for each in others):
        says = f"Somebody else uses the {_CALLED[kind]} we hold. Ask whether it is safe, and write it out."
        raise NotPossible(says, "allowed")
    return held


_CALLED = {"telephone": "number", "email": "email address", "address": "address"}


def _reads_as(way: str, to: str) -> None:
    kind = rules.KIND.get(way)
    if not to:
        return
    if kind is None:
        raise NotPossible("The portal has no number or address. Leave it empty.", "allowed")
    if kind == "telephone" and len(rules.written_telephone(to)) < 7:
        raise NotPossible("Give the number that is safe, with its area code.", "allowed")
    if kind == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+", to):
        raise NotPossible("Give the email address that is safe, like name@example.org.", "allowed")
    if kind == "address" and not rules.written_address(to):
        raise NotPossible("Give the address that is safe.", "allowed")


def _hour(given: Any) -> str | None:
    if given in (None, ""):
        return None
    try:
        moment = given if isinstance(given, time) else time.fromisoformat(str(given))
    except ValueError:
        raise NotPossible("Write the hours like 09:00.", "allowed") from None
    return moment.strftime("%H:%M")


def _texts(given: Sequence[str]) -> list[str]:
    found = [_one_line(each, LONGEST, "not_to") for each in _no_more_than(given, MOST_WAYS, "not_to")]
    return list(dict.fromkeys(each for each in found if each))


def _no_more_than[Each](given: Sequence[Each], most: int, name: str) -> Sequence[Each]:
    if len(given) > most:
        raise NotPossible(f"Give no more than {most}.", name)
    return given


def _one_line(text: str, longest: int, name: str) -> str:
    text = " ".join(text.replace("\0", "").split())
    if len(text) > longest:
        raise NotPossible(f"Use no more than {longest} characters.", name)
    return text


def _tidy(note: str) -> str:
    note = note.replace("\0", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise NotPossible(f"Use no more than {LONGEST_NOTE:,} characters.", "note")
    return note


def _none_of_their_own(person: Person, people: list[Person]) -> None:
    if any(each.pk == person.pk for each in people):
        raise NotPossible("They cannot be kept from themselves.", "not_people")
    if any(each.landlord_id != person.landlord_id for each in people):
        raise NotPossible("Choose somebody whom we know.", "not_people")


def _agree(ways: list[dict[str, Any]], barred: list[str]) -> None:
    for each in ways:
        kind = rules.KIND.get(each["way"])
        if kind and each["to"] and any(rules.may_be_same(kind, each["to"], other) for other in barred):
            raise NotPossible("The same number or address is both safe and not. Ask them which.", "not_to")


# Looking


def held_for(person: Person) -> SafeContact | None:
    """What is said to be safe for somebody now; None where nothing is. One statement."""
    return holding(person).first()


def is_under(person: Person) -> bool:
    """Whether anything is said about what is safe for them. One statement."""
    return holding(person).exists()


def holding(person: Person) -> QuerySet[SafeContact]:
    """What holds for somebody, or for whom their record was joined into."""
    return SafeContact.objects.filter(
        Q(person=person.pk) | Q(person=person.joined_into_id or person.pk),
        landlord=person.landlord_id,
        ended_on__isnull=True,
    ).order_by("-pk")


# What the rule reads


def ways_for(person: Person, at: datetime) -> dict[str, Answer]:
    """Each of WAYS, and whether something may leave for somebody that way at this moment, with the reason if not."""
    return rules.answers(facts_of(person, at), at)


def facts_of(person: Person, at: datetime) -> Facts:
    """What the rule reads of somebody. Five statements; four more where they have said what is safe."""
    held, day = held_for(person), localdate(at)
    person = person.joined_into or person
    homes = list(Living.objects.filter(landlord=person.landlord_id, person=person).select_related("home"))
    facts = Facts(
        adjustments=adjustments_of(person, day),
        held=_details(person),
        claimed=tuple(Detail(each.kind, each.value) for each in claims_of(person)),
        left=_left(homes, day),
        shared=_of_others(person, homes),
    )
    if held is None:
        return facts
    return Facts(
        instruction=_instruction(held),
        adjustments=facts.adjustments,
        held=facts.held,
        claimed=facts.claimed,
        left=facts.left,
        feared=_of_feared(held),
        shared=facts.shared + _at_the_same_address(person),
    )


def _instruction(held: SafeContact) -> Instruction:
    ways = [rules.way_as_kept(each) for each in held.allowed if isinstance(each, Mapping)]
    barred = tuple(each for each in held.not_to if isinstance(each, str))
    return Instruction(tuple(each for each in ways if each is not None), barred, bool(held.code_word))


def _details(person: Person) -> tuple[Detail, ...]:
    return tuple(Detail(kind, getattr(person, kind)) for kind in KINDS if getattr(person, kind))


def _left(homes: list[Living], day: date) -> tuple[str, ...]:
    """The homes they have left and not come back to."""
    now = {each.home_id for each in homes if each.until is None or each.until > day}
    return tuple(
        each.home.address for each in homes if each.home_id not in now and each.until and each.until <= day
    )


def _of_others(person: Person, homes: list[Living]) -> tuple[Detail, ...]:
    """The details of everybody who lives or lived at a home of theirs, at whatever time."""
    if not homes:
        return ()
    rows = Living.objects.filter(landlord=person.landlord_id, home__in=[each.home_id for each in homes])
    others = rows.exclude(person=person).select_related("person", "home")[:MOST_OTHERS]
    found = [detail for each in others for detail in _details(each.person)]
    return tuple(found + [Detail("address", each.home.address) for each in others])


def _at_the_same_address(person: Person) -> tuple[Detail, ...]:
    """The details of others who are known at their address or by their email address."""
    of_landlord = queries.of_landlord(person.landlord_id).exclude(pk=person.pk)
    found: dict[int, Person] = {}
    for text in (person.address, person.email):
        if text.strip():
            found |= {each.pk: each for each in words.matching(of_landlord, text)[:MOST_OTHERS]}
    return tuple(detail for each in found.values() for detail in _details(each))


def _of_feared(held: SafeContact) -> tuple[Detail, ...]:
    """The details of the people whom nothing may reach, with every home they live at or lived at."""
    people = [one for each in held.not_people.select_related("joined_into") for one in _records_of(each)]
    found = [detail for each in people for detail in _details(each)]
    if people:
        homes = Living.objects.filter(landlord=held.landlord_id, person__in=people).select_related("home")
        found += [Detail("address", each.home.address) for each in homes]
    return tuple(found)


def _records_of(person: Person) -> list[Person]:
    """A record, and the one that it was joined into."""
    return [person] if person.joined_into is None else [person, person.joined_into]


def adjustments_of(person: Person, day: date) -> frozenset[str]:
    """The adjustments agreed with somebody that hold on a day. One statement."""
    found = Need.objects.filter(landlord=person.landlord_id, person=person, since__lte=day)
    found = found.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)).exclude(adjustment="")
    return frozenset(found.values_list("adjustment", flat=True))


def format_for(person: Person, day: date) -> str:
    """The format of what is written for somebody: standard, large_print, plain_text, easy_read, audio, braille."""
    return rules.format_of(adjustments_of(person, day))


_REFERENCE = re.compile(r"\b[A-Za-z0-9]{1,10}-\d{2}-\d{3,7}\b")


def mandates_of(resident: Person, representative: Person) -> list[Mandate]:
    """Each authority of a resident's for this representative. A scope that names cases is for those alone."""
    rows = Authority.objects.filter(
        landlord=resident.landlord_id, resident=resident, representative=representative
    )
    return [
        Mandate(
            each.written,
            each.since,
            each.expires_on,
            each.ended_on,
            frozenset(found.casefold() for found in _REFERENCE.findall(each.scope)),
        )
        for each in rows
    ]


def is_feared(resident: Person, other: Person) -> bool:
    """Whether the resident has said that nothing may reach this person."""
    return holding(resident).filter(not_people__in=[other.pk, other.joined_into_id or other.pk]).exists()


# New addresses and numbers


def claim_detail(
    person: Person, kind: str, value: str, came_by: str, *, by: Actor, at: datetime
) -> ClaimedDetail | None:
    """Keep a new address, email address or number that came to us, without believing it.

    None where it is no news: it is the one we hold, or one that they have said is safe. The same claim is kept once.
    """
    if kind not in KINDS:
        raise NotPossible("Choose an address, an email address or a number.", "kind")
    value = _one_line(value, LONGEST, "value")
    if not value:
        raise NotPossible("Enter the new address or number.", "value")
    if _is_known(person, kind, value):
        return None
    with transaction.atomic():
        head = journal.lock(person.landlord_id, LANDLORDS_OWN)
        known = next(
            (each for each in claims_of(person) if each.kind == kind and rules.same(kind, each.value, value)),
            None,
        )
        if known is not None:
            return known
        made = ClaimedDetail.objects.create(
            landlord_id=person.landlord_id, person=person, kind=kind, value=value, came_by=came_by, came_at=at
        )
        data = {"person": person.pk, "claim": made.pk, "kind": kind, "came_by": came_by}
        journal.append(head, journal.New("claim_detail", by, at, data))
    return made


def _is_known(person: Person, kind: str, value: str) -> bool:
    if rules.same(kind, getattr(person, kind), value):
        return True
    held = held_for(person)
    safe = _instruction(held).allowed if held else ()
    return any(rules.KIND.get(each.way) == kind and rules.same(kind, each.to, value) for each in safe)


def claims_of(person: Person) -> list[ClaimedDetail]:
    """What came to us of somebody and nobody has checked, the oldest first. One statement."""
    waiting = ClaimedDetail.objects.filter(
        landlord=person.landlord_id, person=person, settled_at__isnull=True
    )
    return list(waiting.order_by("came_at", "pk"))


def settle_claim(
    claim: ClaimedDetail, *, believed: bool, how: str, by: Actor, at: datetime, checked_by: str = ""
) -> ClaimedDetail:
    """Believe a new address or number, so that it becomes theirs, or reject it; `how` it was checked, in words.

    For somebody who has said what is safe, a second member of staff is named who checked it with them. It does not
    become a safe way by this: only `set_safe_contact` says so.
    """
    _only(by, SETTLES_CLAIMS, claim.person)
    how = _tidy(how)
    if not how:
        raise NotPossible("Say how it was checked.", "how")
    if believed and is_under(claim.person):
        _second_check(by, checked_by)
    with transaction.atomic():
        head = journal.lock(claim.landlord_id, LANDLORDS_OWN)
        fresh = ClaimedDetail.objects.select_related("person").get(pk=claim.pk)
        if fresh.settled_at is not None:
            raise NotPossible("Somebody has settled this already.")
        if believed:
            _becomes_theirs(fresh)
        fresh.settled_at, fresh.believed = at, believed
        fresh.save(update_fields=["settled_at", "believed"])
        data = {"person": fresh.person_id, "claim": fresh.pk, "kind": fresh.kind, "believed": believed}
        if checked_by:
            data["checked_by"] = checked_by
        journal.append(head, journal.New("settle_claim", by, at, data, {"how": how}))
    return fresh


def _becomes_theirs(claim: ClaimedDetail) -> None:
    longest = {"address": 300, "email": 254, "telephone": 40}[claim.kind]
    if len(claim.value) > longest:
        raise NotPossible(f"Use no more than {longest} characters.", "value")
    setattr(claim.person, claim.kind, claim.value)
    claim.person.save(update_fields=[claim.kind])
