"""A version in plain words: where it stands, its five days, how it counts days, and what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from complaint_rules.procedure import Procedure
from complaint_rules.working_days import Convention, NotCovered
from putright.interfaces.pages.phrases import how_far, long_day
from putright.record.accounts.models import User
from putright.record.journal.models import Entry
from putright.record.landlords import queries
from putright.record.landlords.models import ProcedureVersion

DAYS = {
    "drafted": "Drafted",
    "approved": "Approved",
    "briefed": "Staff briefed",
    "in_force": "In force",
    "published": "Published",
}

DONE = {
    queries.DRAFT: "Draft begun",
    queries.EDIT: "Text changed",
    queries.APPROVE: "Approved",
    queries.BRIEF: "Staff briefed",
    queries.PUT_IN_FORCE: "Put in force",
    queries.PUBLISH: "Published",
}

COUNTING: Mapping[Convention, str] = {
    Convention.NEXT_WORKING_DAY: "The next working day after it happens is day 1",
    Convention.ROLL_THEN_COUNT: "If it happens on a day that is not worked, the next working day is day 0",
    Convention.SAME_DAY: "The day it happens is day 1, or the next working day where that is not worked",
}
"""How days are counted. The first is usual, and any other is told wherever days are shown."""


def state(version: ProcedureVersion, in_force: ProcedureVersion, today: date) -> str:
    """Where a version stands, in a word or two."""
    if version == in_force:
        return "In force"
    if version.in_force_on is not None:
        return "Earlier version" if version.in_force_on <= today else "Approved, in force later"
    return "Draft" if version.approved_on is None else "Approved"


def days(version: ProcedureVersion, procedure: Procedure | None, today: date) -> list[dict[str, Any]]:
    """The five days as rows: what, its day, a note beside it, and whether it is late."""
    planned = procedure.dates if procedure else None
    rows = []
    for name, word in DAYS.items():
        day: date | None = getattr(version, f"{name}_on")
        row = {"word": word, "day": long_day(day, today) if day else "", "notes": [], "late": ""}
        if name == "approved" and version.approved_by:
            row["notes"] = [f"by {version.approved_by}"]
        says = getattr(planned, name) if planned else None
        if name == "published" and version.approved_on:
            row["late"] = _late(version, says, day, today)
        if says and says != day:
            row["notes"] = [*row["notes"], f"The text says {long_day(says, today)}"]
        rows.append(row)
    return rows


def _late(version: ProcedureVersion, planned: date | None, published: date | None, today: date) -> str:
    """ "6 working days late", where the text gives a day to publish by; else nothing."""
    done = published or today
    if planned is None or done <= planned:
        return ""
    try:
        return how_far(queries.calendar(version.landlord).away(planned, done), late=True)
    except NotCovered:
        return "late"


def counting(version: ProcedureVersion, procedure: Procedure | None) -> dict[str, str] | None:
    """How days are counted and why, where it is not the usual way."""
    if procedure is None or procedure.convention == Convention.NEXT_WORKING_DAY:
        return None
    return {"how": COUNTING[procedure.convention], "why": version.convention_reason}


def history(version: ProcedureVersion, today: date) -> list[dict[str, Any]]:
    """What was done to a version, as the part `timeline` takes it, the newest first."""
    entries = queries.history(version)
    names = _names(entries)
    return [_line(version, entry, names, today) for entry in entries]


def _line(version: ProcedureVersion, entry: Entry, names: Mapping[str, str], today: date) -> dict[str, Any]:
    line: dict[str, Any] = {
        "title": DONE[entry.verb],
        "when": entry.happened_at,
        "by": names.get(entry.actor, "Someone"),
        "number": entry.number,
        "notes": list(_notes(entry, today)),
    }
    if localdate(entry.recorded_at) != entry.happened_on:
        line["recorded"] = localdate(entry.recorded_at)
    if "document" in entry.data.get("texts", {}):
        line["href"] = reverse("procedure_text_then", args=[version.number, entry.number])
    return line


def _notes(entry: Entry, today: date) -> list[str]:
    data = entry.data
    notes = []
    if data.get("from"):
        notes.append(f"from {source_word(data['from'])}")
    if data.get("approved_by"):
        notes.append(f"by {data['approved_by']}")
    if data.get("in_force_on"):
        notes.append(f"from {long_day(date.fromisoformat(data['in_force_on']), today)}")
    if "convention_reason" in data.get("texts", {}):
        notes.append("with a reason for how days are counted")
    if data.get("document"):
        notes.append(f"digest of the text {data['document'][:12]}")
    return notes


def source_word(source: str) -> str:
    """What a draft began from: "version 3", "the 2024 Code", "the profile redditch"."""
    kind, _, name = source.partition(":")
    return {"version": f"version {name}", "code": f"the {name} Code"}.get(kind, f"the profile {name}")


def _names(entries: list[Entry]) -> dict[str, str]:
    numbers = {int(entry.actor) for entry in entries if entry.actor.isdecimal()}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "name")}


def name_of(entry: Entry) -> str:
    """Who made an entry."""
    return _names([entry]).get(entry.actor, "Someone")
