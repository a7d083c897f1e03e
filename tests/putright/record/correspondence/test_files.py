"""Files of strangers: looked at, kept under random names, refused in words, opened again as they came."""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from cast import Cast
from django.core.files.base import ContentFile
from PIL import Image

from putright.record.correspondence import files
from putright.record.correspondence.models import Attachment

RIGHT_TO_LEFT = "\u202e"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(root: Path) -> list[Path]:
    return [each for each in root.rglob("*") if each.is_file()]


def picture(kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (20, 20)).save(made, kind)
    return made.getvalue()


def pdf(words: str = "The damp is back") -> bytes:
    import typst

    return bytes(typst.compile(words.encode(), format="pdf"))


def word(words: str = "The damp is back") -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph(words)
    document.save(made)
    return made.getvalue()


def sheet() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


EML = b"From: Wren <wren@example.org>\r\nTo: repairs@tern.example\r\nSubject: Gate\r\n\r\nThe gate is broken.\r\n"


def given(name: str, data: bytes) -> Any:
    return ContentFile(data, name=name)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jpg", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.gif", picture("GIF"), "image/gif"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.tif", picture("TIFF"), "image/tiff"),
        ("a.bmp", picture("BMP"), "image/bmp"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heif"),
        ("a.pdf", pdf(), "application/pdf"),
        ("a.docx", word(), files._WORD),
        ("a.xlsx", sheet(), files._SHEET),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), files._OLD_OFFICE),
        ("a.rtf", b"{\\rtf1 hello}", "application/rtf"),
        ("a.eml", EML, "message/rfc822"),
        ("a.txt", "The gate — é".encode(), "text/plain"),
        ("a.csv", b"a,b\n1,2\n", "text/plain"),
        ("a.txt", b"\xff\xfe" + "hello".encode("utf-16-le"), "text/plain"),
        ("a.html", b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "image/svg+xml"),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
        ("a.mp3", b"ID3\x03\0\0\0", "audio/mpeg"),
        ("a.bin", bytes(range(256)), "application/octet-stream"),
    ],
)
def test_the_kind_is_what_the_bytes_say(name: str, data: bytes, kind: str) -> None:
    looked = files.look(given(name, data))
    assert (looked.kind, looked.size, looked.misnamed) == (kind, len(data), "")
    assert looked.digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "really"),
    [
        ("photo.jpg", pdf(), "a PDF"),
        ("letter.pdf", picture("PNG"), "a PNG picture"),
        ("letter.docx", b"{\\rtf1 hello}", "a rich text file"),
        ("photo.png", b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        ("photo.png", picture("JPEG") + b"<script>alert(1)</script>", "a JPEG picture"),
    ],
)
def test_a_file_with_the_name_of_another_kind_is_kept_as_what_it_is_and_that_is_said(
    name: str, data: bytes, really: str
) -> None:
    assert files.look(given(name, data)).misnamed == really


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.jpg", b"", "“empty.jpg” is empty. Choose it again, or another one."),
        (
            "photo.jpg",
            bytes(range(256)) * 4,
            "“photo.jpg” is damaged: it does not open as a JPEG picture. Ask for it again.",
        ),
        (
            "a.docx",
            word()[:800],
            "“a.docx” is damaged: it does not open as a Word document. Ask for it again.",
        ),
        (
            "setup.exe",
            b"MZ" + bytes(200),
            "“setup.exe” is a program, which we do not keep. Send a picture of it, or a PDF.",
        ),
        (
            "photo.jpg",
            b"MZ" + bytes(200),
            "“photo.jpg” is a program, which we do not keep. Send a picture of it, or a PDF.",
        ),
        (
            "run.ps1",
            b"Get-Item",
            "“run.ps1” is a program, which we do not keep. Send a picture of it, or a PDF.",
        ),
        (
            "x",
            b"\x7fELF" + bytes(99),
            "“x” is a program, which we do not keep. Send a picture of it, or a PDF.",
        ),
        (
            "big.jpg",
            picture() + bytes(2_000_000),
            "“big.jpg” is larger than 2 MB. Send a smaller copy, or several parts.",
        ),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_stored(
    settings: Any, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    settings.FILE_MOST_BYTES = 2_000_000
    with pytest.raises(files.NotKept) as told:
        files.put_aside(given(name, data))
    assert str(told.value) == says
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    ("given_as", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/cron.d/x", "x"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
        ("   ", "file"),
        (f"cod{RIGHT_TO_LEFT}gpj.exe", "cod gpj.exe"),
        ("ph\u200boto.j\u2060pg", "ph oto.j pg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie: x=1.jpg"),
        ("a\0b.jpg", "a b.jpg"),
        ("a\u2028b.jpg", "a b.jpg"),
        ("name.jpg.", "name.jpg"),
        ("письмо – 手紙.pdf", "письмо – 手紙.pdf"),
        ("<script>alert(1)<", "script>alert(1)<"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ('a"b;c.jpg', 'a"b;c.jpg'),
    ],
)
def test_a_name_can_only_be_shown(given_as: str, shown: str) -> None:
    if "<" in given_as:
        shown = given_as.split("/")[-1]
    assert files.safe_name(given_as) == shown


def test_a_file_is_kept_under_a_random_name_with_its_digest_and_its_words(cast: Cast, tmp_path: Path) -> None:
    case = cast.receive()
    kept = files.keep(given("../Brief an die\u202e Verwaltung.txt", b"The damp is back"), case, 1)
    (file,) = stored(tmp_path)
    assert kept.stored_as == file.relative_to(tmp_path).as_posix()
    assert (file.suffix, len(file.name)) == ("", 40)
    assert file.stat().st_mode & 0o077 == 0
    assert (kept.name, kept.kind, kept.words) == (
        "Brief an die Verwaltung.txt",
        "text/plain",
        "The damp is back",
    )
    assert (kept.landlord, kept.case, kept.entry) == (cast.landlord, case, 1)
    with files.bytes_of(kept) as opened:
        assert opened.read() == b"The damp is back"
    assert files.is_as_kept(kept)
    file.write_bytes(b"The damp is gone")
    assert not files.is_as_kept(kept)
    assert files.of_case(case.landlord_id, case.pk) == [kept]


def test_a_case_that_cannot_take_it_leaves_no_bytes_behind(cast: Cast, tmp_path: Path) -> None:
    case = cast.receive()
    case.pk = None
    with pytest.raises(ValueError, match="unsaved"):
        files.keep(given("a.txt", b"hello"), case, 1)
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", word()),
        ("a.pdf", pdf()),
        ("a.txt", b"The damp is back"),
        ("a.eml", EML + b"The damp is back"),
    ],
)
def test_words_are_read_where_that_is_safe(name: str, data: bytes) -> None:
    assert "The damp is back" in files.put_aside(given(name, data)).words


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
BOMBS = {
    "a member of a gigabyte": ("a.docx", lambda: zipped({"word/document.xml": b"<a>" + bytes(200_000_000)})),
    "entities": ("b.docx", lambda: zipped({"word/document.xml": LAUGHS})),
    "deep XML": ("c.docx", lambda: zipped({"word/document.xml": b"<a>" * 400_000})),
    "many members": ("d.zip", lambda: zipped({str(n): b"" for n in range(20_000)})),
    "a claimed mimetype": ("e.odt", lambda: zipped({"mimetype": b"x" * 99, "content.xml": LAUGHS})),
    "one long line": ("f.txt", lambda: b"a" * 20_000_000),
    "a huge picture": (
        "g.png",
        lambda: picture("PNG")[:33].replace(b"\0\0\0\x14", b"\x7f\xff\xff\xff") + bytes(99),
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_kept_without_being_opened_and_in_a_moment(bomb: str) -> None:
    name, make = BOMBS[bomb]
    data = make()
    began = time.process_time()
    kept = files.put_aside(given(name, data))
    assert time.process_time() - began < 2
    assert len(kept.words) <= 50_000


def test_a_pdf_that_asks_for_too_much_is_ended() -> None:
    made, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    stream = b"BT /F1 12 Tf " + b"(damp) Tj " * 4_000_000 + b" ET"
    document.pages[0].Contents = pikepdf.Stream(document, stream)
    document.save(made, compress_streams=True)
    assert len(made.getvalue()) < 1_000_000
    before = os.times()
    kept = files.put_aside(given("bomb.pdf", made.getvalue()))
    after = os.times()
    # By its processor, not by the clock: the machine may be busy with other things.
    assert after.children_user + after.children_system - before.children_user - before.children_system < 3.5
    assert kept.kind == "application/pdf"


def test_what_a_case_is_received_with_is_bound_to_its_entry(cast: Cast) -> None:
    from putright.record.journal.queries import texts_of_case

    kept = files.put_aside(given("photo.jpg", picture()))
    case = cast.receive(files=[kept])
    attachment = Attachment.objects.get()
    assert (attachment.case, attachment.entry, attachment.digest) == (case, 1, kept.digest)
    assert texts_of_case(case.landlord_id, case.pk)[1]["file.1"] == kept.line
    assert kept.digest in kept.line
