"""Printing and posting: each letter is asked of the gate again before it is printed, and said to be posted after.

What was safe when a letter was written may not be safe when it is printed: then it is stopped, on somebody's list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from complaint_rules.events import Actor
from complaint_rules.safe_contact import Answer, Sending, may_leave, stopped
from putright.casework.telling import REPRESENTATIVE, RESIDENT, Told
from putright.record.accounts.models import User
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.correspondence import outbox, stops
from putright.record.correspondence.models import Outgoing
from putright.record.journal import queries
from putright.record.journal import records as journal
from putright.record.landlords.queries import LANDLORDS_OWN
from putright.record.people import safe_contact

LATER = frozenset({"outside_hours"})
"""Why something waits that will be safe again by itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gate says now of something that waits."""

    outgoing: Outgoing
    answer: Answer

    @property
    def waits(self) -> bool:
        """Whether it only has to wait."""
        return not self.answer.allowed and self.answer.why in LATER


def ask_again(outgoing: Outgoing, at: datetime) -> Answer:
    """Whether something that waits may leave now, to the very address it was written for."""
    person, case = outgoing.person, outgoing.case
    if case is None:
        facts = safe_contact.facts_of(person, at)
        return may_leave(facts, Sending(outgoing.way, at, outgoing.to))
    whom = RESIDENT if person.pk == case.resident_id else REPRESENTATIVE
    complaint = index.read_case(case, queries.of_case(case.landlord_id, case.pk))
    told = Told(case, complaint, whom, at)
    if told.person != person:
        return stopped("another_person", outgoing.way)
    return told.answer(outgoing.way, outgoing.to)


def ready(waiting: Iterable[Outgoing], by: Actor, at: datetime) -> list[Asked]:
    """Ask of each whether it may be printed now; what may not be any more is stopped, on somebody's list.

    Gives every one with what was said of it, in the order given.
    """
    found = [Asked(each, ask_again(each, at)) for each in waiting]
    for each in found:
        if not each.answer.allowed and not each.waits:
            _stop(each, by, at)
    return found


def _stop(asked: Asked, by: Actor, at: datetime) -> None:
    row, answer = asked.outgoing, asked.answer
    case = row.case
    with transaction.atomic():
        data = {"verb": row.what, "refs": [answer.ref]}
        entry = journal.note(
            row.landlord_id, case.pk if case else LANDLORDS_OWN, journal.New("refused", by, at, data)
        )
        if case is not None:
            Case.objects.filter(pk=case.pk).update(entries=entry.number)
        says = f"The letter was written, and has not left. {answer.says}"
        stops.stop(row.landlord_id, case, row.person, row.what, row.way, says, timezone.now())
        outbox.stopped(row.pk, answer.says, at)


def posted(landlord_id: int, numbers: Iterable[int], user: User, by: Actor, at: datetime) -> list[int]:
    """Say that these letters were printed and posted. The numbers of those that waited; it stands in the chain."""
    return _moved("post_letters", outbox.posted, landlord_id, numbers, user, by, at)


def not_posted(landlord_id: int, numbers: Iterable[int], user: User, by: Actor, at: datetime) -> list[int]:
    """They were not posted after all: they wait again. Only what this person said was posted, that same day."""
    return _moved("unpost_letters", outbox.not_posted, landlord_id, numbers, user, by, at)


Move = Callable[[int, Iterable[int], User, datetime], list[int]]


def _moved(
    verb: str, move: Move, landlord_id: int, numbers: Iterable[int], user: User, by: Actor, at: datetime
) -> list[int]:
    with transaction.atomic():
        head = journal.lock(landlord_id, LANDLORDS_OWN)
        moved = move(landlord_id, numbers, user, at)
        if moved:
            journal.append(head, journal.New(verb, by, at, {"outgoing": moved}))
    return moved


def try_again(landlord_id: int, number: int, by: Actor, at: datetime) -> bool:
    """Let what failed be tried again; whether there was such a thing."""
    with transaction.atomic():
        head = journal.lock(landlord_id, LANDLORDS_OWN)
        again = outbox.try_again(landlord_id, number, at)
        if again:
            journal.append(head, journal.New("try_again", by, at, {"outgoing": [number]}))
    return again
