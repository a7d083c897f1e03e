"""A complaint that may have been recorded before: shown once, before it is recorded again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from putright.interfaces.staff.new_complaint.forms import NewComplaintForm
from putright.interfaces.staff.who import Staff
from putright.record.cases.alike import LIKELY, SURE, Alike, alike
from putright.record.cases.models import Case
from putright.record.journal import queries as journal

LOOKED_BACK = timedelta(days=366)
MOST_SHOWN = 3


@dataclass(frozen=True)
class Like:
    """A case that may be the same, why, and what it is about."""

    case: Case
    why: tuple[str, ...]
    points: list[str]


def not_seen_yet(staff: Staff, form: NewComplaintForm) -> list[Like]:
    """Cases that may be the same trouble, where whoever records it has not seen all of them yet."""
    cleaned = form.cleaned_data
    resident = cleaned["resident"]
    if resident is None:
        return []
    found = alike(
        staff.landlord.pk,
        resident=resident,
        words=" ".join([cleaned["account"], *cleaned["points"]]),
        category=cleaned["category"],
        since=cleaned["day"] - LOOKED_BACK,
    )
    close = [each for each in found if each.degree in (SURE, LIKELY)][:MOST_SHOWN]
    seen = set(cleaned["alike_seen"].split())
    if {each.case.reference for each in close} <= seen:
        return []
    return [_like(staff, each) for each in close]


def _like(staff: Staff, found: Alike) -> Like:
    words = journal.texts_of_case(staff.landlord.pk, found.case.pk).get(1, {})
    points = [text for name, text in sorted(words.items()) if name.startswith("point.")]
    return Like(found.case, found.why, points)
