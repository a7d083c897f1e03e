"""Extend: tell the resident that the answer needs longer, until when, and why."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def extend(
    step: Step,
    until: date,
    reason: Words,
    agreed: bool | None = None,
    ombudsman_details_given: bool | None = None,
    good_reason_beyond_limit: Words | None = None,
) -> events.Extended:
    """Move the day of the answer (2020: 4.h, 4.i; 2022: 5.1 to 5.3, 5.13 to 5.15; 2024: 6.4, 6.5, 6.15, 6.16).

    Told after the due day it is kept and moves nothing. Past the limit it needs a good reason.
    """
    return events.Extended(
        **step.common,
        until=until,
        reason=step.keep("reason", reason),
        agreed=agreed,
        ombudsman_details_given=ombudsman_details_given,
        good_reason_beyond_limit=step.keep("good_reason_beyond_limit", good_reason_beyond_limit),
    )
