"""2020, section 5: co-operation with the Ombudsman."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("5.a")
def evidence_sent_in_time(record: Record) -> Finding:
    """5.a: send the Ombudsman what it asks for, by its day.

    Evidence: `ombudsman_requests_evidence` and `send_evidence`.
    """
    return evidence.by_clock(record, "evidence")
