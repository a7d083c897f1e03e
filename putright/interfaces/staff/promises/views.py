"""What is owed: by each team, by one of them, by all; and what is late, for the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from putright.interfaces.staff.promises import lists
from putright.interfaces.staff.promises.rows import Drawing
from putright.interfaces.staff.promises.theirs import speaks_for
from putright.interfaces.staff.who import staff_of
from putright.record.accounts.models import Team
from putright.record.accounts.queries import names_of_team, teams_at
from putright.record.cases.lists import COUNTED, Mark, counts
from putright.record.landlords.queries import calendar

NOBODY = "nobody named"


def said(count: int) -> str:
    """A count as a heading says it, which stops at a bound."""
    return f"more than {COUNTED}" if count > COUNTED else str(count)


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with how much it owes, what of it is late, and what it has not agreed to."""
    staff, today = staff_of(request), timezone.localdate()
    names = teams_at(staff.landlord.pk)
    former = dict(Team.objects.filter(landlord=staff.landlord).values_list("name", "former"))
    parts: dict[str, Any] = {"all": lists.owed(staff.landlord.pk)}
    for name in names:
        parts |= _parts(name, lists.owed(staff.landlord.pk, [name, *former.get(name, ())]), today)
    parts |= _parts("", lists.owed(staff.landlord.pk, [""]), today)
    counted = counts(parts)
    rows = [_team(name, counted) for name in [*names, ""]]
    context = {
        "teams": [each for each in rows if each["name"] or each["open"]["count"] != "0"],
        "own": staff.team,
        "all": said(counted["all"]),
        "today": today,
    }
    return render(request, "staff/promises/teams.html", context)


def _parts(name: str, owed: Any, today: Any) -> dict[str, Any]:
    to_come = owed.filter(due_on__gte=today)
    return {
        f"open:{name}": owed,
        f"late:{name}": owed.filter(due_on__lt=today),
        f"yes:{name}": to_come.filter(agreed=""),
    }


def _team(name: str, counted: Any) -> dict[str, Any]:
    url = reverse("promises_of_team", args=[name or NOBODY])
    return {
        "name": name,
        "url": url,
        "open": {"count": said(counted[f"open:{name}"]), "url": url},
        "late": {"count": said(counted[f"late:{name}"]), "url": f"{url}?show={lists.LATE}"},
        "yes": {"count": said(counted[f"yes:{name}"]), "url": f"{url}?show={lists.NEEDS_YES}"},
    }


@require_safe
def of_team(request: HttpRequest, team: str) -> HttpResponse:
    """What one team owes: late, what it has not agreed to, soon, later. One group alone where `show` names it."""
    staff = staff_of(request)
    team = team.replace("\0", " ")
    if team == NOBODY:
        return _page(request, "Nobody", [""], reverse("promises_of_team", args=[NOBODY]))
    known = {name.casefold(): name for name in teams_at(staff.landlord.pk)}
    name = known.get(team.casefold())
    if name is None:
        raise Http404("There is no such team.")
    owners = names_of_team(staff.landlord.pk, name)
    return _page(request, name, owners, reverse("promises_of_team", args=[name]))


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What the landlord owes, whoever must keep it."""
    return _page(request, staff_of(request).landlord.name, None, reverse("promises_all"))


def _page(request: HttpRequest, who: str, owners: Sequence[str] | None, here: str) -> HttpResponse:
    staff, today = staff_of(request), timezone.localdate()
    days = calendar(staff.landlord)
    owed = lists.owed(staff.landlord.pk, owners)
    groups = lists.groups(owed, today, days)
    show = request.GET.get("show", "")
    one = show if show in groups else ""
    after = Mark.read(request.GET.get("after", "")) if one else None
    pages = {
        name: lists.page(found, after, lists.PAGE if one else lists.SHOWN)
        for name, found in groups.items()
        if not one or name == one
    }
    parts: dict[str, Any] = {**groups, "open": owed}
    if owners is not None:
        parts["kept"] = lists.kept_since(staff.landlord.pk, owners, today.replace(day=1))
    counted = counts(parts)
    back = f"{here}?show={one}" if one else here
    drawing = Drawing(staff, today, days, speaks_for(staff), back)
    drawn = drawing.rows([each for page in pages.values() for each in page.owed])
    sections, taken = [], 0
    for name, page in pages.items():
        rows = drawn[taken : taken + len(page.owed)]
        taken += len(page.owed)
        if rows or one:
            more = page.after is not None and not one
            sections.append(
                {
                    "name": name,
                    "title": _title(name, who, owners),
                    "count": said(counted[name]),
                    "rows": rows,
                    "all_url": f"{here}?show={name}" if more else "",
                }
            )
    last = pages[one].after if one else None
    context = {
        "who": who,
        "count": said(counted["open"]),
        "kept": said(counted["kept"]) if "kept" in counted else "",
        "sections": sections,
        "one": one,
        "here": here,
        "show_owner": owners is None,
        "first_url": back if after else "",
        "older_url": f"{back}&after={last}" if last else "",
        "today": today,
    }
    return render(request, "staff/promises/page.html", context)


def _title(name: str, who: str, owners: Sequence[str] | None) -> str:
    if name == lists.NEEDS_YES and (owners is None or owners == [""]):
        return "Nobody has said yet that it can be done"
    return lists.TITLES[name]


@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """Every promise that has missed its day, the longest first, with how many each team has missed."""
    staff, today = staff_of(request), timezone.localdate()
    days = calendar(staff.landlord)
    missed = lists.owed(staff.landlord.pk).filter(due_on__lt=today)
    names = teams_at(staff.landlord.pk)
    former = dict(Team.objects.filter(landlord=staff.landlord).values_list("name", "former"))
    parts: dict[str, Any] = {"all": missed}
    parts |= {f"late:{name}": missed.filter(owner__in=[name, *former.get(name, ())]) for name in names}
    counted = counts(parts)
    after = Mark.read(request.GET.get("after", ""))
    page = lists.page(missed, after)
    here = reverse("promises_late")
    drawing = Drawing(staff, today, days, speaks_for(staff), here)
    context = {
        "count": said(counted["all"]),
        "teams": [
            {
                "name": name,
                "count": said(counted[f"late:{name}"]),
                "url": f"{reverse('promises_of_team', args=[name])}?show={lists.LATE}",
            }
            for name in names
            if counted[f"late:{name}"]
        ],
        "rows": drawing.rows(page.owed),
        "first_url": here if after else "",
        "older_url": f"{here}?after={page.after}" if page.after else "",
        "today": today,
    }
    return render(request, "staff/promises/late.html", context)
