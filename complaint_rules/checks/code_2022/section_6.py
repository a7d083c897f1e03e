"""2022, section 6: putting things right."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("6.1")
def put_right(record: Record) -> Finding:
    """6.1: what went wrong is put right.

    Evidence: a remedy, action or compensation in each response that upholds something.
    """
    return evidence.put_right(record)


@judges("6.5")
def promises_kept(record: Record) -> Finding:
    """6.5: what is promised is dated, and followed to the end.

    Evidence: each promise against its day.
    """
    return evidence.by_clocks_named(record, "promise:")
