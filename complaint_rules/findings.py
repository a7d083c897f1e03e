"""What a rule says: a verdict on a provision, and the entries that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    `turns_on` is the day from which an open verdict becomes `becomes` if nothing is done.
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


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands in the way of a step, or that is worth a warning: which rule, and why."""

    ref: str
    says: str


def worst_finding(findings: Iterable[Finding]) -> Finding | None:
    """The finding that stands where several are made of one provision; None where none is."""
    return min(findings, key=lambda finding: _RANK[finding.verdict], default=None)
