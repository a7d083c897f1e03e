"""Close: nothing more is to be answered. Promises stay owed until kept."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Label


@verb
def close(step: Step, root_cause: Label | None = None, survey: bool | None = None) -> events.Closed:
    """Close an answered case, with the cause of what went wrong."""
    return events.Closed(**step.common, root_cause=root_cause, survey=survey)
