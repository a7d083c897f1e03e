"""Finding people by words of their name, address or email address, on each engine by an index of its own.

SQLite keeps an FTS5 table by triggers, PostgreSQL an index on an expression, so whoever writes a person
need not think of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_POSTGRESQL = """
CREATE INDEX people_words ON people_person USING gin (
  to_tsvector('simple', regexp_replace(name || ' ' || address || ' ' || email, '[^[:alnum:]]+', ' ', 'g'))
)"""

TO_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE people_words USING fts5(words, prefix='2 3')",
        _ADDED,
        _CHANGED,
        _GONE,
        _THERE_ALREADY,
    ),
    "postgresql": (_POSTGRESQL,),
}
TO_DROP = {
    "sqlite": (
        "DROP TRIGGER people_words_added",
        "DROP TRIGGER people_words_changed",
        "DROP TRIGGER people_words_gone",
        "DROP TABLE people_words",
    ),
    "postgresql": ("DROP INDEX people_words",),
}


def matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those of these people in whom every word is found, or a word that begins so. No word, nobody."""
    query = wanted(text)
    if not query:
        return people.none()
    if connection.vendor == "sqlite":
        return people.filter(InTable("people_words", query))
    return people.filter(InText(("name", "address", "email"), query))


def wanted(text: str) -> str:
    """The words of a search in the language of this database, each as the beginning of a word.

    Words of one or two letters alone are taken whole: half of all people have a word that begins with "a".
    """
    words = _WORD.findall(text)[:MOST_WORDS]
    begins = any(len(word) > 2 for word in words)
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"{"*" if begins else ""}' for word in words)
    return " & ".join(f"{word}{':*' if begins else ''}" for word in words)


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


class InText(Func):
    """PostgreSQL: these columns hold the words. Written as their index is, or it would not be used."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[str], query: str) -> None:
        super().__init__(*(F(column) for column in columns), Value(query))

    def as_sql(self, compiler: Any, connection: Any, *given: Any, **context: Any) -> Any:
        *columns, query = self.source_expressions
        text = " || ' ' || ".join(compiler.compile(column)[0] for column in columns)
        placed, parameters = compiler.compile(query)
        # A hyphen or an @ would make one word of several: spaces in their place.
        plain = f"regexp_replace({text}, '[^[:alnum:]]+', ' ', 'g')"
        return f"to_tsvector('simple', {plain}) @@ to_tsquery('simple', {placed})", parameters
