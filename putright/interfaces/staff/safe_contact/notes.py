"""How many notes there are on what is safe and what is needed, for the head of a case; and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from complaint_rules import safe_contact as rules
from putright.interfaces.pages.phrases import long_day
from putright.interfaces.pages.words import WAYS
from putright.interfaces.staff.stops import lists as stops
from putright.interfaces.staff.who import Staff
from putright.record.cases import lists
from putright.record.cases.reading import CaseFile
from putright.record.people import needs, rights, safe_contact
from putright.record.people.models import Person, SafeContact


def head(file: CaseFile, staff: Staff) -> dict[str, int]:
    """How many notes this person may open, and how many stops they may see; 0 where their roles open none.

    At most two statements.
    """
    person = file.case.resident
    asked: dict[str, Any] = {}
    if person is not None and may_see_what_is_safe(file, staff):
        asked["safe"] = safe_contact.holding(person)
    if stops.may_see(staff):
        asked["stopped"] = stops.everybodys(staff).filter(case=file.case)
    counted = lists.counts(asked)
    needed = len(_needs(file, localdate())) if rights.may(staff.roles, rights.NEEDS) else 0
    return {"notes": needed + counted.get("safe", 0), "stopped": counted.get("stopped", 0)}


def may_see_what_is_safe(file: CaseFile, staff: Staff) -> bool:
    """Whether they may open what is safe: never somebody whom the complaint names, or who has an interest in it."""
    complaint = file.complaint
    apart = complaint.about_staff | complaint.interests
    return rights.may(staff.roles, rights.SAFE_CONTACT) and staff.person not in apart


def _needs(file: CaseFile, day: date) -> list[str]:
    """What is known of the person, then what this complaint was told beside it, each once."""
    person = file.case.resident
    known = [needs.says(each) for each in needs.of_person(person, day)] if person else []
    return list(dict.fromkeys([*known, *file.needs()]))


def opened(file: CaseFile, staff: Staff, now: datetime) -> dict[str, Any]:
    """What the notes say. Whoever calls this has written down that they were opened."""
    person = file.case.resident
    found: dict[str, Any] = {"needs": [], "safe": None, "ways": [], "claims": []}
    if rights.may(staff.roles, rights.NEEDS):
        found["needs"] = _needs(file, localdate(now))
        found["format"] = FORMATS[safe_contact.format_for(person, localdate(now))] if person else ""
    if person is not None and may_see_what_is_safe(file, staff):
        found |= _what_is_safe(person, now)
    return found


FORMATS = {
    "standard": "",
    "large_print": "Large print",
    "plain_text": "Plain text",
    "easy_read": "Easy read",
    "audio": "Audio",
    "braille": "Braille",
}


def _what_is_safe(person: Person, now: datetime) -> dict[str, Any]:
    held = safe_contact.held_for(person)
    waits = safe_contact.claims_of(person)
    claims = [{"what": CLAIMED[each.kind], "value": each.value, "came": each.came_at} for each in waits]
    if held is None:
        return {"claims": claims}
    answers = safe_contact.ways_for(person, now)
    return {
        "safe": _told(held, now),
        "ways": [_now(way, answers[way]) for way in rules.WAYS],
        "claims": claims,
    }


CLAIMED = {"address": "Address", "email": "Email address", "telephone": "Number"}


def _told(held: SafeContact, now: datetime) -> dict[str, Any]:
    return {
        "ways": [_in_words(each) for each in held.allowed],
        "not_to": held.not_to,
        "not_people": [str(each) for each in held.not_people.all()],
        "code_word": held.code_word,
        "note": held.note,
        "since": long_day(held.since, localdate(now)),
    }


def _in_words(kept: Mapping[str, Any]) -> str:
    """ "Telephone, 07700 900555, from 09:00 to 15:00. Leave no message."."""
    parts = [WAYS.get(kept.get("way", ""), ""), kept.get("to", "")]
    if kept.get("from"):
        parts.append(f"from {kept['from']} to {kept['until']}")
    said = ", ".join(part for part in parts if part)
    if kept.get("way") == "telephone":
        said += ". A message may be left" if kept.get("voicemail") else ". Leave no message"
    return f"{said}."


def _now(way: str, answer: rules.Answer) -> dict[str, Any]:
    again = answer.not_before
    return {
        "way": WAYS[way],
        "open": answer.allowed,
        "says": " ".join(answer.advice) if answer.allowed else answer.says,
        "again": again,
    }
