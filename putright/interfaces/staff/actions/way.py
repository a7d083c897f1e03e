"""Which way it goes: asked by every page whose action tells the resident, or whoever acts for them, something.

Only a way that is open can be chosen; beside each of the others stands why it is not. No address is shown here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from complaint_rules import safe_contact as rules
from complaint_rules.safe_contact import Answer
from putright.casework.act import Stopped
from putright.casework.notices import ON_THE_SPOT, TELLS, WAY_IT_ALWAYS_GOES
from putright.casework.telling import REPRESENTATIVE, RESIDENT, Told
from putright.interfaces.pages.phrases import clock_time, long_day
from putright.interfaces.pages.words import WAYS
from putright.interfaces.staff.actions.task import Ask, Task
from putright.interfaces.staff.who import Staff
from putright.record.cases.reading import CaseFile
from putright.record.letters.from_record import KINDS

CHOOSE = "Choose which way it goes."


class Question:
    """The question of one action in one case at one moment, and what is open: read once."""

    def __init__(self, verb: str, file: CaseFile, now: datetime) -> None:
        self.verb, case = verb, file.case
        self.to_resident = Told(case, file.complaint, RESIDENT, now)
        self.to_representative = (
            Told(case, file.complaint, REPRESENTATIVE, now) if case.representative is not None else None
        )

    @property
    def must_be_answered(self) -> bool:
        """Whether a way must be chosen: they have said what is safe, and one of the ways is open."""
        return self.to_resident.under_safe_contact and len(self.closed) < len(self.choices)

    @property
    def none_is_open(self) -> bool:
        """Whether nothing can go at all now."""
        return len(self.closed) == len(self.choices)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The ways, in words."""
        found = [(way, WAYS[way]) for way in rules.WAYS]
        if self.verb in ON_THE_SPOT:
            found.insert(0, (rules.IN_THEIR_CONTACT, WAYS[rules.IN_THEIR_CONTACT]))
        return found

    def answer(self, way: str) -> Answer:
        """What the rule says of this way: for the resident, or where only they may use it, their representative."""
        mine = self.to_resident.answer_for(self.verb, way)
        if mine.allowed or self.to_representative is None:
            return mine
        theirs = self.to_representative.answer_for(self.verb, way)
        return theirs if theirs.allowed else mine

    @property
    def closed(self) -> dict[str, str]:
        """Each way that is not open, and why."""
        found = {way: self.answer(way) for way, _ in self.choices}
        return {way: answer.says for way, answer in found.items() if not answer.allowed}

    @property
    def chosen_already(self) -> str:
        """The way of a letter where nobody has to choose: what they prefer, else by email, else by post.

        Never for somebody who has said what is safe; and none where we hold nothing to send it to.
        """
        person = self.to_resident.person
        if self.verb not in KINDS or person is None or self.to_resident.under_safe_contact:
            return ""
        wanted = (
            person.preferred_way,
            "email" if person.email else "",
            "letter" if person.address else "",
        )
        return next((way for way in wanted if way and way not in self.closed), "")

    @property
    def hints(self) -> dict[str, str]:
        """What to mind where a way is open."""
        found = {way: self.answer(way) for way, _ in self.choices}
        return {way: " ".join(each.advice) for way, each in found.items() if each.allowed and each.advice}

    @property
    def not_told(self) -> dict[str, str]:
        """Whom nothing may be told at all, and why."""
        why = self.to_representative.not_at_all if self.to_representative else ""
        return {REPRESENTATIVE: rules.REASONS[why].says} if why else {}


def asked_too(task: Task, verb: str, file: CaseFile, now: datetime) -> Task:
    """The page of an action with the question to whom and which way it goes, where it tells somebody something."""
    if verb not in TELLS:
        return task
    question = Question(verb, file, now)
    asks = {name: ask for name, ask in task.asks.items() if name != "method"} | _asks(question, file)
    needed = {
        "whom": lambda file: True,
        "way": lambda file: question.must_be_answered and verb != "share_findings",
    }
    only = {"whom": lambda file: file.case.representative is not None and "with" not in task.asks}
    default = WAY_IT_ALWAYS_GOES.get(verb) or question.chosen_already
    if default and default not in question.closed:
        asks["way"] = replace(asks["way"], default=lambda file: default)
    return replace(
        task,
        asks=asks,
        needed_if={**task.needed_if, **needed},
        only_if={**task.only_if, **only},
        given=_with_method(task) if "method" in task.asks else task.given,
        warning=_none_is_open(question) or task.warning,
    )


def _asks(question: Question, file: CaseFile) -> dict[str, Ask]:
    resident, representative = file.case.resident, file.case.representative
    people = [
        (RESIDENT, f"{resident or 'The resident'} (resident)"),
        (REPRESENTATIVE, f"{representative} (representative)"),
    ]
    return {
        "whom": Ask(
            "To whom?",
            choices=lambda file, staff: people,
            unavailable=lambda file, staff: question.not_told,
            default=lambda file: RESIDENT,
        ),
        "way": Ask(
            "Which way does it go?",
            hint="Only what is safe for them, and what they asked of us, can be chosen.",
            missing=CHOOSE,
            choices=lambda file, staff: question.choices,
            unavailable=lambda file, staff: question.closed,
            hints=question.hints,
            as_radios=True,
        ),
    }


def _none_is_open(question: Question) -> str:
    if not question.none_is_open:
        return ""
    return "Nothing can be sent to them now. If you send this, it stops, and stands on a list for a person."


METHOD_OF = {
    "telephone": "telephone",
    "email": "email",
    "letter": "letter",
    "portal": "portal",
    "visit": "visit",
}
"""What an update says of how it was told; a text has no word of its own there."""


def _with_method(task: Task) -> Any:
    """The method of an update is the way it went: not asked twice."""

    def given(form: Any, found: dict[str, Any]) -> Mapping[str, Any]:
        method = METHOD_OF.get(found.get("way", ""))
        found = found | {"method": method} if method else found
        return task.given(form, found) if task.given else found

    return given


# What the page says of a stop


def told(stopped: Stopped | None, file: CaseFile, staff: Staff) -> dict[str, str] | None:
    """What to do about a stop, when it is safe again for those who may know the hours, and whose list it stands on."""
    if stopped is None:
        return None
    again = stopped.leaving.answer.not_before if rules.SEES & set(staff.roles) else None
    today = localdate()
    return {
        "unlock": stopped.unlock,
        "not_before": f"{long_day(again, today)} at {clock_time(again)}" if again else "",
        "whose": file.name(file.complaint.handler) or "every complaints officer",
    }
