"""The text of a procedure: as it was written, made from what a version holds, or begun from the Code."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.procedure import BadProcedure, Problem, Procedure, spoken
from putright import yaml_files
from putright.record.landlords import profiles
from putright.record.landlords.models import Landlord, ProcedureVersion

MOST_CHARACTERS = 50_000
"""Ten times the longest procedure we have met: beyond it, checking one takes too long to wait for."""

_TOP_LEVEL = re.compile(r"^[^\s#]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read: the procedure, or (None) every fault that stands in the way, by its line."""

    procedure: Procedure | None
    problems: tuple[Problem, ...] = ()


def read(text: str) -> Reading:
    """Read the text of a procedure. Never raises: what is wrong with it is in `problems`."""
    try:
        return Reading(profiles.from_text(text))
    except yaml_files.UnreadableYaml as problem:
        return Reading(None, (Problem(problem.line or 0, "", problem.says),))
    except BadProcedure as problem:
        return Reading(None, problem.problems)


def text_of(version: ProcedureVersion) -> str:
    """The text of a version, with the same terms as `queries.terms`; empty where it holds nothing of its own.

    A version without a text of its own was made with its landlord, from a profile or some changes. (An edition
    that a worked case forces has no place in a text, and is left out.)
    """
    if version.document:
        return version.document
    changes = {key: value for key, value in version.changes.items() if key != "edition"}
    base = profiles.path(version.profile).read_text(encoding="utf-8") if version.profile else ""
    if not changes:
        return base
    if "targets" in changes:
        changes["targets"] = _own_targets(base) | _by_clock(changes["targets"])
    start = without(base, *changes) if base else f"name: {_slug(version.landlord.slug)}\n"
    return start.rstrip("\n") + "\n" + "".join(_written(key, value) for key, value in changes.items())


def digest(text: str) -> str:
    """SHA-256 of the text of a version, as its entries hold it."""
    return hashlib.sha256(text.encode()).hexdigest()


def begun_from_the_code(landlord: Landlord, edition: Edition) -> str:
    """A procedure that says what an edition asks and no more, to begin a draft from."""
    lines = [
        f"# Begun from the {edition.title}.",
        "# A line that begins with a hash is a note. What you leave out is the Code's.",
        f"name: {_slug(landlord.slug)}",
        "title: Complaints procedure",
        f"landlord: {_quoted(landlord.name)}",
        f'edition: "{edition.name}"',
        "",
        f'definition: {{as_code: "{edition.name}"}}',
        "",
        "stages:",
        "  - name: Stage 1",
        "    # handled_by: Complaints officer",
        "  - name: Stage 2",
        "    # handled_by: Head of service",
        "    different_person: true",
        "",
        "targets:",
        *(
            f"  {name}: {spoken(clock.length, clock.unit, clock.starts)}"
            for name, clock in edition.clocks.items()
            if name in ("acknowledge", "respond", "acknowledge_escalation", "respond_stage_2")
        ),
        "",
        "extension:",
        *(
            f"  stage_{clock.stage}: {{most: {clock.extension_most} working days, ombudsman_details: always}}"
            for clock in edition.clocks.values()
            if clock.extension_most
        ),
        "",
        "# Say how residents can complain, and who of the governing body leads on complaints:",
        "# channels: telephone, email, web form, letter, in person",
        "# lead_member: ",
        "",
    ]
    return "\n".join(lines)


def made_ours(text: str, landlord: Landlord) -> str:
    """Another landlord's text with our name for theirs, and without its days: what a draft begins from."""
    ours = {"name": _slug(landlord.slug), "landlord": _quoted(landlord.name)}
    lines = []
    for line in without(text, "dates").splitlines(keepends=True):
        key = line.partition(":")[0]
        lines.append(f"{key}: {ours[key]}\n" if key in ours else line)
    return "".join(lines)


def without(text: str, *keys: str) -> str:
    """The text without these keys of its top level and what stands under them."""
    kept, leaving = [], False
    for line in text.splitlines(keepends=True):
        if _TOP_LEVEL.match(line):
            leaving = line.partition(":")[0].strip().strip("\"'") in keys
        if not leaving:
            kept.append(line)
    return "".join(kept)


def _own_targets(base: str) -> dict[str, Any]:
    data = yaml_files.read(base).data if base else None
    own = data.get("targets", {}) if isinstance(data, dict) else {}
    return dict(own) if isinstance(own, Mapping) else _by_clock(own)


def _by_clock(targets: Any) -> dict[str, Any]:
    """Targets as a mapping, whether they are given as one or as a list of `{clock, ...}`."""
    if isinstance(targets, Mapping):
        return dict(targets)
    return {each["clock"]: {key: value for key, value in each.items() if key != "clock"} for each in targets}


def _written(key: str, value: Any) -> str:
    """A key of the top level as YAML: JSON is YAML, so what is inside is written as JSON, a line a part."""
    if not isinstance(value, Mapping):
        return f"{key}: {_quoted(value)}\n"
    return "".join([f"{key}:\n", *(f"  {part}: {_quoted(inside)}\n" for part, inside in value.items())])


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _slug(slug: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-") or "our-procedure"
