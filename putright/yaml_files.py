"""The one reader of YAML 1.2: plain data, and the line each part of it stands on.

Procedures, worked cases and files for `putright check` all come through here. Only `true`
and `false` are booleans, a bare day is a date, a day with a time (seconds or not) is a
datetime. Files come from strangers, so size, depth and what aliases unfold to are bounded,
and a key given twice is an error: the second would silently hide the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError

KeyPath = tuple[Any, ...]

MOST_BYTES = 5_000_000
MOST_PARTS = 500_000
MOST_LEVELS = 60
MOST_DIGITS = 18
"""A longer number stays text: it is a reference, and no figure we count is so big."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]|[ ]+)"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,6}))?)?"
    r"(?:[ ]*(?P<zone>[Zz]|[-+][0-9]{2}:?[0-9]{2}))?"
)
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_CORE = "tag:yaml.org,2002:"
_UNFINISHED = object()
_NO_KEY = object()


class UnreadableYaml(ValueError):
    """The text is not YAML that can be used: which file, which line (None where none is known), and why."""

    def __init__(self, file: str, line: int | None, says: str) -> None:
        self.file, self.line, self.says = file, line, says
        super().__init__(f"{file}, line {line}: {says}" if line else f"{file}: {says}")


@dataclass(frozen=True, slots=True)
class Document:
    """One document: `data` in plain types (dict, list, str, int, float, bool, date, datetime, None)."""

    file: str
    data: Any
    lines: dict[KeyPath, int] = field(repr=False)
    texts: dict[KeyPath, str] = field(repr=False)

    def line(self, path: KeyPath = ()) -> int:
        """The line, from 1, of a key or item such as ("steps", 2, "do"), or of the nearest part above it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return self.lines.get((), 1)

    def text(self, path: KeyPath) -> str | None:
        """A value as it is written: "007" where `data` holds 7. None where it is no single value."""
        return self.texts.get(path)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    holds: Any
    path: KeyPath
    anchor: str | None
    started_at: int
    key: Any = _NO_KEY
    levels: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias may stand for, with how many parts and levels it brings along."""

    value: Any
    parts: int = 1
    levels: int = 0


def read(source: Path | str, name: str | None = None, most_bytes: int = MOST_BYTES) -> Document:
    """Read one YAML document: a `Path` is a file to open, a `str` is the text itself.

    `name` is what errors call it. UnreadableYaml for a file that cannot be opened, is too big,
    is not UTF-8 or UTF-16 text, or is not one well-formed document; an empty one reads as None.
    """
    if isinstance(source, Path):
        called = name or str(source)
        return _Reader(called, _text_of(source, called, most_bytes)).document()
    called = name or "this text"
    if len(source) > most_bytes:
        raise _too_big(called, most_bytes)
    return _Reader(called, source.removeprefix("\ufeff")).document()


def _text_of(path: Path, name: str, most_bytes: int) -> str:
    try:
        if not path.is_file():
            raise UnreadableYaml(name, None, "there is no such file.")
        with open(path, "rb") as file:
            raw = file.read(most_bytes + 1)
    except OSError as problem:
        raise UnreadableYaml(name, None, f"it cannot be opened ({problem.strerror}).") from None
    if len(raw) > most_bytes:
        raise _too_big(name, most_bytes)
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise UnreadableYaml(name, line, "this is not text in UTF-8. Save the file as UTF-8.") from None


def _too_big(name: str, most_bytes: int) -> UnreadableYaml:
    return UnreadableYaml(
        name, None, f"it is bigger than {most_bytes / 1_000_000:g} MB, the most that is read. Split it."
    )


class _Reader:
    """Turns the events of one text into plain data, without recursion: depth is bounded, not hoped for."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines: dict[KeyPath, int] = {}
        self.texts: dict[KeyPath, str] = {}
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.parts = 0
        self.data: Any = None

    def document(self) -> Document:
        documents = 0
        for event in self._events():
            if isinstance(event, events.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._wrong(event, 'there is a second document ("---"). One file holds one.')
                continue
            self._take(event)
        return Document(self.name, self.data, self.lines, self.texts)

    def _events(self) -> Iterator[events.Event]:
        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            line = mark.line + 1 if mark is not None else None
            raise UnreadableYaml(self.name, line, self._plain(problem)) from None
        except YAMLError as problem:
            position = getattr(problem, "position", None)
            line = self.text.count("\n", 0, position) + 1 if isinstance(position, int) else None
            says = "there is a character here that text does not hold. Is this a YAML file?"
            raise UnreadableYaml(self.name, line, says) from None
        except (ValueError, IndexError, AttributeError, AssertionError):
            # Seen: the scanner falls over itself on some garbled numbers in escapes and directives.
            raise UnreadableYaml(self.name, None, "this is not YAML.") from None

    def _plain(self, problem: MarkedYAMLError) -> str:
        start = self.text.lstrip()[:20]
        if start.startswith("<"):
            return "this looks like XML or HTML, not YAML."
        said = " ".join(str(part) for part in (problem.context, problem.problem) if part)
        return f"this is not YAML: {said}."

    def _take(self, event: events.Event) -> None:
        if isinstance(event, events.ScalarEvent):
            self._put(event, self._scalar(event), anchor=event.anchor, text=event.value)
        elif isinstance(event, events.AliasEvent):
            self._put_alias(event)
        elif isinstance(event, events.MappingStartEvent):
            self._begin(event, {}, "map")
        elif isinstance(event, events.SequenceStartEvent):
            self._begin(event, [], "seq")
        elif isinstance(event, (events.MappingEndEvent, events.SequenceEndEvent)):
            self._end()

    def _begin(self, event: Any, holds: Any, kind: str) -> None:
        if event.tag not in (None, "!", _CORE + kind):
            raise self._wrong(event, f"the tag {event.tag} is not read here.")
        self._check_depth(event, 1)
        if self.open and self._wants_key():
            raise self._wrong(event, "a key must be a single word or text, not a list or a mapping.")
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(_UNFINISHED)
        path = self._put(event, holds)
        self.open.append(_Open(holds, path, event.anchor, self.parts))

    def _end(self) -> None:
        done = self.open.pop()
        if self.open:
            self.open[-1].levels = max(self.open[-1].levels, done.levels + 1)
        if done.anchor:
            size = self.parts - done.started_at + 1
            self.anchors[done.anchor] = _Anchored(done.holds, size, done.levels)

    def _put_alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            says = f"*{event.anchor} points at nothing: no &{event.anchor} stands before it."
            raise self._wrong(event, says)
        known = self.anchors[event.anchor]
        if known.value is _UNFINISHED:
            raise self._wrong(event, f"*{event.anchor} points at itself.")
        self._check_depth(event, known.levels)
        self._count(event, known.parts)
        if self.open:
            self.open[-1].levels = max(self.open[-1].levels, known.levels + 1)
        self._put(event, deepcopy(known.value))

    def _check_depth(self, event: Any, more: int) -> None:
        if len(self.open) + more > MOST_LEVELS:
            raise self._wrong(event, f"this is nested more than {MOST_LEVELS} levels deep.")

    def _put(self, event: Any, value: Any, anchor: str | None = None, text: str | None = None) -> KeyPath:
        """Put a value where it belongs, and give its path; a key only waits for its value."""
        self._count(event, 1)
        if anchor:
            self.anchors[anchor] = _Anchored(value)
        line = event.start_mark.line + 1
        if not self.open:
            self.data = value
            self.lines[()] = line
            return ()
        inside = self.open[-1]
        if self._wants_key():
            self._take_key(event, inside, value, line)
            return inside.path
        if isinstance(inside.holds, list):
            path = (*inside.path, len(inside.holds))
            inside.holds.append(value)
            self.lines[path] = line
        else:
            path = (*inside.path, inside.key)
            inside.holds[inside.key] = value
            inside.key = _NO_KEY
        if text is not None:
            self.texts[path] = text
        return path

    def _take_key(self, event: Any, inside: _Open, key: Any, line: int) -> None:
        if key is None or isinstance(key, (dict, list)):
            raise self._wrong(event, "a key is missing here, or is not a single word or text.")
        if key == "<<" and getattr(event, "style", None) is None:
            raise self._wrong(event, '"<<" is not read here: write the keys out.')
        path = (*inside.path, key)
        if key in inside.holds:
            raise self._wrong(event, f'"{key}" is given twice (first on line {self.lines[path]}). Keep one.')
        self.lines[path] = line
        inside.key = key

    def _wants_key(self) -> bool:
        inside = self.open[-1]
        return isinstance(inside.holds, dict) and inside.key is _NO_KEY

    def _count(self, event: Any, parts: int) -> None:
        self.parts += parts
        if self.parts > MOST_PARTS:
            raise self._wrong(event, f"this file unfolds to more than {MOST_PARTS:,} parts.")

    def _scalar(self, event: Any) -> Any:
        written = event.value
        if _HALF_CHARACTER.search(written):
            raise self._wrong(event, "this text holds half a character, which cannot be written down.")
        if event.tag in (None, "!"):
            is_plain = event.tag is None and event.style is None
            return _plain_value(written) if is_plain else written
        kind = str(event.tag).removeprefix(_CORE)
        if kind == "str":
            return written
        value = _plain_value(written)
        expected = {"int": int, "float": float, "bool": bool, "null": type(None), "timestamp": date}.get(kind)
        if expected is None or not str(event.tag).startswith(_CORE):
            raise self._wrong(event, f"the tag {event.tag} is not read here.")
        if expected is float and type(value) is int:
            return float(value)
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            raise self._wrong(event, f'"{written}" is not a {kind}.')
        return value

    def _wrong(self, event: Any, says: str) -> UnreadableYaml:
        return UnreadableYaml(self.name, event.start_mark.line + 1, says)


def _plain_value(written: str) -> Any:
    """What unquoted text stands for in YAML 1.2, days and moments included; else the text itself."""
    if written in _WORDS:
        return _WORDS[written]
    if written[0] not in "+-.0123456789":
        return written
    if len(written) <= MOST_DIGITS:
        for pattern, base in ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
            if pattern.fullmatch(written):
                return int(written[2:] if base != 10 else written, base)
        if _DECIMAL.fullmatch(written):
            return float(written)
    if _DAY.fullmatch(written):
        return _day(written) or written
    moment = _MOMENT.fullmatch(written)
    return (_moment(moment) if moment else None) or written


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _moment(found: re.Match[str]) -> datetime | None:
    day = _day(found["day"])
    if day is None:
        return None
    fraction = (found["fraction"] or "").ljust(6, "0")
    try:
        return datetime(
            day.year, day.month, day.day,
            int(found["hour"]), int(found["minute"]), int(found["second"] or 0), int(fraction),
            tzinfo=_zone(found["zone"]),
        )  # fmt: skip
    except ValueError:
        return None


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written in "Zz":
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
