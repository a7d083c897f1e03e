"""What belongs with a case: those linked, merged, split off or opened from it, and earlier complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from putright.interfaces.pages.words import LINKS, state_word
from putright.interfaces.staff.case import addresses
from putright.interfaces.staff.who import Staff
from putright.record.cases import earlier
from putright.record.cases.earlier import Around, Group
from putright.record.cases.models import Case
from putright.record.cases.reading import CaseFile


@dataclass(frozen=True, slots=True)
class Belongs:
    """A case that belongs with this one: how, and where that can be taken back."""

    how: str
    case: Case
    undo: str = ""
    undo_text: str = ""


def around(file: CaseFile) -> Around:
    """The cases that the entries of this one name, those opened from it, and its earlier complaints.

    Keeps the references of those it names in the file, for its timeline. Three statements, mostly.
    """
    entries = file.entries + file.brought
    numbers = {number for entry in entries if isinstance(number := entry.data.get("other"), int)}
    numbers |= {part.case for part in file.complaint.parts}
    if file.case.opened_from_id:
        numbers.add(file.case.opened_from_id)
    found = earlier.around(file.case, numbers - {file.case.pk})
    file.references = {each.pk: each.reference for each in (*found.named, file.case)}
    return found


def linked(file: CaseFile, staff: Staff, named: Iterable[Case]) -> list[Belongs]:
    """What belongs with this case, and what of it this person can take back."""
    others = {each.pk: each for each in named}
    return [each for each in _linked(file, staff, others) if each.case.pk != file.case.pk]


def _linked(file: CaseFile, staff: Staff, others: dict[int, Case]) -> Iterator[Belongs]:
    complaint, told = file.complaint, set()

    def undo(verb: str, of: Case, other: Case) -> str:
        can = staff.may(verb, complaint.procedure) and of.state != "merged"
        return addresses.action(of.reference, verb, other=other.reference) if can else ""

    if complaint.merged_into in others:
        kept = others[complaint.merged_into]
        told.add(kept.pk)
        yield Belongs("Merged into", kept, undo("unmerge_cases", kept, file.case), "Undo the merge")
    for part in complaint.parts:
        if part.case in others and part.merged and part.case not in told:
            told.add(part.case)
            direct = part.entry > 0
            where = undo("unmerge_cases", file.case, others[part.case]) if direct else ""
            yield Belongs("Merged into this one:", others[part.case], where, "Undo the merge")
    for number in complaint.split_off:
        if number in others:
            told.add(number)
            where = undo("unsplit_case", file.case, others[number])
            yield Belongs("Points split off into", others[number], where, "Undo the split")
    if complaint.split_from in others and complaint.split_from not in told:
        told.add(complaint.split_from)
        yield Belongs("Points split off from", others[complaint.split_from])
    for number, how in complaint.links.items():
        if number in others:
            where = undo("unlink_cases", file.case, others[number])
            yield Belongs(f"{LINKS.get(how, 'Linked')}:", others[number], where, "Take away the link")
    for number, each in sorted(others.items()):
        if number == file.case.opened_from_id and number not in told:
            yield Belongs("Opened from", each)
        elif each.opened_from_id == file.case.pk and number not in told:
            yield Belongs("Led to", each)


def parted(file: CaseFile) -> list[str]:
    """The references of cases merged into this one that are now of another resident: their records were parted."""
    mine = file.case.resident_id
    return sorted({each.case.reference for each in file.origins if each.case.resident_id != mine})


GROUPS = {
    "resident": "Of this resident",
    "household": "Of the household",
    "property": "About this property, before or since",
}


def earlier_complaints(case: Case, groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Earlier complaints under three headings, each with the words of its lines. No address is among them."""
    all_url = reverse("case_earlier", args=[case.reference])
    return [
        {
            "name": group.name,
            "title": GROUPS[group.name],
            "lines": group.lines,
            "more": group.more,
            "all_url": f"{all_url}#{group.name}",
            "names_them": group.name != "resident",
        }
        for group in groups
    ]


def state_of(case: Case) -> str:
    """The state of a case in words, for a line of a list."""
    return state_word(case.state, case.stage)
