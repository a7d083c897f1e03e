"""One case read for a page or a letter: its entries, the complaint they tell, and the words beside them.

Three questions to the database however many entries there are. What the words belong to (which
point, which promise) follows the numbering of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from complaint_rules import events, independence, points
from complaint_rules.belonging import Part
from complaint_rules.clocks import Run
from complaint_rules.complaint import Complaint
from complaint_rules.events import Aside, Event
from putright.record.accounts.models import User
from putright.record.accounts.queries import UNKNOWN
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.journal import queries
from putright.record.journal.models import Entry
from putright.record.people.models import Person

ERASED = "(words no longer kept)"
WHY_CORRECTED = "why_corrected"


@dataclass(frozen=True, slots=True)
class Decided:
    """What one response decided on one point."""

    stage: int
    decision: str
    reasons: str = ""
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point under the number that decisions use, and what was decided on it, stage by stage."""

    number: int
    text: str
    decisions: tuple[Decided, ...] = ()
    came_from: str = ""  # the reference of the case that it came with


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise or an order of the Ombudsman: its number, its words, and the running of its clock."""

    number: int
    what: str
    run: Run
    owner: str = ""
    proof: str = ""
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """An award, in pence, and what it is for; `paid_on` once its payment is recorded."""

    number: int
    amount: int
    purpose: str
    on: date
    reason: str = ""
    paid_on: date | None = None
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A case whose entries are read with this one: merged into it, or the one that its points left."""

    case: Case
    part: Part

    def own_number(self, number: int) -> int | None:
        """The number of an entry in that case; None for an entry that is not of it."""
        own = number - self.part.shift
        return own if 1 <= own <= self.part.upto else None


@dataclass
class CaseFile:
    """A case, the entries of its journal, and the words kept with them."""

    case: Case
    entries: list[Entry]
    complaint: Complaint
    texts: Mapping[int, Mapping[str, str]]
    names: dict[str, str] = field(default_factory=dict)
    origins: list[Origin] = field(default_factory=list)
    brought: list[Entry] = field(default_factory=list)
    """The entries of cases merged into this one, under the numbers that the rules give them here."""
    references: dict[int, str] = field(default_factory=dict)  # of the cases that its entries name

    @property
    def read_at(self) -> int:
        """The number of the newest entry."""
        return self.entries[-1].number

    @cached_property
    def by_number(self) -> dict[int, Event]:
        """The events as they stand after every correction, by the number of their entry."""
        return {event.number: event for event in self.told}

    @cached_property
    def told(self) -> list[Event]:
        """What happened here and in the cases merged into it, also what counts no longer."""
        return [event.was if isinstance(event, Aside) else event for event in self.complaint.told]

    def came_from(self, number: int | None) -> tuple[Case, int] | None:
        """The case that an entry was written in, and its number there; None for an entry of this case."""
        if number is None or number > 0:
            return None
        for origin in self.origins:
            own = origin.own_number(number)
            if own is not None:
                return origin.case, own
        return None

    def _reference(self, number: int | None) -> str:
        found = self.came_from(number)
        return found[0].reference if found else ""

    @cached_property
    def _mended(self) -> dict[int, dict[str, str]]:
        """The words of each entry with those of its corrections laid over them."""
        found = {number: dict(words) for number, words in self.texts.items()}
        for event in self.told:
            if isinstance(event, events.Corrected) and not event.strike:
                new = self.texts.get(event.number, {})
                mended = {name: text for name, text in new.items() if name != WHY_CORRECTED}
                found.setdefault(event.entry, {}).update(mended)
        return found

    def words(self, entry: int, name: str, otherwise: str = "") -> str:
        """A text of an entry as it now stands."""
        return self._mended.get(entry, {}).get(name, otherwise)

    def words_of(self, entry: int) -> Mapping[str, str]:
        """Every text of an entry as it now stands, by name."""
        return self._mended.get(entry, {})

    def numbered(self, entry: int, name: str) -> list[str]:
        """The texts `name.1`, `name.2`, ... of an entry, in order."""
        found = [
            (_place(each), text) for each, text in self.words_of(entry).items() if _is_one_of(each, name)
        ]
        return [text for _, text in sorted(found)]

    def name(self, person: str | None) -> str:
        """What somebody is called, whom the journal names by a number."""
        return name_of(person, self.names)

    # What it is about

    def points(self) -> list[Point]:
        """The points, in the numbering of the rules, each with what was decided on it."""
        decided = self._decided()
        return [
            Point(
                number,
                self.words(*_point_text(self, source), ERASED),
                tuple(decided.get(number, ())),
                self._reference(source.entry),
            )
            for number, source in enumerate(points.sources(self.complaint), start=1)
        ]

    def _decided(self) -> dict[int, list[Decided]]:
        found: dict[int, list[Decided]] = {}
        for response in self.complaint.responses:
            stage = independence.stage_of(self.complaint, response)
            for each in response.decisions:
                reasons = self.words(response.number, f"reasons.{each.point}")
                cites = self.words(response.number, f"cites.{each.point}")
                found.setdefault(each.point, []).append(Decided(stage, each.decision, reasons, cites))
        return found

    def outcomes(self) -> list[str]:
        """What the resident wants to happen, in the order it was said."""
        return [text for event in self.told for text in self.numbered(event.number, "outcome")]

    def definition(self) -> str:
        """What it is about as it was last set out or agreed.

        After a merge: what each was about, until it is set out anew.
        """
        merges = list(self.complaint.brought)
        own, entry = self._last_said("definition", self.complaint.events if merges else self.told)
        if not merges or entry > max(merges):
            return own
        each = [self._last_said("definition", other.told)[0] for other in self.complaint.brought.values()]
        return "\n\n".join(dict.fromkeys(text for text in (own, *each) if text))

    def _last_said(self, name: str, among: Iterable[Event]) -> tuple[str, int]:
        said = [(self.words(event.number, name), event.number) for event in among]
        return next(((text, number) for text, number in reversed(said) if text), ("", 0))

    def accounts(self) -> list[tuple[str, str]]:
        """What was said when it came in, in their words, and the reference of the case it came with."""
        found = [(self.words(event.number, "account"), self._reference(event.number)) for event in self.told]
        return [(text, reference) for text, reference in found if text]

    def needs(self) -> list[str]:
        """What makes this easier for the resident, and what we do about it, as last recorded in each case."""
        own = self.complaint.events if self.complaint.brought else self.complaint.told
        merged = [other.told for other in self.complaint.brought.values()]
        told = [text for among in (own, *merged) for text in self._needs_told(among)]
        return list(dict.fromkeys(told))

    def _needs_told(self, among: list[Event]) -> list[str]:
        kinds = (events.Received, events.NeedsRecorded)
        for event in reversed(among):
            if isinstance(self.by_number.get(event.number), kinds):
                told = self.numbered(event.number, "need") + self.numbered(event.number, "adjustment")
                if told:
                    return told
        return []

    # What is owed

    def promises(self) -> list[Owed]:
        """Every promise, by number, kept ones included."""
        kept = {e.promise: e for e in self.complaint.all(events.PromiseKept)}  # type: ignore[attr-defined]
        found = []
        for number, run in enumerate(self.complaint.promises, start=1):
            what, owner = self._promised(number, run)
            proof = self.words(kept[number].number, "proof") if number in kept else ""
            found.append(Owed(number, what, run, owner, proof, self._reference(run.start_entry)))
        return found

    def _promised(self, number: int, run: Run) -> tuple[str, str]:
        event = self.by_number[run.start_entry or 0]
        if not isinstance(event, events.Responded):
            return self.words(event.number, "what", ERASED), self._owner(event)
        first = next(
            n for n, each in enumerate(self.complaint.promises, 1) if each.start_entry == run.start_entry
        )
        names = [f"remedy.{n}" for n in range(1, len(event.remedies) + 1)]
        names += [f"action.{n}" for n in range(1, len(event.actions) + 1)]
        dated = [(name, each) for name, each in zip(names, event.undertakings, strict=True) if each.by]
        name, undertaking = dated[number - first]
        return self.words(event.number, name, ERASED), undertaking.owner or ""

    def _owner(self, event: Event) -> str:
        return self.words(event.number, "owner") or getattr(event, "owner", None) or ""

    def orders(self) -> list[Owed]:
        """Every order of the Ombudsman, by number."""
        done = {e.order: e for e in self.complaint.all(events.Complied)}  # type: ignore[attr-defined]
        found = []
        for number, run in enumerate(self.complaint.orders, start=1):
            entry = run.start_entry or 0
            first = next(
                n for n, each in enumerate(self.complaint.orders, 1) if each.start_entry == run.start_entry
            )
            what = self.words(entry, f"order.{number - first + 1}", ERASED)
            proof = self.words(done[number].number, "proof") if number in done else ""
            found.append(Owed(number, what, run, proof=proof))
        return found

    def awards(self) -> list[Sum]:
        """Every award and line of compensation, by number."""
        paid: dict[int, date] = {}
        for event in self.complaint.all(events.Paid):
            paid.setdefault(event.award, event.on)  # type: ignore[attr-defined]
        found, line, entry = [], 0, 0
        for number, award in enumerate(self.complaint.awards, start=1):
            line = line + 1 if award.number == entry else 1
            entry = award.number
            purpose = award.head or self.words(entry, f"compensation.{line}")
            reason = self.words(entry, "reason") if award.head else ""
            came_from = self._reference(entry)
            found.append(Sum(number, award.amount, purpose, award.on, reason, paid.get(number), came_from))
        return found


def open_file(case: Case) -> CaseFile:
    """Read a case. LookupError where nothing was ever received in it."""
    entries = queries.of_case(case.landlord_id, case.pk)
    complaint = index.read_case(case, entries)
    if complaint is None:
        raise LookupError(f"Nothing has been received in {case}.")
    return file_of(case, entries, complaint)


def file_of(case: Case, entries: list[Entry], complaint: Complaint) -> CaseFile:
    """A case that has been read, with its words. Three more statements where it holds entries of other cases."""
    file = CaseFile(case, entries, complaint, queries.texts_of_case(case.landlord_id, case.pk))
    if complaint.parts:
        _read_parts(file)
    return file


def _read_parts(file: CaseFile) -> None:
    landlord, parts = file.case.landlord_id, file.complaint.parts
    numbers = {part.case for part in parts}
    cases = {case.pk: case for case in Case.objects.filter(landlord=landlord, pk__in=numbers)}
    entries = queries.of_cases(landlord, {part.case for part in parts if part.merged})
    texts = queries.texts_of_cases(landlord, numbers)
    shown = {number: dict(words) for number, words in file.texts.items()}
    for part in parts:
        file.origins.append(Origin(cases[part.case], part))
        for number, words in texts.get(part.case, {}).items():
            if number <= part.upto:
                shown[number + part.shift] = dict(words)
        file.brought += [
            _under(entry, part) for entry in entries.get(part.case, ()) if entry.number <= part.upto
        ]
    file.texts = shown


def _under(entry: Entry, part: Part) -> Entry:
    """An entry of another case under the number it has here. Never to be written."""
    shown = copy(entry)
    shown.number = entry.number + part.shift
    return shown


def complaints_of(landlord_id: int, cases: Iterable[Case]) -> dict[int, Complaint]:
    """The complaints of many cases, by the number of the case, without any words. One statement.

    Give cases with their landlord and their procedure. One in which nothing was ever received is left out.
    """
    by_number = {case.pk: case for case in cases}
    entries = queries.of_cases(landlord_id, list(by_number))
    found = {}
    for number, case in by_number.items():
        complaint = index.read_case(case, entries.get(number, []))
        if complaint is not None:
            found[number] = complaint
    return found


def people_in(file: CaseFile) -> set[str]:
    """Everybody whom the entries of a case name, as the journal names them."""
    complaint = file.complaint
    entries = file.entries + file.brought
    people = {entry.actor for entry in entries if entry.actor}
    people |= complaint.about_staff | complaint.interests
    people |= {handler for handler in complaint.handlers.values() if handler}
    for name in ("handler", "staff", "approved_by", "shared_with", "representative"):
        people |= {entry.data[name] for entry in entries if entry.data.get(name)}
    return people


def names_for(people: Iterable[str], known: Iterable[Person | None] = ()) -> dict[str, str]:
    """What these people are called, by how the journal names them: at most two questions to the database."""
    wanted = set(people)
    names = {f"p{person.pk}": str(person) for person in known if person is not None}
    users = [int(person) for person in wanted if person.isdigit()]
    others = [int(person[1:]) for person in wanted - set(names) if person[:1] == "p" and person[1:].isdigit()]
    if users:
        names |= {str(pk): name for pk, name in User.objects.filter(pk__in=users).values_list("pk", "name")}
    if others:
        found = Person.objects.filter(pk__in=others).values_list("pk", "name")
        names |= {f"p{pk}": name or "Name not known" for pk, name in found}
    return names


def name_of(person: str | None, names: Mapping[str, str]) -> str:
    """What somebody is called; the name itself where the journal names somebody we have no user for."""
    if not person:
        return ""
    return names.get(person) or person.removeprefix(UNKNOWN)


def _point_text(file: CaseFile, source: points.Source) -> tuple[int, str]:
    event = file.by_number.get(source.entry)
    return source.entry, "point" if isinstance(event, events.PointAdded) else f"point.{source.place}"


def _is_one_of(each: str, name: str) -> bool:
    return each.startswith(f"{name}.") and each[len(name) + 1 :].isdigit()


def _place(name: str) -> int:
    return int(name.rsplit(".", 1)[1])
