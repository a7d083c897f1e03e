"""The Ombudsman's enquiries, evidence and orders."""

from __future__ import annotations

from putright.interfaces.staff.actions import choices
from putright.interfaces.staff.actions.task import Ask, Task

TASKS: dict[str, Task] = {
    "ombudsman_enquires": Task(
        done="The enquiry is recorded. The case is with the Ombudsman.",
        intro="From here the case is marked as with the Ombudsman.",
    ),
    "ombudsman_requests_evidence": Task(
        done="The request is recorded.",
        moves=("evidence",),
        asks={
            "due": Ask("By which day do they want it?", missing="Give the day they want it by."),
            "items": Ask("What do they ask for?", missing="Enter what they ask for."),
        },
    ),
    "send_evidence": Task(
        done="Sending the evidence is recorded.",
        clocks=("evidence",),
        asks={"items": Ask("What was sent?", missing="Enter what was sent.")},
    ),
    "comply": Task(
        done="The order is recorded as carried out.",
        asks={
            "order": Ask(
                "Which order?",
                choices=choices.orders_owed,
                missing="Choose the order.",
                empty="No order of the Ombudsman is waiting to be carried out.",
            ),
            "proof": Ask("What shows that it was done?", rows=3, missing="Say what shows that it was done."),
        },
    ),
}
