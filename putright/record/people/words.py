"""Finding people by words of their name, address or email address, on each engine by an index of its own.

SQLite keeps an FTS5 table by triggers, PostgreSQL an index on an expression, so whoever writes a person
need not think of it.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

from putright.record.people.models import Person

_WORD = re.compile(r"\w+")
_TEXT = "{0}name || ' ' || {0}address || ' ' || {0}email"

TO_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE people_words USING fts5(words, prefix='2 3')",
        "CREATE TRIGGER people_words_added AFTER INSERT ON people_person BEGIN"
        f" INSERT INTO people_words(rowid, words) VALUES (new.id, {_TEXT.format('new.')}); END",
        "CREATE TRIGGER people_words_changed AFTER UPDATE ON people_person BEGIN"
        " DELETE FROM people_words WHERE rowid = old.id;"
        f" INSERT INTO people_words(rowid, words) VALUES (new.id, {_TEXT.format('new.')}); END",
        "CREATE TRIGGER people_words_gone AFTER DELETE ON people_person BEGIN"
        " DELETE FROM people_words WHERE rowid = old.id; END",
        f"INSERT INTO people_words(rowid, words) SELECT id, {_TEXT.format('')} FROM people_person",
    ),
    "postgresql": (
        # A hyphen or an @ would make one word of several: spaces in their place.
        "CREATE INDEX people_words ON people_person USING gin"
        f" (to_tsvector('simple', regexp_replace({_TEXT.format('')}, '[^[:alnum:]]+', ' ', 'g')))",
    ),
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
    words = _WORD.findall(text.replace("_", " "))[:10]
    if not words:
        return people.none()
    if connection.vendor == "sqlite":
        return people.filter(_InSqlite(F("pk"), Value(" ".join(f'"{word}"*' for word in words))))
    wanted = Value(" & ".join(f"{word}:*" for word in words))
    return people.filter(_InPostgresql(F("name"), F("address"), F("email"), wanted))


class _InSqlite(Func):
    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, _ = compiler.compile(self.source_expressions[0])
        wanted, parameters = compiler.compile(self.source_expressions[1])
        return f"{column} IN (SELECT rowid FROM people_words WHERE people_words MATCH {wanted})", parameters


class _InPostgresql(Func):
    """In the same words as the index, or PostgreSQL would not use it."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        name, address, email = (compiler.compile(each)[0] for each in self.source_expressions[:3])
        wanted, parameters = compiler.compile(self.source_expressions[3])
        text = f"regexp_replace({name} || ' ' || {address} || ' ' || {email}, '[^[:alnum:]]+', ' ', 'g')"
        return f"to_tsvector('simple', {text}) @@ to_tsquery('simple', {wanted})", parameters
