"""Finding cases by words: one interface, an index of its own on each engine.

PostgreSQL keeps the words of `case.words` in a column of its own; SQLite has an FTS5 table beside it.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from putright.record.cases.models import Case
from putright.record.people.words import FoundBy, InTable, wanted

SQLITE_TABLE = "cases_words"

TO_MAKE = {
    "sqlite": (f"CREATE VIRTUAL TABLE {SQLITE_TABLE} USING fts5(words, prefix='2 3')",),
    "postgresql": (
        "ALTER TABLE cases_case ADD COLUMN found_by tsvector GENERATED ALWAYS AS (putright_words(words)) STORED",
        "CREATE INDEX case_words ON cases_case USING gin (found_by)",
    ),
}
TO_DROP = {
    "sqlite": (f"DROP TABLE {SQLITE_TABLE}",),
    "postgresql": ("ALTER TABLE cases_case DROP COLUMN found_by",),
}


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
    query = wanted(text)
    if not query:
        return cases.none()
    return cases.filter(InTable(SQLITE_TABLE, query) if connection.vendor == "sqlite" else FoundBy(query))
