"""Phrases as a reader writes them (`phrases.toml`), made into patterns that read a sentence once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import MappingProxyType

from complaint_rules.letters.names import plain_word

_FILE = Path(__file__).with_name("phrases.toml")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "}
)
_GAP = r"(?:[\w'-]+ ){0,3}"
_NEVER = r"(?!)"


def plain(text: str) -> str:
    """The text in lower case, without accents, with plain quotes, dashes and spaces: what the phrases look at."""
    return plain_word(text.translate(_SAME))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """What finds the phrases of this key in a plain sentence; KeyError if `phrases.toml` has no such key."""
    entry = _entries()[key]
    ways = [f"(?<!\\w)(?:{'|'.join(_phrase(each) for each in entry['says'])})(?!\\w)"]
    ways += [f"^(?:{'|'.join(_phrase(each) for each in entry['heads'])}) ?[:-]"] if entry.get("heads") else []
    ways += [re.escape(sign) for sign in entry.get("signs", ())]
    return re.compile("|".join(ways))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these phrases; nothing where there is none."""
    ways = [_phrase(plain(each)) for each in words if each.strip()]
    return re.compile(f"(?<!\\w)(?:{'|'.join(ways)})(?!\\w)" if ways else _NEVER)


@cache
def _entries() -> MappingProxyType[str, dict[str, list[str]]]:
    return MappingProxyType(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def _phrase(written: str) -> str:
    parts = written.split()
    return "".join(_part(part, place == len(parts) - 1) for place, part in enumerate(parts))


def _part(part: str, last: bool) -> str:
    if part == "...":
        return _GAP
    optional = part.endswith("?") and not last
    either = "|".join(_word(each) for each in part.removesuffix("?" if optional else "").split("/"))
    word = f"(?:{either})"
    if last:
        return word
    return f"(?:{word} )?" if optional else f"{word} "


def _word(word: str) -> str:
    if word == "#":
        return r"\d+"
    if word == "@":
        return r"[^\W\d_][\w'-]*"
    if word.startswith("+"):
        return rf"\w{{3,}}{re.escape(word[1:])}"
    return r"\w*".join(re.escape(piece) for piece in word.split("*"))
