"""Questions put to others about a complaint: a colleague, a team, a contractor, a lawyer; and what is not answered."""

from __future__ import annotations

from typing import cast

from complaint_rules import events
from complaint_rules.complaint import Complaint
from complaint_rules.events import OthersAnswered, OthersAsked

LAWYER = "lawyer"
"""Whoever gives legal advice: the question and the answer are privileged, as all advice is."""
KINDS = ("colleague", "team", "contractor", LAWYER)


def answered(complaint: Complaint) -> dict[int, events.Event]:
    """What answers each question, by the entry of the question: an answer, or the advice that was recorded."""
    found: dict[int, events.Event] = {}
    for event in complaint.told:
        if isinstance(event, OthersAnswered | events.AdviceRecorded) and event.asked:
            found.setdefault(event.asked, event)
    return found


def unanswered(complaint: Complaint) -> list[OthersAsked]:
    """The questions that nobody has answered, in the order they were put."""
    had = answered(complaint)
    return [each for each in _put(complaint) if each.number not in had]


def _put(complaint: Complaint) -> list[OthersAsked]:
    return cast(list[OthersAsked], complaint.all(OthersAsked))


def about_point(complaint: Complaint, point: int) -> list[OthersAsked]:
    """The questions put about a point, save those to a lawyer: their answers may stand in its reasons."""
    return [each for each in _put(complaint) if each.point == point and each.of != LAWYER]
