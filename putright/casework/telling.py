"""The gate: before anything is told to a resident, or to whoever acts for them, the rule of safe contact is asked.

Here the facts are gathered and the rule is asked; `act` stops what the rule stops.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from complaint_rules import safe_contact as rules
from complaint_rules.complaint import Complaint
from complaint_rules.events import AuthorityRecorded, Event, Received
from complaint_rules.findings import Obstacle
from complaint_rules.safe_contact import Answer, Facts, Sending
from putright.casework.fields import Way, Whom, Words
from putright.casework.notices import (
    NOTES_WHAT_WENT_OUT,
    ON_THE_SPOT,
    TELLS,
    WAY_IT_ALWAYS_GOES,
    WAY_OF_CHANNEL,
)
from putright.record.cases.models import Case
from putright.record.people import safe_contact
from putright.record.people.models import Person

RESIDENT, REPRESENTATIVE = "resident", "representative"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something about to leave: for whom, which way, and what the rule says of it."""

    person: Person
    whom: str
    way: str
    answer: Answer

    @property
    def obstacle(self) -> Obstacle:
        """What stands in the way, as a refusal names it."""
        return Obstacle(self.answer.ref, self.answer.says)


# The fields that every action of TELLS takes


def with_way(function: Callable[..., Event]) -> Callable[..., Event]:
    """An action that also takes which way it goes, to which number or address, and to whom."""
    takes = inspect.signature(function)
    parameters = list(takes.parameters.values())
    places = [each for each in parameters if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    rest = parameters[len(places) :]
    added = {"way": Way | None, "sent_to": Words | None, "whom": Whom | None}
    new = [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=kind)
        for name, kind in added.items()
    ]

    @functools.wraps(function)
    def told(*given: Any, **named: Any) -> Event:
        return function(*given, **{name: each for name, each in named.items() if name not in added})

    told.__signature__ = takes.replace(parameters=[*places, *new, *rest])  # type: ignore[attr-defined]
    told.__annotations__ = {**function.__annotations__, **added}
    return told


# Asking


def ask(
    verb: str, case: Case, complaint: Complaint | None, given: Mapping[str, Any], at: datetime
) -> Leaving | None:
    """What the rule says of this action with these fields; None where nobody known is told anything by it."""
    if verb in NOTES_WHAT_WENT_OUT:
        return _noted(case, given, at)
    if verb not in TELLS:
        return None
    whom = _whom(given)
    person = case.representative if whom == REPRESENTATIVE else case.resident
    if whom not in (RESIDENT, REPRESENTATIVE) or person is None:
        return None
    to = (given.get("sent_to") or "").strip()
    ways = _ways(verb, given)
    if whom == RESIDENT and not ways and not to:
        if not safe_contact.is_under(person):
            return None
        return Leaving(person, whom, "", rules.may_leave(safe_contact.facts_of(person, at), Sending("", at)))
    told = Told(case, complaint, whom, at)
    answers = [told.answer_for(verb, way, to) for way in ways or [""]]
    answer = next((each for each in answers if not each.allowed), answers[0])
    return Leaving(person, whom, answer.way, answer)


def _whom(given: Mapping[str, Any]) -> str:
    """To whom: `share_findings` says so under a name of its own, and a member of staff is none of ours here."""
    return str(given.get("with") or given.get("whom") or RESIDENT)


def _ways(verb: str, given: Mapping[str, Any]) -> list[str]:
    """The way that was chosen, and that of the `method` an update names; both where they differ."""
    way, channel = given.get("way"), WAY_OF_CHANNEL.get(given.get("method") or "")
    if way == rules.IN_THEIR_CONTACT and channel in ("telephone", "visit"):
        channel = None
    named = [way, channel] if way or channel else [WAY_IT_ALWAYS_GOES.get(verb)]
    return list(dict.fromkeys(each for each in named if each))


def _noted(case: Case, given: Mapping[str, Any], at: datetime) -> Leaving | None:
    """A contact that has been made: whether it went a way that is safe."""
    way = WAY_OF_CHANNEL.get(given.get("channel") or "")
    if given.get("direction") != "out" or way is None or case.resident is None:
        return None
    return Leaving(case.resident, RESIDENT, way, Told(case, None, RESIDENT, at).answer(way))


class Told:
    """What may be told to the resident of a case, or to their representative, at a moment: read once, asked often."""

    def __init__(self, case: Case, complaint: Complaint | None, whom: str, at: datetime) -> None:
        self.case, self.complaint, self.whom, self.at = case, complaint, whom, at
        self.facts = self._of(case.resident)
        self.not_at_all = ""
        if whom == REPRESENTATIVE:
            self.not_at_all = self._not_at_all(self.facts.under_safe_contact)
            self.facts = rules.as_representative(self._of(case.representative), self.facts)

    def _of(self, person: Person | None) -> Facts:
        return safe_contact.facts_of(person, self.at) if person else Facts()

    def _not_at_all(self, careful: bool) -> str:
        """Why a representative is told nothing, whichever way; empty where they may be."""
        resident, representative = self.case.resident, self.case.representative
        if representative is None:
            return "no_authority"
        if careful and resident is not None and safe_contact.is_feared(resident, representative):
            return "feared_representative"
        said = _said_in_case(self.complaint, representative)
        mandates = safe_contact.mandates_of(resident, representative) if resident else []
        return rules.may_speak_for(mandates, said, self.case.reference, localdate(self.at), careful)

    @property
    def under_safe_contact(self) -> bool:
        """Whether the way must be chosen."""
        return self.facts.under_safe_contact

    @property
    def person(self) -> Person | None:
        """Who is told."""
        return self.case.representative if self.whom == REPRESENTATIVE else self.case.resident

    def answer_for(self, verb: str, way: str, to: str = "") -> Answer:
        """Whether this action may go this way: only some can be said in a contact that the resident began."""
        if way == rules.IN_THEIR_CONTACT and verb not in ON_THE_SPOT:
            return rules.stopped("written", way)
        return self.answer(way, to)

    def answer(self, way: str, to: str = "", voicemail: bool = False) -> Answer:
        """Whether it may leave this way."""
        if self.not_at_all:
            return rules.stopped(self.not_at_all, way)
        return rules.may_leave(self.facts, Sending(way, self.at, to, voicemail))


def _said_in_case(complaint: Complaint | None, representative: Person) -> bool | None:
    """What the entries of a case say last of a representative's authority; None where they say nothing."""
    if complaint is None:
        return None
    name = f"p{representative.pk}"
    said = [
        each.given is True
        for each in complaint.events
        if isinstance(each, AuthorityRecorded) and each.representative == name
    ]
    if said:
        return said[-1]
    return True if any(_came_with_authority(each, name) for each in complaint.events) else None


def _came_with_authority(event: Event, name: str) -> bool:
    if not isinstance(event, Received) or event.authority is not True:
        return False
    return event.by.person == name or event.source == REPRESENTATIVE
