"""Administrators set what stands round letters and in which words they are written; sent letters stay as they were."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from form_filling import day, errors_of, fill, page_of, said, text_of

from putright.record.journal.models import Entry, Text
from putright.record.letters import records, templates
from putright.record.letters.models import Letter, Letterhead, Wording

pytestmark = pytest.mark.django_db
AT = "/administration/letterhead/"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def begin(cast: Cast, kind: str = "update", stage: str = "") -> Wording:
    client = cast.client("administrator")
    form = page_of(client.get(AT)).xpath(
        f"//form[input[@name='kind' and @value='{kind}'] and input[@name='stage' and @value='{stage}']]"
    )[0]
    answer = client.post(f"{AT}begin/", dict(form.form_values()))
    assert answer.status_code == 302, text_of(answer)
    return Wording.objects.latest("pk")


def test_the_letterhead_stands_round_the_next_letter_and_not_round_those_sent(cast: Cast) -> None:
    case = cast.open()
    cast.do("update", case, summary="Before.", way="letter")
    before = Letter.objects.get()
    given = {"lines": "1 Mill Lane\nTern Valley TV1 1AA", "team": "Resident voice"}
    client = cast.client("administrator")
    assert fill(client, f"{AT}change/", **given).status_code == 302
    cast.do("update", case, summary="After.", way="letter")
    after = Letter.objects.latest("pk")
    assert after.document is not None
    assert after.document["from_lines"] == ["Tern Valley Homes", "1 Mill Lane", "Tern Valley TV1 1AA"]
    assert records.content_of(before)  # its digest still holds
    entry = Entry.objects.get(case=0, verb="set_letterhead")
    assert "Mill" not in json.dumps(entry.data)
    assert Text.objects.get(case=0, entry_number=entry.number, name="lines").text.startswith("1 Mill Lane")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not a Word file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "locked with a password"),
        (b"PK\x03\x04nothing", "not a Word file"),
    ],
)
def test_a_look_that_is_no_word_file_is_refused_in_words(cast: Cast, content: bytes, says: str) -> None:
    file = SimpleUploadedFile("letter.docx", content)
    answer = fill(cast.client("administrator"), f"{AT}look/", look=file)
    assert answer.status_code == 200
    assert any(says in each for each in errors_of(answer)), errors_of(answer)
    assert not Letterhead.objects.exclude(look="").exists()


def test_a_look_with_macros_or_a_bomb_is_refused(cast: Cast) -> None:
    made = BytesIO()
    docx.Document().save(made)
    for name, content in (("word/vbaProject.bin", b"x"), ("word/big.bin", b"0" * 61_000_000)):
        worse = BytesIO(made.getvalue())
        with zipfile.ZipFile(worse, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        file = SimpleUploadedFile("letter.docx", worse.getvalue())
        assert errors_of(fill(cast.client("administrator"), f"{AT}look/", look=file))
    assert not Letterhead.objects.exclude(look="").exists()


def test_word_letters_take_the_landlords_look(cast: Cast) -> None:
    look = docx.Document()
    look.sections[0].footer.paragraphs[0].text = "Registered society 1234"
    look.add_paragraph("This text goes.")
    made = BytesIO()
    look.save(made)
    file = SimpleUploadedFile("look.docx", made.getvalue())
    assert fill(cast.client("administrator"), f"{AT}look/", look=file).status_code == 302
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.", way="letter")
    word = docx.Document(
        BytesIO(cast.client("officer").get(f"/cases/{case.reference}/letters/1/word/").content)
    )
    assert word.sections[0].footer.paragraphs[0].text == "Registered society 1234"
    text = "\n".join(each.text for each in word.paragraphs)
    assert "This text goes." not in text
    assert "The surveyor came." in text


@pytest.mark.parametrize(
    ("kind", "stage"), [(each.kind, str(each.stage or "")) for each in templates.own_wording()]
)
def test_a_version_begins_as_our_wording_which_says_all_that_each_edition_asks(
    cast: Cast, kind: str, stage: str
) -> None:
    wording = begin(cast, kind, stage)
    ours = next(e for e in templates.own_wording() if e.kind == kind and str(e.stage or "") == stage)
    assert templates.template(wording.document) == ours
    page = cast.client("administrator").get(f"{AT}wording/{wording.number}/")
    assert "It says what each edition of the Code asks for." in text_of(page)
    saved = cast.client("administrator").post(f"{AT}wording/{wording.number}/", boxes_of_wording(page))
    assert saved.status_code == 302, text_of(saved)
    wording.refresh_from_db()
    assert templates.template(wording.document) == ours


def boxes_of_wording(page: Any) -> dict[str, str]:
    form = page_of(page).xpath("//form[input[@name='pieces']]")[0]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_pieces_are_added_moved_and_removed_without_a_script(cast: Cast) -> None:
    wording = begin(cast)
    client, address = cast.client("administrator"), f"{AT}wording/{wording.number}/"
    page = client.get(address)
    words = [value for name, value in boxes_of_wording(page).items() if name.endswith("-words")]
    added = boxes_of_wording(client.post(address, boxes_of_wording(page) | {"do": "add-1"}))
    assert int(added["pieces"]) == len(words) + 1
    typed = added | {"piece-2-words": "Hello {{to_name}}."}
    moved = boxes_of_wording(client.post(address, typed | {"do": "up-2"}))
    assert moved["piece-1-words"] == "Hello {{to_name}}."
    removed = boxes_of_wording(client.post(address, moved | {"do": "remove-2"}))
    assert int(removed["pieces"]) == len(words)
    assert Entry.objects.filter(case=0, verb="edit_wording").count() == 0
    assert client.post(address, removed | {"do": "save"}).status_code == 302
    wording.refresh_from_db()
    assert wording.document["pieces"][0] == {"text": "Hello {{to_name}}."}
    shown = said(page_of(client.get(address)).xpath("//div[@class='pr-letter']")[0])
    assert "Hello Amira Yusuf." in shown


def test_what_it_never_says_is_warned_of_with_its_provision(cast: Cast) -> None:
    wording = begin(cast, "response", "1")
    client, address = cast.client("administrator"), f"{AT}wording/{wording.number}/"
    only = {
        "title": "Our answer",
        "edition": "",
        "pieces": "1",
        "piece-1-what": "text",
        "piece-1-words": "Hello.",
    }
    given = boxes_of_wording(client.get(address)) | only
    assert client.post(address, given | {"do": "save"}).status_code == 302
    told = said(page_of(client.get(address)).xpath("//aside[@aria-labelledby='preview']")[0])
    assert "It never says" in told
    assert "2024 Code 6.9" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Dear {{nobody}}", "There is nothing to fill {{nobody}} with."),
        ("Dear {{to_name", "Write each gap as {{its_name}}."),
        ("", "Write one of these"),
        ("x" * 5_001, "5000"),
    ],
)
def test_a_piece_that_cannot_be_used_is_said_beside_it(cast: Cast, words: str, says: str) -> None:
    wording = begin(cast)
    client, address = cast.client("administrator"), f"{AT}wording/{wording.number}/"
    given = boxes_of_wording(client.get(address)) | {
        "piece-1-what": "text",
        "piece-1-words": words,
        "do": "save",
    }
    before = wording.document
    answer = client.post(address, given)
    assert answer.status_code == 200
    assert any(says in each.replace(",", "") for each in errors_of(answer)), errors_of(answer)
    wording.refresh_from_db()
    assert wording.document == before


def test_from_its_day_on_letters_are_written_in_it_and_it_is_not_changed_any_more(cast: Cast) -> None:
    wording = begin(cast)
    client, address = cast.client("administrator"), f"{AT}wording/{wording.number}/"
    given = boxes_of_wording(client.get(address)) | {"title": "A word from us", "do": "save"}
    client.post(address, given)
    late = client.get(address)
    form = page_of(late).xpath("//form[contains(@action, 'in-force')]")[0]
    held = {n: v for n, v in form.form_values() if n != "csrfmiddlewaretoken"}
    past = client.post(f"{address}in-force/", held | day("day", "2026-11-30"))
    assert "The day must be today or later." in errors_of(past)
    assert client.post(f"{address}in-force/", held | day("day", "2026-12-03")).status_code == 302
    case = cast.open()
    cast.do("update", case, summary="News.", way="letter")
    cast.clock.set("2026-12-03T10:00")
    cast.do("update", case, summary="More news.", way="letter")
    titles = [letter.document["title"] for letter in Letter.objects.order_by("pk") if letter.document]
    assert titles[1] == "A word from us"
    assert titles[0] != titles[1]
    assert Letter.objects.latest("pk").wording == wording
    client.post(address, given | {"title": "Changed"})
    wording.refresh_from_db()
    assert wording.document["title"] == "A word from us"
    assert wording.in_force_on == date(2026, 12, 3)


def test_two_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    wording = begin(cast)
    client, address = cast.client("administrator"), f"{AT}wording/{wording.number}/"
    first, second = (boxes_of_wording(client.get(address)) for _ in range(2))
    assert client.post(address, first | {"title": "First", "do": "save"}).status_code == 302
    assert (
        "Somebody else has changed this" in errors_of(client.post(address, second | {"title": "Second"}))[0]
    )
    wording.refresh_from_db()
    assert wording.document["title"] == "First"


def test_only_administrators_change_it_and_auditors_read_it(cast: Cast) -> None:
    wording = begin(cast)
    pages = [AT, f"{AT}wording/{wording.number}/"]
    changes = [f"{AT}change/", f"{AT}look/", f"{AT}begin/", f"{AT}wording/{wording.number}/in-force/"]
    for page in pages:
        assert cast.client("auditor").get(page).status_code == 200
        assert cast.client("officer").get(page).status_code == 403
        assert cast.client().get(page).status_code == 302
    for page in [*changes, f"{AT}wording/{wording.number}/"]:
        assert cast.client("auditor").post(page, {}).status_code == 403
        assert cast.client("officer").post(page, {}).status_code == 403
    assert cast.client("stranger").get(f"{AT}wording/{wording.number}/").status_code == 403
    assert cast.client("administrator").get(f"{AT}wording/999/").status_code == 404
    assert cast.client("administrator").get(f"{AT}wording/99999999999999999999/").status_code == 404
