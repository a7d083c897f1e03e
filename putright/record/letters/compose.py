"""A letter from a template and what is told: every gap filled, or none of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from putright.record.letters import in_words
from putright.record.letters.documents import Block, Document, Format, Heading, Paragraph
from putright.record.letters.templates import GAP, Piece, Template
from putright.record.letters.told import GAPS, PARTS, Told, values


@dataclass
class Missing(Exception):
    """The template asks for what is not known. `names` are the gaps and parts, in the order of the letter."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"Not known yet: {', '.join(label_of(name) for name in self.names)}."


def label_of(name: str) -> str:
    """What an editor calls a gap or a part."""
    found = GAPS.get(name) or PARTS.get(name)
    return found.label if found is not None else name


def compose(template: Template, told: Told, format: Format = "standard") -> Document:
    """The letter; Missing where a text or a part that belongs in it has nothing to say."""
    known = values(told)
    said = [piece for piece in template.pieces if piece.is_said(known)]
    lacking = _lacking(template, said, known)
    if lacking:
        raise Missing(lacking)
    blocks = [block for piece in said for block in _blocks(piece, known)]
    return Document(
        title=_filled(template.title, known),
        blocks=tuple(blocks),
        day=told.day,
        day_in_words=in_words.day(told.day),
        reference=told.reference,
        from_lines=told.from_lines,
        to_lines=told.to_lines,
        greeting=f"Dear {told.to_name}" if told.to_name else "Hello",
        ending=("Yours sincerely", "", told.team, told.landlord),
        foot=told.reference,
        language=told.language,
        colour=told.colour,
        format=format,
    )


def _lacking(template: Template, said: list[Piece], known: Mapping[str, Any]) -> tuple[str, ...]:
    texts = [template.title, *(piece.heading or piece.text for piece in said)]
    gaps = [name for text in texts for name in GAP.findall(text) if not str(known[name]).strip()]
    parts = [piece.part for piece in said if piece.part and not known[f"part.{piece.part}"]]
    return tuple(dict.fromkeys(gaps + parts))


def _filled(text: str, known: Mapping[str, Any]) -> str:
    # One pass: words that were typed are never read for gaps of their own.
    return GAP.sub(lambda found: str(known[found[1]]), text)


def _blocks(piece: Piece, known: Mapping[str, Any]) -> tuple[Block, ...]:
    if piece.heading:
        return (Heading(_filled(piece.heading, known)),)
    if piece.text:
        return (Paragraph(_filled(piece.text, known)),)
    found: tuple[Block, ...] = known[f"part.{piece.part}"]
    return found
