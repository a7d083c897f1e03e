"""What usually comes next in a complaint, what a step acts on, and which step unlocks another.

Nothing here allows or refuses: `next_steps` does. A page uses this to put the usual step first.
"""

from __future__ import annotations

from datetime import date

from complaint_rules import asking, events, next_steps
from complaint_rules.complaint import Complaint

_HAZARD_STEPS = (
    ("hazard_investigate", "hazard_investigated"),
    ("hazard_summary", "hazard_summary_sent"),
    ("hazard_make_safe", "hazard_made_safe"),
)
_REVIEWS = ("review_adjustments", "review_restriction")


def usual_next_steps(complaint: Complaint) -> list[str]:
    """The steps that usually come next, the most usual first. Only what the state of the case allows."""
    return [step for step in _in_order(complaint) if step in next_steps.possible(complaint)]


def _in_order(complaint: Complaint) -> list[str]:
    danger = ["report_hazard", "dismiss_hazard"] if complaint.danger_unanswered_on else []
    steps = [*danger, *_moving(complaint), *_owed(complaint)]
    return list(dict.fromkeys(steps))


def _moving(complaint: Complaint) -> list[str]:
    if complaint.state == "received":
        return ["acknowledge", "log_complaint"]
    if complaint.state == "service_request":
        return ["answer_service_request"]
    if complaint.state == "open":
        return _while_open(complaint)
    if complaint.state == "responded" and complaint.request_waits:
        return ["escalate"]
    return []


def _while_open(complaint: Complaint) -> list[str]:
    stage = complaint.stage_being_answered
    steps = []
    if ("acknowledged_escalation" if stage == 2 else "acknowledged") not in complaint.steps:
        steps.append("acknowledge")
    if complaint.handler is None:
        steps.append("assign")
    draft = latest_draft(complaint)
    finished = draft is not None and not next_steps.unanswered(complaint, draft.decisions)
    if not finished or complaint.check_failed[stage]:
        return [*steps, "draft_response", "respond"]
    if complaint.procedure.outcome_call and not complaint.calls[stage]:
        steps.append("outcome_call")
    return [*steps, "respond"]


def _owed(complaint: Complaint) -> list[str]:
    """What is still to be done whatever the state: hazards, reviews, evidence, orders, promises; then closing."""
    steps = [step for clock, step in _HAZARD_STEPS if complaint.running(clock)]
    steps += [clock for clock in _REVIEWS if complaint.running(clock)]
    if complaint.running("evidence"):
        steps.append("send_evidence")
    if complaint.dissatisfied_survey and complaint.running("call_back"):
        steps.append("offer_complaint")
    if any(order.runs for order in complaint.orders):
        steps.append("comply")
    if complaint.state in ("responded", "closed") and any(promise.runs for promise in complaint.promises):
        steps.append("keep_promise")
    if complaint.state == "responded":
        steps.append("close")
    if complaint.state == "closed" and not complaint.all(events.LessonLearned):
        steps.append("learn")
    return steps


def latest_draft(complaint: Complaint) -> events.ResponseDrafted | None:
    """The newest draft of the answer to the stage that is being answered; None where there is none."""
    opened = [event.number for event in complaint.all(events.Escalated)]
    since = opened[-1] if complaint.stage == 2 and opened else 0
    drafts = [event for event in complaint.all(events.ResponseDrafted) if event.number > since]
    return max(drafts, key=lambda draft: draft.number, default=None)  # type: ignore[return-value]


def has_something_to_act_on(complaint: Complaint, verb: str) -> bool:
    """Whether there is a promise to keep, an order to comply with, a hazard to investigate, and so on.

    True for every verb that acts on the complaint as a whole.
    """
    if verb in ("keep_promise", "change_promise", "agree_promise"):
        return any(promise.runs for promise in complaint.promises)
    if verb == "answer_others":
        return bool(asking.unanswered(complaint))
    if verb == "comply":
        return any(order.runs for order in complaint.orders)
    if verb == "pay":
        return bool(unpaid_awards(complaint))
    if verb in _REVIEWS:
        return complaint.running(verb) is not None or _has_restriction_or_adjustments(complaint, verb)
    if verb.startswith("hazard_"):
        return _hazard_waits(complaint, verb)
    if verb == "dismiss_hazard":
        return complaint.danger_unanswered_on is not None
    if verb == "send_evidence":
        return complaint.with_ombudsman
    if verb == "check_response":
        return latest_draft(complaint) is not None
    if verb == "answer_survey":
        return bool(complaint.all(events.SurveySent))
    return True


def _hazard_waits(complaint: Complaint, verb: str) -> bool:
    """Whether a hazard has been reported since this was last done for one."""
    received = [event for event in complaint.all(events.Received) if event.hazard]  # type: ignore[attr-defined]
    reported = [*received, *complaint.all(events.HazardReported)]
    done = complaint.all(events.EVENTS[verb])
    return bool(reported) and (not done or _latest(reported) > _latest(done))


def _latest(found: list[events.Event]) -> tuple[date, int]:
    return max((event.on, event.number) for event in found)


def _has_restriction_or_adjustments(complaint: Complaint, verb: str) -> bool:
    if verb == "review_restriction":
        return bool(complaint.all(events.ContactRestricted))
    return complaint.adjustments_without_review or bool(complaint.all(events.NeedsRecorded))


def unpaid_awards(complaint: Complaint) -> list[int]:
    """The numbers of the awards for which no payment is recorded."""
    paid = {event.award for event in complaint.all(events.Paid)}  # type: ignore[attr-defined]
    return [number for number in range(1, len(complaint.awards) + 1) if number not in paid]


_UNLOCKS = {
    "request_escalation": "respond",
    "escalate": "request_escalation",
    "decline_escalation": "request_escalation",
    "close": "respond",
    "extend": "acknowledge",
    "draft_response": "acknowledge",
    "check_response": "draft_response",
    "respond": "draft_response",
    "offer_complaint": "answer_survey",
}


def unlocked_by(complaint: Complaint, verb: str) -> str | None:
    """The step that would make another possible; None where none would, or where that step cannot be taken now."""
    if verb == "close" and complaint.request_waits:
        return "escalate"
    step = _UNLOCKS.get(verb)
    seen = {verb}
    while step is not None and step not in next_steps.possible(complaint) and step not in seen:
        seen.add(step)
        step = _UNLOCKS.get(step)
    return step if step in next_steps.possible(complaint) else None
