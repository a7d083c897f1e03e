"""The form of a self-assessment in the layout of its edition: one source of its DOCX, PDF, HTML, CSV and JSON.

2020 asks with columns for Yes and No, comments, improvement and action; 2022 has a table of what a landlord must
do and one of what it should, in each section; 2024 has nine sections, with evidence and commentary apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from complaint_rules.editions.provisions import Provision, provisions, section_titles
from putright.csv_files import line_of
from putright.record.letters import in_words, web
from putright.record.letters.documents import Block, Document, Heading, Paragraph, Table
from putright.record.letters.pdf import pdf
from putright.record.letters.word import word

PRINTED = {"yes": "Yes", "partly": "Partly", "no": "No", "not_applicable": "N/A", "": ""}
FORMATS = ("docx", "pdf", "html", "csv", "json")


@dataclass(frozen=True, slots=True)
class Line:
    """What the form says of one provision. `answer` is yes, partly, no, not_applicable or empty."""

    ref: str
    requirement: str
    answer: str = ""
    evidence: str = ""
    comment: str = ""
    why_not: str = ""
    comply_by: date | None = None
    actions: tuple[str, ...] = ()

    @property
    def commentary(self) -> str:
        """The comment, why it is not complied with, and from when it will be."""
        why = f"Why not: {self.why_not}" if self.why_not else ""
        by = f"We will comply by {in_words.day(self.comply_by)}." if self.comply_by is not None else ""
        return " ".join(part for part in (self.comment, why, by) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with everything on it: whose, against which edition, for which period, as at which day."""

    landlord: str
    edition: str
    first_day: date
    last_day: date
    as_at: date
    lines: tuple[Line, ...]
    state: str = "draft"
    response: str = ""
    colour: str = "#1C2330"
    notes: tuple[str, ...] = field(default=())


def requirement_of(provision: Provision) -> str:
    """The official wording where it was loaded, else our plain summary of it."""
    return provision.wording or provision.summary


def document(filled: Filled) -> Document:
    """The form as a paper. UnknownEdition for an edition there is none of."""
    blocks: list[Block] = [Paragraph(each) for each in _about(filled)]
    by_ref = {line.ref: line for line in filled.lines}
    titles = section_titles(filled.edition)
    every = provisions(filled.edition)
    for number, title in titles.items():
        refs = [ref for ref, each in every.items() if each.section == number]
        blocks.append(Heading(f"Section {number}: {title}"))
        blocks += _LAYOUTS.get(filled.edition, _layout_2024)(refs, every, by_ref)
    if filled.response:
        blocks += [Heading("The governing body's response"), Paragraph(filled.response)]
    return Document(
        title=f"Self-assessment against the Complaint Handling Code ({filled.edition})",
        blocks=tuple(blocks),
        day=filled.as_at,
        day_in_words=in_words.day(filled.as_at),
        from_lines=(filled.landlord,),
        foot=f"{filled.landlord}: self-assessment, {filled.edition} Code",
        colour=filled.colour,
        landscape=True,
    )


def _about(filled: Filled) -> Iterable[str]:
    yield f"Landlord: {filled.landlord}"
    yield f"Date of assessment: {in_words.day(filled.as_at)}"
    yield f"Period: {in_words.day(filled.first_day)} to {in_words.day(filled.last_day)}"
    if filled.state != "published":
        yield "This is a draft. It has not been published."
    yield from filled.notes


_REQUIREMENT, _COMPLY = "Code requirement", "Comply: Yes/No"
HEAD_2020 = (
    "Compliance with the Complaint Handling Code",
    "Yes",
    "No",
    "Comments",
    "Improvement required",
    "Further action",
)
HEAD_2022 = ("Code section", _REQUIREMENT, _COMPLY, "Evidence, commentary and any explanations")
HEAD_2024 = ("Code provision", _REQUIREMENT, _COMPLY, "Evidence", "Commentary and explanation")
Lines = Mapping[str, Line]


def _layout_2020(refs: list[str], every: Mapping[str, Provision], lines: Lines) -> list[Block]:
    rows = []
    for ref in refs:
        line = lines[ref]
        yes, no = ("", PRINTED["no"]) if line.answer == "no" else (PRINTED[line.answer], "")
        needed = "Y" if line.actions else ""
        comments = _joined(line.evidence, line.commentary)
        rows.append((f"{ref}) {line.requirement}", yes, no, comments, needed, _listed(line.actions)))
    return [Table("", HEAD_2020, tuple(rows), (5, 1, 1, 5, 1.8, 4))]


def _layout_2022(refs: list[str], every: Mapping[str, Provision], lines: Lines) -> list[Block]:
    blocks: list[Block] = []
    for kind, title in (("must", "What landlords must do"), ("should", "What landlords should do")):
        rows = tuple(_row_2022(lines[ref]) for ref in refs if every[ref].kind == kind)
        if rows:
            blocks += [Heading(title, 2), Table("", HEAD_2022, rows, (1.2, 6, 1.5, 6))]
    return blocks


def _row_2022(line: Line) -> tuple[str, ...]:
    said = _joined(line.evidence, line.commentary, _listed(line.actions, "Action: "))
    return line.ref, line.requirement, PRINTED[line.answer], said


def _layout_2024(refs: list[str], every: Mapping[str, Provision], lines: Lines) -> list[Block]:
    rows = tuple(_row_2024(lines[ref]) for ref in refs)
    return [Table("", HEAD_2024, rows, (1.4, 5, 1.5, 4.5, 4.5))]


def _row_2024(line: Line) -> tuple[str, ...]:
    said = _joined(line.commentary, _listed(line.actions, "Action: "))
    return line.ref, line.requirement, PRINTED[line.answer], line.evidence, said


_LAYOUTS: dict[str, Callable[[list[str], Mapping[str, Provision], Lines], list[Block]]] = {
    "2020": _layout_2020,
    "2022": _layout_2022,
    "2024": _layout_2024,
}


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _listed(actions: tuple[str, ...], label: str = "") -> str:
    return " ".join(f"\N{BULLET} {label}{each}" for each in actions)


# Each format


def as_docx(filled: Filled) -> bytes:
    """As a Word file."""
    return word(document(filled))


def as_pdf(filled: Filled) -> bytes:
    """As a tagged PDF."""
    return pdf(document(filled))


def as_html(filled: Filled) -> bytes:
    """As a page of its own, without any style or script."""
    paper = document(filled)
    head = f'<head><meta charset="utf-8"><title>{web.escaped(paper.title)}</title></head>'
    body = f"<body><main>{web.html(paper, level=1)}</main></body>"
    return f'<!doctype html>\n<html lang="en-GB">{head}{body}</html>\n'.encode()


def as_csv(filled: Filled) -> bytes:
    """A row a provision. A cell that a spreadsheet would run is shown as text."""
    head = [
        "provision",
        "kind",
        "requirement",
        "answer",
        "evidence",
        "commentary",
        "why_not",
        "comply_by",
        "actions",
    ]
    every = provisions(filled.edition)
    rows = [
        (
            line.ref,
            every[line.ref].kind,
            line.requirement,
            line.answer,
            line.evidence,
            line.comment,
            line.why_not,
            line.comply_by.isoformat() if line.comply_by else "",
            "; ".join(line.actions),
        )
        for line in filled.lines
    ]
    return ("\ufeff" + "".join(line_of(row) for row in (head, *rows))).encode()


def as_json(filled: Filled) -> bytes:
    """One JSON document."""
    data = asdict(filled)
    return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode()


AS: dict[str, Callable[[Filled], bytes]] = {
    "docx": as_docx,
    "pdf": as_pdf,
    "html": as_html,
    "csv": as_csv,
    "json": as_json,
}
"""How a form is written in each format."""
