"""Each count is that of the rules, and opens to exactly the cases it counts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from complaint_rules import checks
from complaint_rules.findings import Verdict
from complaint_rules.self_assessment import Counts
from putright.evidence.measures.provisions import Period, cases_behind, counts, editions_counted
from putright.record.cases.index import read_case
from putright.record.cases.models import Case
from putright.record.journal import queries

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 1))


@pytest.fixture
def cases(cast: Any) -> list[Case]:
    """Some in time, some late, some not yet due, one under an earlier edition, one of another landlord."""
    found = [
        cast.open("2026-11-16T09:30", "2026-11-20T11:05"),
        cast.open("2026-10-01T09:30", "2026-10-20T11:05"),
        cast.open("2026-09-01T09:30", "2026-09-03T11:05"),
        cast.receive("2026-11-30T09:30"),
        cast.receive("2026-10-05T09:30"),
        cast.receive("2023-06-05T09:30"),
        cast.receive("2026-10-05T09:30", landlord=cast.other_landlord),
    ]
    decided = [
        {"point": number, "decision": "upheld", "reasons": "We were late and did not say why."}
        for number in (1, 2)
    ]
    from putright.casework import fields, verb

    given = fields.clean(
        verb("respond").function,
        {
            "decisions": decided,
            "remedies": [{"what": "Treat the walls", "by": "2026-10-01", "owner": "Repairs"}],
        },
    )
    cast.do("respond", found[2], by="investigator", at="2026-09-10T10:00", **given)
    return found


def by_the_rules(cast: Any, edition: str, period: Period) -> dict[str, Counts]:
    told: dict[str, Counter[str]] = {}
    for case in Case.objects.filter(landlord=cast.landlord).select_related("procedure"):
        complaint = read_case(case, queries.of_case(case.landlord_id, case.pk))
        assert complaint is not None
        received = complaint.on("received")
        if complaint.edition.name != edition or not period.first <= received <= period.last:
            continue
        for ref, finding in checks.findings(complaint, period.as_at).items():
            told.setdefault(ref, Counter())[str(finding.verdict)] += 1
    found = {ref: Counts(*(said[name] for name in Counts.__slots__)) for ref, said in told.items()}
    return {ref: each for ref, each in found.items() if each.arose}


@pytest.mark.parametrize("as_at", [date(2026, 12, 1), date(2026, 12, 4), date(2027, 1, 30)])
def test_the_counts_are_those_of_the_rules(cast: Any, cases: list[Case], as_at: date) -> None:
    period = Period(YEAR.first, YEAR.last, as_at)
    found = counts(cast.landlord.pk, "2024", period)
    assert found == by_the_rules(cast, "2024", period)
    assert any(each.breached for each in found.values())
    assert any(each.met for each in found.values())


def test_every_figure_opens_to_the_cases_it_counts(cast: Any, cases: list[Case]) -> None:
    for provision, each in counts(cast.landlord.pk, "2024", YEAR).items():
        for verdict in (Verdict.MET, Verdict.BREACHED, Verdict.OPEN, Verdict.CANNOT_TELL):
            behind = cases_behind(cast.landlord.pk, "2024", provision, verdict, YEAR)
            assert behind.count() == getattr(each, str(verdict))
            assert all(case.landlord_id == cast.landlord.pk for case in behind)


def test_a_change_in_one_case_changes_the_figure(cast: Any, cases: list[Case]) -> None:
    before = counts(cast.landlord.pk, "2024", YEAR)["6.2"]
    cast.do("acknowledge", cases[3], at="2026-12-01T10:00", definition="Damp.")
    after = counts(cast.landlord.pk, "2024", YEAR)["6.2"]
    assert (after.met, after.open) == (before.met + 1, before.open - 1)


def test_all_of_them_cost_one_statement(cast: Any, cases: list[Case], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as told:
        counts(cast.landlord.pk, "2024", YEAR)
    assert isinstance(told, CaptureQueriesContext)


def test_cases_stand_under_the_edition_of_their_day(cast: Any, cases: list[Case]) -> None:
    years = Period(date(2020, 1, 1), date(2026, 12, 31), YEAR.as_at)
    assert editions_counted(cast.landlord.pk, years) == {"2022": 1, "2024": 5}
    assert set(counts(cast.landlord.pk, "2022", years)) != set()
    assert counts(cast.landlord.pk, "2022", YEAR) == {}
