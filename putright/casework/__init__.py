"""What people do: the verbs of the worked cases, one module each.

Pages, the API, imports and worked cases all call these, so all get the same answer. `VERBS` finds
them by name. Import from here only once Django is set up.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from putright.casework.act import Verb

NAMES = (
    "receive",
    "treat_as_service_request",
    "answer_service_request",
    "offer_complaint",
    "log_complaint",
    "refuse_complaint",
    "assign",
    "declare_interest",
    "acknowledge",
    "ask_to_clarify",
    "agree_definition",
    "agree_updates",
    "update",
    "record_contact",
    "extend",
    "add_point",
    "share_findings",
    "comment",
    "outcome_call",
    "record_advice",
    "draft_response",
    "check_response",
    "respond",
    "request_escalation",
    "escalate",
    "decline_escalation",
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
    "send_survey",
    "answer_survey",
    "learn",
    "record_needs",
    "review_adjustments",
    "restrict_contact",
    "review_restriction",
    "ombudsman_enquires",
    "ombudsman_requests_evidence",
    "send_evidence",
    "ombudsman_determines",
    "comply",
    "report_hazard",
    "dismiss_hazard",
    "hazard_investigated",
    "hazard_summary_sent",
    "hazard_made_safe",
    "link_cases",
    "unlink_cases",
    "merge_cases",
    "unmerge_cases",
    "split_case",
    "unsplit_case",
)


def verb(name: str) -> Verb:
    """The action of this name; KeyError where there is none."""
    if name not in NAMES:
        raise KeyError(name)
    action: Verb = getattr(import_module(f"{__name__}.{name}"), name)
    return action
