"""The people that tests of pages share, at two landlords, on Tuesday 1 December 2026 at ten in the morning.

Everybody tries every page: the officer whose case it is, a colleague, another landlord's officer, those
whose role does not reach so far, and nobody at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 12, 1)
PASSWORD = "correct horse battery staple"


def moment(text: str) -> datetime:
    """ "2026-11-16T09:30" in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


class Clock:
    """What the product takes for now. It stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = moment("2026-12-01T10:00")
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now.astimezone(ZoneInfo("UTC")))

    def set(self, text: str) -> None:
        self.now = moment(text)

    def pass_by(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@dataclass
class Cast:
    """Everybody, and the verbs in their hands."""

    clock: Clock
    landlord: Any = None
    other_landlord: Any = None
    users: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    resident: Any = None
    other_resident: Any = None

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str) -> Any:
        from complaint_rules.events import Actor

        return Actor("staff", str(self.users[name].pk), self.roles[name])

    def do(
        self, verb_name: str, subject: Any, by: str = "officer", at: str | None = None, **given: Any
    ) -> Any:
        """Do an action as one of the cast; now, unless said when."""
        from putright.casework import verb

        when = moment(at) if at else self.clock.now
        return verb(verb_name)(subject, by=self.actor(by), at=when, **given)

    def receive(self, at: str | None = None, **given: Any) -> Any:
        """A complaint of the resident's, at our landlord unless told otherwise. Gives the case."""
        landlord = given.pop("landlord", self.landlord)
        by = given.pop("by", "officer" if landlord == self.landlord else "stranger")
        given = {
            "channel": "telephone",
            "account": "The back bedroom is damp and nobody came on 9 November.",
            "points": ["Damp left untreated", "Missed visit"],
            "outcomes": ["Treat the walls"],
            "resident": self.resident if landlord == self.landlord else None,
        } | given
        return self.do("receive", landlord, by=by, at=at, **given).case

    def open(
        self, received: str = "2026-11-16T09:30", acknowledged: str = "2026-11-20T11:05", **given: Any
    ) -> Any:
        """A complaint acknowledged and given to the investigator: answer due ten working days later."""
        case = self.receive(received, **given)
        self.do("acknowledge", case, at=acknowledged, definition="Damp left untreated; a missed visit.")
        self.do("assign", case, at=acknowledged, handler=str(self.users["investigator"].pk))
        return self.fresh(case)

    def fresh(self, case: Any) -> Any:
        from putright.record.cases.models import Case

        return Case.objects.select_related("landlord", "procedure").get(pk=case.pk)

    def client(self, name: str | None = None) -> Any:
        """A browser in which this person is signed in; nobody where no name is given."""
        from django.test import Client

        client = Client()
        if name is not None:
            client.force_login(self.users[name])
        return client


MEMBERS = {
    "officer": ("Ben Okafor", "complaints_officer"),
    "colleague": ("Olive Marsh", "complaints_officer"),
    "investigator": ("Cara Lind", "investigator"),
    "reviewer": ("Rita Amoah", "reviewer"),
    "contact_staff": ("Connie Day", "contact_staff"),
    "service_manager": ("Sam Pryce", "service_manager"),
    "quality_checker": ("Quinn Reyes", "quality_checker"),
    "liaison": ("Lena Fox", "ombudsman_liaison"),
    "board_member": ("Bea Holt", "board_member"),
    "auditor": ("Ada Quill", "auditor"),
    "administrator": ("Adam Stone", "administrator"),
}


def make_cast(clock: Clock) -> Cast:
    from putright.record.accounts.models import Membership, User
    from putright.record.landlords.models import Landlord, ProcedureVersion
    from putright.record.people.models import Person

    cast = Cast(clock)
    cast.landlord = Landlord.objects.create(name="Tern Valley Homes", slug="tern-valley", prefix="TV")
    cast.other_landlord = Landlord.objects.create(name="Heron Court Housing", slug="heron-court", prefix="HC")
    for landlord in (cast.landlord, cast.other_landlord):
        ProcedureVersion.objects.create(landlord=landlord, number=1, in_force_on=date(2020, 1, 1))
    members = [(key, name, role, cast.landlord) for key, (name, role) in MEMBERS.items()]
    members.append(("stranger", "Hal Winter", "complaints_officer", cast.other_landlord))
    for key, name, role, landlord in members:
        user = User.objects.create(email=f"{key}@{landlord.slug}.example", name=name)
        Membership.objects.create(user=user, landlord=landlord, roles=[role])
        cast.users[key], cast.roles[key] = user, role
    cast.resident = Person.objects.create(
        landlord=cast.landlord,
        name="Amira Yusuf",
        address="14 Sedge Court",
        email="amira@example.org",
        telephone="07700 900123",
    )
    cast.other_resident = Person.objects.create(
        landlord=cast.landlord, name="Paul Nowak", address="3 Mill Row", email="paul@example.org"
    )
    return cast


@pytest.fixture
def cast(db: None, clock: Clock) -> Cast:
    return make_cast(clock)


@pytest.fixture
def committed_cast(transactional_db: None, clock: Clock) -> Cast:
    """The same, written for good: for tests with several connections."""
    return make_cast(clock)
