"""The whole matrix: each action, in each state, for each role, is allowed, not now, or not for this role.

Both tables are written here by hand from the language of worked cases, not taken from the rules.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_rules import complaint, next_steps
from complaint_rules.events import EVENTS, Actor, Decision, Undertaking
from complaint_rules.procedure import Procedure

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2025, 6, 2)

EVERYTHING = set(EVENTS)
ANSWERING = {
    "assign", "declare_interest", "acknowledge", "ask_to_clarify", "agree_definition", "agree_updates", "update",
    "record_contact", "extend", "add_point", "share_findings", "comment", "outcome_call", "record_advice",
    "draft_response", "respond", "promise", "award", "pay", "close", "learn", "link_cases", "unlink_cases",
    "ask_others", "answer_others",
}  # fmt: skip
BY_ROLE = {
    "contact_staff": {
        "receive", "treat_as_service_request", "answer_service_request", "offer_complaint", "log_complaint",
        "record_contact", "record_needs", "add_point", "request_escalation", "answer_survey", "report_hazard",
        "dismiss_hazard",
    },
    "complaints_officer": EVERYTHING,
    "investigator": ANSWERING,
    "reviewer": ANSWERING,
    "quality_checker": {"check_response"},
    "service_manager": {
        "keep_promise", "change_promise", "update", "learn", "pay", "report_hazard", "dismiss_hazard",
        "hazard_investigated", "hazard_summary_sent", "hazard_made_safe", "agree_promise", "answer_others",
    },
    "ombudsman_liaison": {
        "ombudsman_enquires", "ombudsman_requests_evidence", "ombudsman_determines", "send_evidence", "comply",
        "keep_promise",
    },
    "board_member": set(),
    "auditor": set(),
    "administrator": set(),
}  # fmt: skip
OTHERS = {
    "resident": {
        "receive",
        "comment",
        "add_point",
        "request_escalation",
        "answer_survey",
        "withdraw",
        "reopen",
    },
    "representative": {
        "receive",
        "comment",
        "add_point",
        "request_escalation",
        "answer_survey",
        "withdraw",
        "reopen",
    },
    "ombudsman": {"ombudsman_enquires", "ombudsman_requests_evidence", "ombudsman_determines"},
    "system": {"send_survey"},
    "asked": {"answer_others", "record_advice"},
}

MOVING = {
    "receive", "treat_as_service_request", "answer_service_request", "offer_complaint", "log_complaint",
    "refuse_complaint", "acknowledge", "ask_to_clarify", "agree_definition", "extend", "outcome_call",
    "draft_response", "check_response", "respond", "request_escalation", "escalate", "decline_escalation",
    "withdraw", "close", "reopen", "merge_cases", "split_case",
}  # fmt: skip
ANSWERING_IT = {
    "ask_to_clarify", "agree_definition", "extend", "outcome_call", "draft_response", "check_response", "respond",
    "withdraw",
}  # fmt: skip
WHILE_OPEN = ANSWERING_IT | {"merge_cases", "split_case"}
RECEIVED = {
    "treat_as_service_request",
    "refuse_complaint",
    "log_complaint",
    "acknowledge",
    "respond",
    "withdraw",
    "merge_cases",
    "split_case",
}

# How each state is reached, and which moving actions it allows.
STATES = {
    "nothing": ([], {"receive"}),
    "received": (["receive"], RECEIVED),
    "service_request": (
        ["receive", "treat_as_service_request"],
        {"answer_service_request", "offer_complaint", "log_complaint", "withdraw"},
    ),
    "open, logged": (["receive", "log_complaint"], WHILE_OPEN | {"acknowledge"}),
    "open, acknowledged": (["receive", "acknowledge"], WHILE_OPEN),
    "responded": (["receive", "acknowledge", "respond"], {"request_escalation", "close", "withdraw"}),
    "responded, asked for stage 2": (
        ["receive", "acknowledge", "respond", "request_escalation"],
        {"escalate", "decline_escalation", "withdraw"},
    ),
    "responded, declined": (
        ["receive", "acknowledge", "respond", "request_escalation", "decline_escalation"],
        {"request_escalation", "close", "withdraw"},
    ),
    "open at stage 2": (
        ["receive", "acknowledge", "respond", "request_escalation", "escalate"],
        ANSWERING_IT | {"acknowledge"},
    ),
    "open at stage 2, acknowledged": (
        ["receive", "acknowledge", "respond", "request_escalation", "escalate", "acknowledge"],
        ANSWERING_IT,
    ),
    "responded at stage 2": (
        ["receive", "acknowledge", "respond", "request_escalation", "escalate", "acknowledge", "respond_2"],
        {"close"},
    ),
    "closed": (["receive", "acknowledge", "respond", "close"], {"reopen", "request_escalation"}),
    "closed at stage 2": (
        [
            "receive",
            "acknowledge",
            "respond",
            "request_escalation",
            "escalate",
            "acknowledge",
            "respond_2",
            "close",
        ],
        {"reopen"},
    ),
    "refused": (["receive", "refuse_complaint"], {"reopen"}),
    "withdrawn": (["receive", "withdraw"], {"reopen"}),
    "closed and opened again": (
        ["receive", "acknowledge", "respond", "close", "reopen"],
        {"request_escalation", "close", "withdraw"},
    ),
    "dissatisfied in the survey": (
        ["receive", "acknowledge", "respond", "close", "answer_survey"],
        {"reopen", "request_escalation", "offer_complaint"},
    ),
}

ANSWER = {"decisions": (Decision(1, "not_upheld"),)}
FIELDS: dict[str, dict[str, object]] = {
    "receive": {"channel": "email", "points": 1, "outcomes": 1, "issue_arose": date(2020, 1, 6)},
    "treat_as_service_request": {"reason": True, "resident_agrees": True},
    "answer_service_request": {"satisfied": True},
    "refuse_complaint": {
        "ground": "over_twelve_months", "reasons": True, "discretion": True, "ombudsman_right_given": True,
    },
    "assign": {"handler": "somebody", "seniority": "director"},
    "declare_interest": {"staff": "somebody"},
    "acknowledge": {"definition": True, "not_responsible_for": True},
    "agree_updates": {"every": 5, "unit": "working_days"},
    "extend": {
        "until": MONDAY + timedelta(days=14), "reason": True, "agreed": True, "ombudsman_details_given": True,
        "good_reason_beyond_limit": True,
    },
    "add_point": {"related": True},
    "share_findings": {"shared_with": "resident"},
    "comment": {"subject": "findings"},
    "outcome_call": {"reached": True},
    "draft_response": ANSWER,
    "check_response": {"passed": True},
    "respond": ANSWER,
    "decline_escalation": {"ground": "already_considered", "reasons": True, "ombudsman_right_given": True},
    "record_authority": {"representative": "x", "given": True},
    "promise": {"due": MONDAY + timedelta(days=30)},
    "keep_promise": {"promise": 1},
    "change_promise": {"promise": 1, "due": MONDAY + timedelta(days=40), "reason": True},
    "agree_promise": {"promise": 1, "can": True},
    "ask_others": {"of": "team", "point": 1, "answer_by": MONDAY + timedelta(days=20)},
    "answer_others": {"asked": 2},
    "award": {"amount": 1000, "head": "distress"},
    "pay": {"award": 1},
    "move_to_procedure": {"version": 2, "reason": True},
    "correct": {"entry": 1, "fields": {"channel": "web"}, "reason": True},
    "answer_survey": {"score": 2, "satisfied": False},
    "record_needs": {"adjustments": 1, "review_on": MONDAY + timedelta(days=300)},
    "review_adjustments": {},
    "restrict_contact": {"reasons": True, "review_on": MONDAY + timedelta(days=90), "equality_considered": True},
    "ombudsman_requests_evidence": {"due": MONDAY + timedelta(days=90)},
    "ombudsman_determines": {"orders": (Undertaking(MONDAY + timedelta(days=90)),)},
    "comply": {"order": 1},
    "report_hazard": {"kind": "emergency", "aware_at": datetime(2025, 11, 3, 9, tzinfo=LONDON)},
}  # fmt: skip
OF_TWO_CASES = {
    "link_cases", "unlink_cases", "merge_cases", "unmerge_cases", "split_case", "unsplit_case",
}  # fmt: skip
FIRST_NEEDED = {
    "keep_promise": "promise",
    "change_promise": "promise",
    "agree_promise": "promise",
    "answer_others": "ask_others",
    "pay": "award",
    "comply": "ombudsman_determines",
}

OFFICER = Actor("staff", "stage-1-officer", "complaints_officer")


def step(verb, by, number, **changes):
    on = MONDAY + timedelta(days=number)
    at = datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)
    return EVENTS[verb](number=number, at=at, on=on, by=by, **(FIELDS.get(verb, {}) | changes))


def case_in(state, edition, verb=""):
    """The events that lead to a state, with what the verb under test acts upon."""
    path = list(STATES[state][0])
    if verb in FIRST_NEEDED and path:
        path.insert(1, FIRST_NEEDED[verb])
    events = []
    for number, name in enumerate(path, start=1):
        by = Actor("staff", "stage-2-reviewer", "complaints_officer") if name == "respond_2" else OFFICER
        events.append(step(name.removesuffix("_2"), by, number))
    return complaint.read(events, Procedure(edition=edition)), len(path) + 1


ACTORS = [Actor("staff", "a-third-person", role) for role in BY_ROLE] + [Actor(kind, "p1") for kind in OTHERS]


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
@pytest.mark.parametrize("state", STATES)
def test_every_action_for_every_role(edition, state):
    procedure = Procedure(edition=edition)
    allowed_here = STATES[state][1] | (EVERYTHING - MOVING if state != "nothing" else set())
    for verb in sorted(EVERYTHING):
        case, number = case_in(state, edition, verb)
        for actor in ACTORS:
            who = actor.role or actor.kind
            told = next_steps.judge(case, step(verb, actor, number), procedure)
            refs = [obstacle.ref for obstacle in told.refused]
            expected = expect(edition, state, verb, who, allowed_here)
            assert refs == expected, (edition, state, verb, who)
            needs_another_case = verb in OF_TWO_CASES and not expected
            assert bool(told.needs) is needs_another_case, (edition, state, verb, who, told.needs)


def expect(edition, state, verb, who, allowed_here):
    if verb not in (BY_ROLE | OTHERS)[who]:
        return ["role"]
    if verb in allowed_here:
        return []
    too_early = state in (
        "received",
        "service_request",
        "open, logged",
        "open, acknowledged",
        "refused",
        "withdrawn",
    )
    if edition == "2022" and too_early and verb in ("request_escalation", "escalate"):
        return ["5.11", "not_now"]
    return ["not_now"]


@pytest.mark.parametrize("state", STATES)
def test_what_is_possible_is_what_the_table_says(state):
    case, _ = case_in(state, "2024")
    expected = STATES[state][1] | (EVERYTHING - MOVING if state != "nothing" else set())
    assert next_steps.possible(case) == expected


def test_nothing_is_possible_in_a_case_that_was_merged_into_another_one():
    events = [step("receive", OFFICER, 1), step("merge_cases", OFFICER, 2, other=7, into=True)]
    merged = complaint.read(events, Procedure(edition="2024"))
    assert (merged.state, merged.merged_into) == ("merged", 7)
    assert next_steps.possible(merged) == set()
    for verb in sorted(EVERYTHING):
        told = next_steps.judge(merged, step(verb, OFFICER, 3), merged.procedure)
        assert [each.ref for each in told.refused] == ["not_now"], verb


def test_a_counted_first_step_answers_nothing():
    procedure = Procedure(edition="2020", counted_first_step=True)
    case = complaint.read([step("receive", OFFICER, 1)], procedure)
    assert case.stage == 0
    assert next_steps.possible(case) & MOVING == RECEIVED - {"respond"}
    logged = complaint.read([step("receive", OFFICER, 1), step("log_complaint", OFFICER, 2)], procedure)
    assert (logged.stage, logged.state) == (1, "open")
