"""What a landlord calls the things people complain about: added, put in order, mapped to others' lists, retired."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from complaint_rules.events import Actor
from putright.record.landlords.models import Category
from putright.record.landlords.own_chain import Change, NotPossible, changing

ADD, CHANGE, MOVE = "add_category", "change_category", "move_category"
RETIRE, BRING_BACK = "retire_category", "bring_back_category"
VERBS = (ADD, CHANGE, MOVE, RETIRE, BRING_BACK)
MOST = 100

OMBUDSMAN = (
    "Property condition",
    "Health and safety, building safety",
    "Antisocial behaviour",
    "Estate management",
    "Charges",
    "Moving to a property",
    "Occupancy rights",
    "Reimbursement and payments",
    "Resident involvement",
    "Staff conduct",
    "Complaint handling",
    "Buying or selling a property",
)
"""Headings that the Ombudsman's reports sort cases by, in our words; a landlord may write another."""

STARTERS: tuple[tuple[str, str], ...] = (
    ("Repairs", OMBUDSMAN[0]),
    ("Damp and mould", OMBUDSMAN[0]),
    ("Heating, hot water and power", OMBUDSMAN[0]),
    ("Planned works", OMBUDSMAN[0]),
    ("Building safety", OMBUDSMAN[1]),
    ("Neighbours and antisocial behaviour", OMBUDSMAN[2]),
    ("Estate and shared areas", OMBUDSMAN[3]),
    ("Rent, charges and money", OMBUDSMAN[4]),
    ("Moving, letting and empty homes", OMBUDSMAN[5]),
    ("Home ownership", OMBUDSMAN[11]),
    ("Staff and how we treated someone", OMBUDSMAN[9]),
    ("How a complaint was handled", OMBUDSMAN[10]),
    ("Something else", ""),
)
"""A list to begin from: our own words, with the Ombudsman's heading for each."""


def add(
    landlord_id: int,
    name: str,
    *,
    housemark: str = "",
    ombudsman: str = "",
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Category:
    """A new category, last in order. NotPossible where there is one of that name, in use or retired."""
    with changing(landlord_id, by=by, at=at, key=key) as change:
        if change.done:
            return Category.objects.get(landlord_id=landlord_id, pk=change.done.data["category"])
        return _add(change, name, housemark, ombudsman)


def begin_from_ours(landlord_id: int, *, by: Actor, at: datetime, key: str | None = None) -> int:
    """Add those of our starting list that the landlord has not; how many were added."""
    with changing(landlord_id, by=by, at=at, key=key) as change:
        if change.done:
            return 0
        kept = Category.objects.filter(landlord_id=landlord_id).values_list("name", flat=True)
        known = {name.lower() for name in kept}
        wanted = [each for each in STARTERS if each[0].lower() not in known]
        for name, ombudsman in wanted:
            _add(change, name, "", ombudsman)
    return len(wanted)


def _add(change: Change, name: str, housemark: str, ombudsman: str) -> Category:
    name = " ".join(name.split())
    if not name:
        raise NotPossible("Enter the name.", "name")
    known = Category.objects.filter(landlord=change.landlord)
    there = known.filter(name__iexact=name).first()
    if there is not None:
        says = "There is one of this name already."
        if there.retired_on:
            says = "There was one of this name, and it is retired. Bring it back instead."
        raise NotPossible(says, "name")
    if known.count() >= MOST:
        raise NotPossible(f"There are {MOST} categories already. That is as many as anybody can choose from.")
    last = known.order_by("-place").values_list("place", flat=True).first() or 0
    made = Category.objects.create(
        landlord=change.landlord,
        name=name,
        place=last + 1,
        housemark=housemark.strip(),
        ombudsman=ombudsman.strip(),
        entry=change.number,
    )
    facts = {"category": made.pk, "name": made.name, "housemark": made.housemark, "ombudsman": made.ombudsman}
    change.write(ADD, facts)
    return made


def map_to(
    category: Category,
    *,
    housemark: str,
    ombudsman: str,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Category:
    """Where it stands on others' lists. Its name never changes: cases keep the name they were given."""
    with changing(category.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(category)
        if change.done:
            return fresh
        change.refuse_if_changed(fresh.entry, read_at)
        fresh.housemark, fresh.ombudsman = housemark.strip(), ombudsman.strip()
        facts = {"category": fresh.pk, "housemark": fresh.housemark, "ombudsman": fresh.ombudsman}
        fresh.entry = change.write(CHANGE, facts)
        fresh.save()
    return fresh


def move(category: Category, up: bool, *, by: Actor, at: datetime, key: str | None = None) -> Category:
    """One place up or down among those in use. Nothing happens at either end."""
    with changing(category.landlord_id, by=by, at=at, key=key) as change:
        used = list(
            Category.objects.filter(landlord=change.landlord, retired_on__isnull=True).order_by("place", "pk")
        )
        places = [each.pk for each in used]
        if change.done or category.pk not in places:
            return category
        here = places.index(category.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(used):
            return category
        used[here], used[there] = used[there], used[here]
        for place, each in enumerate(used, start=1):
            each.place = place
        Category.objects.bulk_update(used, ["place"])
        change.write(MOVE, {"category": category.pk, "order": [each.pk for each in used]})
    return _fresh(category)


def retire(
    category: Category, *, by: Actor, at: datetime, reason: str = "", key: str | None = None
) -> Category:
    """No longer to be chosen. Cases that have it keep it."""
    return _set_retired(category, True, by, at, reason, key)


def bring_back(category: Category, *, by: Actor, at: datetime, key: str | None = None) -> Category:
    """To be chosen again, last in order."""
    return _set_retired(category, False, by, at, "", key)


def _set_retired(
    category: Category, retired: bool, by: Actor, at: datetime, reason: str, key: str | None
) -> Category:
    with changing(category.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(category)
        if change.done or bool(fresh.retired_on) == retired:
            return fresh
        fresh.retired_on = localdate(at) if retired else None
        if not retired:
            Category.objects.filter(landlord=change.landlord, place__gt=fresh.place).update(
                place=F("place") - 1
            )
            fresh.place = Category.objects.filter(landlord=change.landlord).count()
        fresh.entry = change.write(
            RETIRE if retired else BRING_BACK, {"category": fresh.pk}, {"reason": reason}
        )
        fresh.save()
    return fresh


def _fresh(category: Category) -> Category:
    return Category.objects.get(pk=category.pk, landlord_id=category.landlord_id)
