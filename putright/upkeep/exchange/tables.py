"""Reading a spreadsheet that somebody sent: CSV or XLSX into plain rows with their lines.

Nothing is guessed. A file that is not what its name says, a number where Excel lost a date,
a formula whose result was not saved and cells that are merged are all named, with the line.
Size is bounded before anything is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from putright import csv_files

MOST_BYTES = 30_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 250
MOST_UNPACKED_SHEETS = 200_000_000
MOST_UNPACKED_REST = 60_000_000
MOST_PARTS = 2_000
MOST_MERGED = 500

CSV_ENDINGS = (".csv", ".tsv", ".txt")
XLSX_ENDINGS = (".xlsx", ".xlsm")

_SIGNATURES = (
    (b"PK\x03\x04", "an XLSX workbook or another zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel (.xls) file or one locked with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|html|[a-zA-Z]+[ >])", re.IGNORECASE)


class UnreadableFile(ValueError):
    """The whole file cannot be used. `line` and `column` are None where it is no matter of one place."""

    def __init__(self, file: str, says: str, line: int | None = None, column: str | None = None) -> None:
        self.file, self.says, self.line, self.column = file, says, line, column
        place = [file, f"line {line}" if line else "", f"column {column}" if column else ""]
        super().__init__(f"{', '.join(part for part in place if part)}: {says}")


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A cell that holds a formula whose result is not in the file."""

    formula: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell inside a block of merged cells: it looks filled and is empty."""

    block: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its line in the file (from 1) and its cells, as long as the header. `says`: why it is unusable."""

    line: int
    cells: Sequence[Any]
    says: str | None = None


@dataclass(slots=True)
class Table:
    """A header, where it stands, and the rows under it. `notes` tells what a reader should know."""

    file: str
    header: list[str]
    header_line: int
    rows: Iterator[TableRow]
    letters: bool
    notes: list[str] = field(default_factory=list)

    def place(self, index: int) -> str:
        """What a person looks for: the letter of a spreadsheet's column with its name, or the name."""
        name = self.header[index]
        return f"{get_column_letter(index + 1)} ({name})" if self.letters else name


def read_table(path: Path, wanted: Sequence[str]) -> Table:
    """Open a CSV or XLSX file whose header holds a column of one of the `wanted` names.

    Names of columns are read without regard to case, with spaces and hyphens as underscores.
    UnreadableFile says what is wrong with the whole file; rows come one by one as they are read.
    """
    name = str(path)
    ending = path.suffix.lower()
    raw = read_bytes(path, MOST_BYTES)
    if not raw.strip():
        raise UnreadableFile(
            name, "the file is empty. A header row and a row for each complaint are expected."
        )
    if ending in XLSX_ENDINGS:
        return _workbook(raw, name, wanted)
    return _delimited(raw, name, wanted)


def read_bytes(path: Path, most: int) -> bytes:
    """A file's bytes, after looking at its size. UnreadableFile if it is none, too big or closed to us."""
    name = str(path)
    try:
        if not path.exists():
            raise UnreadableFile(name, "there is no such file.")
        if not path.is_file():
            raise UnreadableFile(name, "this is not a file.")
        size = path.stat().st_size
        if size > most:
            raise UnreadableFile(
                name, f"it is {size / 1e6:,.0f} MB; the most that is read is {most / 1e6:g} MB. Split it."
            )
        with open(path, "rb") as file:
            return file.read(most)
    except OSError as problem:
        raise UnreadableFile(name, f"it cannot be opened ({problem.strerror}).") from None


def looks_like(raw: bytes) -> str | None:
    """What the first bytes say a file is, where they say something other than text."""
    return next((what for start, what in _SIGNATURES if raw.startswith(start)), None)


def column_name(written: Any) -> str:
    """A heading as a name: "Complaint received" is `complaint_received`."""
    return re.sub(r"[\s\-]+", "_", str(written if written is not None else "").strip().lower())


# CSV


def _delimited(raw: bytes, name: str, wanted: Sequence[str]) -> Table:
    other = looks_like(raw)
    if other:
        raise UnreadableFile(name, f"this is {other}, not the CSV text its name says.")
    text, notes = _decoded(raw, name)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableFile(name, "this is not text: it holds bytes that no CSV does.", line)
    if _MARKUP.match(text):
        raise UnreadableFile(name, "this is XML or HTML, not the CSV text its name says.", 1)
    header_line = next((number for number, line in enumerate(text.splitlines(), 1) if line.strip()), 1)
    file = io.BufferedReader(io.BytesIO(text.encode()))
    try:
        table = csv_files.Table(file, _delimiter(text, wanted))  # type: ignore[arg-type]
    except csv_files.NotCsv as problem:
        raise UnreadableFile(name, str(problem), header_line) from None
    header = _checked_header([column_name(column) for column in table.columns], name, header_line)
    return Table(name, header, header_line, _csv_rows(table, header), letters=False, notes=notes)


def _decoded(raw: bytes, name: str) -> tuple[str, list[str]]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif raw[1:200:2].count(0) > len(raw[1:200:2]) * 0.6:
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        notes = ["it is not UTF-8; it was read as Windows text (cp1252)."] if encoding == "cp1252" else []
        return text.removeprefix("\ufeff"), notes
    raise UnreadableFile(name, "this is not text in UTF-8, UTF-16 or Windows encoding. Save it as CSV UTF-8.")


def _delimiter(text: str, wanted: Sequence[str]) -> str:
    """The one of comma, semicolon, tab and bar that cuts the header into the most names we know."""
    start = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        return sum(column_name(part.strip('" ')) in wanted for part in start.split(delimiter))

    return max((",", ";", "\t", "|"), key=known)


def _checked_header(header: list[str], name: str, line: int) -> list[str]:
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise UnreadableFile(name, f"there are more than {MOST_COLUMNS} columns.", line)
    for column in header:
        if column and header.count(column) > 1:
            raise UnreadableFile(name, "two columns bear this name. Keep one.", line, column)
    return header


def _csv_rows(table: csv_files.Table, header: Sequence[str]) -> Iterator[TableRow]:
    for count, row in enumerate(table, 1):
        if count > MOST_ROWS:
            yield _too_many(row.line)
            return
        if isinstance(row, csv_files.BadRow):
            yield TableRow(row.line, (), f"{row.says}.")
        else:
            yield TableRow(row.line, [row.cells[column] for column in table.columns[: len(header)]])


def _too_many(line: int) -> TableRow:
    return TableRow(
        line, (), f"the file holds more than {MOST_ROWS:,} rows; the rest was not read. Split it."
    )


def _row(line: int, cells: Sequence[Any], width: int) -> TableRow:
    values = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    extra = [value for value in values[width:] if value not in ("", None)]
    if extra:
        says = (
            f"this row has {len(values)} cells where the header has {width}: "
            "a cell with a comma in it needs quotation marks round it."
        )
        return TableRow(line, (), says)
    return TableRow(line, [*values[:width], *[None] * (width - len(values))])


# XLSX


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the XML of a sheet shows before it is read."""

    has_formulas: bool
    merged: tuple[str, ...]


_MERGE = re.compile(rb'<mergeCell [^>]{0,40}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA = re.compile(rb"<f[ />]")
_CHUNK = 1_000_000
_OVERLAP = 200


def _workbook(raw: bytes, name: str, wanted: Sequence[str]) -> Table:
    if not raw.startswith(b"PK"):
        other = looks_like(raw) or "no spreadsheet"
        raise UnreadableFile(
            name, f"this is {other}, not the XLSX workbook its name says. Save it as XLSX or CSV."
        )
    sheets = _looked_over(raw, name)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        found = _sheet_with_header(book, name, wanted)
        return _sheet_table(raw, name, found, sheets)
    except UnreadableFile:
        raise
    except Exception as problem:
        # openpyxl raises nearly anything on a damaged workbook.
        raise _damaged(name, problem) from None


def _damaged(name: str, problem: Exception) -> UnreadableFile:
    return UnreadableFile(
        name, f"this workbook is damaged ({type(problem).__name__}). Save it again as XLSX."
    )


def _looked_over(raw: bytes, name: str) -> dict[str, _Sheet]:
    """Refuse a workbook that unpacks to too much or declares entities; find formulas and merged cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            _check_sizes(parts.infolist(), name)
            return {
                part.filename: _looked_at(parts, part, name)
                for part in parts.infolist()
                if part.filename.lower().endswith((".xml", ".rels"))
            }
    except UnreadableFile:
        raise
    except Exception as problem:
        raise _damaged(name, problem) from None


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > MOST_PARTS:
        raise UnreadableFile(name, f"this workbook holds more than {MOST_PARTS:,} parts.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile(name, "this workbook is locked with a password. Save it without one.")
    sheets = sum(part.file_size for part in parts if part.filename.startswith("xl/worksheets/"))
    rest = sum(part.file_size for part in parts) - sheets
    if sheets > MOST_UNPACKED_SHEETS or rest > MOST_UNPACKED_REST:
        most = (MOST_UNPACKED_SHEETS + MOST_UNPACKED_REST) / 1e6
        raise UnreadableFile(
            name,
            f"this workbook unpacks to {(sheets + rest) / 1e6:,.0f} MB; the most that is read is {most:g} MB.",
        )
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise UnreadableFile(name, "this is a zip file, not the XLSX workbook its name says.")


def _looked_at(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> _Sheet:
    has_formulas, kept = False, b""
    merged: list[str] = []
    with parts.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            window = kept + chunk
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window or b"<\x00!\x00" in window:
                raise UnreadableFile(name, "this workbook declares entities, which no spreadsheet needs.")
            has_formulas = has_formulas or _FORMULA.search(window) is not None
            merged.extend(
                match.decode() for match in _MERGE.findall(window) if match.decode() not in merged[-50:]
            )
            kept = window[-_OVERLAP:]
    return _Sheet(has_formulas, tuple(merged))


def _sheet_with_header(book: Any, name: str, wanted: Sequence[str]) -> tuple[Any, int, list[str], list[str]]:
    """The first sheet on view whose first filled row holds a wanted name, with that row; and what to note."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled, found = [], None
    for sheet in visible:
        first = _first_filled(sheet)
        if first is None:
            continue
        filled.append(sheet.title)
        header = [column_name(cell) for cell in first[1]]
        if found is None and any(column in wanted for column in header):
            found = (sheet, first[0], header)
    if not filled:
        raise UnreadableFile(
            name, "the workbook is empty. A header row and a row for each complaint are expected."
        )
    if found is None:
        raise UnreadableFile(
            name,
            f'no sheet starts with a header row. Expected a column "{wanted[0]}" in the first filled row of '
            f'the sheet "{filled[0]}".',
        )
    sheet, line, header = found
    others = [title for title in filled if title != sheet.title]
    notes = [f'only the sheet "{sheet.title}" was read, not {", ".join(others)}.'] if others else []
    return sheet, line, _checked_header(header, name, line), notes


def _first_filled(sheet: Any) -> tuple[int, Sequence[Any]] | None:
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        if any(cell not in (None, "") for cell in cells):
            return line, cells
        if line > MOST_ROWS:
            break
    return None


def _sheet_table(
    raw: bytes, name: str, found: tuple[Any, int, list[str], list[str]], sheets: dict[str, _Sheet]
) -> Table:
    sheet, header_line, header, notes = found
    seen = sheets.get(str(sheet._worksheet_path).lstrip("/"), _Sheet(True, ()))
    if len(seen.merged) > MOST_MERGED:
        says = f'the sheet "{sheet.title}" has more than {MOST_MERGED} blocks of merged cells. Unmerge them.'
        raise UnreadableFile(name, says)
    formulas = None
    if seen.has_formulas:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        formulas = book[sheet.title]
        formulas.reset_dimensions()
    rows = _sheet_rows(sheet, formulas, header_line, len(header), _blocks(seen.merged), name)
    return Table(name, header, header_line, rows, letters=True, notes=notes)


def _blocks(merged: Sequence[str]) -> list[tuple[str, range, range]]:
    found = []
    for block in merged:
        left, top, right, bottom = range_boundaries(block)
        found.append((block, range(top, bottom + 1), range(left - 1, right)))
    return found


def _sheet_rows(
    sheet: Any, formulas: Any, header_line: int, width: int, blocks: list[tuple[str, range, range]], name: str
) -> Iterator[TableRow]:
    shown = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    written = formulas.iter_rows(max_col=MOST_COLUMNS, values_only=True) if formulas is not None else None
    try:
        for line, cells in enumerate(shown, 1):
            if written is not None:
                cells = _with_formulas(cells, next(written))
            if line <= header_line:
                continue
            if line - header_line > MOST_ROWS:
                yield _too_many(line)
                return
            cells = _with_merged(line, cells, blocks)
            if any(cell not in (None, "") for cell in cells):
                yield _row(line, cells, width)
    except Exception as problem:
        raise _damaged(name, problem) from None


def _with_formulas(shown: Sequence[Any], written: Sequence[Any]) -> Sequence[Any]:
    return [
        NotSaved(str(formula)) if value is None and formula is not None else value
        for value, formula in zip(shown, written, strict=False)
    ]


def _with_merged(line: int, cells: Sequence[Any], blocks: list[tuple[str, range, range]]) -> Sequence[Any]:
    inside = [(block, columns) for block, lines, columns in blocks if line in lines]
    if not inside:
        return cells
    marked = list(cells)
    for block, columns in inside:
        for index in columns:
            if index < len(marked) and marked[index] is None:
                marked[index] = Merged(block)
    return marked
