"""Acknowledge: confirm the complaint and what it is about, at the stage that is open."""

from __future__ import annotations

from complaint_rules import events
from putright.casework.act import Step, verb
from putright.casework.fields import Words


@verb
def acknowledge(
    step: Step,
    definition: Words,
    outcomes: list[Words] | None = None,
    not_responsible_for: list[Words] | None = None,
    ombudsman_details_given: bool | None = None,
) -> events.Acknowledged:
    """Set out the complaint and what the resident wants (2022: 4.2; 2024: 5.6, 5.7, 6.2, 6.11).

    Under 2024 the clock of the answer starts here, at both stages.
    """
    step.keep_all("not_responsible_for", not_responsible_for)
    return events.Acknowledged(
        **step.common,
        definition=step.keep("definition", definition),
        outcomes=step.keep_all("outcome", outcomes),
        not_responsible_for=not_responsible_for is not None,
        ombudsman_details_given=ombudsman_details_given,
    )
