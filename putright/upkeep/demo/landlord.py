"""A made-up landlord with its staff, and as many made-up cases as asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import calendar
from putright.upkeep.demo import bulk
from putright.upkeep.demo.plans import Cast, Planner, working_day_before
from putright.upkeep.demo.today import Today

DEMO_CASES = 400
DEMO_SEED = 26
DEMO_SPAN = timedelta(days=730)

STAFF = (
    ("Ivo Marsh", "contact_staff", "Contact centre", "officer"),
    ("Ben Okafor", "complaints_officer", "Complaints", "officer"),
    ("Tess Amadi", "complaints_officer", "Complaints", "manager"),
    ("Cara Lind", "investigator", "Repairs", "officer"),
    ("Sol Peretz", "investigator", "Housing", "manager"),
    ("Mina Castell", "investigator", "Estates", "officer"),
    ("Femi Rowe", "reviewer", "Directorate", "head"),
    ("Una Brandt", "reviewer", "Directorate", "director"),
    ("Quin Asher", "quality_checker", "Complaints", "officer"),
    ("Rafa Silva", "service_manager", "Repairs", "manager"),
    ("Lola Finch", "ombudsman_liaison", "Complaints", "manager"),
    ("Bea Holt", "board_member", "Board", ""),
    ("Aled Voss", "auditor", "Audit", ""),
    ("Ada Kerr", "administrator", "Systems", ""),
)
OWN_TARGETS = {
    "targets": [{"clock": "acknowledge", "length": 3, "unit": "working_days", "starts": "received"}],
}


def make_landlord(
    name: str = "Tern Valley Homes",
    slug: str = "tern-valley",
    prefix: str = "TV",
    began: date = date(2020, 7, 7),
) -> tuple[Landlord, ProcedureVersion]:
    """The landlord of this slug, its procedure and its staff; made if it is not there."""
    landlord, _ = Landlord.objects.get_or_create(slug=slug, defaults={"name": name, "prefix": prefix})
    version, _ = ProcedureVersion.objects.get_or_create(
        landlord=landlord, number=1, defaults={"in_force_on": began, "changes": OWN_TARGETS}
    )
    for who, role, team, seniority in STAFF:
        email = f"{who.split()[0].lower()}@{slug}.example"
        user, _ = User.objects.get_or_create(email=email, defaults={"name": who, "password": "!"})
        Membership.objects.get_or_create(
            user=user,
            landlord=landlord,
            defaults={"roles": [role], "team": team, "seniority": seniority},
        )
    return landlord, version


def cast_of(landlord: Landlord) -> Cast:
    """The staff of a made-up landlord by role, as the journal names them."""
    members = Membership.objects.filter(landlord=landlord).order_by("pk").values_list("roles", "user_id")
    by_role: dict[str, list[str]] = {}
    for roles, user in members:
        for role in roles:
            by_role.setdefault(role, []).append(str(user))
    return Cast(**{role: by_role[role] for role in Cast.__dataclass_fields__})


def load_demo(told: Callable[[int], None] = lambda done: None) -> Landlord:
    """The demo's landlord with its cases up to this moment; only what is not there yet is made.

    All or nothing: a run that is cut short leaves no half-filled landlord behind.
    """
    with transaction.atomic():
        landlord, version = make_landlord()
        if not Case.objects.filter(landlord=landlord).exists():
            now = timezone.now()
            planner = Planner(Random(DEMO_SEED), cast_of(landlord), calendar(), now)
            live = Today(planner).cases()
            began = now.date() - DEMO_SPAN
            earlier = [planner.case(day) for day in _days_received(planner, DEMO_CASES - len(live), began)]
            plans = sorted(earlier + live, key=lambda plan: plan.steps[0].at)
            bulk.write(landlord, version, plans, told)
    return landlord


def days_since_loaded(landlord: Landlord) -> int:
    """How many days ago the newest case came in."""
    newest = Case.objects.filter(landlord=landlord).aggregate(Max("received_on"))["received_on__max"]
    return (timezone.localdate() - newest).days if newest else 0


def generate(
    landlord: Landlord,
    version: ProcedureVersion,
    cases: int,
    seed: int,
    began: date,
    now: datetime,
    told: Callable[[int], None] = lambda done: None,
) -> int:
    """Write so many made-up cases received from `began` until `now`; how many were written."""
    planner = Planner(Random(seed), cast_of(landlord), calendar(), now)
    plans = (planner.case(day) for day in _days_received(planner, cases, began))
    return bulk.write(landlord, version, plans, told)


def _days_received(planner: Planner, cases: int, began: date) -> list[date]:
    """The days on which so many cases are received, up to the day before `now`; in order."""
    days = planner.calendar
    last = planner.now.date() - timedelta(days=1)
    drawn = (began + timedelta(days=planner.random.randint(0, (last - began).days)) for _ in range(cases))
    return sorted(working_day_before(days, day, 0) for day in drawn)
