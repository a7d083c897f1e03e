"""2020, section 4: communication, and the timetable."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("4.a")
def updates_as_agreed(record: Record) -> Finding:
    """4.a: keep the resident informed as agreed.

    Evidence: `agree_updates`, and each `update` against its day.
    """
    return evidence.by_clock(record, "update")


@judges("4.b")
def findings_shared_first(record: Record) -> Finding:
    """4.b: the resident may comment on the findings before the answer.

    Evidence: `share_findings` with the resident, a `comment`, or the day for comments passed.
    """
    return evidence.findings_shared_first(record, about_staff_too=False)


@judges("4.c")
def acknowledged_in_time(record: Record) -> Finding:
    """4.c: acknowledge and log within 5 working days of receipt.

    Evidence: `receive` and `acknowledge`; a response within those days stands for it.
    """
    return evidence.by_clock(record, "acknowledge")


@judges("4.d")
def stage_1_letter_complete(record: Record) -> Finding:
    """4.d: the stage 1 answer holds what it must, with the way to stage 2.

    Evidence: the stage 1 response. Our own letter holds everything; other wording is checked.
    """
    return evidence.letter_holds_everything(record, 1)


@judges("4.g")
def answered_in_time(record: Record) -> Finding:
    """4.g: answer stage 1 within 10 working days of receipt, stage 2 within 20 of the request.

    Evidence: each response against its day, moved only by an extension told in time.
    """
    return evidence.by_clock(record, "respond", "respond_stage_2")


@judges("4.h")
def extensions_within_limit(record: Record) -> Finding:
    """4.h: no more than 10 further working days without a good reason, at either stage.

    Evidence: each `extend` against the first due day.
    """
    return evidence.extensions_within_limit(record, 1, 2)


@judges("4.i")
def extensions_told_in_time(record: Record) -> Finding:
    """4.i: tell the resident of a delay before the answer is due.

    Evidence: the day of each `extend`.
    """
    return evidence.extensions_told_in_time(record)
