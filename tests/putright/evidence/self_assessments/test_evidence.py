"""The evidence of every provision, read in a few statements, and what one case changes in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaint_rules.editions.provisions import provisions
from putright.evidence.measures.provisions import Period
from putright.evidence.self_assessments import evidence, models

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 1))
NOW = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/London"))


def read(cast: Any, edition: str = "2024") -> evidence.Whole:
    return evidence.read(cast.landlord, edition, YEAR, NOW)


def paper(cast: Any, *refs: str, **given: Any) -> models.Paper:
    made = models.Paper.objects.create(
        landlord=cast.landlord, kind="policy", title="Complaints policy", **given
    )
    models.Supports.objects.bulk_create(
        models.Supports(landlord=cast.landlord, paper=made, edition="2024", provision=ref) for ref in refs
    )
    return made


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
def test_every_provision_of_an_edition_stands_in_it(cast: Any, edition: str) -> None:
    assert list(read(cast, edition).shown) == list(provisions(edition))


def test_it_costs_a_few_statements(cast: Any, django_assert_max_num_queries: Any) -> None:
    cast.open()
    paper(cast, "1.2", "6.3")
    with django_assert_max_num_queries(5):
        read(cast)


def test_one_late_case_turns_the_suggestion_and_contradicts_yes(cast: Any) -> None:
    case = cast.receive("2026-11-27T09:30")
    cast.do("acknowledge", case, at="2026-11-30T10:00", definition="Damp.")
    yes = models.ProvisionAnswer(provision="6.2", answer="yes")
    shown = read(cast).shown["6.2"]
    assert shown.evidence.counts is not None
    assert (shown.evidence.counts.met, shown.evidence.counts.breached) == (1, 0)
    assert shown.against(yes) == ()
    cast.receive("2026-10-05T09:30")
    shown = read(cast).shown["6.2"]
    assert (shown.suggestion.answer, shown.evidence.counts and shown.evidence.counts.breached) == (
        "partly",
        1,
    )
    assert [each.code for each in shown.against(yes)] == ["better_than_record"]


def test_a_paper_past_its_review_is_weaker_and_says_so(cast: Any) -> None:
    held = paper(cast, "3.1", section="S.9.3", dated_on=date(2025, 1, 1), review_on=date(2026, 11, 30))
    shown = read(cast).shown["3.1"]
    assert any("Complaints policy, S.9.3 is past its review day" in each for each in shown.suggestion.reasons)
    models.Paper.objects.filter(pk=held.pk).update(review_on=date(2026, 12, 1))
    assert read(cast).shown["3.1"].evidence.papers[0].standing == "current"


def test_a_paper_of_another_landlord_or_edition_supports_nothing(cast: Any) -> None:
    held = paper(cast, "9.1")
    models.Supports.objects.update(edition="2022")
    assert read(cast).shown["9.1"].papers == ()
    models.Supports.objects.update(edition="2024", landlord=cast.other_landlord)
    models.Paper.objects.filter(pk=held.pk).update(landlord=cast.other_landlord)
    assert read(cast).shown["9.1"].papers == ()
