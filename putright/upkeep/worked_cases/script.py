"""Reads a worked case: a complaint played step by step, with what the system must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from complaint_rules.events import EVENTS
from complaint_rules.findings import Verdict
from complaint_rules.roles import ROLES
from putright import yaml_files
from putright.casework import fields, verb

EXPECTED = ("refused", "needs", "warns", "due", "target", "next", "not_next", "state", "stage", "with_ombudsman",
            "new_case")  # fmt: skip
AT_THE_END = ("on", "case", "findings", "due", "target", "state", "stage", "with_ombudsman")
OF_A_FILE = ("title", "landlord", "edition", "steps", "finally")
OF_A_STEP = ("at", "do", "by", "case", "new", "expect")
FIRST = ""
"""The name of the case that a worked case begins with."""


class UnreadableScript(ValueError):
    """A worked case that cannot be played: file, line, key, and what was expected."""


@dataclass(frozen=True, slots=True)
class ScriptedStep:
    """One step: when, what, by whom, with which fields, and what is expected of it."""

    at: datetime
    do: str
    by: Mapping[str, Any]
    fields: Mapping[str, Any]
    expect: Mapping[str, Any]
    line: int
    case: str = FIRST  # the case it acts on, by the name it has in this worked case
    new: str = FIRST  # how the case that it opens is called from here on


@dataclass(frozen=True, slots=True)
class Script:
    """A worked case, read and checked."""

    file: str
    title: str
    landlord: Mapping[str, Any]
    edition: str | None
    steps: tuple[ScriptedStep, ...]
    at_the_end: Mapping[str, Any] = field(default_factory=dict)


def read(path: Path) -> Script:
    """The worked case in this file; UnreadableScript names the line and key of what cannot be used."""
    try:
        document = yaml_files.read(path)
    except yaml_files.UnreadableYaml as problem:
        raise UnreadableScript(str(problem)) from problem
    return _Reader(str(path), document).script()


class _Reader:
    def __init__(self, file: str, document: yaml_files.Document) -> None:
        self.file, self.document = file, document

    def script(self) -> Script:
        data = self._mapping((), self.document.data, OF_A_FILE)
        for name in ("title", "steps"):
            if not data.get(name):
                raise self._wrong((), f"{name}: missing.")
        if not isinstance(data["steps"], list):
            raise self._wrong(("steps",), "steps: a list was expected.")
        return Script(
            file=self.file,
            title=str(data["title"]),
            landlord=self._landlord(data.get("landlord") or {}),
            edition=self._edition(data.get("edition")),
            steps=tuple(self._step(number, step) for number, step in enumerate(data["steps"])),
            at_the_end=self._at_the_end(data.get("finally") or {}),
        )

    def _landlord(self, landlord: Any) -> Mapping[str, Any]:
        known = ("profile", "edition", "with")
        checked = self._mapping(("landlord",), landlord, known)
        self._mapping(("landlord", "with"), checked.get("with") or {}, None)
        return checked

    def _edition(self, edition: Any) -> str | None:
        return None if edition is None else str(edition)

    def _step(self, number: int, step: Any) -> ScriptedStep:
        path: tuple[Any, ...] = ("steps", number)
        data = self._mapping(path, step, None)
        for name in ("at", "do", "by"):
            if data.get(name) is None:
                raise self._wrong(path, f"{name}: missing.")
        if data["do"] not in EVENTS:
            raise self._wrong((*path, "do"), f'do: there is no action "{data["do"]}".')
        return ScriptedStep(
            at=self._field((*path, "at"), lambda: fields.moment(data["at"], ("at",))),
            do=data["do"],
            by=self._by((*path, "by"), data["by"]),
            fields=self._fields(path, data),
            expect=self._expect((*path, "expect"), data.get("expect") or {}),
            line=self.document.line(path),
            case=self._name(path, data, "case"),
            new=self._name(path, data, "new"),
        )

    def _name(self, path: tuple[Any, ...], data: Mapping[str, Any], key: str) -> str:
        name = data.get(key, FIRST)
        if not isinstance(name, str):
            raise self._wrong((*path, key), f"{key}: a name was expected.")
        return name

    def _fields(self, path: tuple[Any, ...], data: Mapping[str, Any]) -> Mapping[str, Any]:
        action = verb(data["do"])
        # `on` is a field of `comment`; every other name that a step itself holds is not a field.
        given = {name: value for name, value in data.items() if name not in OF_A_STEP}
        try:
            return fields.clean(action.function, given)
        except fields.FieldProblem as problem:
            raise self._wrong((*path, *problem.path), str(problem)) from problem

    def _by(self, path: tuple[Any, ...], by: Any) -> Mapping[str, Any]:
        data = self._mapping(path, by, ("resident", "representative", "staff", "role", "ombudsman", "system"))
        if "staff" in data and data.get("role") not in ROLES:
            raise self._wrong(path, f"role: {data.get('role')!r} is not one of {', '.join(ROLES)}.")
        who = [name for name in data if name != "role"]
        if len(who) != 1:
            raise self._wrong(path, "by: name one of resident, representative, staff, ombudsman, system.")
        return data

    def _expect(self, path: tuple[Any, ...], expect: Any) -> Mapping[str, Any]:
        data = self._mapping(path, expect, EXPECTED)
        for name in ("refused", "needs", "warns", "next", "not_next"):
            if name in data and not isinstance(data[name], list):
                raise self._wrong((*path, name), f"{name}: a list was expected.")
        self._clocks(path, data)
        return data

    def _clocks(self, path: tuple[Any, ...], data: Mapping[str, Any]) -> None:
        for name in ("due", "target"):
            for clock, day in self._mapping((*path, name), data.get(name) or {}, None).items():
                if day is not None and not isinstance(day, date):
                    raise self._wrong((*path, name, clock), f"{clock}: a day, a moment or null was expected.")

    def _at_the_end(self, end: Any) -> Mapping[str, Any]:
        path = ("finally",)
        data = self._mapping(path, end, AT_THE_END)
        self._name(path, data, "case")
        if data.get("on") is not None and not isinstance(data["on"], date):
            raise self._wrong((*path, "on"), "on: a day was expected.")
        for ref, verdict in self._mapping((*path, "findings"), data.get("findings") or {}, None).items():
            if not isinstance(ref, str):
                raise self._wrong((*path, "findings", ref), f"{ref}: put the reference in quotes.")
            if verdict not in tuple(Verdict):
                raise self._wrong((*path, "findings", ref), f"{ref}: {verdict!r} is not a verdict.")
        self._clocks(path, data)
        return data

    def _mapping(self, path: tuple[Any, ...], value: Any, known: tuple[str, ...] | None) -> Mapping[str, Any]:
        name = path[-1] if path else "the file"
        if not isinstance(value, dict):
            raise self._wrong(path, f"{name}: names with values were expected.")
        for key in value:
            if known is not None and key not in known:
                raise self._wrong((*path, key), f"{key}: not known here. Expected: {', '.join(known)}.")
        return value

    def _field(self, path: tuple[Any, ...], read_it: Any) -> Any:
        try:
            return read_it()
        except fields.FieldProblem as problem:
            raise self._wrong(path, str(problem)) from problem

    def _wrong(self, path: tuple[Any, ...], says: str) -> UnreadableScript:
        while path:
            try:
                return UnreadableScript(f"{self.file}, line {self.document.line(path)}: {says}")
            except KeyError:
                path = path[:-1]
        return UnreadableScript(f"{self.file}: {says}")
