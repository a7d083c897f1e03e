"""Refuse to accept: with a ground, reasons for this case, and the right to go to the Ombudsman."""

from __future__ import annotations

from datetime import date

from complaint_rules import events
from putright.casework import elsewhere as ways
from putright.casework.act import Step, verb
from putright.casework.fields import RefusalGround, WayElsewhere, Words


@verb
def refuse_complaint(
    step: Step,
    ground: RefusalGround,
    reasons: Words,
    ombudsman_right_given: bool,
    discretion: Words | None = None,
    court_filed_on: date | None = None,
    issue_arose: date | None = None,
    aware_since: date | None = None,
    elsewhere: list[WayElsewhere] | None = None,
) -> events.ComplaintRefused:
    """Refuse the complaint (2022: 1.9; 2024: 2.2 to 2.4). `discretion` is what was weighed in its favour.

    `elsewhere` names where else this can go, each with its last day; empty, that there is nowhere.
    """
    return events.ComplaintRefused(
        **step.common,
        ground=ground,
        reasons=step.keep("reasons", reasons),
        ombudsman_right_given=ombudsman_right_given,
        discretion=step.keep("discretion", discretion),
        court_filed_on=court_filed_on,
        issue_arose=issue_arose,
        aware_since=aware_since,
        elsewhere=ways.kept(step, elsewhere),
    )
