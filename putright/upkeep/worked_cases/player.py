"""Plays a worked case through the real actions, and compares what happened with what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from complaint_rules import checks, clocks, next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import Actor
from complaint_rules.findings import Finding, Obstacle
from putright.casework import fields, verb
from putright.casework.act import Impossible, NeedsMore, Outcome, Refused
from putright.record.accounts.models import User
from putright.record.cases import index
from putright.record.cases.models import Case
from putright.record.journal import queries
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.landlords.queries import terms
from putright.record.people.models import Person
from putright.upkeep.worked_cases.script import FIRST, Script, ScriptedStep, UnreadableScript

_SPEAKERS = ("resident", "representative")
_OF_TWO_CASES = ("link_cases", "unlink_cases", "merge_cases", "unmerge_cases", "unsplit_case")
_THE_FIRST = "first"
"""How a step calls the case that the worked case begins with, where it is the other of two."""
_STAFF_FIELDS = ("handler", "staff", "approved_by", "about_staff")


@dataclass
class PlayedStep:
    """What a step did, and what was not as expected."""

    do: str
    at: str
    outcome: str
    refused_by: list[dict[str, str]] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)
    due: dict[str, str | None] = field(default_factory=dict)
    target: dict[str, str | None] = field(default_factory=dict)
    state: str | None = None
    stage: int | None = None
    with_ombudsman: bool = False
    new_case: bool = False
    failed_expectations: list[str] = field(default_factory=list)


def play(script: Script, number: int = 1) -> dict[str, Any]:
    """Play one worked case on a landlord of its own. The shape is that of `putright scenario --json`."""
    return _Player(script, number).play()


class _Player:
    def __init__(self, script: Script, number: int) -> None:
        self.script = script
        self.landlord = Landlord.objects.create(
            name=f"Landlord {number}", slug=f"landlord-{number}", prefix=f"W{number}"
        )
        self.people: dict[str, Person] = {}
        self.staff: dict[str, User] = {}
        self.cases: dict[str, Case] = {}
        self.at = FIRST  # the name of the case that the step being played acts on
        changes = dict(script.landlord.get("with") or {})
        edition = script.edition or script.landlord.get("edition")
        if edition is not None:
            changes["edition"] = str(edition)
        self.version = ProcedureVersion.objects.create(
            landlord=self.landlord,
            number=1,
            in_force_on=date(2000, 1, 1),
            profile=script.landlord.get("profile") or "",
            changes=_plain(changes),
        )
        try:
            terms(self.version)
        except (LookupError, ValueError) as problem:
            raise UnreadableScript(f"{script.file}: landlord: {problem}") from problem

    def play(self) -> dict[str, Any]:
        steps = [self._step(step) for step in self.script.steps]
        end = self._at_the_end()
        failed = any(step.failed_expectations for step in steps) or end["failed_expectations"]
        return {
            "title": self.script.title,
            "file": self.script.file,
            "passed": not failed,
            "steps": [asdict(step) for step in steps],
            "finally": end,
        }

    @property
    def case(self) -> Case | None:
        """The case that the step being played acts on; None where nothing was received in it."""
        return self.cases.get(self.at)

    # One step

    def _step(self, step: ScriptedStep) -> PlayedStep:
        played = PlayedStep(step.do, step.at.strftime("%Y-%m-%dT%H:%M"), "done")
        outcome: Outcome | None = None
        self.at = step.case
        try:
            outcome = self._do(step)
        except Refused as refusal:
            self._not_done(played, refusal.judgement)
        except NeedsMore as need:
            self._not_done(played, need.judgement)
        except (Impossible, ValueError) as problem:
            raise UnreadableScript(f"{self.script.file}, line {step.line}: {problem}") from problem
        complaint = outcome.complaint if outcome else self._read()
        if outcome:
            self.cases.setdefault(self.at, outcome.case)
            if outcome.new_case is not None and step.new:
                self.cases[step.new] = outcome.new_case
            played.warnings = _refs(outcome.warnings)
            played.new_case = outcome.new_case is not None
        self._tell(played, complaint)
        played.failed_expectations = list(_compare_step(step.expect, played, complaint))
        return played

    def _do(self, step: ScriptedStep) -> Outcome:
        action = verb(step.do)
        by = self._actor(step.by)
        given: dict[str, Any] = {
            name: self._person(step.do, name, value) for name, value in step.fields.items()
        }
        if step.do == "receive" and self.case is None:
            given |= {kind: self._resident(step.by[kind]) for kind in _SPEAKERS if kind in step.by}
            return action(self.landlord, by=by, at=step.at, **given)
        return action(self.case or self._nothing_yet(), by=by, at=step.at, **given)

    def _nothing_yet(self) -> Case:
        """A case in which nothing has been received: what an action meets that comes too early."""
        reference = f"-{len(self.cases) or ''}"
        case = Case.objects.create(landlord=self.landlord, reference=reference, procedure=self.version)
        self.cases[self.at] = case
        return case

    def _not_done(self, played: PlayedStep, judgement: next_steps.Judgement) -> None:
        played.outcome = "refused"
        played.refused_by = _refs(judgement.refused)
        played.needs = judgement.needs
        played.warnings = _refs(judgement.warns)

    def _tell(self, played: PlayedStep, complaint: Complaint | None) -> None:
        if complaint is None:
            return
        played.due, played.target = _days(clocks.due(complaint)), _days(clocks.targets(complaint))
        for run in complaint.owed:
            (played.target if run.own else played.due).setdefault(run.name, None)
        played.state, played.stage = complaint.state, complaint.stage
        played.with_ombudsman = complaint.with_ombudsman

    def _read(self, on: date | None = None) -> Complaint | None:
        if self.case is None:
            return None
        entries = queries.of_case(self.landlord.pk, self.case.pk)
        return index.read_case(self.case, [e for e in entries if on is None or e.happened_on <= on])

    # People

    def _actor(self, by: Mapping[str, Any]) -> Actor:
        if "staff" in by:
            return Actor("staff", str(self._member(by["staff"]).pk), by["role"])
        for kind in ("resident", "representative"):
            if kind in by:
                return Actor(kind, f"p{self._resident(by[kind]).pk}")
        return Actor("ombudsman" if by.get("ombudsman") else "system")

    def _resident(self, name: Any) -> Person:
        if name not in self.people:
            self.people[name] = Person.objects.create(landlord=self.landlord, name=str(name))
        return self.people[name]

    def _member(self, name: Any) -> User:
        if name not in self.staff:
            email = f"{len(self.staff) + 1}@{self.landlord.slug}.example"
            self.staff[name] = User.objects.create(email=email, name=str(name))
        return self.staff[name]

    def _person(self, do: str, name: str, value: Any) -> Any:
        if name == "about_staff":
            return [str(self._member(each).pk) for each in value]
        if name in _STAFF_FIELDS:
            return str(self._member(value).pk)
        if do == "share_findings" and name == "with" and value not in ("resident", "representative"):
            return str(self._member(value).pk)
        if do == "record_authority" and name == "representative":
            return f"p{self._resident(value).pk}"
        if name == "other" and do in _OF_TWO_CASES:
            named = self.cases.get("" if value == _THE_FIRST else value)
            return named.reference if named else value
        if do == "correct" and name == "fields":
            return {each: self._person("", each, new) for each, new in value.items()}
        return value

    # The end

    def _at_the_end(self) -> dict[str, Any]:
        expected = self.script.at_the_end
        self.at = expected.get("case", FIRST)
        on = expected.get("on") or max(step.at.date() for step in self.script.steps)
        complaint = self._read(on)
        played = PlayedStep("finally", str(on), "done")
        self._tell(played, complaint)
        found = checks.findings(complaint, on) if complaint else {}
        failed = list(_compare_reading(expected, played))
        for ref, verdict in (expected.get("findings") or {}).items():
            got = found[ref].verdict if ref in found else "not judged from a case"
            if got != verdict:
                failed.append(f"{ref}: expected {verdict}, got {got}.")
        return {
            "findings": {ref: _finding(finding) for ref, finding in found.items()},
            "due": played.due,
            "target": played.target,
            "state": played.state,
            "stage": played.stage,
            "failed_expectations": failed,
        }


def _compare_step(expect: Mapping[str, Any], played: PlayedStep, complaint: Complaint | None) -> Any:
    stopped = "refused" in expect or "needs" in expect
    if played.outcome == "refused" and not stopped:
        why = [each["ref"] for each in played.refused_by] + [f"needs {name}" for name in played.needs]
        yield f"expected to happen, but it was refused: {', '.join(why)}."
    if played.outcome == "done" and stopped:
        yield "expected not to happen, but it was done."
    for name, got in (("refused", played.refused_by), ("warns", played.warnings)):
        refs = {each["ref"] for each in got}
        yield from (f"{name}: expected {ref}." for ref in expect.get(name, ()) if str(ref) not in refs)
    yield from (f"needs: expected {name}." for name in expect.get("needs", ()) if name not in played.needs)
    possible = next_steps.possible(complaint)
    yield from (f"next: expected {name}." for name in expect.get("next", ()) if name not in possible)
    yield from (f"not_next: {name} is possible." for name in expect.get("not_next", ()) if name in possible)
    if "new_case" in expect and expect["new_case"] != played.new_case:
        yield f"new_case: expected {expect['new_case']}, got {played.new_case}."
    yield from _compare_reading(expect, played)


def _compare_reading(expect: Mapping[str, Any], played: PlayedStep) -> Any:
    for name, got in (("due", played.due), ("target", played.target)):
        for clock, day in (expect.get(name) or {}).items():
            wanted = None if day is None else _written(day)
            if got.get(clock) != wanted:
                yield f"{name} {clock}: expected {wanted}, got {got.get(clock)}."
    for name in ("state", "stage", "with_ombudsman"):
        if name in expect and expect[name] != getattr(played, name):
            yield f"{name}: expected {expect[name]}, got {getattr(played, name)}."


def _days(days: Mapping[str, date | datetime]) -> dict[str, str | None]:
    found: dict[str, str | None] = dict.fromkeys(clocks.NAMES)
    return found | {name: _written(day) for name, day in days.items()}


def _written(day: date | datetime) -> str:
    if isinstance(day, datetime):
        return (day.astimezone(fields.LONDON) if day.tzinfo else day).strftime("%Y-%m-%dT%H:%M")
    return day.isoformat()


def _refs(obstacles: list[Obstacle]) -> list[dict[str, str]]:
    return [{"ref": obstacle.ref, "says": obstacle.says} for obstacle in obstacles]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "verdict": str(finding.verdict),
        "due": finding.due.isoformat() if finding.due else None,
        "done": finding.done.isoformat() if finding.done else None,
        "days": finding.days,
        "says": finding.says,
        "entries": list(finding.entries),
    }


def _plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What a landlord adds to a profile, as JSON: days as text."""
    return {
        name: [day.isoformat() if isinstance(day, date) else day for day in value]
        if isinstance(value, list)
        else value
        for name, value in changes.items()
    }
