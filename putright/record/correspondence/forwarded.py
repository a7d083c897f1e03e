"""Whose words a forwarded email brings, and when they were sent: found, and where it is unclear, said so.

A person confirms every answer. What is not plain is left empty with its reason, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from complaint_rules.working_days import MONTHS, in_words
from putright.record.correspondence import mail
from putright.record.correspondence.mail import Mail

LONDON = ZoneInfo("Europe/London")
MOST_LINES = 8_000
LONGEST_LINE = 2_000
MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Original:
    """What somebody wrote first: who, when, to whom, the words. What is unclear is empty, and `unclear` says why."""

    name: str = ""
    address: str = ""
    sent_at: datetime | None = None
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    unclear: tuple[str, ...] = ()


@dataclass(slots=True)
class _Block:
    """The lines "From: … Sent: … To: … Subject: …" that stand above a quoted email."""

    fields: dict[str, str] = field(default_factory=dict)
    first: int = 0
    after: int = 0


def originals(read: Mail) -> list[Original]:
    """The emails that were passed on, as they may be meant: one where that is plain, else those to choose from."""
    if read.inside:
        return [_of_mail(inner) for inner in read.inside[:MOST_CHOICES]]
    found = in_text(read.text)
    return found or [_of_mail(read)]


def in_text(text: str) -> list[Original]:
    """The emails quoted in a text under the headers that Outlook, Gmail and Apple Mail write; oldest last."""
    lines = [_bare(line[:LONGEST_LINE]) for line in text.splitlines()[:MOST_LINES]]
    blocks = _blocks(lines)
    ends = [*(block.first for block in blocks[1:]), len(lines)]
    found = [_of_block(block, lines[block.after : end]) for block, end in zip(blocks, ends, strict=False)]
    return found[:MOST_CHOICES]


def _of_mail(read: Mail) -> Original:
    unclear = [] if read.sent_at else ["The email has no date that can be read."]
    if not read.address:
        unclear.append("The email does not say who sent it.")
    sent = read.sent_at.astimezone(LONDON) if read.sent_at else None
    return Original(read.name, read.address, sent, read.to, read.subject, read.text, tuple(unclear))


_QUOTE = re.compile(r"^(?:\s|>|\|)+")
_FIELD = re.compile(r"\*{0,2}(from|sent|date|to|cc|subject|reply-to)\*{0,2}:\*{0,2}\s*(.*)$", re.IGNORECASE)


def _bare(line: str) -> str:
    return _QUOTE.sub("", line.replace("\u00a0", " ").replace("\u202f", " ")).rstrip()


def _blocks(lines: Sequence[str]) -> list[_Block]:
    found: list[_Block] = []
    at = 0
    while at < len(lines):
        block = _block_at(lines, at)
        if block is None:
            at += 1
            continue
        found.append(block)
        at = block.after
    return found


def _block_at(lines: Sequence[str], at: int) -> _Block | None:
    """A block that begins on this line: who, when, and to whom or about what, one below the other."""
    first = _FIELD.match(lines[at])
    if first is None or first[1].lower() != "from":
        return None
    block = _Block(first=at)
    last, name = at, ""
    for number in range(at, min(at + 14, len(lines))):
        line = lines[number]
        told = _FIELD.match(line)
        if told is not None:
            name = told[1].lower()
            if name in block.fields:
                break
            block.fields[name] = told[2].strip()
            last = number
        elif not line.strip():
            if len(block.fields) > 1 or number > at + 1:
                break
        elif name in ("to", "cc", "subject", "from") and last == number - 1:
            block.fields[name] += " " + line.strip()
            last = number
        else:
            break
    block.after = last + 1
    when = "sent" in block.fields or "date" in block.fields
    return block if when and ("to" in block.fields or "subject" in block.fields) else None


def _of_block(block: _Block, below: Sequence[str]) -> Original:
    name, address = mail.person_in(block.fields["from"])
    written = block.fields.get("sent") or block.fields.get("date") or ""
    sent, why = moment_in(written)
    unclear = [why] if why else []
    if not address:
        unclear.append("The forwarded email gives no address for whoever sent it.")
    text = "\n".join(below).strip()
    return Original(
        name,
        address,
        sent,
        mail.addresses_in(block.fields.get("to", "") + "," + block.fields.get("cc", "")),
        block.fields.get("subject", "")[:500],
        text[: mail.MOST_TEXT],
        tuple(unclear),
    )


# Days as mail programs write them

_MONTHS = {name.lower()[:length]: n for n, name in enumerate(MONTHS, 1) for length in range(3, 10)} | {
    "sept": 9
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_ZONE = re.compile(r"(?<![\w])(?:(GMT|UTC|BST|Z)\b|([+-])(\d{2}):?(\d{2})\b)")
_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b")
_AMERICAN = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")


def moment_in(text: str) -> tuple[datetime | None, str]:
    """When this says, in London where it names no zone; or None and why it is unclear."""
    text = text[:120]
    day, why = _day_in(text)
    if day is None:
        return None, why
    year, month, number = day
    try:
        moment = datetime(year, month, number, *_time_in(text), tzinfo=_zone_in(text))
    except ValueError:
        return None, f"“{text}” is no real day."
    if not 1990 <= moment.year <= 2200:
        return None, f"“{text}” cannot be the day."
    weekday = re.match(r"\W*([A-Za-z]{3})[A-Za-z]*", text)
    if weekday and weekday[1].lower() in _WEEKDAYS and _WEEKDAYS[moment.weekday()] != weekday[1].lower():
        return None, f"The weekday in “{text}” does not fit the day."
    return moment.astimezone(LONDON), ""


def _day_in(text: str) -> tuple[tuple[int, int, int] | None, str]:
    for pattern, order in ((_WORDS, (3, 2, 1)), (_AMERICAN, (3, 1, 2))):
        for found in pattern.finditer(text):
            year, month, number = (found[part] for part in order)
            if month.lower() in _MONTHS:
                return (int(year), _MONTHS[month.lower()], int(number)), ""
    iso = _ISO.search(text)
    if iso:
        return (int(iso[1]), int(iso[2]), int(iso[3])), ""
    numbers = _NUMBERS.search(text)
    if numbers is None:
        return None, "The forwarded email has no date that can be read."
    first, second, year = (int(part) for part in numbers.groups())
    if first > 12 or first == second:
        return (year, second, first), ""
    if second > 12:
        return (year, first, second), ""
    return None, f"“{numbers[0]}” may mean two days. Ask, or look in the original email."


def _time_in(text: str) -> tuple[int, int]:
    found = _TIME.search(_NUMBERS.sub(" ", text))
    if found is None:
        return 9, 0
    hour, minute = int(found[1]), int(found[2])
    half = (found[4] or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour, minute


def _zone_in(text: str) -> ZoneInfo | timezone:
    time = _TIME.search(text)
    found = _ZONE.search(text, time.end()) if time else None
    if found is None:
        return LONDON
    if found[1]:
        return timezone(timedelta(hours=1)) if found[1] == "BST" else timezone(timedelta())
    ahead = timedelta(hours=int(found[3]), minutes=int(found[4]))
    return timezone(ahead if found[2] == "+" else -ahead)


# Since when the landlord has had it


def first_had(original: Original, domains: Iterable[str], now: datetime) -> tuple[datetime | None, str]:
    """The moment from which the landlord has had an email, and why; None where that is not plain.

    Plain is one case: it was sent to an address of ours, at a moment that can be read.
    """
    ours = set(domains)
    to = next((each for each in original.to if each.rpartition("@")[2] in ours), "")
    if original.sent_at is None:
        return None, "When it was sent is unclear. Give the day we first had it."
    day = in_words(original.sent_at.astimezone(LONDON).date())
    if original.sent_at > now:
        return (
            None,
            f"It says that it was sent on {day}, which is still to come. Give the day we first had it.",
        )
    if not to:
        return (
            None,
            f"It was sent on {day}, and it does not show that it came to us that day. Give the day we first had it.",
        )
    return original.sent_at, f"It was sent to {to} on {day}, so we had it that day."
