"""What a landlord does not consider, in its own words, and how it defines a complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from complaint_rules.procedure import plain
from complaint_rules.procedure.reading import Reading, words_or_none
from complaint_rules.procedure.schema import Rule
from complaint_rules.procedure.statements import answer_in
from complaint_rules.procedure.terms import NOT_GIVEN, SAME_AS_EXCLUSIONS, Definition, Ground, Path

_IN_POLICY = re.compile(
    r"^(?:(?:see|as (?:set out |stated )?in|listed? in|in|stated in)\b.*\bpolic\w*|not given|not stated|"
    r"in (?:the )?policy,? (?:but )?not given)\W*$"
)
_SAME_AS = re.compile(r"\bsame\b.*\b(?:exclusion|not accepting|refus|as above)")


def grounds(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[Ground, ...]:
    """A list of grounds; none where the document says that there are none; marked where they stand elsewhere."""
    if isinstance(value, str):
        plain = " ".join(value.lower().split())
        mark = (
            NOT_GIVEN if _IN_POLICY.match(plain) else SAME_AS_EXCLUSIONS if _SAME_AS.search(plain) else None
        )
        if answer_in(plain) is False and not mark:
            return ()
        return (Ground(" ".join(value.split()), reading.place(path), mark),)
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        reading.wrong(path, 'write a list of sentences, or "in policy, not given".')
        return ()
    return tuple(_ground_items(reading, value, path))


def _ground_items(reading: Reading, value: list[Any], path: Path) -> Iterator[Ground]:
    for number, each in enumerate(value):
        place = (*path, number)
        if isinstance(each, str):
            yield Ground(" ".join(each.split()), reading.place(place))
        elif isinstance(each, Mapping) and isinstance(each.get("says") or each.get("ground"), str):
            reading.only(each, ("says", "ground", "discretion"), place)
            free = each.get("discretion")
            if free is not None and not isinstance(free, bool):
                reading.wrong((*place, "discretion"), "write true or false.")
            says = str(each.get("says") or str(each.get("ground")).replace("_", " "))
            yield Ground(" ".join(says.split()), reading.place(place, each), each.get("ground"), free)
        else:
            reading.wrong(place, "write a sentence, or `{says, ground, discretion}`.")


def definition(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[Definition, ...]:
    """The sentence as printed, or the edition whose sentence it is; or a list of these."""
    return tuple(_definitions(reading, value, path))


def _definitions(reading: Reading, value: Any, path: Path) -> Iterator[Definition]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _definitions(reading, each, (*path, number))
    elif isinstance(value, str):
        plain = " ".join(value.lower().split())
        yield Definition(
            None if _IN_POLICY.match(plain) else " ".join(value.split()), None, reading.place(path)
        )
    elif isinstance(value, Mapping):
        yield _definition_in_parts(reading, value, path)
    else:
        reading.wrong(path, "write the sentence as the policy prints it.")


def _definition_in_parts(reading: Reading, value: Mapping[str, Any], path: Path) -> Definition:
    reading.only(value, ("words", "says", "as_code", "added", "left_out", "replaced"), path)
    words, as_code = value.get("words", value.get("says")), value.get("as_code")
    if as_code is not None:
        as_code = plain.edition(reading, {}, as_code, (*path, "as_code"))
    elif words is None:
        reading.wrong(
            path, "give the `words` as printed, or `as_code` with the edition whose sentence it is."
        )
    replaced = value.get("replaced") or {}
    if not isinstance(replaced, Mapping):
        reading.wrong((*path, "replaced"), "write the Code's words, a colon, and the words in their place.")
        replaced = {}
    return Definition(
        words_or_none(words),
        as_code,
        reading.place(path, value),
        plain.texts(reading, {}, value.get("added") or [], (*path, "added")),
        plain.texts(reading, {}, value.get("left_out") or [], (*path, "left_out")),
        tuple((str(theirs), str(ours)) for theirs, ours in replaced.items()),
    )
