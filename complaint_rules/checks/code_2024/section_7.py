"""2024, section 7: putting things right."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("7.1")
def put_right(record: Record) -> Finding:
    """7.1: what went wrong is put right.

    Evidence: a remedy, action or compensation in each response that upholds something.
    """
    return evidence.put_right(record)


@judges("7.3")
def promises_kept(record: Record) -> Finding:
    """7.3: a remedy says what will happen and when, and is followed to the end.

    Evidence: each promise against its day.
    """
    return evidence.by_clocks_named(record, "promise:")
