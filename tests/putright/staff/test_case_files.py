"""The files of a case: downloads, whatever they are, and only for whoever may read the case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.core.files.base import ContentFile
from form_filling import page_of

from putright.record.cases.models import Case
from putright.record.correspondence import files

HTML = b"<!DOCTYPE html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def with_files(cast: Cast, *given: tuple[str, bytes]) -> Case:
    return cast.receive(files=[files.put_aside(ContentFile(data, name=name)) for name, data in given])


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.html", HTML, "application/octet-stream"),
        (
            "drawing.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
            "application/octet-stream",
        ),
        ("photo.png", HTML, "application/octet-stream"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png"),
        ("letter.pdf", b"%PDF-1.7\n" + bytes(40), "application/pdf"),
        ("notes.txt", b"hello", "application/octet-stream"),
        (
            "mail.eml",
            b"From: a@b.c\r\nSubject: x\r\n\r\n<script>alert(1)</script>",
            "application/octet-stream",
        ),
    ],
)
def test_a_file_is_a_download_and_nothing_in_it_runs(cast: Cast, name: str, data: bytes, kind: str) -> None:
    case = with_files(cast, (name, data))
    answer = cast.client("officer").get(f"/cases/{case.reference}/files/1/")
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nSet-Cookie: x=1.txt",
        'a"b; filename=evil.txt',
        "cod\u202egpj.txt",
        ".htaccess",
        "../../x",
        "пись мо.txt",
    ],
)
def test_a_name_adds_no_header(cast: Cast, name: str) -> None:
    case = with_files(cast, (name, b"hello"))
    answer = cast.client("officer").get(f"/cases/{case.reference}/files/1/")
    assert "Set-Cookie" not in answer.headers
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert not set("\r\n\0\u202e") & set(answer["Content-Disposition"])


@pytest.mark.parametrize("member", MEMBERS)
def test_whoever_reads_the_case_reads_its_files(cast: Cast, member: str) -> None:
    case = with_files(cast, ("a.txt", b"hello"))
    assert cast.client(member).get(f"/cases/{case.reference}/files/1/").status_code == 200


def test_the_case_page_leads_to_them(cast: Cast) -> None:
    case = with_files(cast, ("a<b>.txt", b"hello"), ("b.txt", b"hello again"))
    shown = page_of(cast.client("officer").get(f"/cases/{case.reference}/"))
    links = shown.xpath("//h2[@id='files']/following-sibling::ul[1]//a")
    assert [(each.text_content(), each.get("href")) for each in links] == [
        ("a<b>.txt", f"/cases/{case.reference}/files/1/"),
        ("b.txt", f"/cases/{case.reference}/files/2/"),
    ]
    none = cast.client("officer").get(f"/cases/{cast.receive().reference}/")
    assert not page_of(none).xpath("//h2[@id='files']")


def test_nobody_else_does(cast: Cast, tmp_path: Path) -> None:
    case = with_files(cast, ("a.txt", b"hello"))
    address = f"/cases/{case.reference}/files/1/"
    theirs, none = (
        cast.client("stranger").get(address),
        cast.client("stranger").get("/cases/TV-26-9999/files/1/"),
    )
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert cast.client().get(address)["Location"].startswith("/sign-in?next=/")
    assert cast.client("officer").post(address).status_code == 405
    stored = next(each for each in tmp_path.rglob("*") if each.is_file()).relative_to(tmp_path)
    for raw in (f"/files/{stored}", f"/media/{stored}", f"/static/{stored}", f"/{stored}"):
        assert cast.client("officer").get(raw).status_code == 404


def test_the_number_is_of_this_case(cast: Cast) -> None:
    first = with_files(cast, ("a.txt", b"first"))
    second = with_files(cast, ("b.txt", b"second"), ("c.txt", b"third"))
    client = cast.client("officer")
    got = client.get(f"/cases/{second.reference}/files/2/")
    assert b"".join(got.streaming_content) == b"third"
    for address in (
        f"{first.reference}/files/2/",
        f"{first.reference}/files/0/",
        f"{first.reference}/files/{10**30}/",
    ):
        assert client.get(f"/cases/{address}").status_code == 404


def test_one_that_the_store_has_lost_is_not_there(cast: Cast, tmp_path: Path) -> None:
    case = with_files(cast, ("a.txt", b"hello"))
    for each in tmp_path.rglob("*"):
        if each.is_file():
            each.unlink()
    assert cast.client("officer").get(f"/cases/{case.reference}/files/1/").status_code == 404
