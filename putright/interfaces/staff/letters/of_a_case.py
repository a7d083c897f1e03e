"""The letters of a case: each as it was sent, read on the page, as the very file, or in Word."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from complaint_rules.safe_contact import SEES
from putright.interfaces.staff.case.views import file_of, heading
from putright.interfaces.staff.letters.lists import row
from putright.interfaces.staff.letters.serving import WORD, in_the_browser
from putright.interfaces.staff.who import Staff, case_of, staff_of
from putright.record.cases.models import Case
from putright.record.letters import letterheads, queries, records, web, word
from putright.record.letters.models import Letter

NOT_WHOLE = "The file that is stored is not the one that was sent. Tell whoever looks after the system."


@require_safe
def letter(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Read one letter. Where somebody has said what is safe, its address is not on the page."""
    staff, file = staff_of(request), file_of(request, reference)
    kept = _one(file.case, number)
    document, hidden = queries.document_of(kept), _address_is_hidden(kept)
    if document is not None and hidden:
        document = replace(document, to_lines=())
    context = heading(file) | {
        "today": localdate(),
        "letter": row(number, kept),
        "kept": kept,
        "html": web.html(document, level=2) if document is not None else "",
        "hidden": hidden,
        "may_open": not hidden or _sees(staff),
        "size": kept.size,
    }
    return render(request, "staff/letters/letter.html", context)


@require_safe
def file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The very bytes that were sent; 404 where what is stored is not that."""
    kept = _to_open(request, reference, number)
    try:
        content = records.content_of(kept)
    except (OSError, ValueError):
        raise Http404(NOT_WHOLE) from None
    return in_the_browser(content, kept.media_type, _name(reference, number))


@require_safe
def word_file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The letter in Word, made from the blocks that were kept, in the landlord's look."""
    kept = _to_open(request, reference, number)
    document = queries.document_of(kept)
    if document is None:
        raise Http404("This letter was finished in Word: only its file is kept.")
    look = letterheads.look_of(kept.landlord_id)
    return in_the_browser(word.word(document, look), WORD, _name(reference, number))


def _to_open(request: HttpRequest, reference: str, number: int) -> Letter:
    """A letter whose address this person may see; else 403, or 404 where there is none."""
    kept = _one(case_of(request, reference), number)
    if _address_is_hidden(kept) and not _sees(staff_of(request)):
        raise PermissionDenied("Your role does not do this.")
    return kept


def _one(case: Case, number: int) -> Letter:
    kept = queries.of_case(case.landlord_id, case.pk)
    if not 1 <= number <= len(kept):
        raise Http404("There is no such letter.")
    return kept[number - 1]


def _address_is_hidden(letter: Letter) -> bool:
    return letter.outgoing is not None and queries.address_is_sensitive(letter.outgoing.person)


def _sees(staff: Staff) -> bool:
    return bool(SEES & set(staff.roles))


def _name(reference: str, number: int) -> str:
    return f"{reference} letter {number}"
