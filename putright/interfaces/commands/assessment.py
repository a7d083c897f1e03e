"""Read an earlier self-assessment (TXT, HTML, DOCX, ODT or PDF) into rows, one a provision.

Its edition is told by what is in it. Nothing is guessed: what cannot be read is "unclear", and says why.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from putright.evidence.self_assessments.importing import Form, FormRow, NotAForm, Unreadable, read_form
from putright.evidence.self_assessments.importing.answers import Answer
from putright.interfaces.commands import BadInput, print_json

_ANSWERS: dict[Answer, str] = {
    "yes": "yes",
    "no": "no",
    "partly": "partly",
    "not_applicable": "does not apply",
    "blank": "blank",
    "unclear": "unclear",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add `import`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="import")
    reading = what.add_parser(
        "import", help="read a form that was published", description="Read a form that was published."
    )
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Read the form and print it; BadInput where it cannot be read or is none."""
    form = _read(options.file)
    if options.json:
        print_json(form.as_data())
    else:
        _print(form)
    return 0


def _read(path: Path) -> Form:
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise BadInput(f"{path} cannot be opened: {problem.strerror or problem}.") from problem
    try:
        return read_form(content)
    except (Unreadable, NotAForm) as problem:
        raise BadInput(f"{path}: {problem}") from problem


def _print(form: Form) -> None:
    print(f"{form.edition} Code" + "".join(f", {each}" for each in (form.landlord, form.date) if each))
    print(f"How sure: {form.confidence:.0%}")
    counts = Counter(row.answer for row in form.rows)
    print(", ".join(f"{_ANSWERS[answer]} {counts[answer]}" for answer in _ANSWERS if counts[answer]))
    for row in form.rows:
        _print_row(row)
    for problem in form.problems:
        print(f"! {problem}")


def _print_row(row: FormRow) -> None:
    evidence = row.evidence if len(row.evidence) <= 70 else f"{row.evidence[:69]}…"
    print(f"{row.ref:>5}  {_ANSWERS[row.answer]:<15} {evidence}".rstrip())
    for part in row.parts:
        print(f"         {_ANSWERS[part.answer]:<13} {part.text[:60]}")
    for problem in row.problems:
        print(f"       ! {problem}")
