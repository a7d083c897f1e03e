"""An email as somebody sent it: who, when, to whom, what it says, and the emails inside it.

Written for hostile mail. Only the headers that are wanted are read, each cut to a length; parts, depth and
bytes are bounded; what is beyond a bound is left aside and said (`cut`). Nothing is fetched and nothing raises
but NotMail.
"""

from __future__ import annotations

import binascii
import codecs
import email.header
import email.message
import email.utils
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree
from lxml import html as lxml_html

MOST_BYTES = 25_000_000
MOST_HEAD = 256_000  # of one block of headers; what stands after it is left aside
MOST_HEADER = 4_000  # of one header
MOST_PARTS = 200
MOST_DEPTH = 6
MOST_TEXT = 400_000
MOST_HTML = 1_000_000
WANTED = frozenset(
    "from to cc date subject content-type content-transfer-encoding content-disposition message-id".split()
)


class NotMail(Exception):
    """These bytes are no email."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One email. `sent_at` is None where its date cannot be read; `sent_as` is how it was written."""

    name: str = ""
    address: str = ""
    to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    sent_as: str = ""
    subject: str = ""
    text: str = ""
    inside: tuple[Mail, ...] = ()
    files: tuple[str, ...] = ()  # the names of what is attached to it
    cut: bool = False


@dataclass(slots=True)
class _Bounds:
    parts: int = 0
    cut: bool = False


@dataclass(slots=True)
class _Found:
    plain: list[str]
    html: list[str]
    inside: list[Mail]
    files: list[str]


def read(data: bytes) -> Mail:
    """The email that these bytes are. NotMail where they have no header that an email has."""
    bounds = _Bounds(cut=len(data) > MOST_BYTES)
    found = _mail(data[:MOST_BYTES], 0, bounds)
    if not (found.address or found.name or found.sent_as or found.subject):
        raise NotMail
    return found


def _mail(data: bytes, depth: int, bounds: _Bounds) -> Mail:
    head, body = _split(data, bounds)
    headers = _headers(head, bounds)
    found = _Found([], [], [], [])
    _part(headers, body, depth, bounds, found)
    name, address = person_in(_words(headers.get("from", "")))
    sent = _words(headers.get("date", ""))
    text = "\n".join(found.plain) if any(each.strip() for each in found.plain) else "\n".join(found.html)
    return Mail(
        name=name,
        address=address,
        to=addresses_in(f"{headers.get('to', '')}, {headers.get('cc', '')}"),
        sent_at=_moment(sent),
        sent_as=sent,
        subject=_words(headers.get("subject", ""))[:500],
        text=text.replace("\r\n", "\n").replace("\0", "")[:MOST_TEXT].strip(),
        inside=tuple(found.inside),
        files=tuple(found.files),
        cut=bounds.cut,
    )


# Headers


def _split(data: bytes, bounds: _Bounds) -> tuple[bytes, bytes]:
    """The headers and the body; headers without end are cut."""
    at, length = len(data), 0
    for gap in (b"\r\n\r\n", b"\n\n"):
        found = data.find(gap, 0, at)
        if 0 <= found < at:
            at, length = found, len(gap)
    if at > MOST_HEAD:
        bounds.cut = True
    return data[: min(at, MOST_HEAD)], data[at + length :]


def _headers(head: bytes, bounds: _Bounds) -> dict[str, str]:
    """The first of each header that is wanted, its lines joined."""
    found: dict[str, str] = {}
    name = ""
    for line in head.replace(b"\r\n", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            if name and len(found[name]) < MOST_HEADER:
                found[name] += " " + _raw(line[:MOST_HEADER].strip())
            continue
        key, colon, value = line[: MOST_HEADER + 80].partition(b":")
        lowered = key.strip().lower().decode("ascii", "replace")
        name = lowered if colon and lowered in WANTED and lowered not in found else ""
        if name:
            bounds.cut = bounds.cut or len(line) > MOST_HEADER + 80
            found[name] = _raw(value.strip())[:MOST_HEADER]
    return {key: value[:MOST_HEADER] for key, value in found.items()}


def _raw(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _words(value: str) -> str:
    """A header with its encoded words read, as one line of text."""
    try:
        parts = email.header.decode_header(value[:MOST_HEADER])
        text = "".join(
            decoded(part, charset or "") if isinstance(part, bytes) else part for part, charset in parts
        )
    except Exception:
        text = value
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


_ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]\\]{1,64}@[^\s<>\"'(),;:\[\]\\]{1,190}")


def person_in(text: str) -> tuple[str, str]:
    """The name and the address in "Wren Adeyemi <wren@example.org>", however it is written; empty where unknown."""
    text = text[:1000]
    found = _ADDRESS.search(text)
    address = found[0].rstrip(".") if found else ""
    before = text[: found.start()] if found else text
    name = re.sub(r"[<\[(].*$|mailto:", "", before).strip().strip("\"'*, ").strip()
    if "," in name and name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        name = f"{first} {last}" if first and last else name
    return name[:200], address


def addresses_in(text: str) -> tuple[str, ...]:
    """Every address in a list of them, at most fifty."""
    found = [match[0].rstrip(".").casefold() for match in _ADDRESS.finditer(text[:8000])]
    return tuple(dict.fromkeys(found))[:50]


def _moment(text: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text[:100])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment if 1990 <= moment.year <= 9000 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


# Parts


def _part(headers: dict[str, str], body: bytes, depth: int, bounds: _Bounds, found: _Found) -> None:
    bounds.parts += 1
    if bounds.parts > MOST_PARTS or depth > MOST_DEPTH:
        bounds.cut = True
        return
    told = _told(headers)
    kind = told.get_content_type()
    if told.get_content_maintype() == "multipart":
        boundary = told.get_boundary("")
        for each in _between(body, str(boundary)) if boundary else ():
            head, rest = _split(each, bounds)
            _part(_headers(head, bounds), rest, depth + 1, bounds, found)
    elif kind == "message/rfc822":
        found.inside.append(_mail(_plain_bytes(told, body), depth + 1, bounds))
    elif _is_file(told):
        found.files.append(_name_of(told))
    elif kind == "text/html":
        found.html.append(text_of_html(_text(told, body)[:MOST_HTML]))
    elif told.get_content_maintype() == "text":
        found.plain.append(_text(told, body))


def _told(headers: dict[str, str]) -> email.message.Message:
    told = email.message.Message()
    for name in ("content-type", "content-transfer-encoding", "content-disposition"):
        if name in headers:
            told[name] = " ".join(headers[name].split())
    return told


def _is_file(told: email.message.Message) -> bool:
    try:
        return told.get_content_disposition() == "attachment" or bool(told.get_filename())
    except Exception:
        return True


def _name_of(told: email.message.Message) -> str:
    try:
        return _words(told.get_filename() or "")[:200] or "file"
    except Exception:
        return "file"


def _between(body: bytes, boundary: str) -> Iterator[bytes]:
    """The parts between boundaries, in order; no more than can be read."""
    mark = re.escape(b"--" + boundary.encode("utf-8", "replace"))
    lines = re.compile(rb"(?:\A|\r?\n)" + mark + rb"(--)?[ \t]{0,80}(?=\r?\n|\Z)").finditer(body)
    begun: int | None = None
    for _, line in zip(range(MOST_PARTS + 1), lines, strict=False):
        if begun is not None:
            yield body[begun : line.start()].lstrip(b"\r").removeprefix(b"\n")
        if line[1]:
            return
        begun = line.end()
    if begun is not None:
        yield body[begun:].lstrip(b"\r").removeprefix(b"\n")


def _plain_bytes(told: email.message.Message, body: bytes) -> bytes:
    how = str(told.get("content-transfer-encoding", "")).strip().lower()
    try:
        if how == "base64":
            kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
            return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
        if how == "quoted-printable":
            return quopri.decodestring(body)
    except (binascii.Error, ValueError):
        return body
    return body


def _text(told: email.message.Message, body: bytes) -> str:
    try:
        charset = str(told.get_content_charset("") or "")
    except Exception:
        charset = ""
    return decoded(_plain_bytes(told, body[: MOST_HTML * 4]), charset)[: MOST_HTML * 2]


def decoded(data: bytes, charset: str) -> str:
    """Bytes as text: by the charset they claim, else UTF-8, else as Windows writes them. Never an error."""
    # UTF-7 can bring half a character, which no database and no page takes.
    return _decoded(data, charset).replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _decoded(data: bytes, charset: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for name in (charset.strip()[:40], "utf-8"):
        try:
            if name and codecs.lookup(name)._is_text_encoding:
                return data.decode(name)
        except (LookupError, ValueError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


_BLOCKS = frozenset("p div br tr li h1 h2 h3 h4 blockquote table hr pre".split())
_SILENT = frozenset({"script", "style", "head", "title"})


def text_of_html(markup: str) -> str:
    """What an HTML mail says, line by line; nothing of it is ever shown as HTML."""
    try:
        root = lxml_html.fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, ValueError):
        return ""
    return re.sub(r"\n\s*\n\s*", "\n\n", "".join(_said(root))).strip()


def _parser() -> etree.HTMLParser:
    return lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)


def _said(root: etree._Element) -> Iterator[str]:
    """Text in reading order, without recursion: a hostile mail nests deeper than Python does."""
    silent, new = 0, True
    for event, each in etree.iterwalk(root, events=("start", "end")):
        tag = each.tag if isinstance(each.tag, str) else ""
        starts = event == "start"
        silent += (tag in _SILENT) * (1 if starts else -1)
        if tag == "br" and starts:
            yield "\n"
            new = True
        elif tag in _BLOCKS and tag != "br" and not new:
            yield "\n\n" if tag == "p" and not starts else "\n"
            new = True
        text = each.text if starts else each.tail
        if not silent and text and text.strip():
            yield " ".join(text.split("\n"))
            new = False
