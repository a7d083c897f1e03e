"""The index of a case: where its journal says it stands. Written only here, and worked out only from entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from complaint_rules import checks, clocks, drafts, promises, risk, service_requests
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint, read
from complaint_rules.findings import Verdict
from putright.record.cases import words
from putright.record.cases.models import Case, CaseFinding, Considered, Owed
from putright.record.journal import facts
from putright.record.landlords.queries import calendar, closed_days, terms

Finding = dict[str, Any]
FINDING_FIELDS = ("edition", "verdict", "due_on", "done_on", "turns_on", "becomes")
OWED_FIELDS = ("owner", "due_on", "kept_on", "agreed")
LONGEST_OWNER = 120

AFTER_COMMIT: list[Callable[[Case], None]] = []
"""What other parts do with a case once what happened to it is written for good, as search does.

What fails there is logged and undoes nothing, and a process may end before it: keep a way to catch up.
"""


def read_case(case: Case, entries: Iterable[Any]) -> Complaint | None:
    """The complaint that the entries of this case tell, under the version of the procedure it keeps."""
    landlord = case.landlord
    return read(facts.events(entries), terms(case.procedure), calendar(landlord), closed_days(landlord))


def of(complaint: Complaint, entries: int) -> dict[str, Any]:
    """What the index of a case holds, from its complaint. Depends on the entries alone, not on today."""
    due = next(iter(clocks.due_runs(complaint)), None)
    target = next(iter(clocks.own_runs(complaint)), None)
    received, handler = complaint.events[0], complaint.handler or ""
    why = risk.reasons(complaint)
    category = next(
        (c for c in (getattr(e, "category", None) for e in reversed(complaint.told)) if c),
        "",
    )
    return {
        "entries": entries,
        "received_on": complaint.on("received"),
        "edition": complaint.edition.name,
        "state": complaint.state,
        "stage": complaint.stage,
        "category": category,
        "channel": getattr(received, "channel", None) or "",
        "with_ombudsman": complaint.with_ombudsman,
        "request_waits": complaint.request_waits,
        "handler_id": int(handler) if handler.isdigit() else None,
        "next_due_on": due.due_on if due else None,
        "next_due_at": _moment(due),
        "next_due": due.name if due else "",
        "next_target_on": target.due_on if target else None,
        "next_target": target.name if target else "",
        "risk": risk.degree(why),
        "risk_why": list(why),
        "has_needs": risk.has_needs(complaint),
        "draft_waits": drafts.waiting(complaint) is not None,
        "danger_unanswered_on": risk.danger_unanswered_on(complaint),
        "service_request_since": service_requests.waits_since(complaint),
        "merged_into_id": complaint.merged_into,
    }


def _moment(run: Run | None) -> datetime | None:
    return run.due if run is not None and isinstance(run.due, datetime) else None


def findings_of(complaint: Complaint) -> dict[str, Finding]:
    """The rows of the findings index, by provision, read on the day of the newest event."""
    on = max(event.on for event in complaint.events)
    return {
        ref: {
            "edition": complaint.edition.name,
            "verdict": str(finding.verdict),
            "due_on": finding.due,
            "done_on": finding.done,
            "turns_on": finding.turns_on,
            "becomes": str(finding.becomes or ""),
        }
        for ref, finding in checks.findings(complaint, on).items()
        if finding.verdict is not Verdict.NOT_APPLICABLE or finding.turns_on is not None
    }


def write(case: Case, complaint: Complaint, entries: int) -> None:
    """Bring the index of one case up to its entries, in the transaction that wrote the newest."""
    for name, value in of(complaint, entries).items():
        setattr(case, name, value)
    case.save()
    words.write([case])
    _write_findings(case, findings_of(complaint))
    _write_considered(case, considered_of(complaint))
    _write_owed(case, owed_of(complaint))
    for do in AFTER_COMMIT:
        transaction.on_commit(partial(do, case), robust=True)


def owed_of(complaint: Complaint) -> dict[int, dict[str, Any]]:
    """What is owed, promise by promise, kept ones included."""
    return {
        number: {
            "owner": owner[:LONGEST_OWNER],
            "due_on": run.due_on,
            "kept_on": run.done,
            "agreed": agreed,
        }
        for number, run, owner, agreed in promises.promised(complaint)
    }


def owed_row(case: Case, number: int, owed: dict[str, Any]) -> Owed:
    """A row of what is owed, not yet written."""
    return Owed(landlord_id=case.landlord_id, case=case, number=number, **owed)


def _write_owed(case: Case, wanted: dict[int, dict[str, Any]]) -> None:
    kept = {row.number: row for row in Owed.objects.filter(case=case)}
    gone = [row.pk for number, row in kept.items() if number not in wanted]
    if gone:
        Owed.objects.filter(pk__in=gone).delete()
    new = [owed_row(case, number, owed) for number, owed in wanted.items() if number not in kept]
    Owed.objects.bulk_create(new)
    changed = [kept[each] for each, owed in wanted.items() if each in kept and _take(kept[each], owed)]
    if changed:
        Owed.objects.bulk_update(changed, OWED_FIELDS)


def considered_of(complaint: Complaint) -> set[tuple[str, int]]:
    """Who has considered which stage: the database refuses the same person at both."""
    return {(person, stage) for stage, people in complaint.considered.items() for person in people}


def _write_considered(case: Case, wanted: set[tuple[str, int]]) -> None:
    kept = {(row.person, row.stage): row.pk for row in Considered.objects.filter(case=case)}
    gone = [pk for key, pk in kept.items() if key not in wanted]
    if gone:
        Considered.objects.filter(pk__in=gone).delete()
    Considered.objects.bulk_create(considered_rows(case, wanted - set(kept)))


def considered_rows(case: Case, considered: Iterable[tuple[str, int]]) -> list[Considered]:
    """Rows of who considered a case, not yet written."""
    return [
        Considered(landlord_id=case.landlord_id, case=case, person=person, stage=stage)
        for person, stage in sorted(considered)
    ]


def _write_findings(case: Case, wanted: dict[str, Finding]) -> None:
    kept = {row.provision: row for row in CaseFinding.objects.filter(case=case)}
    gone = [row.pk for ref, row in kept.items() if ref not in wanted]
    if gone:
        CaseFinding.objects.filter(pk__in=gone).delete()
    new = [finding_row(case, ref, finding) for ref, finding in wanted.items() if ref not in kept]
    CaseFinding.objects.bulk_create(new)
    changed = [kept[ref] for ref, finding in wanted.items() if ref in kept and _take(kept[ref], finding)]
    if changed:
        CaseFinding.objects.bulk_update(changed, FINDING_FIELDS)


def finding_row(case: Case, ref: str, finding: Finding) -> CaseFinding:
    """A row of the findings index, not yet written."""
    return CaseFinding(landlord_id=case.landlord_id, case=case, provision=ref, **finding)


def _take(row: CaseFinding | Owed, values: Mapping[str, Any]) -> bool:
    """Give a row its new values; whether any differs."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


MOST_WORDS = 20_000


def found_by(case: Case, texts_of_entries: Iterable[Mapping[str, str]]) -> str:
    """The words a case is found by: its reference, its people, where they live, and what it is about.

    `texts_of_entries` holds the words of each entry, in order.
    """
    people = [person for person in (case.resident, case.representative) if person is not None]
    words = [case.reference, *(part for person in people for part in (person.name, person.address))]
    for texts in texts_of_entries:
        words += what_it_is_about(texts)
    return " ".join(word for word in words if word)[:MOST_WORDS]


def what_it_is_about(texts: Mapping[str, str]) -> list[str]:
    """The points and definitions among the words of an entry."""
    return [text for name, text in sorted(texts.items()) if name.startswith(("point", "definition"))]
