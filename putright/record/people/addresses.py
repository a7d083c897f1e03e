"""When two ways of writing an address are the same home.

The key of an address is its words without their spelling. It takes away only what never tells two homes
apart: a home kept twice is a nuisance, two homes taken for one show a stranger's complaints. So nothing is
guessed, no part is left out, and the postcode stays: one town can have two Church Streets.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from itertools import pairwise

LONGEST = 300

# One after the other: what stands between two commas.
_PART = re.compile(r"[,;\n\r\t|]+")
# "12-14" is one building and "2/1" one flat; "12, 14" is flat 12 of number 14.
_WORD = re.compile(r"\d+[^\s/-]*(?:[-/][^\s/-]+)+|[^\s/-]+")
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\s*$")
_NUMBER = re.compile(r"\d+[a-z]?")
_APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`´ʼ")
_DASHES = re.compile("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}\N{SOFT HYPHEN}]")
_ACCENTED = [chr(code) for code in range(0xC0, 0x180) if unicodedata.decomposition(chr(code))]
_WITHOUT_ACCENTS = str.maketrans({each: unicodedata.normalize("NFKD", each)[0] for each in _ACCENTED})

_SHORT = {
    "rd": "road",
    "ave": "avenue",
    "gdns": "gardens",
    "cres": "crescent",
    "ln": "lane",
    "hse": "house",
    "apt": "flat",
    "apartment": "flat",
    "saint": "st",
}
# Short only at the end of a part: "Dr Gray Close" is no drive and "St Mary's Row" no street.
_SHORT_AT_THE_END = {
    "st": "street",
    "str": "street",
    "cl": "close",
    "ct": "court",
    "dr": "drive",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "terr": "terrace",
}
_COUNTRIES = frozenset({"uk", "england", "united kingdom", "great britain", "gb"})
# A number before one of these is a flat in it: no street is called so.
_BUILDINGS = frozenset({"house", "tower", "towers", "heights", "mansions", "apartments", "flats"})
_NAMED_HOMES = _BUILDINGS | frozenset(
    "cottage lodge farm farmhouse barn bungalow hall vicarage rectory almshouse almshouses flat mill".split()
)
# Where many live who are no household, or nobody does.
_NOT_ONE_HOME = re.compile(
    r"\b(no fixed (abode|address)|nfa|homeless|unknown|not known|not given|sofa surfing|n a|none|care of|c o"
    r"|hostel|refuge|night shelter|bed and breakfast|b and b)\b"
)


def key(address: str) -> str:
    """The address without its spelling: capitals, accents, points and commas, "Rd", "No.", "2, 14" for "Flat 2, 14".

    Empty for an address without a word. Never longer than `LONGEST`.
    """
    parts, postcode = _read(address)
    return _no_longer(" ".join([word for part in _with_flat(parts) for word in part] + postcode))


def names_one_home(address: str) -> bool:
    """Whether an address can be one home and no other: it has a number, or the name of a house.

    "Mill Row" alone is a street, and nobody's household; "no fixed abode" is no home at all.
    """
    parts, _ = _read(address)
    words = [word for part in parts for word in part]
    if _NOT_ONE_HOME.search(" ".join(words)):
        return False
    if any(word[0].isdigit() for word in words):
        return len(words) > 1
    return len(parts) > 1 and len(parts[0]) > 1 and parts[0][-1] in _NAMED_HOMES


def _read(address: str) -> tuple[list[list[str]], list[str]]:
    """The words of each part, and the postcode in its two halves where there is one."""
    text = unicodedata.normalize("NFKC", address.replace("\0", " ")).casefold()
    text = _DASHES.sub("-", text).translate(_APOSTROPHES).translate(_WITHOUT_ACCENTS).replace("&", " and ")
    parts = [_without_marks(part) for part in _PART.split(text)]
    while len(parts) > 1 and (not parts[-1] or parts[-1] in _COUNTRIES):
        parts.pop()
    found = _POSTCODE.search(parts[-1])
    if found:
        parts[-1] = parts[-1][: found.start()]
    words = [_words(part) for part in parts]
    return [part for part in words if part], [found[1], found[2]] if found else []


def _without_marks(part: str) -> str:
    """Without points, brackets and the like. What a script writes its vowels with is no such mark."""
    kept = "".join(each if _tells_apart(each) else " " for each in part)
    return " ".join(kept.split())


def _tells_apart(each: str) -> bool:
    kind = unicodedata.category(each)
    return each in "-/" or kind[0] in "LMN" or kind == "So"


def _words(part: str) -> list[str]:
    words = _WORD.findall(part)
    words = [
        _SHORT.get(word, word)
        for word, after in pairwise([*words, ""])
        if not (word in ("no", "number") and after[:1].isdigit())
    ]
    if len(words) > 1:
        words[-1] = _SHORT_AT_THE_END.get(words[-1], words[-1])
    return words


def _with_flat(parts: list[list[str]]) -> list[list[str]]:
    """With "flat" before the number of one, where that number could be nothing else."""
    if not parts or not _NUMBER.fullmatch(parts[0][0]):
        return parts
    alone = len(parts[0]) == 1 and len(parts) > 1
    rest = parts[1] if alone else parts[0][1:]
    before_a_number = alone and _NUMBER.fullmatch(rest[0])
    in_a_building = len(rest) > 1 and rest[-1] in _BUILDINGS and not rest[0][0].isdigit()
    return [["flat"], *parts] if before_a_number or in_a_building else parts


def _no_longer(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[: LONGEST - len(digest) - 1]} {digest}"
