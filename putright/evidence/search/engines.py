"""How each database keeps the words of a case and finds them again.

Both hold the same plain words (`plain`) and the same marks: the landlord, the day, month and year a case was
received, and whether it has ended. A mark is a word that nobody can type, so the index itself narrows by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, transaction

from putright.evidence.search import asked, plain
from putright.evidence.search.asked import Asked
from putright.evidence.search.pieces import CaseWords

BOUND = 1_000
"""So many matches are fetched and put in order; beyond it a search says "more than"."""
SECONDS = 2.0
"""A search that takes longer is given up."""

MOST_WORDS = 30_000
MOST_BYTES = 600_000
"""Of the words of one case. PostgreSQL takes a million bytes."""

_LAST_PLACE = 16_383
_MOST_PLACES = 255
_BETWEEN = "\ue000"
"""Stands between two pieces, so that no phrase reaches from one into the next. Nobody can type it as a word."""

TO_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_words USING fts5(words, marks, prefix='3 4', tokenize='unicode61')",
        """CREATE TRIGGER search_words_gone AFTER DELETE ON search_document BEGIN
        DELETE FROM search_words WHERE rowid = old.case_id; END""",
    ),
    "postgresql": (
        "ALTER TABLE search_document ADD COLUMN found_by tsvector NOT NULL DEFAULT ''",
        # What waits to be sorted into the index is read by every search: keep it short.
        "CREATE INDEX search_words ON search_document USING gin (found_by) WITH (gin_pending_list_limit = 512)",
    ),
}
TO_DROP = {
    "sqlite": ("DROP TRIGGER search_words_gone", "DROP TABLE search_words"),
    "postgresql": ("ALTER TABLE search_document DROP COLUMN found_by",),
}


class TooSlow(Exception):
    """The search took longer than SECONDS and was given up."""


# What a case is found by


@dataclass(frozen=True, slots=True)
class Indexed:
    """A case as it stands in the index of this database: two texts, one of them empty on PostgreSQL."""

    words: str
    marks: str


def indexed(case: CaseWords) -> Indexed:
    """What the index of this database should hold of a case."""
    pieces, marks = list(_bounded(case)), marks_of(case)
    if connection.vendor == "postgresql":
        return Indexed(_vector(pieces, marks), "")
    return Indexed(f" {_BETWEEN} ".join(" ".join(words) for words in pieces), " ".join(marks))


def marks_of(case: CaseWords) -> list[str]:
    """The marks of a case."""
    return [f"l{case.landlord}", "ended" if case.ended else "open", *days(case.received_on)]


def days(day: date | None) -> list[str]:
    """The marks of a day, its month and its year."""
    return [f"d{day:%Y%m%d}", f"m{day:%Y%m}", f"y{day:%Y}"] if day else []


def _bounded(case: CaseWords) -> Iterator[list[str]]:
    words_left, bytes_left = MOST_WORDS, MOST_BYTES
    for piece in case.pieces:
        words: list[str] = []
        for word in _words_of(piece.kind, piece.text):
            words_left -= 1
            bytes_left -= len(word.encode()) + 8
            if words_left < 0 or bytes_left < 0:
                break
            words.append(word)
        if words:
            yield words
        if words_left < 0 or bytes_left < 0:
            return


def _words_of(kind: str, text: str) -> Iterator[str]:
    yield from plain.words_of(text)
    if kind == "reference":
        yield "".join(plain.words_of(text))  # found without its hyphens too


def _vector(pieces: Sequence[Sequence[str]], marks: Iterable[str]) -> str:
    """The text of a tsvector. A plain word and a mark hold no quote and no backslash."""
    places: dict[str, list[int]] = {}
    place = 0
    for words in pieces:
        for word in words:
            place += 1
            known = places.setdefault(word, [])
            if place <= _LAST_PLACE and len(known) < _MOST_PLACES:
                known.append(place)
        place += 1
    told = [f"'{word}':{','.join(map(str, at))}" if at else f"'{word}'" for word, at in places.items()]
    return " ".join([*told, *(f"'={mark}'" for mark in marks)])


# Writing. Each in a transaction of the caller.


def take(numbers: Sequence[int]) -> set[int]:
    """Take these rows of changes away; which cases they were of, leaving out what somebody else took meanwhile.

    Whoever takes waits for another who takes the same, in the order of the rows, so that they cannot wait for each
    other; nobody else ever waits.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH mine AS MATERIALIZED (SELECT id FROM search_behind WHERE id = ANY(%s) ORDER BY id FOR UPDATE)"
                " DELETE FROM search_behind WHERE id IN (SELECT id FROM mine) RETURNING case_id",
                [sorted(numbers)],
            )
        else:
            places = ", ".join(["%s"] * len(numbers))
            cursor.execute(
                f"DELETE FROM search_behind WHERE id IN ({places}) RETURNING case_id",  # noqa: S608
                list(numbers),
            )
        return {case for (case,) in cursor.fetchall()}


def write(cases: Sequence[tuple[CaseWords, Indexed]]) -> None:
    """Put these cases into the index, in place of what it held of them."""
    if not cases:
        return
    rows = [(case.case, case.landlord, case.entries, case.received_on) for case, _ in cases]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO search_document (case_id, landlord_id, covers, received_on, found_by)"
                " VALUES (%s, %s, %s, %s, %s::tsvector) ON CONFLICT (case_id) DO UPDATE SET"
                " landlord_id = excluded.landlord_id, covers = excluded.covers,"
                " received_on = excluded.received_on, found_by = excluded.found_by",
                [(*row, each.words) for row, (_, each) in zip(rows, cases, strict=True)],
            )
            return
        cursor.executemany(
            "INSERT INTO search_document (case_id, landlord_id, covers, received_on) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (case_id) DO UPDATE SET landlord_id = excluded.landlord_id,"
            " covers = excluded.covers, received_on = excluded.received_on",
            rows,
        )
        cursor.executemany(
            "INSERT OR REPLACE INTO search_words (rowid, words, marks) VALUES (%s, %s, %s)",
            [(case.case, each.words, each.marks) for case, each in cases],
        )


def differing(cases: Sequence[tuple[int, Indexed]]) -> set[int]:
    """Those of these cases whose words in the index are not these."""
    if not cases:
        return set()
    numbers = [case for case, _ in cases]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT case_id FROM search_document JOIN unnest(%s::bigint[], %s::text[]) AS wanted (id, words)"
                " ON case_id = wanted.id WHERE found_by = wanted.words::tsvector",
                [numbers, [each.words for _, each in cases]],
            )
            return set(numbers) - {case for (case,) in cursor.fetchall()}
        places = ", ".join(["%s"] * len(numbers))
        cursor.execute(
            f"SELECT rowid, words, marks FROM search_words WHERE rowid IN ({places})",  # noqa: S608
            numbers,
        )
        kept = {case: Indexed(words, marks) for case, words, marks in cursor.fetchall()}
    return {case for case, each in cases if kept.get(case) != each}


# Finding


# The matches are fetched first, fenced and bounded, and only then put in order. Asked for the newest of them
# directly, a planner may walk through every case from the newest back until it has met enough that match: quick
# for a word that all have, half a minute for one that nobody has.
STATEMENTS = {
    "postgresql": """
WITH found AS MATERIALIZED (
  SELECT case_id, received_on FROM search_document
  WHERE landlord_id = %s AND found_by @@ %s::tsquery
  LIMIT %s
)
SELECT case_id, count(*) OVER () FROM found
ORDER BY received_on IS NULL, received_on DESC, case_id DESC LIMIT %s OFFSET %s""",
    "sqlite": """
WITH found AS MATERIALIZED (
  SELECT document.case_id, document.received_on
  FROM search_words CROSS JOIN search_document AS document ON document.case_id = search_words.rowid
  WHERE document.landlord_id = %s AND search_words MATCH %s
  LIMIT %s
)
SELECT case_id, count(*) OVER () FROM found
ORDER BY received_on IS NULL, received_on DESC, case_id DESC LIMIT %s OFFSET %s""",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Some matching cases, newest first, and how many match; one more than BOUND for more than that."""

    cases: list[int]
    count: int


def find(landlord: int, query: Asked, marks: Sequence[Sequence[str]], size: int, skip: int = 0) -> Found:
    """The cases of a landlord that match, newest first of those fetched. Call it inside `in_time`."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[connection.vendor], parameters(landlord, query, marks, size, skip))
        rows = cursor.fetchall()
    return Found([case for case, _ in rows], rows[0][1] if rows else 0)


def parameters(
    landlord: int, query: Asked, marks: Sequence[Sequence[str]], size: int, skip: int = 0
) -> list[Any]:
    """What the statement of this database takes."""
    said = asked.for_postgresql if connection.vendor == "postgresql" else asked.for_sqlite
    return [landlord, said(query, [[f"l{landlord}"], *marks]), BOUND + 1, size, skip]


# For a search, PostgreSQL has nothing better than its index of words, whatever it guesses about how many match:
# where it guesses many, it would read the whole table until the bound is reached, and read on when it guessed wrong.
_FOR_A_SEARCH = (
    "SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),"
    " set_config('jit', 'off', true), set_config('work_mem', '16MB', true),"
    # Helpers take longer to start than a search takes.
    " set_config('max_parallel_workers_per_gather', '0', true)"
)


@contextmanager
def in_time(seconds: float | None = None) -> Iterator[Callable[[], None]]:
    """Give up a statement of this block that takes longer, or on SQLite the block. TooSlow then. Reads only.

    What it gives is called between statements, and gives up where the block has taken longer already.
    """
    seconds = SECONDS if seconds is None else seconds
    end = monotonic() + seconds

    def look_at_the_clock() -> None:
        if monotonic() > end:
            raise TooSlow

    try:
        with _on_postgresql(seconds) if connection.vendor == "postgresql" else _on_sqlite(end):
            yield look_at_the_clock
    except OperationalError as problem:
        if not _given_up(problem):
            raise
        raise TooSlow from problem


def _given_up(problem: OperationalError) -> bool:
    return getattr(problem.__cause__, "sqlstate", "") == "57014" or str(problem) == "interrupted"


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_FOR_A_SEARCH, [str(max(1, int(seconds * 1000)))])
        yield
        # Nothing was written. Rolled back, the settings go even where a test holds a transaction round this one.
        transaction.set_rollback(True)


@contextmanager
def _on_sqlite(end: float) -> Iterator[None]:
    connection.ensure_connection()
    raw = connection.connection
    raw.set_progress_handler(lambda: monotonic() > end, 1_000)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)
