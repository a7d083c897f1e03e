"""What this person can do in a case now, and what stands in the way of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from complaint_rules import clocks, guidance, independence, next_steps
from complaint_rules.events import EVENTS, Event, Responded
from complaint_rules.findings import Obstacle
from putright.interfaces.pages.words import action_word
from putright.interfaces.staff.case import addresses
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

FIRST = (
    "acknowledge",
    "log_complaint",
    "answer_service_request",
    "draft_response",
    "respond",
    "check_response",
    "escalate",
    "decline_escalation",
    "extend",
    "update",
    "ask_to_clarify",
    "add_point",
    "assign",
    "record_contact",
    "request_escalation",
    "keep_promise",
    "promise",
    "award",
    "offer_complaint",
    "treat_as_service_request",
    "refuse_complaint",
    "withdraw",
    "close",
    "reopen",
)
"""The steps that stand beside the main one, in this order."""

MORE: dict[str, tuple[str, ...]] = {
    "What it is about": ("agree_definition", "agree_updates", "share_findings", "comment", "outcome_call"),
    "People": (
        "record_needs",
        "review_adjustments",
        "record_authority",
        "record_advice",
        "declare_interest",
        "restrict_contact",
        "review_restriction",
    ),
    "Promises and money": ("agree_promise", "change_promise", "pay"),
    "Asking others": ("ask_others", "answer_others"),
    "Hazards": (
        "report_hazard",
        "dismiss_hazard",
        "hazard_investigated",
        "hazard_summary_sent",
        "hazard_made_safe",
    ),
    "Other cases": ("link_cases", "merge_cases", "split_case"),
    "Afterwards": ("send_survey", "answer_survey", "learn", "move_to_procedure"),
    "Ombudsman": (
        "ombudsman_enquires",
        "ombudsman_requests_evidence",
        "send_evidence",
        "ombudsman_determines",
        "comply",
    ),
}
"""The steps one press further away, by what they are about."""

LOOKED_FOR: dict[str, tuple[str, ...]] = {
    "received": ("extend", "draft_response", "respond", "request_escalation", "close"),
    "service_request": ("respond", "request_escalation", "close"),
    "open": ("draft_response", "check_response", "respond", "request_escalation", "close"),
    "responded": ("escalate", "close"),
    "refused": ("respond", "request_escalation"),
    "withdrawn": ("respond", "request_escalation"),
    "closed": ("respond",),
    "merged": (),
}
"""What somebody may look for in each state and not find: the page says why."""


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be done now: the main step first, those beside it, those further away, and what cannot be."""

    actions: list[dict[str, Any]]
    more: list[tuple[str, list[dict[str, Any]]]]
    not_yet: list[dict[str, Any]]


def menu(file: CaseFile, staff: Staff, now: datetime) -> Menu:
    """What this person can do in this case, and what stands in the way of what they may look for."""
    possible = _possible(file, staff)
    refused = {verb: in_the_way(file, staff, verb, now) for verb in _worth_asking(file, possible)}
    free = {verb for verb in possible if not refused.get(verb)}
    usual = next((verb for verb in guidance.usual_next_steps(file.complaint) if verb in free), None)
    first = [verb for verb in FIRST if verb in free and verb != usual]
    actions = [_link(file, usual, main=True)] if usual else []
    actions += [_link(file, verb) for verb in first]
    more = [
        (about, [_link(file, verb) for verb in verbs if verb in free and verb != usual])
        for about, verbs in MORE.items()
    ]
    return Menu(actions, [each for each in more if each[1]], _not_yet(file, staff, refused, now))


def _possible(file: CaseFile, staff: Staff) -> set[str]:
    complaint = file.complaint
    return {
        verb
        for verb in next_steps.possible(complaint)
        if verb not in ("receive", "correct")
        and staff.may(verb, complaint.procedure)
        and guidance.has_something_to_act_on(complaint, verb)
    }


def _worth_asking(file: CaseFile, possible: set[str]) -> set[str]:
    """Where the state and the role allow a step and the person, the draft or the procedure may not."""
    return possible & {"draft_response", "check_response", "respond", "escalate", "decline_escalation"}


def in_the_way(file: CaseFile, staff: Staff, verb: str, now: datetime) -> list[Obstacle]:
    """What the rules would refuse if this person took this step now, with what has been drafted so far."""
    complaint = file.complaint
    judged = next_steps.judge(complaint, _probe(file, staff, verb, now), complaint.procedure)
    if verb in ("decline_escalation", "escalate"):
        # Reasons and the right are asked for on the page itself.
        own = complaint.edition.ref("independence")
        return [each for each in judged.refused if each.ref in (own, "role", "not_now")]
    return judged.refused


def _probe(file: CaseFile, staff: Staff, verb: str, now: datetime) -> Event:
    by = staff.actor(verb, file.complaint.procedure)
    on = now.astimezone(clocks.LONDON).date()
    if verb == "respond":
        draft = guidance.latest_draft(file.complaint)
        decisions = draft.decisions if draft else ()
        return Responded(number=file.read_at + 1, at=now, on=on, by=by, decisions=decisions)
    return EVENTS[verb](number=file.read_at + 1, at=now, on=on, by=by)


def _not_yet(
    file: CaseFile, staff: Staff, refused: dict[str, list[Obstacle]], now: datetime
) -> list[dict[str, Any]]:
    complaint = file.complaint
    asked = dict.fromkeys([*(verb for verb, found in refused.items() if found), *LOOKED_FOR[complaint.state]])
    found = []
    for verb in sorted(asked, key=_place):
        obstacles = refused.get(verb)
        if obstacles is None:
            if verb in next_steps.possible(complaint) or not staff.may(verb, complaint.procedure):
                continue
            if verb == "escalate" and complaint.stage == 2:
                continue
            obstacles = in_the_way(file, staff, verb, now)
        if obstacles:
            found.append({"text": action_word(verb), "reasons": _reasons(file, staff, verb, obstacles)})
    return found + _not_their_role(file, staff)


def _place(verb: str) -> int:
    return FIRST.index(verb) if verb in FIRST else len(FIRST)


def _reasons(file: CaseFile, staff: Staff, verb: str, obstacles: list[Obstacle]) -> list[dict[str, Any]]:
    """Each reason once, and on the last of them the link to what unlocks the step."""
    personal = [each for each in obstacles if _is_about_the_person(file, [each])]
    reasons: list[dict[str, Any]] = [_reason(each) for each in personal or obstacles if each.ref != "not_now"]
    if verb == "request_escalation":
        says = "Not answered yet. What was asked is kept as a contact, and offered again with the answer"
        return [{"says": says, "ref": "", "href": _url(file, verb), "unlock": "Keep a request"}]
    if not reasons:
        reasons = [{"says": _NOT_NOW.get(verb) or obstacles[0].says.rstrip("."), "ref": ""}]
    step = guidance.unlocked_by(file.complaint, verb)
    if step and staff.may(step, file.complaint.procedure) and not _is_about_the_person(file, obstacles):
        reasons[-1] |= {"href": _url(file, step), "unlock": action_word(step)}
    return reasons


_NOT_NOW = {
    "respond": "It is not open for an answer",
    "draft_response": "Not acknowledged or logged yet",
    "extend": "Not acknowledged or logged yet",
    "escalate": "Nobody has asked for stage 2",
    "close": "Not answered yet",
    "check_response": "Nothing is drafted yet",
}


def _reason(obstacle: Obstacle) -> dict[str, Any]:
    return {"says": obstacle.says.rstrip("."), "ref": obstacle.ref}


def _is_about_the_person(file: CaseFile, obstacles: list[Obstacle]) -> bool:
    edition = file.complaint.edition
    personal = {edition.ref("independence"), edition.ref("conflict"), "role"}
    return any(each.ref in personal for each in obstacles)


def _not_their_role(file: CaseFile, staff: Staff) -> list[dict[str, Any]]:
    """The usual next step, where their roles do not allow it: whom to ask."""
    usual = guidance.usual_next_steps(file.complaint)
    if not usual or any(staff.may(verb, file.complaint.procedure) for verb in usual):
        return []
    says = "Your role does not do this. Ask a complaints officer"
    return [{"text": action_word(usual[0]), "reasons": [{"says": says, "ref": ""}]}]


def _link(file: CaseFile, verb: str, main: bool = False) -> dict[str, Any]:
    return {"text": action_word(verb), "href": _url(file, verb), "main": main}


def _url(file: CaseFile, verb: str) -> str:
    return addresses.action(file.case.reference, verb)


def asked_too_early(file: CaseFile) -> date | None:
    """The day on which stage 2 was asked for before the answer, where it can be taken now and has not been."""
    if "request_escalation" not in next_steps.possible(file.complaint):
        return None
    answered = file.complaint.steps.get("responded")
    tried = [e for e in file.entries if e.verb == "refused" and e.data.get("verb") == "request_escalation"]
    early = [each for each in tried if answered is not None and each.number < (answered.entry or 0)]
    if not early or "requested" in file.complaint.steps:
        return None
    return early[-1].happened_on


def may_read_drafts(file: CaseFile, staff: Staff, stage: int) -> bool:
    """Whether this person may read what was drafted at a stage."""
    return independence.may_see_draft(file.complaint, staff.person, stage)
