"""Finding somebody, adding somebody, and the page of one person. What is sensitive is opened by a press."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from putright.interfaces.staff.people import told
from putright.interfaces.staff.people.forms import SOMEONE_NEW, FindForm, NewPersonForm
from putright.interfaces.staff.people.reach import actor, at_work, person_of, sees_what_is_safe
from putright.interfaces.staff.who import Staff
from putright.record.people import actions, looking, queries, rights, safe_contact
from putright.record.people.models import Person
from putright.record.people.queries import MOST_FOUND

# Finding


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Who it may be: by name, address, email address, telephone, UPRN, or what another system calls them."""
    staff = at_work(request)
    form = FindForm(request.GET)
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:300]
    people = found(staff, text) if text else []
    context = {
        "form": form,
        "text": text,
        "people": rows(staff, text, people[:MOST_FOUND]),
        "more": len(people) > MOST_FOUND,
        "may_add": rights.may(staff.roles, rights.CHANGE_DETAILS),
        "may_see_looks": rights.may(staff.roles, rights.LOOKED),
    }
    return render(request, "staff/people/find.html", context)


def found(staff: Staff, text: str) -> list[Person]:
    """The people a text may mean; one more than MOST_FOUND for more than that."""
    landlord = staff.landlord.pk
    people: dict[int, Person] = {}
    for each in queries.referred_to(landlord, text):
        if each.person is not None:
            people.setdefault(each.person.pk, queries.kept_of(each.person))
        elif each.home is not None:
            people |= {
                living.person_id: living.person for living in queries.who_lives_at(each.home, localdate())
            }
    digits = "".join(text.split())
    for home in queries.homes_with_uprn(landlord, digits) if digits.isdecimal() else []:
        people |= {living.person_id: living.person for living in queries.who_lives_at(home, localdate())}
    for person in queries.likely(landlord, text, "", text if "@" in text else "", text):
        people.setdefault(person.pk, person)
    return list(people.values())[: MOST_FOUND + 1]


def rows(staff: Staff, text: str, people: list[Person]) -> list[dict[str, Any]]:
    """Lines of a list of people. Of those who said what is safe the address stands on none.

    Whoever may not open what is safe finds them by their name alone.
    """
    guarded = queries.under_safe_contact(staff.landlord.pk, people)
    sees = rights.may(staff.roles, rights.SAFE_CONTACT)
    return [
        {
            "name": str(each),
            "address": "" if each.pk in guarded else each.address,
            "href": reverse("person", args=[each.pk]),
        }
        for each in people
        if sees or each.pk not in guarded or queries.named(each, text)
    ]


# Adding


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add somebody, once it is said that they are none of those who look like them."""
    staff = at_work(request, rights.CHANGE_DETAILS)
    form = NewPersonForm(request.POST or None, initial={"name": request.GET.get("name", "")[:200]})
    who = {name: _typed(form, name) for name in ("name", "address", "email", "telephone")}
    alike = queries.likely(staff.landlord.pk, **who)[:MOST_FOUND] if request.method == "POST" else []
    form.offer(alike, queries.under_safe_contact(staff.landlord.pk, alike))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("sure") or SOMEONE_NEW
        if chosen != SOMEONE_NEW:
            return redirect("person", number=int(chosen))
        try:
            person = actions.add_person(
                staff.landlord,
                form.cleaned_data,
                by=actor(staff, rights.CHANGE_DETAILS),
                at=timezone.now(),
                key=str(form.cleaned_data["key"]),
            )
        except actions.NotPossible as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.says)
        else:
            messages.success(request, f"{person} is added.")
            return redirect("person", number=person.pk)
    return render(request, "staff/people/new.html", {"form": form})


def _typed(form: NewPersonForm, name: str) -> str:
    value = form[name].value()
    return " ".join(value.replace("\0", " ").split()) if isinstance(value, str) else ""


# One person


@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person. A record that was joined into another leads to that one."""
    staff = at_work(request)
    found = person_of(staff, number)
    if found.joined_into_id is not None:
        return redirect("person", number=found.joined_into_id)
    return page(request, staff, found)


@never_cache
@require_POST
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The same page with what is sensitive open: each look is written down, a look again at once only once."""
    staff = at_work(request)
    found = person_of(staff, number)
    if found.joined_into_id is not None:
        return redirect("person", number=found.joined_into_id)
    opened = {what for what in rights.SENSITIVE if rights.may(staff.roles, what)}
    if not sees_what_is_safe(staff, found):
        opened.discard(rights.SAFE_CONTACT)
    for what in sorted(opened):
        looking.look(found, what, by=actor(staff, what), at=timezone.now())
    return page(request, staff, found, frozenset(opened))


def page(
    request: HttpRequest, staff: Staff, person: Person, opened: frozenset[str] = frozenset()
) -> HttpResponse:
    """The page of a person, with what was opened."""
    today = localdate()
    homes = queries.homes_of(person)
    living = told.living_now(homes, today)
    rows, more = told.complaints(person, today)
    secret = told.sensitive(staff, person, opened, today)
    hidden = safe_contact.is_under(person) and not secret.may_safe
    may = {right: rights.may(staff.roles, right) for right in rights.MAY}
    context = {
        "person": person,
        "who": str(person) if hidden else told.who(person, living),
        "hidden": hidden,
        "may": may | {rights.CHANGE_SAFE_CONTACT: may[rights.CHANGE_SAFE_CONTACT] and secret.may_safe},
        "may_complain": staff.may("receive"),
        "details": [] if hidden else told.details(person, may[rights.CHANGE_DETAILS]),
        "home": [] if hidden else told.home(person, living, may[rights.CHANGE_DETAILS]),
        "lived": [] if hidden else told.lived(homes, today),
        "household": [] if hidden else told.household(person, living, today),
        "complaints": rows,
        "more_complaints": more,
        "representatives": told.representatives(person, today, may[rights.CHANGE_AUTHORITY]),
        "acts_for": told.acts_for(person, today),
        "references": told.references(person, living),
        "joined": told.joined(person, today, may[rights.JOIN]),
        "sensitive": secret,
    }
    return render(request, "staff/people/person.html", context)
