"""Bringing the index of words up to the cases: after each action, and in a sweep for what was missed.

What is behind stands in `Behind`, written in the transaction that changed the words. So nothing is lost when a
process ends between the two, and a sweep reads what is behind, never everything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.db import connection, transaction
from django.db.models import F, Max

from putright.evidence.search import engines, pieces, triggers
from putright.evidence.search.models import Behind, Document
from putright.record.cases.models import Case

log = logging.getLogger(__name__)

BATCH = 200
COUNTED = 10_000
"""A count of what is behind stops here."""


ALONG_THE_WAY = 20


def after_commit(case: Case) -> None:
    """Index a case that something has just happened to, and a few that were missed before.

    What fails is left to the sweep.
    """
    rows = Behind.objects.filter(landlord_id=case.landlord_id).order_by("pk")
    waiting = list(rows.values_list("pk", "landlord_id", "case_id")[:ALONG_THE_WAY])
    if len(waiting) == ALONG_THE_WAY:
        waiting += rows.filter(case_id=case.pk).values_list("pk", "landlord_id", "case_id")
    bring_up(list(dict.fromkeys(waiting)))


def behind(landlord: int) -> int:
    """How many cases of a landlord have words that are not in the index yet; one more than COUNTED for more."""
    cases = Behind.objects.filter(landlord_id=landlord).values("case_id").distinct()
    return cases[: COUNTED + 1].count()


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: cases brought up to date, and the references of those that could not be."""

    indexed: int
    failed: tuple[str, ...] = ()


def sweep(told: Callable[[int], None] = lambda done: None) -> Swept:
    """Index what was behind when it began. Safe to run twice, and two at once share the work.

    `told` hears how many are done, now and then. A case that cannot be indexed stops no other.
    """
    last = Behind.objects.aggregate(Max("pk"))["pk__max"] or 0
    done, seen = 0, 0
    failed: list[str] = []
    while True:
        rows = Behind.objects.filter(pk__gt=seen, pk__lte=last).order_by("pk")
        batch = list(rows.values_list("pk", "landlord_id", "case_id")[:BATCH])
        if not batch:
            return Swept(done, tuple(dict.fromkeys(failed)))
        seen = batch[-1][0]
        indexed, problems = _one_by_one_if_need_be(batch)
        done += indexed
        failed += problems
        told(done)


def _one_by_one_if_need_be(batch: Sequence[tuple[int, int, int]]) -> tuple[int, list[str]]:
    try:
        return bring_up(batch), []
    except Exception:
        log.exception("A batch could not be indexed; its cases are tried one by one.")
    done, failed = 0, []
    by_case: dict[int, list[tuple[int, int, int]]] = {}
    for row in batch:
        by_case.setdefault(row[2], []).append(row)
    for case, rows in by_case.items():
        try:
            done += bring_up(rows)
        except Exception:
            reference = Case.objects.filter(pk=case).values_list("reference", flat=True).first()
            failed.append(reference or str(case))
            log.exception("The words of case %s could not be indexed.", reference)
    return done, failed


def bring_up(rows: Iterable[tuple[int, int, int]]) -> int:
    """Index the cases of these rows of `Behind` (number, landlord, case); how many were.

    The words are read after the rows were, and only what is taken away is written. A change that comes later has a
    row of its own, whose taker waits for this one or comes after it: so the last to write has read the newest.
    """
    numbers: list[int] = []
    by_landlord: dict[int, set[int]] = {}
    for number, landlord, case in rows:
        numbers.append(number)
        by_landlord.setdefault(landlord, set()).add(case)
    if not numbers:
        return 0
    words = {
        pk: (each, engines.indexed(each))
        for landlord, cases in by_landlord.items()
        for pk, each in pieces.of_cases(landlord, cases).items()
    }
    with transaction.atomic():
        taken = engines.take(numbers)
        engines.write([words[case] for case in sorted(taken) if case in words])
    return len(taken)


def all_behind() -> None:
    """Note every case as behind, so that the next sweep writes the whole index anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_behind (landlord_id, case_id) SELECT landlord_id, id FROM cases_case ORDER BY id"
        )


# Checking


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the index that is not as the case says."""

    landlord: int
    reference: str
    says: str


def triggers_are_laid() -> bool:
    """Whether the database still notes what changes."""
    return triggers.laid(connection)


def differences(landlord: int) -> Iterator[Difference]:
    """Where the index is not as the cases say. A case that is known to be behind is no difference."""
    numbers = Case.objects.filter(landlord_id=landlord).order_by("pk").values_list("pk", flat=True)
    for batch in batched(numbers.iterator(BATCH), BATCH):
        yield from differences_of(landlord, batch)


def differences_of(landlord: int, cases: Sequence[int]) -> Iterator[Difference]:
    """The same, of these cases alone."""
    waiting = set(Behind.objects.filter(case__in=cases).values_list("case_id", flat=True))
    told = {pk: each for pk, each in pieces.of_cases(landlord, cases).items() if pk not in waiting}
    rows = {row.case_id: row for row in Document.objects.filter(case__in=told)}
    wrong = engines.differing([(pk, engines.indexed(each)) for pk, each in told.items()])
    for pk, each in told.items():
        says = _says(each, rows.get(pk), pk in wrong)
        if says:
            yield Difference(landlord, each.reference, says)


def _says(case: pieces.CaseWords, row: Document | None, words_differ: bool) -> str:
    if row is None:
        return "It is not in the index of words."
    if (row.landlord_id, row.covers, row.received_on) != (case.landlord, case.entries, case.received_on):
        return f"The index of words covers entry {row.covers} of {case.entries}."
    return "The words in the index are not those of the case." if words_differ else ""


def strays() -> list[int]:
    """The cases that the index holds and nobody has: its documents at another landlord than their case."""
    return list(
        Document.objects.exclude(landlord_id=F("case__landlord_id")).values_list("case_id", flat=True)[:BATCH]
    )
