"""2024, section 1: definition of a complaint."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("1.5")
def service_request_became_complaint(record: Record) -> Finding:
    """1.5: dissatisfaction with the answer to a service request is a complaint; the work goes on.

    Evidence: a service request that became a complaint on the day the resident was not satisfied.
    """
    return evidence.service_request_became_complaint(record)
