"""Which provisions of the editions speak of the same thing, and what changed from one edition to the next.

`crosswalk.toml` beside the editions holds it as threads. An edition added later brings a `crosswalk.toml`
in its own folder: threads of the same id are joined.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from complaint_rules.editions import FOLDER, PREFIX, UnknownEdition, all_editions
from complaint_rules.editions.provisions import provision, provisions

FILE = "crosswalk.toml"


class BadCrosswalk(ValueError):
    """A crosswalk cannot be read. The message says which file, which thread, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One matter followed through the editions.

    `refs` gives its provisions by edition; an edition without any is left out. `changes` tells, by edition,
    what that edition changed, in our own words.
    """

    id: str
    refs: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, str]


@cache
def threads(folder: Path = FOLDER) -> Mapping[str, Thread]:
    """Every thread by its id, joined from the crosswalks of all editions in `folder`.

    BadCrosswalk if one names an edition or a provision that does not exist.
    """
    refs: dict[str, dict[str, tuple[str, ...]]] = {}
    changes: dict[str, dict[str, str]] = {}
    for path in [folder / FILE, *sorted(folder.glob(f"{PREFIX}*/{FILE}"))]:
        for thread in _read(path):
            name = thread["id"]
            for edition_name, given in thread.get("refs", {}).items():
                _check(edition_name, given, f"{path}: thread {name}", folder)
                earlier = refs.setdefault(name, {}).get(edition_name, ())
                refs[name][edition_name] = (*earlier, *given)
            changes.setdefault(name, {}).update(thread.get("changes", {}))
    return MappingProxyType(
        {
            name: Thread(name, MappingProxyType(by_edition), MappingProxyType(changes[name]))
            for name, by_edition in refs.items()
        }
    )


def threads_of(edition_name: str, ref: str, folder: Path = FOLDER) -> tuple[Thread, ...]:
    """The threads that this provision belongs to; UnknownEdition or UnknownProvision if there is none such."""
    provision(edition_name, ref, folder)
    return tuple(each for each in threads(folder).values() if ref in each.refs.get(edition_name, ()))


def counterparts(edition_name: str, ref: str, folder: Path = FOLDER) -> Mapping[str, tuple[str, ...]]:
    """The like provisions in every other edition, oldest edition first; an empty tuple where there is none.

    What changed stands in `threads_of(...)`, as `changes`.
    """
    followed = threads_of(edition_name, ref, folder)
    others = [name for name in all_editions(folder) if name != edition_name]
    return MappingProxyType({name: _in_order(name, followed, folder) for name in others})


def _in_order(edition_name: str, followed: tuple[Thread, ...], folder: Path) -> tuple[str, ...]:
    wanted = {ref for thread in followed for ref in thread.refs.get(edition_name, ())}
    return tuple(ref for ref in provisions(edition_name, folder) if ref in wanted) if wanted else ()


def _read(path: Path) -> list[dict[str, Any]]:
    """The threads of one file; a file that is not there has none."""
    if not path.exists():
        return []
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("threads", [])
    except tomllib.TOMLDecodeError as problem:
        raise BadCrosswalk(f"{path}: {problem}") from problem
    ids = [thread.get("id") for thread in found]
    if None in ids or len(ids) != len(set(ids)):
        raise BadCrosswalk(f"{path}: every thread needs an id of its own.")
    return list(found)


def _check(edition_name: str, refs: list[str], where: str, folder: Path) -> None:
    try:
        known = provisions(edition_name, folder)
    except UnknownEdition as problem:
        raise BadCrosswalk(f"{where}: {problem}") from problem
    missing = [ref for ref in refs if ref not in known]
    if missing:
        raise BadCrosswalk(f"{where}: the {edition_name} Code has no provision {', '.join(missing)}.")
