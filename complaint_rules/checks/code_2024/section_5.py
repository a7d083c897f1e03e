"""2024, section 5: the complaint handling process."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("5.6")
def defined_at_each_stage(record: Record) -> Finding:
    """5.6: the acknowledgement sets out the complaint and what the resident wants, at both stages.

    Evidence: the definition of each `acknowledge`, and outcomes recorded at any time.
    """
    return evidence.defined_at_each_stage(record)


@judges("5.7")
def responsibility_made_clear(record: Record) -> Finding:
    """5.7: the acknowledgement says what the landlord is and is not responsible for.

    Evidence: `not_responsible_for` in the acknowledgement; an empty list will do.
    """
    return evidence.responsibility_made_clear(record)


@judges("5.9")
def updates_agreed_when_late(record: Record) -> Finding:
    """5.9: where an answer falls outside its time, updates are agreed with the resident.

    Evidence: `agree_updates` by the first due day of the answer.
    """
    return evidence.updates_agreed_when_late(record)


@judges("5.10")
def adjustments_reviewed(record: Record) -> Finding:
    """5.10: reasonable adjustments are recorded and kept under review.

    Evidence: the review day of `record_needs`, and `review_adjustments`.
    """
    return evidence.adjustments_reviewed(record)


@judges("5.11")
def declined_on_fair_grounds(record: Record) -> Finding:
    """5.11: stage 2 is declined only for reasons that section 2 allows.

    Evidence: the ground of `decline_escalation`.
    """
    return evidence.declined_on_fair_grounds(
        record,
        unsafe=frozenset(),
        judgement_needed=frozenset({"outside_window", "other"}),
    )


@judges("5.14")
def restriction_reviewed(record: Record) -> Finding:
    """5.14: a restriction on contact is kept under review.

    Evidence: the review day of `restrict_contact`, and `review_restriction`.
    """
    return evidence.by_clock(record, "review_restriction")


@judges("5.15")
def equality_considered(record: Record) -> Finding:
    """5.15: a restriction on contact takes the Equality Act into account.

    Evidence: `restrict_contact`.
    """
    return evidence.equality_considered(record)


def _each_stage(record: Record) -> Finding:
    stages = (evidence.every_point_answered(record, 1), evidence.every_point_answered(record, 2))
    return evidence.the_worst(stages, "")
