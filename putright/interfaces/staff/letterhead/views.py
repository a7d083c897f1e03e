"""The letterhead, the Word file of its look, and which wording each letter is written in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from putright.interfaces.staff.administration.reach import changer, may_change, reader, tried
from putright.interfaces.staff.letterhead.forms import LetterheadForm, LookForm
from putright.record.letters import actions, records
from putright.record.letters.models import Wording
from putright.record.letters.templates import own_wording
from putright.record.letters.told import ombudsman

KINDS = {
    "acknowledgement": "Acknowledgement",
    "update": "Update",
    "extension": "Extension",
    "response": "Response",
    "refusal": "Refusal",
    "declined_escalation": "Stage 2 declined",
    "withdrawal": "Withdrawal",
}
MOST_VERSIONS = 100


def called(kind: str, stage: int | None) -> str:
    """What a list calls a letter: "Response, stage 1"."""
    return f"{KINDS[kind]}, stage {stage}" if stage else KINDS[kind]


@require_safe
def letterhead(request: HttpRequest) -> HttpResponse:
    """How letters look and in which words they are written."""
    staff, today = reader(request), localdate()
    head = records.letterhead(staff.landlord)
    rows = Wording.objects.filter(landlord=staff.landlord).order_by("-number")
    versions = list(rows.select_related("made_by")[:MOST_VERSIONS])
    context = {
        "head": head,
        "ombudsman": head.ombudsman_lines or ombudsman().lines,
        "ombudsman_is_ours": not head.ombudsman_lines,
        "kinds": [_kind(each.kind, each.stage, versions, today) for each in own_wording()],
        "versions": [_version(each, today) for each in versions],
        "may_change": may_change(staff),
        "look_form": LookForm(),
        "today": today,
    }
    return render(request, "staff/letterhead/front.html", context)


def _kind(kind: str, stage: int | None, versions: list[Wording], today: Any) -> dict[str, Any]:
    """One letter, and the version of the landlord's own that it is written in today."""
    own = [each for each in versions if (each.kind, each.stage) == (kind, stage)]
    in_force = [each for each in own if each.in_force_on is not None and each.in_force_on <= today]
    newest = max(in_force, key=lambda each: (each.in_force_on, each.number), default=None)
    return {"kind": kind, "stage": stage or "", "name": called(kind, stage), "newest": newest}


def _version(each: Wording, today: Any) -> dict[str, Any]:
    return {
        "number": each.number,
        "name": called(each.kind, each.stage),
        "edition": each.edition,
        "from": each.in_force_on,
        "by": each.made_by.name if each.made_by else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Change what stands round every letter."""
    staff = changer(request)
    head = records.letterhead(staff.landlord)
    known = {
        "lines": "\n".join(head.lines),
        "team": head.team,
        "how_to_reach_us": head.how_to_reach_us,
        "ombudsman_lines": "\n".join(head.ombudsman_lines),
    }
    form = LetterheadForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(
            form,
            staff,
            lambda **given: actions.set_letterhead(
                staff.landlord,
                lines=said["lines"].splitlines(),
                team=said["team"],
                how_to_reach_us=said["how_to_reach_us"],
                ombudsman_lines=said["ombudsman_lines"].splitlines(),
                **given,
            ),
        )
        if made is not None:
            messages.success(request, "Saved. Letters from now on look like this; those that were sent stay.")
            return redirect("letterhead")
    return render(request, "staff/letterhead/change.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Give the Word file of the landlord's look, or take it back."""
    staff = changer(request)
    form = LookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, none = form.cleaned_data["look"], request.POST.get("do") == "none"
        if file is None and not none:
            form.add_error("look", "Choose a Word file (.docx).")
        else:
            content = None if none else file.read(actions.word_files.MOST_BYTES + 1)
            made = tried(form, staff, lambda **given: actions.set_look(staff.landlord, content, **given))
            if made is not None:
                whose = "this file" if content is not None else "Putright again"
                says = f"Word letters take the look of {whose}."
                messages.success(request, says)
                return redirect(f"{reverse('letterhead')}#look")
    return render(
        request, "staff/letterhead/look.html", {"form": form, "head": records.letterhead(staff.landlord)}
    )
