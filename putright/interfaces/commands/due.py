"""Work out when something is due, with the proof of it.

  putright due 2025-12-18 5                       the day that ends 5 working days
  putright due --clock respond --edition 2024 2025-12-29
                                                  a clock of the Code, from its start event
  putright due --from FILE.csv                    many: columns id, start, working_days, convention

Days are written 2026-01-31 or 31/01/2026. Bank holidays are those of England and Wales.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from complaint_rules import editions
from complaint_rules.editions import ClockRule, Edition
from complaint_rules.working_days import (
    Calendar,
    Convention,
    CountedDay,
    NotCovered,
    england_and_wales,
    explanation,
    in_words,
    sentence,
)
from putright import csv_files
from putright.csv_files import BadRow, NotCsv, Row, shown
from putright.interfaces.commands import BadInput, print_json, progress

MOST_WORKING_DAYS = 9_999
MOST_ROWS_REPORTED = 1_000
ROWS_BETWEEN_NEWS = 500_000

DAY_EXPECTED = "expected a day, as 2026-01-31 or 31/01/2026"
NUMBER_EXPECTED = f"expected a whole number of working days, from 0 to {MOST_WORKING_DAYS:,}"
CONVENTION_EXPECTED = f"expected one of {', '.join(Convention)}"

STARTS = {
    "received": "the day the complaint was received",
    "logged": "the day the complaint was logged",
    "acknowledged": "the acknowledgement",
    "requested": "the day stage 2 was asked for",
    "escalated": "the day it was accepted for stage 2",
    "acknowledged_escalation": "the stage 2 acknowledgement",
}


class CannotRead(ValueError):
    """What was written is not what is expected there. The message says what was found and expected."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "given",
        nargs="*",
        metavar="DATE WORKING_DAYS",
        help="a day and a number; with --clock, one or more days",
    )
    parser.add_argument("--clock", metavar="NAME", help="a clock of the edition: acknowledge, respond, …")
    parser.add_argument("--edition", metavar="E", help=f"with --clock: {', '.join(editions.all_editions())}")
    parser.add_argument(
        "--from", dest="file", metavar="FILE.csv", help="read many from a file (- for standard input)"
    )
    parser.add_argument(
        "--convention",
        metavar="C",
        help=f"which day is day 1: {', '.join(Convention)} (default {Convention.NEXT_WORKING_DAY}); "
        "with --from, for rows that name none",
    )
    parser.add_argument("--explain", action="store_true", help="say why: each day, counted or not")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    try:
        convention = (
            typed("--convention", as_convention, options.convention)
            if options.convention is not None
            else None
        )
        if options.edition and not options.clock:
            raise BadInput("--edition goes with --clock NAME.")
        if options.file is not None:
            return from_file(options, convention)
        if options.clock is not None:
            return for_clock(options, convention or Convention.NEXT_WORKING_DAY)
        return for_length(options, convention or Convention.NEXT_WORKING_DAY)
    except (CannotRead, NotCovered) as problem:
        raise BadInput(str(problem)) from None


# Reading what was typed


def found(text: str) -> str:
    return f'"{shown(text)}" was found' if text else "nothing was found"


@lru_cache(maxsize=16_384)
def as_day(text: str) -> date:
    """2026-01-31 or 31/01/2026 as a date; CannotRead otherwise."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    uk = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    if not iso and not uk:
        raise CannotRead(f"{found(text)}; {DAY_EXPECTED}.")
    year, month, day = iso.groups() if iso else reversed(uk.groups()) if uk else ()
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CannotRead(f'"{shown(text)}" is no day of the calendar; {DAY_EXPECTED}.') from None


@lru_cache(maxsize=1_024)
def as_number(text: str) -> int:
    """A number of working days; CannotRead otherwise."""
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise CannotRead(f"{found(text)}; {NUMBER_EXPECTED}.")
    return int(text)


@lru_cache(maxsize=64)
def as_convention(text: str) -> Convention:
    """A way of counting by its name; CannotRead otherwise."""
    try:
        return Convention(text)
    except ValueError:
        raise CannotRead(f"{found(text)}; {CONVENTION_EXPECTED}.") from None


def typed[T](name: str, read: Callable[[str], T], text: str) -> T:
    """What was typed for an argument, read; CannotRead names the argument."""
    try:
        return read(text)
    except CannotRead as problem:
        raise CannotRead(f"{name}: {problem}") from None


# One length from one day


def for_length(options: argparse.Namespace, convention: Convention) -> int:
    if len(options.given) != 2:
        raise BadInput(
            f"{found(' '.join(options.given))}; expected DATE WORKING_DAYS, as in: putright due "
            "2025-12-18 5; or --clock NAME --edition E DATE, or --from FILE.csv."
        )
    start = typed("DATE", as_day, options.given[0])
    length = typed("WORKING_DAYS", as_number, options.given[1])
    proof = england_and_wales().days(start, length, convention)
    if options.json:
        print_json(answer(start, length, convention, proof, options.explain))
        return 0
    print(in_words(proof[-1].day))
    say(proof, convention, options.explain)
    return 0


def answer(
    start: date, length: int, convention: Convention, proof: tuple[CountedDay, ...], explain: bool
) -> dict[str, Any]:
    """The JSON shape of one deadline (docs/developing/contracts.md)."""
    shape: dict[str, Any] = {
        "start": start.isoformat(),
        "working_days": length,
        "convention": str(convention),
        "due": proof[-1].day.isoformat(),
    }
    if explain:
        shape["explained"] = explained(proof)
    return shape


def explained(proof: tuple[CountedDay, ...]) -> list[dict[str, Any]]:
    return [{"day": each.day.isoformat(), "number": each.number, "why": each.why} for each in proof]


def say(proof: tuple[CountedDay, ...], convention: Convention, explain: bool) -> None:
    """The sentence, the way of counting where it is not the usual one, and the days when asked."""
    print(sentence(proof))
    if convention != Convention.NEXT_WORKING_DAY:
        print(f"Counted by {convention}.")
    if explain:
        print()
        print(*explanation(proof), sep="\n")


# A clock of the Code


def for_clock(options: argparse.Namespace, convention: Convention) -> int:
    edition, rule = clock_named(options.clock, options.edition)
    if not options.given:
        raise BadInput(f"expected DATE, the day that starts the clock: {started_by(rule)}.")
    starts = [typed("DATE", as_day, text) for text in options.given]
    answers = [clock_answer(edition, rule, start, convention, options.explain) for start in starts]
    if options.json:
        print_json(answers[0] if len(answers) == 1 else answers)
        return 0
    for number, start in enumerate(starts):
        if number:
            print()
        say_clock(edition, rule, start, convention, options.explain)
    return 0


def clock_named(name: str, edition_name: str | None) -> tuple[Edition, ClockRule]:
    """The clock of an edition; BadInput, with the names there are, where there is none."""
    if not edition_name:
        raise BadInput(f"--clock goes with --edition: {', '.join(editions.all_editions())}.")
    try:
        edition = editions.edition(edition_name)
    except editions.UnknownEdition as unknown:
        raise BadInput(str(unknown)) from None
    rule = edition.clocks.get(name)
    if rule is None:
        known = ", ".join(edition.clocks)
        raise BadInput(f'the {edition.name} edition has no clock "{shown(name)}". Its clocks: {known}.')
    if rule.unit != "working_days":
        raise BadInput(
            f'the clock "{name}" is counted in {rule.unit.replace("_", " ")}, not in working days.'
        )
    return edition, rule


def clock_answer(
    edition: Edition, rule: ClockRule, start: date, convention: Convention, explain: bool
) -> dict[str, Any]:
    proof = england_and_wales().days(start, rule.length, convention)
    most = furthest(england_and_wales(), rule, proof[-1].day)
    return {
        "clock": rule.name,
        "edition": edition.name,
        "provision": rule.provision,
        "stage": rule.stage,
        "starts": rule.starts,
        **answer(start, rule.length, convention, proof, explain),
        "extension": {"working_days": rule.extension_most, "until": most.isoformat()} if most else None,
    }


def furthest(calendar: Calendar, rule: ClockRule, due: date) -> date | None:
    """The last day an extension may reach without a good reason; None where the clock has no extension."""
    return None if rule.extension_most is None else calendar.extended(due, rule.extension_most)


def started_by(rule: ClockRule) -> str:
    return STARTS.get(rule.starts, rule.starts.replace("_", " "))


def say_clock(edition: Edition, rule: ClockRule, start: date, convention: Convention, explain: bool) -> None:
    calendar = england_and_wales()
    proof = calendar.days(start, rule.length, convention)
    most = furthest(calendar, rule, proof[-1].day)
    print(in_words(proof[-1].day))
    print(
        f"{rule.name} (stage {rule.stage}): {rule.length} working days from {started_by(rule)} "
        f"({edition.name} Code, {rule.provision})."
    )
    if most:
        print(
            f"If extended: to {in_words(most)} at most ({rule.extension_most} more working days); "
            f"beyond that, give a good reason."
        )
    say(proof, convention, explain)


# Many, from a file


def from_file(options: argparse.Namespace, convention: Convention | None) -> int:
    """Print [{"id", "due"}] row by row; report what cannot be read; 2 if there was any."""
    if options.given or options.clock:
        raise BadInput("--from FILE.csv goes alone: the days and lengths are in the file.")
    name = "standard input" if options.file == "-" else options.file
    with opened(options.file) as file:
        try:
            table = csv_files.Table(file)
            must_have_columns(table, convention)
        except NotCsv as problem:
            raise BadInput(f"{name}: {problem}") from None
        bad = print_rows(name, table, convention, options.explain)
    if bad > MOST_ROWS_REPORTED:
        progress(f"{name}: and {bad - MOST_ROWS_REPORTED:,} more rows like these.")
    if bad:
        progress(f"putright due: {name}: {bad:,} {'row' if bad == 1 else 'rows'} could not be read.")
    return 2 if bad else 0


@contextmanager
def opened(path: str) -> Iterator[io.BufferedReader]:
    if path == "-":
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - only a failure to open is bad input
    except OSError as problem:
        raise BadInput(f"{path}: {problem.strerror}. Expected a CSV file.") from None
    except ValueError:
        raise BadInput(f'"{shown(path)}" is no name of a file.') from None
    with file:
        yield file


def must_have_columns(table: csv_files.Table, convention: Convention | None) -> None:
    needed = ["id", "start", "working_days"] + ([] if convention else ["convention"])
    missing = [each for each in needed if each not in table.columns]
    if missing:
        raise NotCsv(
            f"no column {', '.join(missing)}. Expected {', '.join(needed)}; "
            f"the headings are {shown(', '.join(table.columns), 120)}."
        )


def print_rows(name: str, table: csv_files.Table, convention: Convention | None, explain: bool) -> int:
    """Write the rows as one JSON list while reading, so that a file of any size fits; how many were bad."""
    calendar = england_and_wales()
    bad, before = 0, "["
    for number, row in enumerate(table, start=1):
        try:
            item = worked(row, calendar, convention, explain)
        except CannotRead as problem:
            bad += 1
            if bad <= MOST_ROWS_REPORTED:
                progress(f"{name}, line {row.line}{problem}")
        else:
            sys.stdout.write(f"{before}{json.dumps(item)}")
            before = ",\n "
        if number % ROWS_BETWEEN_NEWS == 0:
            progress(f"{name}: {number:,} rows read.")
    sys.stdout.write("[]\n" if before == "[" else "]\n")
    return bad


def worked(
    row: Row | BadRow, calendar: Calendar, convention: Convention | None, explain: bool
) -> Mapping[str, Any]:
    """One row as {"id", "due"}; CannotRead names the column."""
    if isinstance(row, BadRow):
        raise CannotRead(f": {row.says}.")
    name = in_column(row, "id", as_id)
    start = in_column(row, "start", as_day)
    length = in_column(row, "working_days", as_number)
    if convention is None or row.cells.get("convention"):
        convention = in_column(row, "convention", as_convention)
    try:
        due = calendar.add(start, length, convention)
    except NotCovered as outside:
        raise CannotRead(f", columns start and working_days: {outside}") from None
    if not explain:
        return {"id": name, "due": due.isoformat()}
    return {
        "id": name,
        "due": due.isoformat(),
        "explained": explained(calendar.days(start, length, convention)),
    }


def as_id(text: str) -> str:
    if not text:
        raise CannotRead("nothing was found; expected what tells this row from the others.")
    if not csv_files.is_text(text):
        raise CannotRead(f'"{shown(text)}" is not UTF-8; expected the file saved as "CSV UTF-8".')
    return text


def in_column[T](row: Row, column: str, read: Callable[[str], T]) -> T:
    try:
        return read(row.cells[column])
    except CannotRead as problem:
        raise CannotRead(f", column {column}: {problem}") from None
