"""A landlord's own procedure, as data: its promises, its people, and how it counts days.

What a procedure does not state is the Code's. It never moves a Code date: a landlord's own
time is a `Target`, shown beside what the Code says. `read` takes a document as plain data
with a finder of its lines; `policy_check` says where it departs from an edition of the Code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from complaint_rules import editions
from complaint_rules.working_days import Convention

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


@dataclass(frozen=True, slots=True)
class Procedure:
    """How one landlord handles complaints. `edition` forces an edition whatever the dates.

    `written_for` is the edition the document was written for, and forces nothing. `statements`
    holds what it says on yes-or-no matters, by key ("escalation.reason_required"): several where
    it says several things, none where it says nothing; those of a stage by its place in `stages`
    ("stage:1.optional" is the second's). `exclusions`, `refusal_grounds` and
    `channels` are None where nothing is said of them, and empty where the document says that there
    are none. `details` holds the rest as plain data (routing, deputies, the Ombudsman by service).
    """

    name: str = "code-defaults"
    edition: str | None = None
    convention: Convention = Convention.NEXT_WORKING_DAY
    closure_days: tuple[date, ...] = ()
    targets: tuple[Target, ...] = ()
    counted_first_step: bool = False  # a frontline step that the landlord counts, before stage 1
    outcome_call: bool = False  # the resident is rung before the written answer
    stage_2_decided_by: str | None = None  # the role that accepts or declines stage 2
    stage_2_seniority: str | None = None
    award_approval_over: int | None = None  # pence
    title: str | None = None
    landlord: str | None = None
    written_for: str | None = None
    dates: Dates = Dates()
    definitions: tuple[Definition, ...] = ()
    layers: tuple[Layer, ...] = ()
    first_step: FirstStep | None = None
    stages: tuple[Stage, ...] = ()
    times: tuple[StatedTime, ...] = ()
    exclusions: tuple[Ground, ...] | None = None
    refusal_grounds: tuple[Ground, ...] | None = None
    channels: tuple[Ground, ...] | None = None
    lead_members: tuple[LeadMember, ...] = ()
    reports: tuple[Report, ...] = ()
    remarks: tuple[Statement, ...] = ()  # anything else it says, in its own words
    statements: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict, hash=False)
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def target(self, clock: str) -> Target | None:
        return next((target for target in self.targets if target.clock == clock), None)

    def said(self, key: str) -> tuple[Statement, ...]:
        """Everything the document says on a yes-or-no matter; empty where it says nothing."""
        return self.statements.get(key, ())

    def times_of(self, clock: str) -> tuple[StatedTime, ...]:
        """Every time the document states for a clock: several where it contradicts itself."""
        return tuple(time for time in self.times if time.clock == clock)

    def with_changes(self, **changes: Any) -> Procedure:
        """The same procedure with some keys of its document given anew, as a worked case may.

        `edition` forces an edition; `award_approval_over` is in pounds, as in a document.
        BadProcedure for a key or value that no document could hold.
        """
        from complaint_rules.procedure_document import changed_fields

        forced = changes.pop("edition", self.edition)
        if forced is not None:
            editions.edition(forced)
        return replace(self, edition=forced, **changed_fields(self, changes))


CODE_DEFAULTS = Procedure()


def read(data: Any, line: LineFinder = lambda path: 1) -> Procedure:
    """A procedure from its document as plain data; `line` finds the line of a path of keys and places.

    The keys are those of `procedure_schema.toml`. BadProcedure, with every fault and its line,
    if it is not one.
    """
    from complaint_rules.procedure_document import procedure

    return procedure(data, line)


def settings(given: Procedure, edition_name: str) -> tuple[Setting, ...]:
    """How long each step may take under an edition, and whether the landlord or the Code says so."""
    edition = editions.edition(edition_name)
    found = []
    own = {target.clock: target for target in given.targets}
    for clock, rule in edition.clocks.items():
        target = own.pop(clock, None)
        if target is not None:
            found.append(_own_setting(target))
            continue
        says = spoken(rule.length, rule.unit, rule.starts)
        found.append(Setting(clock, f"{says} ({rule.provision})", CODE_DEFAULT))
    return tuple(found + [_own_setting(target) for target in own.values()])


def _own_setting(target: Target) -> Setting:
    says = spoken(target.length, target.unit, target.starts)
    return Setting(target.clock, says, "the procedure", target.line)


_STARTS_SAID = MappingProxyType(
    {
        "received": "the day it was received",
        "logged": "the day it was logged",
        "acknowledged": "the acknowledgement",
        "requested": "the request for stage 2",
        "escalated": "the day stage 2 was accepted",
        "acknowledged_escalation": "the stage 2 acknowledgement",
        "responded": "the stage 1 response",
        "dissatisfied": "the unhappy survey answer",
        "updated": "the last update",
        "awareness": "the day of becoming aware",
    }
)


def start_said(starts: str) -> str:
    """A step that starts a clock, in words that follow "from"."""
    return _STARTS_SAID.get(starts, f'"{starts}"')


def spoken(length: int, unit: str, starts: str | None) -> str:
    """A time in words: "10 working days from the acknowledgement"."""
    plain = unit.replace("_", " ")
    told = f"{length} {plain[:-1] if length == 1 else plain}"
    return f"{told} from {start_said(starts)}" if starts else told
