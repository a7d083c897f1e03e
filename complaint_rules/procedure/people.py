"""Who of the governing body leads on complaints: a person, a body, or nobody yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from complaint_rules.procedure.reading import Reading, words_or_none
from complaint_rules.procedure.schema import Rule
from complaint_rules.procedure.statements import answer_in
from complaint_rules.procedure.terms import LeadMember, Path, Place

_BODY = re.compile(
    r"\b(?:board|committee|panel|cabinet|council|team|group|executive|trustees|members|governing body|forum)\b"
)
_PERSON = re.compile(
    r"\b(?:chair|chairs|chairman|chairwoman|vice[- ]chair|member|councillor|cllr|trustee|director|mr|mrs|ms|dr|"
    r"lead|leader|portfolio holder|president|champion)\b"
)


def lead(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[LeadMember, ...]:
    """The member who leads on complaints, in words or as a person and a body; or a list of these."""
    return tuple(_leads(reading, value, path))


def _leads(reading: Reading, value: Any, path: Path) -> Iterator[LeadMember]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _leads(reading, each, (*path, number))
        return
    place = reading.place(path, value)
    if isinstance(value, Mapping):
        reading.only(value, ("person", "body"), path)
        yield LeadMember(words_or_none(value.get("person")), words_or_none(value.get("body")), place)
    elif value is False:
        yield LeadMember(place=place)
    elif isinstance(value, str):
        yield _lead_in(" ".join(value.split()), place)
    else:
        reading.wrong(path, "write who it is: a person and their role, a body, or none.")


def _lead_in(text: str, place: Place) -> LeadMember:
    if answer_in(text) is not True:
        return LeadMember(place=place)
    plain = text.lower()
    if _BODY.search(plain) and not _PERSON.search(plain):
        return LeadMember(body=text, place=place)
    return LeadMember(person=text, place=place)
