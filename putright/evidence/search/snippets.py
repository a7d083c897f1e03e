"""Where in a case the words were found: a few words round them, and which of those were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from putright.evidence.search import plain
from putright.evidence.search.asked import Term
from putright.evidence.search.pieces import Piece

MOST = 2
BEFORE, AFTER = 60, 130


class Part(NamedTuple):
    """Some of a text, and whether it was asked for."""

    text: str
    asked_for: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where words were found, and the words round them."""

    piece: Piece
    parts: list[Part]


class _Place(NamedTuple):
    start: int
    end: int
    term: Term


def of_case(pieces: Sequence[Piece], terms: Sequence[Term]) -> list[Snippet]:
    """At most two snippets, from where the most of these terms stand. Files are read only for what else lacks."""
    missing = dict.fromkeys(terms)
    found: list[Snippet] = []
    for some in (
        [each for each in pieces if each.kind != "file"],
        [each for each in pieces if each.kind == "file"],
    ):
        places = [(piece, at) for piece in some if (at := _places(piece.text, missing))] if missing else []
        while len(found) < MOST and missing and places:
            piece, at = max(places, key=lambda each: _how_many(each[1], missing))
            if not _how_many(at, missing):
                break
            found.append(Snippet(piece, _cut(plain.shown(piece.text), at)))
            for place in at:
                missing.pop(place.term, None)
    return found


def _how_many(places: Iterable[_Place], terms: dict[Term, None]) -> int:
    return len({place.term for place in places if place.term in terms})


def _places(text: str, terms: Iterable[Term]) -> list[_Place]:
    """Each place of a text at which one of the terms stands, in order."""
    terms = [term for term in terms if _may_stand(term, text)]
    if not terms:
        return []
    words = [(spelling, word) for word in plain.words_in(plain.shown(text)) for spelling in word.plain]
    spelled = [spelling for spelling, _ in words]
    found = []
    for term in terms:
        length = len(term.words)
        for at, spelling in enumerate(spelled):
            if _begins(spelling, term.words[0], term.begins and length == 1) and _stands(term, spelled, at):
                found.append(_Place(words[at][1].start, words[at + length - 1][1].end, term))
    return sorted(found)


def _may_stand(term: Term, text: str) -> bool:
    """Whether it is worth splitting a text: most hold nothing that was asked for, and that is seen at a glance."""
    return not text.isascii() or term.words[0] in text.lower()


def _stands(term: Term, spelled: Sequence[str], at: int) -> bool:
    last = at + len(term.words) - 1
    return (
        last < len(spelled)
        and tuple(spelled[at:last]) == term.words[:-1]
        and _begins(spelled[last], term.words[-1], term.begins)
    )


def _begins(spelling: str, word: str, may_go_on: bool) -> bool:
    return spelling.startswith(word) if may_go_on else spelling == word


def _cut(text: str, places: Sequence[_Place]) -> list[Part]:
    """The words round the place where most stands close together, from word to word."""
    first = max(places, key=lambda place: len({each.term for each in places if _near(place, each)}))
    start, end = max(0, first.start - BEFORE), min(len(text), max(first.end, first.start + AFTER))
    if start:
        start = text.find(" ", start, first.start) + 1 or start
    if end < len(text):
        cut = text.rfind(" ", first.end, end)
        end = cut if cut > 0 else end
    parts = [Part("… ", False)] if start else []
    at = start
    for place in places:
        if at <= place.start and place.end <= end:
            parts += [
                Part(_spaced(text[at : place.start]), False),
                Part(_spaced(text[place.start : place.end]), True),
            ]
            at = place.end
    parts.append(Part(_spaced(text[at:end]) + (" …" if end < len(text) else ""), False))
    return [part for part in parts if part.text]


def _near(place: _Place, other: _Place) -> bool:
    return place.start <= other.start and other.end <= place.start + AFTER


def _spaced(text: str) -> str:
    """The text on one line; its first and last space stay, since another part follows."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")
