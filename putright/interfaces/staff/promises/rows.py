"""One promise on a line: what, where, by when, how its case stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from complaint_rules.promises import NO
from complaint_rules.working_days import Calendar
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import state_word
from putright.interfaces.staff.case import addresses
from putright.interfaces.staff.who import Staff
from putright.record.cases import index, reading
from putright.record.cases.models import Case, Owed
from putright.record.cases.reading import CaseFile
from putright.record.journal import queries as journal
from putright.record.landlords.models import Landlord
from putright.record.people.queries import under_safe_contact

ACTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Mark as kept", "keep_promise", {}),
    ("We can", "agree_promise", {"can": "yes"}),
    ("We cannot, because", "agree_promise", {"can": "no"}),
    ("Change the day", "change_promise", {}),
)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with its case, its words, and why its owner said that it cannot be kept."""

    case: Case
    what: str
    cannot: str = ""


def told(landlord: Landlord, owed: Sequence[Owed]) -> dict[int, Told]:
    """What stands beside these promises, by the number of their rows. Three statements, whatever their number.

    One more for each case that another was merged into: its words are kept with the other.
    """
    numbers = {each.case_id for each in owed}
    if not numbers:
        return {}
    cases = Case.objects.filter(landlord=landlord, pk__in=numbers).select_related(
        "procedure", "resident", "home"
    )
    entries = journal.of_cases(landlord.pk, numbers)
    texts = journal.texts_of_cases(landlord.pk, numbers)
    found: dict[tuple[int, int], Told] = {}
    for case in cases:
        case.landlord = landlord
        file = _file(case, entries[case.pk], texts.get(case.pk, {}))
        cannot = _why_not(file)
        for each in file.promises():
            found[case.pk, each.number] = Told(case, first_line(each.what), cannot.get(each.number, ""))
    return {each.pk: found[each.case_id, each.number] for each in owed}


def _file(case: Case, entries: Any, texts: Any) -> CaseFile:
    complaint = index.read_case(case, entries)
    assert complaint is not None
    if complaint.parts:
        return reading.file_of(case, entries, complaint)
    return CaseFile(case, entries, complaint, texts)


def _why_not(file: CaseFile) -> dict[int, str]:
    from complaint_rules.events import PromiseAgreed

    found = {}
    for event in file.told:
        if isinstance(event, PromiseAgreed):
            found[event.promise] = "" if event.can else first_line(file.words(event.number, "reason"))
    return found


def first_line(text: str) -> str:
    """The first line of some words, no longer than a row has room for."""
    line = text.strip().splitlines()[0] if text.strip() else ""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Drawing:
    """How promises are drawn for one person on one day. `theirs` says which owners they may speak for."""

    staff: Staff
    today: date
    calendar: Calendar
    theirs: Callable[[str], bool]
    back: str

    def rows(self, owed: Sequence[Owed]) -> list[dict[str, Any]]:
        """These promises as the page shows them. Four statements."""
        known = told(self.staff.landlord, owed)
        residents = [each.case.resident for each in known.values() if each.case.resident is not None]
        hidden = under_safe_contact(self.staff.landlord.pk, residents) if residents else set()
        return [self._row(each, known[each.pk], hidden) for each in owed]

    def _row(self, owed: Owed, told: Told, hidden: set[int]) -> dict[str, Any]:
        case = told.case
        late = owed.due_on < self.today
        why = addresses.why(case.reference, f"promise:{owed.number}")
        return {
            "id": f"promise-{owed.pk}",
            "what": told.what,
            "where": where(case, hidden),
            "due": Due(
                told.what,
                owed.due_on,
                self.calendar.away(owed.due_on, self.today),
                late,
                why_url=why,
            ),
            "reference": case.reference,
            "href": reverse("case", args=[case.reference]),
            "number": owed.number,
            "state": "Case closed; still owed"
            if case.state == "closed"
            else state_word(case.state, case.stage),
            "owner": owed.owner,
            "said": _said(owed, told),
            "links": self._links(owed, case),
        }

    def _links(self, owed: Owed, case: Case) -> list[dict[str, str]]:
        if case.state == "merged" or not self.theirs(owed.owner):
            return []
        return [
            {
                "text": text,
                "href": addresses.action(
                    case.reference, verb, promise=owed.number, **more, back=f"{self.back}#promise-{owed.pk}"
                ),
            }
            for text, verb, more in ACTIONS
            if self.staff.may(verb) and not (verb == "agree_promise" and owed.agreed)
        ]


def _said(owed: Owed, told: Told) -> str:
    if owed.agreed == NO:
        return f"They said that they cannot: {told.cannot}" if told.cannot else "They said that they cannot"
    if not owed.agreed:
        return "Nobody has said yet that it can be done" if owed.owner else "Nobody is named to do it"
    return ""


def where(case: Case, hidden: set[int]) -> str:
    """Where the work is; nothing where somebody said what is safe, since a list shows no address of theirs."""
    if case.resident_id in hidden:
        return "Address not shown: safe contact"
    if case.home is not None:
        return case.home.address
    return case.resident.address if case.resident is not None else ""
