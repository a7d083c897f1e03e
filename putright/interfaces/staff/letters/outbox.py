"""Letters to print: all that wait as one PDF, saying that they were posted, and what did not leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from complaint_rules.safe_contact import SEES
from putright.casework import posting
from putright.interfaces.pages.words import WAYS, action_word
from putright.interfaces.staff.letters.serving import PDF, in_the_browser
from putright.interfaces.staff.who import Staff, staff_of
from putright.record.correspondence import outbox
from putright.record.correspondence.models import Outgoing
from putright.record.letters import printing, queries, records
from putright.record.letters.models import Letter
from putright.record.letters.pdf import pdf

MOST = 200
"""How many letters are printed at once. The rest wait until these are posted."""
A_FEW = 50


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """What waits to be printed, what failed, what was stopped, and what was posted today. Seven statements."""
    staff = _who_may(request)
    landlord, today = staff.landlord.pk, localdate()
    waiting = _with_case(outbox.to_print(landlord))
    failed = _with_case(outbox.in_doubt(landlord))
    posted = _with_case(outbox.posted_on(landlord, today))
    numbers = letter_numbers([*waiting, *failed, *posted])
    context = {
        "today": today,
        "waiting": [_row(each, numbers) for each in waiting[:MOST]],
        "more": len(waiting) > MOST,
        "most": MOST,
        "failed": [_row(each, numbers) for each in failed[:A_FEW]],
        "stopped": [_row(each, {}) for each in outbox.stopped_ones(landlord, A_FEW)],
        "posted": [_row(each, numbers) for each in posted[:A_FEW]],
        "user": staff.user.pk,
    }
    return render(request, "staff/letters/outbox.html", context)


def _with_case(rows: QuerySet[Outgoing]) -> list[Outgoing]:
    return list(rows.select_related("case", "person")[: MOST + 1])


def letter_numbers(rows: Iterable[Outgoing]) -> dict[int, int]:
    """Under which number of its case each of these letters is read, by the number of what leaves. One statement."""
    cases = {each.case_id for each in rows if each.case_id is not None}
    found: dict[int, int] = {}
    places: dict[int, int] = {}
    kept = Letter.objects.filter(case__in=cases).order_by("pk").values_list("case", "outgoing")
    for case, outgoing in kept:
        places[case] = places.get(case, 0) + 1
        if outgoing is not None:
            found[outgoing] = places[case]
    return found


def _row(each: Outgoing, numbers: dict[int, int]) -> dict[str, Any]:
    """One of these as a list shows it: never where it goes."""
    return {
        "pk": each.pk,
        "who": str(each.person),
        "reference": each.case.reference if each.case else "",
        "letter": numbers.get(each.pk),
        "what": action_word(each.what),
        "way": WAYS.get(each.way, each.way),
        "day": localdate(each.made_at),
        "says": each.says,
        "done_at": each.done_at,
        "by": each.done_by_id,
    }


@require_POST
def print_them(request: HttpRequest) -> HttpResponse:
    """One PDF of the letters that were chosen, or of all. Each is asked of the gate again first."""
    staff, now = _who_may(request), timezone.now()
    rows = _with_case(_chosen(request, staff))[:MOST]
    if not rows:
        messages.warning(request, "Choose the letters to print.")
        return redirect("letters")
    asked = posting.ready(rows, staff.actor("acknowledge"), now)
    _say_what_is_left_out(request, asked)
    files = [_to_print(request, each.outgoing) for each in asked if each.answer.allowed]
    found = [each for each in files if each]
    if not found:
        return redirect("letters")
    return in_the_browser(printing.together(found), PDF, f"Letters to post {localdate(now).isoformat()}")


def _chosen(request: HttpRequest, staff: Staff) -> QuerySet[Outgoing]:
    waiting = outbox.to_print(staff.landlord.pk)
    return (
        waiting if "all" in request.POST else waiting.filter(pk__in=_numbers(request.POST.getlist("letter")))
    )


def _say_what_is_left_out(request: HttpRequest, asked: list[posting.Asked]) -> None:
    for each in asked:
        row = each.outgoing
        reference = f", {row.case.reference}" if row.case else ""
        if each.waits:
            messages.warning(request, f"{row.person}{reference}: not printed yet. {each.answer.says}")
        elif not each.answer.allowed:
            says = f"{row.person}{reference}: stopped. {each.answer.says} It stands on the list of what was stopped."
            messages.warning(request, says)


def _to_print(request: HttpRequest, row: Outgoing) -> bytes | None:
    """A letter as PDF: the very bytes that were kept, or its blocks where it was kept as plain text."""
    letter = Letter.objects.filter(outgoing=row, landlord=row.landlord_id).first()
    says = ""
    if letter is None:
        says = "there is no letter to print"
    elif letter.media_type == PDF:
        try:
            return records.content_of(letter)
        except (OSError, ValueError):
            says = "what is stored is not what was kept. Tell whoever looks after the system"
    else:
        document = queries.document_of(letter)
        if document is not None:
            return pdf(document)
        says = "it was finished in Word: open it from the case, and print it there"
    messages.error(request, f"{row.person}, {row.case.reference if row.case else ''}: {says}.")
    return None


@require_POST
def posted(request: HttpRequest) -> HttpResponse:
    """Say that these letters were posted."""
    staff, now = _who_may(request), timezone.now()
    numbers = _numbers(request.POST.getlist("letter"))
    done = posting.posted(staff.landlord.pk, numbers, staff.user, staff.actor("acknowledge"), now)
    if not done:
        messages.warning(request, "Choose the letters that were posted.")
        return redirect("letters")
    undo = reverse("letters_not_posted", query={"letter": ",".join(map(str, done))})
    says = "1 letter is marked as posted." if len(done) == 1 else f"{len(done)} letters are marked as posted."
    messages.success(request, says, extra_tags=undo)
    return redirect("letters")


@require_POST
def not_posted(request: HttpRequest) -> HttpResponse:
    """Take back that letters were posted: whoever said so, on the day they said it."""
    staff, now = _who_may(request), timezone.now()
    named = [*request.POST.getlist("letter"), *request.GET.get("letter", "").split(",")]
    back = posting.not_posted(staff.landlord.pk, _numbers(named), staff.user, staff.actor("acknowledge"), now)
    says = (
        f"Waiting again: {len(back)}." if back else "Nothing was changed. Only whoever marked it, today, can."
    )
    (messages.success if back else messages.warning)(request, says)
    return redirect("letters")


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Let something be sent again that failed."""
    staff = _who_may(request)
    numbers = _numbers([request.POST.get("letter", "")])
    by, now = staff.actor("acknowledge"), timezone.now()
    again = [each for each in numbers if posting.try_again(staff.landlord.pk, each, by, now)]
    says = "It is tried again." if again else "It had been tried again already."
    (messages.success if again else messages.warning)(request, says)
    return redirect("letters")


def _numbers(given: Iterable[str]) -> list[int]:
    return [int(each) for each in list(given)[:MOST] if each.isascii() and each.isdigit() and len(each) < 19]


def waiting(landlord_id: int) -> int:
    """How many letters wait to be printed, for My work. One statement."""
    return outbox.to_print(landlord_id).count()


def _who_may(request: HttpRequest) -> Staff:
    """Whoever posts letters sees where they go: only those who may open what is safe."""
    staff = staff_of(request)
    if not SEES & set(staff.roles):
        raise PermissionDenied("Your role does not do this.")
    return staff
