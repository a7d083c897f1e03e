"""Complaints known by their dates, read from CSV, XLSX or YAML: each with its line, its dates or what is wrong.

The columns are those of `putright check`. A row that cannot be read is a problem that names
the line, the column and what was expected; the other rows are read all the same. Nothing is
guessed: a number where Excel lost a date, or a day that does not exist, is a problem.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from complaint_rules.dates_only import ComplaintDates, Stage1Status, impossible
from complaint_rules.spans import Span
from putright.upkeep.exchange.tables import (
    CSV_ENDINGS,
    XLSX_ENDINGS,
    Merged,
    NotSaved,
    Table,
    TableRow,
    UnreadableFile,
    looks_like,
    read_bytes,
    read_table,
)
from putright.yaml_files import MOST_BYTES as MOST_YAML_BYTES
from putright.yaml_files import Document, UnreadableYaml, read

YAML_ENDINGS = (".yaml", ".yml")

DAY_COLUMNS = (
    "complaint_received", "complaint_logged", "complaint_acknowledged", "stage1_response",
    "escalation_requested", "escalation_acknowledged", "stage2_response",
    "stage1_extended_to", "stage1_extension_told", "stage2_extended_to", "stage2_extension_told",
)  # fmt: skip
REASON_COLUMNS = ("stage1_extension_reason", "stage2_extension_reason")
OTHER_COLUMNS = ("stock", "category", "outcome", "compensation", "landlord")
COLUMNS = (
    "ref", *DAY_COLUMNS, *(f"{day}_{end}" for day in DAY_COLUMNS for end in ("earliest", "latest")),
    "stage1_status", *REASON_COLUMNS, *OTHER_COLUMNS,
)  # fmt: skip
KEYS = (
    "ref", *DAY_COLUMNS, *(f"{day}_{end}" for day in DAY_COLUMNS for end in ("range", "approx")),
    "stage1_responses", "stage1_status", *REASON_COLUMNS, *OTHER_COLUMNS, "other_threads", "label",
)  # fmt: skip

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
EXPECTED_DAY = "Write a day as 2026-01-31 or 31/01/2026."

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_UK = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(
    r"(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?\s*(Z|[-+]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_LONDON = "Europe/London"
_EXCEL_DAY_0 = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row: `line` from 1, `column` where it is one cell, `says` in full."""

    line: int | None
    ref: str | None
    says: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint of a file. `threads` are further complaints inside the same case, with their `label`."""

    ref: str
    line: int
    dates: ComplaintDates
    label: str | None = None
    threads: tuple[ComplaintRow, ...] = ()


@dataclass(slots=True)
class ComplaintFile:
    """What a file holds: the complaints that could be read, the problems, and what to note."""

    file: str
    complaints: list[ComplaintRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Wrong(ValueError):
    """A value that cannot be used, in which column. `stops`: the row cannot be judged because of it."""

    def __init__(self, column: str, says: str, line: int | None = None, stops: bool = True) -> None:
        super().__init__(says)
        self.column, self.says, self.line, self.stops = column, says, line, stops


def read_complaints(path: Path) -> ComplaintFile:
    """Read every complaint of a file; its ending says what it is. UnreadableFile if it is no such file."""
    ending = path.suffix.lower()
    if ending in YAML_ENDINGS:
        return _from_yaml(path)
    if ending in CSV_ENDINGS + XLSX_ENDINGS:
        return _from_table(read_table(path, COLUMNS))
    read_bytes(path, MOST_YAML_BYTES * 1000)
    advice = "Save it as XLSX or CSV." if ending in (".xls", ".xlsb", ".ods", ".numbers") else ""
    known = ", ".join(CSV_ENDINGS[:2] + XLSX_ENDINGS[:1] + YAML_ENDINGS)
    raise UnreadableFile(
        str(path), f'a file ending in "{ending}" is not read here. Expected {known}. {advice}'.rstrip()
    )


# From a table


def _from_table(table: Table) -> ComplaintFile:
    _check_header(table)
    found = ComplaintFile(table.file, notes=[*table.notes, *_unknown_notes(table.header, COLUMNS, "column")])
    seen: dict[str, int] = {}
    try:
        for row in table.rows:
            _take_row(table, row, found, seen)
    except UnreadableFile as problem:
        found.problems.append(Problem(problem.line, None, problem.says))
    if not found.complaints and not found.problems:
        raise UnreadableFile(table.file, "there is a header row and no complaint under it.")
    return found


def _check_header(table: Table) -> None:
    received = ("complaint_received", "complaint_received_earliest", "complaint_received_latest")
    missing = [] if "ref" in table.header else ["ref"]
    if not any(column in table.header for column in received):
        missing.append("complaint_received")
    if not missing:
        return
    near = [f'"{was}" looks like {meant}' for was, meant in _nearest(table.header, missing)]
    says = (
        f"the header row has no column {' and no column '.join(missing)}. It has: {', '.join(table.header)}."
    )
    raise UnreadableFile(table.file, " ".join([says, *(f"({each}.)" for each in near)]), table.header_line)


def _take_row(table: Table, row: TableRow, found: ComplaintFile, seen: dict[str, int]) -> None:
    if row.says is not None:
        found.problems.append(Problem(row.line, None, row.says))
        return
    values = dict(zip(table.header, row.cells, strict=True))
    places = {name: table.place(index) for index, name in enumerate(table.header)}

    def where(column: str) -> tuple[int, str]:
        return row.line, places.get(column, column)

    ref = _reference(values.get("ref"))
    dates, wrongs = _dates(values)
    _take(ComplaintRow(ref or "", row.line, dates), wrongs, where, found, seen)


def _reference(value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, (NotSaved, Merged)) or not str(value).strip():
        return None
    return str(value).strip()


# From YAML


def _from_yaml(path: Path) -> ComplaintFile:
    raw = read_bytes(path, MOST_YAML_BYTES)
    other = looks_like(raw)
    if other:
        raise UnreadableFile(str(path), f"this is {other}, not the YAML text its name says.")
    try:
        document = read(path)
    except UnreadableYaml as problem:
        raise UnreadableFile(problem.file, problem.says, problem.line) from None
    if document.data is None:
        raise UnreadableFile(str(path), 'the file is empty. A list of complaints under "cases:" is expected.')
    cases = document.data.get("cases") if isinstance(document.data, dict) else None
    if not isinstance(cases, list):
        start = read_start(raw)
        what = (
            "this is XML or HTML, not YAML." if start.startswith("<") else 'there is no list under "cases:".'
        )
        line = document.line(("cases",)) if isinstance(document.data, dict) else 1
        raise UnreadableFile(str(path), f'{what} A list of complaints under "cases:" is expected.', line)
    return _from_cases(document, cases)


def read_start(raw: bytes) -> str:
    """The first characters of a text, as far as they can be read."""
    return raw[:200].decode("utf-8-sig", errors="replace").lstrip()


def _from_cases(document: Document, cases: list[Any]) -> ComplaintFile:
    found = ComplaintFile(document.file)
    if not cases:
        says = 'there is no complaint under "cases:".'
        raise UnreadableFile(document.file, says, document.line(("cases",)))
    keys = [key for key in document.data if key != "cases"]
    seen: dict[str, int] = {}
    for index, case in enumerate(cases):
        path: tuple[Any, ...] = ("cases", index)
        if not isinstance(case, dict):
            says = (
                "this is not a complaint. Expected its dates, each with its name, such as complaint_received."
            )
            found.problems.append(Problem(document.line(path), None, says))
            continue
        _take_case(document, path, case, found, seen)
        keys += [str(key) for key in case]
    found.notes += _unknown_notes(list(dict.fromkeys(map(str, keys))), KEYS, "key")
    return found


def _take_case(
    document: Document,
    path: tuple[Any, ...],
    case: Mapping[Any, Any],
    found: ComplaintFile,
    seen: dict[str, int],
) -> None:
    row, wrongs = _case(document, path, case, found, _yaml_reference(document, path, case))
    _take(row, wrongs, _yaml_place(document, path), found, seen)


def _yaml_place(document: Document, path: tuple[Any, ...]) -> Any:
    return lambda column: (document.line((*path, column)), column)


def _yaml_reference(document: Document, path: tuple[Any, ...], case: Mapping[Any, Any]) -> str | None:
    value = case.get("ref")
    if value is None or isinstance(value, (dict, list)):
        return None
    return _reference(document.text((*path, "ref")) or value)


def _case(
    document: Document, path: tuple[Any, ...], case: Mapping[Any, Any], found: ComplaintFile, ref: str | None
) -> tuple[ComplaintRow, list[_Wrong]]:
    """One complaint of a YAML file, with its threads; a thread that cannot be read is left out and told."""
    values, wrongs = _flattened(document, path, case)
    dates, more = _dates(values)
    threads = []
    for at, thread in _threads(document, path, case, wrongs):
        own = _yaml_reference(document, at, thread) or ref
        row, troubles = _case(document, at, thread, found, own)
        troubles = [*troubles, *_row_troubles(row, troubles)]
        found.problems += _problems(troubles, own, _yaml_place(document, at))
        if not any(trouble.stops for trouble in troubles):
            threads.append(row)
    label = case.get("label")
    line = document.line(path)
    return ComplaintRow(
        ref or "", line, dates, None if label is None else str(label), tuple(threads)
    ), wrongs + more


def _threads(
    document: Document, path: tuple[Any, ...], case: Mapping[Any, Any], wrongs: list[_Wrong]
) -> Iterator[tuple[tuple[Any, ...], Mapping[Any, Any]]]:
    threads = case.get("other_threads") or []
    if not isinstance(threads, list):
        wrongs.append(_Wrong("other_threads", "a list of complaints is expected here."))
        return
    for index, thread in enumerate(threads):
        at = (*path, "other_threads", index)
        if isinstance(thread, dict):
            yield at, thread
        else:
            wrongs.append(
                _Wrong("other_threads", "this is not a complaint with its dates.", document.line(at))
            )


def _flattened(
    document: Document, path: tuple[Any, ...], case: Mapping[Any, Any]
) -> tuple[dict[str, Any], list[_Wrong]]:
    """A YAML complaint as one row: ranges and months become earliest and latest days."""
    wrongs: list[_Wrong] = []
    values: dict[str, Any] = {str(key): value for key, value in case.items()}
    for column in DAY_COLUMNS:
        try:
            span = _yaml_span(case.get(column), case.get(f"{column}_range"), case.get(f"{column}_approx"))
        except ValueError as problem:
            key = column if case.get(column) is not None else f"{column}_range"
            wrongs.append(_Wrong(key, str(problem)))
            span = None
        values[column] = span
    try:
        responses = _responses(document, path, case.get("stage1_responses"))
    except _Wrong as problem:
        wrongs.append(problem)
        responses = []
    if values["stage1_response"] is not None:
        responses.append(values["stage1_response"])
    values["stage1_response"] = min(responses, key=_by_day, default=None)
    return values, wrongs


def _by_day(span: Span) -> date:
    return span.earliest or span.latest or date.max


def _responses(document: Document, path: tuple[Any, ...], items: Any) -> list[Span]:
    if items is None:
        return []
    if not isinstance(items, list):
        raise _Wrong("stage1_responses", "a list is expected, such as [{date: 2026-01-31}].")
    found = []
    for index, item in enumerate(items):
        line = document.line((*path, "stage1_responses", index))
        given = item if isinstance(item, dict) else {"date": item}
        limits = {end: given[end] for end in ("earliest", "latest") if given.get(end) is not None}
        try:
            span = _yaml_span(given.get("date"), limits or None, given.get("approx"))
        except ValueError as problem:
            raise _Wrong("stage1_responses", str(problem), line) from None
        found.append(span or Span())
    return found


def _yaml_span(value: Any, limits: Any, approx: Any) -> Span | None:
    """A day, the limits of one, or a month where only that is known. ValueError says what was expected."""
    if approx not in (None, False) and limits is None:
        return _month(approx if value is None and approx is not True else value)
    if limits is not None and not isinstance(limits, dict):
        raise ValueError("a range is written as {earliest: 2026-01-05, latest: 2026-01-31}.")
    limits = limits or {}
    return _span(value, limits.get("earliest"), limits.get("latest"))


def _month(value: Any) -> Span | None:
    if value is None:
        return None
    whole = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if whole and 1 <= int(whole[2]) <= 12:
        first = date(int(whole[1]), int(whole[2]), 1)
    else:
        day = _day(value)
        assert day is not None
        first = day.replace(day=1)
    return Span(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


# What holds for any file


def _take(
    row: ComplaintRow, wrongs: list[_Wrong], where: Any, found: ComplaintFile, seen: dict[str, int]
) -> None:
    """Keep a row that can be judged; tell what is wrong with it."""
    troubles = [*wrongs, *_row_troubles(row, wrongs)]
    if not row.ref:
        troubles.insert(0, _Wrong("ref", "no reference is given. Each complaint needs one of its own."))
    elif row.ref in seen:
        says = f'"{row.ref}" stands on line {seen[row.ref]} already. Each complaint needs a reference of its own.'
        troubles.insert(0, _Wrong("ref", says))
    seen.setdefault(row.ref, row.line)
    found.problems += _problems(troubles, row.ref or None, where)
    if not any(trouble.stops for trouble in troubles):
        found.complaints.append(row)


def _row_troubles(row: ComplaintRow, wrongs: Sequence[_Wrong]) -> list[_Wrong]:
    troubles = [_Wrong(each.column, each.says) for each in impossible(row.dates)]
    known = row.dates
    if known.complaint_received or known.escalation_requested or known.escalation_acknowledged:
        return troubles
    if any(each.column.startswith("complaint_received") for each in wrongs):
        return troubles
    says = "no day of receipt is given, so nothing that depends on it can be told. " + EXPECTED_DAY
    return [*troubles, _Wrong("complaint_received", says, stops=False)]


def _problems(troubles: Sequence[_Wrong], ref: str | None, where: Any) -> list[Problem]:
    found = []
    for trouble in troubles:
        line, place = where(trouble.column)
        found.append(Problem(trouble.line or line, ref, f"{place}: {trouble.says}", trouble.column))
    return found


def _dates(values: Mapping[str, Any]) -> tuple[ComplaintDates, list[_Wrong]]:
    """The dates of one row, and what is wrong with each that cannot be read."""
    read_dates: dict[str, Any] = {}
    wrongs: list[_Wrong] = []
    for column in DAY_COLUMNS:
        limits = [values.get(f"{column}_{end}") for end in ("earliest", "latest")]
        try:
            read_dates[column] = _span(values.get(column), *limits)
        except _WrongEnd as problem:
            wrongs.append(_Wrong(f"{column}{problem.end}", problem.says))
    for column in REASON_COLUMNS:
        read_dates[column] = bool(str(values.get(column) or "").strip())
    try:
        read_dates["stage1_status"] = _status(values.get("stage1_status"))
    except ValueError as problem:
        wrongs.append(_Wrong("stage1_status", str(problem)))
    return ComplaintDates(**read_dates), wrongs


class _WrongEnd(ValueError):
    """Which of a day, its earliest and its latest limit cannot be used."""

    def __init__(self, end: str, says: str) -> None:
        super().__init__(says)
        self.end, self.says = end, says


def _span(value: Any, earliest: Any = None, latest: Any = None) -> Span | None:
    if isinstance(value, Span):
        return value
    if not value and not earliest and not latest:
        return None
    read_ends: list[date | None] = []
    for end, given in (("", value), ("_earliest", earliest), ("_latest", latest)):
        try:
            read_ends.append(_day(given))
        except ValueError as problem:
            raise _WrongEnd(end, str(problem)) from None
    day, first, last = read_ends
    if day is None:
        return Span(first, last) if first or last else None
    if (first and day < first) or (last and last < day):
        raise _WrongEnd("", "the day does not lie within the range that is given for it. Keep one of them.")
    return Span.on(day)


def _status(value: Any) -> Stage1Status | None:
    if value is None or value == "":
        return None
    name = re.sub(r"[\s\-]+", "_", str(value).strip().lower())
    if name not in list(Stage1Status):
        raise ValueError(f'"{value}" is not known here. Expected not_issued, skipped, or nothing.')
    return Stage1Status(name)


def _day(value: Any) -> date | None:
    """A day as a person or a spreadsheet writes it; None for an empty cell. ValueError says what is wrong."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return _in_bounds(_london_day(value), value)
    if isinstance(value, date):
        return _in_bounds(value, value)
    if isinstance(value, NotSaved):
        raise ValueError(
            f"the formula {value.formula[:40]} has no saved result. Save the workbook in Excel, or paste values."
        )
    if isinstance(value, Merged):
        raise ValueError(
            f"this cell is part of the merged block {value.block}. Unmerge it and fill each cell."
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError(_number_says(str(value)))
    if not isinstance(value, str):
        raise ValueError(f'"{value}" is not a day. {EXPECTED_DAY}')
    return _in_bounds(_written_day(value.strip()), value)


def _london_day(moment: datetime) -> date:
    return (moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(_LONDON))).date()


def _in_bounds(day: date, written: Any) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f'"{written}" lies outside {FIRST_DAY.year} to {LAST_DAY.year}. Check the year.')
    return day


def _written_day(written: str) -> date:
    iso, uk = _ISO.match(written), _UK.match(written)
    found = iso or uk
    if found is None:
        raise ValueError(_no_day_says(written))
    year, month, day = (found[1], found[2], found[3]) if iso else (found[3], found[2], found[1])
    try:
        moment = datetime.combine(date(int(year), int(month), int(day)), datetime.min.time())
    except ValueError:
        turned = (
            " Is the month written first? Then other days in this file are misread."
            if uk and int(month) > 12 >= int(day)
            else ""
        )
        raise ValueError(f'"{written}" is not a day that exists.{turned} {EXPECTED_DAY}') from None
    return _with_time(moment, written, written[found.end() :])


def _with_time(moment: datetime, written: str, rest: str) -> date:
    if not rest.strip():
        return moment.date()
    time = _TIME.fullmatch(rest.rstrip())
    if time is None or int(time[1]) > 23 or int(time[2]) > 59:
        raise ValueError(f'"{written}" has something after the day that is no time. {EXPECTED_DAY}')
    if time[4] is None:
        return moment.date()
    clock = f"{moment.date()}T{int(time[1]):02}:{time[2]}{time[4]}"
    return _london_day(datetime.fromisoformat(clock))


def _no_day_says(written: str) -> str:
    if _NUMBER.fullmatch(written):
        return _number_says(written)
    shown = written if len(written) <= 60 else f"{written[:57]}..."
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", written):
        return f'"{shown}": write the year with four figures. {EXPECTED_DAY}'
    if _MONTH.fullmatch(written):
        return f'"{shown}" is a month, not a day. Give the first and last day it could be as earliest and latest.'
    return f'"{shown}" is not a day. {EXPECTED_DAY}'


def _number_says(written: str) -> str:
    number = float(written)
    if 30_000 <= number <= 75_000:
        day = _EXCEL_DAY_0 + timedelta(days=int(number))
        return (
            f'"{written}" is a number, not a day. It may be how Excel stores {day.isoformat()}: '
            f"give the cell a date format. {EXPECTED_DAY}"
        )
    return f'"{written[:60]}" is a number, not a day. {EXPECTED_DAY}'


def _unknown_notes(names: Sequence[str], known: Sequence[str], what: str) -> list[str]:
    """One note for what is ignored, and one for each name that looks like a slip."""
    unknown = [name for name in names if name and name not in known]
    if not unknown:
        return []
    slips = [f'"{was}" looks like {meant}. It is not read.' for was, meant in _nearest(unknown, known)]
    return [f"{what}s not known here, and ignored: {', '.join(unknown)}.", *slips]


def _nearest(names: Sequence[str], known: Sequence[str]) -> list[tuple[str, str]]:
    found = [
        (name, difflib.get_close_matches(name, known, 1, cutoff=0.88)) for name in names if name not in known
    ]
    return [(name, close[0]) for name, close in found if close]
