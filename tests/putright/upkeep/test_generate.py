"""Made-up cases: the same as if people had done every step, the same for the same seed, and of a likely shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from django.db import transaction

from complaint_rules.events import Actor
from putright.casework import verb
from putright.casework.fields import LONDON
from putright.record.accounts.models import User
from putright.record.cases import words
from putright.record.cases.models import Case, CaseFinding, Considered
from putright.record.journal.models import Entry, Head, Text
from putright.record.landlords.queries import calendar
from putright.record.people.models import Living, Person
from putright.upkeep.demo import bulk, stories
from putright.upkeep.demo.landlord import cast_of, generate, load_demo, make_landlord
from putright.upkeep.demo.plans import Life, PlannedCase, Planner
from putright.upkeep.demo.today import Today
from putright.upkeep.running.verify import verify

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
SAMPLED = 60
INDEXED = [
    each.attname
    for each in Case._meta.concrete_fields
    if each.attname
    not in ("id", "resident_id", "representative_id", "handler_id", "opened_from_id", "home_id")
]  # fmt: skip
FOUND = ("provision", "edition", "verdict", "due_on", "done_on", "turns_on", "becomes")

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Any:
    return make_landlord()


# The same as the actions


def sample(landlord: Any) -> list[PlannedCase]:
    """Plans of every kind: a spread over all editions, and those that make today's queue."""
    planner = Planner(cast_of(landlord), calendar(), NOW)
    days = [date(2021 + number % 6, 1 + number % 10, 6) for number in range(SAMPLED - 5)] + [
        date(2020, 9, 7)
    ] * 5
    spread = [planner.case(Random(f"sample {number}"), day) for number, day in enumerate(days)]
    return sorted(spread + Today(planner, Random(3)).cases(), key=lambda plan: plan.steps[0].at)


def written_in_bulk(landlord: Any, version: Any, plans: list[PlannedCase]) -> list[dict[str, Any]]:
    """What writing these plans in bulk leaves."""
    for plan, reference in zip(
        plans, bulk.references(landlord, [plan.steps[0].at.year for plan in plans]), strict=True
    ):
        plan.reference = reference
    bulk.write(landlord, version, plans)
    return told(landlord)


def played(landlord: Any, plans: list[PlannedCase]) -> None:
    """Every step of these plans through the action that a page would call."""
    for plan in plans:
        resident = Person.objects.create(landlord=landlord, name=plan.resident, address=plan.address)
        speaker = plan.representative and Person.objects.create(landlord=landlord, name=plan.representative)
        subject, people = landlord, {"resident": resident, "representative": speaker or None}
        for step in plan.steps:
            person = f"p{resident.pk}" if step.kind == "resident" else step.person
            outcome = verb(step.verb)(
                subject,
                by=Actor(step.kind, person, step.role),
                at=step.at,
                recorded_at=step.recorded_at,
                **step.fields,
                **people,
            )
            subject, people = outcome.case, {}


def told(landlord: Any) -> list[dict[str, Any]]:
    """All that is written of a landlord's cases, but for numbers of rows, salts, and what is hashed from them."""
    staff = {str(pk): email for pk, email in User.objects.values_list("pk", "email")}
    return [told_of(case, staff) for case in Case.objects.filter(landlord=landlord).order_by("reference")]


def told_of(case: Case, staff: dict[str, str]) -> dict[str, Any]:
    people = {f"p{person.pk}": person.name for person in (case.resident, case.representative) if person}
    entries = Entry.objects.filter(landlord=case.landlord_id, case=case.pk).order_by("number")
    texts = Text.objects.filter(landlord=case.landlord_id, case=case.pk).order_by("entry_number", "id")
    head = Head.objects.get(landlord=case.landlord_id, case=case.pk)
    assert head.hash == entries[head.count - 1].hash
    return {
        "index": {name: getattr(case, name) for name in INDEXED},
        "handler": staff.get(str(case.handler_id)),
        "home": case.home and (case.home.address, lives_at(case)),
        "people": [
            (person.name, person.address) for person in (case.resident, case.representative) if person
        ],
        "head": (head.count, head.sealed),
        "entries": [
            (
                each.number, each.verb, each.happened_at, each.happened_on, each.recorded_at, each.actor_kind,
                people.get(each.actor) or staff.get(each.actor) or each.actor, each.actor_role, each.key,
                without_digests(each.data),
            )
            for each in entries
        ],
        "texts": list(texts.values_list("entry_number", "name", "text")),
        "findings": sorted(CaseFinding.objects.filter(case=case).values_list(*FOUND)),
        "considered": sorted(Considered.objects.filter(case=case).values_list("person", "stage")),
        "found by its words": words.matching(Case.objects.filter(pk=case.pk), case.words[:200]).count(),
    }  # fmt: skip


def lives_at(case: Case) -> list[str]:
    rows = Living.objects.filter(home=case.home, person=case.resident, since=None, until=None)
    return [living.person.name for living in rows.select_related("person")]


def without_digests(data: dict[str, Any]) -> dict[str, Any]:
    return data | ({"texts": sorted(data["texts"])} if "texts" in data else {})


def undone(work: Callable[[], Any]) -> Any:
    """What some work gives, with all that it wrote taken back."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def test_cases_written_in_bulk_are_those_that_the_actions_write(made: Any) -> None:
    landlord, version = made
    plans = sample(landlord)
    in_bulk = undone(lambda: written_in_bulk(landlord, version, plans))
    assert not Case.objects.exists()
    played(landlord, plans)
    by_hand = told(landlord)

    assert len(in_bulk) == len(by_hand) == len(plans)
    for one, other in zip(in_bulk, by_hand, strict=True):
        assert one == other
    assert len({entry[1] for case in in_bulk for entry in case["entries"]}) > 25  # of all kinds
    assert {case["index"]["edition"] for case in in_bulk} == {"2020", "2022", "2024"}
    assert all(case["home"] for case in in_bulk)


def test_a_step_that_the_rules_refuse_is_a_fault_of_the_plan(made: Any) -> None:
    landlord, version = made
    planner = Planner(cast_of(landlord), calendar(), NOW)
    life = Life(planner, Random(1), date(2026, 3, 2), stories.named("compliance"), represented=False)
    received = life.received()
    life.later(2)
    plan = planner.planned(life, iter([received, life.escalated()]))
    plan.reference = "TV-26-0001"
    with pytest.raises(bulk.NotAllowed, match=r"TV-26-0001: escalate on 2026-03-04: not_now"):
        bulk.write(landlord, version, [plan])


# The same for the same seed


def test_the_same_seed_makes_the_same_cases_and_another_makes_others(made: Any) -> None:
    landlord, version = made

    def of_seed(seed: int, cases: int = 30) -> list[dict[str, Any]]:
        def write() -> list[dict[str, Any]]:
            assert generate(landlord, version, cases, seed, date(2024, 1, 2), NOW) == cases
            return told(landlord)

        return undone(write)

    first = of_seed(5)
    assert of_seed(5) == first
    assert of_seed(6) != first


def test_cases_that_are_added_later_take_the_next_references(made: Any) -> None:
    landlord, version = made
    generate(landlord, version, 12, 1, date(2026, 1, 2), NOW)
    generate(landlord, version, 12, 2, date(2026, 1, 2), NOW)
    references = sorted(Case.objects.values_list("reference", flat=True))
    assert references == [f"TV-26-{number:04}" for number in range(1, 25)]
    case = verb("receive")(
        landlord, by=Actor("staff", "1", "contact_staff"), at=NOW, channel="letter", account="A", points=["B"]
    ).case
    assert case.reference == "TV-26-0025"
    assert not verify().differences


# Realistic in shape, and whole


def share_met(verdicts: Counter[Any], ref: str) -> float:
    met, breached = verdicts[ref, "met"], verdicts[ref, "breached"]
    return met / (met + breached)


def test_two_thousand_cases_over_all_editions_are_whole_and_of_a_likely_shape(made: Any) -> None:
    landlord, version = made
    assert generate(landlord, version, 2000, 11, date(2020, 7, 8), NOW) == 2000  # and none was refused
    result = verify()
    assert result.cases == 2000
    assert not result.differences

    # Real landlords answer 77% to 95% of stage 1 in time, and 69% to 100% of stage 2.
    verdicts = Counter(CaseFinding.objects.values_list("provision", "verdict"))
    in_time = {ref: share_met(verdicts, ref) for ref in ("4.1", "6.2", "5.1", "6.3", "6.14")}
    assert all(0.76 < in_time[acknowledged] < 0.95 for acknowledged in ("4.1", "6.2")), in_time
    assert all(0.70 < in_time[answered] < 0.92 for answered in ("5.1", "6.3")), in_time
    assert 0.69 < in_time["6.14"] <= 1, in_time

    verbs = Counter(Entry.objects.values_list("verb", flat=True))
    stages = Counter(Considered.objects.values_list("stage", flat=True))
    assert 0.10 < stages[2] / stages[1] < 0.17  # 11% to 17% go on to stage 2
    assert 0.13 < verbs["extend"] / 2000 < 0.22
    assert 0.01 < verbs["refuse_complaint"] / 2000 < 0.035
    assert 10 < sum(verbs.values()) / 2000 < 14

    categories = Counter(Case.objects.values_list("category", flat=True))
    assert 0.30 < categories["responsive repairs"] / 2000 < 0.40
    assert set(categories) == {each.category for each in stories.TROUBLES}
    decisions = Counter(
        each["decision"] for entry in Entry.objects.filter(verb="respond") for each in entry.data["decisions"]
    )
    assert 0.47 < decisions["upheld"] / decisions.total() < 0.60
    assert 0.15 < decisions["partly_upheld"] / decisions.total() < 0.30
    scores = [entry.data["satisfied"] for entry in Entry.objects.filter(verb="answer_survey") if entry.data]
    assert 0.33 < scores.count(True) / len(scores) < 0.52
    assert Case.objects.filter(state="closed").count() > 1700


# Today's queue, whatever day it is


DAYS = [
    datetime.fromisoformat(day).replace(tzinfo=UTC)
    for day in (
        "2026-11-30T10:00",  # a Monday
        "2026-12-05T11:30",  # a Saturday
        "2026-12-06T23:59",  # a Sunday, late
        "2026-12-25T00:00",  # a bank holiday, as it begins
        "2027-01-04T00:01",
        "2027-03-28T02:30",  # the clocks go forward; Easter Sunday
        "2028-02-29T08:00",
        "2027-10-31T01:30",  # the clocks go back
    )
]


@pytest.mark.parametrize("now", DAYS, ids=lambda now: f"{now:%a-%d-%b-%Y-%H%M}")
def test_the_queue_is_alive_on_any_day(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    landlord = load_demo()
    load_demo()  # and again: nothing is added
    today = now.astimezone(LONDON).date()
    cases = Case.objects.filter(landlord=landlord)
    assert cases.count() == 400
    assert not Entry.objects.filter(happened_at__gt=now).exists()
    assert not Entry.objects.filter(recorded_at__gt=now).exists()
    soon = calendar().add(today, 5)
    due = cases.filter(next_due_on__isnull=False)
    assert 4 <= due.filter(next_due_on__lt=today).count() <= 25
    assert due.filter(next_due_on=today).count() >= 1
    assert due.filter(next_due_on__gt=today, next_due_on__lte=soon).count() >= 10
    assert due.filter(next_due_on__gt=soon).count() >= 15
    hazards = cases.filter(next_due_at__isnull=False)
    assert hazards.count() == 1
    assert hazards.filter(next_due_at__gt=now).exists()
    assert cases.filter(received_on=today, state="received", entries=1).count() >= 2
    assert cases.filter(state="open", stage=2).count() >= 4
    assert due.filter(handler=None).count() >= 4
    assert cases.filter(with_ombudsman=True).count() >= 1
    assert due.filter(next_due__startswith="promise").count() >= 6
    assert 0.05 < 1 - cases.values("resident").distinct().count() / 400 < 0.2  # some have complained before
    assert {"service_request", "responded", "closed", "refused", "withdrawn"} <= set(
        cases.values_list("state", flat=True)
    )
    assert not verify().differences
