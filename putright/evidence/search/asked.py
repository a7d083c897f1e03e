"""The language of the search box, read once and said to either database.

Words are all wanted; "in quotes" is a phrase, or exactly this word; `or` between two gives either; `-word` keeps
out what has it. Nobody's typing is ever an error: what means nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from putright.evidence.search import plain

MOST_TERMS = 10
MOST_CHARACTERS = 1_000
LONG_ENOUGH = 3
"""A word of so many letters is also the beginning of others: half of all cases have a word that begins with "a"."""

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_PART = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that follow one another. `begins`: the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class Either:
    """What one side of an `or` wants, and what it will not have. It always wants something."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: any of these. None of them where nothing can be looked for."""

    either: tuple[Either, ...] = ()
    shortened: bool = False  # more was typed than is looked for
    only_unwanted: bool = False  # it said what to keep out, and nothing to look for

    def __bool__(self) -> bool:
        return bool(self.either)

    @property
    def wanted(self) -> tuple[Term, ...]:
        """Every term that may be found, whichever side of an `or` it stands on."""
        return tuple(dict.fromkeys(term for side in self.either for term in side.wanted))


def read(text: str) -> Asked:
    """What somebody asks for by typing this."""
    shortened = len(text) > MOST_CHARACTERS
    sides: list[tuple[list[Term], list[Term]]] = [([], [])]
    left = MOST_TERMS
    for kept_out, term in _terms(text[:MOST_CHARACTERS].translate(_QUOTES)):
        if term is None:
            sides.append(([], []))
        elif left:
            sides[-1][kept_out].append(term)
            left -= 1
        else:
            shortened = True
    either = tuple(Either(_once(wanted), _once(unwanted)) for wanted, unwanted in sides if wanted)
    return Asked(either, shortened, not either and any(unwanted for _, unwanted in sides))


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _terms(text: str) -> Iterator[tuple[bool, Term | None]]:
    """Each term and whether it is to be kept out; None for an `or`."""
    for minus, quoted, typed in _PART.findall(text):
        if typed.lower() == "or":
            yield False, None
            continue
        kept_out = bool(minus) or (typed[:1] == "-" and len(typed) > 1)
        words = tuple(plain.words_of(quoted or typed))[:MOST_TERMS]
        if words:
            yield kept_out, Term(words, begins=not quoted and _may_begin(words))


def _may_begin(words: tuple[str, ...]) -> bool:
    """Of something like TV-26-04 the last part may be short. In most other scripts two letters say much."""
    last = words[-1]
    return len(last) >= LONG_ENOUGH or not last.isascii() or (len(words) > 1 and last.isdigit())


# The languages of the databases. A plain word holds letters, digits and marks alone, so it cannot be an operator.


def for_postgresql(asked: Asked, marks: Iterable[Iterable[str]]) -> str:
    """As a tsquery. `marks`: of each group one must be there."""
    words = " | ".join(f"({_postgresql(side)})" for side in asked.either)
    return " & ".join([*(f"({' | '.join(map(_mark, group))})" for group in marks), f"({words})"])


def _postgresql(side: Either) -> str:
    kept_out = (f"!({_phrase(term)})" for term in side.unwanted)
    return " & ".join([*(f"({_phrase(term)})" for term in side.wanted), *kept_out])


def _phrase(term: Term) -> str:
    return " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.begins else "")


def _mark(mark: str) -> str:
    return f"'={mark}'"


def for_sqlite(asked: Asked, marks: Iterable[Iterable[str]]) -> str:
    """As an expression of FTS5. `marks`: of each group one must be there."""
    words = " OR ".join(f"({_sqlite(side)})" for side in asked.either)
    groups = (" OR ".join(f'marks : "{mark}"' for mark in group) for group in marks)
    return " AND ".join([*(f"({group})" for group in groups), f"words : ({words})"])


def _sqlite(side: Either) -> str:
    wanted = " AND ".join(map(_fts5, side.wanted))
    if not side.unwanted:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_fts5, side.unwanted))})"


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.begins else ""}'
