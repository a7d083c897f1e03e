"""What a correction gives an entry: new values, written as the action itself would have written them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaint_rules.events import Event
from putright.casework import fields, verb
from putright.casework.act import Step
from putright.record.journal import facts, queries

_COMMON = frozenset({"number", "at", "on", "by"})


def facts_of(step: Step, entry: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """The new facts of an entry, as JSON, from the fields of the action that made it. `at` moves its day.

    FieldProblem names a field that the action does not take.
    """
    mended = _event(step, entry)
    if mended is None:
        return {}
    found: dict[str, Any] = {}
    if "at" in given:
        moment = fields.moment(given["at"], ("fields", "at"))
        found |= {"at": moment.isoformat(), "on": moment.astimezone(fields.LONDON).date().isoformat()}
    rest = {name: value for name, value in given.items() if name != "at"}
    return found | _other_facts(step, mended, rest)


def is_privileged(step: Step, entry: int | None) -> bool:
    """Whether the entry to be mended holds legal advice."""
    return entry is not None and queries.is_privileged(step.landlord.pk, step.case.pk, entry)


def _event(step: Step, entry: int) -> Event | None:
    events = step.before.events if step.before is not None else []
    return next((event for event in events if event.number == entry), None)


def _other_facts(step: Step, mended: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """Only the facts that these fields change: the event with them, against the event without any."""
    action = verb(mended.verb)
    cleaned = fields.clean(action.function, given)
    probe = Step(step.landlord, step.case, step.before, step.by, step.at, step.number)
    said, unsaid = action.event(probe, cleaned), action.event(probe, {})
    step.texts.update(probe.texts)
    now, before = facts.encode(said), facts.encode(unsaid)
    return {name: value for name, value in now.items() if before.get(name) != value or name in cleaned}
