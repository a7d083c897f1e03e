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


def fill_in(person: Person, **told: str) -> None:
    """Keep what we did not know of somebody yet. What we knew stays as it was."""
    new = {
        name: _one_line(value) for name, value in told.items() if value.strip() and not getattr(person, name)
    }
    for name, value in new.items():
        setattr(person, name, value)
    if new:
        person.save(update_fields=list(new))


def _one_line(text: str) -> str:
    return " ".join(text.split())
