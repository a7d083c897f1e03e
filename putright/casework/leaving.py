"""The way out of whatever is not an action of a case: a reminder, a letter, a one-time link, a printed code.

It passes the same gate as an action. Ask again at the moment it really goes: an hour later it may not be safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.safe_contact import Answer, Sending, may_leave, stopped
from putright.casework.act import NotDone
from putright.casework.notices import NOTICES
from putright.casework.telling import RESIDENT, Leaving, Told
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.correspondence import stops
from putright.record.journal import queries
from putright.record.journal import records as journal
from putright.record.people import safe_contact
from putright.record.people.models import Person


@dataclass
class DidNotLeave(NotDone):
    """The way is not safe or not agreed. It stands on somebody's list, and the attempt is in the journal."""

    leaving: Leaving

    def __str__(self) -> str:
        return self.leaving.answer.says


def leave(
    notice: str,
    person: Person,
    *,
    way: str,
    to: str = "",
    at: datetime,
    by: Actor,
    case: Case | None = None,
    whom: str = RESIDENT,
    voicemail: bool = False,
) -> Answer:
    """Let a notice of the register go to somebody, this way: the answer says to which address, and what to mind.

    With a case, `whom` says whether it goes to its resident or their representative, and `person` is who that is.
    Without one, `person` is told of themselves alone. Raises DidNotLeave; KeyError for a notice that is not known.
    """
    if notice not in NOTICES:
        raise KeyError(notice)
    answer = _answer(person, way, to, at, case, whom, voicemail)
    if answer.allowed:
        return answer
    leaving = Leaving(person, whom, way, answer)
    with transaction.atomic():
        data = {"verb": notice, "refs": [answer.ref]}
        entry = journal.note(person.landlord_id, case.pk if case else 0, journal.New("refused", by, at, data))
        if case is not None:
            Case.objects.filter(pk=case.pk).update(entries=entry.number)
        stops.stop(person.landlord_id, case, person, notice, way, answer.says, timezone.now())
    raise DidNotLeave(leaving)


def _answer(
    person: Person, way: str, to: str, at: datetime, case: Case | None, whom: str, voicemail: bool
) -> Answer:
    if case is None:
        return may_leave(safe_contact.facts_of(person, at), Sending(way, at, to, voicemail))
    told = Told(case, _complaint(case), whom, at)
    if told.person != person:
        return stopped("another_person", way)
    return told.answer(way, to, voicemail)


def _complaint(case: Case) -> Complaint | None:
    return index.read_case(case, queries.of_case(case.landlord_id, case.pk))
