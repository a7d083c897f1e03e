"""A document as DOCX, to be finished in Word: the same blocks as the PDF, in named styles.

A landlord's own Word file gives the look: its styles, margins, header and footer stay, its text goes.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from putright.record.letters.documents import (
    Aside,
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    shown,
)

TYPEFACE = "Arial"
SIZES = {"standard": 11.5, "large_print": 18}
LANDSCAPE_SIZE = 9.5
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}


class NotAWordFile(ValueError):
    """The file that should give the look cannot be read as DOCX."""


def word(document: Document, look: bytes | None = None) -> bytes:
    """The document as DOCX. `look` is a landlord's own DOCX; NotAWordFile if it is none."""
    file = _begun(look)
    if look is None:
        _set_up(file, document)
    _about(file, document)
    _head(file, document)
    for block in document.blocks:
        _add(file, block, document)
    _lines(file, document.ending, together=True)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _begun(look: bytes | None) -> WordFile:
    if look is None:
        return docx.Document()
    try:
        file = docx.Document(BytesIO(look))
    except Exception as problem:  # python-docx raises whatever its zip or XML reader does
        raise NotAWordFile("This is not a Word file (.docx) that can be read.") from problem
    body = file.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return file


def _set_up(file: WordFile, document: Document) -> None:
    size = LANDSCAPE_SIZE if document.landscape else SIZES[document.format]
    for section in file.sections:
        short, long = Mm(210), Mm(297)
        section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(22), Mm(24)
        section.footer.paragraphs[0].text = shown(document.foot)
    _style(file, "Normal", size, space_after=8)
    for name, larger in (("Title", 1.6), ("Heading 1", 1.3), ("Heading 2", 1.1)):
        _style(file, name, size * larger, bold=True, space_after=6, space_before=size)
    for name in ("List Bullet", "List Number"):
        _style(file, name, size, space_after=4)


def _style(
    file: WordFile,
    name: str,
    size: float,
    *,
    bold: bool = False,
    space_after: float = 0,
    space_before: float = 0,
) -> None:
    style: Any = file.styles[name]
    style.font.name, style.font.size, style.font.bold = TYPEFACE, Pt(size), bold
    style.font.color.rgb = RGBColor(0x1C, 0x23, 0x30)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(which), TYPEFACE)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)
    style.paragraph_format.space_after = Pt(space_after)
    style.paragraph_format.space_before = Pt(space_before)
    for border in style.element.xpath(".//w:pBdr"):
        border.getparent().remove(border)


def _about(file: WordFile, document: Document) -> None:
    about = file.core_properties
    about.title = shown(document.title)[:255]
    about.author = about.last_modified_by = shown(document.from_lines[0])[:255] if document.from_lines else ""
    about.comments, about.keywords = "", ""
    about.created = about.modified = datetime.combine(document.day, time(), UTC)
    about.language = LANGUAGES.get(document.language, document.language)
    for language in file.styles.element.xpath(".//w:lang"):
        language.set(qn("w:val"), about.language)


def _head(file: WordFile, document: Document) -> None:
    _lines(file, document.from_lines, bold_first=True)
    _lines(file, document.to_lines, space_before=12, space_after=24)
    reference = f"Reference: {document.reference}" if document.reference else ""
    _lines(file, tuple(each for each in (document.day_in_words, reference) if each))
    _paragraph(file, document.title, "Title")
    if document.greeting:
        _paragraph(file, document.greeting)


def _lines(
    file: WordFile,
    lines: tuple[str, ...],
    *,
    bold_first: bool = False,
    space_before: float | None = None,
    space_after: float | None = None,
    together: bool = False,
) -> None:
    """Lines of one paragraph, as an address has."""
    if not lines:
        return
    paragraph = file.add_paragraph()
    for number, line in enumerate(lines):
        run = paragraph.add_run()
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(shown(line))
        run.bold = True if bold_first and not number else None
    if space_before is not None:
        paragraph.paragraph_format.space_before = Pt(space_before)
    if space_after is not None:
        paragraph.paragraph_format.space_after = Pt(space_after)
    paragraph.paragraph_format.keep_together = together or None


def _paragraph(file: WordFile, text: str, style: str | None = None) -> Any:
    has = {each.name for each in file.styles}
    return file.add_paragraph(shown(text), style if style in has else None)


def _add(file: WordFile, block: Block, document: Document) -> None:
    match block:
        case Heading():
            _paragraph(file, block.text, f"Heading {block.level}").paragraph_format.keep_with_next = True
        case Paragraph():
            _paragraph(file, block.text)
        case Items():
            for each in block.items:
                _paragraph(file, each, "List Number" if block.numbered else "List Bullet")
        case Table():
            _add_table(file, block, document)
        case Aside():
            _lines(file, (block.title, *block.lines), bold_first=True, together=True)


def _add_table(file: WordFile, block: Table, document: Document) -> None:
    if block.caption:
        _paragraph(file, block.caption).paragraph_format.keep_with_next = True
    if document.format == "large_print":
        for row in block.rows:
            named = [f"{name}: {cell}" for name, cell in zip(block.head, row, strict=True)]
            _lines(file, tuple(named), together=True)
        return
    table = file.add_table(rows=1, cols=len(block.head))
    if "Table Grid" in {each.name for each in file.styles}:
        table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.paragraphs[0].add_run(shown(text)).bold = True
    _repeat_on_each_page(table.rows[0])
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = shown(text)
    if block.widths:
        whole = (253 if document.landscape else 166) / sum(block.widths)
        for row in table.rows:  # Word heeds the widths of cells, not those of columns
            for cell, share in zip(row.cells, block.widths, strict=True):
                cell.width = Mm(share * whole)
    file.add_paragraph()


def _repeat_on_each_page(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
