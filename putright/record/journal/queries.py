"""Questions to the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from putright.record.journal.models import Entry, Text


def of_case(landlord: int, case: int) -> list[Entry]:
    """Every entry of a case, in order."""
    return list(Entry.objects.filter(landlord=landlord, case=case).order_by("number"))


def of_cases(landlord: int, cases: Collection[int]) -> dict[int, list[Entry]]:
    """Every entry of these cases, in order, by the number of their case. One statement."""
    found: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(landlord=landlord, case__in=cases).order_by("case", "number"):
        found.setdefault(entry.case, []).append(entry)
    return found


def texts_of_cases(landlord: int, cases: Collection[int]) -> dict[int, dict[int, dict[str, str]]]:
    """The words of these cases: the number of the case, then of the entry, then name of the text. One statement."""
    found: dict[int, dict[int, dict[str, str]]] = {}
    rows = Text.objects.filter(landlord=landlord, case__in=cases).order_by("case", "entry_number", "id")
    for case, number, name, text in rows.values_list("case", "entry_number", "name", "text"):
        found.setdefault(case, {}).setdefault(number, {})[name] = text
    return found


def texts_of_case(landlord: int, case: int) -> dict[int, dict[str, str]]:
    """The words of a case: entry number, then name of the text."""
    found: dict[int, dict[str, str]] = {}
    rows = Text.objects.filter(landlord=landlord, case=case).order_by("entry_number", "id")
    for number, name, text in rows.values_list("entry_number", "name", "text"):
        found.setdefault(number, {})[name] = text
    return found


def words_named(landlord: int, case: int, name: str) -> list[str]:
    """The texts of this name in a case, whichever entry they stand beside, in order."""
    rows = Text.objects.filter(landlord=landlord, case=case, name=name).order_by("entry_number", "id")
    return list(rows.values_list("text", flat=True))


def is_privileged(landlord: int, case: int, number: int) -> bool:
    """Whether an entry of a case is marked as privileged: its words are legal advice."""
    told = Entry.objects.filter(landlord=landlord, case=case, number=number).values_list("data", flat=True)
    return any((data.get("told") or {}).get("privileged") for data in told)


def by_key(landlord: int, key: str) -> Entry | None:
    """The entry that a retried request has already made."""
    return Entry.objects.filter(landlord=landlord, key=key).first()


def known_on(entries: Iterable[Entry], day: date) -> list[Entry]:
    """The entries that had been recorded by the end of a day: what was known then."""
    from django.utils.timezone import localdate

    return [entry for entry in entries if localdate(entry.recorded_at) <= day]
