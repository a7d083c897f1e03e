"""Everything that bears on each provision of an edition, for one landlord and period, read in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from complaint_rules import checks, editions, policy_check
from complaint_rules.editions.provisions import Provision, provisions
from complaint_rules.findings import Verdict
from complaint_rules.policy_check import PolicyFinding
from complaint_rules.self_assessment import (
    Answer,
    Counts,
    Disagreement,
    Evidence,
    Paper,
    Standing,
    Suggestion,
    disagreements,
    suggest,
)
from putright.evidence.measures.provisions import Period, counts
from putright.evidence.self_assessments import models
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import procedure_in_force, terms


@dataclass(frozen=True, slots=True)
class Shown:
    """One provision with its evidence and what it bears."""

    provision: Provision
    evidence: Evidence
    suggestion: Suggestion
    policy: PolicyFinding | None
    papers: tuple[models.Paper, ...] = ()

    def against(self, answer: models.ProvisionAnswer | None) -> tuple[Disagreement, ...]:
        """What stands against the landlord's answer."""
        if answer is None or not answer.answer:
            return ()
        given: Answer = answer.answer  # type: ignore[assignment]
        return disagreements(
            given,
            self.suggestion,
            self.evidence,
            is_must=self.provision.kind == "must",
            explained=bool(answer.why_not.strip()),
            dated=answer.comply_by is not None,
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """The evidence of every provision of an edition, in its order, and the moment it was read."""

    edition: str
    period: Period
    read_at: datetime
    version: ProcedureVersion
    shown: Mapping[str, Shown]


def read(landlord: Landlord, edition: str, period: Period, read_at: datetime) -> Whole:
    """The evidence of every provision. UnknownEdition where there is no such edition. At most five statements."""
    editions.edition(edition)
    version = procedure_in_force(landlord, period.as_at)
    policy = policy_check.check(terms(version), edition)
    counted = counts(landlord.pk, edition, period)
    papers = _papers(landlord.pk, edition)
    by_case = {ref: counted.get(ref, Counts()) for ref in checks.judged(edition)}
    shown = {}
    for ref, provision in provisions(edition).items():
        its = papers.get(ref, [])
        evidence = _evidence(by_case.get(ref), policy.get(ref), its, period.as_at)
        shown[ref] = Shown(provision, evidence, suggest(evidence), policy.get(ref), tuple(its))
    return Whole(edition, period, read_at, version, shown)


def _evidence(
    counted: Counts | None, policy: PolicyFinding | None, papers: list[models.Paper], as_at: date
) -> Evidence:
    return Evidence(
        counts=counted,
        policy=policy.verdict if policy is not None else None,
        policy_says=_where(policy),
        papers=tuple(Paper(_title(each), standing(each, as_at)) for each in papers),
    )


def _where(policy: PolicyFinding | None) -> str:
    if policy is None:
        return ""
    return f"{policy.says} ({policy.where})" if policy.verdict is Verdict.BREACHED else ""


def _title(paper: models.Paper) -> str:
    return f"{paper.title}, {paper.section}" if paper.section else paper.title


def standing(paper: models.Paper, as_at: date) -> Standing:
    """How far a paper can still support anything on a day."""
    if paper.reachable is False:
        return "unreachable"
    if paper.review_on is not None and paper.review_on < as_at:
        return "out_of_date"
    return "current" if paper.review_on is not None or paper.dated_on is not None else "undated"


def _papers(landlord_id: int, edition: str) -> dict[str, list[models.Paper]]:
    """The papers that support each provision of an edition. One statement."""
    supports: Iterable[models.Supports] = (
        models.Supports.objects.filter(landlord_id=landlord_id, edition=edition, paper__ended_on__isnull=True)
        .select_related("paper")
        .order_by("paper__title", "paper_id")
    )
    found: dict[str, list[models.Paper]] = {}
    for each in supports:
        found.setdefault(each.provision, []).append(each.paper)
    return found
