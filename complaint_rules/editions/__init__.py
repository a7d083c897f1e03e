"""The editions of the Housing Ombudsman's Complaint Handling Code, as data.

One folder an edition: `timetable.toml` (what is due when), `refs.toml` (which provision
stands behind each rule of `next_steps`), `provisions.toml` (every provision, with our own
summary) and `letters.toml` (what a letter must hold); where they say something, `policy.toml`
(what is asked of a policy), `extensions.toml` and `crosswalk.toml`. Adding an edition adds a
folder here and one under `complaint_rules/checks/`, and changes no file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

FOLDER = Path(__file__).parent
PREFIX = "code_"

Stage = Literal[1, 2]


class UnknownEdition(ValueError):
    """No edition of the Code has this name, or none was in force on this day."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One time limit of an edition.

    `starts` names the step that starts it. When that step has not happened the
    clock runs from the last day it was allowed: `if_not_taken` names the clock
    whose due day that is, or the step whose own day stands in for it.
    `length` is in `unit` (always working days in the three editions known).
    `extension_most` is how many working days an extension may add to the first due
    date without a good reason; `extension_told` is the provision about telling.
    """

    name: str
    stage: Stage
    starts: str
    length: int
    unit: str
    provision: str
    if_not_taken: str | None = None
    extension_most: int | None = None
    extension_told: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the Code: its name, the days it is in force (both inclusive), its clocks."""

    name: str
    title: str
    in_force_from: date
    in_force_to: date | None
    clocks: Mapping[str, ClockRule]
    refs: Mapping[str, str]
    first_step_may_be_counted: bool = False

    def ref(self, rule: str) -> str:
        """The provision behind a rule of `next_steps`, or its bare name where the Code has none.

        Empty where the rule is not one of this edition.
        """
        return self.refs.get(rule, "")

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def clock_for_stage(self, stage: int) -> ClockRule:
        """The clock of the response at this stage."""
        return self.clocks["respond" if stage == 1 else "respond_stage_2"]


@cache
def load(folder: Path) -> Edition:
    """Read one edition from its folder."""
    data = tomllib.loads((folder / "timetable.toml").read_text(encoding="utf-8"))
    refs = tomllib.loads((folder / "refs.toml").read_text(encoding="utf-8"))
    clocks = {name: ClockRule(name=name, **rule) for name, rule in data["clocks"].items()}
    return Edition(
        name=data["edition"],
        title=data["title"],
        in_force_from=data["in_force_from"],
        in_force_to=data.get("in_force_to"),
        clocks=MappingProxyType(clocks),
        refs=MappingProxyType(refs),
        first_step_may_be_counted=data.get("first_step_may_be_counted", False),
    )


@cache
def all_editions(folder: Path = FOLDER) -> Mapping[str, Edition]:
    """Every edition there is, oldest first, by name."""
    found = [load(each) for each in folder.glob(f"{PREFIX}*") if (each / "timetable.toml").exists()]
    return MappingProxyType({e.name: e for e in sorted(found, key=lambda e: e.in_force_from)})


def edition(name: str) -> Edition:
    """The edition of this name ("2020", "2022", "2024"); UnknownEdition if there is none."""
    try:
        return all_editions()[name]
    except KeyError:
        known = ", ".join(all_editions())
        raise UnknownEdition(f'There is no edition "{name}" of the Code. Known editions: {known}.') from None


def in_force_on(day: date) -> Edition:
    """The edition in force on this day. A day that none covers is an error, never the nearest one.

    The newest that has begun: so an edition added later ends the one before without a change to it.
    """
    for each in reversed(list(all_editions().values())):
        if each.in_force_on(day):
            return each
    raise UnknownEdition(f"No edition of the Code was in force on {day.isoformat()}.")
