"""Finding residents. Every question starts from a landlord."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from putright.record.people import words
from putright.record.people.models import Home, Living, Person

MOST_FOUND = 10


def of_landlord(landlord_id: int) -> QuerySet[Person]:
    """The people of one landlord."""
    return Person.objects.filter(landlord_id=landlord_id)


def likely(
    landlord_id: int, name: str = "", address: str = "", email: str = "", telephone: str = ""
) -> list[Person]:
    """Who this may be: people of that name, at that address, or with that email address or telephone.

    Those who match in most ways first; one more than MOST_FOUND for more than that. Nobody is taken for
    somebody else here: a person decides.
    """
    people = of_landlord(landlord_id)
    email, telephone = (each.replace("\0", "").strip() for each in (email, telephone))
    texts = dict.fromkeys(text.strip() for text in (f"{name} {address}", name, address))
    ways = [words.matching(people, text) for text in texts if text]
    exact = (("email__iexact", email), ("telephone", telephone))
    ways += [people.filter(**{field: value}) for field, value in exact if value]
    found: dict[int, Person] = {}
    for way in ways:
        # Not sorted by the database: it would read all that match before giving the first.
        for person in sorted(way[: MOST_FOUND + 1], key=_by_name):
            found.setdefault(person.pk, person)
    return list(found.values())[: MOST_FOUND + 1]


def _by_name(person: Person) -> tuple[str, str, int]:
    return person.name.casefold(), person.address.casefold(), person.pk


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
