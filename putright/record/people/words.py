"""Finding people by words of their name, address or email address, on each engine by an index of its own.

SQLite keeps an FTS5 table by triggers, PostgreSQL a column of its own, so whoever writes a person need not
think of it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

from putright.record.people.models import Person

_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 10

_ADDED = """
CREATE TRIGGER people_words_added AFTER INSERT ON people_person BEGIN
  INSERT INTO people_words(rowid, words)
  VALUES (new.id, new.name || ' ' || new.address || ' ' || new.email);
END"""
_CHANGED = """
CREATE TRIGGER people_words_changed AFTER UPDATE ON people_person BEGIN
  DELETE FROM people_words WHERE rowid = old.id;
  INSERT INTO people_words(rowid, words)
  VALUES (new.id, new.name || ' ' || new.address || ' ' || new.email);
END"""
_GONE = """
CREATE TRIGGER people_words_gone AFTER DELETE ON people_person BEGIN
  DELETE FROM people_words WHERE rowid = old.id;
END"""
_THERE_ALREADY = """
INSERT INTO people_words(rowid, words) SELECT id, name || ' ' || address || ' ' || email FROM people_person"""
# Latin letters lose their accents, as SQLite takes them away too: who types "Siobhan" finds "Siobhán".
_ACCENTED = [chr(code) for code in range(0xC0, 0x180) if unicodedata.decomposition(chr(code))]
_PLAIN = [unicodedata.normalize("NFKD", letter)[0] for letter in _ACCENTED]
_WITHOUT_ACCENTS = str.maketrans("".join(_ACCENTED), "".join(_PLAIN))

# A hyphen or an @ would make one word of several: spaces in their place.
_FUNCTION = f"""
CREATE FUNCTION putright_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector(
    'simple', regexp_replace(translate($1, '{"".join(_ACCENTED)}', '{"".join(_PLAIN)}'), '[^[:alnum:]]+', ' ', 'g')
  )
$$"""
# A column, not an index on the expression alone: where PostgreSQL walks through a table or another index, it then
# compares and does not split each text again, which took a second and more for words that many have.
_COLUMN = """
ALTER TABLE people_person ADD COLUMN found_by tsvector
  GENERATED ALWAYS AS (putright_words(name || ' ' || address || ' ' || email)) STORED"""

TRIGGERS = (_ADDED, _CHANGED, _GONE)
"""SQLite's. A migration that makes the table of people anew drops them without a word: lay them again after it."""

TO_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE people_words USING fts5(words, prefix='2 3')",
        *TRIGGERS,
        _THERE_ALREADY,
    ),
    "postgresql": (_FUNCTION, _COLUMN, "CREATE INDEX people_words ON people_person USING gin (found_by)"),
}
TO_DROP = {
    "sqlite": (
        "DROP TRIGGER people_words_added",
        "DROP TRIGGER people_words_changed",
        "DROP TRIGGER people_words_gone",
        "DROP TABLE people_words",
    ),
    "postgresql": ("ALTER TABLE people_person DROP COLUMN found_by", "DROP FUNCTION putright_words(text)"),
}


def matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those of these people in whom every word is found, or a word that begins so. No word, nobody."""
    query = wanted(text)
    if not query:
        return people.none()
    if connection.vendor == "sqlite":
        return people.filter(InTable("people_words", query))
    return people.filter(FoundBy(query))


def wanted(text: str) -> str:
    """The words of a search in the language of this database, each as the beginning of a word.

    Words of one or two letters alone are taken whole: half of all people have a word that begins with "a".
    """
    words = _WORD.findall(text)[:MOST_WORDS]
    begins = any(len(word) > 2 for word in words)
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"{"*" if begins else ""}' for word in words)
    plain = [word.translate(_WITHOUT_ACCENTS) for word in words]
    return " & ".join(f"{word}{':*' if begins else ''}" for word in plain)


class InTable(Func):
    """SQLite: the row is among those that an FTS5 table finds. An expression, so it holds in a subquery too."""

    output_field = BooleanField()

    def __init__(self, table: str, query: str) -> None:
        super().__init__(F("pk"), Value(query))
        self.table = table

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **context: Any) -> Any:
        key, query = self.source_expressions
        column, _ = compiler.compile(key)
        placed, parameters = compiler.compile(query)
        table = connection.ops.quote_name(self.table)
        return f"{column} IN (SELECT rowid FROM {table} WHERE {table} MATCH {placed})", parameters  # noqa: S608


class FoundBy(Func):
    """PostgreSQL: the row's own column of words, `found_by`, which it keeps by itself and Django does not know."""

    output_field = BooleanField()

    def __init__(self, query: str) -> None:
        super().__init__(F("pk"), Value(query))

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **context: Any) -> Any:
        key, query = self.source_expressions
        table, _, _ = compiler.compile(key)[0].rpartition(".")
        placed, parameters = compiler.compile(query)
        return f"{table}.found_by @@ to_tsquery('simple', {placed})", parameters
