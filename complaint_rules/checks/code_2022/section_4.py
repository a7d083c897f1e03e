"""2022, section 4: complaint handling principles."""

from __future__ import annotations

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("4.1")
def acknowledged_in_time(record: Record) -> Finding:
    """4.1: acknowledge and log within 5 working days of receipt.

    Evidence: `receive` and `acknowledge`; a response within those days stands for it.
    """
    return evidence.by_clock(record, "acknowledge")


@judges("4.2")
def defined(record: Record) -> Finding:
    """4.2: the acknowledgement sets out the complaint and what the resident wants.

    Evidence: the definition of `acknowledge`, and outcomes recorded at any time.
    """
    return evidence.defined(record)


@judges("4.9")
def letter_names_no_staff(record: Record) -> Finding:
    """4.9: letters do not name staff or contractors as a rule.

    Evidence: the names known to the case, looked for in a letter of the landlord's own wording.
    """
    return evidence.letter_names_no_staff(record)


@judges("4.11")
def updates_as_agreed(record: Record) -> Finding:
    """4.11: keep the resident informed, as often as agreed.

    Evidence: `agree_updates`, and each `update` against its day.
    """
    return evidence.by_clock(record, "update")


@judges("4.12")
def findings_shared_first(record: Record) -> Finding:
    """4.12: the resident, and anyone complained of, may comment before the answer.

    Evidence: `share_findings` with each, and a `comment` or the day for comments passed.
    """
    return evidence.findings_shared_first(record, about_staff_too=True)


@judges("4.14")
def declined_on_fair_grounds(record: Record) -> Finding:
    """4.14: stage 2 is declined only on a ground that would refuse a complaint.

    Evidence: the ground of `decline_escalation`.
    """
    return evidence.declined_on_fair_grounds(
        record,
        unsafe=frozenset({"no_new_evidence", "no_reasons_given"}),
        judgement_needed=frozenset({"other"}),
    )


@judges("4.19")
def equality_considered(record: Record) -> Finding:
    """4.19: a restriction on contact takes the Equality Act into account.

    Evidence: `restrict_contact`.
    """
    return evidence.equality_considered(record)
