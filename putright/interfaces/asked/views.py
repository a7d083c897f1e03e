"""The page of a signed link: one question for somebody outside, and a box for the answer. Nobody signs in.

Every link that is no good gets the same answer, and tries are counted as those at signing in are.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from complaint_rules.events import Actor
from putright.casework.act import NotDone
from putright.casework.answering import CannotKeep, answer
from putright.interfaces.pages.answers import AnswerForm, several_files
from putright.interfaces.pages.clients import client_of
from putright.interfaces.pages.doors import open_to_all
from putright.interfaces.pages.phrases import clock_time
from putright.record.accounts.queries import UNKNOWN
from putright.record.accounts.records import begin_try_of_link, forget_try_of_link
from putright.record.promises import links
from putright.record.promises.questions import Question, question_of


@open_to_all
@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_asked(request: HttpRequest, token: str) -> HttpResponse:
    """The question that a link is for, and its answer."""
    now, client = timezone.now(), client_of(request)
    until = begin_try_of_link(client, now)
    if until is not None:
        says = f"There were too many tries. Wait until {clock_time(until)}, then try again."
        return _no_good(request, says, status=429)
    asked = links.in_hand(token, now)
    if asked is None:
        return _no_good(request)
    forget_try_of_link(client)
    told = question_of(asked)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, request.FILES if posted is not None else None)
    if posted is not None and form.is_valid() and _answered(request, told, form):
        return render(request, "asked/thanks.html", _round(told))
    return render(request, "asked/page.html", {"form": form, "told": told, **_round(told)})


def _answered(request: HttpRequest, told: Question, form: AnswerForm) -> bool:
    by = Actor("asked", f"{UNKNOWN}{told.asked.whom}")
    words, name = form.cleaned_data["answer"], form.cleaned_data["answered_by"]
    try:
        answer(told, words, name, several_files(request), by=by, at=timezone.now(), key=form.key)
    except CannotKeep as problem:
        form.add_error("attached", str(problem))
        return False
    except NotDone:
        form.add_error(
            "answer", "This was not kept: the question may be answered already. Ask who sent you the link."
        )
        return False
    return True


def _round(told: Question) -> dict[str, object]:
    return {"from_whom": told.file.case.landlord.name, "today": timezone.localdate()}


def _no_good(request: HttpRequest, says: str = "", status: int = 404) -> HttpResponse:
    return render(request, "asked/no_good.html", {"says": says}, status=status)
