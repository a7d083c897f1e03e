"""A document as a tagged PDF (PDF/UA-1), by Typst.

A compiler takes a fortieth of a second to make and two thousandths to use, so each thread keeps one.
"""

from __future__ import annotations

import json
import re
import threading
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from putright.record.letters.documents import Document

HERE = Path(__file__).parent
LAYOUT = HERE / "layout.typ"

_kept = threading.local()


def pdf(document: Document) -> bytes:
    """The document as PDF. The same document gives the same bytes, whenever it is made.

    A character that none of the typefaces at hand has a shape for breaks PDF/UA. A letter is made all the
    same, tagged, with a box in its place: `without_shape` says which it is.
    """
    try:
        return _made(document, ["ua-1"])
    except typst.TypstError as problem:
        if _WITHOUT_SHAPE not in problem.message:
            raise
        return _made(document, [])


def without_shape(document: Document) -> str:
    """The first text that no typeface at hand has a shape for; empty where all can be shown."""
    try:
        _made(document, ["ua-1"])
    except typst.TypstError as problem:
        found = _QUOTED.search(problem.message)
        if _WITHOUT_SHAPE not in problem.message or found is None:
            raise
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return ""


_WITHOUT_SHAPE = "could not be displayed with font"
_QUOTED = re.compile(r'the text `"(.*?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _made(document: Document, standards: list[Any]) -> bytes:
    made = _compiler().compile(
        LAYOUT,
        format="pdf",
        sys_inputs={"document": json.dumps(document.as_data(), ensure_ascii=False)},
        pdf_standards=standards,
        timestamp=datetime.combine(document.day, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave something other than one PDF.")
    return made


def _compiler() -> typst.Compiler:
    compiler: typst.Compiler | None = getattr(_kept, "compiler", None)
    if compiler is None:
        fonts = typst.Fonts(
            include_system_fonts=True, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
        )
        compiler = _kept.compiler = typst.Compiler(LAYOUT, root=HERE, font_paths=fonts)
    return compiler
