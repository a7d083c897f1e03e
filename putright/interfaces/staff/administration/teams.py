"""The teams of a landlord: who is in them, who leads them, and what each owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from putright.interfaces.pages.phrases import short_day
from putright.interfaces.staff.administration.forms import KeyForm, TeamForm
from putright.interfaces.staff.administration.reach import changer, may_change, reader, tried
from putright.interfaces.staff.who import Staff
from putright.record.accounts import actions, queries
from putright.record.accounts.models import Membership, Team
from putright.record.cases.models import Owed

MOST_SHOWN = 100
LINK = '<a class="govuk-link" href="{}">{}</a>'


@dataclass(slots=True)
class Owes:
    """How many promises are owed in a name, and how many of them are late."""

    owed: int = 0
    late: int = 0

    def add(self, owed: int, late: int) -> None:
        self.owed, self.late = self.owed + owed, self.late + late


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every team, with its people and what it owes; and whoever else owes something."""
    staff = reader(request)
    landlord_id, today = staff.landlord.pk, localdate()
    described = {team.name.lower(): team for team in _teams(landlord_id).select_related("senior")}
    owes = _owes(landlord_id, today)
    names = queries.teams_at(landlord_id)
    people = _people(landlord_id)
    rows = [_row(name, described.get(name.lower()), people, owes) for name in names]
    context = {
        "head": [
            "Team",
            "What it is for",
            "Led by",
            _number("People"),
            _number("Promises owed"),
            _number("Late"),
        ],
        "table_rows": rows,
        "others": [
            [_owed_link(name, name), str(each.owed), str(each.late)] for name, each in sorted(owes.items())
        ],
        "others_head": ["Who", _number("Promises owed"), _number("Late")],
        "may_change": may_change(staff),
    }
    return render(request, "staff/administration/teams.html", context)


def _teams(landlord_id: int) -> QuerySet[Team]:
    return Team.objects.filter(landlord_id=landlord_id)


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}


def _people(landlord_id: int) -> dict[str, int]:
    members = (
        Membership.objects.filter(landlord_id=landlord_id).exclude(state=Membership.OFF).exclude(team="")
    )
    found: dict[str, int] = {}
    for team in members.values_list("team", flat=True):
        found[team.lower()] = found.get(team.lower(), 0) + 1
    return found


def _owes(landlord_id: int, today: date) -> dict[str, Owes]:
    """What is owed and not kept, by the name it was promised in. One statement."""
    owed = Owed.objects.filter(landlord_id=landlord_id, kept_on__isnull=True).order_by()
    counted = owed.values("owner").annotate(owed=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return {each["owner"]: Owes(each["owed"], each["late"]) for each in counted if each["owner"]}


def _row(name: str, team: Team | None, people: dict[str, int], owes: dict[str, Owes]) -> list[Any]:
    """A team as a row. What it owes is taken out of `owes`, so that the rest is owed by others."""
    total = Owes()
    for each in [name, *(team.former if team else [])]:
        found = owes.pop(each, Owes())
        total.add(found.owed, found.late)
    how_many = people.get(name.lower(), 0)
    address = f"{reverse('administration_people')}?{_query(team=name)}"
    return [
        _owed_link(name, name),
        format_html("<bdi>{}</bdi>", team.purpose) if team and team.purpose else "–",
        format_html("<bdi>{}</bdi>", team.senior.name) if team and team.senior else "–",
        format_html(LINK, address, how_many) if how_many else "0",
        _owed_link(name, total.owed) if total.owed else "0",
        _owed_link(name, total.late) if total.late else "0",
    ]


def _query(**asked: str) -> str:
    return urlencode(asked)


def _owed_link(name: str, text: Any) -> Any:
    return format_html(LINK, f"{reverse('administration_team')}?{_query(team=name)}", text)


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """One team, and the promises it owes, the first due first."""
    staff = reader(request)
    name = request.GET.get("team", "").replace("\0", "")[:120]
    known = queries.teams_at(staff.landlord.pk)
    names = queries.names_of_team(staff.landlord.pk, name)
    owed = Owed.objects.filter(landlord=staff.landlord, owner__in=names, kept_on__isnull=True)
    shown = list(owed.select_related("case").order_by("due_on", "pk")[: MOST_SHOWN + 1])
    if not shown and name not in known:
        raise Http404("There is no such team.")
    today = localdate()
    context = {
        "name": name,
        "team": _teams(staff.landlord.pk).filter(name__iexact=name).select_related("senior").first(),
        "is_team": name in known,
        "head": ["Complaint", "Promise", "Due", "Promised in the name of"],
        "table_rows": [_promise(each, today) for each in shown[:MOST_SHOWN]],
        "more": len(shown) > MOST_SHOWN,
        "most": MOST_SHOWN,
        "may_change": may_change(staff),
        "key_form": KeyForm(),
    }
    return render(request, "staff/administration/team.html", context)


def _promise(owed: Owed, today: date) -> list[Any]:
    due = short_day(owed.due_on, today)
    late = owed.due_on < today
    return [
        format_html(LINK, reverse("case", args=[owed.case.reference]), owed.case.reference),
        f"Promise {owed.number}",
        format_html('<span class="pr-late">{}, late</span>', due) if late else due,
        format_html("<bdi>{}</bdi>", owed.owner),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest) -> HttpResponse:
    """A new team; or another name, purpose or leader for one there is."""
    staff = changer(request)
    was = request.GET.get("team", "").replace("\0", "")[:100]
    if was and was not in queries.teams_at(staff.landlord.pk):
        raise Http404("There is no such team.")
    found = _teams(staff.landlord.pk).filter(name__iexact=was).first() if was else None
    form = TeamForm(
        request.POST if request.method == "POST" else None,
        people=_at_work(staff),
        read_at=found.entry if found else 0,
        initial={
            "name": was,
            "purpose": found.purpose if found else "",
            "senior": found.senior_id if found else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        made = tried(form, staff, lambda **given: _described(staff, form, was, given))
        if made is not None:
            messages.success(request, f"Saved: {made.name}.")
            return redirect(f"{reverse('administration_team')}?{_query(team=made.name)}")
        form.read_again_at(found.entry if found else 0)
    context = {"form": form, "was": was, "back": f"?{_query(team=was)}" if was else ""}
    return render(request, "staff/administration/team_describe.html", context)


def _described(staff: Staff, form: TeamForm, was: str, given: dict[str, Any]) -> Team:
    said = form.cleaned_data
    return actions.describe_team(
        staff.landlord,
        said["name"],
        purpose=said["purpose"],
        senior=said["senior"],
        was=was,
        read_at=said["read_at"],
        **given,
    )


def _at_work(staff: Staff) -> list[tuple[int, str]]:
    members = queries.at_work(staff.landlord.pk).order_by("user__name", "user_id")
    return list(members.values_list("user_id", "user__name"))


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """No longer offer a team that nobody is in."""
    staff = changer(request)
    name = request.GET.get("team", "").replace("\0", "")[:100]
    form = KeyForm(request.POST)
    if not form.is_valid():
        raise Http404("There is no such team.")
    tried(form, staff, lambda **given: actions.end_team(staff.landlord, name, **given))
    if form.errors:
        messages.error(request, " ".join(str(each) for each in form.non_field_errors()))
        return redirect(f"{reverse('administration_team')}?{_query(team=name)}")
    messages.success(request, f"{name} is no longer offered as a team.")
    return redirect("administration_teams")
