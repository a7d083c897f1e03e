"""A published form as rows of cells, in the order of its pages, whatever kind of file it came as.

A row of a table has its cells; a line outside any table is a row of one cell. Nothing is judged here.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PAGES = 150
MOST_ROWS = 20_000
MOST_CHARACTERS = 3_000_000

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SPACE = re.compile(r"[ \t\u00a0\u200b\ufeff]+")
_BULLETS = re.compile("[\u2022\uf0b7\u25cf\u25e6\u00b7\uf0a7\u2023\u27a2]|(?<=^)[o\u2013-](?=\\s)")
# Where a bullet was lost on the way to text, the space after it is left.
_LOST_BULLET = re.compile(r"^ (?=[a-z])")
_GAP = re.compile(r" {3,}|\t")


class Unreadable(ValueError):
    """The file cannot be read. The message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; one cell for a line outside any table. `table` numbers the table it stands in."""

    cells: tuple[str, ...]
    table: int = 0


def rows(content: bytes) -> list[Row]:
    """Every row of a file; Unreadable where it is empty, encrypted, broken, too large or of no kind we know."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty.")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file has more than {MOST_BYTES // 1024 // 1024} MB: a form has a few.")
    found: list[Row] = []
    letters = 0
    for row in _reader(content)(content):
        letters += sum(map(len, row.cells))
        found.append(row)
        if len(found) > MOST_ROWS or letters > MOST_CHARACTERS:
            raise Unreadable("The file is far longer than any self-assessment form.")
    if not letters:
        raise Unreadable("There is no text in the file. If it is a scan, let a program read its text first.")
    return found


def _reader(content: bytes) -> Callable[[bytes], Iterator[Row]]:
    if content.startswith(_OLD_WORD):
        raise Unreadable(
            "This is an old Word file, or one locked with a password. Open it in Word and save it as .docx."
        )
    if b"%PDF" in content[:1024]:
        return _of_pdf
    if content.startswith(b"PK"):
        return _of_zip
    if content.startswith(b"{\\rtf"):
        raise Unreadable("This is a rich text file. Save it as .docx, .pdf or .txt.")
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<body", b"<div")):
        return _of_html
    return _of_text


def _cell(text: str | None) -> str:
    """The words of a cell on one line, each bullet as "•", without any markup left in it."""
    if not text:
        return ""
    lines = [_SPACE.sub(" ", html.unescape(_TAG.sub(" ", line))).strip() for line in text.splitlines()]
    return " ".join(_BULLETS.sub("\u2022", line) for line in lines if line).strip()


# Text


def _of_text(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    apart = "\t" if "\t" in text else _GAP
    table = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        cells = line.split("\t") if apart == "\t" else _GAP.split(line.strip())
        cleaned = tuple(_cell(_LOST_BULLET.sub("\u2022 ", each)) for each in cells)
        if len(cleaned) == 1:
            table += 1
            yield Row(cleaned)
        elif any(cleaned):
            yield Row(cleaned, table + 1)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content.count(b"\x00") > len(content) // 100:
        raise Unreadable("This is no text, PDF, Word, OpenDocument or web page that can be read.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    strange = sum(not (each.isprintable() or each in "\t\r\n\f") for each in text) + text.count("\ufffd")
    if strange > len(text) // 50:
        raise Unreadable("This is no text, PDF, Word, OpenDocument or web page that can be read.")
    return text


# A web page


def _of_html(content: bytes) -> Iterator[Row]:
    from lxml import etree
    from lxml import html as pages

    try:
        page = pages.document_fromstring(content, parser=pages.HTMLParser(huge_tree=False, no_network=True))
    except (etree.LxmlError, ValueError) as problem:
        raise Unreadable(f"The web page cannot be read: {problem}.") from problem
    yield from _of_element(page)


def _of_element(page: Any) -> Iterator[Row]:
    number = 0
    inside: set[Any] = set()
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "head"):
            continue
        if element.tag == "table" and element not in inside:
            number += 1
            inside.update(element.iter())
            for cells in _grid(element):
                yield Row(cells, number)
        elif element.tag in ("p", "h1", "h2", "h3", "h4", "li", "dt", "dd") and element not in inside:
            text = _cell(_text_of(element))
            if text:
                yield Row((text,))


def _text_of(element: Any) -> str:
    parts = []
    for each in element.iter():
        if not isinstance(each.tag, str):
            parts.append(each.tail or "")
            continue
        if each.tag == "li":
            parts.append("\n\u2022 ")
        elif each.tag in ("p", "br", "div", "tr"):
            parts.append("\n")
        parts.append(each.text or "")
        if each is not element:
            parts.append(each.tail or "")
    return "".join(parts)


def _grid(table: Any) -> Iterator[tuple[str, ...]]:
    """The rows of a table; a cell over several rows stands in the first, one over several columns too."""
    held: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while held.get(len(cells), 0):
                held[len(cells)] -= 1
                cells.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(across):
                if down > 1:
                    held[len(cells)] = down - 1
                cells.append(_cell(_text_of(cell)) if not place else "")
        while held.get(len(cells), 0):
            held[len(cells)] -= 1
            cells.append("")
        if any(cells):
            yield tuple(cells)


def _span(cell: Any, name: str) -> int:
    given = cell.get(name, "1").strip()
    return min(max(int(given), 1), 50) if given.isascii() and given.isdigit() else 1


# Word and OpenDocument


def _of_zip(content: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            names = {each.filename: each for each in file.infolist()}
            if sum(each.file_size for each in names.values()) > MOST_UNPACKED:
                raise Unreadable("The file is far larger unpacked than any self-assessment form.")
            if any(each.flag_bits & 1 for each in names.values()):
                raise Unreadable("The file is locked with a password. Save it without one.")
            if "word/document.xml" in names:
                file.read("word/document.xml")  # a broken file says so here
                return _of_word(content)
            if "content.xml" in names:
                return _of_opendocument(file.read("content.xml"), _manifest(file, names))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable("The file is broken: it cannot be unpacked.") from problem
    raise Unreadable("This is no Word or OpenDocument text. Save the form as .docx, .odt, .pdf or .txt.")


def _manifest(file: zipfile.ZipFile, names: dict[str, Any]) -> bytes:
    return file.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""


def _of_word(content: bytes) -> Iterator[Row]:
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        file = docx.Document(BytesIO(content))
        blocks = list(file.iter_inner_content())
    except Exception as problem:  # python-docx raises whatever its reader of XML does
        raise Unreadable("The Word file is broken: its text cannot be read.") from problem
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            text = _cell(block.text)
            if text:
                yield Row((text,))
        elif isinstance(block, Table):
            number += 1
            yield from _of_word_table(block, number)


def _of_word_table(table: Any, number: int) -> Iterator[Row]:
    above: set[Any] = set()
    for row in table.rows:
        cells, seen = [], set()
        for cell in row.cells:
            # A merged cell is given once for each place it covers: it is said in the first.
            repeated = cell._tc in seen or cell._tc in above
            seen.add(cell._tc)
            cells.append("" if repeated else _cell(_words_of_cell(cell)))
        above |= seen
        if any(cells):
            yield Row(tuple(cells), number)


def _words_of_cell(cell: Any) -> str:
    lines = []
    for paragraph in cell.paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        listed = style.startswith("List") or _is_numbered(paragraph)
        lines.append(f"\u2022 {paragraph.text}" if listed and paragraph.text.strip() else paragraph.text)
    inner = [
        "\n".join(_words_of_cell(each) for row in table.rows for each in row.cells) for table in cell.tables
    ]
    return "\n".join(lines + inner)


def _is_numbered(paragraph: Any) -> bool:
    return paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _of_opendocument(content: bytes, manifest: bytes) -> Iterator[Row]:
    from lxml import etree

    if b"encryption-data" in manifest:
        raise Unreadable("The file is locked with a password. Save it without one.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable("The OpenDocument file is broken: its text cannot be read.") from problem
    number = 0
    inside: set[Any] = set()
    for element in root.iter():
        if element.tag == f"{_TABLE}table" and element not in inside:
            number += 1
            inside.update(element.iter())
            for row in element.iter(f"{_TABLE}table-row"):
                cells = tuple(_opendocument_cells(row))
                if any(cells):
                    yield Row(cells, number)
        elif element.tag in (f"{_TEXT}p", f"{_TEXT}h") and element not in inside:
            text = _cell(_opendocument_text(element))
            if text:
                yield Row((text,))


def _opendocument_cells(row: Any) -> Iterator[str]:
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = cell.get(f"{_TABLE}number-columns-repeated", "1")
        times = min(int(repeated), 20) if repeated.isascii() and repeated.isdigit() else 1
        listed = {each for item in cell.iter(f"{_TEXT}list-item") for each in item.iter()}
        lines = [
            f"\u2022 {_opendocument_text(each)}" if each in listed else _opendocument_text(each)
            for each in cell.iter(f"{_TEXT}p", f"{_TEXT}h")
        ]
        yield from [_cell("\n".join(lines))] * times


def _opendocument_text(element: Any) -> str:
    parts = [element.text or ""]
    for each in element.iter():
        if each is element:
            continue
        if each.tag == f"{_TEXT}s":
            parts.append(" ")
        elif each.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            parts.append("\n")
        parts += [each.text or "", each.tail or ""]
    return "".join(parts)


# PDF


def _of_pdf(content: bytes) -> Iterator[Row]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        file = pdfplumber.open(BytesIO(content))
        pages = len(file.pages)
    except PdfminerException as problem:
        inner = problem.args[0] if problem.args else None
        if isinstance(inner, PDFPasswordIncorrect | PDFTextExtractionNotAllowed):
            raise Unreadable("The PDF is locked with a password. Save it without one.") from problem
        raise Unreadable("The PDF is broken: it cannot be opened.") from problem
    except Exception as problem:  # pdfminer raises many kinds on a broken file
        raise Unreadable("The PDF is broken: it cannot be opened.") from problem
    if pages > MOST_PAGES:
        raise Unreadable(f"The PDF has {pages} pages; a self-assessment has {MOST_PAGES} at most.")
    with file:
        try:
            starts: list[float] = []
            said: Counter[str] = Counter()
            for number, page in enumerate(file.pages, start=1):
                on_page = list(_of_page(page, number, starts))
                edges = {_without_numbers(row) for row in on_page[:2] + on_page[-2:]}
                yield from (row for row in on_page if said[_without_numbers(row)] < _OFTEN)
                said.update(each for each in edges if len(each) > _LONG)
                page.close()
        except Unreadable:
            raise
        except Exception as problem:
            raise Unreadable("The PDF is broken: one of its pages cannot be read.") from problem


_OFTEN, _LONG = 2, 15


def _without_numbers(row: Row) -> str:
    """What a row says in its first cell: the head and the foot of every page say the same but for its number."""
    return re.sub(r"\d+", "", row.cells[0]).strip()


def _of_page(page: Any, number: int, starts: list[float]) -> Iterator[Row]:
    found = [each for each in page.find_tables() if len(each.rows) and len(each.rows[0].cells) > 1]
    if not found:
        yield from _by_gaps(page, number, starts)
        return
    above = 0.0
    for place, table in enumerate(found, start=1):
        yield from _lines_between(page, above, table.bbox[1])
        for cells in table.extract(x_tolerance=1.5):
            cleaned = tuple(_cell(each) for each in cells)
            if any(cleaned):
                yield Row(cleaned, number * 100 + place)
        above = max(above, table.bbox[3])
    yield from _lines_between(page, above, page.height)


def _lines_between(page: Any, top: float, bottom: float) -> Iterator[Row]:
    if bottom - top < 4:
        return
    text = page.crop((0, top, page.width, bottom), strict=False).extract_text(x_tolerance=1.5) or ""
    for line in text.splitlines():
        if _cell(line):
            yield Row((_cell(line),))


def _by_gaps(page: Any, number: int, starts: list[float]) -> Iterator[Row]:
    """A page without ruled lines: what stands far apart on a line stands in columns of its own.

    `starts` are those of the page before: a page with a few lines left of a table shows no columns by itself.
    """
    words = page.extract_words(x_tolerance=1.5, keep_blank_chars=False, use_text_flow=False)
    lines: dict[int, list[Any]] = {}
    for word in words:
        lines.setdefault(round(word["bottom"] / 3), []).append(word)
    found = _columns(words, lines)
    if len(found) >= len(starts):
        starts[:] = found
    below, in_table = 0.0, False
    for place in sorted(lines):
        line = sorted(lines[place], key=lambda each: each["x0"])
        cells = _cells_of(line, starts)
        goes_on = in_table and line[0]["top"] - below < _NEXT_LINE and line[-1]["x1"] < starts[1]
        in_table = goes_on or any(cells[1:])
        below = line[0]["bottom"]
        yield Row(tuple(map(_cell, cells)), number) if in_table else Row((_cell(cells[0]),))


def _cells_of(line: list[Any], starts: list[float]) -> list[str]:
    cells = [""] * len(starts)
    column, end = 0, -_APART
    for word in line:
        if word["x0"] - end >= _APART:
            column = max((i for i, start in enumerate(starts) if word["x0"] >= start - 3), default=0)
        cells[column], end = f"{cells[column]} {word['text']}".strip(), word["x1"]
    return cells


_NEXT_LINE = 7.0  # points between two lines of the same cell, at most
_APART = 5.0  # points; what stands closer is the next word of the same cell


def _columns(words: list[Any], lines: dict[int, list[Any]]) -> list[float]:
    """Where columns begin: places at which words start after a wide gap on several lines."""
    starts: list[float] = []
    for line in lines.values():
        line.sort(key=lambda each: each["x0"])
        starts += [right["x0"] for left, right in pairwise(line) if right["x0"] - left["x1"] > 9]
    left = min((word["x0"] for word in words), default=0.0)
    heads = [word["x0"] for line in lines.values() if _heads_answers(line) for word in line]
    groups: list[list[float]] = []
    for start in sorted(starts):
        if groups and start - groups[-1][-1] < 6:
            groups[-1].append(start)
        else:
            groups.append([start])
    kept = (each for each in groups if len(each) >= 3 or any(start in heads for start in each))
    return [left, *(min(each) for each in kept if min(each) > left + 9)]


def _heads_answers(line: list[Any]) -> bool:
    """Whether a line heads a column for Yes and one for No: few marks stand under them, so they are told by it."""
    return {"yes", "no"} <= {word["text"].lower() for word in line} and len(line) < 20
