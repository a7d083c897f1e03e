"""Where a landlord's procedure departs from an edition of the Code.

`check` puts to a procedure the questions that an edition asks of a policy, provision by provision,
and answers each with a verdict, why, and where the document says so. Which question stands behind
which provision is data: `policy.toml` in the edition's folder. Provisions that only cases can
show, or that need a person's judgement, are asked nothing and do not appear.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from complaint_rules import editions
from complaint_rules.findings import Verdict
from complaint_rules.policy_check import asking_why, definition, grounds, people, requests, stages, times
from complaint_rules.policy_check.answers import Question, together, where
from complaint_rules.policy_check.contradictions import Contradiction, contradictions
from complaint_rules.procedure import Procedure

FILE = "policy.toml"

QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "definition": definition.definition,
        "stated": people.stated,
        "texts_given": people.texts_given,
        "service_requests": requests.service_requests,
        "survey_answers": requests.survey_answers,
        "exclusions": grounds.exclusions,
        "exclusions_set_out": grounds.exclusions_set_out,
        "twelve_months": grounds.twelve_months,
        "no_blanket": grounds.no_blanket,
        "refusal_to_escalate": grounds.refusal_to_escalate,
        "reason_for_stage_2": asking_why.reason_for_stage_2,
        "contractors": requests.contractors,
        "channels": people.channels,
        "any_way": people.any_way,
        "social_media": people.social_media,
        "stages_and_times": people.stages_and_times,
        "updates": people.updates,
        "ombudsman_early": people.ombudsman_early,
        "ombudsman_in_letters": people.ombudsman_in_letters,
        "ombudsman_at_end": people.ombudsman_at_end,
        "extension_details": people.extension_details,
        "letter_holds": people.letter_holds,
        "lead_member": people.lead_member,
        "governing_body": people.governing_body,
        "learning_reported": people.learning_reported,
        "number_of_stages": stages.number_of_stages,
        "extra_stage": stages.extra_stage,
        "third_stage_only": stages.third_stage_only,
        "final_at_stage_2": stages.final_at_stage_2,
        "progress": stages.progress,
        "different_person": stages.different_person,
        "third_parties": stages.third_parties,
        "one_policy": stages.one_policy,
        "time_limit": times.time_limit,
        "third_stage_time": times.third_stage_time,
        "extension_cap": times.extension_cap,
        "window_stated": times.window_stated,
    }
)
"""Every question there is, by the name that an edition calls it by."""


class BadPolicyFile(ValueError):
    """An edition's `policy.toml` asks a question that there is not. The message names the file and the question."""


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """What a document says of one provision: the verdict, why, and the lines that say so (none: not stated)."""

    provision: str
    verdict: Verdict
    says: str
    lines: tuple[int, ...] = ()

    @property
    def where(self) -> str:
        """ "line 12", "lines 18 and 52", or "not stated"."""
        return where(self.lines)


def check(procedure: Procedure, edition_name: str) -> dict[str, PolicyFinding]:
    """A finding for each provision of the edition that a procedure can meet or breach, in the Code's order.

    UnknownEdition if there is no edition of this name.
    """
    edition = editions.edition(edition_name)
    found = {}
    for ref, asked in questions(edition_name).items():
        answers = [QUESTIONS[each["ask"]](procedure, edition, each) for each in asked]
        answer = together(_unless_not_applicable(answers))
        if answer is not None:
            found[ref] = PolicyFinding(ref, answer.verdict, answer.says, answer.lines)
    return found


def _unless_not_applicable(answers: list[Any]) -> list[Any]:
    """Where the first question finds that a provision does not arise, the others are not asked."""
    first = answers[0] if answers else None
    if first is not None and first.verdict == Verdict.NOT_APPLICABLE:
        return [first]
    return answers


@cache
def questions(edition_name: str) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """What an edition asks of a policy: for each provision its questions, with what they ask for.

    Empty for an edition that asks nothing. BadPolicyFile if it asks what no question answers.
    """
    for folder in sorted(editions.FOLDER.glob(f"{editions.PREFIX}*")):
        path = folder / FILE
        if path.exists() and editions.load(folder).name == edition_name:
            return _questions(path)
    return MappingProxyType({})


def _questions(path: Path) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    with open(path, "rb") as file:
        data = tomllib.load(file)
    shared, letters = data.get("shared", {}), data.get("letters", {})
    found = {}
    for ref, asked in data["provisions"].items():
        for each in asked:
            if each.get("ask") not in QUESTIONS:
                raise BadPolicyFile(f"{path}: {ref} asks {each.get('ask')!r}, and there is no such question.")
        of_letters = [
            letters.get(f"stage_{each['stage']}", {}) if each["ask"] == "letter_holds" else {}
            for each in asked
        ]
        found[ref] = tuple(
            MappingProxyType({**shared.get(each["ask"], {}), **own, **each})
            for each, own in zip(asked, of_letters, strict=True)
        )
    return MappingProxyType(found)


__all__ = [
    "BadPolicyFile",
    "Contradiction",
    "PolicyFinding",
    "check",
    "contradictions",
    "questions",
    "where",
]
