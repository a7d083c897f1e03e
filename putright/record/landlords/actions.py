"""What is done to a landlord's procedure: draft, edit, approve, brief, put in force, publish.

Each change of a version is one entry in the landlord's own chain: who, when, what, and a digest of the
text, which is kept beside it. A version that has been approved never changes its text again; a case keeps
the version it began under, so nothing here touches a live case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate

from complaint_rules import editions
from complaint_rules.editions import UnknownEdition
from complaint_rules.events import Actor
from complaint_rules.procedure import Procedure
from complaint_rules.working_days import Convention, in_words
from putright.record.journal import queries as journal_queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head
from putright.record.landlords import documents, profiles, queries
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.profiles import UnknownProfile

LONDON = ZoneInfo("Europe/London")
NINE_IN_THE_MORNING = time(9)

CHANGES = "administrator"
"""The role that changes a procedure."""

READS = frozenset({CHANGES, "complaints_officer", "auditor", "board_member"})
"""The roles that read every version of it, drafts too."""


class NotDone(Exception):
    """Nothing was changed, and why."""


class NotForThisRole(NotDone):
    """Only an administrator changes a procedure."""


class UnknownStart(NotDone):
    """There is nothing of this name to begin a draft from."""


@dataclass
class Changed(NotDone):
    """Somebody has changed the version since it was read. It is as it now stands, with what they did."""

    version: ProcedureVersion
    entry: Entry

    def __str__(self) -> str:
        return f"Version {self.version.number} has changed since you read it."


@dataclass
class NotPossible(NotDone):
    """A rule stands in the way. `field` is the answer that is wrong or missing, empty for the step itself."""

    says: str
    field: str = ""

    def __str__(self) -> str:
        return self.says


# Drafts


def start_draft(
    landlord: Landlord,
    source: str,
    *,
    by: Actor,
    at: datetime,
    drafted_on: date | None = None,
    text: str | None = None,
    key: str | None = None,
) -> ProcedureVersion:
    """A new draft with the next number, begun from "version:3", "profile:redditch" or "code:2024".

    `text` is taken instead of the source's own text: words typed into a version that was approved meanwhile.
    The days of the version before are left out of the new text. UnknownStart for any other source.
    """
    _only_administrators(by)
    begun = _begun(landlord, source) if text is None else _no_longer_than_we_read(_tidy(text))
    if drafted_on is not None:
        _no_later_than_today(drafted_on, at, "drafted")
    with transaction.atomic():
        head = journal.lock(landlord.pk, queries.LANDLORDS_OWN)
        done = _done_before(landlord, key)
        if done is not None:
            return done
        newest = ProcedureVersion.objects.filter(landlord=landlord).order_by("number").last()
        drafted_on = drafted_on or localdate(at)
        version = ProcedureVersion(
            landlord=landlord,
            number=(newest.number if newest else 0) + 1,
            drafted_on=drafted_on,
            document=begun,
        )
        facts = {"from": source, "drafted_on": drafted_on.isoformat()} | _digest(begun)
        _write(head, version, queries.DRAFT, by, _moment(drafted_on, at), facts, {"document": begun}, key)
    return version


def _begun(landlord: Landlord, source: str) -> str:
    kind, _, name = source.partition(":")
    try:
        if kind == "code":
            return documents.begun_from_the_code(landlord, editions.edition(name))
        if kind == "profile":
            return documents.made_ours(profiles.path(name).read_text(encoding="utf-8"), landlord)
    except (UnknownEdition, UnknownProfile) as problem:
        raise UnknownStart(str(problem)) from problem
    if kind != "version" or not name.isdecimal() or len(name) > 9:
        raise UnknownStart("There is nothing of this name to begin a draft from.")
    version = ProcedureVersion.objects.filter(landlord=landlord, number=int(name)).first()
    if version is None:
        raise UnknownStart(f"There is no version {name} of the procedure.")
    text = documents.without(documents.text_of(version), "dates")
    return text or documents.begun_from_the_code(landlord, _latest_edition())


def _latest_edition() -> editions.Edition:
    return list(editions.all_editions().values())[-1]


def save_text(
    version: ProcedureVersion,
    text: str,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> ProcedureVersion:
    """Keep the text of a draft as it was typed, whether it can be read yet or not."""
    text = _no_longer_than_we_read(_tidy(text))
    with _changing(version, by, read_at, key) as (head, fresh, done):
        if done or text == fresh.document:
            return fresh
        _refuse_unless_draft(fresh)
        fresh.document = text
        _write(head, fresh, queries.EDIT, by, at, _digest(text), {"document": text}, key)
    return fresh


def _tidy(text: str) -> str:
    """As it was typed, with one kind of line end: browsers send another than they were given."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _no_longer_than_we_read(text: str) -> str:
    if len(text) > documents.MOST_CHARACTERS:
        says = f"The text has {len(text):,} characters. The most is {documents.MOST_CHARACTERS:,}."
        raise NotPossible(says, "text")
    return text


def _refuse_unless_draft(version: ProcedureVersion) -> None:
    if not version.is_draft:
        raise NotPossible(f"Version {version.number} is no draft, so its text stays. Start a new draft.")


# Its days


def approve(
    version: ProcedureVersion,
    body: str,
    on: date,
    *,
    by: Actor,
    at: datetime,
    convention_reason: str = "",
    read_at: int | None = None,
    key: str | None = None,
) -> ProcedureVersion:
    """Approved by a body on a day. Its text must be readable, and stays as it is from now on."""
    body = " ".join(body.split())
    with _changing(version, by, read_at, key) as (head, fresh, done):
        if done:
            return fresh
        if _has_come(fresh.in_force_on, at):
            raise NotPossible(f"Version {fresh.number} is in force already.")
        if not body:
            raise NotPossible("Enter the body that approved it.", "body")
        procedure = _readable(fresh)
        _no_later_than_today(on, at, "approved")
        _not_before(on, fresh.drafted_on, "drafted")
        facts = {"approved_on": on.isoformat(), "approved_by": body} | _digest(fresh.document)
        words = _reason_for_counting(fresh, procedure, localdate(at), convention_reason)
        fresh.approved_on, fresh.approved_by = on, body
        _write(head, fresh, queries.APPROVE, by, _moment(on, at), facts, words, key)
    return fresh


def brief(
    version: ProcedureVersion,
    on: date,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> ProcedureVersion:
    """Staff were briefed on a day."""
    return _day_of(queries.BRIEF, "briefed_on", "briefed", version, on, by, at, read_at, key)


def publish(
    version: ProcedureVersion,
    on: date,
    *,
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> ProcedureVersion:
    """Published for residents on a day."""
    return _day_of(queries.PUBLISH, "published_on", "published", version, on, by, at, read_at, key)


def _day_of(
    verb: str,
    name: str,
    said: str,
    version: ProcedureVersion,
    on: date,
    by: Actor,
    at: datetime,
    read_at: int | None,
    key: str | None,
) -> ProcedureVersion:
    with _changing(version, by, read_at, key) as (head, fresh, done):
        if done:
            return fresh
        if not _has_come(fresh.in_force_on, at):
            _refuse_unless_approved(fresh)
        _no_later_than_today(on, at, said)
        _not_before(on, fresh.approved_on, "approved")
        setattr(fresh, name, on)
        _write(head, fresh, verb, by, _moment(on, at), {name: on.isoformat()}, {}, key)
    return fresh


def put_in_force(
    version: ProcedureVersion,
    on: date,
    *,
    by: Actor,
    at: datetime,
    newest_case: date | None,
    convention_reason: str = "",
    read_at: int | None = None,
    key: str | None = None,
) -> ProcedureVersion:
    """In force from a day: cases received from then on are handled by it.

    `newest_case` is the day the landlord's newest case was received. A day that has passed is refused where a
    case was received on it or since: that case began under another version, and keeps it.
    """
    today = localdate(at)
    with _changing(version, by, read_at, key) as (head, fresh, done):
        if done:
            return fresh
        if _has_come(fresh.in_force_on, at):
            raise NotPossible(f"Version {fresh.number} is in force already. Start a new draft.")
        _refuse_unless_approved(fresh)
        assert fresh.approved_on is not None
        _not_before(on, fresh.approved_on, "approved")
        if on < today and newest_case is not None and newest_case >= on:
            raise NotPossible(
                f"A case was received on {in_words(newest_case)} and keeps the version it began under. "
                "Give today or a later day.",
                "on",
            )
        same_day = ProcedureVersion.objects.filter(landlord=fresh.landlord_id, in_force_on=on)
        other = same_day.exclude(pk=fresh.pk).first()
        if other is not None:
            raise NotPossible(f"Version {other.number} comes into force that day. Give another day.", "on")
        words = _reason_for_counting(fresh, _readable(fresh), on, convention_reason)
        fresh.in_force_on = on
        facts = {"in_force_on": on.isoformat()} | _digest(fresh.document)
        happened = at if on >= today else _moment(on, at)
        _write(head, fresh, queries.PUT_IN_FORCE, by, happened, facts, words, key)
    return fresh


def _refuse_unless_approved(version: ProcedureVersion) -> None:
    if version.approved_on is None:
        raise NotPossible(f"Version {version.number} has not been approved yet. Approve it first.")


def _readable(version: ProcedureVersion) -> Procedure:
    reading = documents.read(documents.text_of(version))
    if reading.procedure is None:
        raise NotPossible(f"The text cannot be read yet. {reading.problems[0]}")
    return reading.procedure


def _no_later_than_today(on: date, at: datetime, said: str) -> None:
    if on > localdate(at):
        raise NotPossible(f"The day it was {said} must be today or earlier.", "on")


def _not_before(on: date, earlier: date | None, said: str) -> None:
    if earlier is not None and on < earlier:
        raise NotPossible(f"It was {said} on {in_words(earlier)}. Give that day or a later one.", "on")


def _has_come(day: date | None, at: datetime) -> bool:
    return day is not None and day <= localdate(at)


# How days are counted


def counting_changes(
    version: ProcedureVersion, procedure: Procedure, day: date
) -> tuple[Convention, Convention] | None:
    """How days are counted by what is in force on a day, and by this version; None where it is the same."""
    others = ProcedureVersion.objects.filter(landlord=version.landlord_id, in_force_on__lte=day)
    before = others.exclude(pk=version.pk).order_by("in_force_on", "number").last()
    now = queries.terms(before).convention if before else Convention.NEXT_WORKING_DAY
    return None if now == procedure.convention else (now, procedure.convention)


def _reason_for_counting(
    version: ProcedureVersion, procedure: Procedure, day: date, reason: str
) -> dict[str, str]:
    """Put the reason on the version, and give the words to keep; NotPossible where one is needed."""
    reason = reason.strip()
    if reason:
        version.convention_reason = reason
        return {"convention_reason": reason}
    if not version.convention_reason and counting_changes(version, procedure, day):
        raise NotPossible("Give the reason for counting days another way.", "convention_reason")
    return {}


# What each does


def _only_administrators(by: Actor) -> None:
    if by.kind != "staff" or by.role != CHANGES:
        raise NotForThisRole(NotForThisRole.__doc__)


@contextmanager
def _changing(
    version: ProcedureVersion, by: Actor, read_at: int | None, key: str | None
) -> Iterator[tuple[Head, ProcedureVersion, bool]]:
    """The version read afresh under the lock of the landlord's chain; True where this was done before."""
    _only_administrators(by)
    with transaction.atomic():
        head = journal.lock(version.landlord_id, queries.LANDLORDS_OWN)
        fresh = ProcedureVersion.objects.select_related("landlord").get(pk=version.pk)
        done = _done_before(fresh.landlord, key) is not None
        if not done and read_at is not None and fresh.entry > read_at:
            raise Changed(fresh, _entry(fresh))
        yield head, fresh, done


def _entry(version: ProcedureVersion) -> Entry:
    return Entry.objects.get(landlord=version.landlord_id, case=queries.LANDLORDS_OWN, number=version.entry)


def _done_before(landlord: Landlord, key: str | None) -> ProcedureVersion | None:
    entry = journal_queries.by_key(landlord.pk, key) if key else None
    if entry is None or "version" not in entry.data:
        return None
    return ProcedureVersion.objects.get(landlord=landlord, number=entry.data["version"])


def _write(
    head: Head,
    version: ProcedureVersion,
    verb: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any],
    words: Mapping[str, str],
    key: str | None,
) -> None:
    new = journal.New(verb, by, at, {"version": version.number, **facts}, words, key)
    version.entry = journal.append(head, new).number
    version.save()


def _digest(text: str) -> dict[str, str]:
    """The digest of a text. A procedure tells of nobody and is published, so it needs no salt."""
    return {"document": documents.digest(text)}


def _moment(on: date, at: datetime) -> datetime:
    """When it happened: now, or in the morning of a day that has passed."""
    return at if on >= localdate(at) else datetime.combine(on, NINE_IN_THE_MORNING, LONDON)
