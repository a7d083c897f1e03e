"""Finding cases by words: one interface, an index of its own on each engine.

PostgreSQL reads `case.words` through a text index; SQLite through an FTS5 table beside it.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

from putright.record.cases.models import Case

SQLITE_TABLE = "cases_words"
_WORD = re.compile(r"\w+")

POSTGRESQL_INDEX = "CREATE INDEX case_words ON cases_case USING gin (to_tsvector('simple', words))"
SQLITE_INDEX = f"CREATE VIRTUAL TABLE {SQLITE_TABLE} USING fts5(words, prefix='2 3')"


def write(cases: list[Case]) -> None:
    """Index the words of these cases. PostgreSQL keeps its own index."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT OR REPLACE INTO {SQLITE_TABLE}(rowid, words) VALUES (%s, %s)",  # noqa: S608
            [(case.pk, case.words) for case in cases],
        )


def matching(cases: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Those of these cases that hold every word, or a word that begins so. No word, no cases."""
    words = _WORD.findall(text)[:10]
    if not words:
        return cases.none()
    if connection.vendor == "sqlite":
        return cases.filter(_InSqlite(F("pk"), Value(" ".join(f'"{word}"*' for word in words))))
    return cases.filter(_InPostgresql(F("words"), Value(" & ".join(f"{word}:*" for word in words))))


class _InSqlite(Func):
    """An expression and no `extra`, so that it holds its own inside a subquery too."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        key, words = self.source_expressions
        column, _ = compiler.compile(key)
        wanted, parameters = compiler.compile(words)
        table = SQLITE_TABLE
        return f"{column} IN (SELECT rowid FROM {table} WHERE {table} MATCH {wanted})", parameters  # noqa: S608


class _InPostgresql(Func):
    """The same words as its index, so that PostgreSQL uses it."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        column, _ = compiler.compile(self.source_expressions[0])
        wanted, parameters = compiler.compile(self.source_expressions[1])
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', {wanted})", parameters
