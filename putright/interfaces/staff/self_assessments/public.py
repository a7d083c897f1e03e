"""A published self-assessment, open to all: exactly what was published, and nothing read since."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from complaint_rules.editions.provisions import section_titles
from putright.evidence.self_assessments.models import Assessment
from putright.interfaces.pages.chrome import Chrome
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.self_assessments.overview import file_of
from putright.interfaces.staff.self_assessments.reach import MOST_NUMBER, title_of
from putright.interfaces.staff.who import open_to_all

DAYS = ("due_on", "comply_by", "done_on", "on")


def _published(slug: str, number: int) -> Assessment:
    found = None
    if 0 < number <= MOST_NUMBER:
        own = Assessment.objects.filter(landlord__slug=slug, state="published").select_related("landlord")
        found = own.filter(pk=number).first()
    if found is None:
        raise Http404("Nothing is published here.")
    return found


@open_to_all
@require_safe
def page(request: HttpRequest, slug: str, assessment: int) -> HttpResponse:
    """The page of a published self-assessment."""
    found = _published(slug, assessment)
    kept = _with_days(found.frozen)
    titles = section_titles(found.edition)
    context = {
        "page_chrome": Chrome(
            landlord=found.landlord.name, home_url=request.path, colour=found.landlord.colour, keys=False
        ),
        "assessment": found,
        "title": title_of(found),
        "kept": kept,
        "as_at": date.fromisoformat(kept["as_at"]),
        "read_at": datetime.fromisoformat(kept["read_at"]),
        "sections": [
            {
                "number": number,
                "title": title,
                "rows": [row for row in kept["rows"] if row["section"] == number],
            }
            for number, title in titles.items()
        ],
        "totals": _totals(kept["rows"]),
        "responses": [each for each in kept["steps"] if each["state"] == "responded"],
        "answer_words": told.ANSWERS,
        "formats": told.FORMATS,
        "today": localdate(),
    }
    return render(request, "staff/self_assessments/public.html", context)


def _with_days(kept: Any) -> Any:
    """The same, with its days as days."""
    if isinstance(kept, list):
        return [_with_days(each) for each in kept]
    if not isinstance(kept, dict):
        return kept
    return {
        name: date.fromisoformat(value) if name in DAYS and value else _with_days(value)
        for name, value in kept.items()
    }


def _totals(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    counted = [(word, sum(row["answer"] == code for row in rows)) for code, word in told.ANSWERS.items()]
    return [(word, number) for word, number in counted if number]


@open_to_all
@require_safe
def download(request: HttpRequest, slug: str, assessment: int, format: str) -> HttpResponse:
    """The form as it was published, as a file."""
    return file_of(_published(slug, assessment), format)
