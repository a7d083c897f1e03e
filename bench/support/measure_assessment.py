"""Measures the evidence of a self-assessment and the same figures by hand, in turn, in one process.

    python bench/support/measure_assessment.py ROUNDS

Prints one JSON document.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Max, Min  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from putright.evidence.measures.provisions import COUNTED, Period  # noqa: E402
from putright.evidence.self_assessments import evidence  # noqa: E402
from putright.record.cases.models import Case, CaseFinding  # noqa: E402
from putright.record.landlords.models import Landlord  # noqa: E402

EDITION = "2024"
BY_HAND = """
SELECT f.provision, CASE WHEN f.turns_on <= %s AND f.becomes <> '' THEN f.becomes ELSE f.verdict END AS says, count(*)
FROM cases_casefinding f JOIN cases_case c ON c.id = f.case_id
WHERE f.landlord_id = %s AND f.edition = %s AND c.received_on BETWEEN %s AND %s
GROUP BY 1, 2
"""


def main(rounds: int) -> dict[str, Any]:
    """The times of both, in seconds, and whether they say the same."""
    landlord = Landlord.objects.get(slug="tern-valley")
    now = timezone.now()
    span = Case.objects.filter(landlord=landlord).aggregate(first=Min("received_on"), last=Max("received_on"))
    period = Period(span["first"], span["last"], timezone.localdate(now))
    given = [period.as_at, landlord.pk, EDITION, period.first, period.last]

    def read() -> Any:
        return evidence.read(landlord, EDITION, period, now)

    def by_hand() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND, given)
            return cursor.fetchall()

    read(), by_hand()
    with CaptureQueriesContext(connection) as asked:
        whole = read()
    rows = [row for row in by_hand() if row[1] in COUNTED]
    times: dict[str, list[float]] = {"evidence.read": [], "one pass by hand": []}
    ways = [("evidence.read", read), ("one pass by hand", by_hand)]
    for number in range(rounds):
        for name, way in ways if number % 2 else reversed(ways):
            began = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - began)
    return {
        "cases": Case.objects.count(),
        "findings": CaseFinding.objects.count(),
        "counted": sum(row[2] for row in rows),
        "statements": len(asked),
        "times": times,
        "same": by_provision(whole) == {(ref, says): number for ref, says, number in rows},
    }


def by_provision(whole: evidence.Whole) -> dict[tuple[str, str], int]:
    """Every count that is not none."""
    found = {}
    for ref, shown in whole.shown.items():
        for verdict in COUNTED:
            number = getattr(shown.evidence.counts, str(verdict)) if shown.evidence.counts else 0
            if number:
                found[ref, str(verdict)] = number
    return found


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
