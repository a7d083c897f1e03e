"""2020, section 3: complaint team, procedure, timeliness and responsiveness."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("3.f")
def stage_2_letter_complete(record: Record) -> Finding:
    """3.f: the final answer tells how to go to the Ombudsman, with all else that it must hold.

    Evidence: the stage 2 response. Our own letter holds everything; other wording is checked.
    """
    return evidence.letter_holds_everything(record, 2)
