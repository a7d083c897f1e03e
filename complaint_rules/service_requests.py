"""Service requests: since when one waits, how old it is, and what the resident was told of the choice.

A first request to put something right is no complaint, and the resident must know that it can become one
(2022: 1.5, 1.6; 2024: 1.3 to 1.5). The landlord records them, and looks at them again and again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from complaint_rules import events
from complaint_rules.complaint import Complaint
from complaint_rules.working_days import Calendar

_ONE_DAY = timedelta(days=1)


def waits_since(complaint: Complaint) -> date | None:
    """The day an unanswered service request was received; None for one that is answered, and for a complaint.

    Work on a request may go on after its answer. What waits here is the answer.
    """
    request = _request(complaint)
    if complaint.state != "service_request" or request is None:
        return None
    answers = complaint.all(events.ServiceRequestAnswered)
    if any(answer.number > request.number for answer in answers):
        return None
    return complaint.events[0].on


def target(complaint: Complaint) -> date | None:
    """The day the landlord aims to answer by, as it was last set; None where none was."""
    request = _request(complaint)
    return request.target if request else None


class Told(NamedTuple):
    """What the resident was told of the choice to complain: when, and what they said.

    `answer` is "declines" or "wants"; "agrees" where they agreed that it is a service request; None where
    what they said is not recorded.
    """

    on: date
    answer: str | None


def told_of_the_choice(complaint: Complaint) -> Told | None:
    """The newest record of the resident being told that they can complain; None where there is none."""
    found = None
    for event in complaint.events:
        if isinstance(event, events.ComplaintOffered):
            found = Told(event.on, event.answer)
        elif isinstance(event, events.TreatedAsServiceRequest) and event.resident_agrees:
            found = Told(event.on, "agrees")
    return found


def _request(complaint: Complaint) -> events.TreatedAsServiceRequest | None:
    found = [event for event in complaint.events if isinstance(event, events.TreatedAsServiceRequest)]
    return found[-1] if found else None


# How old


def age(calendar: Calendar, since: date, today: date) -> int | None:
    """How many working days have passed since a day; 0 for today and later, None beyond the bank holidays known."""
    away = calendar.away(since, today)
    return None if away is None else max(0, -away)


def older_than(calendar: Calendar, today: date, working_days: int) -> date:
    """The last day on which something received is older, today, than so many working days."""
    day = today
    while True:
        passed = age(calendar, day, today)
        if passed is None or passed > working_days:
            return day
        day -= _ONE_DAY
