"""A form's rows written as each kind of file that a form is published in."""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import groupby

import docx
import typst

Rows = Sequence[Sequence[str]]


def rows_of(text: str) -> list[list[str]]:
    """The cells of each line of a text with tabs; one cell for a line outside any table."""
    return [line.split("\t") for line in text.splitlines() if line.strip()]


def _blocks(rows: Rows) -> list[tuple[bool, list[list[str]]]]:
    """Lines and tables in their order: a table is rows of the same width one after another."""
    keyed = groupby(rows, key=len)
    return [(width > 1, [list(each) for each in group]) for width, group in keyed]


def as_txt(rows: Rows) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def as_html(rows: Rows) -> bytes:
    parts = ["<!doctype html><html><head><title>Form</title></head><body>"]
    for is_table, group in _blocks(rows):
        if not is_table:
            parts += [f"<p>{html.escape(row[0])}</p>" for row in group]
            continue
        lines = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in group]
        parts.append("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    return "".join([*parts, "</body></html>"]).encode()


def as_docx(rows: Rows) -> bytes:
    file = docx.Document()
    for is_table, group in _blocks(rows):
        if not is_table:
            for row in group:
                file.add_paragraph(row[0])
            continue
        table = file.add_table(rows=0, cols=len(group[0]))
        for row in group:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    made = BytesIO()
    file.save(made)
    return made.getvalue()


_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}'
    "</office:text></office:body></office:document-content>"
)


def as_odt(rows: Rows) -> bytes:
    parts = []
    for is_table, group in _blocks(rows):
        if not is_table:
            parts += [f"<text:p>{html.escape(row[0])}</text:p>" for row in group]
            continue
        cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
        lines = ["".join(cell.format(html.escape(text)) for text in row) for row in group]
        parts.append(
            "<table:table>"
            + "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
            + "</table:table>"
        )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", _ODT.format("".join(parts)))
    return made.getvalue()


_PDF = """
#let blocks = json(bytes(sys.inputs.rows))
#set page(paper: "a4", flipped: true, margin: 1.5cm)
#set text(size: 8pt)
#for block in blocks {
  if block.at(0) {
    let width = block.at(1).first().len()
    table(
      columns: if width == 4 { (1fr, 6fr, 1fr, 5fr) } else { (4fr,) + (2fr,) * (width - 1) },
      stroke: STROKE,
      ..block.at(1).flatten(),
    )
  } else {
    for row in block.at(1) { par(row.first()) }
  }
}
"""


def as_pdf(rows: Rows, ruled: bool = True) -> bytes:
    data = json.dumps(_blocks([[_of_paper(cell) for cell in row] for row in rows]))
    source = _PDF.replace("STROKE", "0.5pt" if ruled else "none").encode()
    made = typst.compile(source, format="pdf", sys_inputs={"rows": data})
    assert isinstance(made, bytes)
    return made


def _of_paper(text: str) -> str:
    """Markup that a scan left in the text is no part of what paper shows."""
    return text.replace("<", "\u2039").replace(">", "\u203a")


KINDS: dict[str, Callable[[Rows], bytes]] = {
    "txt": as_txt,
    "html": as_html,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
}
