"""Forms we made ourselves: every edition and kind of file, odd tables, and files that are no form at all."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import form_files
import pikepdf
import pytest
from form_files import Rows

from complaint_rules.editions.provisions import provisions
from putright.evidence.self_assessments.importing import Form, NotAForm, Unreadable, alignment, read_form

HEAD = ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary / explanation"]
EDITIONS = ("2020", "2022", "2024")


def form_of(edition: str, **answers: str) -> list[list[str]]:
    """A whole form in our own words, answered Yes but for `answers` (by number, "r5_3" for 5.3)."""
    given = {name.removeprefix("r").replace("_", "."): answer for name, answer in answers.items()}
    rows = [
        [ref, each.summary, given.get(ref, "Yes"), f"Policy {ref}", ""]
        for ref, each in provisions(edition).items()
    ]
    return [HEAD, *rows]


def answers_of(form: Form) -> dict[str, str]:
    return {row.ref: row.answer for row in form.rows}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", form_files.KINDS)
def test_every_edition_in_every_kind_of_file(edition: str, kind: str) -> None:
    found = read_form(form_files.KINDS[kind](form_of(edition)))
    assert found.edition == edition
    assert set(answers_of(found).values()) == {"yes"}
    assert [row.ref for row in found.rows] == list(provisions(edition))
    assert all(f"Policy {row.ref}" in row.evidence for row in found.rows)
    assert not found.problems


def test_answers_of_every_kind() -> None:
    rows = form_of(
        "2024", r1_3="No", r2_2="Partial", r3_4="N/A", r4_1="", r5_2="1/2", r6_3="Yes/No", r9_1="Voc"
    )
    found = read_form(form_files.as_docx(rows))
    expected = {"1.3": "no", "2.2": "partly", "3.4": "not_applicable", "4.1": "blank", "5.2": "partly"}
    expected |= {"6.3": "unclear", "9.1": "yes"}
    assert {ref: answers_of(found)[ref] for ref in expected} == expected
    by_ref = {row.ref: row for row in found.rows}
    assert by_ref["6.3"].answer_printed == "Yes/No"
    assert by_ref["6.3"].problems
    assert by_ref["9.1"].problems


def in_words_of_the_form(edition: str, **answers: str) -> list[list[str]]:
    """The same form with the words that each provision is known by as its text."""
    known = alignment.known(edition)
    rows = form_of(edition, **answers)
    for row, words in zip(rows[1:], known.wordings[0].of_place, strict=True):
        row[1] = " ".join(sorted(words))
    return rows


def broken_over_pages(rows: Rows) -> list[list[str]]:
    """Each requirement on three rows: the number beside the last, the answer beside the first."""
    found = [list(rows[0])]
    for ref, text, answer, evidence, comment in rows[1:]:
        words = text.split()
        third = max(1, len(words) // 3)
        pieces = [words[:third], words[third : 2 * third], words[2 * third :]]
        one, two, three = (" ".join(each) for each in pieces)
        found += [["", one, answer, evidence, ""], ["", two, "", comment, ""], [ref, three, "", "", ""]]
    return found


def test_a_number_printed_below_its_text() -> None:
    rows = broken_over_pages(in_words_of_the_form("2022", r5_1="No", r6_1="No"))
    found = answers_of(read_form(form_files.as_txt(rows)))
    wrong = {
        ref: answer for ref, answer in found.items() if answer != ("no" if ref in ("5.1", "6.1") else "yes")
    }
    assert wrong == {}


def test_a_provision_that_is_missing_is_named_and_moves_no_other() -> None:
    rows = [row for row in form_of("2024", r5_8="No") if row[0] not in ("5.7", "9.8")]
    found = read_form(form_files.as_html(rows))
    assert answers_of(found)["5.8"] == "no"
    assert answers_of(found)["5.7"] == "blank"
    assert found.problems == ["Not in the form: 5.7, 9.8."]


def test_a_provision_that_stands_twice_with_two_answers_is_unclear() -> None:
    rows = form_of("2024")
    again = list(next(row for row in rows if row[0] == "4.2"))
    again[2] = "No"
    found = {row.ref: row for row in read_form(form_files.as_txt([*rows, again])).rows}
    assert found["4.2"].answer == "unclear"
    assert any("Two answers" in each for each in found["4.2"].problems)


def test_a_table_without_a_head() -> None:
    found = read_form(form_files.as_html(form_of("2022", r3_1="No")[1:]))
    assert answers_of(found)["3.1"] == "no"
    assert sum(answer == "yes" for answer in answers_of(found).values()) == 71


def test_cells_over_several_rows_and_columns() -> None:
    rows = form_of("2022", r1_4="No")
    lines = [f"<tr>{''.join(f'<th>{cell}</th>' for cell in rows[0])}</tr>"]
    for ref, text, answer, evidence, _ in rows[1:]:
        lines.append(
            f"<tr><td rowspan=2>{ref}</td><td>{text}</td><td rowspan=2>{answer}</td><td colspan=2>{evidence}</td></tr>"
            "<tr><td>and so on</td><td colspan=2>More of it</td></tr>"
        )
    page = f"<html><body><h1>Self-assessment</h1><table>{''.join(lines)}</table></body></html>"
    found = {row.ref: row for row in read_form(page.encode()).rows}
    assert found["1.4"].answer == "no"
    assert found["1.5"].answer == "yes"
    assert "More of it" in found["5.9"].evidence


def test_whose_it_is_and_of_when() -> None:
    rows = [["Landlord name: Tern Valley Homes"], ["Date of assessment: 14 March 2025"], *form_of("2024")]
    found = read_form(form_files.as_docx(rows))
    assert (found.landlord, found.date) == ("Tern Valley Homes", "2025-03-14")


def test_its_json_has_every_provision_once_and_the_names_of_the_contract() -> None:
    data = read_form(form_files.as_txt(form_of("2020"))).as_data()
    assert list(data) == ["edition", "confidence", "landlord", "date", "rows", "problems"]
    names = ["ref", "requirement", "answer", "answer_printed", "evidence", "actions", "parts", "problems"]
    assert all(list(row) == names for row in data["rows"])


# What is no form


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(form_files.as_pdf([["Words"]]))) as file:
        file.save(made, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    return made.getvalue()


def long_pdf(pages: int) -> bytes:
    file = pikepdf.new()
    for _ in range(pages):
        file.add_blank_page()
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"0" * (210 * 1024 * 1024))
    return made.getvalue()


def unlike_any_form(kind: str) -> bytes:
    lines = [
        [f"Minutes of the meeting of the allotment society, item {number}: the hedge."]
        for number in range(80)
    ]
    return form_files.KINDS[kind](lines)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\x00\x00", "empty"),
        (b"%PDF-1.7 and then nothing", "broken"),
        (form_files.as_pdf([["Words"]])[:900], "broken"),
        (form_files.as_docx([["Words"]])[:2000], "broken"),
        (b"PK\x03\x04" + b"\x00" * 50, "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Word file"),
        (b"{\\rtf1 words}", "rich text"),
        (bytes(range(256)) * 40, "no text"),
        (b"a" * (31 * 1024 * 1024), "more than 30 MB"),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_form(content)


def test_a_locked_pdf_says_so() -> None:
    with pytest.raises(Unreadable, match="password"):
        read_form(locked_pdf())


def test_five_hundred_pages_are_no_form() -> None:
    with pytest.raises(Unreadable, match="500 pages"):
        read_form(long_pdf(500))


def test_a_scan_without_text_says_so() -> None:
    with pytest.raises(Unreadable, match="no text in the file"):
        read_form(long_pdf(2))


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(Unreadable, match="larger unpacked"):
        read_form(bomb())


@pytest.mark.parametrize("kind", form_files.KINDS)
def test_something_else_is_no_form(kind: str) -> None:
    with pytest.raises(NotAForm, match="does not look like"):
        read_form(unlike_any_form(kind))


def test_another_zip_is_no_form() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(Unreadable, match="no Word or OpenDocument"):
        read_form(made.getvalue())


def test_an_entity_in_an_opendocument_file_reaches_nothing() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(
            "content.xml",
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a xmlns:text='
            '"urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>Words &b;</text:p></a>',
        )
    with pytest.raises(NotAForm):
        read_form(made.getvalue())


def test_the_command_prints_one_document_and_refuses_what_is_no_form(tmp_path: Any, capsys: Any) -> None:
    import json

    from putright import cli

    path = tmp_path / "form.docx"
    path.write_bytes(form_files.as_docx(form_of("2024", r6_3="No")))
    assert cli.main(["assessment", "import", str(path), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["edition"] == "2024"
    assert [row["ref"] for row in data["rows"] if row["answer"] == "no"] == ["6.3"]
    assert cli.main(["assessment", "import", str(path)]) == 0
    assert "no 1" in capsys.readouterr().out
    path.write_bytes(b"")
    assert cli.main(["assessment", "import", str(path)]) == 2
    assert "The file is empty" in capsys.readouterr().err
    assert cli.main(["assessment", "import", str(tmp_path / "nothing.pdf")]) == 2
    assert "cannot be opened" in capsys.readouterr().err
