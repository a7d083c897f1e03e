"""Read an earlier self-assessment into rows, export one as a form, or work out again what was published.

An earlier form may be TXT, HTML, DOCX, ODT or PDF; its edition is told by what is in it. Nothing is guessed: what
cannot be read is "unclear", and says why.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from complaint_rules.editions import UnknownEdition, all_editions
from putright.evidence.self_assessments.importing import Form, FormRow, NotAForm, Unreadable, read_form
from putright.evidence.self_assessments.importing.answers import Answer
from putright.interfaces.commands import BadInput, print_json, progress, set_up

_ANSWERS: dict[Answer, str] = {
    "yes": "yes",
    "no": "no",
    "partly": "partly",
    "not_applicable": "does not apply",
    "blank": "blank",
    "unclear": "unclear",
}


FORMATS = ("docx", "pdf", "html", "csv", "json")
BINARY = frozenset({"docx", "pdf"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add `import`, `export` and `verify`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="import|export|verify")
    reading = what.add_parser(
        "import", help="read a form that was published", description="Read a form that was published."
    )
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--json", action="store_true", help="print one JSON document")
    writing = what.add_parser(
        "export",
        help="write the form, filled",
        description="Write the form of an edition: the newest self-assessment against it as it stands or was "
        "published; where there is none, filled from the record of the last twelve months.",
    )
    writing.add_argument("--landlord", required=True, help="its short name, such as tern-valley")
    writing.add_argument("--edition", required=True, help=", ".join(all_editions()))
    writing.add_argument("--format", required=True, choices=FORMATS)
    writing.add_argument("--out", type=Path, metavar="FILE", help="where to write it; else standard output")
    again = what.add_parser(
        "verify",
        help="work out again what was published",
        description="Work out the figures of every published self-assessment again, from the entries that had "
        "been recorded when it was published. Exit 1 where one differs.",
    )
    again.add_argument("--landlord", required=True, help="its short name, such as tern-valley")
    again.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Read, write or verify; BadInput where that cannot be done."""
    if options.what == "export":
        return _export(options)
    if options.what == "verify":
        return _verify(options)
    form = _read(options.file)
    if options.json:
        print_json(form.as_data())
    else:
        _print(form)
    return 0


# Writing


def _export(options: argparse.Namespace) -> int:
    if options.out is None and options.format in BINARY and sys.stdout.isatty():
        raise BadInput(f"A {options.format} file is not for a terminal: give --out FILE.")
    set_up()
    from django.utils.timezone import localdate

    from putright.evidence.self_assessments.filling import newest_or_record
    from putright.evidence.self_assessments.form import AS

    landlord = _landlord(options.landlord)
    try:
        found = newest_or_record(landlord, options.edition, localdate())
    except UnknownEdition as problem:
        raise BadInput(str(problem)) from problem
    _write(AS[options.format](found.form), options.out)
    where = f"self-assessment {found.assessment.pk}" if found.assessment else "the record alone"
    progress(f"{options.edition} Code, {len(found.form.lines)} provisions, from {where}.")
    return 0


def _landlord(slug: str) -> Any:
    from putright.record.landlords.models import Landlord

    found = Landlord.objects.filter(slug=slug.replace("\0", " ")).first()
    if found is None:
        known = ", ".join(Landlord.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise BadInput(f'There is no landlord "{slug}". Known: {known or "none"}.')
    return found


def _write(content: bytes, out: Path | None) -> None:
    """Write the whole of it or nothing: beside the place first, then moved there."""
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
            file.write(content)
        os.replace(file.name, out)
    except OSError as problem:
        raise BadInput(f"{out} cannot be written: {problem.strerror or problem}.") from problem


# Verifying


def _verify(options: argparse.Namespace) -> int:
    set_up()
    from putright.evidence.self_assessments.frozen import differs
    from putright.evidence.self_assessments.queries import of_landlord

    published = of_landlord(_landlord(options.landlord).pk).filter(state="published").order_by("pk")
    told: list[dict[str, Any]] = [
        {"assessment": each.pk, "edition": each.edition, "differs": differs(each)} for each in published
    ]
    if options.json:
        print_json(told)
    else:
        for each in told:
            says = ", ".join(map(str, each["differs"])) or "nothing"
            print(f"Self-assessment {each['assessment']}, {each['edition']} Code: {says} differs")
    progress(f"{len(told)} published self-assessments worked out again.")
    return int(any(each["differs"] for each in told))


# Reading


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
