"""One reading of a document: where its lines are, every fault met so far, and how a fault is told."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from complaint_rules.procedure.schema import ANYWHERE
from complaint_rules.procedure.terms import LineFinder, Path, Place, Problem


class Reading:
    """Knows the line of every value, and collects every fault with it."""

    def __init__(self, line: LineFinder) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def wrong(self, path: Path, says: str) -> None:
        self.problems.append(Problem(self.line(path), as_said(path), says))

    def place(self, path: Path, value: Any = None) -> Place:
        """Where a value stands that is being read, with the source that it names."""
        source = value.get("source") if isinstance(value, Mapping) else None
        return Place(self.line(path), str(source) if source is not None else None)

    def place_read(self, read: Mapping[str, Any]) -> Place:
        """Where a mapping stood that has been read already."""
        return Place(self.line(read["_path"]), words_or_none(read.get("_source")))

    def only(self, value: Mapping[Any, Any], known: tuple[str, ...], path: Path) -> None:
        """Find fault with every key but these and those that may stand anywhere."""
        for each, inside in value.items():
            if each not in known and each not in ANYWHERE:
                self.wrong((*path, each), no_such_key(str(each), known, inside))


def no_such_key(key: str, known: Any, inside: Any) -> str:
    if inside is None and " " in key:
        return "this looks like half a sentence. Put a sentence with a comma in quotes."
    near = did_you_mean(key, list(known))
    return (
        f"there is no such key here.{near}"
        if near
        else f"there is no such key here. Known: {', '.join(known)}."
    )


def did_you_mean(word: str, known: Any) -> str:
    close = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]}?" if close else ""


def any_of(words: Any) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else str(last)


def as_said(path: Path) -> str:
    """A path as a person would say it: stages, item 2, name."""
    return ", ".join(f"item {each + 1}" if isinstance(each, int) else str(each) for each in path)


def words_or_none(value: Any) -> str | None:
    return " ".join(str(value).split()) if value is not None else None
