"""The walk of a document by its schema: what each key may hold, and what is wrong, by line.

Nothing is guessed, and a key that is not known is named with the one it was probably meant to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from complaint_rules.procedure import grounds, people, plain, statements, times
from complaint_rules.procedure.reading import Reading, did_you_mean, no_such_key
from complaint_rules.procedure.schema import ANYWHERE, Rule, children, schema
from complaint_rules.procedure.terms import Path

Kind = Callable[[Reading, Rule, Any, Path], Any]

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "text": plain.text,
        "texts": plain.texts,
        "slug": plain.slug,
        "date": plain.day,
        "dates": plain.days,
        "month": plain.month,
        "number": plain.number,
        "pounds": plain.pounds,
        "word": plain.word,
        "edition": plain.edition,
        "free": plain.free,
        "statement": statements.statement,
        "items": statements.items,
        "places": statements.places,
        "time": times.time,
        "grounds": grounds.grounds,
        "definition": grounds.definition,
        "lead": people.lead,
    }
)


def mapping(reading: Reading, key: str, value: Any, path: Path, whole: bool = True) -> dict[str, Any]:
    """A mapping of known keys. A bare value stands for the one that the schema calls `short`."""
    short = schema()[key].get("short") if key else None
    if short and not isinstance(value, Mapping):
        inner = f"{key}.{short}"
        return {short: _value(reading, inner, value, path), "_path": path, "_source": None}
    if key == "targets" and isinstance(value, list):
        return _listed_targets(reading, value, path)
    if not isinstance(value, Mapping):
        what = f"{key} as a mapping of keys" if key else "the procedure as a mapping of keys, such as `name:`"
        reading.wrong(path, f"write {what}.")
        return {}
    known = children(key)
    found: dict[str, Any] = {"_path": path, "_source": value.get("source")}
    for each, inside in value.items():
        if each in ANYWHERE and each not in known:
            continue
        if each not in known:
            reading.wrong((*path, each), no_such_key(str(each), known, inside))
        elif _last(known[each]) in found:
            reading.wrong((*path, each), f"this is another name for `{_last(known[each])}`. Give it once.")
        elif inside is not None:
            found[_last(known[each])] = _value(reading, known[each], inside, (*path, each))
    for each in known:
        if whole and schema()[known[each]].get("needed") and each not in found:
            reading.wrong(path, f"it needs `{each}`: {schema()[known[each]]['says']}")
    return found


def _value(reading: Reading, key: str, value: Any, path: Path) -> Any:
    """A value by the schema at `key`; `path` is where it stands in the document."""
    reading.lines[key] = reading.line(path)
    rule = schema()[key]
    kind: str = rule["kind"]
    if kind == "mapping":
        return mapping(reading, key, value, path)
    if kind == "list":
        return _items_of(reading, key, value, path)
    return _KINDS[kind](reading, rule, value, path)


def _listed_targets(reading: Reading, value: list[Any], path: Path) -> dict[str, Any]:
    """The targets as a list of `{clock, length, unit, starts}`."""
    known = children("targets")
    found: dict[str, Any] = {"_path": path, "_source": None}
    for number, each in enumerate(value):
        place = (*path, number)
        if not isinstance(each, Mapping) or "clock" not in each:
            reading.wrong(
                place, "give each target a `clock`, a `length`, a `unit` and what it `starts` from."
            )
        elif each["clock"] not in known:
            says = f"there is no such clock.{did_you_mean(each['clock'], known)} Known: {', '.join(known)}."
            reading.wrong((*place, "clock"), says)
        else:
            own = known[each["clock"]]
            rest = {part: inside for part, inside in each.items() if part != "clock"}
            found[_last(own)] = (*found.get(_last(own), ()), *_value(reading, own, rest, place))
    return found


def _items_of(reading: Reading, key: str, value: Any, path: Path) -> list[Any]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        reading.wrong(path, "write a list, each item on a line of its own after a hyphen.")
        return []
    return [mapping(reading, f"{key}[]", each, (*path, place)) for place, each in enumerate(value)]


def _last(path: str) -> str:
    return path.rsplit(".", 1)[-1]
