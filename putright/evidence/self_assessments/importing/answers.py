"""What a mark in the Yes and No columns of a form says: read where it is plain, `unclear` where it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Answer = Literal["yes", "no", "partly", "not_applicable", "blank", "unclear"]

_TICKS = frozenset("\u2713\u2714\u221a\u2611\u2705\u00fc\uf0fc\uf0fe")
_CROSSES = frozenset("\u2717\u2718\u274c\u2716\u2612\u00fb\uf0fb\uf0fd")
_NOTHING = re.compile(r"^[\s._\-\u2013\u2014|:;,'\"*~\u2610\u2022()\[\]]*$")
_WORDS: tuple[tuple[Answer, re.Pattern[str]], ...] = (
    (
        "not_applicable",
        re.compile(r"^(n\s*[/\\.]\s*a\.?|na|not applicable|does not apply|not relevant|n/\s?a)\b"),
    ),
    (
        "partly",
        re.compile(
            r"^(partial(ly)?|part(ly)?|in part|mostly|mainly|to some extent|1\s*/\s*2|\u00bd|half|some(what|times)?"
            r"|yes\W{0,3}\s*(partial|partly|in part)\w*|yes and no|partial(ly)? compli\w+)(?![\w/])"
        ),
    ),
    (
        "yes",
        re.compile(r"^(yes|y|compliant|fully compliant|fully met|met|complies|we comply|true)(?![\w/\\])"),
    ),
    (
        "no",
        re.compile(
            r"^(no|n|non[- ]?compliant|not compliant|not met|false)(?![\w/\\]|\.\s*\d|\s+(one|change))"
        ),
    ),
)
# A scanner takes one letter of "Yes" for another that looks like it.
_SLIP_OF_YES = re.compile(r"^[yvu1j][eoca60\u00e9][sca5385z]$")
_UNCHOSEN = re.compile(r"^(comply\W*)?(yes|y)\s*[/\\|]?\s*(or\s*)?(no|n)(\s*[/\\]\s*n/?a)?$")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell answers, the words after the answer, and what is doubtful about it."""

    answer: Answer
    rest: str = ""
    doubt: str = ""


def mark(cell: str) -> Mark:
    """What a cell under "Comply: Yes/No" says."""
    text = cell.strip()
    if _NOTHING.match(text):
        return Mark("blank")
    plain = text.lower().strip(" .,;:*'\"\u201c\u201d\u2018\u2019()[]_-\u2013\u2014")
    if _UNCHOSEN.match(plain):
        return Mark("unclear", doubt=f"Neither Yes nor No was chosen: {text!r} is printed.")
    if set(text) <= _TICKS | {" "}:
        return Mark("yes")
    if set(text) <= _CROSSES | {" "}:
        return Mark("no")
    for answer, pattern in _WORDS:
        found = pattern.match(plain)
        if found is not None:
            start = text.lower().find(found[0])
            return Mark(answer, text[start + len(found[0]) :].strip(" .,;:-\u2013\u2014\u2022()"))
    if _SLIP_OF_YES.match(plain):
        return Mark("yes", doubt=f"{text!r} is printed, which looks like a slip for Yes. Check it.")
    return Mark("unclear", doubt=f"{text!r} is printed, which is neither Yes nor No.")


def is_answer(cell: str) -> bool:
    """Whether a cell holds a plain answer and nothing else, wherever it stands."""
    found = mark(cell)
    return found.answer not in ("blank", "unclear") and not found.rest and not found.doubt


def ticked(yes: str, no: str) -> Mark:
    """What two columns, one for Yes and one for No, say together. Whatever fills one of them is its mark."""
    in_yes, in_no = (not _NOTHING.match(each.strip()) for each in (yes, no))
    if in_yes and in_no:
        first, second = mark(yes), mark(no)
        if first.answer == second.answer == "not_applicable":
            return Mark("not_applicable")
        return Mark("unclear", doubt="Both the Yes and the No column are filled.")
    if not in_yes and not in_no:
        return Mark("blank")
    given = yes if in_yes else no
    found = mark(given)
    if found.answer in ("not_applicable", "partly"):
        return found
    side: Answer = "yes" if in_yes else "no"
    if found.answer in ("yes", "no") and found.answer != side and not found.doubt:
        # A cross or a tick is a mark here, whichever it is; a word that says the opposite is not.
        if set(given.strip()) <= _TICKS | _CROSSES | {" "}:
            return Mark(side)
        return Mark("unclear", doubt=f"{given.strip()!r} stands in the {side.capitalize()} column.")
    return Mark(side, given.strip() if _is_text(given) else "")


def _is_text(given: str) -> bool:
    """Whether a column that takes a mark holds words instead: they are commentary."""
    return len(given.strip()) > 3 and mark(given).answer == "unclear"


def together(answers: list[Answer]) -> Answer:
    """One answer for several marks of the same provision, each beside a part of it."""
    given = {each for each in answers if each != "blank"}
    if not given:
        return "blank"
    if len(given) == 1:
        return given.pop()
    if "unclear" in given:
        return "unclear"
    rest = given - {"not_applicable"}
    return rest.pop() if len(rest) == 1 else "partly"
