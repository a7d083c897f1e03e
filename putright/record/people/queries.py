"""Finding residents. Every question starts from a landlord."""

from __future__ import annotations

from django.db.models import QuerySet

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
