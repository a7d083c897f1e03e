"""What is known of the made-up residents: how to reach them, homes, households, needs, who acts for them, what is safe.

It is written through the same actions that the pages use, once the cases are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.utils.timezone import localdate

from complaint_rules.events import Actor
from putright.record.accounts import actions as accounts
from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.journal.models import Text
from putright.record.landlords.models import Landlord
from putright.record.people import actions, needs, queries, records, safe_contact
from putright.record.people.actions import NewNeed
from putright.record.people.models import Home, Living, Need, Person
from putright.upkeep.demo import stories

TITLES = {
    "Ivo Marsh": "Customer adviser",
    "Ben Okafor": "Complaints officer",
    "Tess Amadi": "Complaints manager",
    "Cara Lind": "Repairs resolution officer",
    "Sol Peretz": "Housing manager",
    "Mina Castell": "Estates officer",
    "Femi Rowe": "Head of property",
    "Una Brandt": "Director of customers",
    "Quin Asher": "Quality adviser",
    "Rafa Silva": "Repairs manager",
    "Lola Finch": "Ombudsman liaison manager",
    "Bea Holt": "Member responsible for complaints",
    "Aled Voss": "Internal auditor",
    "Ada Kerr": "Systems administrator",
}
CONTRACTORS = (
    ("Wharf Repairs", "Contractor: day-to-day repairs", "Gus Hale", "Contract manager"),
    ("Brightside Heating", "Contractor: gas, heating and hot water", "Ines Vardy", "Service desk lead"),
)
TENURES = {"secure": 30, "assured": 50, "introductory": 8, "assured_shorthold": 4, "shared_ownership": 8}
FIRST_UPRN = 990_000_000_000
"""No real property has so high a number."""
FIRST_NUMBER = 900_000
"""Numbers from 07700 900000 to 900999 are kept for fiction."""


def describe(landlord: Landlord, seed: int, now: datetime) -> None:
    """Tell of the people of a made-up landlord what a real one would know."""
    random = Random(seed)
    _staff(landlord, now)
    _homes(landlord, random)
    people = list(Person.objects.filter(landlord=landlord).order_by("pk"))
    _ways_to_reach(people, random)
    _told_in_complaints(landlord)
    by = _officer(landlord)
    open_cases = list(
        Case.objects.filter(landlord=landlord, resident__isnull=False, state="open", next_due_on__gte=localdate(now))
        .select_related("resident", "representative", "home").order_by("next_due_on", "pk")
    )  # fmt: skip
    residents = list({case.resident_id: case.resident for case in open_cases if case.resident}.values())
    _joint_tenants(landlord, residents[3:24:3], now.date())
    _needs(residents, by, now)
    _representatives(landlord, by, now)
    _separated(landlord, residents[5], by, now)
    _says_they_moved(residents[7], by, now)
    _foreign_references(residents[:12], by, now)


def _officer(landlord: Landlord) -> Actor:
    for member in Membership.objects.filter(landlord=landlord).order_by("pk"):
        if "complaints_officer" in member.roles:
            return Actor("staff", str(member.user_id), "complaints_officer")
    raise LookupError("The made-up landlord has no complaints officer.")


# Who works there


def _staff(landlord: Landlord, now: datetime) -> None:
    members = list(Membership.objects.filter(landlord=landlord).select_related("user"))
    for member in members:
        member.title = TITLES.get(member.user.name, "")
    Membership.objects.bulk_update(members, ["title"])
    administrator = next(each for each in members if "administrator" in each.roles)
    by = Actor("staff", str(administrator.user_id), "administrator")
    for team, purpose, who, title in CONTRACTORS:
        accounts.describe_team(landlord, team, purpose=purpose, by=by, at=now)
        email = f"{who.split()[0].lower()}@{landlord.slug}.example"
        user, _ = User.objects.get_or_create(email=email, defaults={"name": who, "password": "!"})
        Membership.objects.get_or_create(
            user=user,
            landlord=landlord,
            defaults={"roles": ["service_manager"], "team": team, "title": title},
        )


# Where they live


def _homes(landlord: Landlord, random: Random) -> None:
    homes = list(Home.objects.filter(landlord=landlord).order_by("pk"))
    for number, home in enumerate(homes):
        home.tenure = random.choices(list(TENURES), list(TENURES.values()))[0]
        home.stock = "lcho" if home.tenure == "shared_ownership" else "lcra"
        home.uprn = str(FIRST_UPRN + number) if random.random() < 0.9 else ""
    Home.objects.bulk_update(homes, ["tenure", "stock", "uprn"])
    lived = list(Living.objects.filter(landlord=landlord).select_related("home").order_by("pk"))
    for living in lived:
        living.lives_there_as = "leaseholder" if living.home.stock == "lcho" else "tenant"
        living.since = date(random.randint(2004, 2019), random.randint(1, 12), random.randint(1, 28))
    Living.objects.bulk_update(lived, ["lives_there_as", "since"])


def _ways_to_reach(people: Sequence[Person], random: Random) -> None:
    for number, person in enumerate(people):
        person.telephone = f"07700 {FIRST_NUMBER + number % 1000:06}" if random.random() < 0.85 else ""
        if random.random() < 0.6:
            person.email = f"{'.'.join(person.name.lower().split())}{number}@example.org"
        person.preferred_way = random.choice(("", "telephone", "telephone", "email", "text", "letter"))
    Person.objects.bulk_update(people, ["telephone", "email", "preferred_way"])


def _joint_tenants(landlord: Landlord, residents: Sequence[Person], today: date) -> None:
    """Somebody of the same surname holds the tenancy with each of these."""
    random = Random(len(residents))
    for resident in residents:
        home = queries.home_of(resident, today)
        if home is not None:
            name = f"{random.choice(stories.FIRST)} {resident.name.split()[-1]}"
            _lives_too(landlord, home, resident, name)


def _lives_too(
    landlord: Landlord, home: Home, resident: Person, name: str, until: date | None = None
) -> Person:
    other = Person.objects.create(landlord=landlord, name=name, address=home.address if until is None else "")
    for living in resident.homes.filter(home=home):
        living.lives_there_as = "joint_tenant"
        living.save(update_fields=["lives_there_as"])
        records.live_at(other, home, lives_there_as="joint_tenant", since=living.since, until=until)
    return other


# What makes it easier for them


def _told_in_complaints(landlord: Landlord) -> None:
    """What complaints were told of needs is known of the person, as when the actions record it."""
    rows = Text.objects.filter(landlord=landlord.pk, name__regex=r"^(need|adjustment)\.[0-9]+$")
    told: dict[int, dict[str, list[str]]] = {}
    for number, name, text in rows.order_by("case", "entry_number", "id").values_list("case", "name", "text"):
        told.setdefault(number, {"need": [], "adjustment": []})[name.partition(".")[0]].append(text)
    for case in Case.objects.filter(landlord=landlord, pk__in=told, resident__isnull=False).select_related(
        "resident"
    ):
        day = case.received_on
        if case.resident is not None and day is not None:
            words = told[case.pk]
            needs.learn(case.resident, words["need"], words["adjustment"], day, day + timedelta(days=365 * 3))


def _needs(residents: Sequence[Person], by: Actor, now: datetime) -> None:
    """Each kind of adjustment there is a page for, with days to look at them again; one of them has passed."""
    today = localdate(now)
    wanted = (
        (0, NewNeed("18 points or larger", "large_print", "20-20", today + timedelta(days=200))),
        (1, NewNeed("Cannot read English letters", "interpreter", "40", today + timedelta(days=90))),
        (2, NewNeed("Panics when post or email comes", "telephone_only", "20", today + timedelta(days=12))),
        (4, NewNeed("Hard of hearing", "", "20-10", today + timedelta(days=300))),
        (4, NewNeed("", "no_telephone", "", today + timedelta(days=300))),
        (
            6,
            NewNeed("Carer visits until eleven: come after that", "more_time", "", today + timedelta(days=2)),
        ),
    )
    for place, told in wanted:
        actions.add_need(residents[place], told, by=by, at=now)
    actions.set_language(residents[1], "Somali", by=by, at=now)
    overdue = actions.add_need(
        residents[8],
        NewNeed("Recovering from an operation", "", "20-30", today + timedelta(days=30)),
        by=by,
        at=now,
    )
    if overdue is not None:
        Need.objects.filter(pk=overdue.pk).update(
            since=today - timedelta(days=190), review_on=today - timedelta(days=8)
        )


# Who acts for them


def _representatives(landlord: Landlord, by: Actor, now: datetime) -> None:
    """Whoever speaks in a complaint has the resident's word for it; one of these has expired, one is not written."""
    today = localdate(now)
    spoken = Case.objects.filter(landlord=landlord, resident__isnull=False, representative__isnull=False)
    for number, case in enumerate(spoken.select_related("resident", "representative").order_by("-pk")[:8]):
        assert case.resident is not None
        assert case.representative is not None
        since = (case.received_on or today) - timedelta(days=5)
        expires_on = (today - timedelta(days=6), today + timedelta(days=120), None)[number % 3]
        actions.give_authority(
            case.resident,
            case.representative,
            written=number % 4 != 3,
            scope=("This complaint and the repairs it is about", "Everything", "")[number % 3],
            since=min(since, today - timedelta(days=40)),
            expires_on=expires_on,
            by=by,
            at=now,
        )


# What is safe


def _separated(landlord: Landlord, resident: Person, by: Actor, now: datetime) -> None:
    """A joint tenant who has left, and what the one who stayed says is safe."""
    home = records.home_on(resident, localdate(now))
    if home is None:
        return
    name = f"Rhys {resident.name.split()[-1]}"
    left = _lives_too(landlord, home, resident, name, until=localdate(now) - timedelta(days=160))
    safe_contact.set_safe_contact(
        resident,
        allowed=[
            {"way": "telephone", "to": "07700 900555", "from": "09:00", "until": "14:30", "voicemail": False},
            {"way": "email", "to": "alder.reading.group@example.org"},
        ],
        not_to=[home.address, "the.family@example.org"],
        not_people=[left],
        code_word="heron",
        note="Say you ring about the library. If anybody else answers, ring off.",
        by=by,
        at=now,
    )


def _says_they_moved(resident: Person, by: Actor, now: datetime) -> None:
    """An email says that they have moved. Nobody has checked it yet."""
    came_at = now - timedelta(hours=20)
    safe_contact.claim_detail(resident, "address", "3 Quarry Rise, Ternbridge", "email", by=by, at=came_at)


def _foreign_references(residents: Sequence[Person], by: Actor, now: datetime) -> None:
    for number, resident in enumerate(residents, start=1):
        actions.refer(resident, "Housing system", f"TEN{40_000 + 37 * number}", by=by, at=now)
