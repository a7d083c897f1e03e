"""A letter or a paper as structured blocks: the one source of its PDF, its DOCX, its HTML and its plain text.

A block holds words, never markup: whatever somebody typed is shown as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Format = Literal["standard", "large_print"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands under the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words; line breaks in them stay."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with bullets or with numbers from 1."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it. Every row has as many cells as `head`.

    `widths` are shares of the width, one a column; all the same where it is empty.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.head)]
        if wrong or (self.widths and len(self.widths) != len(self.head)):
            raise ValueError(f"The table {self.caption!r} has rows or widths that do not fit its head.")


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines set apart from the rest: how to reach somebody."""

    title: str
    lines: tuple[str, ...]


Block = Heading | Paragraph | Items | Table | Aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One letter or paper.

    `language` as in "en" or "cy"; `from_lines` head the first sheet, `to_lines` stand in the window of an
    envelope (empty: no letter but a paper); `foot` stands on every sheet beside its number. `landscape` is for
    papers with wide tables, which are set smaller.
    """

    title: str
    blocks: tuple[Block, ...]
    day: date
    day_in_words: str
    reference: str = ""
    from_lines: tuple[str, ...] = ()
    to_lines: tuple[str, ...] = ()
    greeting: str = ""
    ending: tuple[str, ...] = ()
    foot: str = ""
    language: str = "en"
    colour: str = "#1C2330"
    format: Format = "standard"
    landscape: bool = False

    def __post_init__(self) -> None:
        if not shown(self.title).strip():
            raise ValueError("A document needs a title.")

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON: each block with its `kind`. No character that a layout cannot hold."""
        data = asdict(self)
        data["blocks"] = [
            {"kind": type(each).__name__.lower()} | _clean(asdict(each))
            for each in self.blocks
            if not isinstance(each, Heading) or shown(each.text).strip()
        ]
        data["day"] = self.day.isoformat()
        return {name: _clean(value) for name, value in data.items()}


# Control characters, and halves of surrogate pairs: neither XML nor a layout can hold them.
_CANNOT_BE_SHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """The text as paper can show it: every line end one line end, and nothing that has no shape."""
    return _CANNOT_BE_SHOWN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return value
