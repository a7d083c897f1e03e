"""Small writes to cases, for `casework` to call inside its transaction."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord, ProcedureVersion, ReferenceCounter
from putright.record.people import records as people
from putright.record.people.models import Home, Person


def next_reference(landlord: Landlord, year: int, how_many: int = 1) -> int:
    """The first of the next `how_many` numbers of a year, given to nobody else."""
    ReferenceCounter.objects.bulk_create(
        [ReferenceCounter(landlord=landlord, year=year)], ignore_conflicts=True
    )
    counter = ReferenceCounter.objects.select_for_update().get(landlord=landlord, year=year)
    ReferenceCounter.objects.filter(pk=counter.pk).update(last=F("last") + how_many)
    return counter.last + 1


def reference(landlord: Landlord, year: int, number: int) -> str:
    """A reference as people say it: TV-26-0417."""
    return f"{landlord.prefix}-{year % 100:02}-{number:04}"


def open_case(
    landlord: Landlord,
    day: date,
    procedure: ProcedureVersion,
    resident: Person | None = None,
    representative: Person | None = None,
    opened_from: Case | None = None,
    home: Home | None = None,
) -> Case:
    """A new case with the next reference of its year, and nothing in it yet.

    It is about the home named; where none is, about the one where the resident lives that day.
    """
    if home is None and resident is not None:
        home = people.home_on(resident, day)
    number = next_reference(landlord, day.year)
    return Case.objects.create(
        landlord=landlord,
        reference=reference(landlord, day.year, number),
        procedure=procedure,
        resident=resident,
        representative=representative,
        opened_from=opened_from,
        home=home,
    )
