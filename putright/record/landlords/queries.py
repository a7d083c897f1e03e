"""Questions about landlords and their procedures."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from complaint_rules.procedure import Procedure
from complaint_rules.working_days import Calendar, england_and_wales
from putright.record.landlords.models import Landlord, ProcedureVersion


def procedure_in_force(landlord: Landlord, day: date) -> ProcedureVersion:
    """The version of the procedure in force on a day; the first one for days before it."""
    versions = ProcedureVersion.objects.filter(landlord=landlord)
    found = versions.filter(in_force_on__lte=day).order_by("in_force_on", "number").last()
    return found or versions.earliest("in_force_on", "number")


def terms(version: ProcedureVersion) -> Procedure:
    """What the rules read of this version. A version never changes, so it is read once."""
    return _terms(version.pk, version.profile, version.document, repr(sorted(version.changes.items())), version)


_READ: dict[tuple[int, str, str, str], Procedure] = {}


def _terms(pk: int, profile: str, document: str, changes: str, version: ProcedureVersion) -> Procedure:
    from putright.record.landlords import profiles

    key = (pk, profile, document, changes)
    if key not in _READ:
        if len(_READ) > 1000:
            _READ.clear()
        if document:
            _READ[key] = profiles.from_text(document)
        else:
            _READ[key] = profiles.for_landlord(profile=profile or None, **version.changes)
    return _READ[key]


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The bank holidays that every Code clock counts by."""
    return england_and_wales()
