"""Our own wording, filled in, says every element that each edition asks for, in PDF, DOCX, HTML and plain text."""

from __future__ import annotations

from io import BytesIO

import docx
import letters_told
import pikepdf
import pytest
from letters_told import EDITIONS, KINDS_AND_STAGES

from complaint_rules import letters
from putright.record.letters import compose, templates, web
from putright.record.letters.documents import Document
from putright.record.letters.pdf import pdf
from putright.record.letters.word import word

EVERY_LETTER = [(kind, stage, edition) for kind, stage in KINDS_AND_STAGES for edition in EDITIONS]


def letter(kind: str, stage: int, edition: str, format: str = "standard") -> Document:
    template = templates.find(templates.own_wording(), kind, stage, edition)
    assert template is not None
    draft = letters_told.draft(kind, stage, edition)
    return compose.compose(template, letters_told.told(draft), format)  # type: ignore[arg-type]


def text_of_pdf(made: bytes) -> str:
    import pypdfium2

    file = pypdfium2.PdfDocument(made)
    return " ".join(page.get_textpage().get_text_range() for page in file).replace("\r\n", " ")


def words_of(text: str) -> list[str]:
    marks = ("", "-", "\N{BULLET}", "1.", "2.")
    return [word.rstrip(":") for word in text.replace("\n", " ").split(" ") if word not in marks]


@pytest.mark.parametrize(("kind", "stage", "edition"), EVERY_LETTER)
def test_it_lacks_no_element_of_its_edition(kind: str, stage: int, edition: str) -> None:
    text = web.plain_text(letter(kind, stage, edition))
    answered = kind == "response"
    checked = letters.check_words(
        text, kind, stage, edition, upheld=answered, offered=answered, outstanding=answered
    )
    assert checked.lacks == ()


@pytest.mark.parametrize(("kind", "stage", "edition"), EVERY_LETTER)
def test_what_is_only_worth_a_second_look_is_there_too(kind: str, stage: int, edition: str) -> None:
    text = web.plain_text(letter(kind, stage, edition))
    needed = [
        each
        for each in letters.elements(edition, kind, stage)
        if each.weight == "look_again" and each.required == "always"
    ]
    told = {
        "answer_by": "Friday 4 December 2026",
        "ombudsman_details": "0300 111 3000",
        "next_update": "Friday 11 December 2026",
        "no_reason_asked": "You do not need to give a reason",
    }
    assert [each.key for each in needed if each.key in told and told[each.key] not in text] == []


@pytest.mark.parametrize(("kind", "stage"), KINDS_AND_STAGES)
def test_it_reads_at_an_age_that_most_can(kind: str, stage: int) -> None:
    template = templates.find(templates.own_wording(), kind, stage, "2024")
    assert template is not None
    said = ". ".join(templates.GAP.sub("this", each.text) for each in template.pieces if each.text)
    assert (letters.reading_grade(said) or 0) <= 8


@pytest.mark.parametrize(("kind", "stage"), KINDS_AND_STAGES)
def test_the_pdf_is_tagged_named_and_says_the_same_as_the_plain_text(kind: str, stage: int) -> None:
    document = letter(kind, stage, "2024")
    made = pdf(document)
    with pikepdf.open(BytesIO(made)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).startswith("en")
        assert str(file.docinfo["/Title"]) == document.title
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    shown = set(words_of(text_of_pdf(made)))
    assert [each for each in words_of(web.plain_text(document)) if each not in shown] == []


@pytest.mark.parametrize(("kind", "stage"), KINDS_AND_STAGES)
def test_the_docx_says_the_same_as_the_plain_text(kind: str, stage: int) -> None:
    document = letter(kind, stage, "2024")
    file = docx.Document(BytesIO(word(document)))
    said = "\n".join(
        [each.text for each in file.paragraphs]
        + [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    )
    shown = set(words_of(said))
    assert [each for each in words_of(web.plain_text(document)) if each not in shown] == []
    assert file.core_properties.title == document.title
    assert any(each.style is not None and each.style.name == "Heading 1" for each in file.paragraphs)


def test_large_print_is_the_same_letter_in_larger_letters() -> None:
    document = letter("response", 1, "2024", "large_print")
    small, large = (text_of_pdf(pdf(each)) for each in (letter("response", 1, "2024"), document))
    assert set(words_of(small)) - {"|"} <= set(words_of(large)) | {
        each.rstrip(":") for each in words_of(large)
    }
    with pikepdf.open(BytesIO(pdf(document))) as file:
        assert len(file.pages) > 1


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert pdf(letter("response", 2, "2024")) == pdf(letter("response", 2, "2024"))
