"""Finding residents. Every question starts from a landlord."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from putright.record.people import words
from putright.record.people.models import Authority, Home, Living, Looked, Person, Reference, SafeContact

MOST_FOUND = 10


def of_landlord(landlord_id: int) -> QuerySet[Person]:
    """The people of one landlord, without records that were joined into another one's."""
    return Person.objects.filter(landlord_id=landlord_id, joined_into__isnull=True)


def likely(
    landlord_id: int, name: str = "", address: str = "", email: str = "", telephone: str = ""
) -> list[Person]:
    """Who this may be: people of that name, at that address, or with that email address or telephone.

    Those who match in most ways first; one more than MOST_FOUND for more than that. Nobody is taken for
    somebody else here: a person decides. A record that was joined into another leads to that one.
    """
    people = Person.objects.filter(landlord_id=landlord_id)
    email, telephone = (each.replace("\0", "").strip() for each in (email, telephone))
    texts = dict.fromkeys(text.strip() for text in (f"{name} {address}", name, address))
    ways = [words.matching(people, text) for text in texts if text]
    exact = (("email__iexact", email), ("telephone", telephone))
    ways += [people.filter(**{field: value}) for field, value in exact if value]
    found: dict[int, Person] = {}
    for way in ways:
        # Not sorted by the database: it would read all that match before giving the first.
        for person in sorted(way[: MOST_FOUND + 1], key=_by_name):
            kept = kept_of(person)
            found.setdefault(kept.pk, kept)
    return list(found.values())[: MOST_FOUND + 1]


def kept_of(person: Person) -> Person:
    """The record somebody is kept under: their own, or the one it was joined into."""
    while person.joined_into is not None:
        person = person.joined_into
    return person


def _by_name(person: Person) -> tuple[str, str, int]:
    return person.name.casefold(), person.address.casefold(), person.pk


def under_safe_contact(landlord_id: int, people: Iterable[Person]) -> set[int]:
    """The numbers of those of these people who have said what is safe. One statement."""
    numbers = [each.pk for each in people]
    held = SafeContact.objects.filter(landlord=landlord_id, person__in=numbers, ended_on__isnull=True)
    return set(held.values_list("person", flat=True)) if numbers else set()


def named(person: Person, text: str) -> bool:
    """Whether every word of a text begins a word of somebody's name."""
    names = person.name.casefold().split()
    return all(any(name.startswith(word) for name in names) for word in text.casefold().split())


# Where they live


def live_there(day: date) -> Q:
    """The condition that somebody lives at a home on a day: it counts from the day they came, not the day they left."""
    began = Q(since__isnull=True) | Q(since__lte=day)
    return began & (Q(until__isnull=True) | Q(until__gt=day))


def home_of(person: Person, day: date) -> Home | None:
    """Where somebody lives on a day; the one they came to last where there are several. One statement."""
    found = Living.objects.filter(live_there(day), landlord=person.landlord_id, person=person)
    living = _latest(found.select_related("home"))
    return living[0].home if living else None


def homes_of(person: Person) -> list[Living]:
    """Every home of somebody, the newest first. One statement."""
    return _latest(Living.objects.filter(landlord=person.landlord_id, person=person).select_related("home"))


def household_of(person: Person, day: date) -> list[Living]:
    """Who lives with somebody on a day, by name, without themselves: who was at the same home at the same time.

    Somebody who left on the day another came is not of one household with them. Two statements.
    """
    home = home_of(person, day)
    if home is None:
        return []
    return [living for living in who_lives_at(home, day) if living.person_id != person.pk]


MOST_AT_A_HOME = 50


def who_lives_at(home: Home, day: date) -> list[Living]:
    """Who lives at a home on a day, by name; the first fifty. One statement."""
    found = Living.objects.filter(live_there(day), landlord=home.landlord_id, home=home)
    some = found.select_related("person")[:MOST_AT_A_HOME]
    return sorted({each.person_id: each for each in some}.values(), key=lambda each: _by_name(each.person))


def _latest(found: QuerySet[Living]) -> list[Living]:
    return sorted(found, key=lambda each: (each.since or date.min, each.pk), reverse=True)


# Who acts for them


def authorities_of(person: Person) -> list[Authority]:
    """Who may act, or might once, for somebody: the newest first. One statement."""
    found = Authority.objects.filter(landlord=person.landlord_id, resident=person)
    return sorted(found.select_related("representative"), key=lambda each: each.pk, reverse=True)


def acts_for(person: Person) -> list[Authority]:
    """For whom somebody may act, or might once: the newest first. One statement."""
    found = Authority.objects.filter(landlord=person.landlord_id, representative=person)
    return sorted(found.select_related("resident"), key=lambda each: each.pk, reverse=True)


def standing(given: Authority, day: date) -> str:
    """How an authority stands on a day: ended, expired, to_come or holds. It holds to the end of its last day."""
    if given.ended_on is not None and given.ended_on <= day:
        return "ended"
    if given.expires_on is not None and given.expires_on < day:
        return "expired"
    return "to_come" if given.since > day else "holds"


def authority_between(resident: Person, representative: Person, day: date) -> Authority | None:
    """The authority by which somebody acts for a resident: one that holds on that day, else the newest there was."""
    found = Authority.objects.filter(
        landlord=resident.landlord_id, resident=resident, representative=representative
    )
    ranked = sorted(found, key=lambda each: (standing(each, day) == "holds", each.pk), reverse=True)
    return ranked[0] if ranked else None


# What others call them


def key_of_reference(value: str) -> str:
    """A reference as it is looked for: without spaces, in capitals."""
    return "".join(value.split()).upper()


def referred_to(landlord_id: int, value: str) -> list[Reference]:
    """The people and homes that somebody calls so, whoever that is; the first few. One statement."""
    key = key_of_reference(value.replace("\0", ""))
    if not key or len(key) > 60:
        return []
    found = Reference.objects.filter(landlord=landlord_id, key=key).select_related("person", "home")
    return list(found[:MOST_FOUND])


def homes_with_uprn(landlord_id: int, uprn: str) -> list[Home]:
    """The homes with this number. One statement."""
    return list(Home.objects.filter(landlord=landlord_id, uprn=uprn)[:MOST_FOUND]) if uprn else []


# Who looked

LOOKS_A_PAGE = 50


def looks(
    landlord_id: int, person: int | None = None, who: str = "", before: int | None = None
) -> list[Looked]:
    """Who looked at what is sensitive, the newest first: one more than a page. One statement, by an index."""
    found = Looked.objects.filter(landlord=landlord_id).select_related("person")
    if person is not None:
        found = found.filter(person=person)
    if who:
        found = found.filter(who=who)
    if before is not None:
        found = found.filter(entry__lt=before)
    return list(found.order_by("-entry")[: LOOKS_A_PAGE + 1])
