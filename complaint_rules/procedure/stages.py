"""The landlord's stages, and what number each counts as: an attempt before stage 1 is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from complaint_rules.procedure.reading import Reading
from complaint_rules.procedure.terms import FirstStep, Stage

_BEFORE_STAGE_1 = re.compile(
    r"\b(?:informal\w*|front[\s-]?line|stage\s*(?:0|zero|nought)|pre[\s-]?complaints?|pre[\s-]?stage|"
    r"first (?:point of )?contact|first (?:line|step)|early (?:local )?resolution|local resolution|quick (?:fix|"
    r"resolution|resolve)|initial (?:contact|resolution|concern|stage)|concerns?|expression of concern|"
    r"service recovery|triage|put it right first|point of service)\b"
)
_NUMBERED = re.compile(r"\b(?:stage|step|level|tier)\s*(?P<number>\d|one|two|three|four)\b")
_OUTSIDE = re.compile(r"\b(?:ombudsman|lgsco|designated person|court|tribunal|regulator)\b")
_SAID_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}


def is_before_stage_1(name: str) -> bool:
    """Whether a stage of this name is an attempt before the complaint, whatever it is called."""
    plain = name.lower()
    numbered = _NUMBERED.search(plain)
    return bool(_BEFORE_STAGE_1.search(plain)) and not (numbered and _number_in(numbered) > 0)


def of_the_landlord(stage: Mapping[str, Any]) -> bool:
    """Whether a stage listed is the landlord's own: the Ombudsman is none of its stages."""
    return bool(stage.get("name")) and not _OUTSIDE.search(stage["name"].lower())


def stages(read: list[Mapping[str, Any]], reading: Reading) -> Iterator[Stage]:
    """The landlord's stages with the number each counts as."""
    last = 0
    for each in read:
        name = each["name"]
        numbered = _NUMBERED.search(name.lower())
        given = each.get("number", _number_in(numbered) if numbered else None)
        if given is None:
            given = 0 if last == 0 and is_before_stage_1(name) else last + 1
        elif given <= last and given != 0:
            given = last + 1
        last = max(last, given)
        yield Stage(
            name,
            given,
            each.get("handled_by", ()),
            each.get("seniority"),
            each.get("how") or "",
            reading.place_read(each),
            each.get("reason") or "",
        )


def first_step(read: Mapping[str, Any], reading: Reading) -> FirstStep:
    """The attempt before stage 1, where the landlord has one."""
    return FirstStep(
        read.get("name") or "",
        reading.place_read(read),
        read.get("handled_by", ()),
    )


def _number_in(found: re.Match[str]) -> int:
    return _SAID_NUMBERS.get(found["number"]) or (int(found["number"]) if found["number"].isdecimal() else 0)
