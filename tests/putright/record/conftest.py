"""A landlord under the 2024 Code, an officer, and a complaint that has been received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

LONDON = ZoneInfo("Europe/London")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass
class Scene:
    """What a test of the journal starts from."""

    landlord: object
    officer: object
    colleague: object
    case: object

    def do(self, name: str, at: str, case: object = None, **given: object) -> object:
        from putright.casework import verb

        given.setdefault("by", self.officer)
        return verb(name)(case or self.case, at=moment(at), **given)


def make_scene() -> Scene:
    from complaint_rules.events import Actor
    from putright.casework import verb
    from putright.record.accounts.models import User
    from putright.record.landlords.models import Landlord, ProcedureVersion
    from putright.record.people.models import Person

    landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
    ProcedureVersion.objects.create(landlord=landlord, number=1, in_force_on=date(2020, 1, 1))
    ben = User.objects.create(email="ben@tern.example", name="Ben Okafor")
    cara = User.objects.create(email="cara@tern.example", name="Cara Lind")
    officer = Actor("staff", str(ben.pk), "complaints_officer")
    received = verb("receive")(
        landlord,
        by=officer,
        at=moment("2026-11-16T09:30"),
        channel="telephone",
        account="Damp in the back bedroom.",
        points=["Damp left untreated", "Missed visit"],
        outcomes=["Repair"],
        resident=Person.objects.create(landlord=landlord, name="Amira Yusuf", address="14 Sedge Court"),
    )
    return Scene(landlord, officer, Actor("staff", str(cara.pk), "investigator"), received.case)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def committed_scene(transactional_db: None) -> Scene:
    """The same, written for good: for tests with several connections."""
    return make_scene()
