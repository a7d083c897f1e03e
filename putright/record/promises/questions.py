"""A question with its words, and what of its case somebody who was asked may see."""

from __future__ import annotations

from dataclasses import dataclass

from putright.record.cases.models import Case
from putright.record.cases.reading import CaseFile, open_file
from putright.record.people.safe_contact import is_under
from putright.record.promises.asking import ADDRESS, NAME, number_in
from putright.record.promises.models import Asked

MOST_MERGES = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its words, and the case that holds it now. `number` is its entry as that case reads it.

    `address` and `name` are what was ticked for somebody outside; an address is never there where its resident has
    said what is safe, whatever was ticked before they did. `about` is for those inside alone.
    """

    asked: Asked
    file: CaseFile
    number: int
    question: str
    job: str
    access: str
    address: str
    name: str
    about: str


def question_of(asked: Asked) -> Question:
    """A question as it stands now. Five statements, and a few more where its case was merged into another."""
    file = open_file(_holder(asked))
    number = number_in(file.complaint, asked, file.case)
    resident = file.case.resident
    hidden = resident is not None and is_under(resident)
    return Question(
        asked,
        file,
        number,
        file.words(number, "question"),
        file.words(number, "job"),
        file.words(number, "access"),
        _address(file.case) if ADDRESS in asked.shows and not hidden else "",
        str(resident) if resident is not None and NAME in asked.shows else "",
        _about(file, number),
    )


def _holder(asked: Asked) -> Case:
    everything = ("landlord", "procedure", "resident", "representative", "home")
    cases = Case.objects.filter(landlord=asked.landlord_id).select_related(*everything)
    case = cases.get(pk=asked.case_id)
    for _ in range(MOST_MERGES):
        if case.merged_into_id is None:
            break
        case = cases.get(pk=case.merged_into_id)
    return case


def _address(case: Case) -> str:
    if case.home is not None:
        return case.home.address
    return case.resident.address if case.resident is not None else ""


def _about(file: CaseFile, number: int) -> str:
    event = file.by_number.get(number)
    point, promise = getattr(event, "point", 0), getattr(event, "promise", 0)
    for each in file.promises() if promise else ():
        if each.number == promise:
            return f"Promise {promise}: {each.what}"
    for one in file.points() if point else ():
        if one.number == point:
            return f"Point {point}: {one.text}"
    return ""
