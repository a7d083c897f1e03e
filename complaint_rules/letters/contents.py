"""What each kind of letter must hold, by edition. An edition's folder has it in `letters.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from complaint_rules.editions import FOLDER, PREFIX, Edition, UnknownEdition, all_editions
from complaint_rules.editions import load as load_edition

Weight = Literal["stops", "look_again"]
Required = Literal["always", "upheld", "outstanding", "unclear", "not_agreed", "duties_at_issue"]

FILE = "letters.toml"
KINDS = ("acknowledgement", "update", "extension", "response", "refusal", "declined_escalation", "withdrawal")


class BadLetters(ValueError):
    """What the letters of an edition must hold cannot be read. The message says which file, where and why."""


class UnknownLetter(LookupError):
    """An edition says nothing of a letter of this kind at this stage."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a letter must hold.

    `provision` is a reference, or the bare name of a rule that the edition has no provision for.
    A letter that lacks it cannot be sent (`stops`), or is worth a second look (`look_again`).
    `required` says when. `words` are words that show it in a letter of the landlord's own wording,
    for an element that the check of words does not know by its key.
    """

    key: str
    label: str
    provision: str
    weight: Weight = "stops"
    required: Required = "always"
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter and what it holds. `stage` is None where it is the same at both stages."""

    kind: str
    stage: int | None
    elements: tuple[Element, ...]


@cache
def load(folder: Path) -> tuple[LetterKind, ...]:
    """Read the letters of one edition from its folder; BadLetters if they are missing or wrong."""
    path = folder / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadLetters(f"{path} is missing: an edition says there what its letters must hold.") from None
    except tomllib.TOMLDecodeError as problem:
        raise BadLetters(f"{path}: {problem}") from problem
    found = tuple(_letter(each, path) for each in data.get("letters", []))
    if not found:
        raise BadLetters(f"{path}: it must hold at least one letter.")
    places = [(each.kind, each.stage) for each in found]
    for place in places:
        if places.count(place) > 1:
            raise BadLetters(f"{path}: the {place[0]} of stage {place[1]} stands there twice.")
    return found


def letters(edition: str, folder: Path = FOLDER) -> tuple[LetterKind, ...]:
    """Every kind of letter of this edition; UnknownEdition, or BadLetters if its file is missing or wrong."""
    return load(_home(edition, folder))


def elements(edition: str, kind: str, stage: int | None = None, folder: Path = FOLDER) -> tuple[Element, ...]:
    """What a letter of this kind must hold at this stage, in the order of the Code; UnknownLetter if it has none."""
    for each in letters(edition, folder):
        if each.kind == kind and each.stage in (None, stage):
            return each.elements
    raise UnknownLetter(
        f"The {edition} Code has no letter {kind!r} at stage {stage}. Kinds: {', '.join(KINDS)}."
    )


def edition_of(name: str, folder: Path = FOLDER) -> Edition:
    """The edition of this name among those in `folder`; UnknownEdition if there is none."""
    return load_edition(_home(name, folder))


@cache
def _home(edition: str, folder: Path) -> Path:
    for each in sorted(folder.glob(f"{PREFIX}*")):
        if (each / "timetable.toml").exists() and load_edition(each).name == edition:
            return each
    known = ", ".join(all_editions(folder))
    raise UnknownEdition(f'There is no edition "{edition}" of the Code. Known editions: {known}.')


def _letter(data: Mapping[str, Any], path: Path) -> LetterKind:
    kind, stage = data.get("kind"), data.get("stage")
    where = f"{path}: the letter {kind!r}"
    if not isinstance(kind, str) or not kind:
        raise BadLetters(f"{path}: each letter needs a kind.")
    if stage is not None and (not isinstance(stage, int) or isinstance(stage, bool)):
        raise BadLetters(f"{where}: stage must be a number, or left out.")
    found = tuple(_element(each, where) for each in data.get("elements", []))
    keys = [element.key for element in found]
    if not keys or len(set(keys)) < len(keys):
        raise BadLetters(f"{where}: it needs elements, each with a key of its own.")
    return LetterKind(kind, stage, found)


def _element(data: Mapping[str, Any], where: str) -> Element:
    for key in ("key", "label", "provision"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise BadLetters(
                f"{where}: the element {data.get('key')!r} needs {key}, given as a text in quotes."
            )
    if data.get("weight", "stops") not in get_args(Weight):
        raise BadLetters(f"{where}: weight must be one of {', '.join(get_args(Weight))}.")
    if data.get("required", "always") not in get_args(Required):
        raise BadLetters(f"{where}: required must be one of {', '.join(get_args(Required))}.")
    unknown = set(data) - {"key", "label", "provision", "weight", "required", "words"}
    if unknown:
        raise BadLetters(f"{where}: nothing is known of {', '.join(sorted(unknown))}.")
    return Element(**{**data, "words": tuple(data.get("words", ()))})
