"""The wording of letters: pieces of text with gaps, and parts made from the case, for a kind, a stage, an edition.

Ours is in `wording/`. A landlord's own has the same form. What a template says of a gap is checked when it is
read, so that no letter is ever begun from one that cannot be filled.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from complaint_rules import letters
from putright.record.letters.told import GAPS, PARTS

WORDING = Path(__file__).with_name("wording")
LONGEST_TITLE = 120
MOST_PIECES = 100
GAP = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_HALF_A_GAP = re.compile(r"\{\{|\}\}")


class BadTemplate(ValueError):
    """A template cannot be used. `where` names the piece (numbered from 1; 0 is the whole), `says` what to do."""

    def __init__(self, where: int, says: str) -> None:
        super().__init__(f"Piece {where}: {says}" if where else says)
        self.where, self.says = where, says


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a text, or a part: one of the three. Said only `when` something is told, `unless` it is."""

    heading: str = ""
    text: str = ""
    part: str = ""
    when: str = ""
    unless: str = ""

    def is_said(self, told: Mapping[str, Any]) -> bool:
        """Whether this piece belongs in the letter, by what is told."""
        return (not self.when or bool(told.get(self.when))) and not (self.unless and told.get(self.unless))


@dataclass(frozen=True, slots=True)
class Template:
    """The wording of one kind of letter. `stage` None and `edition` "" mean that it is the same for all."""

    kind: str
    stage: int | None
    title: str
    pieces: tuple[Piece, ...]
    edition: str = ""

    @property
    def gaps(self) -> frozenset[str]:
        """Every gap in its texts."""
        return frozenset(name for each in self.texts for name in GAP.findall(each))

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, *(each.heading or each.text for each in self.pieces))


def template(data: Mapping[str, Any]) -> Template:
    """The template that plain data describes; BadTemplate if it cannot be used."""
    kind, stage, edition = data.get("kind"), data.get("stage"), data.get("edition", "")
    if kind not in letters.KINDS:
        raise BadTemplate(0, f"Give the kind of letter: {', '.join(letters.KINDS)}.")
    if stage not in (None, 1, 2) or isinstance(stage, bool):
        raise BadTemplate(0, "The stage is 1 or 2, or left out.")
    title, given = data.get("title"), data.get("pieces")
    if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise BadTemplate(0, f"Give a title of at most {LONGEST_TITLE} characters.")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_PIECES:
        raise BadTemplate(0, f"A letter needs pieces: one at least, {MOST_PIECES} at most.")
    _check_gaps(0, title)
    pieces = tuple(_piece(number, each) for number, each in enumerate(given, start=1))
    return Template(kind, stage, title.strip(), pieces, str(edition))


def as_data(template: Template) -> dict[str, Any]:
    """The template as plain data, which `template` reads again."""
    names = ("heading", "text", "part", "when", "unless")
    pieces = [
        {name: getattr(each, name) for name in names if getattr(each, name)} for each in template.pieces
    ]
    found: dict[str, Any] = {"kind": template.kind, "title": template.title, "pieces": pieces}
    if template.stage is not None:
        found["stage"] = template.stage
    if template.edition:
        found["edition"] = template.edition
    return found


def _piece(number: int, data: Any) -> Piece:
    if not isinstance(data, Mapping):
        raise BadTemplate(number, "Write a heading, a text or a part.")
    unknown = set(data) - set(Piece.__slots__)
    if unknown:
        raise BadTemplate(number, f"Nothing is known of {', '.join(sorted(map(str, unknown)))}.")
    if not all(isinstance(value, str) for value in data.values()):
        raise BadTemplate(number, "Write words.")
    piece = Piece(**{name: value.strip() for name, value in data.items()})
    if sum(bool(each) for each in (piece.heading, piece.text, piece.part)) != 1:
        raise BadTemplate(number, "Write one of these: a heading, a text or a part.")
    if piece.part and piece.part not in PARTS:
        raise BadTemplate(number, f"There is no part {piece.part!r}. Parts: {', '.join(sorted(PARTS))}.")
    for name in (piece.when, piece.unless):
        if name and name not in GAPS and name not in PARTS and name not in CONDITIONS:
            raise BadTemplate(number, f"Nothing is known of {name!r}, so nothing can depend on it.")
    _check_gaps(number, piece.heading or piece.text)
    return piece


def _check_gaps(number: int, text: str) -> None:
    unknown = [name for name in GAP.findall(text) if name not in GAPS]
    if unknown:
        raise BadTemplate(number, f"There is nothing to fill {{{{{unknown[0]}}}}} with.")
    if _HALF_A_GAP.search(GAP.sub("", text)):
        raise BadTemplate(number, "Write each gap as {{its_name}}.")


CONDITIONS = frozenset({"upheld", "late", "all_is_ours", "what_is_ours", "representative"})
"""What a piece can depend on beside gaps and parts."""


@cache
def own_wording() -> tuple[Template, ...]:
    """The templates that come with the product."""
    return tuple(
        template(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(WORDING.glob("*.toml"))
    )


def find(known: tuple[Template, ...], kind: str, stage: int | None, edition: str) -> Template | None:
    """The template of this letter among these: that of the edition before that of all, of the stage likewise."""
    fits = [
        each
        for each in known
        if each.kind == kind and each.stage in (None, stage) and each.edition in ("", edition)
    ]
    return max(fits, key=lambda each: (bool(each.edition), each.stage is not None), default=None)
