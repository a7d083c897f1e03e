"""Who is signed in, at which landlord, and what stands round every staff page.

Deny by default: a view is reached only by a member of a landlord, unless it is marked `open_to_all`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from complaint_rules import roles
from complaint_rules.events import Actor
from complaint_rules.procedure import Procedure
from putright.interfaces.pages.chrome import Chrome, Place
from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.landlords.models import Landlord

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Staff:
    """A member of staff at work: who they are, and what they may do at their landlord."""

    user: User
    landlord: Landlord
    roles: tuple[str, ...]
    team: str = ""

    @property
    def person(self) -> str:
        """How the journal names them."""
        return str(self.user.pk)

    def may(self, verb: str, procedure: Procedure) -> bool:
        """Whether any of their roles may do this."""
        return any(roles.may(Actor("staff", self.person, role), verb, procedure) for role in self.roles)

    def actor(self, verb: str, procedure: Procedure) -> Actor:
        """Them, in the role that may do this; in their first role where none may."""
        for role in self.roles:
            actor = Actor("staff", self.person, role)
            if roles.may(actor, verb, procedure):
                return actor
        return Actor("staff", self.person, self.roles[0] if self.roles else None)


def open_to_all(view: View) -> View:
    """Mark a view that needs nobody to be signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


class StaffMiddleware:
    """Lets only members of a landlord through, and puts them on the request as `request.staff`."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: Any, keywords: Any
    ) -> HttpResponse | None:
        """Before any view: who is this?"""
        if getattr(view, "open_to_all", False):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("sign_in"))
        request.staff = _staff(request)  # type: ignore[attr-defined]
        return None


def _staff(request: HttpRequest) -> Staff:
    memberships = Membership.objects.filter(user_id=request.user.pk).select_related("landlord").order_by("id")
    chosen = request.session.get("landlord")
    membership = memberships.filter(landlord_id=chosen).first() if chosen else memberships.first()
    if membership is None:
        raise PermissionDenied("You are not a member of staff of any landlord here.")
    return Staff(cast(User, request.user), membership.landlord, tuple(membership.roles), membership.team)


def staff_of(request: HttpRequest) -> Staff:
    """Who is at work. Only for views that are not open to all."""
    return cast(Staff, request.staff)  # type: ignore[attr-defined]


def case_of(request: HttpRequest, reference: str) -> Case:
    """The case of this reference at the landlord of whoever asks; else 404, the same as for no case at all."""
    cases = of_landlord(staff_of(request).landlord.pk)
    found = cases.select_related("landlord", "procedure", "resident", "representative", "handler")
    try:
        return found.get(reference=reference)
    except Case.DoesNotExist:
        raise Http404("There is no such case.") from None


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The landlord's name, the way about and who is signed in, for every template."""
    staff: Staff | None = getattr(request, "staff", None)
    if staff is None:
        return {"chrome": Chrome(landlord="Putright")}
    places = [Place("Queue", reverse("queue"), request.path == reverse("queue"))]
    return {
        "chrome": Chrome(
            landlord=staff.landlord.name,
            home_url=reverse("queue"),
            colour=staff.landlord.colour,
            places=places,
            user_name=staff.user.name,
            sign_out_url=reverse("sign_out"),
            search_url=reverse("queue"),
        )
    }
