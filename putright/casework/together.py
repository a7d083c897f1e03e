"""Several actions on one case in one go: all of them happen, or none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from complaint_rules.events import Actor
from putright.casework import verb
from putright.casework.act import NotDone, Outcome, Refused
from putright.record.cases.models import Case


@dataclass(frozen=True, slots=True)
class Part:
    """One of the actions: its name, and its fields, cleaned. `known_as` tells two of one name apart."""

    verb: str
    given: Mapping[str, Any] = field(default_factory=dict)
    known_as: str = ""


class NotTogether(NotDone):
    """Nothing was done, because one of the actions could not be: which, and what it raised."""

    def __init__(self, part: Part, problem: NotDone) -> None:
        self.part, self.problem = part, problem
        super().__init__(str(problem))

    def __str__(self) -> str:
        return str(self.problem)


def do_together(
    case: Case,
    parts: Sequence[Part],
    *,
    by: Callable[[str], Actor],
    at: datetime,
    key: str,
    read_at: int | None = None,
) -> list[Outcome]:
    """Do these in turn, in one transaction. `by` tells in which role each is done.

    `key` makes each act once however often this is asked. Raises NotTogether; then nothing has been done,
    and a refusal is in the journal all the same.
    """
    done: list[Outcome] = []
    part = parts[0]
    try:
        with transaction.atomic():
            for part in parts:
                done.append(_do(case, part, by, at, key, read_at))
                read_at = None  # the case is locked by now: nobody else has come between
    except NotDone as problem:
        if isinstance(problem, Refused):
            # What the action itself noted went with the transaction that rolled back.
            verb(part.verb).note(case, by(part.verb), at, problem)
        raise NotTogether(part, problem) from problem
    return done


def _do(
    case: Case, part: Part, by: Callable[[str], Actor], at: datetime, key: str, read_at: int | None
) -> Outcome:
    act, once = verb(part.verb), key_of(key, part.known_as or part.verb)
    return act(case, by=by(part.verb), at=at, read_at=read_at, key=once, **part.given)


def key_of(key: str, name: str) -> str:
    """The key of one action of several that a page sends with one key."""
    return f"{key.strip().lower()[:40]}:{name}"[:64]
