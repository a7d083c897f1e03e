"""Five landlords' procedures, each a dated document that a complaint can be run under.

They were read from the self-assessments that the landlords published. What a form does not
state is left out, and is the Code's.
"""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Any

from complaint_rules import procedure as rules
from complaint_rules.editions import UnknownEdition, edition
from complaint_rules.procedure import CODE_DEFAULTS, BadProcedure, Problem, Procedure
from putright import yaml_files

FOLDER = Path(__file__).parent


class UnknownProfile(LookupError):
    """There is no profile of this name. The message lists those there are."""


def names() -> tuple[str, ...]:
    """The profiles there are."""
    return tuple(sorted(each.stem for each in FOLDER.glob("*.yaml")))


def path(name: str) -> Path:
    """The file of a profile; UnknownProfile if there is none."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise UnknownProfile(f'There is no profile "{name}".{meant} Profiles: {", ".join(names())}.')
    return FOLDER / f"{name}.yaml"


@cache
def profile(name: str) -> Procedure:
    """The procedure of a profile by its name, such as "redditch"; UnknownProfile if there is none."""
    return from_file(path(name))


def from_file(file: Path) -> Procedure:
    """The procedure in a YAML file.

    `yaml_files.UnreadableYaml` if it is no YAML, `complaint_rules.procedure.BadProcedure` if it is no
    procedure: both say which line.
    """
    document = yaml_files.read(file)
    return rules.read(document.data, document.line)


def from_text(text: str, name: str = "the procedure") -> Procedure:
    """The procedure in a YAML text; the same errors as `from_file`."""
    document = yaml_files.read(text, name)
    return rules.read(document.data, document.line)


def for_landlord(profile: str | None = None, edition: str | None = None, **changes: Any) -> Procedure:
    """The procedure that a worked case runs under: a profile or the Code's defaults, and what it changes.

    `edition` forces an edition whatever the dates. `changes` are keys of a procedure document:
    `award_approval_over` (pounds), `convention`, `closure_days`, ... UnknownProfile, UnknownEdition or
    BadProcedure (a key or value that no procedure can hold) otherwise.
    """
    base = CODE_DEFAULTS if profile is None else _named(profile)
    return base.with_changes(edition=_as_edition(edition), **changes)


def _named(name: Any) -> Procedure:
    if not isinstance(name, str):
        raise UnknownProfile(f"Name a profile: {', '.join(names())}.")
    return profile(name)


def _as_edition(name: Any) -> str | None:
    """An edition written with or without quotes; UnknownEdition if there is none of this name."""
    if name is None:
        return None
    return edition(str(name)).name


__all__ = [
    "BadProcedure",
    "Problem",
    "Procedure",
    "UnknownEdition",
    "UnknownProfile",
    "for_landlord",
    "from_file",
    "from_text",
    "names",
    "path",
    "profile",
]
