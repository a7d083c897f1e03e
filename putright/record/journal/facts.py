"""Turns entries into the events that rules read, and events into what an entry holds. The only translator.

An entry holds an event's fields as JSON, those left at their default left out; days and moments
are ISO text. Verbs that rules do not read (a refused attempt, a view) become no event.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.utils.timezone import localtime

from complaint_rules.events import EVENTS, Actor, Corrected, Event

_COMMON = frozenset({"number", "at", "on", "by"})


def encode(event: Event) -> dict[str, Any]:
    """The fields of an event as JSON, those at their default left out."""
    return {
        field.name: _to_json(getattr(event, field.name))
        for field in dataclasses.fields(event)
        if field.name not in _COMMON and getattr(event, field.name) != _default(field)
    }


def events(entries: Iterable[Any]) -> list[Event]:
    """The events that these entries of one case tell, in the order given."""
    found: list[Event] = []
    classes: dict[int, type[Event]] = {}
    for entry in entries:
        kind = EVENTS.get(entry.verb)
        if kind is None:
            continue
        classes[entry.number] = kind
        found.append(_event(kind, entry, classes))
    return found


def _event(kind: type[Event], entry: Any, classes: Mapping[int, type[Event]]) -> Event:
    facts = decode(kind, entry.data)
    if kind is Corrected:
        facts["fields"] = corrected_fields(classes.get(entry.data.get("entry", 0)), facts.get("fields", {}))
    return kind(
        number=entry.number,
        at=localtime(entry.happened_at),
        on=entry.happened_on,
        by=Actor(entry.actor_kind, entry.actor or None, entry.actor_role or None),
        **facts,
    )


def corrected_fields(kind: type[Event] | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The new values of a correction, read as the fields of the event that it mends."""
    if kind is None:
        return dict(fields)
    moved = {"on": date.fromisoformat, "at": _moment}
    found = {name: moved[name](value) for name, value in fields.items() if name in moved}
    return found | decode(kind, {name: value for name, value in fields.items() if name not in moved})


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """An entry of another case, as an entry that joins the two tells it."""

    number: int
    verb: str
    happened_at: datetime
    happened_on: date
    actor_kind: str
    actor: str | None
    actor_role: str | None
    data: Mapping[str, Any]


def as_told(entries: Iterable[Any]) -> list[dict[str, Any]]:
    """The events of another case, as an entry that joins the two must tell them."""
    return [_as_told(event) for event in events(entries)]


def _as_told(event: Event) -> dict[str, Any]:
    by = event.by
    return {
        "number": event.number,
        "verb": event.verb,
        "at": event.at.isoformat(),
        "on": event.on.isoformat(),
        "by": [by.kind, by.person, by.role],
        "data": encode(event),
    }


def _as_told_before(values: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
    """The events of another case, as `_as_told` wrote them."""
    told = (
        _Told(
            value["number"],
            value["verb"],
            _moment(value["at"]),
            date.fromisoformat(value["on"]),
            value["by"][0],
            value["by"][1],
            value["by"][2],
            value["data"],
        )
        for value in values
    )
    return tuple(events(told))


def decode(kind: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an event from JSON; what the event does not know (texts, digests) is left aside."""
    readers = _readers(kind)
    return {name: readers[name](value) for name, value in data.items() if name in readers}


def _to_json(value: Any) -> Any:
    if isinstance(value, Event):
        return _as_told(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_to_json(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _to_json(each) for name, each in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind)
    apart = _COMMON if issubclass(kind, Event) else frozenset()
    return {
        field.name: _reader(hints[field.name])
        for field in dataclasses.fields(kind)
        if field.name not in apart
    }


def _reader(hint: Any) -> Callable[[Any], Any]:
    options = [each for each in get_args(hint) if each is not type(None)]
    if get_origin(hint) in (Union, UnionType):
        return _or_none(_reader(options[0]))
    if hint == tuple[Event, ...]:
        return _as_told_before
    if get_origin(hint) is tuple:
        each = _reader(options[0])
        return lambda values: tuple(each(value) for value in values)
    if hint is date:
        return date.fromisoformat
    if hint is datetime:
        return _moment
    if dataclasses.is_dataclass(hint):
        return _parts(hint)
    return lambda value: value


def _parts(kind: Any) -> Callable[[Any], Any]:
    return lambda value: kind(
        **{name: read(value[name]) for name, read in _readers(kind).items() if name in value}
    )


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _moment(value: str) -> datetime:
    return localtime(datetime.fromisoformat(value))
