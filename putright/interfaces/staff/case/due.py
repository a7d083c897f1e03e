"""What is due in a case, soonest first, each with the landlord's own day beside it."""

from __future__ import annotations

from datetime import datetime

from complaint_rules import clocks
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from putright.interfaces.pages.due_days import due_day
from putright.interfaces.pages.proofs import Due
from putright.interfaces.pages.words import clock_word
from putright.interfaces.staff.case import addresses
from putright.record.cases.reading import CaseFile, Owed


def due_next(file: CaseFile, now: datetime) -> list[Due]:
    """Every clock that runs, soonest first; what only the landlord has set itself stands with its Code's clock."""
    complaint = file.complaint
    own = own_by_clock(complaint)
    shown = [(run, own.pop(run.name, None)) for run in clocks.due_runs(complaint)]
    shown += [(run, None) for run in own.values()]
    owed = {f"promise:{each.number}": each for each in file.promises()}
    owed |= {f"order:{each.number}": each for each in file.orders()}
    shown.sort(key=lambda pair: (pair[0].due_on, pair[0].name))
    return [
        due_day(
            complaint,
            run,
            now,
            what=what_is_due(run, owed),
            why_url=addresses.why(file.case.reference, run.name),
            target=target,
        )
        for run, target in shown
    ]


def own_by_clock(complaint: Complaint) -> dict[str, Run]:
    """The landlord's own days, by clock; a day told by a late extension stands over its usual time."""
    told = clocks.targets(complaint)
    found: dict[str, Run] = {}
    for run in clocks.own_runs(complaint):
        if run.due == told.get(run.name):
            found.setdefault(run.name, run)
    return found


def what_is_due(run: Run, owed: dict[str, Owed] | None = None) -> str:
    """What a clock asks for; a promise or an order in its own words."""
    known = (owed or {}).get(run.name)
    word = clock_word(run.name)
    if known is not None:
        return f"{word}: {_short(known.what)}"
    return f"{word} (our own time)" if run.own and run.name not in ("escalate_by", "decline_by") else word


def _short(text: str, most: int = 60) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= most else f"{first[: most - 1].rstrip()}…"
