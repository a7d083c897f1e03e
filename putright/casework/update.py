"""Send an update: news for the resident while they wait."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Method, Words


@verb
def update(
    step: Step, summary: Words, method: Method | None = None, next_update: date | None = None
) -> events.Updated:
    """Tell the resident where it stands (2020: 4.a; 2022: 4.11). `next_update` promises the day of the next."""
    step.keep("summary", summary)
    return events.Updated(**step.common, method=method, next_update=next_update)
