"""One case: what is due next and why, what can be done now, what it is about, and everything that happened."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from complaint_rules import checks, clocks
from complaint_rules.clocks import Run
from complaint_rules.editions.provisions import provisions
from complaint_rules.findings import WORST_FIRST, Finding, Verdict
from putright.casework.writing import WRITTEN_WAYS
from putright.interfaces.pages.due_days import due_day, starts_when
from putright.interfaces.pages.words import CLOCKS, clock_word, state_word
from putright.interfaces.staff.case import due, possible, timeline, together
from putright.interfaces.staff.letters import lists as letters
from putright.interfaces.staff.safe_contact import notes
from putright.interfaces.staff.who import Staff, case_of, staff_of
from putright.record.cases import earlier as earlier_ones
from putright.record.cases.earlier import MOST as MOST_EARLIER
from putright.record.cases.models import Case
from putright.record.cases.reading import CaseFile, names_for, open_file, people_in
from putright.record.correspondence import files
from putright.record.people import queries as people
from putright.record.people import rights


def file_of(request: HttpRequest, reference: str) -> CaseFile:
    """The case of this reference, read whole, with the names of everybody in it; else 404."""
    case = case_of(request, reference)
    try:
        file = open_file(case)
    except LookupError:
        raise Http404("There is no such case.") from None
    file.names = names_for(people_in(file), (case.resident, case.representative))
    return file


def heading(file: CaseFile) -> dict[str, Any]:
    """What stands at the head of every page of a case, for its templates."""
    case, complaint = file.case, file.complaint
    resident = str(case.resident) if case.resident else "Resident not known"
    address = case.resident.address if case.resident else ""
    return {
        "case": case,
        "who": ", ".join(part for part in (resident, address) if part),
        "resident": resident,
        "state": state_word(complaint.state, complaint.stage),
        "edition": f"{complaint.edition.name} Code",
        "handler": file.name(complaint.handler),
        "with_ombudsman": complaint.with_ombudsman,
    }


@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one case."""
    staff, file, now = staff_of(request), file_of(request, reference), timezone.now()
    today = localdate(now)
    around = together.around(file)
    context = (
        heading(file)
        | notes.head(file, staff)
        | {
            "today": today,
            "sheet": f"{file.case.reference}, {timeline.long_day(today)}",
            "due": due.due_next(file, now),
            "menu": possible.menu(file, staff, now),
            "asked_on": possible.asked_too_early(file),
            "points": file.points(),
            "definition": file.definition(),
            "outcomes": file.outcomes(),
            "promises": file.promises(),
            "awards": file.awards(),
            "orders": file.orders(),
            "earlier": together.earlier_complaints(file.case, around.groups),
            "linked": together.linked(file, staff, around.named),
            "parted": together.parted(file),
            "accounts": file.accounts(),
            "files": _files(file),
            "letters": letters.listed(file.case) if _was_written_to(file) else [],
            "representative": file.case.representative,
            "authority": _authority(file.case, today),
            "may_see_people": rights.may(staff.roles, rights.DETAILS),
        }
    )
    return render(
        request, "staff/case/page.html", context | _findings(file) | _timeline(request, file, staff)
    )


@require_safe
def earlier(request: HttpRequest, reference: str) -> HttpResponse:
    """All earlier complaints of a case, under their three headings."""
    file = file_of(request, reference)
    groups = together.earlier_complaints(file.case, earlier_ones.groups(file.case, MOST_EARLIER))
    context = heading(file) | {"today": localdate(), "earlier": groups, "most": MOST_EARLIER}
    return render(request, "staff/case/earlier.html", context)


def _was_written_to(file: CaseFile) -> bool:
    """Whether any entry went by a way that makes a letter: only then is there one to list."""
    ways = ((entry.data.get("told") or {}).get("way") for entry in file.entries)
    return any(way in WRITTEN_WAYS for way in ways)


def _authority(case: Case, today: date) -> str:
    """What is wrong with the authority of whoever speaks for the resident. Nothing kept: the case's own word counts."""
    if case.representative is None or case.resident is None:
        return ""
    given = people.authority_between(case.resident, case.representative, today)
    if given is None:
        return ""
    standing = people.standing(given, today)
    if standing == "expired":
        return f"authority expired {timeline.long_day(given.expires_on, today)}"
    if standing == "ended":
        return f"authority ended {timeline.long_day(given.ended_on, today)}"
    return "" if given.written else "authority not in writing"


def _files(file: CaseFile) -> list[dict[str, Any]]:
    """The files of the case and of those merged into it, each under its case and its number there.

    Nothing is asked of the database where no entry names one.
    """
    entries = [*file.entries, *file.brought]
    if not any(name.startswith("file.") for entry in entries for name in file.words_of(entry.number)):
        return []
    cases = [file.case, *dict.fromkeys(each.case for each in file.origins if each.part.merged)]
    return [
        {"name": each.name, "added_at": each.added_at, "reference": case.reference, "number": number}
        for case in cases
        for number, each in enumerate(files.of_case(case.landlord_id, case.pk), start=1)
    ]


# What the record says


def _findings(file: CaseFile) -> dict[str, Any]:
    told = provisions(file.complaint.edition.name)
    found = checks.findings(file.complaint, localdate())
    rows = [
        _finding(file, finding, told[ref].heading if ref in told else "") for ref, finding in found.items()
    ]
    rows.sort(key=lambda row: WORST_FIRST.index(row["verdict"]))
    applies = [row for row in rows if row["verdict"] is not Verdict.NOT_APPLICABLE]
    return {
        "findings": applies,
        "breaches": sum(row["verdict"] is Verdict.BREACHED for row in applies),
        "not_applicable": [row for row in rows if row["verdict"] is Verdict.NOT_APPLICABLE],
    }


def _finding(file: CaseFile, finding: Finding, title: str) -> dict[str, Any]:
    return {
        "ref": finding.provision,
        "title": title,
        "verdict": finding.verdict,
        "says": finding.says,
        "entries": [_shown_by(file, number) for number in finding.entries],
    }


def _shown_by(file: CaseFile, number: int) -> dict[str, str]:
    """The link to an entry, where need be in the case it came with."""
    found = file.came_from(number)
    if found is None:
        return {"text": f"entry {number}", "href": f"?entry={number}#entry-{number}"}
    case, own = found
    return {
        "text": f"entry {own} of {case.reference}",
        "href": f"{reverse('case', args=[case.reference], query={'entry': own})}#entry-{own}",
    }


# The timeline, a page at a time


def _timeline(request: HttpRequest, file: CaseFile, staff: Staff) -> dict[str, Any]:
    shown = request.GET.get("show", "")
    if shown not in timeline.SHOWN:
        shown = ""
    entries = timeline.newest_first(file, shown)
    last_page = max(0, (len(entries) - 1) // timeline.A_PAGE)
    page = min(_page_asked(request, [entry.number for entry in entries]), last_page)
    start = page * timeline.A_PAGE
    reference = file.case.reference
    return {
        "entries": timeline.timeline(file, staff, entries[start : start + timeline.A_PAGE]),
        "entries_in_all": len(entries),
        "shown": shown,
        "narrowings": [
            {"text": text, "href": _at(reference, code, 0), "current": code == shown}
            for code, (text, _) in timeline.SHOWN.items()
        ],
        "newer_url": _at(reference, shown, page - 1) if page > 0 else "",
        "older_url": _at(reference, shown, page + 1) if page < last_page else "",
    }


def _page_asked(request: HttpRequest, numbers: list[int]) -> int:
    """The page of the timeline asked for, or the one that holds an entry asked for."""
    entry, page = request.GET.get("entry", ""), request.GET.get("page", "")
    if entry.isdecimal() and len(entry) < 10 and int(entry) in numbers:
        return numbers.index(int(entry)) // timeline.A_PAGE
    return int(page) - 1 if page.isdecimal() and 0 < len(page) < 7 and int(page) > 0 else 0


def _at(reference: str, shown: str, page: int) -> str:
    query = {name: value for name, value in (("show", shown), ("page", page + 1 if page else "")) if value}
    return f"{reverse('case', args=[reference], query=query)}#timeline"


# Why this date


@require_safe
def why(request: HttpRequest, reference: str, clock: str) -> HttpResponse:
    """Why one day of a case is that day: each day counted or skipped, how to say it, how far it may be extended."""
    if clock.partition(":")[0] not in CLOCKS:
        raise Http404("There is no such clock.")
    file, now = file_of(request, reference), timezone.now()
    run, own = _run(file, clock), due.own_by_clock(file.complaint).get(clock)
    shown = run or own
    url = reverse("case_why", args=[reference, clock])
    context = heading(file) | {
        "today": localdate(now),
        "what": due.what_is_due(shown, _owed(file)) if shown else clock_word(clock),
        "due": due_day(file.complaint, shown, now, why_url=url) if shown else None,
        "own": due_day(file.complaint, own, now, why_url=url) if run and own else None,
        "run": shown,
        "starts": starts_when(file.complaint, clock),
        "extensions": _extensions(file, shown),
    }
    return render(request, "staff/case/why.html", context)


def _run(file: CaseFile, clock: str) -> Run | None:
    """The running of this clock that is owed first; where none runs, the last there was."""
    running = [run for run in clocks.due_runs(file.complaint) if run.name == clock]
    past = [run for run in clocks.all_runs(file.complaint) if run.name == clock]
    return running[0] if running else past[-1] if past else None


def _owed(file: CaseFile) -> dict[str, Any]:
    owed = {f"promise:{each.number}": each for each in file.promises()}
    return owed | {f"order:{each.number}": each for each in file.orders()}


def _extensions(file: CaseFile, run: Run | None) -> list[dict[str, Any]]:
    if run is None or run.own:
        return []
    rule = file.complaint.edition.clocks.get(run.name)
    if rule is None or rule.extension_most is None:
        return []
    return [
        {
            "until": each.event.until,
            "told": each.event.on,
            "in_time": each.in_time,
            "reason": file.words(each.event.number, "reason"),
        }
        for each in file.complaint.extensions[rule.stage]
    ]
