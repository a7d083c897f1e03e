"""Words as they are compared: without accents, capitals or punctuation, the same on every database.

Whatever is searched, and whatever is typed, is split and spelled here and nowhere else. The databases only
compare what comes of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_WORD = 60

# Marks that are written on a letter stay with it when a text is split, in whatever script.
_MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
_LETTER = r"[^\W_]"
_WORD = re.compile(f"{_LETTER}(?:{_LETTER}|[{re.escape(_MARKS)}])*")
# Accents, which do not matter: those of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_PLAIN = re.compile(f"(?:{_LETTER}|[{re.escape(_MARKS)}])+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")


class Word(NamedTuple):
    """A word where it stands in a text, and its plain spellings: one, but for signs like "½"."""

    start: int
    end: int
    plain: tuple[str, ...]


def words_of(text: str) -> Iterator[str]:
    """The plain words of a text, in order."""
    if text.isascii():
        for word in _ASCII_WORD.findall(text.lower()):
            yield word[:LONGEST_WORD]
        return
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        yield from _spelled(found[0])


def words_in(text: str) -> Iterator[Word]:
    """The words of a text and where each stands. The text must be in the form that `shown` gives."""
    for found in _WORD.finditer(text):
        yield Word(found.start(), found.end(), _spelled(found[0]))


def shown(text: str) -> str:
    """A text in the form in which its words are looked for and shown: the same to the eye."""
    return unicodedata.normalize("NFC", text)


def _spelled(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word.lower()[:LONGEST_WORD],)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))
    return tuple(part[:LONGEST_WORD] for part in _PLAIN.findall(bare))
