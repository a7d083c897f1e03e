"""Questions about landlords and their procedures."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from complaint_rules.procedure import Procedure
from complaint_rules.working_days import Calendar, england_and_wales
from putright.record.landlords import profiles
from putright.record.landlords.models import Landlord, ProcedureVersion


def procedure_in_force(landlord: Landlord, day: date) -> ProcedureVersion:
    """The version of the procedure in force on a day; the first one for days before it."""
    versions = ProcedureVersion.objects.filter(landlord=landlord)
    found = versions.filter(in_force_on__lte=day).order_by("in_force_on", "number").last()
    return found or versions.earliest("in_force_on", "number")


def terms(version: ProcedureVersion) -> Procedure:
    """What the rules read of this version. A version never changes, so it is read once."""
    return _read(version.document, version.profile, json.dumps(version.changes, sort_keys=True))


@lru_cache(maxsize=1000)
def _read(document: str, profile: str, changes: str) -> Procedure:
    if document:
        return profiles.from_text(document)
    return profiles.for_landlord(profile or None, **json.loads(changes))


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The bank holidays that every Code clock counts by."""
    return england_and_wales()
