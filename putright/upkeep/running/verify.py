"""Works out everything again from the entries: the chains, their heads and seals, and every stored index.

Reads one landlord at a time, a batch of cases at a time, and writes nothing. A `Difference`
names what was found where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import batched, groupby
from typing import Any, NamedTuple

from django.db import connection
from django.utils.timezone import localdate

from putright.evidence.search import index as search_index
from putright.record.cases import index
from putright.record.cases.models import Case, CaseFinding, Considered, Owed
from putright.record.journal import chain, facts, records, triggers
from putright.record.journal.models import Entry, Head, Seal, SealedHead, Text
from putright.record.landlords import days_off, documents
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import FIELDS, as_entries_say
from putright.record.people.looking import VIEWED
from putright.record.people.models import Looked

BATCH = 500
A_NIGHT = 2_000
"""How many cases a night's check looks at, at most."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the entries say: what, where, and in plain words."""

    what: str
    landlord: int
    says: str
    reference: str = ""
    entry: int | None = None


@dataclass(slots=True)
class Result:
    """What was checked, and what differs."""

    landlords: int = 0
    cases: int = 0
    entries: int = 0
    seals: int = 0
    differences: list[Difference] | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of `putright verify --json`."""
        return asdict(self) | {"differences": [asdict(each) for each in self.differences or []]}


def verify() -> Result:
    """Check every landlord. Nothing is written."""
    result = Result(differences=[])
    assert result.differences is not None
    if not triggers.laid(connection):
        result.differences.append(
            Difference("triggers", 0, "The database no longer refuses to change the journal.")
        )
    if not search_index.triggers_are_laid():
        result.differences.append(
            Difference(
                "triggers", 0, "The database no longer notes what changes for search. Run: putright index"
            )
        )
    for landlord in Landlord.objects.order_by("pk"):
        result.landlords += 1
        result.differences += _landlord(landlord, result)
    result.differences += _strays()
    return result


def verify_some(most: int = A_NIGHT, night: int | None = None) -> Result:
    """Check a bounded part of the cases, another each night, so that all are gone through in turn. Nothing is written.

    `night` counts the nights; it is today's unless said. The landlords' own chains and the seals are for `verify`.
    """
    result = Result(differences=[])
    assert result.differences is not None
    last = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    begins = (localdate().toordinal() if night is None else night) % (last // most + 1) * most
    some = Case.objects.filter(pk__gte=begins, pk__lt=begins + most)
    cases = some.select_related("landlord", "procedure", "resident", "representative")
    for landlord, theirs in groupby(cases.order_by("landlord", "pk"), key=lambda case: case.landlord):
        result.landlords += 1
        for batch in batched(theirs, BATCH):
            result.differences += _batch(landlord, batch, result)
    return result


def _strays() -> list[Difference]:
    """Entries whose landlord does not exist."""
    known = Landlord.objects.values("pk")
    strays = (
        Entry.objects.exclude(landlord__in=known)
        .order_by("landlord")
        .values_list("landlord", flat=True)
        .distinct()
    )
    return [
        Difference("entry", landlord, "Entries of a landlord that does not exist.") for landlord in strays
    ]


def _landlord(landlord: Landlord, result: Result) -> list[Difference]:
    own, texts = list(_entries(landlord.pk, [0])), _texts(landlord.pk, [0])
    found = _chain(landlord.pk, 0, "", own, texts, result)
    found += _versions(landlord, own, texts)
    found += _looks(landlord, own)
    found += _calendar(landlord, own)
    cases = Case.objects.filter(landlord=landlord).select_related("procedure", "resident", "representative")
    for batch in batched(cases.order_by("pk").iterator(BATCH), BATCH):
        found += _batch(landlord, batch, result)
    found += _heads_without_case(landlord.pk)
    found += _seals(landlord.pk, result)
    found += _search(landlord.pk)
    return found


def _search(landlord: int) -> Iterator[Difference]:
    """The index of words. A case that waits to be indexed is no difference: it is known, and swept."""
    for each in search_index.differences(landlord):
        yield Difference("search", landlord, each.says, each.reference)


def _batch(whose: Landlord, cases: tuple[Case, ...], result: Result) -> list[Difference]:
    landlord = whose.pk
    keys = [case.pk for case in cases]
    entries = {
        key: list(group) for key, group in groupby(_entries(landlord, keys), key=lambda entry: entry.case)
    }
    texts = _texts(landlord, keys)
    findings = _grouped(CaseFinding.objects.filter(case__in=keys))
    considered = _grouped(Considered.objects.filter(case__in=keys))
    owed = _grouped(Owed.objects.filter(case__in=keys))
    found: list[Difference] = []
    for case in cases:
        case.landlord = whose  # known already, so that its calendar is not asked for again
        result.cases += 1
        told = entries.get(case.pk, [])
        found += _chain(landlord, case.pk, case.reference, told, texts, result)
        rows = Rows(*(kind.get(case.pk, []) for kind in (findings, considered, owed)))
        found += _index(case, told, texts, rows)
        found += _joined(case, told)
    return found


def _joined(case: Case, entries: list[Entry]) -> Iterator[Difference]:
    """What an entry tells of another case, merged in or split from, is what that case's own entries say."""
    for entry in entries:
        if "facts" not in entry.data or entry.verb not in ("merge_cases", "split_case"):
            continue
        other, upto = entry.data["other"], entry.data.get("upto", 0)
        theirs = Entry.objects.filter(landlord=case.landlord_id, case=other, number__lte=upto)
        if facts.as_told(theirs.order_by("number")) != entry.data["facts"]:
            says = "It does not tell of the other case what the entries there say."
            yield Difference("entry", case.landlord_id, says, case.reference, entry.number)


def _entries(landlord: int, cases: list[int]) -> Iterator[Entry]:
    return Entry.objects.filter(landlord=landlord, case__in=cases).order_by("case", "number").iterator()


def _texts(landlord: int, cases: list[int]) -> dict[tuple[int, int], dict[str, Text]]:
    found: dict[tuple[int, int], dict[str, Text]] = {}
    for text in Text.objects.filter(landlord=landlord, case__in=cases).order_by("pk"):
        found.setdefault((text.case, text.entry_number), {})[text.name] = text
    return found


def _grouped(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


# The versions of the procedure


def _versions(
    landlord: Landlord, entries: list[Entry], texts: dict[tuple[int, int], dict[str, Text]]
) -> Iterator[Difference]:
    """Each version stands as its entries left it. One that was made with its landlord has none."""
    rows = {row.number: row for row in ProcedureVersion.objects.filter(landlord=landlord)}
    for number, told in as_entries_say(entries).items():
        row = rows.get(number)
        if row is None:
            yield Difference("procedure", landlord.pk, f"Version {number} of the procedure is gone.")
            continue
        kept = _as_told(row, told, texts.get((0, told.get("reason_in", 0)), {}).get("convention_reason"))
        for name in sorted(kept):
            if kept[name] != told.get(name):
                says = f"Version {number} of the procedure: {name} is not as its entries say."
                yield Difference("procedure", landlord.pk, says)


def _looks(landlord: Landlord, entries: list[Entry]) -> Iterator[Difference]:
    """Who looked at what of whom stands in its index as in the chain."""
    told = {
        entry.number: (entry.data["person"], entry.data["what"], entry.actor)
        for entry in entries
        if entry.verb == VIEWED and "person" in entry.data
    }
    rows = Looked.objects.filter(landlord=landlord).values_list("entry", "person", "what", "who")
    kept = {number: (person, what, who) for number, person, what, who in rows}
    for number in sorted(told.keys() | kept.keys()):
        if told.get(number) != kept.get(number):
            yield Difference("looked", landlord.pk, "Who looked is not as the chain says.", entry=number)


def _as_told(row: ProcedureVersion, told: dict[str, Any], reason: Text | None) -> dict[str, Any]:
    """The fields of a version in the form its entries hold them; those that nothing tells of are left out."""
    kept: dict[str, Any] = {"entry": row.entry, "document": documents.digest(row.document)}
    for name in FIELDS:
        value = getattr(row, name)
        if name != "document" and (value or name in told):
            kept[name] = value.isoformat() if isinstance(value, date) else value
    if reason is not None and reason.text != row.convention_reason:
        kept["convention_reason"] = row.convention_reason
    return kept


# The calendar


def _calendar(landlord: Landlord, entries: list[Entry]) -> Iterator[Difference]:
    """The days that the landlord's calendar adds and takes away are those of its entries."""
    kept = {kind: set(days) for kind, days in landlord.days_off.items()}
    told = days_off.as_entries_say(entries)
    for kind in sorted(kept.keys() | told.keys()):
        for day in sorted(kept.get(kind, set()) ^ told.get(kind, set())):
            yield Difference(
                "calendar", landlord.pk, f"{day} ({kind}) is not in the calendar as its entries say."
            )


# The chain


def _chain(
    landlord: int,
    case: int,
    reference: str,
    entries: list[Entry],
    texts: dict[tuple[int, int], dict[str, Text]],
    result: Result,
) -> list[Difference]:
    found, previous = [], chain.START
    for expected, entry in enumerate(entries, start=1):
        result.entries += 1
        problem = _entry(entry, expected, previous) or _words(entry, texts.get((case, entry.number), {}))
        if problem:
            found.append(Difference("entry", landlord, problem, reference, entry.number))
        previous = entry.hash
    head = Head.objects.filter(landlord=landlord, case=case).first()
    if (head.count if head else 0) != len(entries) or (head is not None and head.hash != previous):
        found.append(Difference("head", landlord, "The chain does not end where its head says.", reference))
    return found


def _entry(entry: Entry, expected: int, previous: str) -> str | None:
    if entry.number != expected:
        return f"Entry {expected} is missing."
    if entry.previous != previous:
        return "It does not follow from the entry before."
    if entry.hash != chain.entry_hash(entry):
        return "It does not say what it said when it was written."
    return None


def _words(entry: Entry, texts: dict[str, Text]) -> str | None:
    """A text erased by law leaves its digest alone; one that was altered, or added, does not fit."""
    digests = entry.data.get("texts", {})
    for name, text in texts.items():
        if digests.get(name) != chain.digest(text.salt, text.text):
            return f'The words of "{name}" are not those that were written.'
    return None


def _heads_without_case(landlord: int) -> list[Difference]:
    known = Case.objects.filter(landlord_id=landlord).values("pk")
    lost = Head.objects.filter(landlord=landlord).exclude(case=0).exclude(case__in=known)
    return [Difference("case", landlord, f"The case of chain {head.case} is gone.") for head in lost]


def _seals(landlord: int, result: Result) -> list[Difference]:
    found, previous = [], chain.START
    for number, seal in enumerate(Seal.objects.filter(landlord=landlord).order_by("number"), start=1):
        result.seals += 1
        heads = list(
            SealedHead.objects.filter(seal=seal).order_by("case").values_list("case", "count", "hash")
        )
        if (
            seal.number != number
            or seal.previous != previous
            or seal.hash != chain.seal_hash(previous, heads)
        ):
            found.append(Difference("seal", landlord, f"Seal {seal.number} is not as it was made."))
        found += _sealed(landlord, seal, heads)
        previous = seal.hash
    return found


def _sealed(landlord: int, seal: Seal, heads: list[tuple[int, int, str]]) -> Iterator[Difference]:
    """Each chain still holds the entry that stood at its end when it was sealed."""
    for some in batched(heads, BATCH):
        chains = Entry.objects.filter(landlord=landlord, case__in=[case for case, _, _ in some])
        kept = {(case, number): hash for case, number, hash in chains.values_list("case", "number", "hash")}
        for case, count, hash in some:
            if kept.get((case, count)) != hash:
                yield Difference(
                    "seal", landlord, f"Seal {seal.number}: chain {case} no longer holds entry {count}."
                )


# The index


class Rows(NamedTuple):
    """The rows that the index of one case has beside its own."""

    findings: list[CaseFinding]
    considered: list[Considered]
    owed: list[Owed]


def _index(
    case: Case, entries: list[Entry], texts: dict[tuple[int, int], dict[str, Text]], rows: Rows
) -> Iterator[Difference]:
    def differs(what: str, says: str) -> Difference:
        return Difference(what, case.landlord_id, says, case.reference)

    complaint = index.read_case(case, entries)
    if complaint is None:
        if entries:
            yield differs("index", "Nothing was ever received in this case.")
        return
    for name, value in index.of(complaint, len(entries)).items():
        if getattr(case, name) != value:
            yield differs("index", f"{name} is {getattr(case, name)}; the entries say {value}.")
    if case.procedure.number != _procedure_number(entries):
        yield differs(
            "index", f"It keeps version {case.procedure.number} of the procedure; the entries do not."
        )
    if case.words != index.found_by(case, _texts_in_order(case, entries, texts)):
        yield differs("index", "The words it is found by are not those of its entries.")
    wanted = index.findings_of(complaint)
    kept = {
        row.provision: {name: getattr(row, name) for name in index.FINDING_FIELDS} for row in rows.findings
    }
    for ref in sorted(wanted.keys() | kept.keys()):
        if wanted.get(ref) != kept.get(ref):
            yield differs(
                "finding", f"{ref} is kept as {_verdict(kept, ref)}; the entries say {_verdict(wanted, ref)}."
            )
    if index.considered_of(complaint) != {(row.person, row.stage) for row in rows.considered}:
        yield differs("considered", "Who has considered the case is not as the entries say.")
    owed = {row.number: {name: getattr(row, name) for name in index.OWED_FIELDS} for row in rows.owed}
    due = index.owed_of(complaint)
    for number in sorted(due.keys() | owed.keys()):
        if due.get(number) != owed.get(number):
            yield differs("owed", f"Promise {number} is not kept as the entries say.")


def _procedure_number(entries: list[Entry]) -> int:
    """The version of the procedure that the entries say the case is under."""
    moved = [entry.data.get("version", 0) for entry in entries if entry.verb == "move_to_procedure"]
    began = [entry.data.get("told", {}).get("procedure", 0) for entry in entries if entry.verb == "receive"]
    return int((moved or began)[-1])


def _verdict(findings: dict[str, dict[str, Any]], ref: str) -> str:
    return str(findings[ref]["verdict"]) if ref in findings else "not judged"


def _texts_in_order(
    case: Case, entries: list[Entry], texts: dict[tuple[int, int], dict[str, Text]]
) -> list[dict[str, str]]:
    return [
        {name: text.text for name, text in texts.get((case.pk, entry.number), {}).items()}
        for entry in entries
    ]


def seal_all() -> int:
    """Seal every landlord whose chains have moved; how many had."""
    return sum(
        records.seal(landlord) is not None for landlord in Landlord.objects.values_list("pk", flat=True)
    )
