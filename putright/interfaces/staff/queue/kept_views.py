"""The lists that stand ready: those that somebody saved, and those that come with each role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from putright.interfaces.staff.queue.filters import Filters, People, read_query
from putright.interfaces.staff.queue.panel import with_query
from putright.interfaces.staff.who import Staff
from putright.record.accounts import saved_views
from putright.record.accounts.models import SavedView

OF_ROLES: dict[str, tuple[tuple[str, str], ...]] = {
    "contact_staff": (
        ("Danger not answered", "risk=danger_unanswered"),
        ("Not yet logged", "state=received"),
    ),
    "complaints_officer": (
        ("By risk", "order=risk"),
        ("No handler", "handler=nobody"),
        ("Late", "when=late"),
    ),
    "investigator": (("Mine", "handler=me"), ("Mine by risk", "handler=me&order=risk")),
    "reviewer": (("Mine", "handler=me"), ("Stage 2, no handler", "handler=nobody&stage=2")),
    "quality_checker": (("Drafts to check", "draft=on"),),
    "service_manager": (
        ("Hazards", "risk=significant_hazard&order=risk"),
        ("Emergencies", "risk=emergency_hazard&order=risk"),
        ("My team", "team=mine"),
    ),
    "ombudsman_liaison": (("With the Ombudsman", "ombudsman=on"),),
    "board_member": (("Late", "when=late"), ("At risk", "risk=any&order=risk")),
    "auditor": (("Late", "when=late"), ("At risk", "risk=any&order=risk")),
    "administrator": (("No handler", "handler=nobody"),),
}
"""What each role is offered: the name of a list and what it is narrowed by. Nobody can change these; anybody can
save their own."""

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class KeptView:
    """A list under its name. One that came with a role has no row of its own."""

    name: str
    filters: Filters
    saved: SavedView | None = None

    @property
    def key(self) -> str:
        """What names it among those on a page."""
        return f"view {self.saved.pk}" if self.saved else f"role {self.name}"

    @property
    def url(self) -> str:
        """The list itself: what it is narrowed by stands in its address."""
        return with_query(reverse("queue"), self.filters, view=self.saved.pk if self.saved else "")


def of_roles(roles: Iterable[str], people: People) -> list[KeptView]:
    """Those that come with these roles, each name once."""
    found: dict[str, KeptView] = {}
    for role in roles:
        for name, query in OF_ROLES.get(role, ()):
            found.setdefault(name, KeptView(name, read_query(query, people)))
    return list(found.values())


def saved_by(staff: Staff) -> list[SavedView]:
    """Those that somebody may open: their own and their team's. One statement."""
    return list(saved_views.seen_by(staff.landlord.pk, staff.user.pk, staff.team))


def kept(saved: Sequence[SavedView], people: People) -> list[KeptView]:
    """These as lists. What cannot be read in a query that was kept is passed over."""
    return [KeptView(view.name, read_query(view.query, people), view) for view in saved]
