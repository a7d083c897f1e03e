"""What waits for anybody who can do it: dangers, cases with no handler, hazards, reviews, things that stopped."""

from __future__ import annotations

from django.urls import reverse

from complaint_rules import risk
from putright.interfaces.pages.phrases import short_day
from putright.interfaces.staff.my_work.desk import SHOWN, Desk, Section, queue, said
from putright.record.cases import lists
from putright.record.people.models import Need


def dangers(desk: Desk) -> Section | None:
    """The dangers that were mentioned and that nobody has confirmed or dismissed, the longest first."""
    if not desk.staff.may("report_hazard"):
        return None
    waiting = desk.cases().filter(danger_unanswered_on__isnull=False)
    found = lists.lines(waiting.order_by("danger_unanswered_on", "id")[: SHOWN + 1])
    since = dict(
        waiting.filter(pk__in=[line.number for line in found]).values_list("pk", "danger_unanswered_on")
    )
    rows = []
    for line in found[:SHOWN]:
        note = f"Mentioned {short_day(since[line.number], desk.today)}. Confirm or dismiss it today"
        row = desk.row(line) | {"note": note}
        row["links"] = [*_danger_links(desk, line.reference), *row["links"]]
        rows.append(row)
    return Section(
        "Dangers nobody has answered",
        rows,
        count=f"more than {SHOWN}" if len(found) > SHOWN else str(len(found)),
        url=queue(risk="danger_unanswered"),
    )


def _danger_links(desk: Desk, reference: str) -> list[dict[str, str]]:
    steps = (("It is a hazard", "report_hazard"), ("It is none", "dismiss_hazard"))
    return [
        {"text": text, "href": reverse("action", args=[reference, verb])}
        for text, verb in steps
        if desk.staff.may(verb)
    ]


def no_handler(desk: Desk) -> Section | None:
    """The cases that nobody handles, the soonest due first; for those who give them out."""
    if not desk.gives_out:
        return None
    counted = desk.counted["no_handler"]
    found = lists.page(desk.without_handler(), lists.BY_DUE_DAY, size=SHOWN).lines if counted else []
    return Section(
        "With no handler",
        [desk.row(line, handler=False) for line in found],
        count=said(counted),
        url=queue(handler="nobody"),
    )


def hazards(desk: Desk) -> Section | None:
    """The hazards that are not made safe yet, the worst first; for service managers."""
    if "service_manager" not in desk.roles:
        return None
    unsafe = desk.cases().filter(risk__gte=risk.bit("significant_hazard"), next_due_on__isnull=False)
    found = lists.page(unsafe, lists.BY_RISK, size=SHOWN)
    return Section(
        "Hazards not made safe",
        [desk.row(line) for line in found.lines],
        count=f"more than {SHOWN}" if found.after else str(len(found.lines)),
        url=queue(risk="any", order="risk"),
        empty="No hazard waits to be made safe.",
    )


def with_ombudsman(desk: Desk) -> Section | None:
    """What is due in the cases with the Ombudsman, for whoever keeps the way to them."""
    if "ombudsman_liaison" not in desk.roles:
        return None
    cases = desk.cases().filter(with_ombudsman=True, next_due_on__isnull=False)
    found = lists.page(cases, lists.BY_DUE_DAY, size=SHOWN)
    return Section(
        "With the Ombudsman",
        [desk.row(line) for line in found.lines],
        count=f"more than {SHOWN}" if found.after else str(len(found.lines)),
        url=queue(ombudsman="on"),
        empty="Nothing is due in a case with the Ombudsman.",
    )


# Reviews of what people need, and what could not leave


def reviews(desk: Desk) -> Section | None:
    """The needs and adjustments whose review falls due by the end of the next working days."""
    if not desk.staff.may("review_adjustments"):
        return None
    due = Need.objects.filter(
        landlord=desk.landlord, ended_on__isnull=True, review_on__lte=desk.days.last_soon
    )
    found = list(due.select_related("person").order_by("review_on", "id")[: SHOWN + 1])
    if not found:
        return None
    return Section(
        "Adjustments to review",
        [_review(desk, need) for need in found[:SHOWN]],
        count=f"more than {SHOWN}" if len(found) > SHOWN else str(len(found)),
    )


def _review(desk: Desk, need: Need) -> dict[str, object]:
    assert need.review_on is not None
    return {
        "reference": "Review",
        "href": reverse("person", args=[need.person_id]),
        "who": str(need.person),
        "due": desk.due("Review adjustments", need.review_on),
        "note": "",
        "handler": "",
        "badges": (),
        "links": [],
        "anchor": "",
    }


def stops(desk: Desk) -> Section | None:
    """What could not leave because the way was not safe or not agreed, and waits for somebody."""
    if not desk.staff.may("acknowledge"):
        return None
    count = desk.counted["stops"]
    if not count:
        return None
    return Section(
        "Stopped on its way out",
        count=said(count),
        url=reverse("stops"),
        hint="The way was not safe or not agreed. Each needs a person to choose another.",
    )
