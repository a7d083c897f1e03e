"""The letters of a case are read as they were sent, by whoever may read the case, and nobody's address leaks."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from cast import Cast
from form_filling import page_of, said, text_of

from putright.record.cases.models import Case
from putright.record.letters.models import Letter
from putright.record.people.models import SafeContact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def told(cast: Cast, **given: Any) -> Case:
    case = cast.open()
    cast.do("update", case, **({"summary": "The surveyor came.", "way": "letter"} | given))
    return cast.fresh(case)


def under_safe_contact(cast: Cast) -> None:
    ways = [{"way": "letter", "to": "14 Sedge Court", "from": "", "until": "", "voicemail": False}]
    SafeContact.objects.create(
        landlord=cast.landlord, person=cast.resident, allowed=ways, since=date(2026, 11, 1)
    )


def test_the_case_lists_its_letters_and_each_is_read_as_it_was_sent(cast: Cast) -> None:
    case = told(cast)
    client = cast.client("officer")
    page = page_of(client.get(f"/cases/{case.reference}/"))
    link = page.xpath("//h2[@id='letters']/following-sibling::ul[1]//a")[0]
    assert "Letter: waits to leave" in said(link.getparent())
    read = client.get(link.get("href"))
    shown = said(page_of(read).xpath("//div[@class='pr-letter']")[0])
    assert "The surveyor came." in shown
    assert "14 Sedge Court" in shown


def test_the_file_is_the_one_that_was_sent(cast: Cast, storage: Path) -> None:
    case = told(cast)
    address = f"/cases/{case.reference}/letters/1/file/"
    answer = cast.client("officer").get(address)
    letter = Letter.objects.get()
    assert answer.content == (storage / letter.stored_as).read_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    (storage / letter.stored_as).write_bytes(b"%PDF-1.7 something else")
    assert cast.client("officer").get(address).status_code == 404


def test_what_is_no_pdf_is_a_download(cast: Cast) -> None:
    case = told(cast)
    Letter.objects.update(media_type="text/html")
    answer = cast.client("officer").get(f"/cases/{case.reference}/letters/1/file/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_in_word_it_says_the_same(cast: Cast) -> None:
    case = told(cast)
    answer = cast.client("officer").get(f"/cases/{case.reference}/letters/1/word/")
    assert answer["Content-Disposition"].startswith("attachment")
    text = "\n".join(each.text for each in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "The surveyor came." in text


def test_hostile_words_stand_as_they_were_typed(cast: Cast) -> None:
    words = "<script>alert(1)</script> \N{RIGHT-TO-LEFT OVERRIDE}cod.exe {{definition}}"
    case = told(cast, summary=words)
    read = cast.client("officer").get(f"/cases/{case.reference}/letters/1/")
    assert b"<script>alert" not in read.content
    assert words in text_of(read)


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999999"])
def test_there_is_no_other_letter(cast: Cast, number: str) -> None:
    case = told(cast)
    for page in ("", "file/", "word/"):
        assert (
            cast.client("officer").get(f"/cases/{case.reference}/letters/{number}/{page}").status_code == 404
        )


def test_another_landlord_finds_none_and_nobody_must_sign_in(cast: Cast) -> None:
    case = told(cast)
    for page in ("", "file/", "word/"):
        address = f"/cases/{case.reference}/letters/1/{page}"
        assert cast.client("stranger").get(address).status_code == 404
        assert cast.client().get(address)["Location"].startswith("/sign-in")


def test_a_letter_to_somebody_who_said_what_is_safe_shows_no_address(cast: Cast) -> None:
    case = told(cast)
    under_safe_contact(cast)
    at = f"/cases/{case.reference}/letters/1/"
    for who in ("officer", "board_member", "auditor", "administrator", "quality_checker", "liaison"):
        shown = page_of(cast.client(who).get(at)).xpath("//div[@class='pr-letter']")[0]
        assert "14 Sedge" not in said(shown)
        may = who == "officer"
        for page in ("file/", "word/"):
            assert cast.client(who).get(f"{at}{page}").status_code == (200 if may else 403)


def test_a_draft_is_no_letter(cast: Cast) -> None:
    case = cast.open()
    cast.do("draft_response", case, "investigator", letter="Our own words.")
    assert not Letter.objects.exists()
    assert cast.client("officer").get(f"/cases/{case.reference}/letters/1/").status_code == 404
