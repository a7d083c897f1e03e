"""A version against an edition of the Code, as its page shows it. All judging is `complaint_rules.policy_check`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from complaint_rules import policy_check
from complaint_rules.editions.provisions import provisions
from complaint_rules.findings import Verdict
from complaint_rules.policy_check import PolicyFinding
from complaint_rules.procedure import Procedure

GROUPS = (Verdict.BREACHED, Verdict.CANNOT_TELL, Verdict.MET, Verdict.NOT_APPLICABLE)


def checked(procedure: Procedure, edition: str) -> dict[str, Any]:
    """The findings in their groups, and what the text says twice in two ways; for the template."""
    findings = policy_check.check(procedure, edition)
    groups = [_group(verdict, findings.values(), edition) for verdict in GROUPS]
    return {
        "groups": [group for group in groups if group["count"]],
        "contradictions": [
            {
                "about": each.about,
                "where": policy_check.where(each.lines),
                "said": [{"says": said.says, "line": said.place.line} for said in each.said],
            }
            for each in policy_check.contradictions(procedure)
        ],
    }


def _group(verdict: Verdict, findings: Iterable[PolicyFinding], edition: str) -> dict[str, Any]:
    """The findings of one verdict; where it cannot be told, what the text says nothing of stands apart."""
    of_this = [each for each in findings if each.verdict == verdict]
    silent = [each for each in of_this if verdict == Verdict.CANNOT_TELL and not each.lines]
    return {
        "verdict": str(verdict),
        "count": len(of_this),
        "rows": [_row(each, edition) for each in of_this if each not in silent],
        "silent": [_row(each, edition) for each in silent],
    }


def _row(finding: PolicyFinding, edition: str) -> dict[str, Any]:
    return {
        "ref": finding.provision,
        "heading": provisions(edition)[finding.provision].heading,
        "says": finding.says,
        "where": _sentence(finding.where),
        "line": finding.lines[0] if finding.lines else None,
    }


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
