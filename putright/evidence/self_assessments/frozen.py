"""A self-assessment as it was published: every answer with the evidence of that moment, and working it out again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from complaint_rules import checks
from complaint_rules.findings import Verdict
from complaint_rules.self_assessment import Counts
from putright.evidence.measures.provisions import COUNTED
from putright.evidence.self_assessments import queries
from putright.evidence.self_assessments.evidence import Shown, Whole
from putright.evidence.self_assessments.models import Assessment, ImprovementAction, ProvisionAnswer
from putright.record.cases.index import read_case
from putright.record.cases.models import Case
from putright.record.journal import queries as journal


def freeze(assessment: Assessment, whole: Whole) -> dict[str, Any]:
    """Plain data (JSON) of all that is published: rows in the order of the edition, steps, and the moment read."""
    rows = {each.provision: each for each in assessment.answers.all()}
    doing: dict[str, list[ImprovementAction]] = {}
    for each in assessment.actions.order_by("pk"):
        doing.setdefault(each.provision, []).append(each)
    return {
        "landlord": assessment.landlord.name,
        "edition": assessment.edition,
        "first_day": assessment.first_day.isoformat(),
        "last_day": assessment.last_day.isoformat(),
        "as_at": whole.period.as_at.isoformat(),
        "read_at": whole.read_at.isoformat(),
        "procedure": whole.version.number,
        "due_on": _iso(assessment.due_on),
        "late_because": assessment.late_because,
        "steps": [_step(each) for each in queries.steps_standing(assessment)],
        "rows": [_row(shown, rows[ref], doing.get(ref, [])) for ref, shown in whole.shown.items()],
    }


def _row(shown: Shown, row: ProvisionAnswer, doing: list[ImprovementAction]) -> dict[str, Any]:
    counts = shown.evidence.counts
    return {
        "ref": shown.provision.ref,
        "section": shown.provision.section,
        "heading": shown.provision.heading,
        "requirement": shown.provision.wording or shown.provision.summary,
        "kind": shown.provision.kind,
        "answer": row.answer,
        "comment": row.comment,
        "why_not": row.why_not,
        "comply_by": _iso(row.comply_by),
        "actions": [
            {
                "what": each.what,
                "owner": each.owner,
                "due_on": _iso(each.due_on),
                "done_on": _iso(each.done_on),
            }
            for each in doing
        ],
        "counts": {name: getattr(counts, name) for name in Counts.__slots__} if counts else None,
        "policy": str(shown.policy.verdict) if shown.policy else None,
        "policy_says": shown.evidence.policy_says,
        "papers": [[each.title, each.standing] for each in shown.evidence.papers],
        "suggested": shown.suggestion.answer,
        "reasons": list(shown.suggestion.reasons),
        "against": [each.says for each in shown.against(row)],
    }


def _step(each: Any) -> dict[str, Any]:
    return {
        "state": each.state,
        "body": each.body,
        "part": each.part,
        "on": each.on.isoformat(),
        "says": each.says,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def digest(data: Mapping[str, Any]) -> str:
    """The digest of what was published; it stands in the landlord's chain."""
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def worked_out_again(assessment: Assessment) -> dict[str, Counts]:
    """The counts of a published assessment from the entries that had been recorded when it was published.

    Reads every case of its period: minutes for very many. By the procedure that each case keeps today.
    """
    assert assessment.frozen is not None
    read_at = datetime.fromisoformat(assessment.frozen["read_at"])
    as_at = date.fromisoformat(assessment.frozen["as_at"])
    told: dict[str, Counter[str]] = {}
    cases = Case.objects.filter(landlord=assessment.landlord_id).select_related("landlord", "procedure")
    for case in cases.iterator(chunk_size=500):
        for ref, verdict in _findings(case, assessment, read_at, as_at):
            told.setdefault(ref, Counter())[str(verdict)] += 1
    return {ref: Counts(**{str(each): said[str(each)] for each in COUNTED}) for ref, said in told.items()}


def _findings(
    case: Case, assessment: Assessment, read_at: datetime, as_at: date
) -> list[tuple[str, Verdict]]:
    entries = [each for each in journal.of_case(case.landlord_id, case.pk) if each.recorded_at <= read_at]
    complaint = read_case(case, entries) if entries else None
    if complaint is None or complaint.edition.name != assessment.edition:
        return []
    received = complaint.on("received")
    if received is None or not assessment.first_day <= received <= assessment.last_day:
        return []
    found = checks.findings(complaint, as_at).items()
    return [(ref, finding.verdict) for ref, finding in found if finding.verdict in COUNTED]


def differs(assessment: Assessment) -> list[str]:
    """The provisions whose published counts are not those that the entries of that moment give."""
    assert assessment.frozen is not None
    again = worked_out_again(assessment)
    return [
        row["ref"]
        for row in assessment.frozen["rows"]
        if row["counts"] is not None and Counts(**row["counts"]) != again.get(row["ref"], Counts())
    ]
