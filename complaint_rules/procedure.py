"""A landlord's own procedure, as data: its promises, its people, and how it counts days.

What a procedure does not state is the Code's. It never moves a Code date: a landlord's own
time is a `Target`, shown beside what the Code says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from complaint_rules.working_days import Convention

SENIORITY = ("officer", "manager", "head", "director")


@dataclass(frozen=True, slots=True)
class Target:
    """A landlord's own time for a step: `length` in `unit` (working_days, days, months) from `starts`.

    `starts` names a step: received, logged, acknowledged, requested, acknowledged_escalation,
    responded, dissatisfied (a survey answer), updated. `line` is where the document says so.
    """

    clock: str
    length: int
    unit: str
    starts: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """How one landlord handles complaints. `edition` forces an edition whatever the dates."""

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

    def target(self, clock: str) -> Target | None:
        return next((target for target in self.targets if target.clock == clock), None)


CODE_DEFAULTS = Procedure()
