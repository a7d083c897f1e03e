"""The people who sign in at a landlord: who they are there, when they last came, and what lets them in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from putright.interfaces.pages.phrases import clock_time, long_day, short_day
from putright.interfaces.staff.administration import told
from putright.interfaces.staff.administration.forms import (
    InviteForm,
    KeyForm,
    PeopleFilter,
    PlaceForm,
    ReasonForm,
)
from putright.interfaces.staff.administration.front import STANDING_WORDS
from putright.interfaces.staff.administration.reach import changer, may_change, one_of, reader, tried
from putright.interfaces.staff.who import Staff
from putright.record.accounts import actions, queries
from putright.record.accounts.models import Membership, OneTimeLink

MOST_SHOWN = 200
HEAD = ["Name", "Roles", "Team", "Job title", "Last signed in", "State"]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who signs in here, or used to; narrowed by how they stand, their team, or their name."""
    staff = reader(request)
    now = timezone.now()
    form = PeopleFilter(request.GET, teams=queries.teams_at(staff.landlord.pk))
    form.is_valid()
    found = _narrowed(_members(staff), form.cleaned_data)
    wanted = form.cleaned_data.get("standing", "")
    members = [each for each in found if not wanted or queries.standing(each, now) == wanted]
    context = {
        "form": form,
        "head": HEAD,
        "table_rows": [_row(each, now) for each in members[:MOST_SHOWN]],
        "found": len(members),
        "most": MOST_SHOWN,
        "narrowed": bool(request.GET),
        "may_change": may_change(staff),
    }
    return render(request, "staff/administration/people.html", context)


def _members(staff: Staff) -> QuerySet[Membership]:
    found = Membership.objects.filter(landlord=staff.landlord).select_related("user")
    return found.order_by("user__name", "user_id")


def _narrowed(members: QuerySet[Membership], asked: dict[str, Any]) -> QuerySet[Membership]:
    if asked.get("name"):
        members = members.filter(user__name__icontains=asked["name"])
    if asked.get("team"):
        members = members.filter(team__iexact=asked["team"])
    return members


def _row(member: Membership, now: Any) -> list[Any]:
    today = timezone.localdate(now)
    address = reverse("administration_person", args=[member.user_id])
    last = member.user.last_login
    return [
        format_html('<a class="govuk-link" href="{}"><bdi>{}</bdi></a>', address, member.user.name),
        told.roles_in_words(member),
        format_html("<bdi>{}</bdi>", member.team) if member.team else "–",
        format_html("<bdi>{}</bdi>", member.title) if member.title else "–",
        short_day(last, today) if last else "Never",
        STANDING_WORDS[queries.standing(member, now)].capitalize(),
    ]


# One person


def _member(staff: Staff, number: int) -> Membership:
    return one_of(_members(staff).select_related("user", "landlord"), staff, user_id=number)


@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    """What somebody is here, what can be done, and what was."""
    staff = reader(request)
    member = _member(staff, number)
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "member": member,
        "rows": _facts(member, now),
        "own": staff.user.pk == member.user_id,
        "may_change": may_change(staff),
        "link": _open_link(member, now),
        "key_form": KeyForm(),
        "history": told.timeline(staff.landlord.pk, told.about(staff.landlord.pk, member.user_id), today),
    }
    return render(request, "staff/administration/person.html", context)


def _facts(member: Membership, now: Any) -> list[dict[str, Any]]:
    today = timezone.localdate(now)
    last = member.user.last_login
    signed_in = f"{long_day(last, today)} at {clock_time(last)}" if last else "Never"
    stands = STANDING_WORDS[queries.standing(member, now)].capitalize()
    if member.since is not None:
        stands += f", since {long_day(member.since, today)}"
    return [
        {"key": "State", "value": stands},
        {"key": "Email address", "value": member.user.email},
        {"key": "Roles", "value": told.roles_in_words(member)},
        {"key": "Team", "value": member.team},
        {"key": "Job title", "value": member.title},
        {"key": "How senior", "value": member.seniority.capitalize()},
        {"key": "Last signed in", "value": signed_in},
    ]


def _open_link(member: Membership, now: Any) -> OneTimeLink | None:
    links = OneTimeLink.objects.filter(landlord=member.landlord_id, user_id=member.user_id, ends_at__gt=now)
    return links.filter(used_at__isnull=True, taken_back_at__isnull=True).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the answer is the link to pass on."""
    staff = changer(request)
    form = InviteForm(
        request.POST if request.method == "POST" else None, teams=queries.teams_at(staff.landlord.pk)
    )
    if request.method == "POST" and form.is_valid():
        email, name = form.cleaned_data["email"], form.cleaned_data["name"]
        made = tried(
            form, staff, lambda **given: actions.invite(staff.landlord, email, name, form.place(), **given)
        )
        if made is not None:
            return _link_page(request, made[0], OneTimeLink.INVITATION, made[1])
    context = {"form": form, "teams_url": reverse("administration_team_describe")}
    return render(request, "staff/administration/invite.html", context)


def _link_page(request: HttpRequest, member: Membership, purpose: str, token: str) -> HttpResponse:
    """The link, which is shown this once; nothing of it where the same page was sent before."""
    address = request.build_absolute_uri(reverse("set_password", args=[token])) if token else ""
    context = {
        "member": member,
        "link": address,
        "invitation": purpose == OneTimeLink.INVITATION,
        "lasts": "7 days" if purpose == OneTimeLink.INVITATION else "1 hour",
    }
    return render(request, "staff/administration/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change roles, team, job title and rank."""
    staff = changer(request)
    member = _member(staff, number)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        teams=queries.teams_at(staff.landlord.pk),
        read_at=member.entry,
        initial={name: getattr(member, name) for name in ("roles", "team", "title", "seniority")},
    )
    if request.method == "POST" and form.is_valid():
        read_at, reason = form.cleaned_data["read_at"], form.cleaned_data["reason"]
        done = tried(
            form,
            staff,
            lambda **given: actions.change_place(
                member, form.place(), reason=reason, read_at=read_at, **given
            ),
        )
        if done is not None:
            messages.success(request, f"Saved. {member.user.name} is now: {told.roles_in_words(done)}.")
            return redirect("administration_person", number=number)
        form.read_again_at(_member(staff, number).entry)
    context = {"form": form, "member": member, "own": staff.user.pk == member.user_id}
    return render(request, "staff/administration/person_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def switch_off(request: HttpRequest, number: int) -> HttpResponse:
    """Switch somebody off, with the reason."""
    staff = changer(request)
    member = _member(staff, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, staff, lambda **given: actions.switch_off(member, reason=reason, **given)) is not None:
            messages.success(request, f"{member.user.name} is switched off. They are signed out now.")
            return redirect("administration_person", number=number)
    context = {"form": form, "member": member}
    return render(request, "staff/administration/person_off.html", context)


@require_POST
def switch_on(request: HttpRequest, number: int) -> HttpResponse:
    """Switch somebody on again."""
    staff = changer(request)
    member = _member(staff, number)
    return _pressed(request, staff, member, lambda **given: actions.switch_on(member, **given), _on_again)


def _on_again(member: Membership) -> str:
    if member.state == Membership.INVITED:
        return f"{member.user.name} is invited again. Make a link for them."
    return f"{member.user.name} can sign in again."


@require_POST
def end_links(request: HttpRequest, number: int) -> HttpResponse:
    """End every link of theirs that has not been used."""
    staff = changer(request)
    member = _member(staff, number)
    return _pressed(
        request,
        staff,
        member,
        lambda **given: actions.take_back_links(member, **given),
        lambda _: "The link is ended. Nobody can use it.",
    )


@never_cache
@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """A new link for somebody; the answer is the link to pass on."""
    staff = changer(request)
    member = _member(staff, number)
    form = KeyForm(request.POST)
    made = tried(form, staff, lambda **given: actions.new_link(member, **given)) if form.is_valid() else None
    if made is None:
        return _not_done(request, form, member)
    return _link_page(request, member, *made)


def _pressed(request: HttpRequest, staff: Staff, member: Membership, act: Any, says: Any) -> HttpResponse:
    form = KeyForm(request.POST)
    done = tried(form, staff, act) if form.is_valid() else None
    if done is None:
        return _not_done(request, form, member)
    messages.success(request, says(done))
    return redirect("administration_person", number=member.user_id)


def _not_done(request: HttpRequest, form: KeyForm, member: Membership) -> HttpResponse:
    for says in (str(each) for errors in form.errors.values() for each in errors):
        messages.error(request, says)
    return redirect("administration_person", number=member.user_id)
