"""One change of the calendar: what it would move, saving it, how far it has come, and whom a letter is owed."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from complaint_rules.events import Actor
from putright.interfaces.pages.phrases import long_day, short_day
from putright.interfaces.pages.words import clock_word
from putright.interfaces.staff.administration.calendar import title_of
from putright.interfaces.staff.administration.forms import KeyForm, ToldForm
from putright.interfaces.staff.administration.reach import (
    READS,
    actor,
    changer,
    may_change,
    one_of,
    reader,
    tried,
)
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.cases.lists import Mark
from putright.record.landlords.own_chain import NotForThisRole, NotPossible
from putright.upkeep.calendar_changes import actions
from putright.upkeep.calendar_changes.models import CalendarChange, MovedDay

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """What a change moves, first due first. Posted: look at more, save, or bring more cases up to it."""
    staff = changer(request) if request.method == "POST" else reader(request)
    found = one_of(CalendarChange.objects.select_related("day_off", "made_by"), staff, pk=number)
    form = KeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _go_on(form, staff, found)
        if not form.errors:
            return redirect("administration_change", number=number)
    return _page(request, staff, found, form)


def _go_on(form: KeyForm, staff: Staff, change: CalendarChange) -> None:
    """The next step of a change, whatever that is."""
    if change.state == CalendarChange.LOOKING:
        actions.look_on(change)
    if change.state == CalendarChange.LOOKED:
        saved = tried(form, staff, lambda **given: actions.save(change, **given))
        if saved is not None:
            actions.bring_on(saved, at=timezone.now())
    if change.state == CalendarChange.SAVING:
        actions.bring_on(change, at=timezone.now())


def _page(request: HttpRequest, staff: Staff, change: CalendarChange, form: KeyForm) -> HttpResponse:
    today = timezone.localdate()
    only = {"own": {"own": True}, "code": {"own": False}, "letters": {"told": True}}.get(
        request.GET.get("only", ""), {}
    )
    rows, older = _rows(change.moved.filter(**only), request.GET.get("after", ""))
    asked = {"only": request.GET["only"]} if only else {}
    how_many = change.moved.aggregate(
        days=Count("pk"),
        cases=Count("case", distinct=True),
        ours=Count("pk", filter=Q(own=True)),
        code=Count("pk", filter=Q(own=False)),
        letters=Count("pk", filter=Q(told=True)),
    )
    context = {
        "change": change,
        "title": title_of(change, today),
        "form": form,
        "may_change": may_change(staff),
        "how_many": how_many,
        "only": only,
        "head": ["Complaint", "What is due", "Was", "Is now" if change.saved_at else "Becomes", "Resident"],
        "table_rows": [_row(each, today) for each in rows],
        "older_url": f"?{_query({**asked, 'after': str(older)})}" if older else "",
        "first_url": f"?{_query(asked)}" if request.GET.get("after") else "",
    }
    return render(request, "staff/administration/change.html", context, status=409 if form.errors else 200)


def _query(asked: dict[str, str]) -> str:
    return urlencode(asked)


def _rows(moved: QuerySet[MovedDay], after: str) -> tuple[list[MovedDay], Mark | None]:
    """A page of what moves, and the row after which the next begins."""
    mark = Mark.read(after)
    if mark is not None:
        moved = moved.filter(new_on__gte=mark.day).filter(Q(new_on__gt=mark.day) | Q(pk__gt=mark.number))
    rows = list(moved.select_related("case").order_by("new_on", "pk")[: PAGE + 1])
    last = Mark(rows[PAGE - 1].new_on, rows[PAGE - 1].pk) if len(rows) > PAGE else None
    return rows[:PAGE], last


def _row(each: MovedDay, today: date) -> list[Any]:
    what = clock_word(each.clock)
    return [
        _case_link(each),
        f"{what}, our target" if each.own else what,
        short_day(each.old_on, today),
        short_day(each.new_on, today),
        _resident(each),
    ]


def _resident(each: MovedDay) -> str:
    if not each.told:
        return "Was not told this day"
    if each.settled_at is not None:
        return "Has been told"
    return "A letter is owed" if each.saved else "Was told: a letter will be owed"


def _case_link(each: MovedDay) -> Any:
    address = reverse("case", args=[each.case.reference])
    return format_html('<a class="govuk-link" href="{}">{}</a>', address, each.case.reference)


# Letters owed


def _sees_letters(request: HttpRequest) -> Staff:
    staff = staff_of(request)
    if not (READS | actions.SETTLES) & set(staff.roles):
        raise PermissionDenied("Your role does not read these pages.")
    return staff


def _may_settle(staff: Staff) -> bool:
    return bool(actions.SETTLES & set(staff.roles))


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The residents who were told a day that has moved and have not been told the new one, first due first."""
    staff = _sees_letters(request)
    today = timezone.localdate()
    rows, older = _rows(actions.letters_owed(staff.landlord.pk), request.GET.get("after", ""))
    may_settle = _may_settle(staff)
    context = {
        "head": [
            "Complaint",
            "What is due",
            "They were told",
            "It is now",
            *(["Then"] if may_settle else []),
        ],
        "table_rows": [_letter(each, today, may_settle) for each in rows],
        "older_url": f"?after={older}" if older else "",
        "first_url": reverse("administration_letters") if request.GET.get("after") else "",
        "administers": bool(READS & set(staff.roles)),
    }
    return render(request, "staff/administration/letters.html", context)


def _letter(each: MovedDay, today: date, may_settle: bool) -> list[Any]:
    row = _row(each, today)[:4]
    if may_settle:
        row.append(
            format_html(
                '<a class="govuk-link" href="{}">They have been told'
                '<span class="govuk-visually-hidden">: {}</span></a>',
                reverse("administration_letter", args=[each.pk]),
                each.case.reference,
            )
        )
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a resident has been told the new day, and how."""
    staff = _sees_letters(request)
    if not _may_settle(staff):
        raise PermissionDenied("Your role does not do this.")
    owed = one_of(MovedDay.objects.filter(told=True, saved=True).select_related("case"), staff, pk=number)
    form = ToldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _settle(form, staff, owed)
        if not form.errors:
            messages.success(request, f"Noted: {owed.case.reference}.")
            return redirect("administration_letters")
    today = timezone.localdate()
    context = {
        "form": form,
        "owed": owed,
        "what": clock_word(owed.clock),
        "old": long_day(owed.old_on, today),
        "new": long_day(owed.new_on, today),
    }
    return render(request, "staff/administration/letter.html", context)


def _settle(form: ToldForm, staff: Staff, owed: MovedDay) -> None:
    role = next(role for role in staff.roles if role in actions.SETTLES)
    by = actor(staff) if may_change(staff) else Actor("staff", staff.person, role)
    try:
        how, key = form.cleaned_data["how"], str(form.cleaned_data["key"])
        actions.settle(owed, how, by=by, at=timezone.now(), key=key)
    except (NotPossible, NotForThisRole) as problem:
        form.add_error("how", str(problem))
