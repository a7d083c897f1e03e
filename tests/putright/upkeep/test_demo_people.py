"""The demo has people of every kind that the pages tell of, and its record still verifies."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.timezone import localdate

from putright.record.accounts.models import Membership, Team
from putright.record.cases.models import Case
from putright.record.people import needs, queries, safe_contact
from putright.record.people.models import (
    Authority,
    ClaimedDetail,
    Home,
    Living,
    Need,
    Person,
    Reference,
    SafeContact,
)
from putright.upkeep.demo.landlord import load_demo
from putright.upkeep.running.verify import verify


@pytest.mark.django_db
def test_the_demo_tells_of_people_what_a_landlord_would_know() -> None:
    from putright.evidence.search import index

    landlord, today = load_demo(), localdate()
    index.sweep()
    assert verify().differences == []

    assert not Case.objects.filter(resident__isnull=False, home__isnull=True).exists()
    assert all(home.tenure and home.stock for home in Home.objects.all())
    uprns = [uprn for uprn in Home.objects.values_list("uprn", flat=True) if uprn]
    assert len(set(uprns)) == len(uprns) > 100
    assert all(len(uprn) == 12 and uprn.isdigit() for uprn in uprns)

    joint = Living.objects.filter(lives_there_as="joint_tenant")
    assert joint.filter(until=None).count() > 8
    assert joint.filter(until__lt=today).count() == 1

    held = needs.holding(landlord.pk, today)
    assert {"large_print", "telephone_only", "interpreter"} <= set(held.values_list("adjustment", flat=True))
    assert held.filter(review_on__lt=today).exists()
    assert Need.objects.filter(alert="20-10").exists()

    standings = {queries.standing(each, today) for each in Authority.objects.all()}
    assert {"holds", "expired"} <= standings
    assert set(Authority.objects.values_list("written", flat=True)) == {True, False}

    said = SafeContact.objects.get(ended_on=None)
    assert Case.objects.filter(resident=said.person).exclude(state="closed").exists()
    left = said.not_people.get()
    assert queries.home_of(left, today) is None
    assert safe_contact.is_under(said.person)
    assert ClaimedDetail.objects.get().settled_at is None
    assert Reference.objects.count() >= 10

    titles = Membership.objects.filter(landlord=landlord).values_list("title", flat=True)
    assert all(titles)
    assert Team.objects.filter(purpose__startswith="Contractor").count() == 2


@pytest.mark.django_db
def test_a_demo_loaded_twice_tells_it_once() -> None:
    load_demo()
    counts = [model.objects.count() for model in (Person, Living, Need, Authority, SafeContact, Reference)]
    load_demo()
    assert counts == [
        model.objects.count() for model in (Person, Living, Need, Authority, SafeContact, Reference)
    ]
    assert Living.objects.filter(since__gt=date(2020, 1, 1)).count() == 0
