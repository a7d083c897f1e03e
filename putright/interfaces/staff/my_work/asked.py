"""What others ask of somebody: questions to answer, and late ones that come to whoever leads the team."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from putright.interfaces.pages.phrases import short_day
from putright.interfaces.staff.my_work.desk import SHOWN, Desk, Section
from putright.interfaces.staff.promises.questions import to_answer, to_chase, waiting
from putright.record.promises.models import Asked


def to_answer_section(desk: Desk) -> Section | None:
    """The questions put to them or their team, the soonest wanted first. At most two statements."""
    found = waiting(desk.landlord).filter(to_answer(desk.staff))
    return _section(desk, "Questions for you to answer", list(_first(found)))


def late_section(desk: Desk) -> Section | None:
    """The questions nobody answered in time that come to them: as the asker, or as the senior person of a team."""
    late = waiting(desk.landlord).filter(answer_by__lt=desk.today)
    return _section(
        desk, "Asked and not answered in time", list(_first(late.filter(to_chase(desk.staff, and_own=True))))
    )


def _first(found: QuerySet[Asked]) -> QuerySet[Asked]:
    return found.select_related("case", "case__resident").order_by("answer_by", "id")[: SHOWN + 1]


def _section(desk: Desk, title: str, found: list[Asked]) -> Section | None:
    if not found:
        return None
    count = f"more than {SHOWN}" if len(found) > SHOWN else str(len(found))
    return Section(title, [_row(desk, each) for each in found[:SHOWN]], count=count, url=reverse("questions"))


def _row(desk: Desk, asked: Asked) -> dict[str, object]:
    case = asked.case
    return {
        "reference": case.reference,
        "href": reverse("question", args=[asked.pk]),
        "who": str(case.resident) if case.resident else "Name not known",
        "due": desk.due("Answer", asked.answer_by),
        "note": f"Asked of {asked.whom}, {short_day(asked.asked_on, desk.today)}",
        "handler": "",
        "badges": (),
        "links": [],
        "anchor": "",
    }
