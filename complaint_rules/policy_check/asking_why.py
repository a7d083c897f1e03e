"""Whether a resident is made to say why they want stage 2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.policy_check.answers import MET, Answer, breached, cannot_tell, each_way, met
from complaint_rules.policy_check.grounds import quoted, refusals
from complaint_rules.policy_check.meanings import ABOUT_STAGE_2, readings
from complaint_rules.procedure import Place, Procedure

_ASKS = re.compile(
    r"\b(?:reasons?|why|explain\w*|explanation|what (?:is|was|remains) (?:not|un)\w*|grounds|set out|state|"
    r"evidence|new information)\b"
)
_MUST = re.compile(
    r"\b(?:must|required?|requires|needs? to|have to|has to|should|mandatory|with (?:their |the )?reasons|giving|"
    r"stating|explaining|setting out|only if|before|in writing with)\b"
)
_MAY = re.compile(
    r"\b(?:may|can|if (?:they|you) (?:wish|like|want)|optional\w*|need not|not (?:required|needed|asked|have to)|"
    r"do(?:es)? not (?:have|need) to|no (?:reasons?|need)|without (?:giving )?(?:a )?reasons?|invited)\b"
)


def reason_for_stage_2(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a resident is made to say why they want stage 2."""
    return _reason_demanded(procedure) or cannot_tell(
        "It does not say whether a resident must give a reason."
    )


def _reason_demanded(procedure: Procedure) -> Answer | None:
    answers = [
        breached("A resident must give a reason for stage 2. Make it optional.", each.place)
        if each.answer
        else met("A resident need not give a reason for stage 2.", each.place)
        for each in procedure.said("escalation.reason_required")
        if each.answer is not None
    ]
    told_optional = any(answer.verdict == MET for answer in answers)
    if not told_optional:
        answers += [
            breached(
                "It asks why before stage 2, and does not say that it may be left blank. Make it optional.",
                each.place,
            )
            for each in procedure.said("escalation.asks_why")
            if each.answer
        ]
    answers += _in_words(procedure)
    answers += [
        breached(quoted(ground, reading.says), ground.place)
        for ground in refusals(procedure) or ()
        for reading in readings(ground)
        if reading.kind == "no_reasons"
    ]
    return each_way(answers) if answers else None


def _in_words(procedure: Procedure) -> list[Answer]:
    found = []
    second = next((stage for stage in procedure.stages if stage.counts_as == 2), None)
    texts = [(str(text), Place(procedure.lines.get("escalation.how"))) for text in _how(procedure)]
    texts += [(second.says, second.place)] if second and second.says else []
    texts += [
        (each.says, each.place) for each in procedure.remarks if ABOUT_STAGE_2.search(each.says.lower())
    ]
    for text, place in texts:
        plain = text.lower().replace("’", "'")
        if _ASKS.search(plain) and _MAY.search(plain):
            found.append(met(f'"{text}" leaves it to the resident.', place))
        elif _ASKS.search(plain) and _MUST.search(plain) and _about_asking(plain):
            found.append(breached(f'"{text}" makes a resident say why. Make it optional.', place))
    return found


def _how(procedure: Procedure) -> tuple[str, ...]:
    given = (*procedure.details.get("escalation.how", ()), procedure.details.get("escalation.form"))
    return tuple(text for text in given if text)


_WHO_ASKS = re.compile(
    r"\b(?:residents?|customers?|tenants?|complainants?|leaseholders?|you|your|they|their|requests?|forms?|escalat\w*|"
    r"stage (?:2|two))\b"
)


def _about_asking(plain: str) -> bool:
    return bool(_WHO_ASKS.search(plain))
