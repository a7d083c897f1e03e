"""Judge complaints in a file against the Complaint Handling Code: what was due, what was done.

Reads CSV, XLSX or YAML, one complaint a row. Needs no database and writes nothing.
An empty cell means "not recorded": what depends on it cannot be told. With --as-of it
means "not done by that day". Exit 0 when every row was judged, 2 when one could not be.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from complaint_rules import editions
from complaint_rules.dates_only import STEPS, Judgement, Step, Tally, Totals, judge
from complaint_rules.findings import Verdict
from complaint_rules.spans import Span
from complaint_rules.working_days import Convention, england_and_wales
from putright.interfaces.commands import progress
from putright.upkeep.exchange.complaint_files import ComplaintFile, ComplaintRow, Problem, read_complaints
from putright.upkeep.exchange.tables import UnreadableFile

STEP_NAMES = {
    "acknowledge": "Acknowledge",
    "respond": "Answer stage 1",
    "acknowledge_escalation": "Acknowledge stage 2",
    "respond_stage_2": "Answer stage 2",
}
VERDICT_NAMES = {
    Verdict.MET: "met",
    Verdict.BREACHED: "breached",
    Verdict.OPEN: "open",
    Verdict.CANNOT_TELL: "cannot tell",
    Verdict.NOT_APPLICABLE: "does not apply",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX or YAML, one complaint a row")
    parser.add_argument(
        "--edition",
        choices=["auto", *editions.all_editions()],
        default="auto",
        help="edition of the Code to judge by (auto: the one in force when the complaint was received)",
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="read the file as it stood at the end of this day"
    )
    parser.add_argument(
        "--convention",
        choices=[each.value for each in Convention],
        default=Convention.NEXT_WORKING_DAY.value,
        help="which day is day 1 (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{written}" is not a day. Write it as 2026-01-31.') from None


def run(options: argparse.Namespace) -> int:
    """Read, judge, print. 0 when every row was judged, else 2."""
    try:
        found = read_complaints(options.file)
    except UnreadableFile as unreadable:
        whole = Problem(unreadable.line, None, str(unreadable), unreadable.column)
        found = ComplaintFile(str(options.file), problems=[whole])
    for note in found.notes:
        progress(_on_one_line(f"{found.file}: {note}"))
    for problem in found.problems:
        progress(_on_one_line(f"putright check: {_located(found.file, problem)}"))
    if options.json:
        _print_document(found, options)
    elif found.complaints:
        _print_report(found, options)
    return 2 if found.problems else 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A complaint of the file with its judgement, and so with those inside it."""

    row: ComplaintRow
    judgement: Judgement
    threads: tuple[Judged, ...]

    def all(self) -> Iterator[Judgement]:
        yield self.judgement
        for thread in self.threads:
            yield from thread.all()


def _judged(row: ComplaintRow, options: argparse.Namespace) -> Judged:
    judgement = judge(
        row.dates,
        england_and_wales(),
        convention=Convention(options.convention),
        edition=None if options.edition == "auto" else options.edition,
        as_of=options.as_of,
    )
    return Judged(row, judgement, tuple(_judged(thread, options) for thread in row.threads))


def _judged_one_by_one(found: ComplaintFile, options: argparse.Namespace, totals: Totals) -> Iterator[Judged]:
    """Each complaint as it is judged; the totals grow along. A year of the whole sector fits this way."""
    for row in found.complaints:
        case = _judged(row, options)
        for judgement in case.all():
            totals.add(judgement)
        yield case


def _on_one_line(text: str) -> str:
    """Text from a file, safe for a terminal: no line breaks, no control characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _located(file: str, problem: Problem) -> str:
    if problem.says.startswith(file):
        return problem.says
    place = f", line {problem.line}" if problem.line else ""
    ref = f" ({problem.ref})" if problem.ref else ""
    return f"{file}{place}{ref}: {problem.says}"


# As JSON


def _print_document(found: ComplaintFile, options: argparse.Namespace) -> None:
    """One JSON document, a case a line."""
    totals = Totals()
    write = sys.stdout.write
    write(f'{{"convention": {_json(options.convention)}, "as_of": {_json(options.as_of)}, "cases": [')
    for index, case in enumerate(_judged_one_by_one(found, options, totals)):
        write(",\n" if index else "\n")
        write(_json(_case(case)))
    tallies = {name: _total(each) for name, each in totals.steps.items()}
    problems = [{"line": p.line, "ref": p.ref, "column": p.column, "says": p.says} for p in found.problems]
    write(f'],\n"totals": {_json(tallies)},\n"problems": {_json(problems)}}}\n')


def _json(part: Any) -> str:
    return json.dumps(part, default=str)


def _case(case: Judged) -> dict[str, Any]:
    label = {} if case.row.label is None else {"label": case.row.label}
    return {
        "ref": case.row.ref,
        **label,
        "edition": case.judgement.edition,
        **{name: _step(case.judgement.steps[name]) for name in STEPS},
        "findings": dict(case.judgement.findings),
        "threads": [_case(thread) for thread in case.threads],
    }


def _step(step: Step) -> dict[str, Any]:
    due, done, stricter = step.due or Span(), step.done or Span(), step.stricter_due
    certain = due.day is not None
    extension = step.extension
    return {
        "due": due.day,
        "earliest_due": None if certain else due.earliest,
        "latest_due": None if certain else due.latest,
        "done": done.day,
        "done_earliest": None if done.day else done.earliest,
        "done_latest": None if done.day else done.latest,
        "working_days": step.working_days,
        "stricter_due": stricter.day if stricter else None,
        "stricter_verdict": step.stricter_verdict,
        "extended_to": extension.to.day if extension and extension.counts else None,
        "extension_counts": extension.counts if extension else None,
        "verdict": step.verdict,
        "provision": step.provision,
        "says": step.says,
    }


def _total(total: Tally) -> dict[str, Any]:
    share = total.in_time_share
    return {
        **{verdict.value: total.counts[verdict] for verdict in VERDICT_NAMES},
        "in_time_share": None if share is None else round(share, 4),
        "denominator": total.denominator,
    }


# For people


def _print_report(found: ComplaintFile, options: argparse.Namespace) -> None:
    totals = Totals()
    for case in _judged_one_by_one(found, options, totals):
        print("\n".join([*_case_lines(case, "not done" if options.as_of else "not recorded"), ""]))
    print("\n".join(_total_lines(totals, found, options)))


def _case_lines(case: Judged, missing: str, indent: str = "") -> list[str]:
    judgement = case.judgement
    edition = f"{judgement.edition} edition" if judgement.edition else "edition not certain"
    label = f", {case.row.label}" if case.row.label else ""
    lines = [indent + _on_one_line(f"{case.row.ref}{label} ({edition})")]
    status = case.row.dates.stage1_status
    instead = {"respond": status.replace("_", " ")} if status else {}
    rows = [_step_cells(judgement.steps[name], instead.get(name, missing)) for name in STEPS]
    heading = ("", "due", "done", "days", "verdict", "provision")
    lines += [f"{indent}  {line}" for line in _table([heading, *rows])]
    lines += [f"{indent}  {remark}" for remark in _remarks(judgement)]
    for thread in case.threads:
        lines += _case_lines(thread, missing, indent=indent + "    ")
    return lines


def _step_cells(step: Step, missing: str) -> tuple[str, ...]:
    if step.verdict == Verdict.NOT_APPLICABLE:
        return STEP_NAMES[step.name], "", "", "", VERDICT_NAMES[step.verdict], step.provision or ""
    return (
        STEP_NAMES[step.name],
        _shown(step.due),
        _shown(step.done, missing),
        "" if step.working_days is None else str(step.working_days),
        VERDICT_NAMES[step.verdict],
        step.provision or "",
    )


def _shown(span: Span | None, nothing: str = "not known") -> str:
    if span is None:
        return nothing
    if span.day is not None:
        return span.day.isoformat()
    first, last = span.earliest, span.latest
    return f"{first or '?'} to {last or '?'}"


def _remarks(judgement: Judgement) -> list[str]:
    """What a reader of the table should know of its steps besides."""
    remarks = []
    for step in judgement.steps.values():
        name = STEP_NAMES[step.name]
        if step.due is None and step.verdict == Verdict.CANNOT_TELL:
            remarks.append(f"{name}: {step.says}")
        if step.stricter_due is not None:
            strict = f"Counted from the last day it was allowed, due {_shown(step.stricter_due)}."
            remarks.append(f"{name}: the step before was late. {strict}")
        if step.extension is not None:
            counts = {True: "counts", False: "does not count", None: "may or may not count"}
            remarks.append(
                f"{name}: the extension to {_shown(step.extension.to)} {counts[step.extension.counts]}."
            )
    return remarks


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _total_lines(totals: Totals, found: ComplaintFile, options: argparse.Namespace) -> list[str]:
    cases, problems = len(found.complaints), len(found.problems)
    inside = totals.complaints - cases
    heading = ("", "in time", *VERDICT_NAMES.values())
    rows = [(STEP_NAMES[name], _share(each), *_counts(each)) for name, each in totals.steps.items()]
    judged = _number(cases, "complaint") + " judged" + (f", and {inside} more inside them" if inside else "")
    lines = [f"{judged}; {_number(problems, 'problem')}.", *_table([heading, *rows])]
    lines.append("In time: met, of those that could be judged (met and breached).")
    if options.as_of is not None:
        lines.append(f"Read as at the end of {options.as_of.isoformat()}: an empty cell is a step not done.")
    if options.convention != Convention.NEXT_WORKING_DAY:
        lines.append(f"Working days are counted by the convention {options.convention}, not the default.")
    return lines


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _share(total: Tally) -> str:
    share = total.in_time_share
    if share is None:
        return "0 of 0"
    return f"{total.counts[Verdict.MET]} of {total.denominator} ({share:.1%})"


def _counts(total: Tally) -> list[str]:
    return [str(total.counts[verdict]) for verdict in VERDICT_NAMES]
