"""What each term of the Code is called on a staff page and on a resident's page, in one place.

Codes are those of the rules and of worked cases. A page never spells a term itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what staff read, what residents read, and the word neither should meet."""

    staff: str
    resident: str
    never: str


TERMS: dict[str, Term] = {
    "complaint": Term("Complaint", "your complaint", "formal complaint"),
    "service_request": Term("Service request", "what you asked for", "stage 0"),
    "receive": Term("Record complaint", "we got it", "ticket"),
    "log_complaint": Term("Log", "counted as a complaint", "register"),
    "acknowledge": Term("Acknowledge", "we confirmed it", "holding reply"),
    "definition": Term("Definition", "what it is about", "scope"),
    "points": Term("Points", "parts of it", "allegations"),
    "outcomes": Term("Outcomes wanted", "what should happen", "demands"),
    "assign": Term("Assign", "given to someone", "triage"),
    "stage_1": Term("Stage 1", "first answer", "informal stage"),
    "stage_2": Term("Stage 2", "someone new looks", "panel"),
    "responded": Term("Responded", "answered", "resolved"),
    "respond": Term("Send the response", "our answer", "close off"),
    "request_escalation": Term("Record a stage 2 request", "Ask for stage 2", "dispute"),
    "escalate": Term("Accept for stage 2", "stage 2 began", "upgrade"),
    "decline_escalation": Term("Decline stage 2", "why not stage 2", "reject"),
    "refuse_complaint": Term("Refuse to accept", "why we cannot", "invalid"),
    "extend": Term("Extend", "we need until", "pause"),
    "update": Term("Send an update", "news", "chaser"),
    "upheld": Term("Upheld", "we got this wrong", "justified"),
    "partly_upheld": Term("Partly upheld", "we got some wrong", "mixed"),
    "not_upheld": Term("Not upheld", "we disagree, because", "unfounded"),
    "remedies": Term("Remedy", "putting it right", "resolution"),
    "award": Term("Award", "money we owe", "goodwill"),
    "promise": Term("Promise", "what we promised", "action item"),
    "keep_promise": Term("Mark as kept", "done", "tick off"),
    "due": Term("Due", "by", "SLA"),
    "target": Term("Our target", "", "deadline"),
    "met": Term("Met", "on time", "green"),
    "breached": Term("Breached", "late, sorry", "red"),
    "open": Term("Not yet due", "to come", "pending"),
    "not_applicable": Term("Does not apply", "nothing", "N/A"),
    "cannot_tell": Term("Cannot tell", "no record", "unknown"),
    "withdraw": Term("Withdraw", "stop this complaint", "abandon"),
    "close": Term("Close", "finished, promises stand", "resolve"),
    "needs": Term("Needs", "what makes this easier", "vulnerable"),
    "representative": Term("Representative", "who acts for you", "third party"),
    "restrict_contact": Term("Contact restriction", "how to contact us", "vexatious"),
    "hazard": Term("Hazard", "danger at home", "incident"),
    "determination": Term("Determination", "Ombudsman's decision", "ruling"),
}

VERDICTS = {code: TERMS[code].staff for code in ("met", "breached", "open", "not_applicable", "cannot_tell")}
"""Verdict codes of the rules to the words staff read. Note `open` reads "Not yet due"."""

ACTIONS: dict[str, str] = {
    "receive": TERMS["receive"].staff,
    "treat_as_service_request": "Record as a service request",
    "answer_service_request": "Answer the service request",
    "offer_complaint": "Offer a complaint",
    "log_complaint": TERMS["log_complaint"].staff,
    "refuse_complaint": TERMS["refuse_complaint"].staff,
    "assign": TERMS["assign"].staff,
    "declare_interest": "Declare an interest",
    "acknowledge": TERMS["acknowledge"].staff,
    "ask_to_clarify": "Ask to clarify",
    "agree_definition": "Agree the definition",
    "agree_updates": "Agree how often to update",
    "update": TERMS["update"].staff,
    "record_contact": "Record a contact",
    "extend": TERMS["extend"].staff,
    "add_point": "Add a point",
    "share_findings": "Share the findings",
    "comment": "Record a comment",
    "outcome_call": "Record the outcome call",
    "record_advice": "Record legal advice",
    "draft_response": "Draft the response",
    "check_response": "Check the response",
    "respond": TERMS["respond"].staff,
    "request_escalation": TERMS["request_escalation"].staff,
    "escalate": TERMS["escalate"].staff,
    "decline_escalation": TERMS["decline_escalation"].staff,
    "record_authority": "Record authority",
    "promise": TERMS["promise"].staff,
    "keep_promise": TERMS["keep_promise"].staff,
    "change_promise": "Change the day",
    "agree_promise": "Say if we can",
    "ask_others": "Ask somebody",
    "answer_others": "Answer a question",
    "award": TERMS["award"].staff,
    "pay": "Record a payment",
    "correct": "Correct an entry",
    "move_to_procedure": "Move to another procedure",
    "withdraw": TERMS["withdraw"].staff,
    "close": TERMS["close"].staff,
    "reopen": "Reopen",
    "send_survey": "Send a survey",
    "answer_survey": "Record a survey answer",
    "learn": "Record what we learned",
    "record_needs": "Record needs",
    "review_adjustments": "Review adjustments",
    "restrict_contact": TERMS["restrict_contact"].staff,
    "review_restriction": "Review the contact restriction",
    "ombudsman_enquires": "Record an Ombudsman enquiry",
    "ombudsman_requests_evidence": "Record an evidence request",
    "send_evidence": "Send the evidence",
    "ombudsman_determines": "Record a determination",
    "comply": "Record that an order was carried out",
    "report_hazard": "Report a hazard",
    "dismiss_hazard": "Dismiss a danger",
    "hazard_investigated": "Record the hazard investigation",
    "hazard_summary_sent": "Record the hazard summary",
    "hazard_made_safe": "Record that it was made safe",
    "link_cases": "Link to another case",
    "unlink_cases": "Take away a link",
    "merge_cases": "Merge with another case",
    "unmerge_cases": "Undo a merge",
    "split_case": "Split points off",
    "unsplit_case": "Undo a split",
}
"""Verbs of worked cases to the words on buttons and links."""

HAPPENED: dict[str, str] = {
    "receive": "Received",
    "treat_as_service_request": "Recorded as a service request",
    "answer_service_request": "Service request answered",
    "offer_complaint": "Complaint offered",
    "log_complaint": "Logged",
    "refuse_complaint": "Refused to accept",
    "assign": "Assigned",
    "declare_interest": "Interest declared",
    "acknowledge": "Acknowledged",
    "ask_to_clarify": "Asked to clarify",
    "agree_definition": "Definition agreed",
    "agree_updates": "Updates agreed",
    "update": "Update sent",
    "record_contact": "Contact",
    "extend": "Extended",
    "add_point": "Point added",
    "share_findings": "Findings shared",
    "comment": "Comment",
    "outcome_call": "Outcome call",
    "record_advice": "Legal advice taken",
    "draft_response": "Response drafted",
    "check_response": "Response checked",
    "respond": "Answered",
    "request_escalation": "Stage 2 asked for",
    "escalate": "Accepted for stage 2",
    "decline_escalation": "Stage 2 declined",
    "record_authority": "Authority recorded",
    "promise": "Promise made",
    "keep_promise": "Promise kept",
    "change_promise": "Promise moved",
    "agree_promise": "Said whether a promise can be kept",
    "ask_others": "Asked",
    "answer_others": "Answered a question",
    "award": "Award made",
    "pay": "Award paid",
    "correct": "Entry corrected",
    "move_to_procedure": "Moved to another procedure",
    "withdraw": "Withdrawn",
    "close": "Closed",
    "reopen": "Reopened",
    "send_survey": "Survey sent",
    "answer_survey": "Survey answered",
    "learn": "Lesson recorded",
    "record_needs": "Needs recorded",
    "review_adjustments": "Adjustments reviewed",
    "restrict_contact": "Contact restricted",
    "review_restriction": "Contact restriction reviewed",
    "ombudsman_enquires": "Ombudsman enquired",
    "ombudsman_requests_evidence": "Ombudsman asked for evidence",
    "send_evidence": "Evidence sent",
    "ombudsman_determines": "Ombudsman decided",
    "comply": "Order carried out",
    "report_hazard": "Hazard reported",
    "dismiss_hazard": "Looked at: no hazard",
    "hazard_investigated": "Hazard investigated",
    "hazard_summary_sent": "Hazard summary sent",
    "hazard_made_safe": "Made safe",
    "link_cases": "Linked to another case",
    "unlink_cases": "Link taken away",
    "merge_cases": "Merged",
    "unmerge_cases": "Merge undone",
    "split_case": "Split",
    "unsplit_case": "Split undone",
    "refused": "Refused",
    "viewed": "Viewed",
}
"""Verbs of worked cases, and of the journal, to what a timeline says has happened."""

CLOCKS: dict[str, str] = {
    "acknowledge": "Acknowledge stage 1",
    "respond": "Answer stage 1",
    "acknowledge_escalation": "Acknowledge stage 2",
    "respond_stage_2": "Answer stage 2",
    "update": "Send an update",
    "escalate_by": "Last day to ask for stage 2",
    "decline_by": "Last day to decline stage 2",
    "comment_by": "Comments on the findings",
    "call_back": "Call back after the survey",
    "review_adjustments": "Review adjustments",
    "review_restriction": "Review the contact restriction",
    "promise": "Promise",
    "evidence": "Send the evidence",
    "order": "Order",
    "danger": "Danger: confirm or dismiss",
    "hazard_investigate": "Hazard: investigate",
    "hazard_summary": "Hazard: send the summary",
    "hazard_make_safe": "Hazard: make safe",
    "hazard_works": "Hazard: finish the work",
}
"""Clock names of the rules to what is due. Numbered clocks (`promise:2`) go through `clock_word`."""

STATES: dict[str, str] = {
    "received": "Received",
    "service_request": TERMS["service_request"].staff,
    "open": "Open",
    "responded": TERMS["responded"].staff,
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "closed": "Closed",
    "merged": "Merged into another case",
}

ROLES: dict[str, str] = {
    "contact_staff": "Contact staff",
    "complaints_officer": "Complaints officer",
    "investigator": "Investigator",
    "reviewer": "Reviewer",
    "quality_checker": "Quality checker",
    "service_manager": "Service manager",
    "ombudsman_liaison": "Ombudsman liaison",
    "board_member": "Board member",
    "auditor": "Auditor",
    "administrator": "Administrator",
}

CHANNELS: dict[str, str] = {
    "telephone": "Telephone",
    "email": "Email",
    "web": "Website",
    "portal": "Resident page",
    "letter": "Letter",
    "in_person": "In person",
    "social_media": "Social media",
    "councillor": "Councillor",
    "mp": "Member of Parliament",
    "survey": "Survey",
    "staff_member": "Member of staff",
    "visit": "Visit",
}

WAYS: dict[str, str] = {
    "telephone": "Telephone",
    "text": "Text message",
    "email": "Email",
    "letter": "Letter",
    "portal": "Resident page",
    "visit": "Visit",
    "their_contact": "In the call or visit that they began",
}
"""The ways something goes to a resident."""

GROUNDS: dict[str, str] = {
    "over_twelve_months": "It happened more than twelve months ago",
    "legal_proceedings": "Legal proceedings have started",
    "already_considered": "We have already considered it",
    "outside_window": "The time to ask for stage 2 has passed",
    "no_new_evidence": "There is no new evidence",
    "no_reasons_given": "No reasons were given",
    "other": "Another ground",
}

DECISIONS: dict[str, str] = {code: TERMS[code].staff for code in ("upheld", "partly_upheld", "not_upheld")}

OUTCOME_ANSWERS: dict[str, str] = {"yes": "Yes", "no": "No", "not_ours": "Not ours to decide"}

AWARD_HEADS: dict[str, str] = {
    "statutory": "Set by law",
    "quantifiable_loss": "Money lost",
    "time_and_trouble": "Time and trouble",
    "distress": "Distress",
    "other": "Something else",
}

OMBUDSMAN_FINDINGS: dict[str, str] = {
    "no_maladministration": "No maladministration",
    "service_failure": "Service failure",
    "maladministration": "Maladministration",
    "severe_maladministration": "Severe maladministration",
    "mediation": "Settled by mediation",
    "reasonable_redress": "Reasonable redress",
    "outside_jurisdiction": "Outside jurisdiction",
    "withdrawn": "Withdrawn",
}

RISKS: dict[str, str] = {
    "emergency_hazard": "Emergency hazard not made safe",
    "significant_hazard": "Significant hazard not made safe",
    "at_risk": "Said to be at risk",
    "danger_unanswered": "A danger was mentioned and nobody has answered it",
    "needs": "Needs recorded",
}
"""Reasons of `complaint_rules.risk` why a resident may come to harm, worst first."""

LINKS: dict[str, str] = {
    "same_trouble": "The same trouble",
    "same_home": "The same home",
    "follow_on": "One follows from the other",
}
"""How two cases belong together."""

HAZARD_KINDS: dict[str, str] = {"emergency": "Emergency", "significant": "Significant"}


def verdict_word(verdict: str) -> str:
    """The staff word for a verdict code of the rules; KeyError for any other."""
    return VERDICTS[str(verdict)]


def action_word(action: str) -> str:
    """The button word for a verb of worked cases; KeyError for any other."""
    return ACTIONS[action]


def clock_word(clock: str) -> str:
    """What a clock asks for: "respond" is "Answer stage 1", "promise:2" is "Promise 2"."""
    name, _, number = clock.partition(":")
    return f"{CLOCKS[name]} {number}" if number else CLOCKS[name]


def state_word(state: str, stage: int | None = None) -> str:
    """ "Open, stage 1": the state of a case, with the stage where it is being or was answered."""
    word = STATES[state]
    return f"{word}, stage {stage}" if stage and state in ("open", "responded", "closed") else word


def award_word(head: str) -> str:
    """What an award is for; a purpose in words of one's own stays as it is."""
    return AWARD_HEADS.get(head, head)


def staff_word(term: str) -> str:
    """What staff read for a term of the Code."""
    return TERMS[term].staff


def resident_word(term: str) -> str:
    """What a resident reads for a term of the Code."""
    return TERMS[term].resident
