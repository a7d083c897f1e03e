"""Needs, adjustments and contact restrictions."""

from __future__ import annotations

from putright.interfaces.staff.actions.task import Ask, Task

TASKS: dict[str, Task] = {
    "record_needs": Task(
        done="The needs are recorded.",
        moves=("review_adjustments",),
        asks={
            "needs": Ask("Needs", hint="What makes this harder for them.", rows=3),
            "adjustments": Ask("Adjustments", hint="What we do differently for them.", rows=3),
            "review_on": Ask("The day to look at this again"),
        },
    ),
    "review_adjustments": Task(
        done="The review is recorded.",
        clocks=("review_adjustments",),
        moves=("review_adjustments",),
        asks={
            "outcome": Ask("What came of the review?", rows=3, missing="Enter what came of it."),
            "review_on": Ask("The day of the next review"),
        },
    ),
    "restrict_contact": Task(
        done="The restriction is recorded.",
        warning="A restriction limits how somebody may reach us. It never stops a complaint.",
        moves=("review_restriction",),
        asks={
            "reasons": Ask("Why, and what is restricted?", missing="Give the reasons."),
            "review_on": Ask("The day to review it", missing="Give the day to review it."),
            "equality_considered": Ask(
                "Was the Equality Act considered?",
                hint="Could a disability or another protected ground be behind it?",
                missing="Say whether the Equality Act was considered.",
            ),
        },
    ),
    "review_restriction": Task(
        done="The review is recorded.",
        clocks=("review_restriction",),
        moves=("review_restriction",),
        asks={
            "outcome": Ask("What came of the review?", rows=3, missing="Enter what came of it."),
            "review_on": Ask("The day of the next review"),
        },
    ),
}
