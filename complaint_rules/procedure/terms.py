"""The parts of a landlord's procedure, one small frozen class each, and what is wrong with a document of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

SENIORITY = ("officer", "manager", "head", "director")
CODE_DEFAULT = "code default"
NOT_STATED = "not stated"
NOT_GIVEN = "not_given"
SAME_AS_EXCLUSIONS = "same_as_exclusions"

Path = tuple[Any, ...]
LineFinder = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Target:
    """A landlord's own time for a step: `length` in `unit` (working_days, days, months) from `starts`.

    `starts` names a step: received, logged, acknowledged, requested, acknowledged_escalation,
    responded, dissatisfied (a survey answer), updated; or, in the landlord's own words, a step
    that no clock knows: such a target never runs. `line` is where the document says so.
    """

    clock: str
    length: int
    unit: str
    starts: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document says something: its line, and the place in the landlord's own papers it was read from."""

    line: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the document says on a yes-or-no matter. `answer` is None where it says neither."""

    answer: bool | None
    says: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time as the document states it. Parts that it leaves out are None.

    `clock` is a clock of scenarios, or `log`, `backstop`, `respond_stage_3` and the like, which
    only the policy check reads. `starts` is as in `Target`.
    """

    clock: str
    length: int | None
    unit: str | None
    starts: str | None
    says: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as the landlord names it. `counts_as` is 0 for a step before stage 1, else 1, 2, 3 and on."""

    name: str
    counts_as: int
    handled_by: tuple[str, ...] = ()
    seniority: str | None = None
    says: str = ""
    place: Place = Place()
    reason: str = ""  # why a third stage is needed


@dataclass(frozen=True, slots=True)
class FirstStep:
    """An informal attempt before stage 1: counted and shown, never a stage of the product."""

    name: str
    place: Place = Place()
    handled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One exclusion, or one reason for refusing stage 2, in the landlord's own words.

    `ground` is a word of the scenarios where the document gives one, or `not_given` where it only says that
    the list stands elsewhere, or `same_as_exclusions`.
    """

    says: str
    place: Place = Place()
    ground: str | None = None
    discretion: bool | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A complaint as the policy prints it; or `as_code`, the edition whose sentence the policy is said to use.

    With `as_code`, `added`, `left_out` and `replaced` (theirs, ours) tell where it departs from that sentence.
    """

    words: str | None
    as_code: str | None = None
    place: Place = Place()
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A regular report: what it is, who gets it, how often (as written)."""

    what: str
    to: tuple[str, ...]
    every: str | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Layer:
    """One of several documents that apply together: a service's standard beneath a corporate policy."""

    name: str
    kind: str
    sets_stages: bool | None = None
    sets_times: bool | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class LeadMember:
    """Who of the governing body leads on complaints: a person, a body, or (both None) nobody yet."""

    person: str | None = None
    body: str | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Dates:
    """The five days of a procedure. Only what is in force is shown to residents. None: not stated."""

    drafted: date | None = None
    approved: date | None = None
    briefed: date | None = None
    in_force: date | None = None
    published: date | None = None
    approved_by: str | None = None
    review_due: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """How one step stands under an edition: the landlord's own time, or the Code's, and who says so."""

    clock: str
    says: str
    source: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be read in a document: the line (0: none), the key as it is written, and what was expected."""

    line: int
    key: str
    says: str

    def __str__(self) -> str:
        where = [f"line {self.line}"] if self.line else []
        return ": ".join([*where, *([self.key] if self.key else []), self.says])


class BadProcedure(ValueError):
    """A document is no procedure. `problems` holds every fault found, in the order of its lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))
