"""Who may read what was drafted."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import complaint, independence
from complaint_rules.events import EVENTS, Actor, Decision, Event

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/London"))


def event(number: int, verb: str, person: str = "officer", **fields: object) -> Event:
    return EVENTS[verb](
        number=number, at=AT, on=ON, by=Actor("staff", person, "complaints_officer"), **fields
    )


OPEN = [
    event(1, "receive", points=1, about_staff=("named",)),
    event(2, "acknowledge"),
    event(3, "assign", handler="handler"),
    event(4, "draft_response", "drafter"),
    event(5, "declare_interest", staff="cousin"),
]
ANSWERED = [*OPEN, event(6, "respond", "sender", decisions=(Decision(1, "upheld"),))]
STAGE_2 = [
    *ANSWERED,
    event(7, "request_escalation"),
    event(8, "escalate"),
    event(9, "draft_response", "reviewer"),
]


@pytest.mark.parametrize(
    ("happened", "person", "stage", "may"),
    [
        (OPEN, "drafter", 1, True),
        (OPEN, "handler", 1, True),
        (OPEN, "reviewer", 1, True),  # not answered: nobody has considered it for good yet
        (OPEN, "named", 1, False),
        (OPEN, "cousin", 1, False),
        (OPEN, None, 1, False),
        (ANSWERED, "drafter", 1, True),
        (ANSWERED, "sender", 1, True),
        (ANSWERED, "handler", 1, True),
        (ANSWERED, "reviewer", 1, False),
        (ANSWERED, "officer", 1, False),
        (STAGE_2, "reviewer", 1, False),
        (STAGE_2, "drafter", 2, False),
        (STAGE_2, "handler", 2, False),
        (STAGE_2, "sender", 2, False),
        (STAGE_2, "named", 2, False),
        (STAGE_2, "cousin", 2, False),
        (STAGE_2, "reviewer", 2, True),
        (STAGE_2, "officer", 2, True),
        (STAGE_2, "checker", 2, True),
    ],
)
def test_who_may_see_a_draft(happened, person, stage, may):
    assert independence.may_see_draft(complaint.read(happened), person, stage) is may


def test_the_stage_of_what_happened_is_the_one_that_was_being_answered():
    case = complaint.read(STAGE_2)
    stages = {each.number: independence.stage_of(case, each) for each in case.events}
    assert stages == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 2}
