"""A filled form, in the layout of its edition: what goes out comes back the same, and is shown as it was typed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pikepdf
import pytest

from complaint_rules.editions.provisions import provisions
from putright.evidence.self_assessments import form
from putright.evidence.self_assessments.form import Filled, Line
from putright.evidence.self_assessments.importing import read_form

EDITIONS = ("2020", "2022", "2024")
ANSWERS = ("yes", "yes", "yes", "partly", "no", "not_applicable", "yes", "")


def filled(edition: str, **changes: object) -> Filled:
    lines = []
    for number, (ref, each) in enumerate(provisions(edition).items()):
        answer = ANSWERS[number % len(ANSWERS)]
        actions = (f"Train everybody, round {number}",) if answer in ("no", "partly") else ()
        lines.append(
            Line(
                ref,
                form.requirement_of(each),
                answer,
                evidence=f"Policy S.{number}." if answer != "not_applicable" else "",
                comment="Said in our policy." if number % 3 else "",
                why_not="The panel met late." if answer == "no" else "",
                comply_by=date(2027, 3, 31) if answer == "no" else None,
                actions=actions,
            )
        )
    given: dict[str, object] = {
        "landlord": "Tern Valley Homes",
        "edition": edition,
        "first_day": date(2025, 12, 1),
        "last_day": date(2026, 11, 30),
        "as_at": date(2026, 12, 1),
        "lines": tuple(lines),
    }
    return Filled(**(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_what_goes_out_comes_back_the_same(edition: str, kind: str) -> None:
    sent = filled(edition)
    back = read_form(form.AS[kind](sent))
    assert (back.edition, back.landlord, back.date) == (edition, "Tern Valley Homes", "2026-12-01")
    assert [row.ref for row in back.rows] == [line.ref for line in sent.lines]
    assert [row.answer for row in back.rows] == [line.answer or "blank" for line in sent.lines]
    assert [row.problems for row in back.rows if row.problems] == []
    assert back.problems == []
    squashed = {row.ref: "".join(row.evidence.split()) for row in back.rows}
    for line in sent.lines:
        for said in (line.evidence, line.commentary):
            assert "".join(said.split()) in squashed[line.ref]


@pytest.mark.parametrize("edition", EDITIONS)
def test_requirements_and_actions_come_back_too(edition: str) -> None:
    sent = filled(edition)
    back = {row.ref: row for row in read_form(form.as_docx(sent)).rows}
    for line in sent.lines:
        assert back[line.ref].requirement.split() == line.requirement.split()
        told = " ".join([back[line.ref].evidence, *back[line.ref].actions])
        assert all(action in told for action in line.actions)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_second_round_changes_nothing(edition: str) -> None:
    first = read_form(form.as_docx(filled(edition)))
    lines = tuple(
        Line(
            row.ref,
            row.requirement,
            "" if row.answer == "blank" else row.answer,
            evidence=row.evidence,
            actions=tuple(row.actions),
        )
        for row in first.rows
    )
    second = read_form(form.as_docx(filled(edition, lines=lines)))
    assert second.as_data() == first.as_data()


def test_the_pdf_is_tagged_and_lies_on_its_side() -> None:
    with pikepdf.open(io.BytesIO(form.as_pdf(filled("2024")))) as file:
        assert file.Root.MarkInfo.Marked
        _, _, width, height = file.pages[0].mediabox
        assert width > height


def test_a_draft_says_so_and_a_published_one_does_not() -> None:
    assert b"This is a draft" in form.as_html(filled("2024"))
    assert b"This is a draft" not in form.as_html(filled("2024", state="published"))


def test_hostile_words_are_shown_and_run_nowhere() -> None:
    said = "=cmd|' /C calc'!A0 <script>alert(1)</script> {{reason}} \u202e"
    lines = tuple(Line(ref, "x", "yes", comment=said) for ref in provisions("2024"))
    sent = filled("2024", lines=lines)
    assert b"<script>" not in form.as_html(sent)
    rows = list(csv.reader(io.StringIO(form.as_csv(sent).decode("utf-8-sig"))))
    assert len(rows) == 73
    assert all(not cell.startswith("=") for row in rows for cell in row)
    assert json.loads(form.as_json(sent))["lines"][0]["comment"] == said
    assert form.as_pdf(sent).startswith(b"%PDF")
