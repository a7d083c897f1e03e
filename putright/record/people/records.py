"""Small writes about residents and those who act for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from putright.record.landlords.models import Landlord
from putright.record.people import addresses, queries
from putright.record.people.models import Home, Living, Person, Reference


def add(
    landlord: Landlord, name: str = "", address: str = "", email: str = "", telephone: str = ""
) -> Person:
    """Somebody we did not know, at the home of their address. What is not known stays empty."""
    person = Person.objects.create(
        landlord=landlord,
        name=_one_line(name),
        address=_one_line(address),
        email=email.strip(),
        telephone=_one_line(telephone),
    )
    _live_at_their_address(person)
    return person


def fill_in(person: Person, **told: str) -> None:
    """Keep what we did not know of somebody yet. What we knew stays as it was."""
    new = {
        name: _one_line(value) for name, value in told.items() if value.strip() and not getattr(person, name)
    }
    for name, value in new.items():
        setattr(person, name, value)
    if new:
        person.save(update_fields=list(new))
    if "address" in new and not person.homes.exists():
        _live_at_their_address(person)


# Homes


def home_for(landlord: Landlord, address: str) -> Home | None:
    """The home of this address, however it is written; made if there is none.

    None for an address that cannot be one home and no other: nobody is put together with others by it.
    """
    address = _one_line(address.replace("\0", " "))
    if len(address) > addresses.LONGEST or not addresses.names_one_home(address):
        return None
    return home_at(landlord, address)


def home_at(landlord: Landlord, address: str) -> Home:
    """The home of this address because somebody says that it is one; made if there is none."""
    address = _one_line(address)
    found, _ = Home.objects.get_or_create(
        landlord=landlord, key=addresses.key(address), defaults={"address": address}
    )
    return found


def homes_for(landlord: Landlord, written: Iterable[str]) -> dict[str, Home]:
    """As `home_for`, for many addresses at once: each that is one home, and its home. Three statements at most."""
    keys = {each: addresses.key(each) for each in set(written) if addresses.names_one_home(each)}
    known = _homes_by_key(landlord, keys.values())
    new = {
        key: Home(landlord=landlord, key=key, address=each) for each, key in keys.items() if key not in known
    }
    if new:
        Home.objects.bulk_create(new.values(), ignore_conflicts=True)
        known |= _homes_by_key(landlord, new)
    return {each: known[key] for each, key in keys.items()}


def _homes_by_key(landlord: Landlord, keys: Iterable[str]) -> dict[str, Home]:
    return {home.key: home for home in Home.objects.filter(landlord=landlord, key__in=list(keys))}


def home_on(person: Person, day: date) -> Home | None:
    """Where somebody lived on a day. Where we know no home of theirs at all: that of their address, kept from now."""
    known = queries.home_of(person, day)
    if known is None and not person.homes.exists():
        return _live_at_their_address(person)
    return known


def live_at(
    person: Person,
    home: Home,
    *,
    lives_there_as: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Living:
    """Somebody lives, or lived, at a home: from a day on, up to the day they left. None: not known, or still there."""
    return Living.objects.create(
        landlord_id=person.landlord_id,
        person=person,
        home=home,
        lives_there_as=lives_there_as,
        since=since,
        until=until,
    )


def _live_at_their_address(person: Person) -> Home | None:
    home = home_for(person.landlord, person.address)
    if home is not None:
        live_at(person, home)
    return home


# What others call them


def refer(thing: Person | Home, source: str, value: str) -> tuple[Reference, bool]:
    """What another system calls a person or a home; kept once, and whether it is new."""
    of = {"person": thing} if isinstance(thing, Person) else {"home": thing}
    return Reference.objects.get_or_create(
        **of,
        source=source,
        key=queries.key_of_reference(value),
        defaults={"landlord_id": thing.landlord_id, "value": value},
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
