"""Finding residents. Every question starts from a landlord."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from putright.record.people import words
from putright.record.people.models import Person

MOST_FOUND = 10


def of_landlord(landlord_id: int) -> QuerySet[Person]:
    """The people of one landlord."""
    return Person.objects.filter(landlord_id=landlord_id)


def likely(
    landlord_id: int, name: str = "", address: str = "", email: str = "", telephone: str = ""
) -> list[Person]:
    """Who this may be: people of that name, at that address, or with that email address or telephone.

    At most MOST_FOUND, those who match in most ways first. Nobody is taken for somebody else here:
    a person decides.
    """
    people = of_landlord(landlord_id)
    email, telephone = email.replace("\0", ""), telephone.replace("\0", "")
    ways = [words.matching(people, text) for text in (f"{name} {address}", name, address) if text.strip()]
    exact = [("email__iexact", email.strip()), ("telephone", telephone.strip())]
    ways += [people.filter(Q(**{field: value})) for field, value in exact if value]
    return _merged(way.order_by("name", "address", "id")[:MOST_FOUND] for way in ways)


def _merged(ways: Iterable[Iterable[Person]]) -> list[Person]:
    found: dict[int, Person] = {}
    for way in ways:
        for person in way:
            found.setdefault(person.pk, person)
    return list(found.values())[:MOST_FOUND]
