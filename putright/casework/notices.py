"""Everything that leaves: each action that tells somebody something, and each notice that is not an action.

Whatever stands here passes the gate (`telling`) before it leaves. A new action is put in one of the three
lists below, and a test fails until it is; a new notice (a reminder, a letter, a one-time link, a printed code)
stands in NOTICES, and leaves only by `leaving.leave`.
"""

from __future__ import annotations

TELLS: frozenset[str] = frozenset(
    {
        "treat_as_service_request",
        "answer_service_request",
        "offer_complaint",
        "refuse_complaint",
        "acknowledge",
        "ask_to_clarify",
        "update",
        "extend",
        "share_findings",
        "outcome_call",
        "respond",
        "escalate",
        "decline_escalation",
        "restrict_contact",
        "send_survey",
        "hazard_summary_sent",
    }
)
"""The actions by which the resident, or whoever acts for them, is told something."""

ON_THE_SPOT: frozenset[str] = frozenset(
    {
        "treat_as_service_request",
        "answer_service_request",
        "offer_complaint",
        "ask_to_clarify",
        "update",
        "share_findings",
    }
)
"""Those of them that can be said in a call or a visit which the resident began. The others are written."""

WAY_IT_ALWAYS_GOES: dict[str, str] = {"outcome_call": "telephone"}
"""The way of an action that has but one, where none is named."""

NOTES_WHAT_WENT_OUT: frozenset[str] = frozenset({"record_contact"})
"""The actions that write down what has left already. The truth is kept; where the way was not safe it is put on a
list, so that somebody makes sure that no harm came of it."""

DOES_NOT_TELL: frozenset[str] = frozenset(
    {
        "receive",
        "log_complaint",
        "assign",
        "declare_interest",
        "agree_definition",
        "agree_updates",
        "add_point",
        "comment",
        "record_advice",
        "draft_response",
        "check_response",
        "request_escalation",
        "record_authority",
        "promise",
        "keep_promise",
        "change_promise",
        "agree_promise",
        "ask_others",
        "answer_others",
        "award",
        "pay",
        "correct",
        "move_to_procedure",
        "withdraw",
        "close",
        "reopen",
        "answer_survey",
        "learn",
        "record_needs",
        "review_adjustments",
        "review_restriction",
        "ombudsman_enquires",
        "ombudsman_requests_evidence",
        "send_evidence",
        "ombudsman_determines",
        "comply",
        "report_hazard",
        "dismiss_hazard",
        "hazard_investigated",
        "hazard_made_safe",
        "link_cases",
        "unlink_cases",
        "merge_cases",
        "unmerge_cases",
        "split_case",
        "unsplit_case",
    }
)
"""What came in, what is done among ourselves, and what goes to the Ombudsman: nothing of it reaches a home."""

TO_NO_HOME: dict[str, str] = {
    "question_link": "A link by which a contractor, a team or a lawyer answers one question; staff pass it on by hand"
}
"""What goes to somebody who is not the resident, nor acts for them: it passes no gate, and holds no way to a home."""

NOTICES: dict[str, str] = {}
"""What leaves without being an action of a case: its name, and what it is in words. Later parts add theirs."""

WAY_OF_CHANNEL = {
    "telephone": "telephone",
    "email": "email",
    "letter": "letter",
    "web": "portal",
    "portal": "portal",
    "visit": "visit",
    "in_person": "visit",
    "social_media": "social_media",  # no way that anybody can have called safe
}
"""The way that a channel goes out by. One that is not here does not reach the resident: an MP, another colleague."""


def classified() -> frozenset[str]:
    """Every action that stands in one of the lists."""
    return TELLS | NOTES_WHAT_WENT_OUT | DOES_NOT_TELL
