"""Which provision each row of a form is about, by its number where one is printed and by its words.

The rows are walked once, and the cheapest path through the provisions is taken: to stay with a provision costs
nothing, to go on to the next little, to jump more. So a text broken over pages stays together, a number printed
above or below its text finds it, and a provision that is missing is passed over.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from complaint_rules.editions.provisions import provisions

_FILE = Path(__file__).with_name("known_words.toml")
_WORD = re.compile(r"[a-z0-9]+")
_STAY, _NEXT, _JUMP, _LEAVE = 0.0, 0.6, 2.5, 0.8
_REF = 10.0
_FOREIGN = 0.55
_MOST, _LEAST = 16.0, -4.0
_NO_PLACE, _HEADING, _LITTLE = 20.0, 2.0, 0.1
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Words:
    """The words of each provision in one wording, and what each word is worth in telling provisions apart."""

    of_place: tuple[frozenset[str], ...]
    worth: dict[str, float]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        places = tuple(frozenset(words_of(text)) for text in texts)
        every = {word for each in places for word in each}
        worth = {word: math.log((len(places) + 1) / sum(word in each for each in places)) for word in every}
        return cls(places, worth)

    def gain(self, said: Sequence[str], place: int) -> float:
        """What a text speaks for a provision; less than nothing where it speaks against it."""
        own, total = self.of_place[place], 0.0
        for word in said:
            worth = self.worth.get(word)
            total += -_FOREIGN if worth is None else worth if word in own else -worth
        # A long text must not drown a printed number, nor a short one decide alone.
        return max(min(total / 2.0, _MOST), _LEAST)

    def share(self, said: frozenset[str], place: int) -> float:
        """How much of a provision's own words are said, from 0 to 1."""
        own = self.of_place[place]
        whole = sum(self.worth[word] for word in own)
        return sum(self.worth[word] for word in own & said) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Known:
    """The provisions of an edition in the order of its form, each in the form's words and in our own summary."""

    edition: str
    refs: tuple[str, ...]
    wordings: tuple[Words, ...]


@cache
def known(edition: str) -> Known:
    """What the provisions of an edition are known by."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))[edition]
    every = provisions(edition)
    printed = Words.of(data[ref] for ref in every)
    ours = Words.of(each.summary for each in every.values())
    return Known(edition, tuple(every), (printed, ours))


def editions_known() -> tuple[str, ...]:
    """The editions whose forms can be read."""
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(text.lower().replace("\u2019", "").replace("'", ""))


@dataclass(frozen=True, slots=True)
class Clue:
    """What a row tells of where it belongs: a number, words of a requirement, and whether it stands outside tables.

    A `section` is the heading of one, which belongs to no provision whatever its words.
    """

    ref: str = ""
    text: str = ""
    outside: bool = False
    section: bool = False

    @property
    def nowhere(self) -> float:
        """What speaks for its belonging to no provision."""
        return _NO_PLACE if self.section else _HEADING if self.outside else -_LITTLE


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
        # A row that might as well go with the row before it does.
        on = 0.0 if clue.ref else _LITTLE if clue.text else 2 * _LITTLE
        top = max(range(size), key=best.__getitem__)
        came, now = [0] * (size + 1), [0.0] * (size + 1)
        for place in range(size):
            ways = [
                (best[place] - _STAY, place),
                (best[top] - _JUMP - on, top),
                (best[size] - _LEAVE - on, size),
            ]
            if place:
                ways.append((best[place - 1] - _NEXT - on, place - 1))
            value, source = max(ways)
            now[place], came[place] = value + gain[place], source
        value, source = max((best[size], size), (best[top] - _LEAVE, top))
        now[size], came[size] = value + clue.nowhere, source
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
    return [gain + max(words.gain(said, place) for words in to.wordings) for place, gain in enumerate(gains)]


def share_of(text: str, place: int, to: Known) -> float:
    """How much of a provision's own words a text holds, from 0 to 1: those of the form, or of our summary."""
    said = frozenset(words_of(text))
    return max(words.share(said, place) for words in to.wordings)
