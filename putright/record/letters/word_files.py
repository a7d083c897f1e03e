"""Word files that come from outside: whether one can be used, and the text that it holds."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000
_MAIN = b"wordprocessingml.document.main+xml"


class CannotBeUsed(ValueError):
    """This is no Word file that can be used; the words say why, and what to do."""


def check(content: bytes) -> None:
    """CannotBeUsed where this is no DOCX, is locked, holds macros, or would unpack to something huge."""
    if not content:
        raise CannotBeUsed("The file is empty.")
    if len(content) > MOST_BYTES:
        raise CannotBeUsed("The file is larger than 10 MB. Make its pictures smaller, and try again.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotBeUsed(
            "The file is locked with a password, or is an old Word file. Save it as .docx without one."
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as problem:
        raise CannotBeUsed("This is not a Word file (.docx) that can be read.") from problem


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise CannotBeUsed("The file is too large inside. Copy its text into a new Word file, and try again.")
    if any(each.filename.lower().endswith(("vbaproject.bin", ".exe")) for each in parts):
        raise CannotBeUsed("The file holds macros. Save it as .docx, which holds none.")
    if _MAIN not in archive.read("[Content_Types].xml"):
        raise CannotBeUsed("This is not a Word file (.docx).")


def text_of(content: bytes) -> str:
    """The words of a Word file in the order of its pages: paragraphs, and the cells of tables row by row."""
    check(content)
    try:
        file = docx.Document(BytesIO(content))
        pieces = [_text(each) for each in file.iter_inner_content()]
    except Exception as problem:  # python-docx raises whatever its zip or XML reader does
        raise CannotBeUsed("This is not a Word file (.docx) that can be read.") from problem
    return "\n\n".join(each for each in pieces if each.strip())


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
