"""How lists name a letter: its title, its day, and what became of it. Never where it went."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from putright.interfaces.pages.words import WAYS
from putright.record.cases.models import Case
from putright.record.letters import queries
from putright.record.letters.models import Letter

STATES = {
    "waiting": "waits to leave",
    "sent": "sent",
    "printed": "printed and posted",
    "failed": "could not be sent",
    "stopped": "stopped",
}


def listed(case: Case) -> list[dict[str, Any]]:
    """The letters of a case as its page lists them, the newest first."""
    found = [
        row(number, each) for number, each in enumerate(queries.of_case(case.landlord_id, case.pk), start=1)
    ]
    return found[::-1]


def row(number: int, letter: Letter) -> dict[str, Any]:
    """One letter as a list shows it. Nothing of where it went."""
    outgoing = letter.outgoing
    return {
        "number": number,
        "title": (letter.document or {}).get("title") or "A letter",
        "day": localdate(letter.made_at),
        "way": WAYS.get(outgoing.way, outgoing.way) if outgoing else "",
        "state": STATES[outgoing.state] if outgoing else "",
        "done_on": localdate(outgoing.done_at) if outgoing and outgoing.done_at else None,
        "entry": letter.entry,
    }
