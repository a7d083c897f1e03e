"""Does a text name one of these people? Whole words, as a careful reader would take them.

Somebody is named by the whole name, the first name or the last name. A word that is also a name
("Will", "May", "Grant", "Wood") is taken for one only where the sentence treats it so: a letter
that says "we will" names nobody. The words that need such care are in `words_and_names.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("words_and_names.toml")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_INSIDE_A_NAME = re.compile(r"[\s.'’ʼ‘`´,-]{1,3}")
_INSIDE_A_FIRM = re.compile(r"[\s.'’ʼ‘`´,&+/-]{1,3}")
_APOSTROPHE = frozenset("'’ʼ‘`´")
_BEGINS_A_SENTENCE = re.compile(r"[.!?…:;\n\r\"“”«»()\[\]•*|/–—‣◦▪●○·]|\s-|^-")
_GREETING = re.compile(
    r"^[ \t>]*(?:dear|hello|hi|hey|annwyl|good (?:morning|afternoon|evening))\b[^\n,:!]{0,60}(?P<end>[,:!])?",
    re.IGNORECASE | re.MULTILINE,
)
_A_SHORT_LINE = 6  # words of a greeting that no comma ends, alone on its line
_A_SHORT_GREETING = 3  # of one that runs on: the greeting and two words of the reader's name
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@cache
def _listed(key: str) -> frozenset[str]:
    """One list of `words_and_names.toml`."""
    return frozenset(tomllib.loads(_FILE.read_text(encoding="utf-8"))[key].split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text: the name as it was listed, and the words that name them."""

    name: str
    found: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    plain: str
    start: int
    end: int
    gap: str  # what stands between the word before and this one

    @property
    def capital(self) -> bool:
        return not self.text[0].islower()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of naming somebody: `part` is whole, first, last, only or firm; `initial` that of the first name."""

    pieces: tuple[str, ...]
    part: str
    initial: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """People, by the words that name them. `lengths` tells how many words may follow a first word, longest first."""

    ways: dict[tuple[str, ...], dict[_Way, Names]]
    lengths: dict[str, tuple[int, ...]]
    unspaced: Names


def names_in(text: str, names: Iterable[str], except_for: Iterable[str] = ()) -> tuple[str, ...]:
    """Those of `names` that the text names, as they were given, in the order of the text, each once.

    A first name or a last name alone counts, and "Dave's", "DAVE" and "Siân" for "Sian". Lower case
    counts only for a whole name. The greeting ("Dear Dave,") is to the reader and does not count; a
    signature does. A firm's name is looked for whole. `except_for` names people who may be named,
    such as the resident: what names one of them names nobody else, unless by the whole name.
    """
    found: dict[str, None] = {}
    for _, _, group in _places(text, _distinct(names), _distinct(except_for)):
        if group[0] not in found:
            found.update(dict.fromkeys(group))
    return tuple(found)


def mentions(text: str, names: Iterable[str], except_for: Iterable[str] = ()) -> tuple[Mention, ...]:
    """Every place where the text names one of these people, in the order of the text (see `names_in`)."""
    places = _places(text, _distinct(names), _distinct(except_for))
    return tuple(Mention(name, found) for _, found, group in places for name in group)


def _places(text: str, listed: Names, excepted: Names) -> list[tuple[int, str, Names]]:
    """Where the text names somebody, the words that do, and whoever they may be: in the order of the text."""
    if not listed:
        return []
    known = _known(listed)
    seen = _UNSEEN.sub("", text)
    found = list(_spelled(seen, known, _known(excepted))) if known.ways else []
    found += [(seen.find(name), name, (name,)) for name in known.unspaced if name in seen]
    return sorted(found, key=lambda each: each[0])


def _distinct(names: Iterable[str]) -> Names:
    given = (names,) if isinstance(names, str) else names
    return tuple(dict.fromkeys(name for name in given if name and name.strip()))


def plain_word(word: str) -> str:
    """The word in lower case and without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


# How somebody may be named


@lru_cache(maxsize=64)
def _known(names: Names) -> _Known:
    unspaced = tuple(name for name in names if _UNSPACED.search(name))
    ways: dict[tuple[str, ...], dict[_Way, list[str]]] = {}
    lengths: dict[str, set[int]] = {}
    for name in names:
        for way in () if name in unspaced else _ways(name):
            ways.setdefault(way.pieces, {}).setdefault(way, []).append(name)
            lengths.setdefault(way.pieces[0], set()).add(len(way.pieces))
    return _Known(
        {pieces: {way: tuple(group) for way, group in each.items()} for pieces, each in ways.items()},
        {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()},
        unspaced,
    )


def _ways(name: str) -> Iterator[_Way]:
    clean = _UNSEEN.sub("", name)
    for written in [_IN_BRACKETS.sub(" ", clean), *_IN_BRACKETS.findall(clean)]:
        units = _units(written)
        if not units:
            continue
        pieces = tuple(piece for unit in units for piece in unit)
        if _is_firm(pieces):
            endings = _listed("firm_endings")
            yield _Way(tuple(p for p in pieces if p not in endings) or pieces, "firm")
        else:
            yield from _ways_of_a_person(units)


def _units(written: str) -> list[tuple[str, ...]]:
    """The parts of a name in the order they are said: "O'Neill, Mary-Jane" is (mary, jane), (o, neill)."""
    family, comma, given = written.partition(",")
    ordered = f"{given} {family}" if comma else written
    units = [tuple(plain_word(word) for word in _WORD.findall(part)) for part in ordered.split()]
    return [unit for unit in units if unit and not (len(unit) == 1 and unit[0] in _listed("titles"))]


def _is_firm(pieces: tuple[str, ...]) -> bool:
    return any(piece in _listed("firms") or piece.isdigit() or piece == "and" for piece in pieces)


def _ways_of_a_person(units: list[tuple[str, ...]]) -> Iterator[_Way]:
    if len(units) > 1:
        yield _Way(tuple(piece for unit in units for piece in unit), "whole")
        if len(units) > 2:
            yield _Way(units[0] + units[-1], "whole")
    for place, unit in enumerate(units):
        if sum(map(len, unit)) < 2 or (place and unit[0] in _listed("particles") and len(unit) == 1):
            continue
        part = "last" if place else "first" if len(units) > 1 else "only"
        yield _Way(unit, part, units[0][0][0])


# Where the text names somebody


def _spelled(text: str, known: _Known, excepted: _Known) -> Iterator[tuple[int, str, Names]]:
    page = _Page(text)
    place = 0
    while place < len(page.words):
        passed = _longest(page, place, excepted, ("whole", "firm"))
        found = _longest(page, place, known, ("whole", "firm", "first", "last", "only"))
        length = max((len(way.pieces) for way in found), default=1)
        if passed and len(passed[0].pieces) >= length:
            place += len(passed[0].pieces)
            continue
        words = page.words[place : place + length]
        for way in found:
            if way.part == "whole" or way.pieces not in excepted.ways:
                yield words[0].start, text[words[0].start : words[-1].end], known.ways[way.pieces][way]
        place += length


def _longest(page: _Page, place: int, known: _Known, parts: tuple[str, ...]) -> list[_Way]:
    """The ways that name somebody here; only the longest, which may be several people's."""
    for length in known.lengths.get(page.words[place].plain, ()):
        pieces = tuple(word.plain for word in page.words[place : place + length])
        found = [
            way for way in known.ways.get(pieces, ()) if way.part in parts and page.names_somebody(place, way)
        ]
        if found:
            return found
    return []


class _Page:
    """A text in words, and what a reader sees round each of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(_words(text))
        self.in_lower_case = {word.plain for word in self.words if not word.capital}
        self._starts = [word.start for word in self.words]
        self._greeting = frozenset(self._words_of_greetings())
        self._line_starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
        self._headings: dict[int, bool] = {}

    def names_somebody(self, place: int, way: _Way) -> bool:
        """Whether these words are a name here, and not a word, a month, an address or a greeting."""
        last = place + len(way.pieces) - 1
        if not self._stand_together(place, last, way.part):
            return False
        if place in self._greeting or self._is_address(place, last) or self._is_part_of_a_name(place, last):
            return False
        if way.part == "firm":
            return self.words[place].capital or len(way.pieces) > 1
        if way.part == "whole":
            return self._is_whole_name(place, last, way)
        if not self.words[place].capital:
            return False
        if self._follows_title(place):
            return way.part != "first" or not self._is_doubtful(self.words[place])
        if len(way.pieces) > 1:
            return True
        return self._one_word_is_a_name(place, way)

    # What must not be taken for a name

    def _stand_together(self, first: int, last: int, part: str) -> bool:
        between = _INSIDE_A_FIRM if part == "firm" else _INSIDE_A_NAME
        return all(between.fullmatch(word.gap) for word in self.words[first + 1 : last + 1])

    def _words_of_greetings(self) -> Iterator[int]:
        for match in _GREETING.finditer(self.text):
            first = bisect_right(self._starts, match.start() - 1)
            last = bisect_right(self._starts, match.end() - 1)
            ends = match["end"] is not None or (
                self._ends_line(match.end()) and last - first <= _A_SHORT_LINE
            )
            yield from range(first, last if ends else min(last, first + _A_SHORT_GREETING))

    def _ends_line(self, place: int) -> bool:
        return place == len(self.text) or self.text[place] in "\r\n"

    def _is_address(self, first: int, last: int) -> bool:
        before = self._word(first - 1)
        if before and before.plain in ("st", "saint") and self.words[first].gap in (" ", ". "):
            return True
        after, then = self._word(last + 1), self._word(last + 2)
        if not after or after.gap != " " or not after.capital:
            return False
        further = then is not None and then.gap == " " and then.capital and then.plain in _listed("streets")
        return after.plain in _listed("streets") or further

    def _is_part_of_a_name(self, first: int, last: int) -> bool:
        """Anne in "Anne-Marie", Neill in "O'Neill": somebody else."""
        before, after = self._word(first - 1), self._word(last + 1)
        gap = self.words[first].gap
        if before and before.capital and (gap == "-" or (gap in _APOSTROPHE and len(before.text) == 1)):
            return True
        return bool(after and after.gap == "-" and after.capital and not after.text[0].isdigit())

    # What makes a name

    def _follows_title(self, place: int) -> bool:
        before = self._word(place - 1)
        return bool(
            before
            and before.plain in _listed("titles")
            and before.capital
            and self.words[place].gap in (" ", ". ", ".")
        )

    def _is_whole_name(self, first: int, last: int, way: _Way) -> bool:
        words = self.words[first : last + 1]
        if all(word.capital or word.plain in _listed("particles") for word in words):
            return True
        unmistakable = any(len(piece) > 3 and not _is_also_a_word(piece) for piece in way.pieces)
        return unmistakable and not any(word.gap.strip(" \n-'’") for word in words[1:])

    def _one_word_is_a_name(self, place: int, way: _Way) -> bool:
        word = self.words[place]
        if word.plain in _listed("too_common") - _listed("also_first_names") - _listed("months"):
            return False
        if way.part == "last" and word.plain in _listed("also_last_names"):
            return self._follows_initial(place, way.initial)
        if word.shouted and len(word.text) < 3:
            return False
        if word.plain in _listed("months"):
            return (
                not word.shouted and not self._is_month(place) and self._word_used_as_name(place, month=True)
            )
        if way.part in ("first", "only") and self._is_doubtful(word):
            return not word.shouted and self._word_used_as_name(place, month=False)
        return not (way.part == "last" and word.plain in self.in_lower_case)

    def _is_doubtful(self, word: _Word) -> bool:
        return word.plain in _listed("also_first_names") or word.plain in self.in_lower_case

    def _follows_initial(self, place: int, initial: str) -> bool:
        before = self._word(place - 1)
        return bool(
            before
            and len(before.text) == 1
            and before.capital
            and before.plain == initial
            and self.words[place].gap in (" ", ". ", ".")
        )

    def _is_month(self, place: int) -> bool:
        before, after, months = self._word(place - 1), self._word(place + 1), _listed("months")
        if after and (
            after.text[0].isdigit() or (after.plain in ("and", "or", "to") and self._month_at(place + 2))
        ):
            return True
        if after and (after.plain in months or (after.plain == "s" and after.gap in _APOSTROPHE)):
            return True
        if not before:
            return False
        if before.text[0].isdigit() or before.plain in _listed("before_a_month") or before.plain in months:
            return True
        joined = before.plain in ("and", "or", "to")
        return joined and (self._month_at(place - 2) or self._number_at(place - 2))

    def _month_at(self, place: int) -> bool:
        word = self._word(place)
        return bool(word and word.plain in _listed("months"))

    def _number_at(self, place: int) -> bool:
        word = self._word(place)
        return bool(word and word.text[0].isdigit())

    def _word_used_as_name(self, place: int, month: bool) -> bool:
        """A word that is also a name, used as one: "ask Will", "Will came", "Will's van"; not "Will you come?"."""
        if self._is_heading(place):
            return False
        if self._begins_sentence(place):
            return self._does_what_people_do(place, month)
        before, after = self.words[place - 1], self._word(place + 1)
        if before.plain in _listed("not_before_a_name"):
            return False
        if after and after.plain in _listed("speakers"):
            return False
        days = _listed("weekdays") | _listed("months")
        if before.capital and before.plain not in days and not self._begins_sentence(place - 1):
            return False
        return not (
            after and after.gap == " " and after.capital and after.text != "I" and after.plain not in days
        )

    def _does_what_people_do(self, place: int, month: bool) -> bool:
        """What follows a doubtful word that begins a sentence: nothing, "said", "'s", "and Dave", ", our plumber,"."""
        word, after, then = self.words[place], self._word(place + 1), self._word(place + 2)
        if after is None or (self._begins_sentence(place + 1) and not after.gap.startswith(":")):
            return not month and word.plain not in _listed("also_things")
        if after.plain == "s" and after.gap in _APOSTROPHE:
            return not month
        if after.gap == ", ":
            return not month and not after.capital
        if after.gap != " ":
            return False
        if after.plain == "and":
            return not month and then is not None and then.capital and then.text != "I"
        if after.plain in _listed("person_does"):
            return True
        return (
            after.plain in _listed("anything_does") and not month and word.plain not in _listed("also_things")
        )

    def _begins_sentence(self, place: int) -> bool:
        if place == 0:
            return True
        before = self.words[place - 1]
        if before.plain in _listed("titles") and self.words[place].gap in (" ", ". ", "."):
            return False
        return bool(_BEGINS_A_SENTENCE.search(self.words[place].gap))

    def _is_heading(self, place: int) -> bool:
        """A line that gives every longer word a capital: its capitals tell nothing."""
        line = bisect_right(self._line_starts, self.words[place].start)
        if line not in self._headings:
            start = self._line_starts[line - 1]
            end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
            longer = [
                word for word in _WORD.findall(self.text, start, end) if len(word) > 3 and word[0].isalpha()
            ]
            self._headings[line] = len(longer) > 2 and not any(word[0].islower() for word in longer)
        return self._headings[line]

    def _word(self, place: int) -> _Word | None:
        return self.words[place] if 0 <= place < len(self.words) else None


def _is_also_a_word(piece: str) -> bool:
    return any(
        piece in _listed(key)
        for key in ("too_common", "months", "weekdays", "also_first_names", "also_last_names")
    )


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(text):
        yield _Word(match[0], plain_word(match[0]), match.start(), match.end(), text[end : match.start()])
        end = match.end()
