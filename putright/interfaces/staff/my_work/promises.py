"""What a team has promised and not kept yet, in closed cases too: late first."""

from __future__ import annotations

from typing import Any

from putright.interfaces.pages.words import state_word
from putright.interfaces.staff.my_work.desk import SHOWN, Desk, Section, by_number
from putright.record.cases import index
from putright.record.cases.models import Case, Owed
from putright.record.cases.reading import CaseFile
from putright.record.journal import queries as journal

COUNTED = 500


def section(desk: Desk) -> Section | None:
    """The promises of their team, or of their own; none for somebody without either. Five statements."""
    if not desk.names:
        return None
    who = desk.staff.team or desk.staff.user.name
    owed = Owed.objects.filter(landlord=desk.landlord, owner__in=desk.names, kept_on__isnull=True)
    found = list(owed.order_by("due_on", "id")[:SHOWN])
    count = owed.order_by()[: COUNTED + 1].count() if len(found) == SHOWN else len(found)
    words = _words(desk, found)
    return Section(
        f"Promises owed by {who}",
        [_row(desk, each, *words[each.case_id, each.number]) for each in found],
        count=f"more than {COUNTED}" if count > COUNTED else str(count),
        hint="A promise stays owed until it is kept, whatever becomes of its case.",
        empty=f"{who} owes nothing.",
    )


def _words(desk: Desk, found: list[Owed]) -> dict[tuple[int, int], tuple[Case, str]]:
    """The case and the words of each promise."""
    numbers = {each.case_id for each in found}
    if not numbers:
        return {}
    cases = by_number(Case.objects.filter(pk__in=numbers).select_related("procedure", "resident"))
    entries = journal.of_cases(desk.landlord, numbers)
    texts = journal.texts_of_cases(desk.landlord, numbers)
    told: dict[tuple[int, int], str] = {}
    for number, case in cases.items():
        complaint = index.read_case(case, entries[number])
        assert complaint is not None
        file = CaseFile(case, entries[number], complaint, texts.get(number, {}))
        told |= {(number, promise.number): promise.what for promise in file.promises()}
    return {
        (each.case_id, each.number): (cases[each.case_id], told.get((each.case_id, each.number), ""))
        for each in found
    }


def _row(desk: Desk, owed: Owed, case: Case, what: str) -> dict[str, Any]:
    from django.urls import reverse

    note = [_first_line(what), state_word(case.state, case.stage)]
    if case.state == "closed":
        note[1] += "; still owed"
    links = []
    for text, verb in (("Mark as kept", "keep_promise"), ("Change the day", "change_promise")):
        if desk.staff.may(verb):
            address = reverse("action", args=[case.reference, verb])
            links.append({"text": text, "href": f"{address}?promise={owed.number}"})
    why = reverse("case_why", args=[case.reference, f"promise:{owed.number}"])
    return {
        "reference": case.reference,
        "href": reverse("case", args=[case.reference]),
        "who": str(case.resident) if case.resident else "Name not known",
        "due": desk.due(f"Promise {owed.number}", owed.due_on, why_url=why),
        "note": ". ".join(note),
        "handler": "",
        "badges": (),
        "links": links,
        "anchor": "",
    }


def _first_line(text: str, most: int = 120) -> str:
    line = text.strip().splitlines()[0] if text.strip() else ""
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
