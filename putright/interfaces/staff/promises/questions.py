"""What was asked of others and is not answered: whose it is to answer, to chase, and the page of one question."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaint_rules import asking as rules
from complaint_rules.events import Actor
from putright.casework.act import NotDone
from putright.casework.answering import CannotKeep, answer, verb_for
from putright.interfaces.pages.answers import AnswerForm, several_files
from putright.interfaces.staff.case.timeline import may_read_advice
from putright.interfaces.staff.promises.ask import BY_LINK, VERB, link_page
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.accounts.models import Membership, Team
from putright.record.accounts.queries import names_of_team
from putright.record.cases.lists import Mark
from putright.record.landlords.queries import calendar
from putright.record.promises import links
from putright.record.promises.models import Asked
from putright.record.promises.questions import Question, question_of

PAGE = 50


def waiting(landlord_id: int) -> QuerySet[Asked]:
    """What nobody has answered."""
    return Asked.objects.filter(landlord=landlord_id, answered_on__isnull=True, taken_back_at__isnull=True)


def to_answer(staff: Staff) -> Q:
    """The questions that are theirs to answer: put to them, or to their team."""
    found = Q(user=staff.user)
    if staff.team:
        found |= Q(of=Asked.TEAM, whom__in=names_of_team(staff.landlord.pk, staff.team))
    return found


def to_chase(staff: Staff, and_own: bool = False) -> Q:
    """The ones that come to somebody when they are late: as the senior person of the team asked, or of the team of
    whoever was asked or asked somebody outside; with `and_own`, as whoever asked.
    """
    own = Q(asked_by=staff.user) if and_own else Q(pk__in=())
    led = list(Team.objects.filter(landlord=staff.landlord, senior=staff.user).values_list("name", flat=True))
    if not led:
        return own
    people = Membership.objects.filter(landlord=staff.landlord, team__in=led).values("user")
    by_link = Q(of__in=BY_LINK, asked_by__in=people)
    return own | Q(of=Asked.TEAM, whom__in=led) | Q(user__in=people) | by_link


def may_see(staff: Staff) -> QuerySet[Asked]:
    """The questions somebody may open: all of them, whoever answers complaints; else what is theirs."""
    found = Asked.objects.filter(landlord=staff.landlord)
    if staff.may(VERB):
        return found
    return found.filter(to_answer(staff) | to_chase(staff))


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the soonest wanted first. One page walks the index."""
    staff, today = staff_of(request), timezone.localdate()
    days = calendar(staff.landlord)
    found = may_see(staff).filter(answered_on__isnull=True, taken_back_at__isnull=True)
    after = Mark.read(request.GET.get("after", ""))
    if after is not None:
        beyond = Q(answer_by__gt=after.day) | Q(answer_by=after.day, id__gt=after.number)
        found = found.filter(Q(answer_by__gte=after.day) & beyond)
    rows = list(found.select_related("case", "asked_by").order_by("answer_by", "id")[: PAGE + 1])
    here, last = reverse("questions"), rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "rows": [row(each, today, days) for each in rows[:PAGE]],
        "first_url": here if after else "",
        "older_url": f"{here}?after={Mark(last.answer_by, last.pk)}" if last else "",
        "today": today,
    }
    return render(request, "staff/promises/questions.html", context)


def row(asked: Asked, today: Any, days: Any) -> dict[str, Any]:
    """One question as a list shows it; its words are on its own page."""
    return {
        "number": asked.pk,
        "href": reverse("question", args=[asked.pk]),
        "whom": asked.whom,
        "reference": asked.case.reference,
        "asked_by": asked.asked_by.name if asked.asked_by else "",
        "asked_on": asked.asked_on,
        "answer_by": asked.answer_by,
        "away": days.away(asked.answer_by, today),
        "late": asked.answer_by < today,
    }


def _one(staff: Staff, number: int) -> Asked:
    found = may_see(staff).filter(pk=number) if number < 2**63 else Asked.objects.none()
    asked = found.select_related("landlord", "case", "asked_by").first()
    if asked is None:
        raise Http404("There is no such question.")
    return asked


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question: what it is, and a box for the answer, which whoever answers complaints may write down too."""
    staff, today = staff_of(request), timezone.localdate()
    asked = _one(staff, number)
    told = question_of(asked)
    if asked.of == rules.LAWYER and not may_read_advice(told.file, staff):
        raise Http404("There is no such question.")
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, request.FILES if posted is not None else None, inside=True)
    if posted is not None and form.is_valid() and _answered(request, staff, told, form):
        messages.success(request, "Answered. It stands on the case.")
        return redirect("questions")
    context = {
        "form": form,
        "asked": asked,
        "told": told,
        "waits": links.waits(asked),
        "row": row(asked, today, calendar(staff.landlord)),
        "may_ask": staff.may(VERB),
        "by_link": asked.of in links.BY_LINK,
        "has_link": bool(asked.digest) and (asked.ends_at or timezone.now()) > timezone.now(),
        "today": today,
    }
    return render(request, "staff/promises/question.html", context)


def _answered(request: HttpRequest, staff: Staff, told: Question, form: AnswerForm) -> bool:
    verb = verb_for(told)
    by = staff.actor(verb) if staff.may(verb) else Actor("asked", staff.person)
    words = form.cleaned_data["answer"]
    try:
        answer(told, words, "", several_files(request), by=by, at=timezone.now(), key=form.key)
    except (CannotKeep, NotDone) as problem:
        form.add_error("attached" if isinstance(problem, CannotKeep) else "answer", str(problem))
        return False
    return True


@require_POST
def new_link(request: HttpRequest, number: int) -> HttpResponse:
    """A new link to a question; the answer is the link to pass on. Any before it ends."""
    staff = _who_asks(request)
    asked = _one(staff, number)
    token = links.make(asked, by=staff.actor(VERB), at=timezone.now())
    return link_page(request, asked, token)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """It need not be answered any more; its link ends."""
    staff = _who_asks(request)
    asked = _one(staff, number)
    if links.take_back(asked, by=staff.actor(VERB), at=timezone.now()):
        messages.success(request, "Taken back. Its link does not work any more.")
    else:
        messages.warning(request, "It was answered or taken back already.")
    return redirect("questions")


def _who_asks(request: HttpRequest) -> Staff:
    staff = staff_of(request)
    if not staff.may(VERB):
        raise PermissionDenied("Your role does not do this.")
    return staff
