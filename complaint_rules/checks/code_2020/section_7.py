"""2020, section 7: putting things right."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("7.a")
def put_right(record: Record) -> Finding:
    """7.a: what went wrong is put right.

    Evidence: a remedy, action or compensation in each response that upholds something.
    """
    return evidence.put_right(record)
