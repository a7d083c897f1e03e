"""Views of the queue that were saved: opening, saving, renaming and deleting them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from putright.interfaces.pages.forms import Form
from putright.interfaces.staff.queue.asked import Asked
from putright.interfaces.staff.queue.filters import ORDERS, Filters, People
from putright.interfaces.staff.queue.kept_views import KeptView, kept, of_roles, saved_by
from putright.interfaces.staff.queue.views import said
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts import saved_views
from putright.record.accounts.models import SavedView
from putright.record.cases import lists

FOR_ME, FOR_MY_TEAM = "me", "team"
TAKEN = "You have a view of this name already. Choose another name."


class NameForm(Form):
    """What a view is called."""

    name = forms.CharField(label="Name of the view", max_length=saved_views.LONGEST_NAME)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class SaveForm(NameForm):
    """What it is called, whose it is, and whether the queue opens with it."""

    whose = forms.ChoiceField(
        label="Who is it for?", widget=forms.RadioSelect, initial=FOR_ME, choices=[(FOR_ME, "For me")]
    )
    first = forms.BooleanField(label="Open the queue with it", required=False)

    def __init__(self, *args: Any, team: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if team:
            self.fields["whose"].choices = [  # type: ignore[attr-defined]
                (FOR_ME, "For me"),
                (FOR_MY_TEAM, f"For my team: {team}"),
            ]
        self.order_fields(["name", "whose", "first"])


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """Every view that stands ready for whoever asks, each with how many cases it holds."""
    staff, asked = staff_of(request), Asked.of(request, {})
    saved = saved_by(staff)
    first = saved_views.opens_with(saved, staff.user.pk)
    ready, roles = kept(saved, asked.people), of_roles(staff.roles, asked.people)
    counted = lists.counts({view.key: asked.listed(view.filters) for view in ready + roles})
    context = {
        "own": [_told(each, asked, counted, staff, first) for each in ready if not _of_team(each)],
        "team": [_told(each, asked, counted, staff, first) for each in ready if _of_team(each)],
        "team_name": staff.team,
        "roles": [_told(each, asked, counted, staff, first) for each in roles],
        "first": first,
    }
    return render(request, "staff/queue/views.html", context)


def _of_team(view: KeptView) -> bool:
    return view.saved is not None and bool(view.saved.team)


def _told(
    view: KeptView, asked: Asked, counted: dict[str, int], staff: Staff, first: SavedView | None
) -> dict[str, Any]:
    saved = view.saved
    own = saved is not None and saved_views.may_change(saved, staff.user.pk)
    return {
        "name": view.name,
        "count": said(counted[view.key]),
        "url": view.url,
        "says": in_words(view.filters, asked.people),
        "share_url": reverse("open_view", kwargs={"view": saved.pk}) if saved else "",
        "change_url": reverse("change_view", kwargs={"view": saved.pk}) if saved and own else "",
        "first": saved is not None and saved == first,
    }


def in_words(filters: Filters, people: People) -> str:
    """What a list is narrowed by, and its order."""
    found = [filters.said(name, people) for name, _ in filters.chosen()] or ["Everything that is due"]
    order = ORDERS[filters.order]
    return f"{'; '.join(found)}. {order}."


@require_safe
def open_view(request: HttpRequest, view: int) -> HttpResponse:
    """The list that a view holds. Its address can be sent on: whoever may not open it learns nothing of it."""
    staff, asked = staff_of(request), Asked.of(request, {})
    return redirect(kept([_seen(staff, view)], asked.people)[0].url)


@require_http_methods(["GET", "HEAD", "POST"])
def save_view(request: HttpRequest) -> HttpResponse:
    """Save the filters in the address under a name."""
    staff, asked = staff_of(request), Asked.of(request)
    query = asked.filters.query()
    form = SaveForm(request.POST or None, team=staff.team)
    if form.is_valid() and _saved(form, staff, query):
        messages.success(request, f"Saved: {form.cleaned_data['name']}.")
        return redirect(f"{reverse('queue')}?{query or 'view=all'}")
    context = {
        "form": form,
        "says": in_words(asked.filters, asked.people),
        "back_url": f"{reverse('queue')}?{query or 'view=all'}",
    }
    return render(request, "staff/queue/save_view.html", context)


def _saved(form: SaveForm, staff: Staff, query: str) -> bool:
    given = form.cleaned_data
    team = staff.team if given["whose"] == FOR_MY_TEAM else ""
    if len(query) > saved_views.LONGEST_QUERY:
        form.add_error(None, "These filters are too long to save. Search for fewer words.")
        return False
    try:
        saved_views.save(staff.landlord.pk, staff.user.pk, given["name"], query, team, given["first"])
    except saved_views.NameTaken:
        form.add_error("name", TAKEN)
    except saved_views.TooMany:
        form.add_error(None, f"You have {saved_views.MOST} views. Delete one to save another.")
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
def change_view(request: HttpRequest, view: int) -> HttpResponse:
    """Rename a view, delete it, or let the queue open with it. Only whoever saved it does."""
    staff = staff_of(request)
    found = _seen(staff, view)
    if not saved_views.may_change(found, staff.user.pk):
        raise Http404("There is no such view.")
    then = request.POST.get("then", "rename")
    if request.method == "POST" and then in _AT_ONCE:
        messages.success(request, _AT_ONCE[then](found))
        return redirect("saved_views")
    form = NameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid() and _renamed(form, found):
        messages.success(request, f"Renamed: {found.name}.")
        return redirect("saved_views")
    people = Asked.of(request, {}).people
    context = {
        "form": form,
        "view": found,
        "says": in_words(kept([found], people)[0].filters, people),
    }
    return render(request, "staff/queue/change_view.html", context)


def _renamed(form: NameForm, view: SavedView) -> bool:
    try:
        saved_views.rename(view, form.cleaned_data["name"])
    except saved_views.NameTaken:
        view.refresh_from_db()
        form.add_error("name", TAKEN)
    return form.is_valid()


def _delete(view: SavedView) -> str:
    saved_views.delete(view)
    return f"Deleted: {view.name}."


def _open_first(view: SavedView) -> str:
    saved_views.open_with(view)
    return f"The queue opens with {view.name}."


def _open_with_none(view: SavedView) -> str:
    saved_views.open_with(None, view.landlord_id, view.user_id)
    return "The queue opens with everything that is due."


_AT_ONCE = {"delete": _delete, "first": _open_first, "not_first": _open_with_none}


def _seen(staff: Staff, view: int) -> SavedView:
    """A view that this person may open; else 404, the same as for none at all."""
    found = saved_views.seen_by(staff.landlord.pk, staff.user.pk, staff.team)
    try:
        return found.get(pk=view)
    except (SavedView.DoesNotExist, OverflowError):
        raise Http404("There is no such view.") from None
