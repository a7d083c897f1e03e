"""Finding cases by words: one interface, an index of its own on each engine.

PostgreSQL reads `case.words` through a text index; SQLite through an FTS5 table beside it.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import QuerySet

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
        query = " ".join(f'"{word}"*' for word in words)
        where = f"cases_case.id IN (SELECT rowid FROM {SQLITE_TABLE} WHERE {SQLITE_TABLE} MATCH %s)"  # noqa: S608
    else:
        query = " & ".join(f"{word}:*" for word in words)
        where = "to_tsvector('simple', cases_case.words) @@ to_tsquery('simple', %s)"
    return cases.extra(where=[where], params=[query])  # noqa: S610 - the words are parameters
