"""The provisions of each edition of the Code: number, kind, stage, and what each asks in our own words.

An edition's folder holds them in `provisions.toml`. The official wording is not shipped: whoever has loaded
it from a form of the Ombudsman's lays it over these with `with_wording`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from complaint_rules.editions import FOLDER, PREFIX, UnknownEdition, all_editions
from complaint_rules.editions import load as load_edition

Kind = Literal["must", "should", "question"]
Answer = Literal["yes_no", "text", "percent", "percent_list", "count_and_text", "text_list"]

FILE = "provisions.toml"
STAGES = (1, 2, 3)
_NEEDED = {"ref": str, "kind": str, "heading": str, "summary": str, "topic": str, "checked": bool}
_ALLOWED = {"note": str, "stage": int, "items": list, "answer": str}


class BadProvisions(ValueError):
    """The provisions of an edition cannot be read. The message says which file, where, and what is wrong."""


class UnknownProvision(LookupError):
    """An edition has no provision of this number. `near` holds the numbers that may have been meant."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.near = near


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of one edition.

    `summary`, `note` and `items` are our own words; `note` tells where the Code needs reading with care.
    `stage` is None where a provision is not about one stage. `answer` is what the self-assessment form asks
    for. `checked` is False until somebody has held the provision against the Ombudsman's own page.
    `wording` is the official wording, None unless it was loaded from a form.
    """

    ref: str
    section: int
    section_title: str
    kind: Kind
    heading: str
    summary: str
    topic: str
    checked: bool
    stage: int | None = None
    items: tuple[str, ...] = ()
    note: str | None = None
    answer: Answer = "yes_no"
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything one `provisions.toml` holds: section titles by number, provisions by ref, both in order.

    `introductory` names the paragraphs that the Code numbers but that its form does not ask about.
    """

    edition: str
    section_titles: Mapping[int, str]
    provisions: Mapping[str, Provision]
    introductory: tuple[str, ...]


@cache
def load(folder: Path) -> Contents:
    """Read the provisions of one edition from its folder; BadProvisions if they are missing or wrong."""
    path = folder / FILE
    data = _read(path)
    name = data.get("edition")
    titles: dict[int, str] = {}
    found: dict[str, Provision] = {}
    for section in data.get("sections", []):
        number, title = section.get("number"), section.get("title")
        if not isinstance(number, int) or not isinstance(title, str) or number in titles:
            raise BadProvisions(f"{path}: section {number!r} needs a number of its own and a title.")
        titles[number] = title
        for each in section.get("provisions", []):
            provision = _provision(each, number, title, path)
            if provision.ref in found:
                raise BadProvisions(f"{path}: provision {provision.ref} stands there twice.")
            found[provision.ref] = provision
    if not isinstance(name, str) or not found:
        raise BadProvisions(f"{path}: it must name its edition and hold at least one provision.")
    return Contents(
        edition=name,
        section_titles=MappingProxyType(titles),
        provisions=MappingProxyType(found),
        introductory=tuple(data.get("introductory", [])),
    )


def contents(edition_name: str, folder: Path = FOLDER) -> Contents:
    """The contents of the edition of this name among the editions in `folder`.

    UnknownEdition if there is no such edition; BadProvisions if its provisions are missing or wrong.
    """
    home = _home(edition_name, folder)
    found = load(home)
    if found.edition != edition_name:
        raise BadProvisions(
            f'{home / FILE}: it says edition "{found.edition}", but its timetable says "{edition_name}".'
        )
    return found


def provisions(edition_name: str, folder: Path = FOLDER) -> Mapping[str, Provision]:
    """Every provision of an edition by its ref, in the order of the Code."""
    return contents(edition_name, folder).provisions


def section_titles(edition_name: str, folder: Path = FOLDER) -> Mapping[int, str]:
    """The title of every section of an edition by its number, in order."""
    return contents(edition_name, folder).section_titles


def provision(edition_name: str, ref: str, folder: Path = FOLDER) -> Provision:
    """The provision of this ref ("6.3", "4.c"); UnknownProvision, naming those near it, if there is none."""
    text = contents(edition_name, folder)
    if ref in text.provisions:
        return text.provisions[ref]
    if ref in text.introductory:
        raise UnknownProvision(
            f"{ref} of the {edition_name} Code only introduces its section: it asks nothing."
        )
    close = near(ref, text.provisions)
    hint = f"Near it: {', '.join(close)}." if close else f"It runs from {_span(text.provisions)}."
    raise UnknownProvision(f'The {edition_name} Code has no provision "{ref}". {hint}', close)


def near(ref: str, refs: Iterable[str]) -> tuple[str, ...]:
    """The refs, at most five and nearest first, that somebody who wrote `ref` may have meant."""
    known = {_plain(each): each for each in refs}
    wanted = _plain(ref)
    if wanted in known:
        return (known[wanted],)
    return tuple(known[each] for each in difflib.get_close_matches(wanted, known, n=5, cutoff=0.65))


def with_wording(given: Mapping[str, Provision], wording: Mapping[str, str]) -> Mapping[str, Provision]:
    """The same provisions carrying the official wording loaded for them, by ref.

    A provision with none keeps what it had. UnknownProvision if the wording names a ref that is not there.
    """
    for ref in wording:
        if ref not in given:
            raise UnknownProvision(f'There is no provision "{ref}" to carry this wording.', near(ref, given))
    return MappingProxyType(
        {ref: replace(each, wording=wording.get(ref, each.wording)) for ref, each in given.items()}
    )


def _home(edition_name: str, folder: Path) -> Path:
    """The folder of the edition of this name: a folder may be named otherwise than its edition."""
    for each in sorted(folder.glob(f"{PREFIX}*")):
        if (each / "timetable.toml").exists() and load_edition(each).name == edition_name:
            return each
    known = ", ".join(all_editions(folder))
    raise UnknownEdition(f'There is no edition "{edition_name}" of the Code. Known editions: {known}.')


def _read(path: Path) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise BadProvisions(
            f"{path} is missing: an edition needs its provisions there, beside its timetable."
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise BadProvisions(f"{path}: {problem}") from problem


def _provision(data: Mapping[str, Any], section: int, title: str, path: Path) -> Provision:
    where = f"{path}: provision {data.get('ref')!r} of section {section}"
    _check_types(data, where)
    if not data["ref"].startswith(f"{section}."):
        raise BadProvisions(f"{where}: its ref must begin with {section} and a dot.")
    if data["kind"] not in get_args(Kind):
        raise BadProvisions(f"{where}: kind must be one of {', '.join(get_args(Kind))}.")
    if data.get("answer", "yes_no") not in get_args(Answer):
        raise BadProvisions(f"{where}: answer must be one of {', '.join(get_args(Answer))}.")
    if data.get("stage", 1) not in STAGES:
        raise BadProvisions(f"{where}: stage must be 1, 2 or 3, or left out.")
    if not data["heading"].strip() or not data["summary"].strip():
        raise BadProvisions(f"{where}: it needs a heading and a summary.")
    values = {**data, "items": tuple(data.get("items", ()))}
    return Provision(section=section, section_title=title, **values)


def _check_types(data: Mapping[str, Any], where: str) -> None:
    for key, kind in _NEEDED.items():
        if not isinstance(data.get(key), kind):
            raise BadProvisions(f"{where}: it needs {key}, given as {_SAID[kind]}.")
    for key, value in data.items():
        expected = _NEEDED.get(key) or _ALLOWED.get(key)
        if expected is None:
            raise BadProvisions(f"{where}: nothing is known of {key!r}.")
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            raise BadProvisions(f"{where}: {key} must be {_SAID[expected]}.")
    if not all(isinstance(item, str) for item in data.get("items", ())):
        raise BadProvisions(f"{where}: items must be a list of texts.")


_SAID = {str: "a text in quotes", bool: "true or false", int: "a number", list: "a list of texts"}


def _plain(ref: str) -> str:
    """A ref as if typed with care: "4C", "4 c" and "4.c" are the same, "6.1" and "6.10" are not."""
    return ".".join(part.lstrip("0") or "0" for part in re.findall(r"\d+|[a-z]+", ref.lower()))


def _span(refs: Mapping[str, Provision]) -> str:
    ordered = list(refs)
    return f"{ordered[0]} to {ordered[-1]}"
