"""What somebody typed is shown as it was typed, in every form of a letter, and runs nowhere."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO

import docx
import letters_told
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from putright.record.letters import compose, templates, web
from putright.record.letters.documents import Aside, Document, Heading, Items, Paragraph, Table, shown
from putright.record.letters.pdf import pdf, without_shape
from putright.record.letters.word import NotAWordFile, word

HOSTILE = (
    '#read("/etc/passwd")',
    '#eval("1+1") $x^2$ @ref <label> *bold* _it_ `raw` // gone /* gone */ \\ ~ -- ---',
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; &lt;",
    "{{reason}} {% raise %} {{ 7*7 }} {{to_name}}",
    "=cmd|' /C calc'!A0",
    "مرحبا بالعالم שלום עולם",
    "😀 emoji \u200b zero width \u202e turned \u202c back",
    "\x00\x07 control \ufffe \ud800 half",
    "many words " * 500,
    "x" * 10_000,
)

TAGS = {"article", "p", "h2", "h3", "strong", "br", "ul", "li", "aside"} | {
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def document(text: str) -> Document:
    return Document(
        title=f"Letter {text[:200]}",
        blocks=(
            Heading(text[:100]),
            Paragraph(text),
            Items((text, text)),
            Table(text[:50], (text[:20], "b"), ((text, text),)),
            Aside(text[:50], (text,)),
        ),
        day=date(2026, 12, 4),
        day_in_words="Friday 4 December 2026",
        reference=text[:50],
        from_lines=(text[:80], "b"),
        to_lines=(text[:80],),
        greeting=text[:80],
        ending=(text[:80],),
        foot=text[:40],
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_it_is_shown_as_it_was_typed(text: str) -> None:
    made = document(text)
    assert shown(text) in web.plain_text(made)
    body = web.html(made)
    # Escaped, and back again, it is the same text.
    assert shown(text) in unescape(body.replace("<br>", "\n"))
    assert set(re.findall(r"<(\w+)", body)) <= TAGS
    assert "".join(docx.Document(BytesIO(word(made))).tables[0].rows[1].cells[1].text.split()) == "".join(
        shown(text).split()
    )
    assert pypdfium2.PdfDocument(pdf(made))


@pytest.mark.parametrize("text", HOSTILE[:5], ids=range(5))
def test_latin_words_stand_in_the_pdf_as_they_were_typed(text: str) -> None:
    file = pypdfium2.PdfDocument(pdf(document(text)))
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in file)
    assert "".join(text.split()) in said.replace("\ufffe", "-")


def test_words_of_a_resident_are_not_read_for_gaps() -> None:
    template = templates.find(templates.own_wording(), "update", None, "2024")
    assert template is not None
    draft = letters_told.draft("update", 1, "2024", texts=("{{reference}} and {{landlord}}",))
    text = web.plain_text(compose.compose(template, letters_told.told(draft)))
    assert "{{reference}} and {{landlord}}" in text


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_makes_every_form(text: str) -> None:
    made = document(text)
    assert pdf(made).startswith(b"%PDF")
    assert word(made).startswith(b"PK")
    assert web.html(made)


def test_what_is_no_word_file_gives_no_look() -> None:
    for look in (b"", b"PK\x03\x04 not a zip", b"<html>", b"%PDF-1.7"):
        with pytest.raises(NotAWordFile):
            word(document("x"), look)


def test_a_landlords_own_word_file_gives_the_look_and_not_its_text() -> None:
    own = docx.Document()
    own.add_paragraph("Text that was there before")
    own.sections[0].header.paragraphs[0].text = "Tern Valley letterhead"
    kept = BytesIO()
    own.save(kept)
    file = docx.Document(BytesIO(word(document("Dear all"), kept.getvalue())))
    assert file.sections[0].header.paragraphs[0].text == "Tern Valley letterhead"
    assert "there before" not in "\n".join(each.text for each in file.paragraphs)


def test_a_letter_no_typeface_can_show_is_made_all_the_same_and_says_what_cannot_be_shown() -> None:
    made = document("plain words \U000e0041 and \U00010a00")
    assert pdf(made).startswith(b"%PDF")
    assert without_shape(made) != ""
    assert without_shape(document("plain words")) == ""
