"""Drafts that wait to be checked, for those who may check them. A draft of stage 1 is no business of stage 2."""

from __future__ import annotations

from datetime import date

from complaint_rules import drafts, independence, next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import EVENTS, ResponseDrafted
from putright.interfaces.pages.phrases import short_day
from putright.interfaces.staff.my_work.desk import SHOWN, Desk, Section, queue, said
from putright.record.cases import index, lists
from putright.record.cases.lists import Line
from putright.record.cases.models import Case
from putright.record.journal import queries as journal

READ = 3 * SHOWN
"""How many waiting drafts are looked at, those due soonest first: not all may be this person's to check."""


def section(desk: Desk) -> Section | None:
    """The drafts this person may check. Three statements, however many there are."""
    if not desk.staff.may("check_response"):
        return None
    found = _theirs(desk)
    rows = [_row(desk, line, drafted) for line, drafted in found[:SHOWN]]
    more = len(found) > SHOWN
    return Section(
        "Drafts to check",
        rows,
        count=f"more than {SHOWN}" if more else said(len(found)),
        url=queue(draft="on") if more else "",
        empty="No draft waits for you to check it. A draft stands here until somebody else has read it.",
    )


def _theirs(desk: Desk) -> list[tuple[Line, date]]:
    waiting = desk.cases().filter(draft_waits=True)
    lines = {line.number: line for line in lists.lines(waiting.order_by("id")[:READ])}
    if not lines:
        return []
    entries = journal.of_cases(desk.landlord, lines)
    cases = Case.objects.filter(pk__in=lines).select_related("procedure")
    found = []
    for case in cases:
        case.landlord = desk.staff.landlord
        complaint = index.read_case(case, entries[case.pk])
        draft = drafts.waiting(complaint) if complaint is not None else None
        if complaint is not None and draft is not None and _may_check(desk, complaint, draft):
            found.append((lines[case.pk], draft.on))
    return sorted(found, key=lambda each: (each[0].next_due_on or date.max, each[0].number))


def _may_check(desk: Desk, complaint: Complaint, draft: ResponseDrafted) -> bool:
    """Whether the rules let this person check it; nobody checks what they wrote themselves."""
    by = desk.staff.actor("check_response", complaint.procedure)
    if draft.by.person == by.person:
        return False
    stage = complaint.stage_being_answered
    if not independence.may_see_draft(complaint, by.person, stage):
        return False
    probe = EVENTS["check_response"](
        number=complaint.events[-1].number + 1, at=desk.now, on=desk.today, by=by
    )
    return not next_steps.judge(complaint, probe, complaint.procedure).refused


def _row(desk: Desk, line: Line, drafted: date) -> dict[str, object]:
    return desk.row(line, note=f"Drafted {short_day(drafted, desk.today)}")
