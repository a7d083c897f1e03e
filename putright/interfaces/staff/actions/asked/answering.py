"""While it is open: updates, contacts, findings, calls, checks; and stage 2."""

from __future__ import annotations

from putright.interfaces.staff.actions.asked.taking_in import REASONS_HINT
from putright.interfaces.staff.actions.task import Ask, Task

ANSWER = ("respond", "respond_stage_2")

TASKS: dict[str, Task] = {
    "agree_updates": Task(
        done="The interval is agreed.",
        moves=("update",),
        asks={
            "every": Ask("How often?", hint="A number, like 5.", missing="Enter how often."),
            "unit": Ask("Counted in", missing="Choose days, working days or weeks."),
            "method": Ask("How", as_select=True),
        },
    ),
    "update": Task(
        done="The update is recorded.",
        clocks=("update", *ANSWER),
        moves=("update",),
        asks={
            "summary": Ask("What did you tell them?", missing="Enter what you told them."),
            "method": Ask("How", as_select=True),
            "next_update": Ask("The day of the next update", hint="A day given here is promised."),
        },
    ),
    "record_contact": Task(
        done="The contact is recorded.",
        asks={
            "direction": Ask("Which way?", missing="Choose which way it went."),
            "channel": Ask("How", as_select=True, missing="Choose how."),
            "with": Ask(
                "With",
                hint="Who was spoken to or written to.",
                rows=1,
                missing="Enter who it was with.",
                default=lambda file: str(file.case.resident) if file.case.resident else "",
            ),
            "summary": Ask("What was said?", missing="Enter what was said."),
        },
    ),
    "share_findings": Task(
        done="Sharing the findings is recorded.",
        clocks=ANSWER,
        moves=("comment_by",),
        asks={
            "with": Ask("With whom?", as_select=True, missing="Choose with whom."),
            "comment_by": Ask("The day by which they may comment"),
        },
    ),
    "comment": Task(
        done="The comment is recorded.",
        clocks=("comment_by",),
        asks={
            "on": Ask("On what?", missing="Choose what it is on."),
            "text": Ask("What did they say?", hint="Their words.", missing="Enter what they said."),
        },
    ),
    "outcome_call": Task(
        done="The call is recorded.",
        clocks=ANSWER,
        intro="The call about the outcome, before the written answer.",
        asks={
            "reached": Ask(
                "Was the resident reached?",
                hint="A call that was not answered counts.",
                missing="Say whether they were reached.",
            )
        },
    ),
    "record_advice": Task(
        done="The advice is recorded. It is privileged: it stays with those who answer complaints.",
        intro="What a lawyer advised about this complaint. It never stands in anything that is sent.",
        asks={
            "advice": Ask(
                "What was advised?",
                hint="Complaints officers, investigators and reviewers can read it. Nobody else.",
                rows=8,
                missing="Enter what was advised.",
            ),
            "adviser": Ask(
                "Who gave the advice?",
                hint="A person, a firm or our own legal team.",
                rows=1,
                missing="Enter who gave the advice.",
            ),
        },
    ),
    "escalate": Task(
        done="Accepted. Stage 2 is open.",
        clocks=("acknowledge_escalation", "respond_stage_2", "decline_by"),
        moves=("acknowledge_escalation", "respond_stage_2"),
        asks={
            "definition": Ask(
                "Definition: what stage 2 is about",
                hint="What is still disputed, as you understand it. It can also be set out when you acknowledge.",
            )
        },
    ),
    "decline_escalation": Task(
        done="Stage 2 is declined. The letter must give the reasons and the way to the Housing Ombudsman.",
        warning="Declining ends the complaint with us. The resident can take this decision to the Housing Ombudsman.",
        clocks=("decline_by", "acknowledge_escalation"),
        asks={
            "ground": Ask(
                "On what ground?", hint="Giving no reasons is never one.", missing="Choose the ground."
            ),
            "reasons": Ask("Reasons", hint=REASONS_HINT, missing="Give the reasons for this case."),
            "ombudsman_right_given": Ask(
                "Does the letter say that they can take this decision to the Housing Ombudsman?",
                missing="Say whether the letter gives the way to the Housing Ombudsman.",
            ),
            "discretion": Ask(
                "What was weighed in favour of taking it",
                hint="Needed when the time to ask has passed.",
                rows=3,
            ),
            "court_filed_on": Ask(
                "The day the claim was filed at court", hint="Needed for legal proceedings."
            ),
        },
    ),
    "close": Task(
        done="Closed. Promises stay owed until they are kept.",
        asks={
            "root_cause": Ask("What caused it?", hint="A short name, such as missed appointment."),
            "survey": Ask("Will a survey be sent?"),
        },
    ),
    "reopen": Task(
        done="Taken up again.",
        moves=("acknowledge", "respond"),
        asks={"reason": Ask("Why is it taken up again?", rows=3, missing="Give the reason.")},
    ),
}
