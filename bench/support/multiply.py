"""Makes many cases of some: rows of the real generator, copied in SQL with new numbers, references and words.

    python bench/support/multiply.py CASES

The real generator makes about 400 cases a second, so a million takes most of an hour. Copies keep the shape of
what they copy (entries, texts, people, days) and differ in what a search sees: each has a reference and a resident's
name of its own, and a dozen words drawn so that few words are common and most are rare, as in a language.
One word stands in one case out of ten. On PostgreSQL the index of words is copied along, with the words that were
added; on SQLite the product's own sweep writes it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Max, Model  # noqa: E402

from putright.evidence.search import engines  # noqa: E402
from putright.record.cases.models import Case  # noqa: E402
from putright.record.people.models import Person  # noqa: E402

EVERYWHERE = "worstword"
WORDS_A_CASE = 12
VOCABULARY = 300_000
COPIES_AT_ONCE = 4


def drawn(case: int, place: int) -> int:
    """The number of the word that a case has at a place: the lower, the more often it is drawn."""
    share = (case * 7_919 + place * 104_729) * 48_271 % 2_147_483_647 / 2_147_483_647
    return int(VOCABULARY * share**4)


def word(number: int) -> str:
    """A made-up word."""
    return "w" + hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()[:7]


def words(case: int) -> str:
    """What a copy says besides what it copies."""
    own = " ".join(word(drawn(case, place)) for place in range(WORDS_A_CASE))
    return f"{own} {EVERYWHERE}" if case % 10 == 3 else own


ON_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION bench_word(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'w' || substr(md5(n::text), 1, 7) $$""",
    """CREATE OR REPLACE FUNCTION bench_words(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(bench_word(floor(VOCABULARY * power(
      (number * 7919 + place * 104729) * 48271 % 2147483647 / 2147483647.0::float8, 4))::bigint), ' ' ORDER BY place)
      || CASE WHEN number % 10 = 3 THEN ' EVERYWHERE' ELSE '' END
    FROM generate_series(0, WORDS_A_CASE - 1) AS place $$""",
)


def main(wanted: int) -> None:
    """Copy until there are so many."""
    made = Case.objects.count()
    base = Case.objects.filter(reference__regex=r"^[A-Z]+-\d+-\d+$").count()
    if not base:
        raise SystemExit("bench: there are no cases to copy.")
    make_functions()
    spans = {model: (model.objects.aggregate(most=Max("pk"))["most"] or 0) + 1 for model in (Case, Person)}
    if made > base:
        raise SystemExit("bench: it has been multiplied before. Begin with a fresh database.")
    copies = max(0, -(-wanted // base) - 1)
    lay_aside_the_index()
    for first in range(1, copies + 1, COPIES_AT_ONCE):
        some = range(first, min(first + COPIES_AT_ONCE, copies + 1))
        with transaction.atomic():
            for copy in some:
                copy_all(copy, spans[Case], spans[Person])
                copy_the_index(copy, spans[Case], spans[Person])
        print(f"{base * (some[-1] + 1):,} cases", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Case, Person]):
            cursor.execute(statement)
    make_the_index_again()


def make_functions() -> None:
    """What the copying statements call."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in ON_POSTGRESQL:
                for name in ("VOCABULARY", "EVERYWHERE", "WORDS_A_CASE"):
                    statement = statement.replace(name, str(globals()[name]))
                cursor.execute(statement)
        return
    connection.ensure_connection()
    raw: Any = connection.connection
    made: dict[str, Callable[[int], str]] = {"bench_word": word, "bench_words": words}
    for name, function in made.items():
        raw.create_function(name, 1, function, deterministic=True)


def copy_all(copy: int, cases: int, people: int) -> None:
    """One more of every case there was, with its people, entries and words."""
    case, person = copy * cases, copy * people
    copied(
        "people.Person",
        f"id < {people}",
        {"id": f"id + {person}", "name": f"name || ' ' || bench_word(id + {person})"},
    )
    copied(
        "cases.Case",
        f"id < {cases}",
        {
            "id": f"id + {case}",
            "reference": f"reference || '-{copy}'",
            "resident_id": f"resident_id + {person}",
            "representative_id": f"representative_id + {person}",
            "opened_from_id": f"opened_from_id + {case}",
            "merged_into_id": "NULL",
        },
    )
    of_base = f'"case" > 0 AND "case" < {cases}'
    copied("journal.Head", of_base, {"case": f'"case" + {case}'})
    copied("journal.Entry", of_base, {"case": f'"case" + {case}', "key": "NULL"})
    copied(
        "journal.Text",
        of_base,
        {
            "case": f'"case" + {case}',
            "text": f"CASE name WHEN 'account' THEN text || ' ' || bench_words(\"case\" + {case}) ELSE text END",
        },
    )


def copied(model: str, which: str, changed: dict[str, str]) -> None:
    """Copy rows of a table; a number of their own comes by itself where none is given."""
    kind: type[Model] = apps.get_model(model)
    columns = [
        each.column
        for each in kind._meta.concrete_fields
        if each.column and (not each.primary_key or each.column in changed)
    ]
    quoted = ", ".join(f'"{each}"' for each in columns)
    values = ", ".join(changed.get(each, f'"{each}"') for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {kind._meta.db_table} ({quoted}) SELECT {values} FROM {kind._meta.db_table} WHERE {which}"  # noqa: S608
        )


# The index of words, on PostgreSQL. It is made at once when all is there: row by row takes ten times as long.


def lay_aside_the_index() -> None:
    """Before the copying."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX search_words")


def copy_the_index(copy: int, cases: int, people: int) -> None:
    """The words of each copied case, and those that were added to it."""
    if connection.vendor != "postgresql":
        return
    case, person = copy * cases, copy * people
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_document (case_id, landlord_id, covers, received_on, found_by)"
            " SELECT case_id + %s, kept.landlord_id, covers, kept.received_on, kept.found_by || to_tsvector('simple',"
            " bench_words(case_id + %s) || ' ' || coalesce(bench_word(resident_id + %s), '') || ' ' || %s)"
            " FROM search_document AS kept JOIN cases_case ON cases_case.id = case_id WHERE case_id < %s",
            [case, case, person, str(copy), cases],
        )
        cursor.execute("DELETE FROM search_behind WHERE case_id > %s", [case])


def make_the_index_again() -> None:
    """After it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(engines.TO_MAKE["postgresql"][1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
