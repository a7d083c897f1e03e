"""How many cases met each provision of an edition, from the findings index, and which cases they are.

SQL compares days with the "as at" day, counts and adds; it judges nothing. A case is counted in the period in
which it was received, so that each is counted once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, Count, F, Q, QuerySet, Value, When

from complaint_rules.findings import Verdict
from complaint_rules.self_assessment import Counts
from putright.record.cases.models import Case, CaseFinding

COUNTED = (Verdict.MET, Verdict.BREACHED, Verdict.OPEN, Verdict.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day on which a case that is counted was received, and the day it is read on."""

    first: date
    last: date
    as_at: date


def counts(landlord_id: int, edition: str, period: Period) -> dict[str, Counts]:
    """The counts of every provision that the record has anything on. One statement."""
    rows = (
        _of(landlord_id, edition, period)
        .order_by()
        .values_list("provision", "says")
        .annotate(cases=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {}
    for provision, verdict, cases in rows:
        if verdict in COUNTED:
            found.setdefault(provision, {})[str(verdict)] = cases
    return {provision: Counts(**each) for provision, each in found.items()}


def cases_behind(
    landlord_id: int, edition: str, provision: str, verdict: Verdict, period: Period
) -> QuerySet[Case]:
    """Exactly the cases that a count counts."""
    findings = _of(landlord_id, edition, period).filter(provision=provision, says=str(verdict))
    return Case.objects.filter(landlord_id=landlord_id, pk__in=findings.values("case"))


def editions_counted(landlord_id: int, period: Period) -> Mapping[str, int]:
    """How many cases of the period stand under each edition. One statement."""
    cases = Case.objects.filter(landlord_id=landlord_id, received_on__range=(period.first, period.last))
    rows = cases.order_by().values_list("edition").annotate(cases=Count("pk"))
    return {edition: number for edition, number in rows if edition}


def _of(landlord_id: int, edition: str, period: Period) -> QuerySet[Any]:
    """The findings of a period, each with what it `says` on the "as at" day."""
    return CaseFinding.objects.filter(
        landlord_id=landlord_id,
        edition=edition,
        case__received_on__range=(period.first, period.last),
    ).annotate(
        says=Choice(
            When(Q(turns_on__lte=period.as_at) & ~Q(becomes=Value("")), then=F("becomes")),
            default=F("verdict"),
            output_field=CharField(),
        )
    )
