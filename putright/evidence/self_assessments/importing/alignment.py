"""Which provision each row of a form is about, by its number where one is printed and by its words.

The rows are walked once, and the cheapest path through the provisions is taken: to stay with a provision costs
nothing, to go on to the next little, to jump more. So a text broken over pages stays together, a number printed
above or below its text finds it, and a provision that is missing is passed over.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from complaint_rules.editions.provisions import provisions

_FILE = Path(__file__).with_name("known_words.toml")
_WORD = re.compile(r"[a-z0-9]+")
_STAY, _NEXT, _JUMP, _LEAVE = 0.0, 0.6, 2.5, 0.8
_REF = 6.0
_FOREIGN = 0.55
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Known:
    """The provisions of an edition in the order of its form, and what each word is worth in telling them apart."""

    edition: str
    refs: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    worth: dict[str, float]


@cache
def known(edition: str) -> Known:
    """What the provisions of an edition are known by."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))[edition]
    refs = tuple(provisions(edition))
    words = tuple(frozenset(data[ref].split()) for ref in refs)
    every = {word for each in words for word in each}
    worth = {word: math.log((len(refs) + 1) / sum(word in each for each in words)) for word in every}
    return Known(edition, refs, words, worth)


def editions_known() -> tuple[str, ...]:
    """The editions whose forms can be read."""
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(text.lower().replace("\u2019", "").replace("'", ""))


@dataclass(frozen=True, slots=True)
class Clue:
    """What a row tells of where it belongs: a number, words of a requirement, and whether it is a heading."""

    ref: str = ""
    text: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """Where each row belongs (a place in `Known.refs`, or NOWHERE), and how well it all fits."""

    places: tuple[int, ...]
    worth: float


def align(clues: Sequence[Clue], to: Known) -> Way:
    """The path through the provisions that fits these rows best."""
    size = len(to.refs)
    if not clues:
        return Way((), 0.0)
    best = [-_JUMP] * size + [0.0]  # the last state is nowhere
    back: list[list[int]] = []
    for clue in clues:
        gain = _gains(clue, to)
        top = max(range(size), key=best.__getitem__)
        came, now = [0] * (size + 1), [0.0] * (size + 1)
        for place in range(size):
            ways = [(best[place] - _STAY, place), (best[top] - _JUMP, top), (best[size] - _LEAVE, size)]
            if place:
                ways.append((best[place - 1] - _NEXT, place - 1))
            value, source = max(ways)
            now[place], came[place] = value + gain[place], source
        value, source = max((best[size], size), (best[top] - _LEAVE, top))
        now[size], came[size] = value + (2.0 if clue.heading else 0.0), source
        back.append(came)
        best = now
    place = max(range(size + 1), key=best.__getitem__)
    worth, places = best[place], []
    for came in reversed(back):
        places.append(place if place < size else NOWHERE)
        place = came[place]
    return Way(tuple(reversed(places)), worth)


def _gains(clue: Clue, to: Known) -> list[float]:
    gains = [0.0] * len(to.refs)
    if clue.ref in to.refs:
        gains[to.refs.index(clue.ref)] += _REF
    said = words_of(clue.text)
    if not said:
        return gains
    worths = [(word, to.worth.get(word, 0.0)) for word in said]
    foreign = _FOREIGN * sum(1.0 for _, worth in worths if not worth)
    for place, own in enumerate(to.words):
        fits = sum(worth for word, worth in worths if word in own)
        strange = sum(worth for word, worth in worths if worth and word not in own)
        # A long text must not drown a printed number, nor a short one decide alone.
        gains[place] += max(min((fits - strange - foreign) / 2.0, 8.0), -4.0)
    return gains


def share_of(text: str, place: int, to: Known) -> float:
    """How much of a provision's own words a text holds, from 0 to 1."""
    own = to.words[place]
    whole = sum(to.worth[word] for word in own)
    said = set(words_of(text))
    return sum(to.worth[word] for word in own if word in said) / whole if whole else 0.0
