"""The one reader of CSV: rows with their line numbers, in bounded memory, whatever the file holds. And its writer.

Reads UTF-8 with or without a byte order mark. A row that cannot be read does not stop
the rows after it: it comes out as a `BadRow` in its place.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LONGEST_LINE = 131_072
"""Characters. Also the most that one cell may hold (`csv.field_size_limit()`)."""

_NOT_CSV = (
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_SAVE_AS = 'Expected a CSV file: in a spreadsheet program, save it as "CSV UTF-8".'


class NotCsv(ValueError):
    """The file as a whole cannot be read. The message says what it is and what was expected."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts on and its cells by column, in lower case with `_` for spaces."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: the line it starts on and what is wrong with it."""

    line: int
    says: str


class Table:
    """The rows under the headings of a file open for reading bytes. NotCsv if there are no headings."""

    def __init__(self, file: io.BufferedReader, delimiter: str = ",") -> None:
        _refuse_other_kinds(file)
        text = io.TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="")
        self._records = _records(_Lines(text), delimiter)
        self.columns = self._headings()

    def _headings(self) -> tuple[str, ...]:
        for record in self._records:
            if isinstance(record, BadRow):
                raise NotCsv(f"line {record.line}: {record.says}. {_SAVE_AS}")
            _, cells = record
            columns = tuple("_".join(cell.split()).lower() for cell in cells)
            twice = next((each for each in columns if each and columns.count(each) > 1), None)
            if twice:
                raise NotCsv(f'there are two columns called "{shown(twice)}". Expected one.')
            return columns
        raise NotCsv("the file is empty. Expected a line of headings and a row for each thing listed.")

    def __iter__(self) -> Iterator[Row | BadRow]:
        columns, width = self.columns, len(self.columns)
        for record in self._records:
            if isinstance(record, BadRow):
                yield record
                continue
            line, cells = record
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                yield BadRow(line, f"the row has {len(cells)} cells; expected {width}, as in the headings")
                continue
            # Cells left out at the end of a row read as empty: whoever needs one will name it.
            filled = cells + [""] * (width - len(cells))
            yield Row(line, dict(zip(columns, map(str.strip, filled), strict=False)))


START = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark that a file begins with: without it a spreadsheet program takes UTF-8 for something else."""
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def line_of(cells: Iterable[object]) -> str:
    """One line of a CSV file. A text that a spreadsheet program would run as a formula is written as text.

    None is an empty cell. What stands after blanks counts as its beginning, as those programs take it.
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(
        ["" if cell is None else _as_text(str(cell)) for cell in cells]
    )
    return written.getvalue()


def _as_text(cell: str) -> str:
    text = cell.replace("\0", "")
    runs = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_BEGINS_A_FORMULA)
    return f"'{text}" if runs else text


def shown(text: str, most: int = 40) -> str:
    """A piece of somebody's file made safe to print: no control characters, and not too long."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in cut)


def is_text(cell: str) -> bool:
    """False where the bytes of the cell were not UTF-8 (often a file saved as plain "CSV")."""
    return not any("\udc80" <= each <= "\udcff" for each in cell)


def _refuse_other_kinds(file: io.BufferedReader) -> None:
    start = file.peek(4096)[:4096]
    for mark, kind in _NOT_CSV:
        if start.startswith(mark):
            raise NotCsv(f"this is {kind}. {_SAVE_AS}")
    if b"\0" in start:
        raise NotCsv(f"this is not text. {_SAVE_AS}")


class _Lines:
    """The lines of a text for `csv.reader`: numbered, none too long, and able to be read again."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._again: deque[tuple[int, str | None]] = deque()
        self._read = 0
        self._taken: list[tuple[int, str | None]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        item = self._again.popleft() if self._again else self._next_of_file()
        line = item[1]
        if line is None and self._taken:
            self._again.appendleft(item)
            raise csv.Error("a quote mark is opened and not closed")
        self._taken.append(item)
        if line is None:
            raise csv.Error(f"the line is longer than {LONGEST_LINE:,} characters")
        return line

    def _next_of_file(self) -> tuple[int, str | None]:
        line = self._text.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self._read += 1
        if len(line) <= LONGEST_LINE:
            return self._read, line
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(LONGEST_LINE)
        return self._read, None

    def start_record(self) -> None:
        self._taken = []

    @property
    def line(self) -> int:
        """The line on which the record being read starts."""
        return self._taken[0][0] if self._taken else self._read

    def give_back(self) -> None:
        """Put back the lines after the first, so that one bad row does not swallow those below it."""
        self._again.extendleft(reversed(self._taken[1:]))


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str]] | BadRow]:
    """Each record that is not blank, with the line it starts on."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.start_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield BadRow(lines.line, _in_plain_words(problem))
            lines.give_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if "".join(cells).strip():
            yield lines.line, cells


def _in_plain_words(problem: csv.Error) -> str:
    said = str(problem)
    if said.startswith(("a quote mark", "the line is")):
        return said
    if "field larger" in said or "unexpected end" in said:
        return "a quote mark is opened and not closed"
    return "a quote mark stands where none can"
