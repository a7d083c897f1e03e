"""One service request on a line: how old it is, by when we answer, and whether they know that they can complain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from complaint_rules import service_requests
from complaint_rules.complaint import Complaint
from complaint_rules.service_requests import Told
from complaint_rules.working_days import Calendar
from putright.interfaces.pages.phrases import short_day, working_days
from putright.interfaces.pages.proofs import Due
from putright.interfaces.staff.way_back import row_id
from putright.interfaces.staff.who import Staff
from putright.record.cases import index
from putright.record.cases.lists import Mark
from putright.record.cases.models import Case
from putright.record.journal import queries as journal

PAGE = 50

TOLD = {
    "agrees": "Agreed that it is a service request",
    "declines": "Offered a complaint, and does not want one",
    "wants": "Offered a complaint, and wants one",
    None: "Offered a complaint",
}
NOT_TOLD = "Not told yet that they can complain"


class Page(NamedTuple):
    """Some requests, oldest first, and the row that the next page follows; None on the last."""

    cases: Sequence[Case]
    after: Mark | None


def page(cases: QuerySet[Case], after: Mark | None) -> Page:
    """The requests that follow a row. One statement, which walks an index from there."""
    found = cases.filter(service_request_since__isnull=False).order_by("service_request_since", "id")
    if after is not None:
        # The first half says what the second implies, so that the index is entered at the row.
        later = Q(service_request_since__gt=after.day) | Q(
            service_request_since=after.day, id__gt=after.number
        )
        found = found.filter(Q(service_request_since__gte=after.day) & later)
    rows = list(found.select_related("procedure", "resident", "handler")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    mark = Mark(last.service_request_since, last.pk) if last and last.service_request_since else None
    return Page(rows[:PAGE], mark)


def complaints_of(landlord: Any, cases: Sequence[Case]) -> Mapping[int, Complaint]:
    """These cases, read. One statement."""
    entries = journal.of_cases(landlord.pk, [case.pk for case in cases])
    found = {}
    for case in cases:
        case.landlord = landlord
        complaint = index.read_case(case, entries.get(case.pk, []))
        if complaint is not None:
            found[case.pk] = complaint
    return found


def row(
    case: Case, complaint: Complaint, since: date, today: date, days: Calendar, on: date | None = None
) -> dict[str, Any]:
    """A line. `on` is the day on which it is looked at, where that is not today."""
    on = on or today
    age = service_requests.age(days, since, on)
    target = service_requests.target(complaint)
    return {
        "number": case.pk,
        "reference": case.reference,
        "href": reverse("case", args=[case.reference]),
        "who": str(case.resident) if case.resident else "Name not known",
        "about": case.category,
        "since": since,
        "age": age,
        "old": working_days(age) + " old" if age is not None else "Age cannot be counted",
        "due": Due("Answer", target, days.away(target, on), target < on) if target else None,
        "told": told(complaint, today),
        "is_told": service_requests.told_of_the_choice(complaint) is not None,
        "handler": case.handler.name if case.handler else "No handler",
        "anchor": row_id(case.reference),
    }


def told(complaint: Complaint, today: date) -> str:
    """Whether they were told that they can complain, when, and what they said."""
    found: Told | None = service_requests.told_of_the_choice(complaint)
    return f"{TOLD[found.answer]}, {short_day(found.on, today)}" if found else NOT_TOLD


def links(case: Case, staff: Staff) -> list[dict[str, str]]:
    """What can be done to a request from the list."""
    found = [
        {"text": text, "href": reverse("action", args=[case.reference, verb])}
        for text, verb in (("Answer", "answer_service_request"), ("Offer a complaint", "offer_complaint"))
        if staff.may(verb)
    ]
    if staff.may("record_contact"):
        found.append({"text": "Note a call", "href": reverse("note_call", args=[case.reference])})
    return found
