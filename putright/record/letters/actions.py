"""What an administrator does with letters: the letterhead, the Word file of its look, and wording from a day on.

Each is one entry of the landlord's own chain; what was written stands in the texts beside it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max
from django.utils.timezone import localdate

from complaint_rules.events import Actor
from putright.record.accounts.models import User
from putright.record.landlords.models import Landlord
from putright.record.landlords.own_chain import ChangedMeanwhile, NotPossible, changing
from putright.record.letters import templates, word_files
from putright.record.letters.models import Letterhead, Wording
from putright.record.letters.templates import BadTemplate
from putright.record.letters.word_files import CannotBeUsed

SET_LETTERHEAD, SET_LOOK = "set_letterhead", "set_look_of_letters"
BEGIN, EDIT, IN_FORCE = "begin_wording", "edit_wording", "wording_in_force"
MOST_LINES = 12
LONGEST_LINE = 120
LOOKS = "looks"


def set_letterhead(
    landlord: Landlord,
    *,
    lines: Sequence[str],
    team: str,
    how_to_reach_us: str,
    ombudsman_lines: Sequence[str],
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Letterhead:
    """What stands round every letter from now on. Letters that were sent stay as they were."""
    lines, ombudsman = _lines(lines, "lines"), _lines(ombudsman_lines, "ombudsman_lines")
    with changing(landlord.pk, by=by, at=at, key=key) as change:
        head = Letterhead.objects.get_or_create(landlord=landlord)[0]
        if change.done is not None:
            return head
        head.lines, head.team, head.how_to_reach_us = lines, team.strip(), how_to_reach_us.strip()
        if ombudsman != head.ombudsman_lines:
            head.ombudsman_lines = ombudsman
        head.changed_at = at
        head.save()
        words = {
            "lines": "\n".join(lines),
            "team": head.team,
            "how_to_reach_us": head.how_to_reach_us,
            "ombudsman_lines": "\n".join(ombudsman),
        }
        change.write(SET_LETTERHEAD, {}, words)
    return head


def _lines(given: Sequence[str], field: str) -> list[str]:
    found = [each.strip() for each in given if each.strip()]
    if len(found) > MOST_LINES:
        raise NotPossible(f"Use no more than {MOST_LINES} lines.", field)
    if any(len(each) > LONGEST_LINE for each in found):
        raise NotPossible(f"Use no more than {LONGEST_LINE} characters in a line.", field)
    return found


def set_look(
    landlord: Landlord, content: bytes | None, *, by: Actor, at: datetime, key: str | None = None
) -> Letterhead:
    """The Word file whose styles, margins, header and footer the landlord's Word letters take; None: ours again."""
    if content is not None:
        try:
            word_files.text_of(content)
        except CannotBeUsed as problem:
            raise NotPossible(str(problem), "look") from problem
    with changing(landlord.pk, by=by, at=at, key=key) as change:
        head = Letterhead.objects.get_or_create(landlord=landlord)[0]
        if change.done is not None:
            return head
        head.look = _kept(content) if content is not None else ""
        head.changed_at = at
        head.save()
        change.write(SET_LOOK, {"digest": hashlib.sha256(content).hexdigest() if content else ""})
    return head


def _kept(content: bytes) -> str:
    return default_storage.save(f"{LOOKS}/{secrets.token_urlsafe(24)}.docx", ContentFile(content))


def begin_wording(
    landlord: Landlord,
    document: Mapping[str, Any],
    *,
    user: User,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Wording:
    """A draft of a wording of the landlord's own. BadTemplate where it cannot be used."""
    made = templates.template(document)
    with changing(landlord.pk, by=by, at=at, key=key) as change:
        if change.done is not None:
            return Wording.objects.get(pk=change.done.data["wording"])
        last = Wording.objects.filter(landlord=landlord).aggregate(last=Max("number"))["last"] or 0
        wording = Wording.objects.create(
            landlord=landlord,
            kind=made.kind,
            stage=made.stage,
            edition=made.edition,
            number=last + 1,
            document=templates.as_data(made),
            made_by=user,
            made_at=at,
        )
        change.write(BEGIN, _facts(wording), _words(wording))
    return wording


def edit_wording(
    wording: Wording,
    document: Mapping[str, Any],
    *,
    was: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Wording:
    """Another text for a draft. `was` is the digest of the text that was read; a wording in force never changes."""
    made = templates.template(document)
    with changing(wording.landlord_id, by=by, at=at, key=key) as change:
        fresh = Wording.objects.get(pk=wording.pk)
        if change.done is not None:
            return fresh
        _still_a_draft(fresh)
        if digest(fresh) != was:
            raise ChangedMeanwhile
        if (made.kind, made.stage) != (fresh.kind, fresh.stage):
            raise NotPossible("This is the wording of another letter.")
        fresh.document, fresh.edition = templates.as_data(made), made.edition
        fresh.save(update_fields=["document", "edition"])
        change.write(EDIT, _facts(fresh), _words(fresh))
    return fresh


def put_in_force(
    wording: Wording, day: date, *, was: str, by: Actor, at: datetime, key: str | None = None
) -> Wording:
    """Let letters be written in this wording from a day on: today at the earliest. From then on it stays as it is."""
    with changing(wording.landlord_id, by=by, at=at, key=key) as change:
        fresh = Wording.objects.get(pk=wording.pk)
        if change.done is not None:
            return fresh
        _still_a_draft(fresh)
        if digest(fresh) != was:
            raise ChangedMeanwhile
        if day < localdate(at):
            raise NotPossible(
                "The day must be today or later: letters that were sent stay as they are.", "day"
            )
        try:
            templates.template(fresh.document)
        except BadTemplate as problem:
            raise NotPossible(str(problem)) from problem
        fresh.in_force_on = day
        fresh.save(update_fields=["in_force_on"])
        change.write(IN_FORCE, _facts(fresh) | {"from": day.isoformat(), "digest": digest(fresh)})
    return fresh


def _still_a_draft(wording: Wording) -> None:
    if wording.in_force_on is not None:
        raise NotPossible("This wording has its day, and is not changed any more. Begin a new version.")


def digest(wording: Wording) -> str:
    """A digest of the text of a wording, to see whether somebody changed it."""
    return hashlib.sha256(json.dumps(wording.document, sort_keys=True).encode()).hexdigest()


def _facts(wording: Wording) -> dict[str, Any]:
    return {"wording": wording.pk, "number": wording.number, "kind": wording.kind, "stage": wording.stage}


def _words(wording: Wording) -> dict[str, str]:
    return {"document": json.dumps(wording.document, ensure_ascii=False, indent=1)}
