"""Writes planned cases in bulk: the same entries and the same index as the actions would make.

Each step goes through the verb's own function, the rules' own judgement, the journal's own chain
and the index's own figures; only the writing is gathered up. A test plays the same plans through
the actions and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

from complaint_rules import complaint as rules
from complaint_rules import next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.working_days import Calendar
from putright.casework import verb
from putright.casework.act import Step
from putright.record.cases import index, records, words
from putright.record.cases.models import Case, CaseFinding, Considered
from putright.record.journal import chain, facts
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head, Text
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import calendar, terms
from putright.record.people.models import Person
from putright.upkeep.demo.plans import PlannedCase, PlannedStep

BATCH = 500


class NotAllowed(Exception):
    """A planned step that the rules would refuse: the plan is wrong."""


@dataclass(slots=True)
class Written:
    """Rows waiting to be written together."""

    entries: list[Entry] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    findings: list[CaseFinding] = field(default_factory=list)
    considered: list[Considered] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def write(
    landlord: Landlord,
    version: ProcedureVersion,
    plans: Iterable[PlannedCase],
    told: Callable[[int], None] = lambda done: None,
) -> int:
    """Write all these cases; how many. `told` hears how many are done after each batch."""
    done = 0
    for batch in batched(plans, BATCH):
        with transaction.atomic():
            _write_batch(landlord, version, [plan for plan in batch if plan.steps])
        done += len(batch)
        told(done)
    return done


def _write_batch(landlord: Landlord, version: ProcedureVersion, plans: list[PlannedCase]) -> None:
    people = _people(landlord, plans)
    cases = _cases(landlord, version, plans, people)
    rows = Written()
    for case, plan in zip(cases, plans, strict=True):
        _write_case(landlord, case, plan, rows)
    _insert(Entry, rows.entries)
    _insert(Text, rows.texts)
    _insert(Head, rows.heads)
    _insert(CaseFinding, rows.findings)
    _insert(Considered, rows.considered)
    Case.objects.bulk_update(rows.cases, _INDEXED, batch_size=BATCH)
    words.write(rows.cases)


def _people(landlord: Landlord, plans: list[PlannedCase]) -> list[tuple[Person, Person | None]]:
    residents = [Person(landlord=landlord, name=plan.resident, address=plan.address) for plan in plans]
    speakers = [Person(landlord=landlord, name=plan.representative) for plan in plans if plan.representative]
    Person.objects.bulk_create(residents)
    waiting = iter(Person.objects.bulk_create(speakers))
    return [
        (resident, next(waiting) if plan.representative else None)
        for resident, plan in zip(residents, plans, strict=True)
    ]


def _cases(
    landlord: Landlord,
    version: ProcedureVersion,
    plans: list[PlannedCase],
    people: list[tuple[Person, Person | None]],
) -> list[Case]:
    numbers = _numbers(landlord, plans)
    made = []
    for plan, (resident, speaker) in zip(plans, people, strict=True):
        year = plan.steps[0].at.year
        reference = records.reference(landlord, year, next(numbers[year]))
        made.append(
            Case(
                landlord=landlord,
                reference=reference,
                procedure=version,
                resident=resident,
                representative=speaker,
            )
        )
    return Case.objects.bulk_create(made)


def _numbers(landlord: Landlord, plans: list[PlannedCase]) -> dict[int, Iterator[int]]:
    """The next references of each year, taken all at once."""
    years = [plan.steps[0].at.year for plan in plans]
    found = {}
    for year in sorted(set(years)):
        first = records.next_reference(landlord, year, years.count(year))
        found[year] = iter(range(first, first + years.count(year)))
    return found


def _write_case(landlord: Landlord, case: Case, plan: PlannedCase, rows: Written) -> None:
    head = Head(landlord=landlord.pk, case=case.pk, hash=chain.START)
    procedure, days = terms(case.procedure), calendar()
    told: list[dict[str, str]] = []
    complaint: Complaint | None = None
    for planned in plan.steps:
        step = Step(landlord, case, complaint, _actor(case, planned), planned.at, head.count + 1)
        event = _event(step, planned, complaint, procedure)
        data = facts.encode(event) | ({"told": step.told} if step.told else {})
        new = journal.New(event.verb, step.by, step.at, data, step.texts, recorded_at=planned.recorded_at)
        entry, texts = journal.link(head, new)
        rows.entries.append(entry)
        rows.texts += texts
        told.append(step.texts)
        complaint = _read_on(complaint, event, procedure, days)
    assert complaint is not None
    for name, value in index.of(complaint, head.count).items():
        setattr(case, name, value)
    case.words = index.found_by(case, told)
    rows.cases.append(case)
    rows.heads.append(head)
    rows.findings += [
        index.finding_row(case, ref, each) for ref, each in index.findings_of(complaint).items()
    ]
    rows.considered += index.considered_rows(case, index.considered_of(complaint))


def _actor(case: Case, planned: PlannedStep) -> Actor:
    person = f"p{case.resident_id}" if planned.kind == "resident" else planned.person
    return Actor(planned.kind, person, planned.role)


def _event(step: Step, planned: PlannedStep, complaint: Complaint | None, procedure: Any) -> Any:
    action = verb(planned.verb)
    event = action.event(step, planned.fields)
    judgement = next_steps.judge(complaint, event, procedure, action.missing(planned.fields))
    if not judgement.allowed:
        why = [obstacle.ref for obstacle in judgement.refused] + judgement.needs
        raise NotAllowed(f"{step.case.reference}: {planned.verb} on {planned.at:%Y-%m-%d}: {', '.join(why)}")
    return event


def _read_on(complaint: Complaint | None, event: Any, procedure: Any, days: Calendar) -> Complaint | None:
    if complaint is None:
        return rules.read([event], procedure, days)
    complaint.take(event)
    return complaint


_INDEXED = [
    "entries", "received_on", "edition", "state", "stage", "category", "channel", "with_ombudsman", "request_waits",
    "handler", "next_due_on", "next_due_at", "next_due", "next_target_on", "next_target", "words",
]  # fmt: skip


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    """Insert rows that need no number back: by COPY on PostgreSQL, in batches elsewhere."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    columns = [each for each in model._meta.concrete_fields if not each.primary_key]
    names = ", ".join(connection.ops.quote_name(each.column or "") for each in columns)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([_copied(each, row) for each in columns])


def _copied(column: models.Field[Any, Any], row: Any) -> Any:
    value = getattr(row, column.attname)
    return chain.written_one_way(value) if isinstance(column, models.JSONField) else value
