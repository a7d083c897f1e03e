"""Who may do what. Anything not named here is refused: `role`."""

from __future__ import annotations

from complaint_rules.events import EVENTS, Actor
from complaint_rules.procedure import Procedure

OMBUDSMAN_STEPS = frozenset({"ombudsman_enquires", "ombudsman_requests_evidence", "ombudsman_determines"})
HAZARD_STEPS = frozenset(
    {"report_hazard", "dismiss_hazard", "hazard_investigated", "hazard_summary_sent", "hazard_made_safe"}
)

_RESIDENT = frozenset(
    {"receive", "comment", "add_point", "request_escalation", "answer_survey", "withdraw", "reopen"}
)
_WHAT_A_RESIDENT_SAYS = frozenset(
    {
        "receive",
        "treat_as_service_request",
        "answer_service_request",
        "offer_complaint",
        "log_complaint",
        "record_contact",
        "record_needs",
        "add_point",
        "request_escalation",
        "answer_survey",
        "report_hazard",
        "dismiss_hazard",
    }
)
_ANSWERING = frozenset(
    {
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
        "respond",
        "promise",
        "ask_others",
        "answer_others",
        "award",
        "pay",
        "close",
        "learn",
        "link_cases",
        "unlink_cases",
    }
)

MAY: dict[str, frozenset[str]] = {
    "contact_staff": _WHAT_A_RESIDENT_SAYS,
    "complaints_officer": frozenset(EVENTS),
    "investigator": _ANSWERING,
    "reviewer": _ANSWERING,
    "quality_checker": frozenset({"check_response"}),
    "service_manager": frozenset(
        {"keep_promise", "change_promise", "agree_promise", "answer_others", "update", "learn", "pay"}
    )
    | HAZARD_STEPS,
    "ombudsman_liaison": OMBUDSMAN_STEPS | {"send_evidence", "comply", "keep_promise"},
    "board_member": frozenset(),
    "auditor": frozenset(),
    "administrator": frozenset(),
}
ROLES = tuple(MAY)

_OTHERS: dict[str, frozenset[str]] = {
    "resident": _RESIDENT,
    "representative": _RESIDENT,
    "ombudsman": OMBUDSMAN_STEPS,
    "system": frozenset({"send_survey"}),
    "asked": frozenset({"answer_others", "record_advice"}),
}
DECIDES_ON_STAGE_2 = frozenset({"escalate", "decline_escalation"})


def may(actor: Actor, verb: str, procedure: Procedure) -> bool:
    """Whether this actor's role allows this verb at all, whatever the state of the case."""
    if actor.kind != "staff":
        return verb in _OTHERS.get(actor.kind, frozenset())
    if verb in DECIDES_ON_STAGE_2 and actor.role == procedure.stage_2_decided_by:
        return True
    return verb in MAY.get(actor.role or "", frozenset())
