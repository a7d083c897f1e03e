"""A text in sentences: how long each is, how hard they are to read, and whether they name a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BULLET = re.compile(r"(?:[-–—•*·‣◦▪●○➢✓✔➤►]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[A-Z]\)|\([ivx]{1,4}\))\s+(?=\S)")
# It looks only where a run of stops begins: otherwise a line of a hundred thousand dots is read from each of them.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|[。！？؟۔]++")
_LAST_WORD = re.compile(r"[\w.]+$")
_WORD = re.compile(r"[^\W_]")
_BETWEEN_WORDS = re.compile(r"[\s–—]+")
_ABBREVIATIONS = frozenset(
    [
        *("mr", "mrs", "ms", "mx", "dr", "st", "rev", "cllr", "prof", "sgt", "ltd", "co", "v", "vs"),
        *("no", "nos", "ref", "refs", "tel", "ext", "para", "paras", "sec", "reg", "regs", "approx"),
        *("e.g", "eg", "i.e", "ie", "viz", "cf"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri"),
    ]
)
_MAY_END = frozenset({"etc", "am", "pm", "inc"})
_ENDS_A_LINE = (".", "!", "?", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written on one line; `item` tells that it began a line of a list."""

    text: str
    item: bool = False


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order. List items and headings stand alone; lines wrapped by hand are joined."""
    return tuple(each for block, item in _blocks(text) for each in _split(block, item))


def words(text: str) -> list[str]:
    """The words of a text: what stands between spaces and long dashes and has a letter or a figure in it."""
    return [part for part in _BETWEEN_WORDS.split(text) if _WORD.search(part)]


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs, headings and list items of a text, each on one line."""
    held: list[str] = []
    item = False
    for raw in _UNSEEN.sub("", text).splitlines():
        line = " ".join(raw.split())
        bullet = _BULLET.match(line)
        if held and (not line or bullet or _stands_alone(held[-1], line)):
            yield " ".join(held), item
            held, item = [], False
        if not line:
            continue
        if not held:
            item = bullet is not None
        held.append(line[bullet.end() :] if bullet else line)
    if held:
        yield " ".join(held), item


def _stands_alone(before: str, line: str) -> bool:
    """A heading, a line of an address or a sentence that ended: the next line does not go on with it."""
    if before.endswith(_ENDS_A_LINE[:4]):
        return True
    return len(before) < 45 and not before.endswith(_ENDS_A_LINE[4:]) and not line[0].islower()


def _split(block: str, item: bool) -> Iterator[Sentence]:
    start = 0
    for match in _END.finditer(block):
        if not _ends_here(block, start, match):
            continue
        sentence = block[start : match.end()].strip()
        if sentence:
            yield Sentence(sentence, item)
        start = match.end()
    rest = block[start:].strip()
    if rest:
        yield Sentence(rest, item)


def _ends_here(block: str, start: int, match: re.Match[str]) -> bool:
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    last = _LAST_WORD.search(block, max(start, match.start() - 12), match.start())
    if not last:
        return True
    word = last[0].lower()
    following = block[match.end() : match.end() + 2].strip()
    if following[:1].islower() and (word in _MAY_END or "." in word):
        return False
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha() and word != "i")


# Days

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty"
    r"|twenty[ -]eight|thirty)"
)
_UNIT = r"(?:minute|hour|day|week|fortnight|month|year)s?"
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?{_MONTH}|{_MONTH}\s+(?:the\s+)?\d{{1,4}}|{_WEEKDAY}"
    r"|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\s+\d{1,2}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r"|today|tomorrow|tonight|daily|weekly|fortnightly|monthly|(?:this|next)\s+(?:week|month|morning|afternoon|evening)"
    rf"|(?:within|in|after|under|than|to|next|every|least|most|another|further)\s+"
    r"(?:the\s+|a\s+further\s+|another\s+|further\s+|about\s+|around\s+)?"
    rf"(?:next\s+)?{_NUMBER}\s+(?:(?:clear|full|more|further)\s+)?(?:(?:working|calendar|business|clear)\s+)?{_UNIT}"
    rf"|{_NUMBER}\s+(?:(?:working|calendar|business)\s+)?{_UNIT}\s+(?:of|from|after)"
    rf"|(?:every|each)\s+(?:day|week|fortnight|month|{_WEEKDAY}|\w+\s+(?:day|week|month)s?)"
    r"|end\s+of\s+(?:the\s+|this\s+|next\s+)?(?:day|week|month|year)"
    rf"|(?:in|by|before|during|until|from|of|early|mid|late|end)[\s-]+{_MONTH}|christmas|easter)\b",
    re.IGNORECASE,
)


def names_a_day(text: str) -> bool:
    """Whether the text says when: a day, a weekday, a month, or a number of days or weeks. "Soon" is not one."""
    return _DAY.search(text) is not None
