"""What a question of the policy check answers: a verdict, why, and where the document says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.findings import Verdict, worst
from complaint_rules.procedure import NOT_STATED, Place, Procedure

MET, BREACHED, CANNOT_TELL, NOT_APPLICABLE = (
    Verdict.MET,
    Verdict.BREACHED,
    Verdict.CANNOT_TELL,
    Verdict.NOT_APPLICABLE,
)
AS_A_LIST = 2
"""Lines in a row that are listed one by one; more are told as a range."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the verdict, why in plain words, and the lines that say so (none: not stated)."""

    verdict: Verdict
    says: str
    lines: tuple[int, ...] = ()


Question = Callable[[Procedure, Edition, Mapping[str, Any]], Answer | None]
"""A question put to a procedure under an edition, with what the edition asks it for. None: it does not arise."""


def met(says: str, *places: Place) -> Answer:
    return Answer(MET, says, lines_of(places))


def breached(says: str, *places: Place) -> Answer:
    return Answer(BREACHED, says, lines_of(places))


def cannot_tell(says: str, *places: Place) -> Answer:
    return Answer(CANNOT_TELL, says, lines_of(places))


def not_applicable(says: str, *places: Place) -> Answer:
    return Answer(NOT_APPLICABLE, says, lines_of(places))


def lines_of(places: Iterable[Place]) -> tuple[int, ...]:
    return tuple(sorted({place.line for place in places if place.line}))


def together(answers: Iterable[Answer | None]) -> Answer | None:
    """The answer that stands where several count: the worst, with everything said at that verdict."""
    given = [answer for answer in answers if answer is not None]
    if not given:
        return None
    verdict = worst(answer.verdict for answer in given)
    same = [answer for answer in given if answer.verdict == verdict]
    says = " ".join(dict.fromkeys(answer.says for answer in same if answer.says))
    return Answer(verdict, says, tuple(sorted({line for answer in same for line in answer.lines})))


def each_way(answers: list[Answer]) -> Answer:
    """The answer where the document says several things on one matter: both are kept, neither is chosen.

    Where every one leads to the same verdict it is that; else it cannot be told.
    """
    if len({answer.verdict for answer in answers}) == 1:
        stands = together(answers)
        assert stands is not None
        return stands
    lines = tuple(sorted({line for answer in answers for line in answer.lines}))
    said = " Or: ".join(dict.fromkeys(answer.says for answer in answers))
    return Answer(CANNOT_TELL, f"The document says two things that do not agree. {said}", lines)


def where(lines: tuple[int, ...]) -> str:
    """ "line 12", "lines 18 and 52", "lines 3 to 9", or "not stated"."""
    if not lines:
        return NOT_STATED
    *first, last = list(_runs(lines))
    told = f"{', '.join(first)} and {last}" if first else last
    return f"lines {told}" if len(lines) > 1 else f"line {told}"


def _runs(lines: tuple[int, ...]) -> Iterator[str]:
    """The lines, with three or more in a row as "3 to 9"."""
    left = list(lines)
    while left:
        run = [left.pop(0)]
        while left and left[0] == run[-1] + 1:
            run.append(left.pop(0))
        if len(run) > AS_A_LIST:
            yield f"{run[0]} to {run[-1]}"
        else:
            yield from (str(line) for line in run)
