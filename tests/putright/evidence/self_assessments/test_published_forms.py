"""Three published forms, from every kind of file: each provision with the answer that stands in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import form_files
import pytest

from putright.evidence.self_assessments.importing import Form, read_form

FORMS = {"000": "2022", "002": "2020", "004": "2022"}
# Every provision that is not listed is answered Yes.
NOT_YES = {
    "000": {"blank": "1.9", "not_applicable": "5.18 5.19 5.20"},
    "002": {"blank": "1.c 3.h 4.e 4.f 4.g 4.j 6.c 8.a 8.b 8.d", "not_applicable": "3.d 3.e"},
    "004": {"blank": "2.6", "no": "7.3 7.6", "partly": "3.2", "not_applicable": "5.18 5.19 5.20"},
}
COUNTS = {
    "000": {"yes": 68, "not_applicable": 3, "blank": 1},
    "002": {"yes": 24, "not_applicable": 2, "blank": 10},
    "004": {"yes": 65, "no": 2, "partly": 1, "not_applicable": 3, "blank": 1},
}
WITHOUT_EVIDENCE = {"000": {"4.6", "8.3"}, "004": {"3.2"}}


def content_of(shared_papers: Path, form: str) -> bytes:
    (path,) = (shared_papers / "forms").glob(f"{form}_*.txt")
    return path.read_bytes()


def read_as(shared_papers: Path, form: str, kind: str) -> Form:
    rows = form_files.rows_of(content_of(shared_papers, form).decode())
    return read_form(form_files.KINDS[kind](rows))


def expected(form: str, ref: str) -> str:
    return next((answer for answer, refs in NOT_YES[form].items() if ref in refs.split()), "yes")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", form_files.KINDS)
def test_every_row_has_the_answer_that_stands_in_it(shared_papers: Path, form: str, kind: str) -> None:
    found = read_as(shared_papers, form, kind)
    assert found.edition == FORMS[form]
    assert {row.ref: row.answer for row in found.rows} == {
        row.ref: expected(form, row.ref) for row in found.rows
    }
    assert Counter(row.answer for row in found.rows) == COUNTS[form]
    assert found.confidence > 0.8


@pytest.mark.parametrize("form", ["000", "004"])
def test_an_answer_without_evidence_has_none(shared_papers: Path, form: str) -> None:
    found = read_form(content_of(shared_papers, form))
    bare = {
        row.ref for row in found.rows if row.answer not in ("blank", "not_applicable") and not row.evidence
    }
    assert bare == WITHOUT_EVIDENCE[form]


def test_the_landlords_own_columns_are_kept(shared_papers: Path) -> None:
    rows = {row.ref: row for row in read_form(content_of(shared_papers, "002")).rows}
    assert rows["4.a"].actions == [
        "Customer Success Team to work in partnership with complaint investigators to ensure customer are kept updated"
    ]
    assert {ref for ref, row in rows.items() if row.improvement == "yes"} == set(
        "1.b 1.c 4.a 4.b 4.c 4.d 4.g 4.h 4.i 7.a 8.a".split()
    )
    assert {ref for ref, row in rows.items() if row.improvement == "blank"} == {"3.h", "8.c", "8.d"}


def test_what_a_scanner_took_for_yes_is_named(shared_papers: Path) -> None:
    rows = {row.ref: row for row in read_form(content_of(shared_papers, "004")).rows}
    for ref, slip in {"4.2": "Voc", "4.6": "Vaa", "4.7": "163", "4.18": "Voc"}.items():
        assert any(slip in each for each in rows[ref].problems), ref


def test_bullets_with_answers_of_their_own_are_parts(shared_papers: Path) -> None:
    rows = {row.ref: row for row in read_form(content_of(shared_papers, "004")).rows}
    assert [part.answer for part in rows["8.3"].parts] == ["yes", "yes", "yes"]
    assert [part.answer for part in rows["5.16"].parts] == ["not_applicable"]
    assert "third stage" in rows["5.16"].parts[0].text


def test_the_day_in_a_title_is_read(shared_papers: Path) -> None:
    assert read_form(content_of(shared_papers, "002")).date == "2021-12"
