"""How it is going, in figures that open to their cases: for those who watch and handle none."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from putright.interfaces.staff.my_work.desk import Desk, queue, said
from putright.record.cases import lists
from putright.record.cases.models import Owed

WATCH = frozenset({"board_member", "auditor"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it counts, how many, and where they are."""

    text: str
    count: str
    url: str
    late: bool = False


def figures(desk: Desk) -> list[Figure]:
    """Late and open, and what nobody has answered. One statement; each stops counting at a bound."""
    if not WATCH & desk.roles:
        return []
    due = desk.cases().filter(next_due_on__isnull=False)
    counted = lists.counts(
        {
            "late": due.filter(desk.days.exact("late")),
            "today": due.filter(desk.days.exact("today")),
            "due": due,
            "danger": desk.cases().filter(danger_unanswered_on__isnull=False),
            "nobody": due.filter(handler__isnull=True),
            "ombudsman": due.filter(with_ombudsman=True),
            "promises": Owed.objects.filter(
                landlord=desk.landlord, kept_on__isnull=True, due_on__lt=desk.today
            ),
            "requests": desk.cases().filter(Q(service_request_since__isnull=False)),
        }
    )
    told = [
        ("late", "Late", queue(when="late")),
        ("today", "Due today", queue(when="today")),
        ("due", "With something due", queue()),
        ("danger", "Dangers nobody has answered", queue(risk="danger_unanswered")),
        ("nobody", "With no handler", queue(handler="nobody")),
        ("ombudsman", "Due in cases with the Ombudsman", queue(ombudsman="on")),
        ("promises", "Promises that are late", reverse("promises_late")),
        ("requests", "Service requests not answered", reverse("service_requests")),
    ]
    return [
        Figure(text, said(counted[name]), url, late=name in ("late", "promises") and counted[name] > 0)
        for name, text, url in told
    ]
