"""Lists as people like to see them, saved under a name: for oneself, or for one's team.

What somebody prefers is nothing about a person or a landlord, so no entry of the journal tells of it.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from putright.record.accounts.models import SavedView

MOST = 30
"""So many views one person may keep."""
LONGEST_NAME = 60
LONGEST_QUERY = 1000


class NameTaken(ValueError):
    """This person has a view of that name already."""


class TooMany(ValueError):
    """This person keeps as many views as there is room for."""


def seen_by(landlord_id: int, user_id: int, team: str) -> QuerySet[SavedView]:
    """The views that somebody may open: their own and their team's, own first, each by name."""
    theirs = Q(user_id=user_id)
    if team:
        theirs |= Q(team=team)
    return SavedView.objects.filter(theirs, landlord_id=landlord_id).order_by("team", "name", "id")


def may_change(view: SavedView, user_id: int) -> bool:
    """Only whoever saved a view renames or deletes it."""
    return view.user_id == user_id


def opens_with(views: list[SavedView], user_id: int) -> SavedView | None:
    """Which of the views somebody may open the queue opens with: their own choice before their team's."""
    chosen = [view for view in views if view.first]
    own = [view for view in chosen if view.user_id == user_id]
    return next(iter(own or chosen), None)


def save(
    landlord_id: int, user_id: int, name: str, query: str, team: str = "", first: bool = False
) -> SavedView:
    """Save a view; with a team, for all of it. NameTaken, TooMany."""
    with transaction.atomic():
        own = SavedView.objects.filter(landlord_id=landlord_id, user_id=user_id)
        if own.count() >= MOST:
            raise TooMany
        view = SavedView(landlord_id=landlord_id, user_id=user_id, name=name, query=query, team=team)
        _write(view)
        if first:
            open_with(view)
    return view


def rename(view: SavedView, name: str) -> None:
    """Give a view another name. NameTaken."""
    view.name = name
    _write(view)


def delete(view: SavedView) -> None:
    """Take a view away."""
    view.delete()


def open_with(view: SavedView | None, landlord_id: int = 0, user_id: int = 0) -> None:
    """Let the queue of whoever saved this view open with it, and with no other of theirs.

    Without a view: with none of those that this person saved.
    """
    landlord_id, user_id = (view.landlord_id, view.user_id) if view else (landlord_id, user_id)
    with transaction.atomic():
        SavedView.objects.filter(landlord_id=landlord_id, user_id=user_id, first=True).update(first=False)
        if view is not None:
            view.first = True
            view.save(update_fields=["first"])


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as problem:
        raise NameTaken from problem
