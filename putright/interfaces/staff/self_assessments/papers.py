"""The register of papers that support the self-assessment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from putright.evidence.self_assessments import actions, queries
from putright.evidence.self_assessments.evidence import standing
from putright.evidence.self_assessments.models import Paper
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.self_assessments.forms import EndForm, PaperForm
from putright.interfaces.staff.self_assessments.reach import (
    MOST_NUMBER,
    actor,
    answerer,
    may_answer,
    reader,
)
from putright.interfaces.staff.who import Staff
from putright.record.correspondence import files
from putright.record.landlords.own_chain import NotPossible

REACHABLE = {"yes": True, "no": False, "": None}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every paper in the register, what it supports and how far it still can."""
    staff = reader(request)
    today = localdate()
    context = {
        "papers": [
            {
                "row": each,
                "kind": told.KINDS[each.kind],
                "standing": standing(each, today),
                "says": told.STANDINGS[standing(each, today)],
                "supports": sorted({(one.edition, one.provision) for one in each.supports.all()}),
                "web": each.address if each.address.lower().startswith(("https://", "http://")) else "",
            }
            for each in queries.papers(staff.landlord.pk)
        ],
        "may_answer": may_answer(staff),
    }
    return render(request, "staff/self_assessments/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, paper: int | None = None) -> HttpResponse:
    """Add a paper, or write one anew."""
    staff = answerer(request)
    found = _paper(staff, paper) if paper is not None else None
    posted = request.POST if request.method == "POST" else None
    form = PaperForm(posted, request.FILES or None, initial=_initial(found, request))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(staff, found, form.cleaned_data)
        except (NotPossible, files.NotKept) as problem:
            field = getattr(problem, "field", "file")
            form.add_error(field if field in form.fields else None, str(problem))
        else:
            messages.success(request, "The register is saved.")
            return redirect("self_assessment_papers")
    context = {"form": form, "paper": found, "others": _others(found, form)}
    return render(request, "staff/self_assessments/paper.html", context)


def _paper(staff: Staff, number: int) -> Paper:
    own = Paper.objects.filter(landlord=staff.landlord, ended_on__isnull=True)
    found = own.filter(pk=number).first() if number <= MOST_NUMBER else None
    if found is None:
        raise Http404("There is no such paper.")
    return found


def _initial(found: Paper | None, request: HttpRequest) -> dict[str, Any]:
    if found is None:
        asked = {name: request.GET.get(name, "")[:20].replace("\0", "") for name in ("supports", "edition")}
        return {name: value for name, value in asked.items() if value}
    said = {True: "yes", False: "no", None: ""}
    names = ("kind", "title", "section", "owner", "dated_on", "review_on", "address", "note")
    pairs = list(found.supports.order_by("pk").values_list("edition", "provision"))
    shown = {name: getattr(found, name) for name in names} | {"reachable": said[found.reachable]}
    if pairs:
        newest = max(edition for edition, _ in pairs)
        shown["edition"] = newest
        shown["supports"] = ", ".join(ref for edition, ref in pairs if edition == newest)
    return shown


def _others(found: Paper | None, form: PaperForm) -> list[tuple[str, str]]:
    """What it supports of other editions than the one being written."""
    if found is None:
        return []
    chosen = form["edition"].value()
    return [
        pair
        for pair in found.supports.order_by("edition", "pk").values_list("edition", "provision")
        if pair[0] != chosen
    ]


def _keep(staff: Staff, found: Paper | None, given: dict[str, Any]) -> None:
    kept = files.put_aside(given["file"]) if given["file"] else None
    others = (
        found.supports.exclude(edition=given["edition"]).values_list("edition", "provision") if found else ()
    )
    about = actions.Kinded(
        kind=given["kind"],
        title=given["title"],
        section=given["section"],
        owner=given["owner"],
        dated_on=given["dated_on"],
        review_on=given["review_on"],
        address=given["address"],
        reachable=REACHABLE[given["reachable"]],
        note=given["note"],
        supports=(*others, *((given["edition"], ref) for ref in given["refs"])),
    )
    try:
        actions.keep_paper(
            staff.landlord,
            about,
            paper=found,
            file=kept,
            by=actor(staff),
            at=timezone.now(),
            key=str(given["key"]),
        )
    except BaseException:
        files.drop([kept] if kept else [])
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, paper: int) -> HttpResponse:
    """Take a paper out of the register."""
    staff = answerer(request)
    found = _paper(staff, paper)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.end_paper(found, given["reason"], by=actor(staff), at=timezone.now(), key=str(given["key"]))
        messages.success(request, "Taken out of the register. It supports nothing from today on.")
        return redirect("self_assessment_papers")
    return render(request, "staff/self_assessments/paper_end.html", {"form": form, "paper": found})


@require_safe
def file(request: HttpRequest, paper: int) -> HttpResponse | FileResponse:
    """The copy of a paper, as a download."""
    staff = reader(request)
    found = _paper(staff, paper)
    if not found.stored_as:
        raise Http404("There is no copy of it.")
    kept = files.Kept(found.file_name, files.UNKNOWN, 0, found.digest, found.stored_as)
    try:
        stored = files.bytes_of(kept)
    except OSError:
        raise Http404("The file is missing from the store.") from None
    response = FileResponse(stored, as_attachment=True, filename=found.file_name, content_type=files.UNKNOWN)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
