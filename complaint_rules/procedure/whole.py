"""A landlord's procedure as a whole, and how one is read from its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from complaint_rules import editions
from complaint_rules.procedure.fields import fields_in
from complaint_rules.procedure.terms import (
    Dates,
    Definition,
    FirstStep,
    Ground,
    Layer,
    LeadMember,
    LineFinder,
    Report,
    Stage,
    StatedTime,
    Statement,
    Target,
)
from complaint_rules.working_days import Convention

NO_LINE = 0


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
    dates: Dates = field(default_factory=Dates)
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
        forced = changes.pop("edition", self.edition)
        if forced is not None:
            editions.edition(forced)
        given = fields_in(changes, lambda path: NO_LINE, whole=False, written_for=self.written_for)
        return replace(self, edition=forced, **self._beside(given))

    def _beside(self, given: dict[str, Any]) -> dict[str, Any]:
        """The fields given, with what this procedure says beside them of other clocks and other keys."""
        fields = dict(given)
        if "targets" in fields:
            changed = {time.clock for time in fields["times"]}
            fields["targets"] += tuple(t for t in self.targets if t.clock not in changed)
            fields["times"] += tuple(t for t in self.times if t.clock not in changed)
        for key in ("statements", "details", "lines"):
            if key in fields:
                fields[key] = {**getattr(self, key), **fields[key]}
        return fields


CODE_DEFAULTS = Procedure()


def read(data: Any, line: LineFinder = lambda path: 1) -> Procedure:
    """A procedure from its document as plain data; `line` finds the line of a path of keys and places.

    The keys are those of `schema.toml`. BadProcedure, with every fault and its line, if it is not one.
    """
    return Procedure(**fields_in(data, line))
