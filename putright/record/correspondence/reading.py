"""The words in a file, for search: only where that is cheap and safe. Whatever cannot be read has none.

Nothing here trusts a file: what is read and what is unpacked is bounded, and a PDF is read in a process of its
own, with bounds on time and memory, because nobody can bound what a page of it asks for.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from typing import Any

import structlog
from lxml import etree

from putright.record.correspondence import mail

MOST_WORDS = 50_000
MOST_READ = 1_000_000
MOST_UNPACKED = 20_000_000
PDF_SECONDS = 8
log = structlog.get_logger()

_IN_ZIP = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
    "application/vnd.oasis.opendocument.text": "content.xml",
}


def words_in(kind: str, file: Any) -> str:
    """The words of a file of this kind, cut to MOST_WORDS; empty where there are none or they cannot be read."""
    try:
        file.seek(0)
        return _tidy(_read(kind, file))
    except Exception as problem:  # whatever a stranger's file does, it is kept all the same
        log.warning("words_not_read", kind=kind, problem=type(problem).__name__)
        return ""


def _read(kind: str, file: Any) -> str:
    if kind == "text/plain":
        return mail.decoded(file.read(MOST_READ), "")
    if kind == "message/rfc822":
        read = mail.read(file.read(mail.MOST_BYTES))
        return "\n".join(
            [read.subject, read.text, *(inner.subject + "\n" + inner.text for inner in read.inside)]
        )
    if kind in _IN_ZIP:
        return _of_zipped_xml(file, _IN_ZIP[kind])
    if kind == "application/pdf":
        return _of_pdf(file)
    return ""


def _of_zipped_xml(file: Any, member: str) -> str:
    with zipfile.ZipFile(file) as archive, archive.open(member) as inside:
        data = inside.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    apart = {"p", "h", "tab", "br", "tc"}
    found = []
    for each in root.iter():
        if isinstance(each.tag, str) and etree.QName(each).localname in apart:
            found.append("\n")
        found.append(each.text or "")
        found.append(each.tail or "")
    return "".join(found)


def _of_pdf(file: Any) -> str:
    """Read in another process: `pdf_words` bounds its own time and memory, and is ended when it takes too long."""
    done = subprocess.run(
        [sys.executable, "-m", "putright.record.correspondence.pdf_words"],
        input=file.read(),
        capture_output=True,
        timeout=PDF_SECONDS,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")


def _tidy(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text.replace("\0", "")).strip()[:MOST_WORDS]


_HEADER = re.compile(rb"[!-9;-~]{1,60}:[ \t]")


def begins_like_mail(head: bytes) -> bool:
    """Whether this begins with the headers of an email: several, a sender among them."""
    lines = head.replace(b"\r\n", b"\n").split(b"\n\n")[0].split(b"\n")[:200]
    if not lines or not _HEADER.match(lines[0]):
        return False
    names = {line.split(b":")[0].lower() for line in lines if _HEADER.match(line)}
    known = names & {
        b"from",
        b"date",
        b"subject",
        b"to",
        b"received",
        b"mime-version",
        b"message-id",
        b"return-path",
    }
    return len(known) >= 2
