"""What a document says on yes-or-no matters, and where it says that something is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from complaint_rules.procedure import plain
from complaint_rules.procedure.reading import Reading, any_of
from complaint_rules.procedure.schema import Rule, schema
from complaint_rules.procedure.terms import Path, Statement

_NO = re.compile(
    r"^(?:no|none|never|not|nobody|nothing|nowhere|refused|under (?:consideration|review)|to be (?:agreed|decided|"
    r"confirmed)|tbc|n/a|does not|do not|is not|are not|we do not|we don't|cannot|will not|we will not)\b"
)
_UNSAID = re.compile(
    r"^(?:not (?:stated|known|given|said|recorded)|unknown|unclear|in (?:the )?policy,? (?:but )?not given|"
    r"(?:as )?(?:set out|stated) in (?:the )?(?:complaints? )?policy)\b"
)
_PLACE_WORDS = (
    (r"every|all (?:letters|stages|correspondence|responses)|each (?:letter|stage)", "every_letter"),
    (r"throughout|at any time", "throughout"),
    (r"stage (?:2|two) ack", "stage_2_acknowledgement"),
    (r"ack", "acknowledgement"),
    (r"exten", "extension"),
    (r"final|stage (?:2|two)|end of|last", "final_response"),
    (r"stage (?:1|one)|first response", "stage_1_response"),
    (r"start|outset|beginning", "start"),
    (r"refus|declin", "refusal"),
    (r"web", "website"),
    (r"leaflet|poster", "leaflets"),
    (r"newsletter", "newsletters"),
    (r"handbook", "handbook"),
    (r"regular correspondence|letters", "regular_correspondence"),
    (r"update", "updates"),
    (r"policy", "policy"),
)


def answer_in(text: str) -> bool | None:
    """Whether words on a yes-or-no matter say yes or no; None where they say that it is not stated."""
    words = " ".join(text.lower().replace("’", "'").split())
    if not words or _UNSAID.match(words):
        return None
    return not _NO.match(words)


def only_answer(said: tuple[Statement, ...]) -> bool | None:
    """What all of these say; None where they differ, or there are none."""
    answers = {each.answer for each in said}
    return answers.pop() if len(answers) == 1 else None


def statement(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[Statement, ...]:
    """A yes-or-no matter: true, false, words, or an answer with what it says; or a list of these."""
    return tuple(_statements(reading, value, path))


def _statements(reading: Reading, value: Any, path: Path) -> Iterator[Statement]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _statements(reading, each, (*path, number))
        return
    place = reading.place(path, value)
    if isinstance(value, bool):
        yield Statement(value, "", place)
    elif isinstance(value, str):
        yield Statement(answer_in(value), " ".join(value.split()), place)
    elif isinstance(value, Mapping):
        reading.only(value, ("answer", "says"), path)
        says, answer = value.get("says"), value.get("answer")
        if answer is None and says is None:
            reading.wrong(path, "give an `answer` (true or false), what it `says`, or both.")
        elif answer is not None and not isinstance(answer, bool | str):
            reading.wrong((*path, "answer"), "write true or false.")
        else:
            told = answer if "answer" in value else says
            said = told if isinstance(told, bool | None) else answer_in(str(told))
            yield Statement(said, " ".join(str(says or "").split()), place)
    else:
        reading.wrong(path, "write true or false, or say in words what is done.")


def items(reading: Reading, rule: Rule, value: Any, path: Path) -> Mapping[str, Any]:
    """What something `holds`, as a list of known words, or that it is `as_code`: as in an edition."""
    if isinstance(value, Mapping):
        reading.only(value, ("as_code",), path)
        return {
            "as_code": plain.edition(reading, {}, value.get("as_code"), (*path, "as_code")),
            "place": reading.place(path, value),
        }
    if not isinstance(value, list):
        reading.wrong(path, f"write a list of {any_of(rule['words'])}.")
        return {}
    held = [plain.word(reading, rule, each, (*path, place)) for place, each in enumerate(value)]
    return {"holds": tuple(each for each in held if each), "place": reading.place(path)}


def places(reading: Reading, rule: Rule, value: Any, path: Path) -> tuple[Mapping[str, Any], ...]:
    """Where something is given: one mapping a statement, with the places `in` it and whether there may be more."""
    return tuple(_each_places(reading, rule, value, path))


def _each_places(reading: Reading, rule: Rule, value: Any, path: Path) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for number, each in enumerate(value):
            yield from _each_places(reading, rule, each, (*path, number))
        return
    given, more = value, False
    if isinstance(value, Mapping):
        reading.only(value, ("in", "elsewhere", "says"), path)
        given, more = value.get("in", []), value.get("elsewhere") is not None
    if given is False or (isinstance(given, str) and answer_in(given) is False):
        given = []
    listed = given if isinstance(given, list) else [given]
    held = [
        plain.word(reading, rule, _place_word(each), (*path, number)) for number, each in enumerate(listed)
    ]
    yield {"in": tuple(each for each in held if each), "more": more, "place": reading.place(path, value)}


def _place_word(value: Any) -> Any:
    """The place that somebody's own words name, so that "All letters" is every_letter."""
    if not isinstance(value, str):
        return value
    words = " ".join(value.lower().replace("_", " ").split())
    known = schema()["ombudsman.given_in"]["words"]
    if words.replace(" ", "_") in known:
        return value
    return next((word for pattern, word in _PLACE_WORDS if re.search(pattern, words)), value)
