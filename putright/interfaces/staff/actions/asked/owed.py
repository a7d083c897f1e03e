"""Promises, money, lessons and surveys."""

from __future__ import annotations

from putright.interfaces.pages.phrases import pounds
from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile

PROMISE = Ask(
    "Which promise?",
    choices=choices.promises_owed,
    missing="Choose the promise.",
    empty="No promise is owed in this case.",
)
OWNER = Ask("Who will do it?", hint="A team or a person.", rows=1)


def _approval(file: CaseFile, staff: Staff) -> dict[str, object]:
    limit = file.complaint.procedure.award_approval_over
    says = f"Over {pounds(limit)} somebody else must approve it." if limit is not None else ""
    return {"says": says}


TASKS: dict[str, Task] = {
    "promise": Task(
        done="Promised.",
        asks={
            "what": Ask(
                "What do we promise?",
                hint="The resident sees this.",
                rows=3,
                missing="Enter what is promised.",
            ),
            "due": Ask("By which day?", missing="Give the day it will be done."),
            "owner": OWNER,
        },
    ),
    "keep_promise": Task(
        done="Marked as kept.",
        asks={
            "promise": PROMISE,
            "proof": Ask("What shows that it was done?", hint="The resident sees this.", rows=2),
        },
    ),
    "change_promise": Task(
        done="The promise has a new day.",
        intro="A day already missed stays on record.",
        asks={
            "promise": PROMISE,
            "due": Ask("The new day", missing="Give the new day."),
            "reason": Ask(
                "Why?",
                hint="The resident sees the new day and this reason.",
                rows=3,
                missing="Give the reason for changing the day.",
            ),
        },
    ),
    "agree_promise": Task(
        done="Kept. Whoever answers the complaint sees it.",
        intro="A promise needs the yes of whoever must keep it. A no ends nothing: it says that the day must change.",
        asks={
            "promise": PROMISE,
            "can": Ask(
                "Can it be done by its day?",
                yes="We can",
                no="We cannot, because",
                missing="Say whether it can be done.",
            ),
            "reason": Ask("Why not?", hint="Only where it cannot. Say by which day it could.", rows=3),
        },
    ),
    "answer_others": Task(
        done="Answered. It stands on the case.",
        asks={
            "asked": Ask(
                "Which question?",
                choices=choices.questions_waiting,
                missing="Choose the question.",
                empty="No question waits for an answer in this case.",
            ),
            "answer": Ask(
                "What did they answer?", hint="It can go into the letter.", missing="Enter the answer."
            ),
        },
    ),
    "award": Task(
        done="Awarded.",
        panel="staff/actions/panels/says.html",
        panel_context=_approval,
        asks={
            "amount": Ask("Amount", missing="Give the amount."),
            "for": Ask("What for?", missing="Choose what it is for."),
            "reason": Ask("How was it worked out?", hint="Like: 11 days at £8.00.", rows=3),
            "approved_by": Ask("Approved by", choices=choices.approvers, as_select=True),
        },
    ),
    "pay": Task(
        done="The payment is recorded.",
        asks={
            "award": Ask(
                "Which award?",
                choices=choices.awards_unpaid,
                missing="Choose the award.",
                empty="No award is waiting to be paid.",
            ),
            "reference": Ask("Payment reference", rows=1),
        },
    ),
    "send_survey": Task(done="The survey is recorded as sent."),
    "answer_survey": Task(
        done="The survey answer is recorded.",
        moves=("call_back",),
        asks={
            "score": Ask("Score", hint="The number they gave.", missing="Enter the score."),
            "satisfied": Ask("Were they satisfied with how it was handled?"),
            "comment": Ask("What did they say?", hint="Their words.", rows=3),
            "wants_complaint": Ask("Do they want to complain again?"),
        },
    ),
    "learn": Task(
        done="The lesson is recorded.",
        asks={
            "cause": Ask("What caused it?", rows=2, missing="Enter the cause."),
            "lesson": Ask("What did we learn?", rows=3, missing="Enter the lesson."),
            "change": Ask("What will change?", rows=2),
            "owner": Ask("Who owns the change?", rows=1),
            "due": Ask("By which day?"),
        },
    ),
}
