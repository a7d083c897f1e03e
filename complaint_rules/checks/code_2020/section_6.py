"""2020, section 6: fairness."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("6.d")
def decline_explained(record: Record) -> Finding:
    """6.d: a resident who is refused stage 2 is told why and of the Ombudsman.

    Evidence: `decline_escalation`, which cannot be sent without both.
    """
    return evidence.decline_explained(record)
