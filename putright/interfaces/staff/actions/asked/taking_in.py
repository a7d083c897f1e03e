"""Service requests, logging, refusing, acknowledging, and what the complaint is about."""

from __future__ import annotations

from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.task import Ask, Task
from putright.record.cases.reading import CaseFile

REASONS_HINT = "For this case, in words the resident can follow. They and the Ombudsman may read it."


def known_outcomes(file: CaseFile) -> str:
    """What is known already is not asked again."""
    known = ", ".join(file.outcomes())
    return f"Recorded already: {known}. Add only what is new." if known else "What would put it right?"


TASKS: dict[str, Task] = {
    "treat_as_service_request": Task(
        done="Recorded as a service request. The Code's clocks have stopped.",
        intro="For a first request to put something right. If they are unhappy with a service, it is a complaint.",
        asks={
            "reason": Ask(
                "Why is this a service request?", rows=3, missing="Say why it is a service request."
            ),
            "resident_agrees": Ask(
                "Does the resident agree?",
                hint="If they want to complain, it is a complaint.",
                yes="Yes, they agree",
                no="No, they want to complain",
            ),
            "target": Ask("The day we aim to answer by"),
        },
    ),
    "answer_service_request": Task(
        done="The service request is answered.",
        asks={
            "answer": Ask("What did we tell them?", missing="Enter the answer."),
            "satisfied": Ask(
                "Is the resident happy with the answer?",
                hint="If not, it becomes a complaint received that day. The work goes on.",
            ),
        },
    ),
    "offer_complaint": Task(
        done="The choice was offered.",
        clocks=("call_back",),
        asks={"answer": Ask("What did they say?")},
    ),
    "log_complaint": Task(
        done="Logged as a complaint.",
        clocks=("acknowledge",),
        moves=("respond",),
        asks={
            "category": Ask(
                "Category",
                hint="What it is about, for your figures.",
                choices=choices.categories,
                as_select=True,
            ),
            "points": Ask(
                "Points",
                hint="What each part of the complaint is. Change them here and they replace those noted at receipt.",
                default=lambda file: "\n".join(point.text for point in file.points()),
            ),
        },
    ),
    "refuse_complaint": Task(
        done="Refused. The letter must give the reasons and the way to the Housing Ombudsman.",
        warning="Refusing ends the complaint here. The resident can take this decision to the Housing Ombudsman.",
        asks={
            "ground": Ask("On what ground?", missing="Choose the ground."),
            "reasons": Ask("Reasons", hint=REASONS_HINT, missing="Give the reasons for this case."),
            "ombudsman_right_given": Ask(
                "Does the letter say that they can take this decision to the Housing Ombudsman?",
                missing="Say whether the letter gives the way to the Housing Ombudsman.",
            ),
            "issue_arose": Ask("The day it happened", hint="Needed for the twelve-month ground."),
            "aware_since": Ask("The day they first knew of it"),
            "discretion": Ask(
                "What was weighed in favour of taking it",
                hint="Needed for the twelve-month ground: harm, risk, why it came late.",
                rows=3,
            ),
            "court_filed_on": Ask(
                "The day the claim was filed at court",
                hint="Needed for legal proceedings. A solicitor's letter is not enough.",
            ),
        },
    ),
    "acknowledge": Task(
        done="Acknowledged.",
        clocks=("acknowledge", "acknowledge_escalation"),
        moves=("respond", "respond_stage_2"),
        asks={
            "definition": Ask(
                "Definition: what it is about",
                hint="What the answer will cover, as you understand it. The points are filled in.",
                missing="Enter what it is about.",
                default=lambda file: file.definition() or "\n".join(point.text for point in file.points()),
            ),
            "outcomes": Ask("Outcomes wanted", hint=known_outcomes, rows=3),
            "not_responsible_for": Ask(
                "What we are not responsible for",
                hint="Parts that another body must answer.",
                rows=2,
                none="Nothing: all of it is ours to answer",
            ),
            "ombudsman_details_given": Ask("Does the letter give the Housing Ombudsman's details?"),
        },
    ),
    "ask_to_clarify": Task(
        done="The question is recorded. No clock waits for the answer.",
        asks={"question": Ask("What do you need to know?", missing="Enter the question.")},
    ),
    "agree_definition": Task(
        done="The definition is agreed.",
        asks={
            "definition": Ask(
                "Definition, as agreed with the resident",
                missing="Enter the definition.",
                default=lambda file: file.definition() or "\n".join(point.text for point in file.points()),
            )
        },
    ),
    "add_point": Task(
        done="The point is recorded.",
        asks={
            "point": Ask("What is the new point?", hint="Their words.", rows=3, missing="Enter the point."),
            "related": Ask(
                "Is it related to this complaint?",
                hint="If not, it opens a case of its own.",
                missing="Say whether it is related.",
            ),
            "would_delay": Ask(
                "Would it delay the answer?", hint="If so, it opens a case of its own, with its own days."
            ),
        },
    ),
    "move_to_procedure": Task(
        done="Moved. From now on the case is handled under that version of our procedure.",
        intro="A case keeps the version it began under. The edition of the Code stays as it is.",
        asks={
            "version": Ask(
                "Which version?",
                choices=choices.other_versions,
                missing="Choose the version.",
                empty="There is no other version of our procedure.",
            ),
            "reason": Ask("Why?", rows=3, missing="Give the reason."),
        },
    ),
    "declare_interest": Task(
        done="The interest is recorded. They can no longer handle this case.",
        asks={
            "staff": Ask("Who has the interest?", as_select=True, missing="Choose who has the interest."),
            "interest": Ask("What is it?", rows=3, missing="Say what the interest is."),
        },
    ),
}
