"""Making a letter from a case, and keeping it as it was sent. Call `keep` inside the action's transaction."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from complaint_rules.complaint import Complaint
from complaint_rules.letters import Draft
from putright.record.cases.reading import CaseFile
from putright.record.correspondence.models import Outgoing
from putright.record.landlords.models import Landlord
from putright.record.letters import compose, from_record, in_words, templates, web
from putright.record.letters.documents import Document, Format
from putright.record.letters.models import Letter, Letterhead, Wording
from putright.record.letters.pdf import pdf
from putright.record.letters.templates import Template
from putright.record.letters.told import Told
from putright.record.people.models import Person

FOLDER = "letters"


def letterhead(landlord: Landlord) -> Letterhead:
    """The landlord's letterhead; an empty one where it has none yet."""
    return Letterhead.objects.filter(landlord=landlord).first() or Letterhead(landlord=landlord)


def wording_for(
    landlord: Landlord, kind: str, stage: int | None, edition: str, day: date
) -> tuple[Template, Wording | None]:
    """The wording in force on a day: the landlord's own where it has one for this letter, else ours."""
    rows = Wording.objects.filter(Q(stage=stage) | Q(stage=None), landlord=landlord, kind=kind)
    in_force = rows.filter(in_force_on__lte=day, edition__in=("", edition)).order_by("in_force_on", "number")
    for row in sorted(in_force, key=lambda each: (bool(each.edition), each.stage is not None), reverse=True):
        newest = [each for each in in_force if (each.edition, each.stage) == (row.edition, row.stage)][-1]
        return templates.template(newest.document), newest
    ours = templates.find(templates.own_wording(), kind, stage, edition)
    if ours is None:
        raise LookupError(f"There is no wording for {kind} at stage {stage}.")
    return ours, None


def told(
    file: CaseFile, before: Complaint, draft: Draft, head: Letterhead, to: Person, address: str, day: date
) -> Told:
    """All that a letter of this case may say. `address` is where it goes, as the gate let it; lines or commas."""
    case, due = file.case, from_record.due_on(before)
    details = "\n".join(head.ombudsman_lines)
    return Told(
        draft=replace(draft, ombudsman_details=details) if details else draft,
        day=day,
        landlord=case.landlord.name,
        from_lines=(case.landlord.name, *head.lines),
        to_name=to.name,
        to_lines=(to.name or "The resident", *_lines(address)) if address else (),
        resident_name=case.resident.name if case.resident is not None else "",
        reference=case.reference,
        team=head.team,
        colour=case.landlord.colour,
        how_to_reach_us=head.how_to_reach_us or "You can ring us, write to us, or tell any of our staff.",
        received_on=before.on("received"),
        due_on=due,
        late=due is not None and day > due,
    )


def _lines(address: str) -> tuple[str, ...]:
    parts = address.splitlines() if "\n" in address else address.split(",")
    return tuple(each.strip() for each in parts if each.strip())


def made(
    file: CaseFile, before: Complaint, to: Person, address: str, day: date, format: Format = "standard"
) -> tuple[Document, Draft, Wording | None]:
    """The letter of the newest entry of a case. compose.Missing where it cannot be filled; KeyError where it has none.

    An answer in the landlord's own words is that letter: nothing of ours is added but what stands round it.
    """
    draft = from_record.draft_of(file, before)
    head = letterhead(file.case.landlord)
    known = told(file, before, draft, head, to, address, day)
    template, wording = wording_for(file.case.landlord, draft.kind, draft.stage, draft.edition, day)
    if draft.kind == "response" and draft.texts:
        return _in_own_words(template, known, format), draft, None
    return compose.compose(template, known, format), draft, wording


def _in_own_words(template: Template, known: Told, format: Format) -> Document:
    pieces = (templates.Piece(part="opening"),)
    return compose.compose(replace(template, pieces=pieces), known, format)


def keep(
    file: CaseFile,
    document: Document,
    draft: Draft,
    wording: Wording | None,
    outgoing: Outgoing | None,
    at: datetime,
    *,
    plain: bool = False,
) -> Letter:
    """Keep a letter: its blocks, and the exact bytes under a random name with their digest. PDF, or plain text."""
    kept = content(document, plain=plain)
    ending = "txt" if plain else "pdf"
    name = default_storage.save(f"{FOLDER}/{secrets.token_urlsafe(24)}.{ending}", ContentFile(kept))
    return Letter.objects.create(
        landlord=file.case.landlord,
        case=file.case,
        entry=file.read_at,
        kind=draft.kind,
        stage=draft.stage,
        edition=draft.edition,
        wording=wording,
        own_words=draft.kind == "response" and bool(draft.texts),
        format="plain_text" if plain else document.format,
        media_type=media_type(plain=plain),
        language=document.language,
        document=document.as_data(),
        stored_as=name,
        digest=hashlib.sha256(kept).hexdigest(),
        size=len(kept),
        outgoing=outgoing,
        made_at=at,
    )


def content(document: Document, *, plain: bool) -> bytes:
    """The bytes of a letter: as PDF, or as plain text for those who are read to."""
    return web.plain_text(document).encode() if plain else pdf(document)


def media_type(*, plain: bool) -> str:
    """Of what kind the bytes of a letter are."""
    return "text/plain; charset=utf-8" if plain else "application/pdf"


def content_of(letter: Letter) -> bytes:
    """The bytes as they were sent. ValueError where what is stored is not what was kept."""
    with default_storage.open(letter.stored_as) as file:
        kept: bytes = file.read()
    if hashlib.sha256(kept).hexdigest() != letter.digest:
        raise ValueError(f"The stored letter {letter.pk} is not the one that was sent.")
    return kept


def in_a_line(letter: Letter) -> str:
    """What a list calls a letter: "Our answer to your complaint, Friday 4 December 2026"."""
    title = (letter.document or {}).get("title", letter.kind)
    return f"{title}, {in_words.day(letter.made_at.date())}"
