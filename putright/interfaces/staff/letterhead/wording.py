"""The wording of a letter as blocks: written as a draft beside its preview, and put in force from a day on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from putright.interfaces.pages.phrases import long_day
from putright.interfaces.staff.actions.forms import quiet
from putright.interfaces.staff.administration.reach import changer, may_change, one_of, reader, tried
from putright.interfaces.staff.letterhead.forms import InForceForm, PieceForm, WordingForm, typed_in
from putright.interfaces.staff.letterhead.views import called
from putright.interfaces.staff.who import Staff
from putright.record.letters import actions, records, samples, templates, web
from putright.record.letters.compose import Missing
from putright.record.letters.models import Wording
from putright.record.letters.templates import MOST_PIECES, BadTemplate
from putright.record.letters.told import GAPS


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft from what is in force today: the landlord's own wording, else ours."""
    staff, today = changer(request), localdate()
    kind, stage = request.POST.get("kind", ""), request.POST.get("stage", "")
    ours = next((e for e in templates.own_wording() if e.kind == kind and str(e.stage or "") == stage), None)
    if ours is None:
        raise Http404("There is no such letter.")
    found, _ = records.wording_for(staff.landlord, kind, ours.stage, "", today)
    document = templates.as_data(found) | ({"stage": ours.stage} if ours.stage else {})
    form = WordingForm({"title": found.title, "was": "-", "key": request.POST.get("key", "")})
    if not form.is_valid():
        raise Http404("There is no such letter.")
    made = tried(
        form,
        staff,
        lambda **given: actions.begin_wording(staff.landlord, document, user=staff.user, **given),
    )
    if made is None:
        raise Http404("There is no such letter.")
    messages.success(request, "This is a draft. Nothing is written in it until you put it in force.")
    return redirect("wording", number=made.number)


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, number: int) -> HttpResponse:
    """Read a wording beside its preview; write it, as long as it is a draft."""
    staff = reader(request)
    kept = one_of(Wording.objects.select_related("landlord"), staff, number=number)
    if request.method != "POST" or kept.in_force_on is not None:
        return _draw(request, staff, kept, _form(kept), _pieces(kept.document["pieces"]), kept.document)
    changer(request)
    form = WordingForm(request.POST)
    pieces = _posted(request)
    valid = all([form.is_valid(), *(each.is_valid() for each in pieces)])
    do = request.POST.get("do", "save")
    if do != "save":
        moved = _moved([_as_typed(each) for each in pieces], do)
        return _draw(
            request, staff, kept, quiet(form), [_piece_form(n, each) for n, each in enumerate(moved)], None
        )
    if valid:
        document = _document(kept, form, pieces)
        try:
            saved = tried(
                form,
                staff,
                lambda **given: actions.edit_wording(kept, document, was=form.cleaned_data["was"], **given),
            )
        except BadTemplate as problem:
            _mark(form, pieces, problem)
            saved = None
        if saved is not None:
            messages.success(request, "Saved.")
            return redirect("wording", number=number)
    return _draw(request, staff, kept, form, pieces, None)


def _form(kept: Wording) -> WordingForm:
    return WordingForm(
        initial={"title": kept.document["title"], "edition": kept.edition, "was": actions.digest(kept)}
    )


def _pieces(given: list[dict[str, str]]) -> list[PieceForm]:
    return [_piece_form(number, typed_in(each)) for number, each in enumerate(given)]


def _piece_form(number: int, typed: dict[str, Any]) -> PieceForm:
    return PieceForm(prefix=f"piece-{number + 1}", initial=typed)


def _posted(request: HttpRequest) -> list[PieceForm]:
    count = request.POST.get("pieces", "0")
    many = min(int(count), MOST_PIECES) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return [PieceForm(request.POST, prefix=f"piece-{number}") for number in range(1, many + 1)]


def _as_typed(form: PieceForm) -> dict[str, Any]:
    return {name: form.data.get(form.add_prefix(name), "") for name in form.fields}


def _moved(pieces: list[dict[str, Any]], do: str) -> list[dict[str, Any]]:
    """The pieces after a button was pressed: "up-2", "down-2", "remove-2", "add-2" (after the second; 0: first)."""
    what, _, text = do.partition("-")
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
    found = list(pieces)
    if what == "add" and 0 <= place <= len(found) < MOST_PIECES:
        found.insert(place, {"what": "text"})
    elif what == "remove" and 1 <= place <= len(found):
        del found[place - 1]
    elif what == "up" and 2 <= place <= len(found):
        found[place - 2], found[place - 1] = found[place - 1], found[place - 2]
    elif what == "down" and 1 <= place < len(found):
        found[place], found[place - 1] = found[place - 1], found[place]
    return found


def _document(kept: Wording, form: WordingForm, pieces: list[PieceForm]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": kept.kind,
        "title": form.cleaned_data["title"].replace("\0", ""),
        "pieces": [each.piece() for each in pieces],
        "edition": form.cleaned_data["edition"],
    }
    return found | ({"stage": kept.stage} if kept.stage else {})


def _mark(form: WordingForm, pieces: list[PieceForm], problem: BadTemplate) -> None:
    """Put what is wrong beside the piece it is wrong in."""
    if 1 <= problem.where <= len(pieces):
        piece = pieces[problem.where - 1]
        piece.add_error("part" if piece.cleaned_data["what"] == "part" else "words", problem.says)
    else:
        form.add_error("title" if "gap" in problem.says or "title" in problem.says else None, problem.says)


def _draw(
    request: HttpRequest,
    staff: Staff,
    kept: Wording,
    form: Any,
    pieces: list[PieceForm],
    document: Any,
    in_force_form: InForceForm | None = None,
) -> HttpResponse:
    today = localdate()
    draft = kept.in_force_on is None
    in_force_form = in_force_form or InForceForm(today=today, initial={"was": actions.digest(kept)})
    context = _preview(staff, kept, document or kept.document) | {
        "kept": kept,
        "name": called(kept.kind, kept.stage),
        "form": form,
        "forms": [form, *pieces, in_force_form],
        "pieces": pieces,
        "is_saved": document is not None,
        "may_change": may_change(staff) and draft,
        "from_day": long_day(kept.in_force_on, today) if kept.in_force_on else "",
        "in_force_form": in_force_form,
        "gaps": [(name, gap.label, gap.sample) for name, gap in GAPS.items()],
        "today": today,
    }
    return render(request, "staff/letterhead/wording.html", context)


def _preview(staff: Staff, kept: Wording, document: Any) -> dict[str, Any]:
    """The letter of the samples, and what it never says."""
    head, today = records.letterhead(staff.landlord), localdate()
    try:
        template = templates.template(document)
        html = web.html(samples.letter(staff.landlord, head, template, today), level=3)
        lacks = samples.never_said(staff.landlord, head, template, today)
    except (BadTemplate, Missing) as problem:
        return {"preview": "", "cannot": str(problem), "lacks": []}
    return {"preview": html, "cannot": "", "lacks": lacks}


@require_POST
def in_force(request: HttpRequest, number: int) -> HttpResponse:
    """Write letters in this wording from a day on."""
    staff = changer(request)
    kept = one_of(Wording.objects.select_related("landlord"), staff, number=number)
    form = InForceForm(request.POST, today=localdate())
    if form.is_valid():
        said = form.cleaned_data
        done = tried(
            form, staff, lambda **given: actions.put_in_force(kept, said["day"], was=said["was"], **given)
        )
        if done is not None:
            messages.success(request, "Letters are written in this wording from that day on.")
            return redirect("wording", number=number)
    pieces = _pieces(kept.document["pieces"])
    answer = _draw(request, staff, kept, _form(kept), [*pieces], kept.document, form)
    return answer
