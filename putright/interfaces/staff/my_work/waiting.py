"""What somebody has asked for and not had: of the resident, of whoever checks, of other teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from putright.interfaces.pages.phrases import short_day
from putright.interfaces.staff.my_work.desk import Section
from putright.interfaces.staff.my_work.mine import Mine
from putright.record.cases.models import Case, Owed
from putright.record.journal.models import Entry

SHOWN = 30
ASKED = "ask_to_clarify"
SHARED = "share_findings"
DRAFTED = "draft_response"
HAD_BY: Mapping[str, frozenset[str]] = {
    ASKED: frozenset({"comment", "agree_definition", "add_point", "respond"}),
    SHARED: frozenset({"comment", "respond"}),
    DRAFTED: frozenset({"check_response", "respond"}),
}
"""What ends each wait, beside a word from the resident, which ends the first."""
_READ = {*HAD_BY, "record_contact", "correct", *(verb for ends in HAD_BY.values() for verb in ends)}


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing waited for: in which case, what, on whom, since when, and by when where that is known."""

    case: int
    what: str
    on: str
    asked: date | None = None
    by: date | None = None

    def note(self, today: date) -> str:
        """ "Waiting on Repairs, asked Fri 27 Nov"."""
        asked = f", asked {short_day(self.asked, today)}" if self.asked else ""
        return f"Waiting on {self.on}{asked}"


def waits(mine: Mine) -> list[Wait]:
    """Everything somebody waits for in their cases. Three statements, however many cases."""
    if not mine.numbers:
        return []
    found = [*_asked(mine), *_promised(mine)]
    return sorted(found, key=lambda each: (each.by or date.max, each.asked or date.max, each.case))


def notes(found: Iterable[Wait], today: date) -> dict[int, str]:
    """For whom each case waits, in words."""
    told: dict[int, list[str]] = defaultdict(list)
    for wait in found:
        told[wait.case].append(wait.note(today))
    return {case: ". ".join(said) for case, said in told.items()}


def section(mine: Mine, found: list[Wait]) -> Section:
    """What is waited for, the soonest first."""
    desk = mine.desk
    lines = {line.number: line for line in mine.lines}
    rows = [
        desk.row(lines[wait.case], handler=False)
        | {
            "due": desk.due(wait.what, wait.by) if wait.by is not None else None,
            "what": wait.what,
            "note": wait.note(desk.today),
            "anchor": "",
        }
        for wait in found[:SHOWN]
    ]
    hint = f"The {SHOWN} that are wanted soonest." if len(found) > SHOWN else ""
    return Section("Waiting on others", rows, count=str(len(found)), hint=hint, folded=True)


# Asked for


def _asked(mine: Mine) -> Iterable[Wait]:
    drafts = set(Case.objects.filter(pk__in=mine.numbers, draft_waits=True).values_list("pk", flat=True))
    open_asks: dict[tuple[int, str], Wait] = {}
    for entry in _entries(mine.desk.landlord, mine.numbers):
        _take(open_asks, entry)
    for (case, verb), wait in open_asks.items():
        if verb != DRAFTED or case in drafts:
            yield wait


def _entries(landlord: int, cases: list[int]) -> list[dict[str, Any]]:
    """The entries that ask for something or bring it, in order, without those that were struck out."""
    wanted = Entry.objects.filter(landlord=landlord, case__in=cases, verb__in=_READ)
    found = wanted.order_by("case", "number").values("case", "number", "verb", "happened_on", "data")
    rows: list[dict[str, Any]] = [dict(row) for row in found]
    struck = {
        (row["case"], row["data"].get("entry"))
        for row in rows
        if row["verb"] == "correct" and row["data"].get("strike")
    }
    return [row for row in rows if (row["case"], row["number"]) not in struck]


def _take(asks: dict[tuple[int, str], Wait], entry: Mapping[str, Any]) -> None:
    case, verb = entry["case"], entry["verb"]
    if verb == "record_contact" and entry["data"].get("direction") == "in":
        asks.pop((case, ASKED), None)
    for asked, ends in HAD_BY.items():
        if verb in ends:
            asks.pop((case, asked), None)
    if verb in HAD_BY:
        what, on = _WORDS[verb]
        by = entry["data"].get("comment_by")
        asks[case, verb] = Wait(case, what, on, entry["happened_on"], date.fromisoformat(by) if by else None)


_WORDS = {
    ASKED: ("Answer to your question", "the resident"),
    SHARED: ("Comments on the findings", "those they were shared with"),
    DRAFTED: ("Check of your draft", "the quality checker"),
}


def _promised(mine: Mine) -> Iterable[Wait]:
    """The promises of other teams in these cases, still owed."""
    others = Owed.objects.filter(case__in=mine.numbers, kept_on__isnull=True).exclude(
        Q(owner="") | Q(owner__in=mine.desk.names)
    )
    for case, number, owner, due in others.values_list("case", "number", "owner", "due_on"):
        yield Wait(case, f"Promise {number}", owner, by=due)
