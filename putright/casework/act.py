"""How every action is done: read the case, ask the rules, write one entry, bring the index up to it.

All in one transaction. The number of the entry is taken under a lock, so two people acting at
once cannot both win. A refusal changes nothing and is noted in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaint_rules import next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.editions import UnknownEdition
from complaint_rules.events import Actor, Event
from complaint_rules.findings import Obstacle
from complaint_rules.next_steps import Judgement
from complaint_rules.procedure import Procedure
from complaint_rules.working_days import NotCovered
from putright.casework import beside, fields, telling, writing
from putright.casework.beside import Beside
from putright.casework.notices import NOTES_WHAT_WENT_OUT, TELLS
from putright.casework.telling import Leaving
from putright.record.cases import index, records
from putright.record.cases.models import Case
from putright.record.correspondence import stops
from putright.record.journal import facts, queries
from putright.record.journal import records as journal
from putright.record.journal.models import Entry, Head
from putright.record.landlords.models import Landlord
from putright.record.landlords.queries import calendar, procedure_in_force, terms
from putright.record.letters.compose import Missing, label_of
from putright.record.people.models import Person

VERBS: dict[str, Verb] = {}

# What another person may have done meanwhile without changing what the first one read.
QUIET = frozenset({"record_contact", "update", "refused", "viewed"})


@dataclass
class Outcome:
    """What an action did: the entry it made, the case, the complaint as it now reads, and what to warn of."""

    case: Case
    entry: Entry
    complaint: Complaint
    warnings: list[Obstacle] = field(default_factory=list)
    new_case: Case | None = None
    repeated: bool = False  # this request had been made before; it was not done again


class NotDone(Exception):
    """The action did not happen, and why."""


@dataclass
class Refused(NotDone):
    """A rule stands in the way. The attempt is in the journal."""

    judgement: Judgement

    def __str__(self) -> str:
        return " ".join(obstacle.says for obstacle in self.judgement.refused)


_IN_WORDS = {"way": "which way it goes, since they have said what is safe"}


@dataclass
class Stopped(Refused):
    """It would have left by a way that is not safe or not agreed. It stands on somebody's list."""

    leaving: Leaving

    @property
    def unlock(self) -> str:
        """What would let it go."""
        return self.leaving.answer.unlock


@dataclass
class NeedsMore(NotDone):
    """It would be allowed with these fields. Nothing was written."""

    judgement: Judgement

    def __str__(self) -> str:
        needs = [_IN_WORDS.get(name, name) for name in self.judgement.needs]
        return f"Needed: {', '.join(needs)}."


@dataclass
class Changed(NotDone):
    """Somebody has moved the case since it was read. Nothing was written."""

    entries: list[Entry]

    def __str__(self) -> str:
        return "The case has moved on since you read it."


@dataclass
class Impossible(NotDone):
    """A day that no edition or calendar covers."""

    says: str

    def __str__(self) -> str:
        return self.says


@dataclass
class CannotWrite(NotDone):
    """The letter cannot be written: its wording asks for what is not known. Nothing was done."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        lacking = ", ".join(label_of(name).lower() for name in self.names)
        return f"The letter cannot be written yet. It does not know: {lacking}."


@dataclass
class Step:
    """One step being taken, and the words to keep with it."""

    landlord: Landlord
    case: Case
    before: Complaint | None
    by: Actor
    at: datetime
    number: int
    texts: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)  # kept in the entry though no rule reads it
    first: list[Callable[[Event], Event]] = field(default_factory=list)  # done before the entry is written
    then: list[Callable[[], Case | None]] = field(default_factory=list)  # done once the entry is written
    beside: Beside | None = None  # the other case, where the action is on two

    @property
    def common(self) -> dict[str, Any]:
        """What every event holds."""
        return {
            "number": self.number,
            "at": self.at,
            "on": self.at.astimezone(fields.LONDON).date(),
            "by": self.by,
        }

    def keep(self, name: str, text: str | None) -> bool:
        """Keep the words of a field beside the journal; whether there were any."""
        if text is None or not text.strip():
            return False
        self.texts[name] = text
        return True

    def keep_all(self, name: str, texts: Iterable[str | None] | None) -> int:
        """Keep each of several texts under its number; how many there were."""
        kept = [text for text in texts or () if text and text.strip()]
        for number, text in enumerate(kept, start=1):
            self.texts[f"{name}.{number}"] = text
        return len(kept)

    def staff_known(self) -> set[str]:
        """Every member of staff known to the case, for the check of a letter."""
        known = {self.by.person} if self.by.kind == "staff" else set()
        if self.before is not None:
            known |= self.before.about_staff | self.before.interests | set(self.before.handlers.values())
            known |= {event.by.person for event in self.before.told if event.by.kind == "staff"}
            known |= {award.approved_by for award in self.before.awards}
        return {person for person in known if person}


class Verb:
    """An action: a function from fields to an event. Call it with a case (or, to receive, a landlord)."""

    def __init__(self, function: Callable[..., Event]) -> None:
        self.name = function.__name__
        self.function = telling.with_way(function) if self.name in TELLS else function
        self.__doc__ = function.__doc__
        VERBS[self.name] = self

    @property
    def fields(self) -> Mapping[str, fields.Field]:
        """The fields it takes, by name."""
        return fields.of(self.function)

    def __call__(
        self,
        subject: Case | Landlord,
        *,
        by: Actor,
        at: datetime,
        read_at: int | None = None,
        key: str | None = None,
        recorded_at: datetime | None = None,
        **given: Any,
    ) -> Outcome:
        """Do it. `at` is when it happened; `read_at` the number of the newest entry the person had read.

        `key` makes a repeated request act once. Raises Refused, NeedsMore, Changed or Impossible;
        then nothing has been done.
        """
        given = {name.rstrip("_"): value for name, value in given.items()}
        try:
            with transaction.atomic():
                return self._do(subject, by, at, read_at, key, recorded_at, given)
        except Refused as refusal:
            self.note(subject, by, at, refusal)
            raise
        except (NotCovered, UnknownEdition) as problem:
            raise Impossible(str(problem)) from problem
        except Missing as missing:
            raise CannotWrite(missing.names) from missing
        except IntegrityError as problem:
            if "nobody_considers_both_stages" not in str(problem) and "cases_considered" not in str(problem):
                raise
            both = Obstacle("independence", "Somebody would then have considered both stages.")
            refused = Refused(Judgement(refused=[both]))
            self.note(subject, by, at, refused)
            raise refused from problem

    def _do(
        self,
        subject: Case | Landlord,
        by: Actor,
        at: datetime,
        read_at: int | None,
        key: str | None,
        recorded_at: datetime | None,
        given: dict[str, Any],
    ) -> Outcome:
        landlord_id = subject.pk if isinstance(subject, Landlord) else subject.landlord_id
        done_before = queries.by_key(landlord_id, key) if key else None
        if done_before is not None:
            return _repeated(done_before)
        case, head, other = self._begin(subject, at, given)
        if key and queries.by_key(landlord_id, key):
            return _repeated(queries.by_key(landlord_id, key))  # type: ignore[arg-type]
        entries = queries.of_case(landlord_id, case.pk)
        refuse_if_changed(entries, read_at)
        before = index.read_case(case, entries)
        procedure = terms(case.procedure)
        step = Step(case.landlord, case, before, by, at, head.count + 1)
        step.beside = beside.read(landlord_id, other) if other is not None else None
        event = self.event(step, given)
        judgement = next_steps.judge(before, event, procedure, self.missing(given))
        leaving = telling.ask(self.name, case, before, given, at)
        stop_what_is_not_safe(self.name, judgement, leaving)
        if judgement.refused:
            raise Refused(judgement)
        if judgement.needs:
            raise NeedsMore(judgement)
        if leaving is not None:
            _told(step, self.name, leaving, judgement)
        for prepare in step.first:
            event = prepare(event)
        entry = journal.append(head, entry_of(step, event, key, recorded_at))
        complaint = _bring_up_to(case, step, entries, entry)
        if before is not None and leaving is not None and writing.writes(self.name, leaving):
            writing.write(case, before, complaint, [*entries, entry], leaving)
        new_case = next((made for made in (then() for then in step.then) if made is not None), None)
        return Outcome(case, entry, complaint, judgement.warns, new_case)

    def _begin(
        self, subject: Case | Landlord, at: datetime, given: dict[str, Any]
    ) -> tuple[Case, Head, Head | None]:
        """The case, read afresh under the lock of its chain; a new one when something is received.

        The chain of the other case is held too, where the action names one.
        """
        if isinstance(subject, Landlord):
            day = at.astimezone(fields.LONDON).date()
            version = procedure_in_force(subject, day)
            case = records.open_case(
                subject,
                day,
                version,
                given.get("resident"),
                given.get("representative"),
                given.get("opened_from"),
                given.get("home"),
            )
            return case, journal.lock(subject.pk, case.pk), None
        head, other = beside.hold(subject, given)
        everything = ("landlord", "procedure", "resident", "representative", "home")
        case = Case.objects.select_related(*everything).get(pk=subject.pk)
        return case, head, other

    def event(self, step: Step, given: Mapping[str, Any]) -> Event:
        """The event of these fields; one that was not given is None."""
        named = {fields.parameter(self.function, name): value for name, value in given.items()}
        absent = {
            fields.parameter(self.function, each.name): None
            for each in self.fields.values()
            if each.required and each.name not in given
        }
        return self.function(step, **absent, **named)

    def missing(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields that are not optional and were not given, or were given empty."""
        return tuple(
            each.name
            for each in self.fields.values()
            if each.required and _is_empty(given.get(each.name), each)
        )

    def note(self, subject: Case | Landlord, by: Actor, at: datetime, refusal: Refused) -> None:
        """Write down a refused attempt, in a transaction of its own; what was stopped stands on a list too."""
        landlord, case = (
            (subject.pk, 0) if isinstance(subject, Landlord) else (subject.landlord_id, subject.pk)
        )
        data = {"verb": self.name, "refs": [obstacle.ref for obstacle in refusal.judgement.refused]}
        with transaction.atomic():
            entry = journal.note(landlord, case, journal.New("refused", by, at, data))
            if case:
                Case.objects.filter(pk=case).update(entries=entry.number)
            if isinstance(refusal, Stopped) and isinstance(subject, Case):
                leaving = refusal.leaving
                says = leaving.answer.says
                stops.stop(landlord, subject, leaving.person, self.name, leaving.way, says, timezone.now())


def verb(function: Callable[..., Event]) -> Verb:
    """Make an action of a function from a step and its fields to an event."""
    return Verb(function)


def stop_what_is_not_safe(verb: str, judgement: Judgement, leaving: Leaving | None) -> None:
    """Raise Stopped for what would leave by a way that is not safe; a way that was not chosen is only needed.

    Whoever may not do this at all, or not now, learns that and nothing of what is safe.
    """
    if leaving is None or leaving.answer.allowed or verb in NOTES_WHAT_WENT_OUT:
        return
    if any(each.ref in ("role", "not_now") for each in judgement.refused):
        return
    if leaving.answer.why == "way_needed":
        judgement.needs.append("way")
        return
    others = [each for each in judgement.refused if each.ref != leaving.obstacle.ref]
    judgement.refused = [leaving.obstacle, *others]
    raise Stopped(judgement, leaving)


def _told(step: Step, verb: str, leaving: Leaving, judgement: Judgement) -> None:
    """Keep which way it went, as a code; and take off the lists what had stopped before."""
    case, answer = step.case, leaving.answer
    if verb in NOTES_WHAT_WENT_OUT:
        if not answer.allowed:
            says = f"It has been done all the same. {answer.says}"
            judgement.warns.append(Obstacle(answer.ref, says))
            stops.stop(case.landlord_id, case, leaving.person, verb, leaving.way, says, timezone.now())
        return
    if writing.writes(verb, leaving):
        judgement.warns += filter(None, [writing.remark(leaving.person, step.at)])
    if leaving.way:
        step.told["way"] = leaving.way
    if leaving.whom != telling.RESIDENT:
        step.told["whom"] = leaving.whom
    if leaving.way:
        how = f"Told by {leaving.way} instead."
        stops.settle_told(case, leaving.person, verb, how, _user(step.by), timezone.now())


def _user(by: Actor) -> int | None:
    person = by.person or ""
    return int(person) if by.kind == "staff" and person.isdigit() else None


MAY_BE_EMPTY = frozenset({"needs", "adjustments", "orders", "not_responsible_for"})


def _is_empty(value: Any, each: fields.Field) -> bool:
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return isinstance(value, list | tuple | dict) and not value and each.name not in MAY_BE_EMPTY


def _repeated(entry: Entry) -> Outcome:
    case = Case.objects.select_related("landlord", "procedure").get(pk=entry.case)
    complaint = index.read_case(case, queries.of_case(entry.landlord, entry.case))
    assert complaint is not None
    return Outcome(case, entry, complaint, repeated=True)


def refuse_if_changed(entries: list[Entry], read_at: int | None) -> None:
    """Raise Changed where something was written since the entry that the person had read."""
    if read_at is None:
        return
    since = [entry for entry in entries if entry.number > read_at and entry.verb not in QUIET]
    if since:
        raise Changed(since)


def entry_of(
    step: Step, event: Event, key: str | None = None, recorded_at: datetime | None = None
) -> journal.New:
    """The entry that tells this event, with the words of its step; not written yet."""
    data = facts.encode(event)
    if step.told:
        data["told"] = step.told
    return journal.New(event.verb, step.by, step.at, data, step.texts, key, recorded_at)


def _bring_up_to(case: Case, step: Step, entries: list[Entry], entry: Entry) -> Complaint:
    complaint = index.read_case(case, [*entries, entry])
    assert complaint is not None
    known = case.words or index.found_by(case, [])
    case.words = " ".join([known, *index.what_it_is_about(step.texts)])[: index.MOST_WORDS]
    index.write(case, complaint, entry.number)
    return complaint


def write_entry(step: Step, head: Head, entries: list[Entry], event: Event) -> Entry:
    """Write an entry in another case than the one acted on, whose chain is held, and bring its index up to it."""
    entry = journal.append(head, entry_of(step, event))
    _bring_up_to(step.case, step, entries, entry)
    return entry


def open_another(step: Step, points: list[str], account: str) -> Case:
    """Open a case of its own for what does not belong in this one; it is received in the same moment."""
    from putright.casework.receive import received

    day = step.common["on"]
    case = records.open_case(
        step.landlord,
        day,
        procedure_in_force(step.landlord, day),
        step.case.resident,
        step.case.representative,
        step.case,
        step.case.home,
    )
    head = journal.lock(step.landlord.pk, case.pk)
    other = Step(step.landlord, case, None, step.by, step.at, head.count + 1)
    write_entry(
        other, head, [], received(other, channel=step.case.channel or None, account=account, points=points)
    )
    return case


def rules_of(case: Case) -> tuple[Procedure, Any]:
    """The procedure that a case keeps, and the calendar it is counted by."""
    return terms(case.procedure), calendar(case.landlord)


def resident_actor(person: Person, kind: str = "resident") -> Actor:
    """A resident or representative, as the journal names them."""
    return Actor(kind, f"p{person.pk}")
