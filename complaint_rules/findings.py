"""What a rule says: a verdict on a provision, and the entries that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    MET = "met"
    BREACHED = "breached"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"


WORST_FIRST = (Verdict.BREACHED, Verdict.CANNOT_TELL, Verdict.OPEN, Verdict.MET, Verdict.NOT_APPLICABLE)
_RANK = {verdict: rank for rank, verdict in enumerate(WORST_FIRST)}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that stands where several things count; `not_applicable` where none does."""
    return min(verdicts, key=_RANK.__getitem__, default=Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record says of one provision on one day.

    `due` and `done` are days where a clock decides, `days` the working days taken from the
    day that started it, `entries` the numbers of the journal entries that show the verdict.
    `turns_on` is the first day on which the verdict becomes `becomes` if nothing is done.
    """

    provision: str
    verdict: Verdict
    says: str
    due: date | None = None
    done: date | None = None
    days: int | None = None
    entries: tuple[int, ...] = ()
    turns_on: date | None = None
    becomes: Verdict | None = None

    def verdict_on(self, day: date) -> Verdict:
        """The verdict on a later day, if nothing is done until then."""
        turned = self.turns_on is not None and self.turns_on <= day and self.becomes is not None
        return self.becomes if turned and self.becomes is not None else self.verdict


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands in the way of a step, or that is worth a warning: which rule, and why."""

    ref: str
    says: str


def worst_finding(findings: Iterable[Finding]) -> Finding | None:
    """The finding that stands where several are made of one provision; None where none is.

    Of equals the one that turns first stands. It turns on the first day that changes the worst of them all.
    """
    made = list(findings)
    worst_now = min(made, key=_order, default=None)
    if worst_now is None or len(made) == 1:
        return worst_now
    for day in sorted({each.turns_on for each in made if each.turns_on is not None}):
        then = worst(each.verdict_on(day) for each in made)
        if then is not worst_now.verdict:
            return replace(worst_now, turns_on=day, becomes=then)
    return replace(worst_now, turns_on=None, becomes=None)


def _order(finding: Finding) -> tuple[int, date]:
    return _RANK[finding.verdict], finding.turns_on or date.max
