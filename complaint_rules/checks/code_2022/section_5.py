"""2022, section 5: complaint stages."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("5.1")
def stage_1_answered_in_time(record: Record) -> Finding:
    """5.1: answer stage 1 within 10 working days of the day it was logged.

    Evidence: `log_complaint` (or the acknowledgement) and the first response, extensions told in time applied.
    """
    return evidence.by_clock(record, "respond")


@judges("5.2")
def stage_1_beyond_limit_agreed(record: Record) -> Finding:
    """5.2: an extension past the limit at stage 1 is agreed with the resident.

    Evidence: `extend` past the limit, and whether it was agreed.
    """
    return evidence.beyond_limit_agreed(record, 1)


@judges("5.3")
def stage_1_details_where_not_agreed(record: Record) -> Finding:
    """5.3: where the resident does not agree, the Ombudsman's details are given.

    Evidence: each `extend` at stage 1 that was not agreed.
    """
    return evidence.details_where_not_agreed(record, 1)


@judges("5.6")
def every_point_answered(record: Record) -> Finding:
    """5.6: answer every point, with reasons.

    Evidence: the decisions of each response; one that leaves a point out is not sent.
    """
    return _each_stage(record)


@judges("5.7")
def new_points_dealt_with(record: Record) -> Finding:
    """5.7: new points join the complaint where they can, else they are a new one.

    Evidence: `add_point`.
    """
    return evidence.new_points_dealt_with(record)


@judges("5.8")
def stage_1_letter_complete(record: Record) -> Finding:
    """5.8: the stage 1 answer holds what it must, with the way to stage 2.

    Evidence: the stage 1 response. Our own letter holds everything; other wording is checked.
    """
    return evidence.letter_holds_everything(record, 1)


@judges("5.9")
def request_decided(record: Record) -> Finding:
    """5.9: a resident who is not satisfied can go to stage 2; a refusal says why and how to go on.

    Evidence: `escalate` or `decline_escalation` after a request.
    """
    return evidence.request_decided(record, if_declined=evidence.decline_explained(record))


@judges("5.10")
def stage_2_defined(record: Record) -> Finding:
    """5.10: on a request for stage 2, the landlord sets out what it is about.

    Evidence: the definition of `escalate` or of the stage 2 `acknowledge`.
    """
    return evidence.stage_2_defined(record)


@judges("5.11")
def stage_2_after_stage_1(record: Record) -> Finding:
    """5.11: stage 2 opens only once stage 1 is answered.

    Evidence: `escalate`, which is refused before the stage 1 response.
    """
    return evidence.stage_2_after_stage_1(record)


@judges("5.12")
def someone_else_at_stage_2(record: Record) -> Finding:
    """5.12: whoever considers stage 2 did not consider stage 1.

    Evidence: handlers, drafts and senders at each stage.
    """
    return evidence.someone_else_at_stage_2(record)


@judges("5.13")
def stage_2_answered_in_time(record: Record) -> Finding:
    """5.13: answer stage 2 within 20 working days of the day it was escalated.

    Evidence: `escalate` (or the request) and the stage 2 response, extensions told in time applied.
    """
    return evidence.by_clock(record, "respond_stage_2")


@judges("5.14")
def stage_2_beyond_limit_agreed(record: Record) -> Finding:
    """5.14: an extension past the limit at stage 2 is agreed with the resident.

    Evidence: `extend` past the limit, and whether it was agreed.
    """
    return evidence.beyond_limit_agreed(record, 2)


@judges("5.15")
def stage_2_details_where_not_agreed(record: Record) -> Finding:
    """5.15: where the resident does not agree, the Ombudsman's details are given.

    Evidence: each `extend` at stage 2 that was not agreed.
    """
    return evidence.details_where_not_agreed(record, 2)


@judges("5.16")
def stage_2_letter_complete(record: Record) -> Finding:
    """5.16: the stage 2 answer holds what it must, with the way to the Ombudsman.

    Evidence: the stage 2 response. Our own letter holds everything; other wording is checked.
    """
    return evidence.letter_holds_everything(record, 2)


def _each_stage(record: Record) -> Finding:
    stages = (evidence.every_point_answered(record, 1), evidence.every_point_answered(record, 2))
    return evidence.the_worst(stages, "")
