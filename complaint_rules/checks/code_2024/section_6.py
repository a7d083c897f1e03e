"""2024, section 6: complaint stages."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("6.2")
def acknowledged_in_time(record: Record) -> Finding:
    """6.2: acknowledge, define and log within 5 working days of receipt.

    Evidence: `receive` and `acknowledge`; a response within those days stands for it.
    """
    return evidence.by_clock(record, "acknowledge")


@judges("6.3")
def stage_1_answered_in_time(record: Record) -> Finding:
    """6.3: answer stage 1 within 10 working days of the acknowledgement.

    Evidence: `acknowledge` (or its last day) and the first response, extensions told in time applied.
    """
    return evidence.by_clock(record, "respond")


@judges("6.4")
def stage_1_extension_within_limit(record: Record) -> Finding:
    """6.4: an extension at stage 1 is told in time, and adds no more than 10 working days without a good reason.

    Evidence: each `extend` at stage 1 against the first due day.
    """
    return evidence.extensions_within_limit(record, 1, told_in_time=True)


@judges("6.5")
def stage_1_extension_with_details(record: Record) -> Finding:
    """6.5: the Ombudsman's details go with every extension at stage 1.

    Evidence: each `extend` at stage 1.
    """
    return evidence.details_with_each_extension(record, 1)


@judges("6.7")
def stage_1_every_point(record: Record) -> Finding:
    """6.7: answer every point at stage 1, with reasons.

    Evidence: the decisions of the response; one that leaves a point out is not sent.
    """
    return evidence.every_point_answered(record, 1)


@judges("6.8")
def new_points_dealt_with(record: Record) -> Finding:
    """6.8: new points join the complaint where they can, else they are a new one.

    Evidence: `add_point`.
    """
    return evidence.new_points_dealt_with(record)


@judges("6.9")
def stage_1_letter_complete(record: Record) -> Finding:
    """6.9: the stage 1 answer holds what it must, with the way to stage 2.

    Evidence: the stage 1 response. Our own letter holds everything; other wording is checked.
    """
    return evidence.letter_holds_everything(record, 1)


@judges("6.10")
def request_decided(record: Record) -> Finding:
    """6.10: a complaint not settled at stage 1 goes to stage 2 when the resident asks.

    Evidence: `escalate` after a request; where it was declined see 5.11.
    """
    return evidence.request_decided(
        record, if_declined=evidence.does_not_apply("Stage 2 was declined: see 5.11.")
    )


@judges("6.11")
def stage_2_acknowledged_in_time(record: Record) -> Finding:
    """6.11: acknowledge, define and log a stage 2 request within 5 working days.

    Evidence: `request_escalation` and the stage 2 `acknowledge`; a response within those days stands for it.
    """
    return evidence.by_clock(record, "acknowledge_escalation")


@judges("6.12")
def no_reasons_asked(record: Record) -> Finding:
    """6.12: the resident need not say why they want stage 2.

    Evidence: `request_escalation`, taken with or without reasons.
    """
    return evidence.no_reasons_asked(record)


@judges("6.13")
def someone_else_at_stage_2(record: Record) -> Finding:
    """6.13: whoever considers stage 2 did not consider stage 1.

    Evidence: handlers, drafts and senders at each stage.
    """
    return evidence.someone_else_at_stage_2(record)


@judges("6.14")
def stage_2_answered_in_time(record: Record) -> Finding:
    """6.14: answer stage 2 within 20 working days of its acknowledgement.

    Evidence: the stage 2 `acknowledge` (or its last day) and the response, extensions told in time applied.
    """
    return evidence.by_clock(record, "respond_stage_2")


@judges("6.15")
def stage_2_extension_within_limit(record: Record) -> Finding:
    """6.15: an extension at stage 2 is told in time, and adds no more than 20 working days without a good reason.

    Evidence: each `extend` at stage 2 against the first due day.
    """
    return evidence.extensions_within_limit(record, 2, told_in_time=True)


@judges("6.16")
def stage_2_extension_with_details(record: Record) -> Finding:
    """6.16: the Ombudsman's details go with every extension at stage 2.

    Evidence: each `extend` at stage 2.
    """
    return evidence.details_with_each_extension(record, 2)


@judges("6.18")
def stage_2_every_point(record: Record) -> Finding:
    """6.18: answer every point at stage 2, with reasons.

    Evidence: the decisions of the response; one that leaves a point out is not sent.
    """
    return evidence.every_point_answered(record, 2)


@judges("6.19")
def stage_2_letter_complete(record: Record) -> Finding:
    """6.19: the stage 2 answer holds what it must, with the way to the Ombudsman.

    Evidence: the stage 2 response. Our own letter holds everything; other wording is checked.
    """
    return evidence.letter_holds_everything(record, 2)
