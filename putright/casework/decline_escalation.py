"""Decline stage 2: with a ground, reasons for this case, and the right to go to the Ombudsman."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework import elsewhere as ways
from putright.casework.act import Step, verb
from putright.casework.fields import DeclineGround, WayElsewhere, Words


@verb
def decline_escalation(
    step: Step,
    ground: DeclineGround,
    reasons: Words,
    ombudsman_right_given: bool,
    discretion: Words | None = None,
    court_filed_on: date | None = None,
    elsewhere: list[WayElsewhere] | None = None,
) -> events.EscalationDeclined:
    """Decline the request (2020: 6.d; 2022: 4.14, 5.9; 2024: 5.11, 6.12).

    `elsewhere` names where else this can go, each with its last day; empty, that there is nowhere.
    """
    return events.EscalationDeclined(
        **step.common,
        ground=ground,
        reasons=step.keep("reasons", reasons),
        ombudsman_right_given=ombudsman_right_given,
        discretion=step.keep("discretion", discretion),
        court_filed_on=court_filed_on,
        elsewhere=ways.kept(step, elsewhere),
    )
