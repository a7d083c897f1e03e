"""Makes many cases of some for the figures alone: cases and their findings, copied in SQL, without their entries.

python bench/support/multiply_findings.py CASES
"""

from __future__ import annotations

import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from putright.record.cases.models import Case  # noqa: E402
from support import multiply  # noqa: E402


def main(wanted: int) -> None:
    """Copy until there are so many."""
    base = Case.objects.count()
    if not base:
        raise SystemExit("bench: there are no cases to copy.")
    span = (Case.objects.aggregate(most=Max("pk"))["most"] or 0) + 1
    for copy in range(1, max(1, -(-wanted // base))):
        shift = copy * span
        own = {
            "id": f"id + {shift}",
            "reference": f"reference || '-{copy}'",
            "opened_from_id": "NULL",
            "merged_into_id": "NULL",
        }
        with transaction.atomic():
            multiply.copied("cases.Case", f"id < {span}", own)
            multiply.copied("cases.CaseFinding", f"case_id < {span}", {"case_id": f"case_id + {shift}"})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
