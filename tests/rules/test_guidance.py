"""What usually comes next, what a step acts on, and what unlocks another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import complaint, guidance
from complaint_rules.complaint import Complaint
from complaint_rules.events import EVENTS, Actor, Decision, Undertaking
from complaint_rules.procedure import CODE_DEFAULTS, Procedure

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 3, 2)
WHOLE = (Decision(1, "upheld"),)
NEXT_MONTH = date(2026, 4, 2)


def read(*steps: tuple[str, dict[str, object]], procedure: Procedure = CODE_DEFAULTS) -> Complaint:
    """A complaint in which these steps follow the receipt, a day apart."""
    happened = []
    for number, (verb, fields) in enumerate([("receive", {"points": 1}), *steps], start=1):
        on = MONDAY + timedelta(days=number - 1)
        at = datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)
        by = Actor("staff", "1", "complaints_officer")
        happened.append(EVENTS[verb](number=number, at=at, on=on, by=by, **fields))
    return complaint.read(happened, procedure)


ACK = ("acknowledge", {"definition": True})
GIVEN = ("assign", {"handler": "2"})
HALF = ("draft_response", {"decisions": (Decision(1, "", reasons=False),)})
DRAFT = ("draft_response", {"decisions": WHOLE})
ANSWER = ("respond", {"decisions": WHOLE})
PROMISING = ("respond", {"decisions": WHOLE, "remedies": (Undertaking(NEXT_MONTH),)})
HAZARD = ("report_hazard", {"kind": "emergency", "aware_at": datetime(2026, 3, 3, 9, tzinfo=LONDON)})
REQUEST = ("request_escalation", {})


@pytest.mark.parametrize(
    ("steps", "usual"),
    [
        ([], "acknowledge"),
        ([("log_complaint", {})], "acknowledge"),
        ([("treat_as_service_request", {"reason": True})], "answer_service_request"),
        ([ACK], "assign"),
        ([ACK, GIVEN], "draft_response"),
        ([ACK, GIVEN, HALF], "draft_response"),
        ([ACK, GIVEN, DRAFT], "respond"),
        ([ACK, GIVEN, DRAFT, ("check_response", {"passed": False})], "draft_response"),
        ([ACK, GIVEN, DRAFT, ANSWER], "close"),
        ([ACK, GIVEN, DRAFT, PROMISING], "keep_promise"),
        ([ACK, GIVEN, ANSWER, REQUEST], "escalate"),
        ([ACK, GIVEN, ANSWER, REQUEST, ("escalate", {})], "acknowledge"),
        ([ACK, GIVEN, DRAFT, ANSWER, REQUEST, ("escalate", {}), ACK], "assign"),
        (
            [
                ACK,
                GIVEN,
                DRAFT,
                ANSWER,
                REQUEST,
                ("escalate", {}),
                ACK,
                ("assign", {"handler": "3", "stage": 2}),
            ],
            "draft_response",
        ),
        ([ACK, GIVEN, ANSWER, ("close", {})], "learn"),
        ([ACK, GIVEN, ANSWER, ("close", {}), ("learn", {})], None),
        ([("refuse_complaint", {"ground": "other", "reasons": True, "ombudsman_right_given": True})], None),
        ([("withdraw", {"reason": True})], None),
    ],
)
def test_the_usual_next_step(steps, usual):
    found = guidance.usual_next_steps(read(*steps))
    assert (found[0] if found else None) == usual


def test_a_call_comes_before_the_answer_where_the_procedure_asks_for_one():
    procedure = Procedure(outcome_call=True)
    assert guidance.usual_next_steps(read(ACK, GIVEN, DRAFT, procedure=procedure))[0] == "outcome_call"
    called = read(ACK, GIVEN, DRAFT, ("outcome_call", {"reached": False}), procedure=procedure)
    assert guidance.usual_next_steps(called)[0] == "respond"


def test_every_usual_step_is_one_that_the_state_allows():
    from complaint_rules import next_steps

    for steps in (
        [],
        [ACK],
        [ACK, GIVEN, ANSWER],
        [ACK, GIVEN, ANSWER, REQUEST],
        [("withdraw", {"reason": True})],
    ):
        case = read(*steps)
        assert set(guidance.usual_next_steps(case)) <= next_steps.possible(case)


@pytest.mark.parametrize(
    ("steps", "verb", "something"),
    [
        ([ACK], "keep_promise", False),
        ([ACK, PROMISING], "keep_promise", True),
        ([ACK, PROMISING, ("keep_promise", {"promise": 1})], "change_promise", False),
        ([ACK], "pay", False),
        ([ACK, ("award", {"amount": 100, "head": "other"})], "pay", True),
        ([ACK, ("award", {"amount": 100, "head": "other"}), ("pay", {"award": 1})], "pay", False),
        ([ACK], "comply", False),
        ([ACK], "hazard_investigated", False),
        ([HAZARD], "hazard_made_safe", True),
        ([HAZARD, ("hazard_made_safe", {})], "hazard_made_safe", False),
        ([ACK], "check_response", False),
        ([ACK, DRAFT], "check_response", True),
        ([ACK], "answer_survey", False),
        ([ACK, ("send_survey", {})], "answer_survey", True),
        ([ACK], "send_evidence", False),
        ([ACK, ("ombudsman_enquires", {})], "send_evidence", True),
        ([ACK], "review_restriction", False),
        ([ACK], "assign", True),
    ],
)  # fmt: skip
def test_whether_there_is_something_to_act_on(steps, verb, something):
    assert guidance.has_something_to_act_on(read(*steps), verb) is something


@pytest.mark.parametrize(
    ("steps", "verb", "by"),
    [
        ([], "request_escalation", "respond"),
        ([ACK], "request_escalation", "respond"),
        ([ACK], "close", "respond"),
        ([ACK, ANSWER], "escalate", "request_escalation"),
        ([ACK, ANSWER, REQUEST], "close", "escalate"),
        ([], "draft_response", "acknowledge"),
        ([], "extend", "acknowledge"),
        ([("withdraw", {"reason": True})], "close", None),
    ],
)
def test_what_unlocks_a_step(steps, verb, by):
    assert guidance.unlocked_by(read(*steps), verb) == by


def test_a_draft_of_stage_1_is_no_draft_of_stage_2():
    before = read(ACK, GIVEN, DRAFT)
    assert guidance.latest_draft(before).number == 4
    after = read(ACK, GIVEN, DRAFT, ANSWER, REQUEST, ("escalate", {}))
    assert guidance.latest_draft(after) is None
