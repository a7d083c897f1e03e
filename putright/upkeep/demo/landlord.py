"""A made-up landlord with its staff, and as many made-up cases as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from itertools import batched, count
from random import Random

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import calendar
from putright.upkeep.demo import bulk, people, stories
from putright.upkeep.demo.plans import Cast, PlannedCase, Planner, working_day_before
from putright.upkeep.demo.today import Today

DEMO_CASES = 400
DEMO_SEED = 26
DEMO_SPAN = timedelta(days=730)
SHARE_AGAIN = 0.12

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
OWN_TERMS = {
    "targets": [{"clock": "acknowledge", "length": 3, "unit": "working_days", "starts": "received"}],
    "quality_check": {"answer": True, "says": "Somebody else reads every answer before it goes."},
}


class NotMadeUp(Exception):
    """A landlord that is not one of ours to fill."""


def make_landlord(
    name: str = "Tern Valley Homes",
    slug: str = "tern-valley",
    prefix: str = "TV",
    began: date = date(2020, 7, 7),
) -> tuple[Landlord, ProcedureVersion]:
    """The landlord of this slug, its procedure and its staff; made if it is not there.

    NotMadeUp where real people work there: nobody's own records are mixed with made-up ones.
    """
    elsewhere = Membership.objects.filter(landlord__slug=slug).exclude(
        user__email__endswith=f"@{slug}.example"
    )
    if elsewhere.exists():
        raise NotMadeUp(
            f"{slug} is a landlord with staff of its own. Made-up cases go only to a made-up landlord."
        )
    landlord, _ = Landlord.objects.get_or_create(slug=slug, defaults={"name": name, "prefix": prefix})
    version, _ = ProcedureVersion.objects.get_or_create(
        landlord=landlord, number=1, defaults={"in_force_on": began, "changes": OWN_TERMS}
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
    return Cast(**{each.name: by_role[each.name] for each in fields(Cast)})


def load_demo() -> Landlord:
    """The demo's landlord with its cases up to this moment; only what is not there yet is made.

    All or nothing: a run that is cut short leaves no half-filled landlord behind.
    """
    with transaction.atomic():
        landlord, version = make_landlord()
        if not Case.objects.filter(landlord=landlord).exists():
            now = timezone.now()
            bulk.write(landlord, version, _demo_cases(landlord, now))
            people.describe(landlord, DEMO_SEED, now)
    return landlord


def _demo_cases(landlord: Landlord, now: datetime) -> list[PlannedCase]:
    planner, random = Planner(cast_of(landlord), calendar(), now), Random(DEMO_SEED)
    live = Today(planner, random).cases()
    days = _days_received(random, DEMO_CASES - len(live), now.date() - DEMO_SPAN, now)
    plans = sorted(live + [planner.case(random, day) for day in days], key=lambda plan: plan.steps[0].at)
    for number, plan in enumerate(plans):
        _perhaps_again(random, plan, plans[:number])
    for plan, reference in zip(
        plans, bulk.references(landlord, [_year(plan) for plan in plans]), strict=True
    ):
        plan.reference = reference
    return plans


def _year(plan: PlannedCase) -> int:
    return plan.steps[0].at.year


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
    """Write so many made-up cases received from `began` until `now`; how many were written.

    The same seed gives the same cases. `told` hears how many are done, now and then.
    """
    days = _days_received(Random(seed), cases, began, now)
    planner = Planner(cast_of(landlord), calendar(), now)
    wanted = zip(count(1), days, bulk.references(landlord, [day.year for day in days]), strict=False)
    done = 0
    for batch in batched(wanted, bulk.BATCH):
        done += bulk.write(landlord, version, _plans(planner, seed, batch))
        told(done)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # or pages are slow until the server gets round to it
    return done


def _plans(planner: Planner, seed: int, wanted: Iterable[tuple[int, date, str]]) -> list[PlannedCase]:
    """The planned cases of a batch. Each draws from a chance of its own, so a batch can be made without the others."""
    plans: list[PlannedCase] = []
    for number, day, reference in wanted:
        random = Random(f"{seed}/{number}")
        plan = planner.case(random, day)
        plan.reference = reference
        plan.address = stories.somewhere_else(random, plan.address)
        _perhaps_again(random, plan, plans)
        plans.append(plan)
    return plans


def _perhaps_again(random: Random, plan: PlannedCase, earlier: Sequence[PlannedCase]) -> None:
    """Now and then the resident is somebody who has complained before."""
    if earlier and random.random() < SHARE_AGAIN:
        before = random.choice(earlier)
        plan.resident, plan.address = before.resident, before.address


def _days_received(random: Random, cases: int, began: date, now: datetime) -> list[date]:
    """The working days on which so many cases are received, up to the day before `now`; in order."""
    days, last = calendar(), now.date() - timedelta(days=1)
    first = began if days.is_working(began) else min(days.next_working_day(began), last)
    drawn = (first + timedelta(days=random.randint(0, (last - first).days)) for _ in range(cases))
    return sorted(working_day_before(days, day, 0) for day in drawn)
