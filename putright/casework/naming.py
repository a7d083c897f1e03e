"""Whom a letter may not name, and whom it may: for the checks of its words (2022: 4.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from complaint_rules.procedure import Procedure
from putright.record.accounts.queries import names_at, names_of, titles_held_alone
from putright.record.cases.models import Case


@dataclass(frozen=True, slots=True)
class Naming:
    """Names that a letter keeps out (staff, contractors), titles that one person holds, and who may be named."""

    names: tuple[str, ...] = ()
    job_titles: tuple[str, ...] = ()
    except_for: tuple[str, ...] = ()

    @property
    def arguments(self) -> dict[str, Any]:
        """As the checks of `complaint_rules.letters` take them."""
        return {"names": self.names, "job_titles": self.job_titles, "except_for": self.except_for}


def known_to_case(case: Case, procedure: Procedure, people: Iterable[str]) -> Naming:
    """For a verdict: the staff whom the case knows, and the landlord's contractors."""
    return _naming(case, [*names_of({each for each in people if each}), *contractors(procedure)])


def at_landlord(case: Case, procedure: Procedure) -> Naming:
    """For a second look before a letter goes: everybody at work at the landlord, and its contractors."""
    return _naming(case, [*names_at(case.landlord_id), *contractors(procedure)])


def contractors(procedure: Procedure) -> tuple[str, ...]:
    """The firms and people that work for the landlord, as its procedure lists them."""
    return tuple(procedure.details.get("contractors", ()))


def _naming(case: Case, names: list[str]) -> Naming:
    may_be_named = [person.name for person in (case.resident, case.representative) if person and person.name]
    return Naming(tuple(names), tuple(titles_held_alone(case.landlord_id)), tuple(may_be_named))
