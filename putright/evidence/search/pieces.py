"""What of a case is searched. The index and what search shows both read these pieces and nothing else.

So whatever is left out here cannot be found and cannot be shown. Left out is what not everybody who reads the
case may read (legal advice, drafts), what is sensitive (needs, adjustments, restrictions of contact, interests),
what is not believed yet, and what was struck out. Kinds of words are let in by name: a new one is not searched
until it stands in SEARCHED.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from putright.record.cases.models import Case
from putright.record.cases.queries import ENDED
from putright.record.people.models import Person
from putright.record.people.queries import under_safe_contact

SEARCHED = frozenset(
    "account action answer answered answered_by change comment compensation cause cites definition discretion duties"
    " elsewhere file good_reason_beyond_limit issue item lesson letter not_responsible_for order outcome owner point"
    " proof question reason reasons recommendation reference remedy summary text what with".split()
)
"""The words that are searched, by the name they are kept under."""
NEVER_SEARCHED = frozenset(
    "adjustment advice adviser interest left_because need remark remarks why_corrected".split()
)
"""Words that are not, each for a reason: sensitive, privileged, of a draft, or about how something was recorded."""
CLOSED_VERBS = frozenset(
    "check_response declare_interest draft_response record_advice record_needs restrict_contact review_adjustments"
    " review_restriction".split()
)
"""Actions none of whose words or files are searched."""

MOST_OF_A_FILE = 60_000
"""Characters of one file that are searched, so that no file crowds out the rest of its case."""

_COLUMNS = (
    "landlord_id reference entries state stage handler__name received_on"
    " resident_id resident__name resident__address resident__email"
    " representative_id representative__name representative__address representative__email"
    " home_id home__address home__uprn"
).split()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a case. `kind` tells what they are: reference, resident, representative, home, text or file.

    A text has its `name` and the verb, day and number of its entry; a file its name and the same.
    """

    kind: str
    text: str
    name: str = ""
    verb: str = ""
    on: date | None = None
    entry: int = 0


@dataclass(slots=True)
class CaseWords:
    """A case as the index holds it, and what a line about it says.

    `address` is empty where the resident's whereabouts are guarded: then they are not searched either.
    """

    case: int
    landlord: int
    reference: str
    entries: int
    received_on: date | None
    state: str
    stage: int
    resident: str
    handler: str
    address: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether it is closed, withdrawn or refused."""
        return self.state in ENDED


def of_cases(landlord: int, cases: Collection[int]) -> dict[int, CaseWords]:
    """The searched words of these cases of one landlord, by case. Six statements at most."""
    rows = Case.objects.filter(landlord_id=landlord, pk__in=cases).values_list("pk", *_COLUMNS)
    told = {row[0]: dict(zip(_COLUMNS, row[1:], strict=True)) for row in rows}
    if not told:
        return {}
    found = {pk: _of_columns(pk, row) for pk, row in told.items()}
    _add_people_and_homes(landlord, found, told)
    _add_words(landlord, found)
    return found


def _of_columns(pk: int, row: Mapping[str, Any]) -> CaseWords:
    words = CaseWords(
        case=pk,
        landlord=row["landlord_id"],
        reference=row["reference"],
        entries=row["entries"],
        received_on=row["received_on"],
        state=row["state"],
        stage=row["stage"],
        resident=row["resident__name"] or "",
        handler=row["handler__name"] or "",
    )
    words.pieces.append(Piece("reference", row["reference"]))
    return words


# People and homes


def _add_people_and_homes(
    landlord: int, found: dict[int, CaseWords], told: Mapping[int, Mapping[str, Any]]
) -> None:
    people = {row[f"{who}_id"] for row in told.values() for who in ("resident", "representative")} - {None}
    homes = {row["home_id"] for row in told.values()} - {None}
    guarded = under_safe_contact(landlord, [Person(pk=person) for person in people])
    references = _references(people, homes)
    for pk, row in told.items():
        found[pk].address = "" if row["resident_id"] in guarded else row["resident__address"] or ""
        for who in ("resident", "representative"):
            person = row[f"{who}_id"]
            hidden = person in guarded
            parts = [row[f"{who}__name"]]
            parts += [] if hidden else [row[f"{who}__address"], row[f"{who}__email"]]
            parts += references.get(("person", person), [])
            _add(found[pk], who, parts)
        if row["resident_id"] not in guarded:
            home = [row["home__address"], row["home__uprn"], *references.get(("home", row["home_id"]), [])]
            _add(found[pk], "home", home)


def _add(words: CaseWords, kind: str, parts: Iterable[str | None]) -> None:
    text = ", ".join(part for part in parts if part)
    if text:
        words.pieces.append(Piece(kind, text))


def _references(people: Collection[int], homes: Collection[int]) -> dict[tuple[str, int | None], list[str]]:
    found: dict[tuple[str, int | None], list[str]] = {}
    for person, home, value in _rows(_REFERENCES, people, homes):
        found.setdefault(("person", person) if person else ("home", home), []).append(value)
    return found


# What was written


@dataclass(slots=True)
class _Told:
    """An entry, with the words that later corrections gave it laid over its own."""

    verb: str
    on: date
    open: bool
    mends: int = 0
    struck: bool = False
    texts: dict[str, str] = field(default_factory=dict)


def _add_words(landlord: int, found: dict[int, CaseWords]) -> None:
    by_case: dict[int, dict[int, _Told]] = {case: {} for case in found}
    for case, number, verb, on, privileged, mends, strike in _rows(_ENTRIES, landlord, found):
        told = _Told(verb, _day(on), verb not in CLOSED_VERBS and not _yes(privileged))
        if verb == "correct":
            told.mends, told.struck = int(mends or 0), _yes(strike)
        by_case[case][number] = told
    for case, number, name, text in _rows(_TEXTS, landlord, found):
        entry = by_case[case].get(number)
        if entry is not None:
            entry.texts[name] = text
    for case, entries in by_case.items():
        found[case].pieces += _texts(_mended(entries))
    _add_files(landlord, found, by_case)


def _mended(entries: dict[int, _Told]) -> dict[int, _Told]:
    """The entries as they stand: a correction's words are those of the entry it mends; one struck out has none."""
    for number, each in sorted(entries.items()):
        mended = entries.get(each.mends)
        if each.verb != "correct" or mended is None or each.mends >= number:
            continue
        if each.struck:
            mended.open = False
        mended.texts = mended.texts | each.texts
        each.texts = {}
    return entries


def _texts(entries: Mapping[int, _Told]) -> Iterator[Piece]:
    for number, told in entries.items():
        if told.open:
            for name, text in told.texts.items():
                if name.partition(".")[0] in SEARCHED:
                    yield Piece("text", text, name, told.verb, told.on, number)


def _add_files(
    landlord: int, found: dict[int, CaseWords], entries: Mapping[int, Mapping[int, _Told]]
) -> None:
    for case, number, name, words in _rows(_FILES, landlord, found):
        told = entries.get(case, {}).get(number)
        if told is not None and told.open:
            text = f"{name}\n{words}" if words else name
            found[case].pieces.append(Piece("file", text, name, told.verb, told.on, number))


# Read by statements that are written out. A page of results asks them for twenty cases: building each from its parts
# took as long as all else of the page.

_REFERENCES = """
SELECT person_id, home_id, value FROM people_reference
WHERE person_id = ANY(%s) OR home_id = ANY(%s) ORDER BY id"""
# Not one statement that joins: PostgreSQL then looks each entry's words up by itself.
_ENTRIES = """
SELECT told."case", told.number, told.verb, told.happened_on, told.data #>> '{told,privileged}',
       told.data ->> 'entry', told.data ->> 'strike'
FROM journal_entry AS told WHERE told.landlord = %s AND told."case" = ANY(%s) ORDER BY told."case", told.number"""
_TEXTS = """
SELECT "case", entry_number, name, text FROM journal_text
WHERE landlord = %s AND "case" = ANY(%s) ORDER BY "case", entry_number, id"""
_FILES = f"""
SELECT case_id, entry, name, substr(words, 1, {MOST_OF_A_FILE}) FROM correspondence_attachment
WHERE landlord_id = %s AND case_id = ANY(%s) ORDER BY case_id, entry, id"""  # noqa: S608
_ON_SQLITE = (
    ("= ANY(%s)", "IN (SELECT value FROM json_each(%s))"),
    ("told.data #>> '{told,privileged}'", "json_extract(told.data, '$.told.privileged')"),
)


def _rows(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    """What a statement gives, for numbers and lists of numbers."""
    lists = [list(each) if isinstance(each, Collection) else each for each in given]
    if connection.vendor == "sqlite":
        for ours, theirs in _ON_SQLITE:
            statement = statement.replace(ours, theirs)
        lists = [json.dumps(each) if isinstance(each, list) else each for each in lists]
    with connection.cursor() as cursor:
        cursor.execute(statement, lists)
        return cursor.fetchall()


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _yes(value: Any) -> bool:
    """What is true in JSON, as either database hands it out."""
    return value in (1, "true", True)
