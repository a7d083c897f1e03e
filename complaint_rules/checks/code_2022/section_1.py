"""2022, section 1: definition of a complaint."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("1.6")
def service_request_became_complaint(record: Record) -> Finding:
    """1.6: a service request that needs more, or whose resident asks, is logged as a complaint.

    Evidence: a service request that became a complaint on the day the resident was not satisfied.
    """
    return evidence.service_request_became_complaint(record)


@judges("1.9")
def refusal_explained(record: Record) -> Finding:
    """1.9: a resident who is refused is told why and of the Ombudsman.

    Evidence: `refuse_complaint`, which cannot be sent without both.
    """
    return evidence.refusal_explained(record)
