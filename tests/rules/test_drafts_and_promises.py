"""Which draft waits to be read by somebody else, and who owes what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import complaint, drafts, promises
from complaint_rules.events import EVENTS, Actor, Decision, Event, Undertaking
from complaint_rules.procedure import Procedure, read

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/London"))
CHECKED = read({"name": "ours", "quality_check": {"answer": True, "says": "By the team."}})
UNCHECKED = read({"name": "ours", "quality_check": False})


def event(number: int, verb: str, **fields: object) -> Event:
    return EVENTS[verb](
        number=number,
        at=AT + timedelta(days=number),
        on=ON + timedelta(days=number),
        by=Actor("staff", "ann", "complaints_officer"),
        **fields,
    )


BEGUN = [event(1, "receive", points=1), event(2, "acknowledge")]
DRAFT = event(3, "draft_response", decisions=(Decision(1, "upheld"),))
ANSWER = event(5, "respond", decisions=(Decision(1, "upheld"),))
STAGE_2 = [event(6, "request_escalation"), event(7, "escalate")]


@pytest.mark.parametrize(
    ("happened", "procedure", "draft"),
    [
        (BEGUN, CHECKED, None),
        ([*BEGUN, DRAFT], CHECKED, 3),
        ([*BEGUN, DRAFT], UNCHECKED, None),
        ([*BEGUN, DRAFT], Procedure(), None),
        ([*BEGUN, DRAFT, event(4, "check_response", passed=True)], CHECKED, None),
        ([*BEGUN, DRAFT, event(4, "check_response", passed=False)], CHECKED, None),
        ([*BEGUN, DRAFT, event(4, "check_response", passed=False), event(5, "draft_response")], CHECKED, 5),
        ([*BEGUN, DRAFT, event(4, "check_response", passed=False), event(5, "draft_response")], UNCHECKED, 5),
        ([*BEGUN, DRAFT, event(4, "draft_response")], CHECKED, 4),
        ([*BEGUN, DRAFT, event(4, "correct", entry=3, strike=True)], CHECKED, None),
        ([*BEGUN, DRAFT, ANSWER], CHECKED, None),
        ([*BEGUN, DRAFT, event(4, "withdraw")], CHECKED, None),
        ([*BEGUN, DRAFT, ANSWER, *STAGE_2], CHECKED, None),
        ([*BEGUN, DRAFT, ANSWER, *STAGE_2, event(8, "draft_response")], CHECKED, 8),
    ],
)
def test_the_draft_that_waits_for_its_check(
    happened: list[Event], procedure: Procedure, draft: int | None
) -> None:
    found = complaint.read(happened, procedure)
    assert found is not None
    waits = drafts.waiting(found)
    assert (waits.number if waits else None) == draft


def test_promises_stand_under_their_numbers_with_their_owners() -> None:
    day = date(2026, 4, 1)
    happened = [
        *BEGUN,
        event(3, "promise", due=day, owner="Repairs"),
        event(
            4,
            "respond",
            decisions=(Decision(1, "upheld"),),
            remedies=(Undertaking(None, "Nobody"), Undertaking(day, "Estates")),
            actions=(Undertaking(day), Undertaking(day, "Housing")),
        ),
        event(5, "keep_promise", promise=2),
        event(6, "change_promise", promise=1, due=date(2026, 5, 1), reason=True),
        event(7, "close"),
    ]
    found = complaint.read(happened)
    assert found is not None
    assert [(number, owner, run.due_on, run.done) for number, run, owner, _ in promises.promised(found)] == [
        (1, "Repairs", date(2026, 5, 1), None),
        (2, "Estates", day, ON + timedelta(days=5)),
        (3, "", day, None),
        (4, "Housing", day, None),
    ]


def test_a_promise_struck_out_moves_the_numbers_of_those_after_it() -> None:
    day = date(2026, 4, 1)
    happened = [
        *BEGUN,
        event(3, "promise", due=day, owner="Repairs"),
        event(4, "promise", due=day, owner="Estates"),
        event(5, "correct", entry=3, strike=True),
    ]
    found = complaint.read(happened)
    assert found is not None
    assert [(each.number, each.owner) for each in promises.promised(found)] == [(1, "Estates")]
