"""Small writes about residents and those who act for them."""

from __future__ import annotations

from putright.record.landlords.models import Landlord
from putright.record.people.models import Person


def add(
    landlord: Landlord, name: str = "", address: str = "", email: str = "", telephone: str = ""
) -> Person:
    """Somebody we did not know. What is not known stays empty."""
    return Person.objects.create(
        landlord=landlord,
        name=_one_line(name),
        address=_one_line(address),
        email=email.strip(),
        telephone=_one_line(telephone),
    )


def fill_in(person: Person, **told: str) -> list[str]:
    """Keep what we did not know of somebody; the names of what we knew otherwise, which stays as it was."""
    new, otherwise = [], []
    for name, value in told.items():
        value = _one_line(value)
        known = getattr(person, name)
        if value and not known:
            setattr(person, name, value)
            new.append(name)
        elif value and value.casefold() != known.casefold():
            otherwise.append(name)
    if new:
        person.save(update_fields=new)
    return otherwise


def _one_line(text: str) -> str:
    return " ".join(text.split())
