"""Who is signed in, at which landlord, and what stands round every staff page.

Deny by default: a view is reached only by a member of a landlord, unless it is marked `open_to_all`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from complaint_rules import roles
from complaint_rules.events import Actor
from complaint_rules.procedure import CODE_DEFAULTS, Procedure
from complaint_rules.safe_contact import SEES
from putright.evidence.self_assessments import actions as self_assessments
from putright.interfaces.pages.chrome import Chrome, Place
from putright.interfaces.pages.doors import View
from putright.interfaces.pages.doors import open_to_all as open_to_all
from putright.interfaces.staff.sign_in import kept
from putright.record.accounts.models import Membership, User
from putright.record.accounts.signed_in import at_work
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.landlords.actions import READS
from putright.record.landlords.models import Landlord
from putright.record.people import rights

ADMINISTRATION = frozenset({"administrator", "auditor"})
"""The roles that read the pages of administration."""


@dataclass(frozen=True)
class Staff:
    """A member of staff at work: who they are, and what they may do at their landlord."""

    user: User
    landlord: Landlord
    roles: tuple[str, ...]
    team: str = ""
    elsewhere: bool = False  # they work for another landlord too

    @property
    def person(self) -> str:
        """How the journal names them."""
        return str(self.user.pk)

    def may(self, verb: str, procedure: Procedure = CODE_DEFAULTS) -> bool:
        """Whether any of their roles may do this."""
        return any(roles.may(Actor("staff", self.person, role), verb, procedure) for role in self.roles)

    def actor(self, verb: str, procedure: Procedure = CODE_DEFAULTS) -> Actor:
        """Them, in the role that may do this; in their first role where none may."""
        for role in self.roles:
            actor = Actor("staff", self.person, role)
            if roles.may(actor, verb, procedure):
                return actor
        return Actor("staff", self.person, self.roles[0] if self.roles else None)


class StaffMiddleware:
    """Lets only members of a landlord through, and puts them on the request as `request.staff`."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "staff", None) is not None:
            patch_cache_control(response, private=True)
        return response

    def process_view(
        self, request: HttpRequest, view: View, arguments: Any, keywords: Any
    ) -> HttpResponse | None:
        """Before any view: who is this?"""
        if getattr(view, "open_to_all", False):
            return None
        if not request.user.is_authenticated:
            return _ask_who(request)
        memberships = memberships_of(request)
        if not memberships:
            return render(request, "staff/sign_in/nowhere.html", status=403)
        chosen = chosen_of(request, memberships)
        if chosen is None:
            return redirect_to_login(request.get_full_path(), reverse("choose_landlord"))
        request.staff = Staff(  # type: ignore[attr-defined]
            request.user, chosen.landlord, tuple(chosen.roles), chosen.team, len(memberships) > 1
        )
        return None


def _ask_who(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return kept.ask_to_sign_in(request)
    return redirect_to_login(request.get_full_path(), reverse("sign_in"))


def memberships_of(request: HttpRequest) -> Sequence[Membership]:
    """Where whoever is signed in works, longest there first."""
    return at_work(cast(User, request.user))


def chosen_of(request: HttpRequest, memberships: Sequence[Membership]) -> Membership | None:
    """Where they work today; None where they have yet to choose. A choice never outlives its membership."""
    if len(memberships) == 1:
        return memberships[0]
    wanted = request.session.get("landlord")
    return next((each for each in memberships if each.landlord_id == wanted), None)


def staff_of(request: HttpRequest) -> Staff:
    """Who is at work. Only for views that are not open to all."""
    return cast(Staff, request.staff)  # type: ignore[attr-defined]


def case_of(request: HttpRequest, reference: str) -> Case:
    """The case of this reference at the landlord of whoever asks; else 404, the same as for no case at all."""
    landlord = staff_of(request).landlord
    found = of_landlord(landlord.pk).select_related("procedure", "resident", "representative")
    try:
        # PostgreSQL takes no NUL in a text, so no reference holds one.
        case = found.get(reference=reference.replace("\0", " "))
    except Case.DoesNotExist:
        raise Http404("There is no such case.") from None
    case.landlord = landlord  # known already, so it is not asked for again
    return case


def may_or_refuse(request: HttpRequest, verb: str) -> Staff:
    """Who is at work, where one of their roles does this; else 403."""
    staff = staff_of(request)
    if not staff.may(verb):
        raise PermissionDenied("Your role does not do this.")
    return staff


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The landlord's name, the way about, who is signed in, and what day it is, for every template."""
    staff: Staff | None = getattr(request, "staff", None)
    today = timezone.localdate()
    if staff is None:
        return {"chrome": _chrome_of_nowhere(request), "today": today}
    return {
        "chrome": Chrome(
            landlord=staff.landlord.name,
            home_url=reverse("my_work"),
            colour=staff.landlord.colour,
            places=_places(request, staff),
            user_name=staff.user.name,
            account_url=reverse("choose_landlord") if staff.elsewhere else "",
            sign_out_url=reverse("sign_out"),
            search_url=reverse("search"),
            search_text=request.GET.get("q", "")[:1000] if request.path == reverse("search") else "",
        ),
        "today": today,
    }


def _places(request: HttpRequest, staff: Staff) -> list[Place]:
    places = [
        _place(request, "My work", "my_work"),
        _place(request, "Queue", "queue"),
        _place(request, "Service requests", "service_requests"),
        _place(request, "All cases", "cases"),
    ]
    promises = reverse("promises")
    places.append(Place("Promises", promises, request.path.startswith(promises)))
    if not staff.may("receive"):  # whoever may, finds it on the page of a new complaint
        places.append(_place(request, "Pass on a complaint", "passed_on"))
    if SEES & set(staff.roles):
        places.append(_place(request, "Letters", "letters"))
    if rights.may(staff.roles, rights.DETAILS):
        people = reverse("people")
        places.append(Place("People", people, request.path.startswith(people)))
    if READS & set(staff.roles):
        procedure = reverse("procedure")
        places.append(Place("Procedure", procedure, request.path.startswith(procedure)))
    if self_assessments.READS & set(staff.roles):
        assessment = reverse("self_assessments")
        places.append(Place("Self-assessment", assessment, request.path.startswith(assessment)))
    if ADMINISTRATION & set(staff.roles):
        administration = reverse("administration")
        places.append(Place("Administration", administration, request.path.startswith(administration)))
    return places


def _place(request: HttpRequest, text: str, name: str) -> Place:
    return Place(text, reverse(name), request.path == reverse(name))


def _chrome_of_nowhere(request: HttpRequest) -> Chrome:
    """Before a landlord is known. Someone signed in can still go."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Chrome(landlord="")
    return Chrome(landlord="", user_name=user.name, sign_out_url=reverse("sign_out"), keys=False)
