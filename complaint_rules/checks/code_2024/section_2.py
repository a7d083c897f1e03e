"""2024, section 2: exclusions."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("2.3")
def twelve_months_with_discretion(record: Record) -> Finding:
    """2.3: a complaint within 12 months is taken; an older one after discretion is weighed.

    Evidence: `refuse_complaint` on this ground, which is refused within 12 months or without discretion.
    """
    return evidence.refused_as_over_twelve_months(record)


@judges("2.4")
def refusal_explained(record: Record) -> Finding:
    """2.4: a resident who is refused is told why and of the Ombudsman.

    Evidence: `refuse_complaint`, which cannot be sent without both.
    """
    return evidence.refusal_explained(record)
