"""Writes planned cases in bulk: the same entries and the same index as the actions would make.

Each step goes through the verb's own function, the rules' own judgement, the journal's own chain
and the index's own figures; only the writing is gathered up. A test plays the same plans through
the actions and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched, count
from typing import Any

from django.db import connection, models, transaction

from complaint_rules import complaint as rules
from complaint_rules import next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.working_days import Calendar
from putright.casework import verb
from putright.casework.act import Step
from putright.casework.notices import TELLS, WAY_IT_ALWAYS_GOES, WAY_OF_CHANNEL
from putright.record.cases import index, records, words
from putright.record.cases.models import Case, CaseFinding, Considered, Owed
from putright.record.journal import chain, facts
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head, Text
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import calendar, terms
from putright.record.people import records as people_records
from putright.record.people.models import Home, Living, Person
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
    owed: list[Owed] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def write(landlord: Landlord, version: ProcedureVersion, plans: Iterable[PlannedCase]) -> int:
    """Write all these cases, a batch to a transaction; how many. They get the references they bear."""
    done = 0
    for batch in batched(plans, BATCH):
        with transaction.atomic():
            _write_batch(landlord, version, batch)
        done += len(batch)
    return done


def references(landlord: Landlord, years: Sequence[int]) -> list[str]:
    """A reference for each of these years, in the order given: the next ones of each, taken all at once."""
    numbers = {}
    with transaction.atomic():
        for year in sorted(set(years)):
            numbers[year] = count(records.next_reference(landlord, year, years.count(year)))
    return [records.reference(landlord, year, next(numbers[year])) for year in years]


def _write_batch(landlord: Landlord, version: ProcedureVersion, plans: Sequence[PlannedCase]) -> None:
    rows = Written()
    people = _people(landlord, plans)
    homes = _homes(landlord, [resident for resident, _ in people])
    for number, plan, (resident, speaker) in zip(_numbers(len(plans)), plans, people, strict=True):
        case = Case(
            pk=number,
            landlord=landlord,
            reference=plan.reference,
            procedure=version,
            resident=resident,
            representative=speaker,
            home=homes.get(resident.address),
        )
        _write_case(landlord, case, plan, rows)
    for kind in (rows.cases, rows.entries, rows.texts, rows.heads, rows.findings, rows.considered, rows.owed):
        _insert(kind)
    words.write(rows.cases)


def _people(landlord: Landlord, plans: Sequence[PlannedCase]) -> list[tuple[Person, Person | None]]:
    """The resident of each plan, and who speaks for them. Plans of a batch that share name and address share one."""
    residents = {
        (plan.resident, plan.address): Person(landlord=landlord, name=plan.resident, address=plan.address)
        for plan in plans
    }
    Person.objects.bulk_create(residents.values())
    speakers = [Person(landlord=landlord, name=plan.representative) for plan in plans if plan.representative]
    waiting = iter(Person.objects.bulk_create(speakers))
    return [
        (residents[plan.resident, plan.address], next(waiting) if plan.representative else None)
        for plan in plans
    ]


def _homes(landlord: Landlord, residents: Iterable[Person]) -> dict[str, Home]:
    """The home of each address, and each resident in theirs."""
    people = list({each.pk: each for each in residents}.values())
    homes = people_records.homes_for(landlord, [each.address for each in people])
    _insert(
        [
            Living(landlord=landlord, person=each, home=homes[each.address])
            for each in people
            if each.address in homes
        ]
    )
    return homes


def _numbers(how_many: int) -> Iterable[int]:
    """So many numbers for new cases, before they are written: entries are hashed with the number of their case."""
    table = Case._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, how_many],
            )
            return [number for (number,) in cursor.fetchall()]
        # The transaction holds SQLite's one write lock, so nobody takes these meanwhile.
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return range(last + 1, last + 1 + how_many)


def _write_case(landlord: Landlord, case: Case, plan: PlannedCase, rows: Written) -> None:
    head = Head(landlord=landlord.pk, case=case.pk, hash=chain.START)
    procedure, days = terms(case.procedure), calendar(landlord)
    told: list[dict[str, str]] = []
    complaint: Complaint | None = None
    for planned in plan.steps:
        step = Step(landlord, case, complaint, _actor(case, planned), planned.at, head.count + 1)
        event = _event(step, planned, complaint, procedure)
        _keep_way(step, planned)
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
    rows.owed += [index.owed_row(case, number, each) for number, each in index.owed_of(complaint).items()]


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


def _keep_way(step: Step, planned: PlannedStep) -> None:
    """Which way something was told, as the gate before an action keeps it. Nobody here has said what is safe."""
    if planned.verb not in TELLS or step.case.resident_id is None:
        return
    named = WAY_OF_CHANNEL.get(planned.fields.get("method") or "")
    way = named or WAY_IT_ALWAYS_GOES.get(planned.verb)
    if way:
        step.told["way"] = way


def _read_on(complaint: Complaint | None, event: Any, procedure: Any, days: Calendar) -> Complaint | None:
    if complaint is None:
        return rules.read([event], procedure, days)
    complaint.take(event)
    return complaint


def _insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one kind as they are: by COPY on PostgreSQL, by one prepared statement on SQLite."""
    if not rows:
        return
    model = type(rows[0])
    columns = [each for each in model._meta.concrete_fields if rows[0].pk is not None or not each.primary_key]
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(each.column or "") for each in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([_copied(each, row) for each in columns])
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
            [
                [each.get_db_prep_save(getattr(row, each.attname), connection) for each in columns]
                for row in rows
            ],
        )


def _copied(column: models.Field[Any, Any], row: Any) -> Any:
    value = getattr(row, column.attname)
    return chain.written_one_way(value) if isinstance(column, models.JSONField) else value
