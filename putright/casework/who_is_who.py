"""Who is who: a person's name corrected, and two records of one person joined, or parted again.

Only a person decides that two records are of one person, and it can be taken back: what moved is written
down by its numbers. Whatever points at a person moves, whichever part it belongs to; `STAYS` says what does
not. What either said is safe holds for the joined record, the stricter of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, Q
from django.utils.timezone import localdate

from complaint_rules import safe_contact as safe_rules
from complaint_rules.events import Actor
from putright.record.cases import of_people
from putright.record.cases.models import Case
from putright.record.journal import queries as journal_queries
from putright.record.journal import records as journal
from putright.record.landlords.queries import LANDLORDS_OWN
from putright.record.people import actions, rights, safe_contact
from putright.record.people.actions import NotForThisRole, NotPossible
from putright.record.people.models import Authority, Joining, Person, SafeContact

FILLED_IN = ("address", "email", "telephone", "preferred_way", "language")

STAYS = frozenset(
    {
        "people.Person.joined_into",
        "people.Joining.kept",
        "people.Joining.joined",
        "people.Looked.person",  # whom somebody looked at then
        # By hand here: the stricter holds, and whom one fears the other is kept from.
        "people.SafeContact.person",
        "people.SafeContact_not_people.person",
    }
)
"""What points at a person and does not move when two records are joined."""

PARTED = "Two records were joined and parted again. Ask them what is safe before anything leaves."


# A new name


def correct_details(person: Person, told: Mapping[str, str], reason: str = "", **how: Any) -> Person:
    """As `people.actions.correct_details`; the cases of somebody with a new name are found by it."""
    with transaction.atomic():
        numbers, before = _held(person), Person.objects.get(pk=person.pk)
        changed = actions.correct_details(person, told, reason, **how)
        _found_by_what_is_new(before, changed, numbers)
    return changed


def move(person: Person, address: str, since: date, **how: Any) -> Person:
    """As `people.actions.move`; their cases are found by the new address."""
    with transaction.atomic():
        numbers, before = _held(person), Person.objects.get(pk=person.pk)
        moved = actions.move(person, address, since, **how)
        _found_by_what_is_new(before, moved, numbers)
    return moved


def correct_address(person: Person, address: str, reason: str, **how: Any) -> Person:
    """As `people.actions.correct_address`; their cases are found by the right address."""
    with transaction.atomic():
        numbers, before = _held(person), Person.objects.get(pk=person.pk)
        corrected = actions.correct_address(person, address, reason, **how)
        _found_by_what_is_new(before, corrected, numbers)
    return corrected


def _held(*people: Person) -> list[int]:
    """The numbers of the cases of these people, each held: cases before the landlord's chain, as actions do."""
    numbers = of_people.numbers_of(people[0].landlord_id, people)
    of_people.lock(people[0].landlord_id, numbers)
    return numbers


def _found_by_what_is_new(before: Person, now: Person, numbers: list[int]) -> None:
    if (before.name, before.address) != (now.name, now.address):
        of_people.write_words(now.landlord_id, numbers)


# Two records of one person


@dataclass
class Preview:
    """What joining two records would do: what stands in the way, what to look at twice, and what moves."""

    kept: Person
    joined: Person
    in_the_way: list[str] = field(default_factory=list)
    look_twice: list[str] = field(default_factory=list)
    differ: list[tuple[str, str, str]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    safe_contact: str = ""  # "": nobody said anything; "one": what one said; "both": the stricter of both


def preview(kept: Person, joined: Person, day: date) -> Preview:
    """What joining would do. Nothing is changed."""
    found = Preview(kept, joined, in_the_way=list(_in_the_way(kept, joined)))
    found.cases = of_people.of_person(joined)
    names = ("name", "address", "email", "telephone")
    held = [(name, getattr(kept, name), getattr(joined, name)) for name in names]
    found.differ = [(name, one, other) for name, one, other in held if one and other and one != other]
    said = [safe_contact.is_under(each) for each in (kept, joined)]
    found.safe_contact = ("", "one", "both")[sum(said)]
    found.look_twice = list(_look_twice(kept, joined, day))
    return found


def _in_the_way(kept: Person, joined: Person) -> Iterator[str]:
    if kept.pk == joined.pk or kept.landlord_id != joined.landlord_id:
        yield "Choose another record."
        return
    if kept.joined_into_id or joined.joined_into_id:
        yield "One of these records was joined with another already."
    pairs = Q(resident=kept, representative=joined) | Q(resident=joined, representative=kept)
    if Authority.objects.filter(pairs, landlord=kept.landlord_id).exists():
        yield "One of them acts for the other, so they are two people."
    if Case.objects.filter(pairs, landlord=kept.landlord_id).exists():
        yield "In a complaint one of them acts for the other, so they are two people."
    if safe_contact.is_feared(kept, joined) or safe_contact.is_feared(joined, kept):
        yield "One of them has said that nothing may reach the other, so they are two people."


def _look_twice(kept: Person, joined: Person, day: date) -> Iterator[str]:
    at_once = [
        (one, other)
        for one in kept.homes.all()
        for other in joined.homes.all()
        if one.home_id == other.home_id and "joint_tenant" in (one.lives_there_as, other.lives_there_as)
    ]
    if at_once:
        yield "They are recorded as joint tenants of one home. Are they really one person?"


def join(
    kept: Person, joined: Person, reason: str, *, by: Actor, at: datetime, key: str | None = None
) -> Joining:
    """Two records are of one person, somebody says and why: everything of one moves to the other.

    Raises NotForThisRole, or NotPossible where something stands in the way.
    """
    _only_who_may_join(by)
    if not reason.strip():
        raise NotPossible("Say how you know that they are one person.", "reason")
    with transaction.atomic():
        numbers = _held(kept, joined)
        head = journal.lock(kept.landlord_id, LANDLORDS_OWN)
        before = journal_queries.by_key(kept.landlord_id, key) if key else None
        if before is not None:
            return Joining.objects.get(landlord=kept.landlord_id, pk=before.data["joining"])
        people = Person.objects.filter(landlord=kept.landlord_id, pk__in=[kept.pk, joined.pk])
        found = {each.pk: each for each in people.select_related("landlord")}
        if len(found) < 2:
            raise NotPossible("Choose another record.")
        kept, joined = found[kept.pk], found[joined.pk]
        for says in _in_the_way(kept, joined):
            raise NotPossible(says)
        moved: dict[str, Any] = {"rows": _move_rows(kept, joined)}
        moved["feared"] = _also_feared(kept, joined)
        moved["filled"] = _fill_in(kept, joined)
        moved["safe"] = _the_stricter_holds(kept, joined, by, at)
        made = Joining.objects.create(
            landlord_id=kept.landlord_id, kept=kept, joined=joined, moved=moved, joined_at=at
        )
        # What is said to be safe has an entry of its own, so the head is read again.
        head = journal.lock(kept.landlord_id, LANDLORDS_OWN)
        told = {"person": kept.pk, "joined": joined.pk, "joining": made.pk}
        told["cases"] = moved["rows"].get("cases.Case.resident", [])
        entry = journal.append(
            head, journal.New("join_people", by, at, told, {"reason": reason.strip()}, key)
        )
        kept.entry = joined.entry = entry.number
        joined.joined_into = kept
        kept.save(update_fields=["entry", *moved["filled"]])
        joined.save(update_fields=["entry", "joined_into"])
        of_people.write_words(kept.landlord_id, numbers)
    return made


def part(made: Joining, reason: str, *, by: Actor, at: datetime, key: str | None = None) -> Joining:
    """They were two people after all: what moved moves back. What came to the joined record since stays with it.

    Where what is safe was said anew meanwhile, nothing is safe for the parted record until somebody asks.
    """
    _only_who_may_join(by)
    if not reason.strip():
        raise NotPossible("Say how you know that they are two people.", "reason")
    with transaction.atomic():
        numbers = _held(made.kept, made.joined)
        journal.lock(made.landlord_id, LANDLORDS_OWN)
        made = Joining.objects.select_related("kept__landlord", "joined__landlord").get(
            pk=made.pk, landlord=made.landlord_id
        )
        if key and journal_queries.by_key(made.landlord_id, key):
            return made
        if made.undone_at is not None:
            raise NotPossible("They are parted already.")
        if made.kept.joined_into_id is not None:
            raise NotPossible("The record was joined with another one since. Part those first.")
        kept, joined = made.kept, made.joined
        _move_rows_back(made)
        for held in SafeContact.objects.filter(pk__in=made.moved["feared"]):
            held.not_people.remove(kept)
        filled = [name for name in made.moved["filled"] if getattr(kept, name) == getattr(joined, name)]
        for name in filled:
            setattr(kept, name, "")
        _as_each_said(made, by, at)
        head = journal.lock(made.landlord_id, LANDLORDS_OWN)
        told = {"person": kept.pk, "joined": joined.pk, "joining": made.pk}
        entry = journal.append(
            head, journal.New("part_people", by, at, told, {"reason": reason.strip()}, key)
        )
        kept.entry = joined.entry = entry.number
        joined.joined_into = None
        kept.save(update_fields=["entry", *filled])
        joined.save(update_fields=["entry", "joined_into"])
        made.undone_at = at
        made.save(update_fields=["undone_at"])
        of_people.write_words(made.landlord_id, numbers)
    return made


def _only_who_may_join(by: Actor) -> None:
    if by.kind != "staff" or by.role not in rights.MAY[rights.JOIN]:
        raise NotForThisRole(NotForThisRole.__doc__)


# What moves


def pointing_at_people() -> Iterator[tuple[str, Any, str]]:
    """Every field of any part that points at a person: its name, its model, and the field's name."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            model, name = relation.related_model, relation.field.name
            yield f"{model._meta.label}.{name}", model, name


def _move_rows(kept: Person, joined: Person) -> dict[str, list[int]]:
    moved: dict[str, list[int]] = {}
    for label, model, name in pointing_at_people():
        if label in STAYS:
            continue
        rows = model._base_manager.filter(**{name: joined})
        numbers = sorted(rows.values_list("pk", flat=True))
        if label == "people.Reference.person":
            numbers = _not_there_already(kept, numbers)
        if numbers:
            model._base_manager.filter(pk__in=numbers).update(**{name: kept})
            moved[label] = numbers
    return moved


def _not_there_already(kept: Person, numbers: list[int]) -> list[int]:
    """References that the kept record does not have: the same one twice stays where it is."""
    from putright.record.people.models import Reference

    there = set(kept.references.values_list("source", "key"))
    rows = Reference.objects.filter(pk__in=numbers).values_list("pk", "source", "key")
    return [pk for pk, source, key in rows if (source, key) not in there]


def _move_rows_back(made: Joining) -> None:
    models = {label: (model, name) for label, model, name in pointing_at_people()}
    for label, numbers in made.moved["rows"].items():
        model, name = models[label]
        # Only what is still with the kept record: somebody may have put it elsewhere since.
        still = {name: made.kept, "pk__in": numbers}
        model._base_manager.filter(**still).update(**{name: made.joined})


def _also_feared(kept: Person, joined: Person) -> list[int]:
    """Where somebody said that nothing may reach the joined record, nothing may reach the kept one."""
    held = SafeContact.objects.filter(landlord=kept.landlord_id, not_people=joined)
    new = list(held.exclude(not_people=kept))
    for each in new:
        each.not_people.add(kept)
    return [each.pk for each in new]


def _fill_in(kept: Person, joined: Person) -> list[str]:
    """Details that the kept record lacks come from the other; their names."""
    filled = [name for name in FILLED_IN if getattr(joined, name) and not getattr(kept, name)]
    for name in filled:
        setattr(kept, name, getattr(joined, name))
    return filled


# What is safe


def _the_stricter_holds(kept: Person, joined: Person, by: Actor, at: datetime) -> dict[str, Any]:
    """What was safe before: the rows of each that held, and the row made of both."""
    one, other = safe_contact.held_for(kept), safe_contact.held_for(joined)
    safe: dict[str, Any] = {"kept": one and one.pk, "joined": other and other.pk, "made": None}
    if other is None:
        return safe
    if one is None:
        SafeContact.objects.filter(pk=other.pk).update(person=kept)
        return safe
    told = _stricter(one, other)
    people = set(one.not_people.all()) | set(other.not_people.all())
    ended_on = max(localdate(at), one.since, other.since)
    SafeContact.objects.filter(pk__in=[one.pk, other.pk]).update(ended_on=ended_on)
    made = safe_contact.set_safe_contact(kept, not_people=people, by=by, at=at, **told)
    return safe | {"made": made.pk}


def _stricter(one: SafeContact, other: SafeContact) -> dict[str, Any]:
    """What both let leave; and everything that either does not."""
    barred = list(dict.fromkeys([*one.not_to, *other.not_to]))
    both = [
        way for each in one.allowed for way in [_both_let(each, other.allowed, barred)] if way is not None
    ]
    words = list(dict.fromkeys(each.code_word for each in (one, other) if each.code_word))
    notes = [each.note for each in (one, other) if each.note]
    if len(words) > 1:
        notes.append(f"The other code word: {words[1]}")
    note = "\n\n".join([*notes, "Joined from two records. What both said is safe holds."])
    return {
        "allowed": both,
        "not_to": barred,
        "code_word": "".join(words[:1]),
        "note": note[: safe_contact.LONGEST_NOTE],
    }


def _both_let(way: dict[str, Any], others: list[dict[str, Any]], barred: list[str]) -> dict[str, Any] | None:
    kind = safe_rules.KIND.get(way["way"])
    to = way.get("to") or ""
    if kind and (not to or any(safe_rules.may_be_same(kind, to, each) for each in barred)):
        return None
    for each in others:
        if each["way"] != way["way"] or (kind and not safe_rules.same(kind, to, each.get("to") or "")):
            continue
        hours = _hours_of_both(way, each)
        if hours is not None:
            voicemail = bool(way.get("voicemail") and each.get("voicemail"))
            return {"way": way["way"], "to": to, "from": hours[0], "until": hours[1], "voicemail": voicemail}
    return None


def _hours_of_both(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, str] | None:
    """The hours that are safe by both, as "09:00"; None where none are, or where it is not plain."""
    first, second = ((each.get("from") or "", each.get("until") or "") for each in (one, other))
    if first == second or not any(second):
        return first
    if not any(first):
        return second
    if first[0] >= first[1] or second[0] >= second[1]:
        return None  # over midnight, and not the same: ask
    start, until = max(first[0], second[0]), min(first[1], second[1])
    return (start, until) if start < until else None


def _as_each_said(made: Joining, by: Actor, at: datetime) -> None:
    """What each had said is safe holds for each again; where it was said anew or ended since, somebody must ask."""
    safe, kept, joined = made.moved["safe"], made.kept, made.joined
    held = safe_contact.held_for(kept)
    now = held and held.pk
    as_it_was = now == (safe["made"] or safe["kept"] or safe["joined"])
    if safe["made"]:
        # It holds the words of both, so it stays with neither.
        SafeContact.objects.filter(pk=safe["made"]).delete()
    elif safe["joined"]:
        SafeContact.objects.filter(pk=safe["joined"]).update(person=joined)
    if as_it_was:
        if safe["made"]:
            SafeContact.objects.filter(pk__in=[safe["kept"], safe["joined"]]).update(ended_on=None)
        return
    _nothing_is_safe(joined, by, at)
    if now is None and safe["kept"]:
        _nothing_is_safe(kept, by, at)


def _nothing_is_safe(person: Person, by: Actor, at: datetime) -> None:
    safe_contact.set_safe_contact(person, note=PARTED, by=by, at=at)
