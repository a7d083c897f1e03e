"""Forwarded mail: whose words, since when the landlord has had them; and mail made to hurt."""

from __future__ import annotations

import base64
import time
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from putright.record.correspondence import forwarded, mail

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 12, 1, 10, tzinfo=LONDON)
OURS = {"tern.example"}
MONDAY = datetime(2026, 11, 23, 9, 12, tzinfo=LONDON)

GMAIL = """Please log this one.

---------- Forwarded message ---------
From: Wren Adeyemi <wren@example.org>
Date: Mon, 23 Nov 2026 at 09:12
Subject: The gate
To: <repairs@tern.example>


Nobody rang back about the gate.
I have asked four times.
"""
APPLE = """Begin forwarded message:

> From: Wren Adeyemi <wren@example.org>
> Subject: The gate
> Date: 23 November 2026 at 09:12:00 GMT
> To: repairs@tern.example
>\x20
> Nobody rang back about the gate.
> I have asked four times.
"""
OUTLOOK = """Hi team, see below

________________________________
From: Adeyemi, Wren <wren@example.org>
Sent: 23 November 2026 09:12
To: Repairs <repairs@tern.example>; Somebody With A Very
 Long Name <other@example.org>
Cc: councillor@council.example
Subject: The gate

Nobody rang back about the gate.
I have asked four times.
"""
OUTLOOK_BOLD = (
    OUTLOOK.replace("From:", "*From:*").replace("Sent:", "*Sent:*").replace("Subject:", "*Subject:*")
)
AMERICAN = OUTLOOK.replace("23 November 2026 09:12", "Monday, November 23, 2026 9:12 AM")


@pytest.mark.parametrize("text", [GMAIL, APPLE, OUTLOOK, OUTLOOK_BOLD, AMERICAN])
def test_what_mail_programs_write_above_a_forwarded_mail_is_read(text: str) -> None:
    (found,) = forwarded.in_text(text)
    assert (found.name, found.address, found.sent_at) == ("Wren Adeyemi", "wren@example.org", MONDAY)
    assert (found.subject, found.unclear) == ("The gate", ())
    assert found.text == "Nobody rang back about the gate.\nI have asked four times."
    assert forwarded.first_had(found, OURS, NOW) == (
        MONDAY,
        "It was sent to repairs@tern.example on Monday 23 November 2026, so we had it that day.",
    )


def test_a_mail_forwarded_as_an_attachment_is_the_original() -> None:
    outer, inner = EmailMessage(), EmailMessage()
    inner["From"], inner["To"] = "Wren Adeyemi <wren@example.org>", "repairs@tern.example"
    inner["Subject"], inner["Date"] = "The gate", "Mon, 23 Nov 2026 09:12:00 +0000"
    inner.set_content("Nobody rang back.")
    outer["From"], outer["Subject"] = "sam@tern.example", "FW: The gate"
    outer.set_content("See attached.")
    outer.add_attachment(inner)
    (found,) = forwarded.originals(mail.read(outer.as_bytes()))
    assert (found.name, found.address, found.sent_at) == ("Wren Adeyemi", "wren@example.org", MONDAY)
    assert found.text == "Nobody rang back."


def test_a_mail_that_is_no_forward_is_itself_the_original() -> None:
    data = b"From: wren@example.org\r\nTo: repairs@tern.example\r\nDate: Mon, 23 Nov 2026 09:12:00 +0000\r\n\r\nHello"
    (found,) = forwarded.originals(mail.read(data))
    assert (found.address, found.text) == ("wren@example.org", "Hello")


def test_html_mail_is_read_as_text_and_never_kept_as_html() -> None:
    html = "<html><style>p{}</style><script>x()</script><b>From:</b> Wren &lt;wren@example.org&gt;<br>"
    html += "<b>Sent:</b> 23 November 2026 09:12<br><b>To:</b> repairs@tern.example<br><b>Subject:</b> Gate<br><br>"
    html += "<p>Nobody <img src=http://evil.example/x>rang.</p></html>"
    data = (
        b"From: sam@tern.example\r\nSubject: FW\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + html.encode()
    )
    (found,) = forwarded.originals(mail.read(data))
    assert (found.name, found.address, found.sent_at, found.text) == (
        "Wren", "wren@example.org", MONDAY, "Nobody rang.",
    )  # fmt: skip


def test_several_mails_below_each_other_are_all_offered_and_none_is_chosen() -> None:
    reply = GMAIL + "\n\nOn Friday we wrote:\n" + OUTLOOK.replace("wren@example.org", "sam@tern.example")
    assert [each.address for each in forwarded.in_text(reply)] == ["wren@example.org", "sam@tern.example"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("04/12/2026 09:12", "“04/12/2026” may mean two days. Ask, or look in the original email."),
        ("Tue, 23 Nov 2026 at 09:12", "The weekday in “Tue, 23 Nov 2026 at 09:12” does not fit the day."),
        ("31 February 2026", "“31 February 2026” is no real day."),
        ("yesterday", "The forwarded email has no date that can be read."),
        ("1 January 0001", "“1 January 0001” cannot be the day."),
    ],
)
def test_a_day_that_is_unclear_is_left_empty_and_said(written: str, why: str) -> None:
    (found,) = forwarded.in_text(GMAIL.replace("Mon, 23 Nov 2026 at 09:12", written))
    assert (found.sent_at, found.unclear) == (None, (why,))
    assert forwarded.first_had(found, OURS, NOW)[0] is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, Nov 23, 2026 at 9:12 AM", MONDAY),
        ("23/11/2026 09:12", MONDAY),
        ("11/23/2026 9:12 PM", MONDAY.replace(hour=21)),
        ("2026-11-23 09:12", MONDAY),
        ("23 July 2026 at 00:30:00 BST", datetime(2026, 7, 23, 0, 30, tzinfo=LONDON)),
        ("23 July 2026 at 23:30:00 GMT", datetime(2026, 7, 24, 0, 30, tzinfo=LONDON)),
        ("Mon, 23 Nov 2026 09:12:00 +0100", MONDAY.replace(hour=8)),
        ("23rd November 2026", MONDAY.replace(hour=9, minute=0)),
    ],
)
def test_days_are_read_however_they_are_written(written: str, moment: datetime) -> None:
    assert forwarded.moment_in(written) == (moment, "")


def test_since_when_we_have_it_is_not_guessed() -> None:
    private = GMAIL.replace("repairs@tern.example", "a.friend@example.org")
    (found,) = forwarded.in_text(private)
    moment, why = forwarded.first_had(found, OURS, NOW)
    assert moment is None
    assert why.endswith("it does not show that it came to us that day. Give the day we first had it.")
    (coming,) = forwarded.in_text(GMAIL.replace("Mon, 23 Nov 2026", "23 Dec 2026"))
    assert forwarded.first_had(coming, OURS, NOW)[0] is None
    # An address that only ends like ours is not ours.
    (near,) = forwarded.in_text(GMAIL.replace("repairs@tern.example", "repairs@evil-tern.example"))
    assert forwarded.first_had(near, OURS, NOW)[0] is None


@pytest.mark.parametrize(
    "said", ["", "Hello", "From: \nSent:\n", "From: me\n\nSent: today\nTo: you", "\0\0\0"]
)
def test_a_text_without_a_forwarded_mail_has_none(said: str) -> None:
    assert all(not each.address for each in forwarded.in_text(said))


def nested(depth: int) -> bytes:
    data = b"From: deep@example.org\r\nSubject: deepest\r\n\r\nend\r\n"
    for number in range(depth):
        mark = f"b{number}".encode()
        data = b'From: a@b.c\r\nContent-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n' % (
            mark,
            mark,
        ) + (b"Content-Type: message/rfc822\r\n\r\n" + data + b"\r\n--" + mark + b"--\r\n")
    return data


HEAD = b"From: wren@example.org\r\nSubject: x\r\n"
BOMBS = {
    "nested mails": lambda: nested(500),
    "nested parts": lambda: HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(20_000)
    ),
    "half a million headers": lambda: HEAD + b"X-Y: z\r\n" * 500_000 + b"\r\nhello",
    "half a million senders": lambda: HEAD + b"From: a@b.c\r\n" * 500_000 + b"\r\nhello",
    "a header without end": lambda: HEAD + b"To: " + b"a@b.c, " * 3_000_000 + b"\r\n\r\nhello",
    "a folded header without end": lambda: HEAD + b"To: a\r\n" + b" b@c.d,\r\n" * 1_000_000 + b"\r\nhello",
    "encoded words": lambda: b"From: a@b.c\r\nSubject: " + b"=?utf-8?q?=41?= " * 100_000 + b"\r\n\r\nhello",
    "one huge line": lambda: HEAD + b"\r\n" + b"a" * 20_000_000,
    "many lines": lambda: HEAD + b"\r\n" + b"From: x\nSent:\n" * 1_000_000,
    "a million parts": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 1_000_000,
    "almost boundaries": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bb\r\n" * 2_000_000,
    "deep HTML": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000,
    "open comments": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 250_000,
    "big base64": lambda: HEAD
    + b"Content-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(b"a" * 15_000_000),
    "spaces": lambda: HEAD + b"\r\n" + (b" " * 5_000 + b"\n") * 4_000,
    "signs": lambda: HEAD + b"\r\n" + (b">" * 5_000 + b"\n") * 4_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_mail_made_to_hurt_is_answered_in_a_moment(bomb: str) -> None:
    data = BOMBS[bomb]()
    began = time.process_time()
    read = mail.read(data)
    forwarded.originals(read)
    assert time.process_time() - began < 2
    assert len(read.text) <= mail.MOST_TEXT
    assert len(read.subject) <= 500


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        (b"utf-8", "Señor — é".encode(), "Señor — é"),
        (b"windows-1252", "Señor — é".encode("cp1252"), "Señor — é"),
        (b"utf-8", "Señor".encode("cp1252"), "Señor"),  # wrong on purpose
        (b"no-such-charset", "Señor".encode(), "Señor"),
        (b"rot13", b"Hello", "Hello"),
        (b"zlib", b"Hello", "Hello"),
        (b"idna", b"Hello", "Hello"),
        (b"utf-16", b"Hello!", None),
        (b"\xff\xfe", b"Hello", "Hello"),
        (b"utf-7", b"+ADw-script+AD4-", None),
        (b"utf-7", b"half +2AA- a character", "half ? a character"),
        (b"unicode_escape", rb"half \ud800 a character", "half ? a character"),
    ],
)
def test_charsets_may_lie(charset: bytes, body: bytes, text: str | None) -> None:
    read = mail.read(HEAD + b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n" + body)
    assert text is None or read.text == text
    assert "\0" not in read.text


@pytest.mark.parametrize(
    "head",
    [
        b"From: =?utf-8?b?4oCu?= <a@b.c>\r\n",
        b"From: \xff\xfe\x00 <a@b.c>\r\n",
        b"From: a@b.c\r\nDate: Mon, 99 Foo 99999 99:99:99 +9999\r\n",
        b"From: a@b.c\r\nDate: " + b"9" * 5_000 + b"\r\n",
        b"From: a@b.c\r\nContent-Type: multipart/mixed\r\n",
        b"From: a@b.c\r\nContent-Type: ;;;===\r\n",
        b'From: a@b.c\r\nContent-Type: multipart/mixed; boundary=""\r\n',
        b"From: a@b.c\r\nContent-Type: text/plain; name*0*=utf-8''%ff; name*1*=x\r\n",
        b"From: a@b.c\r\nContent-Disposition: attachment; filename*=xx''%00\r\n",
        b"From: a@b.c\r\nContent-Transfer-Encoding: base64\r\n",
    ],
)
def test_broken_headers_break_nothing(head: bytes) -> None:
    read = mail.read(head + b"\r\n\r\n!!! not base64 !!!")
    assert read.address == "a@b.c"
    assert all(each.isprintable() for each in read.name + read.subject)


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b"hello", b"\x89PNG\r\n\x1a\n", b": : :\r\n\r\n"])
def test_what_is_no_mail_says_so(data: bytes) -> None:
    with pytest.raises(mail.NotMail):
        mail.read(data)
