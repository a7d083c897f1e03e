"""Files that came with a case: looked at, put aside under a random name, kept with an entry, opened again.

The name and the type that somebody claims are never believed: the type is sniffed, the name only shown, and
nothing is stored under it. What cannot be kept is said in a sentence; nothing else is lost by it. Every file
goes through `put_aside` before it is kept: a scan for viruses and the stripping of places from photographs
belong there, between `look` and the storing.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone

from putright.record.cases.models import Case
from putright.record.correspondence import reading
from putright.record.correspondence.models import Attachment

HEAD = 8192
LONGEST_NAME = 120
UNKNOWN = "application/octet-stream"
MAIL = "message/rfc822"
PLAIN = "text/plain"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OLD_OFFICE = "application/x-ole-storage"

# What a kind is called, the endings its files have, and whether a browser may be told of it.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "image/jpeg": ("a JPEG picture", ("jpg", "jpeg", "jpe", "jfif")),
    "image/png": ("a PNG picture", ("png",)),
    "image/gif": ("a GIF picture", ("gif",)),
    "image/webp": ("a WebP picture", ("webp",)),
    "image/heif": ("an iPhone picture", ("heic", "heif")),
    "image/tiff": ("a TIFF picture", ("tif", "tiff")),
    "image/bmp": ("a BMP picture", ("bmp", "dib")),
    "application/pdf": ("a PDF", ("pdf",)),
    _WORD: ("a Word document", ("docx",)),
    _SHEET: ("an Excel sheet", ("xlsx",)),
    _SLIDES: ("a PowerPoint file", ("pptx",)),
    "application/vnd.oasis.opendocument.text": ("an OpenDocument text", ("odt",)),
    "application/vnd.oasis.opendocument.spreadsheet": ("an OpenDocument sheet", ("ods",)),
    _OLD_OFFICE: ("an older Office or Outlook file", ("doc", "xls", "ppt", "msg")),
    "application/rtf": ("a rich text file", ("rtf",)),
    "application/zip": ("a ZIP file", ("zip",)),
    MAIL: ("an email", ("eml",)),
    "text/html": ("a web page", ("html", "htm")),
    "image/svg+xml": ("an SVG drawing", ("svg",)),
    PLAIN: ("plain text", ("txt", "csv", "log", "md", "text", "eml", "vcf", "ics")),
    "video/mp4": ("a video", ("mp4", "m4v", "mov", "m4a", "3gp")),
    "video/quicktime": ("a video", ("mov", "qt")),
    "audio/mpeg": ("a sound recording", ("mp3",)),
    "audio/wav": ("a sound recording", ("wav",)),
    "application/ogg": ("a sound recording", ("ogg", "oga", "ogv", "opus")),
}
# A browser is told what these are; anything else is bytes to it.
SAFE_TO_NAME = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/heif",
        "application/pdf",
        "video/mp4",
        "audio/mpeg",
    }
)
_PROGRAMS = frozenset(
    "exe com scr msi bat cmd ps1 vbs vbe js jse wsf wsh hta jar lnk reg dll cpl pif sh app apk scf chm iso img".split()
)
_SNIFFED_AS = {
    "image/x-ms-bmp": "image/bmp",
    "image/heic": "image/heif",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "application/msword": _OLD_OFFICE,
    "text/rtf": "application/rtf",
}


class NotKept(Exception):
    """A file cannot be kept, and why, in words for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at a file told: its name without what could harm, its sniffed kind, its size and SHA-256."""

    name: str
    kind: str
    size: int
    digest: str

    @property
    def misnamed(self) -> str:
        """What it really is, where its name says something else; empty where they agree."""
        ending = ending_of(self.name)
        claimed = any(ending in endings for _, endings in KINDS.values())
        if not claimed or self.kind not in KINDS or ending in KINDS[self.kind][1]:
            return ""
        return KINDS[self.kind][0]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store and belongs to no case yet."""

    name: str
    kind: str
    size: int
    digest: str
    stored_as: str
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def line(self) -> str:
        """What an entry keeps of it, in the words beside the journal: the digest binds the bytes to the chain."""
        return f"{self.name}\n{self.kind}\n{self.size}\n{self.digest}"


def from_json(data: Mapping[str, Any]) -> Kept:
    """A `Kept` as `as_json` wrote it."""
    return Kept(**{name: data[name] for name in Kept.__slots__})


# Names


def safe_name(given: str) -> str:
    """A name that can only be shown: one line, no path, nothing unseen or turning the writing, no leading dot."""
    text = unicodedata.normalize("NFC", given.replace("\\", "/")).split("/")[-1]
    seen = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in text)
    seen = " ".join(seen.split()).lstrip(". ").rstrip(". ")
    if len(seen) > LONGEST_NAME:
        ending = f".{ending_of(seen)}" if len(ending_of(seen)) < 9 else ""
        seen = seen[: LONGEST_NAME - len(ending)].rstrip(". ") + ending
    return seen or "file"


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters; empty where there is none."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


# Looking


def look(file: File[Any]) -> Looked:
    """What a file is. NotKept where it is empty, too large, a program, or damaged."""
    name = safe_name(file.name or "")
    most = settings.FILE_MOST_BYTES
    if (file.size or 0) > most:
        raise NotKept(_too_large(name, most))
    head, digest, size = b"", hashlib.sha256(), 0
    file.seek(0)
    for chunk in file.chunks():
        size += len(chunk)
        if size > most:
            raise NotKept(_too_large(name, most))
        if len(head) < HEAD:
            head += chunk[: HEAD - len(head)]
        digest.update(chunk)
    if size == 0:
        raise NotKept(f"“{name}” is empty. Choose it again, or another one.")
    kind = sniff(head, file, name)
    _not_a_program(name, head)
    _not_damaged(name, kind)
    return Looked(name, kind, size, digest.hexdigest())


def _too_large(name: str, most: int) -> str:
    return f"“{name}” is larger than {most // 1_000_000} MB. Send a smaller copy, or several parts."


def sniff(head: bytes, file: File[Any], name: str) -> str:
    """The media type of what begins like this, whatever its name says."""
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE
    if head.startswith(b"ID3") or head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    for found in puremagic.magic_string(head):
        kind = _SNIFFED_AS.get(found.mime_type, found.mime_type)
        if kind in KINDS and not (kind == "text/html" and ending_of(name) == "eml"):
            return kind
    if not _is_text(head):
        return UNKNOWN
    return MAIL if reading.begins_like_mail(head) else PLAIN


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 < len(head)


def _of_zip(file: File[Any]) -> str:
    """What a ZIP archive is, by the names in it; nothing is unpacked."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            names = [info.filename for info in archive.infolist()[:5000]]
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 100:
                claimed = archive.read("mimetype").decode("ascii", "replace").strip()
                return claimed if claimed in KINDS else "application/zip"
    except Exception:
        return UNKNOWN
    for start, kind in (("word/", _WORD), ("xl/", _SHEET), ("ppt/", _SLIDES)):
        if any(name.startswith(start) for name in names):
            return kind
    return "application/zip"


def _not_a_program(name: str, head: bytes) -> None:
    if ending_of(name) in _PROGRAMS or head.startswith((b"MZ", b"\x7fELF", b"#!")):
        raise NotKept(f"“{name}” is a program, which we do not keep. Send a picture of it, or a PDF.")


def _not_damaged(name: str, kind: str) -> None:
    ending = ending_of(name)
    claimed = next((called for called, endings in KINDS.values() if ending in endings), "")
    if kind == UNKNOWN and claimed:
        raise NotKept(f"“{name}” is damaged: it does not open as {claimed}. Ask for it again.")


# Keeping


def put_aside(file: File[Any]) -> Kept:
    """Look at a file and store its bytes under a random name. It belongs to nothing yet. NotKept as `look`."""
    looked = look(file)
    file.seek(0)
    token = secrets.token_hex(20)
    stored_as = default_storage.save(f"{token[:2]}/{token}", File(file.file, name=token))
    try:
        words = reading.words_in(looked.kind, file)
        return Kept(looked.name, looked.kind, looked.size, looked.digest, stored_as, words)
    except BaseException:
        default_storage.delete(stored_as)
        raise


def drop(kept: Iterable[Kept]) -> None:
    """Delete the bytes of files that were put aside and belong to nothing."""
    for each in kept:
        default_storage.delete(each.stored_as)


def attach(kept: Kept, case: Case, entry: int) -> Attachment:
    """Make a file that was put aside part of a case, beside the entry it came with."""
    return Attachment.objects.create(
        landlord_id=case.landlord_id, case=case, entry=entry, added_at=timezone.now(), **kept.as_json()
    )


def keep(file: File[Any], case: Case, entry: int) -> Attachment:
    """Look, store and attach in one go. NotKept as `look`; then nothing is stored.

    The action that writes the entry keeps `Kept.line` among its words, as `receive` does: it binds the bytes to the
    chain, and a case page asks for files only where an entry names one.
    """
    kept = put_aside(file)
    try:
        return attach(kept, case, entry)
    except BaseException:
        drop([kept])
        raise


# Opening again


def of_case(landlord_id: int, case_id: int) -> list[Attachment]:
    """The files of a case in the order they came, without the words in them: the first is number 1. One statement."""
    found = Attachment.objects.filter(landlord=landlord_id, case=case_id).order_by("pk")
    return list(found.defer("words"))


def bytes_of(attachment: Attachment | Kept) -> Any:
    """The stored file, open for reading; FileNotFoundError where the store has lost it."""
    return default_storage.open(attachment.stored_as, "rb")


def is_as_kept(attachment: Attachment) -> bool:
    """Whether the stored bytes are still those that came."""
    digest = hashlib.sha256()
    with bytes_of(attachment) as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest() == attachment.digest


def called(kind: str) -> str:
    """What a kind of file is called in plain words."""
    return KINDS[kind][0] if kind in KINDS else "a file"
