"""Whoever writes a person need not think of the index: SQLite's triggers are there after every migration."""

from __future__ import annotations

from typing import Any

from putright.record.people import queries, words
from putright.record.people.models import Person


def found(cast: Any, text: str) -> list[Person]:
    return list(words.matching(queries.of_landlord(cast.landlord.pk), text))


def test_a_person_is_found_by_a_new_name_and_no_more_by_the_old(cast: Any) -> None:
    person = cast.resident
    assert found(cast, "Yusuf") == [person]
    Person.objects.filter(pk=person.pk).update(name="Amira Hassan")
    assert found(cast, "Hassan") == [person]
    assert found(cast, "Yusuf") == []


def test_a_person_who_is_gone_is_not_found(cast: Any) -> None:
    Person.objects.filter(pk=cast.other_resident.pk).delete()
    assert found(cast, "Nowak") == []
