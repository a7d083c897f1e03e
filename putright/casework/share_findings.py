"""Share findings: let the resident, their representative or a member of staff see them before the answer."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import SharedWith


@verb
def share_findings(step: Step, with_: SharedWith, comment_by: date | None = None) -> events.FindingsShared:
    """Share what was found, with a day for comments (2020: 4.b; 2022: 4.12)."""
    return events.FindingsShared(**step.common, shared_with=with_, comment_by=comment_by)
