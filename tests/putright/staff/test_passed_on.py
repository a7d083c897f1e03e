"""Any member of staff passes on a complaint: whose it is and since when we have had it is found, and confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from form_filling import boxes, day, errors_of, fill, page_of, text_of

from putright.record.cases.models import Case
from putright.record.correspondence.models import Attachment, Intake
from putright.record.journal.queries import of_case

FORWARDED = """Please log this.

---------- Forwarded message ---------
From: Wren Adeyemi <wren@example.org>
Date: Mon, 23 Nov 2026 at 09:12
Subject: The gate
To: <repairs@tern-valley.example>

The gate does not shut. I have asked four times.
"""
EML = f"From: sam@tern-valley.example\r\nTo: complaints@tern-valley.example\r\nSubject: FW: The gate\r\n\r\n{FORWARDED}"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def mail(data: str | bytes = EML, name: str = "gate.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def read(client: Any, **answers: Any) -> Any:
    return fill(client, "/new/passed-on/", how="mail", **answers)


@pytest.mark.parametrize("given", [{"file": mail()}, {"pasted": FORWARDED}])
def test_whose_it_is_and_since_when_is_found_and_confirmed(cast: Cast, given: dict[str, Any]) -> None:
    if "file" in given:
        given = {"file": mail()}
    client = cast.client("officer")
    answer = read(client, **given)
    assert Case.objects.count() == 0
    shown = boxes(answer)
    assert (shown["name"], shown["address"]) == ("Wren Adeyemi", "wren@example.org")
    assert (shown["day-day"], shown["day-month"], shown["day-year"], shown["time"]) == (
        "23",
        "11",
        "2026",
        "09:12",
    )
    assert shown["account"].strip() == "The gate does not shut. I have asked four times."
    why = "It was sent to repairs@tern-valley.example on Monday 23 November 2026, so we had it that day."
    assert why in text_of(answer)
    sent = client.post("/new/passed-on/", shown)
    assert sent["Location"] == f"/new/?draft={shown['key']}"
    page = client.get(sent["Location"])
    assert f"Passed on by Ben Okafor. {why}" in text_of(page)
    recorded = client.post("/new/", boxes(page) | {"then": "record"})
    assert recorded.status_code == 302, errors_of(recorded)
    case = Case.objects.get()
    assert (case.channel, str(case.received_on), case.resident.email) == (
        "email",
        "2026-11-23",
        "wren@example.org",
    )
    (kept,) = Attachment.objects.filter(case=case)
    assert kept.kind in ("message/rfc822", "text/plain")
    assert "wren@example.org" in kept.words
    (entry,) = of_case(case.landlord_id, case.pk)
    assert entry.happened_at.isoformat() == "2026-11-23T09:12:00+00:00"
    assert Intake.objects.count() == 0


def test_what_is_unclear_is_left_empty_and_asked(cast: Cast) -> None:
    client = cast.client("officer")
    answer = read(client, pasted=FORWARDED.replace("Mon, 23 Nov 2026 at 09:12", "04/11/2026 09:12"))
    shown = boxes(answer)
    assert (shown["day-day"], shown["day-month"], shown["time"]) == ("", "", "")
    assert "“04/11/2026” may mean two days. Ask, or look in the original email." in text_of(answer)
    again = client.post("/new/passed-on/", shown)
    assert errors_of(again) == ["Give the day we first had it."]
    assert boxes(again)["account"].strip() == shown["account"].strip()
    sent = client.post("/new/passed-on/", shown | day("day", "2026-11-04"))
    assert sent.status_code == 302
    assert Intake.objects.get().told == "Ben Okafor says that we first had it on Wednesday 4 November 2026."


def test_of_several_emails_none_is_chosen(cast: Cast) -> None:
    client = cast.client("officer")
    two = (
        FORWARDED
        + "\n"
        + FORWARDED.replace("Wren Adeyemi <wren@example.org>", "Sam <sam@tern-valley.example>")
    )
    answer = read(client, pasted=two)
    assert boxes(answer)["name"] == ""
    assert "There is more than one email in it." in text_of(answer)
    labels = [
        each.text_content().strip()
        for each in page_of(answer).xpath("//label[starts-with(@for, 'id_which')]")
    ]
    assert [each.split(",")[0] for each in labels] == ["Wren Adeyemi", "Sam", "None of these"]


def test_somebody_told_me_in_person(cast: Cast) -> None:
    client = cast.client("service_manager")
    told = {
        "how": "told",
        "name": "Mrs Reed",
        "home": "4 Weir Road",
        "account": "She says nobody rings her back.",
    }
    sent = fill(client, "/new/passed-on/", **told, **day("day", "2026-11-30"), time="15:00")
    assert sent.status_code == 302, errors_of(sent)
    kept = Intake.objects.get()
    assert (kept.user, kept.passed_on_by) == (None, cast.service_manager)
    assert kept.told == "Sam Pryce was told on Monday 30 November 2026, so we had it that day."
    officer = cast.client("officer")
    assert "Mrs Reed, from Sam Pryce" in text_of(officer.get("/new/"))
    taken = officer.post(f"/new/{kept.key}/take/")
    page = officer.get(taken["Location"])
    assert "Passed on by Sam Pryce." in text_of(page)
    assert boxes(page)["channel"] == "staff_member"
    late = cast.client("colleague").post(f"/new/{kept.key}/take/")
    assert late["Location"] == "/new/"
    assert officer.post("/new/", boxes(page) | {"then": "record"}).status_code == 302
    assert str(Case.objects.get().received_on) == "2026-11-30"


@pytest.mark.parametrize("member", MEMBERS)
def test_everybody_who_works_here_may_pass_one_on(cast: Cast, member: str) -> None:
    client = cast.client(member)
    sent = client.post("/new/passed-on/", boxes(read(client, file=mail())))
    assert sent.status_code == 302
    assert Intake.objects.get().passed_on_by == cast.users[member]
    assert Case.objects.count() == 0


def test_it_stays_with_the_landlord_it_came_to(cast: Cast) -> None:
    client = cast.client("service_manager")
    client.post("/new/passed-on/", boxes(read(client, file=mail())))
    kept = Intake.objects.get()
    stranger = cast.client("stranger")
    assert "Wren" not in text_of(stranger.get("/new/"))
    stranger.post(f"/new/{kept.key}/take/")
    kept.refresh_from_db()
    assert kept.user is None
    assert cast.client("investigator").post(f"/new/{kept.key}/take/").status_code == 403


NOT_MAIL = "“x.png” is a PNG picture, not an email. Paste the email instead."
PROGRAM = "“x.exe” is a program, which we do not keep. Send a picture of it, or a PDF."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose the email, or paste it."),
        ({"file": mail(b"", "x.eml")}, "The file is empty. Choose it again, or paste the email."),
        ({"file": mail(b"\x89PNG\r\n\x1a\n" + bytes(40), "x.png")}, NOT_MAIL),
        ({"file": mail(b"MZ" + bytes(99), "x.exe")}, PROGRAM),
    ],
)  # fmt: skip
def test_what_is_no_email_is_said(cast: Cast, tmp_path: Path, given: dict[str, Any], says: str) -> None:
    answer = read(cast.client("officer"), **given)
    assert says in errors_of(answer)
    assert not any(each.is_file() for each in tmp_path.rglob("*"))


def test_sending_it_twice_passes_it_on_once(cast: Cast) -> None:
    client = cast.client("service_manager")
    shown = boxes(read(client, file=mail()))
    client.post("/new/passed-on/", shown)
    client.post("/new/passed-on/", shown)
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@b.c\r\nSubject: x\r\n" + b"X: y\r\n" * 500_000 + b"\r\nhello",
        b"From: \xff\xfe\r\nSubject: =?x?q?=?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x--",
        b"From: a@b.c\r\nSubject: x\r\n\r\n" + b"<script>alert(1)</script>" * 100,
    ],
)
def test_a_hostile_mail_is_a_page_like_any_other(cast: Cast, data: bytes) -> None:
    answer = read(cast.client("officer"), file=mail(data))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
