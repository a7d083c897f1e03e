"""The cases of a person: found, and brought up to date when their name or their record changes."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import Q

from putright.record.cases import index, words
from putright.record.cases.models import Case
from putright.record.journal import queries as journal_queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry
from putright.record.people.models import Person

MOST_SHOWN = 50
MOST_READ = 500
_SHOWN = (
    "reference", "state", "stage", "received_on", "category", "landlord_id", "resident_id", "representative_id",
    "next_due", "next_due_on",
)  # fmt: skip


def of_person(person: Person) -> list[Case]:
    """The cases somebody is the resident or the representative of, the newest first: one more than MOST_SHOWN."""
    own = Q(resident=person) | Q(representative=person)
    found = Case.objects.filter(own, landlord=person.landlord_id).only(*_SHOWN)
    # Sorted here: asked for the newest first, a database may walk every case there is to find these few.
    some = sorted(found[: 20 * MOST_SHOWN], key=lambda each: each.pk, reverse=True)
    return some[: MOST_SHOWN + 1]


def numbers_of(landlord_id: int, people: Collection[Person]) -> list[int]:
    """The numbers of every case in which one of these people is resident or representative, in order."""
    own = Q(resident__in=people) | Q(representative__in=people)
    return sorted(Case.objects.filter(own, landlord=landlord_id).values_list("pk", flat=True))


def names_against(person: Person, staff: str) -> bool:
    """Whether a complaint of somebody's names this member of staff, or says that they have an interest in it.

    Two statements. A name that was corrected away still counts: what is safe is better not shown.
    """
    numbers = numbers_of(person.landlord_id, [person])[-MOST_READ:]
    entries = Entry.objects.filter(landlord=person.landlord_id, case__in=numbers)
    telling = entries.filter(Q(data__has_key="about_staff") | Q(verb="declare_interest"))
    told = telling.values_list("data", flat=True)
    return any(staff in (*data.get("about_staff", ()), data.get("staff")) for data in told)


def lock(landlord_id: int, numbers: Collection[int]) -> None:
    """Hold the chains of these cases until the transaction ends: no action comes between."""
    for number in sorted(numbers):
        journal.lock(landlord_id, number)


def write_words(landlord_id: int, numbers: Collection[int]) -> None:
    """Work out again the words these cases are found by: they hold the names and addresses of their people."""
    people = "resident", "representative"
    for case in Case.objects.filter(landlord=landlord_id, pk__in=numbers).select_related("landlord", *people):
        texts = journal_queries.texts_of_case(landlord_id, case.pk)
        case.words = index.found_by(case, [texts[number] for number in sorted(texts)])
        case.save(update_fields=["words"])
        words.write([case])
        for do in index.AFTER_COMMIT:
            transaction.on_commit(partial(do, case), robust=True)
