"""An assessment as a whole: what is unanswered, differs from the record, or changed; its sections, cases and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from complaint_rules.editions.provisions import Provision, provisions, section_titles
from complaint_rules.findings import Verdict
from complaint_rules.self_assessment import Disagreement
from putright.evidence.measures.provisions import Period, cases_behind
from putright.evidence.self_assessments import form as forms_of
from putright.evidence.self_assessments import queries
from putright.evidence.self_assessments.carry import sources_of
from putright.evidence.self_assessments.evidence import Shown, Whole
from putright.evidence.self_assessments.filling import filled
from putright.evidence.self_assessments.models import Assessment, ProvisionAnswer
from putright.interfaces.staff.queue.rows import row as case_row
from putright.interfaces.staff.self_assessments import told
from putright.interfaces.staff.self_assessments.forms import CompareForm
from putright.interfaces.staff.self_assessments.reach import (
    assessment_of,
    heading,
    provision_of,
    reader,
    title_of,
    whole_of,
)
from putright.interfaces.staff.who import Staff
from putright.record.cases import lists
from putright.record.landlords.queries import calendar

DIFFERS = ("better_than_record", "worse_than_record")


@dataclass(frozen=True, slots=True)
class Said:
    """One provision with its answer, what the record bears, what stands against it, and whether it changed."""

    provision: Provision
    row: ProvisionAnswer | None
    shown: Shown
    against: tuple[Disagreement, ...]
    answered: bool
    changed: bool

    @property
    def differs(self) -> bool:
        return any(each.code in DIFFERS for each in self.against)


def said(assessment: Assessment, whole: Whole) -> list[Said]:
    """Every provision, in order."""
    rows = queries.rows_of(assessment)
    earlier = queries.last_year(assessment, rows)
    found = []
    for ref, shown in whole.shown.items():
        row = rows.get(ref)
        found.append(
            Said(
                shown.provision,
                row,
                shown,
                shown.against(row),
                queries.is_answered(shown.provision, row),
                row is not None and queries.changed(row, earlier.get(ref)),
            )
        )
    return found


@require_safe
def overview(request: HttpRequest, assessment: int) -> HttpResponse:
    """The assessment: counts that open to their rows, what comes next, its sections, its steps, its files."""
    staff = reader(request)
    found = assessment_of(staff, assessment)
    context = heading(staff, found)
    today = localdate()
    steps = queries.steps(found)
    context |= {
        "steps": [
            (told.STATES[each.state] if each.state != "draft" else "Sent back", each) for each in steps
        ],
        "due": _due(
            found, today, calendar(staff.landlord).away(found.due_on, today) if found.due_on else None
        ),
        "formats": told.FORMATS,
        "next": queries.next_step(found),
        "next_words": told.NEXT,
        "stands": "",
    }
    if found.frozen is not None:
        context |= {"kept": found.frozen, "sections": _kept_sections(found.frozen)}
        return render(request, "staff/self_assessments/published.html", context)
    every = said(found, whole_of(found))
    titles = section_titles(found.edition)
    context |= {
        "every": every,
        "sections": [_section(number, titles[number], every) for number in titles],
        "answered": [each for each in every if each.answered],
        "differ": [each for each in every if each.differs],
        "bare": [each for each in every if any(one.code == "no_evidence" for one in each.against)],
        "changed": [each for each in every if each.changed],
        "stands": queries.stands_in_the_way(found, context["next"] or ""),
        "read_at": timezone.now(),
    }
    return render(request, "staff/self_assessments/overview.html", context)


def _due(assessment: Assessment, today: date, away: int | None) -> dict[str, Any] | None:
    if assessment.due_on is None or assessment.state == "published":
        return None
    return {"day": assessment.due_on, "away": away, "late": assessment.due_on < today}


def _section(number: int, title: str, every: list[Said]) -> dict[str, Any]:
    own = [each for each in every if each.provision.section == number]
    return {
        "number": number,
        "title": title,
        "of": len(own),
        "answered": sum(each.answered for each in own),
        "differ": sum(each.differs for each in own),
        "changed": sum(each.changed for each in own),
    }


def _kept_sections(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    titles = section_titles(kept["edition"])
    return [
        {
            "number": number,
            "title": title,
            "rows": [row for row in kept["rows"] if row["section"] == number],
        }
        for number, title in titles.items()
    ]


@require_safe
def section(request: HttpRequest, assessment: int, section: int) -> HttpResponse:
    """The provisions of one section, each with its answer and what the record bears."""
    staff = reader(request)
    found = assessment_of(staff, assessment)
    titles = section_titles(found.edition)
    if section not in titles:
        raise Http404("There is no such section.")
    numbers = list(titles)
    place = numbers.index(section)
    every = [each for each in said(found, whole_of(found)) if each.provision.section == section]
    context = heading(staff, found) | {
        "section": section,
        "section_title": titles[section],
        "every": every,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "before": numbers[place - 1] if place else None,
    }
    return render(request, "staff/self_assessments/section.html", context)


@require_safe
def cases(request: HttpRequest, assessment: int, ref: str, verdict: str) -> HttpResponse:
    """Exactly the cases that one figure of one provision counts, newest first."""
    staff = reader(request)
    found = assessment_of(staff, assessment)
    provision = provision_of(found, ref)
    words = dict(told.COUNTS)
    if verdict not in words:
        raise Http404("There is no such figure.")
    after, before = (lists.Mark.read(request.GET.get(name, "")) for name in ("after", "before"))
    now, days = timezone.now(), calendar(staff.landlord)
    today = timezone.localdate(now)
    behind = cases_behind(staff.landlord.pk, found.edition, ref, Verdict(verdict), period_of(found, today))
    page = lists.page(behind.select_related("resident", "handler"), lists.BY_RECEIPT, after, before)
    context = heading(staff, found) | {
        "provision": provision,
        "verdict_words": words[verdict],
        "rows": [case_row(line, now, today, days) for line in page.lines],
        "before_url": f"?before={page.before}" if page.before else "",
        "after_url": f"?after={page.after}" if page.after else "",
    }
    return render(request, "staff/self_assessments/cases.html", context)


def period_of(assessment: Assessment, as_at: date) -> Period:
    """The period that a figure of an assessment is read over."""
    return Period(assessment.first_day, assessment.last_day, as_at)


# Files


@require_safe
def download(request: HttpRequest, assessment: int, format: str) -> HttpResponse:
    """The form of an assessment as a file."""
    staff = reader(request)
    return file_of(assessment_of(staff, assessment), format)


def file_of(assessment: Assessment, format: str) -> HttpResponse:
    """The form as a download in one of the five formats; 404 for any other."""
    if format not in told.FORMATS:
        raise Http404("There is no such format.")
    content = forms_of.AS[format](filled(assessment, timezone.now()))
    response = HttpResponse(content, content_type=told.FORMATS[format][1])
    name = f"self-assessment-{assessment.last_day.year}-{assessment.edition}-code.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


# Two side by side


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two assessments of the landlord side by side, through the crosswalk where their editions differ."""
    staff = reader(request)
    every = queries.assessments(staff.landlord.pk)
    choices = [(str(each.pk), f"{title_of(each)} ({told.STATES[each.state].lower()})") for each in every]
    form = CompareForm(initial=_chosen(request, every), choices=choices)
    chosen = [_asked(request, staff, name) for name in ("one", "other")]
    context: dict[str, Any] = {"compare_form": form, "choices": choices, "rows": None}
    if all(chosen):
        one, other = chosen
        assert one is not None
        assert other is not None
        context |= {
            "rows": _side_by_side(one, other),
            "one": title_of(one),
            "other": title_of(other),
            "answer_words": told.ANSWERS,
        }
    return render(request, "staff/self_assessments/compare.html", context)


def _chosen(request: HttpRequest, every: list[Assessment]) -> dict[str, str]:
    usual = [str(each.pk) for each in every[:2]]
    asked = {name: request.GET.get(name, "") for name in ("one", "other")}
    return {
        "one": asked["one"] or (usual[0] if usual else ""),
        "other": asked["other"] or (usual[-1] if usual else ""),
    }


def _asked(request: HttpRequest, staff: Staff, name: str) -> Assessment | None:
    asked = request.GET.get(name, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise Http404("There is no such self-assessment.")
    return assessment_of(staff, int(asked))


def _side_by_side(one: Assessment, other: Assessment) -> list[dict[str, Any]]:
    mine, theirs = queries.rows_of(one), queries.rows_of(other)
    rows = []
    for ref, provision in provisions(one.edition).items():
        beside = [theirs[each] for each in sources_of(other.edition, one.edition, ref) if each in theirs]
        row = mine.get(ref)
        answers = {each.answer for each in beside}
        rows.append(
            {
                "provision": provision,
                "row": row,
                "beside": beside,
                "differs": bool(beside) and answers != {row.answer if row else ""},
            }
        )
    return rows
