"""The letter of an action: made of the entry just written, kept as it will be sent, and put in the outbox.

All of it in the action's transaction. An action whose way was not named, or that is only said, writes none: then
it is told in some way of the landlord's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from complaint_rules.complaint import Complaint
from complaint_rules.findings import Obstacle
from putright.casework.telling import Leaving
from putright.record.cases.models import Case
from putright.record.cases.reading import CaseFile, file_of
from putright.record.correspondence import outbox
from putright.record.journal.models import Entry
from putright.record.letters import from_record, records, web
from putright.record.letters.documents import Document, Format
from putright.record.letters.models import Letter
from putright.record.people.models import Person
from putright.record.people.safe_contact import format_for

WRITTEN_WAYS = frozenset({"letter", "email"})
OUR_FORMATS: dict[str, Format] = {
    "standard": "standard",
    "large_print": "large_print",
    "plain_text": "standard",
}
"""The formats that we make. Another is made by a person, from the letter in standard print."""


def writes(verb: str, leaving: Leaving | None) -> bool:
    """Whether this action, going this way, sends a letter that we make."""
    return leaving is not None and leaving.way in WRITTEN_WAYS and verb in from_record.KINDS


def write(
    case: Case, before: Complaint, complaint: Complaint, entries: Sequence[Entry], leaving: Leaving
) -> Letter:
    """Make the letter of the newest entry, keep it, and put it in the outbox.

    compose.Missing where the wording asks for what is not known: then nothing of the action happens.
    """
    file = file_of(case, list(entries), complaint)
    document, draft, wording = _made(file, before, leaving)
    now = timezone.now()
    outgoing = outbox.put(
        case,
        leaving.person,
        entry=file.read_at,
        what=file.entries[-1].verb,
        way=leaving.way,
        to=leaving.answer.to,
        subject=_subject(case),
        words=web.plain_text(document) if leaving.way == "email" else "",
        at=now,
    )
    return records.keep(
        file, document, draft, wording, outgoing, now, plain=_wants_plain(leaving.person, now)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as sending it would keep it."""

    document: Document
    plain: bool

    @property
    def content(self) -> bytes:
        """The bytes that would be kept."""
        return records.content(self.document, plain=self.plain)

    @property
    def media_type(self) -> str:
        """Of what kind these bytes are."""
        return records.media_type(plain=self.plain)


def shown(
    file: CaseFile, complaint: Complaint, entry: Entry, texts: dict[str, str], leaving: Leaving
) -> Shown:
    """The letter as it would be sent, from an entry that is not written: the same reading, nothing kept.

    `file` is the case as it stands, `complaint` as it would read. compose.Missing as when it is written.
    """
    told = replace(
        file,
        entries=[*file.entries, entry],
        complaint=complaint,
        texts={**file.texts, entry.number: texts},
    )
    document, _, _ = _made(told, file.complaint, leaving)
    return Shown(document, _wants_plain(leaving.person, timezone.now()))


def remark(person: Person, at: datetime) -> Obstacle | None:
    """What to mind where somebody needs a format that we cannot make; None where we can."""
    needed = format_for(person, localdate(at))
    if needed in OUR_FORMATS:
        return None
    words = needed.replace("_", " ")
    return Obstacle(
        "format", f"They need {words}. This letter is in standard print: have it made in {words} too."
    )


def _made(file: CaseFile, before: Complaint, leaving: Leaving) -> Any:
    day = localdate(file.entries[-1].happened_at)
    address = leaving.answer.to if leaving.way == "letter" else ""
    format = OUR_FORMATS.get(format_for(leaving.person, day), "standard")
    return records.made(file, before, leaving.person, address, day, format)


def _wants_plain(person: Person, at: datetime) -> bool:
    return format_for(person, localdate(at)) == "plain_text"


def _subject(case: Case) -> str:
    """What stands over a mail for anybody to see: who it is from, and nothing of what it is about."""
    return f"A letter from {case.landlord.name}, {case.reference}"
