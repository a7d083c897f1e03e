"""Questions about landlords and their procedures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from complaint_rules.procedure import Procedure
from complaint_rules.remedies import Rate
from complaint_rules.working_days import Calendar, england_and_wales
from putright.record.journal.models import Entry, Text
from putright.record.landlords import profiles
from putright.record.landlords.models import (
    Category,
    CompensationRate,
    DayOff,
    Landlord,
    ProcedureVersion,
)

THE_CODES_OWN = 0
"""The number of the version that holds nothing of the landlord's own."""

LANDLORDS_OWN = 0
"""The chain of a landlord for what belongs to no case."""

DRAFT, EDIT, APPROVE = "draft_procedure", "edit_procedure", "approve_procedure"
BRIEF, PUT_IN_FORCE, PUBLISH = "brief_procedure", "put_procedure_in_force", "publish_procedure"
VERBS = (DRAFT, EDIT, APPROVE, BRIEF, PUT_IN_FORCE, PUBLISH)
"""What can be done to a version, as the landlord's chain names it."""


def procedure_in_force(landlord: Landlord, day: date) -> ProcedureVersion:
    """The version of the procedure in force on a day; where none is, the Code's own.

    A version that has only been drafted or approved is never in force. For a day before the first version,
    and for a landlord without one, it is version 0, which holds nothing and so leaves every time to the Code.
    """
    versions = ProcedureVersion.objects.filter(landlord=landlord, in_force_on__lte=day)
    found = versions.order_by("in_force_on", "number").last()
    return found or ProcedureVersion.objects.get_or_create(landlord=landlord, number=THE_CODES_OWN)[0]


def own_versions(landlord: Landlord) -> list[ProcedureVersion]:
    """The landlord's versions, the newest first."""
    versions = ProcedureVersion.objects.filter(landlord=landlord).exclude(number=THE_CODES_OWN)
    return list(versions.order_by("-number"))


def history(version: ProcedureVersion) -> list[Entry]:
    """What was done to this version, the newest first. A version made with its landlord has no entries."""
    chain = Entry.objects.filter(landlord=version.landlord_id, case=LANDLORDS_OWN)
    return list(chain.filter(data__version=version.number, verb__in=VERBS).order_by("-number"))


FIELDS = ("drafted_on", "approved_on", "approved_by", "briefed_on", "in_force_on", "published_on", "document")


def as_entries_say(entries: Iterable[Entry]) -> dict[int, dict[str, Any]]:
    """How the entries of a landlord's chain leave each version: its number to its fields, days as text.

    `document` is the digest of the text. A field that no entry names is not in it.
    """
    found: dict[int, dict[str, Any]] = {}
    for entry in entries:
        if entry.verb not in VERBS:
            continue
        version = found.setdefault(entry.data["version"], {})
        version |= {name: entry.data[name] for name in FIELDS if name in entry.data}
        version["entry"] = entry.number
        if "convention_reason" in entry.data.get("texts", {}):
            version["reason_in"] = entry.number
    return found


def texts_saved(version: ProcedureVersion) -> set[int]:
    """The entries of this version beside which its text is kept."""
    return {entry.number for entry in history(version) if "document" in entry.data.get("texts", {})}


def text_saved_at(version: ProcedureVersion, entry: int) -> str | None:
    """The text of this version as an entry of its own kept it; None where that entry kept none."""
    if entry not in texts_saved(version):
        return None
    kept = Text.objects.filter(landlord=version.landlord_id, case=LANDLORDS_OWN, entry_number=entry)
    return kept.filter(name="document").values_list("text", flat=True).first()


def terms(version: ProcedureVersion) -> Procedure:
    """What the rules read of this version. Once approved it never changes, so it is read once."""
    return _read(version.document, version.profile, json.dumps(version.changes, sort_keys=True))


@lru_cache(maxsize=1000)
def _read(document: str, profile: str, changes: str) -> Procedure:
    if document:
        return profiles.from_text(document)
    return profiles.for_landlord(profile or None, **json.loads(changes))


def calendar(landlord: Landlord | None = None) -> Calendar:
    """The bank holidays that every Code clock of this landlord counts by; without a landlord, the published ones.

    What was announced since the list we ship stands with the landlord, so that whoever has read the row has the
    calendar as it was at that moment: nothing has to be told to other processes.
    """
    return calendar_with(landlord.days_off) if landlord is not None else england_and_wales()


DaysOff = Mapping[str, Mapping[str, str]]
"""What a landlord's calendar adds to the published one: a kind of `DayOff`, then day (ISO) to name."""


def calendar_with(off: DaysOff) -> Calendar:
    """The published bank holidays with these added and taken away. Closed days are none of them."""
    named, gone = off.get(DayOff.BANK_HOLIDAY), off.get(DayOff.MOVED_AWAY)
    if not named and not gone:
        return england_and_wales()
    return _calendar(json.dumps([named or {}, gone or {}], sort_keys=True))


@lru_cache(maxsize=256)
def _calendar(written: str) -> Calendar:
    named, gone = json.loads(written)
    days = {date.fromisoformat(day): name for day, name in named.items()}
    return england_and_wales().with_bank_holidays(days, [date.fromisoformat(day) for day in gone])


def closed_days(landlord: Landlord) -> dict[date, str]:
    """The days on which this landlord is closed beside those its procedure names, and why: its own targets only."""
    return closed_with(landlord.days_off)


def closed_with(off: DaysOff) -> dict[date, str]:
    """The closed days among these, and why."""
    closed = off.get(DayOff.CLOSED) or {}
    return {date.fromisoformat(day): name for day, name in closed.items()}


def days_off(landlord_id: int) -> list[DayOff]:
    """What this landlord's calendar adds and takes away today, by day."""
    return list(
        DayOff.objects.filter(landlord_id=landlord_id, ended_entry__isnull=True).order_by("first_on", "pk")
    )


def categories(landlord_id: int) -> list[str]:
    """The categories a complaint can be given now, in the landlord's order. Empty where it has none of its own."""
    chosen = Category.objects.filter(landlord_id=landlord_id, retired_on__isnull=True)
    return list(chosen.order_by("place", "pk").values_list("name", flat=True))


def rates(landlord_id: int) -> tuple[Rate, ...]:
    """Every compensation rate of this landlord, whatever its days, for `complaint_rules.remedies`."""
    kept = CompensationRate.objects.filter(landlord_id=landlord_id, taken_back_entry__isnull=True)
    return tuple(as_rate(row) for row in kept.order_by("head", "first_on"))


def as_rate(row: CompensationRate) -> Rate:
    """A row as the rules read it."""
    return Rate(
        head=row.head,
        kind=row.kind,
        unit=row.unit,
        pence=row.pence,
        first=row.first_on,
        last=row.last_on,
        source=row.source,
        at_once=row.at_once,
        most=row.most,
    )
