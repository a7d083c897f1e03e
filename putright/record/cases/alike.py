"""What may be the same trouble told twice, and records that may be of one person: suggestions, never decisions.

A complaint is surely told twice only where the record of the resident is the same one and nearly every word
is. That two records are of one person nobody can be sure of from what they hold: a father and his son share
a name, an address and a telephone. So those are likely at the most, and a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord
from putright.record.journal import queries as journal
from putright.record.people import addresses
from putright.record.people import queries as people
from putright.record.people.models import Home, Person

SURE, LIKELY, POSSIBLE = "sure", "likely", "possible"
DEGREES = (SURE, LIKELY, POSSIBLE)

MOST_OF_EACH = 20
MOST_READ = 200
"""Of the cases of one resident or one home, no more than this are looked through."""

_TOLD_IN = ("account", "point", "definition")


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be about the same trouble: how likely that is, and why, in words for staff."""

    case: Case
    degree: str
    why: tuple[str, ...]
    words: float  # how much of what was said is the same: 0 to 1


def alike(
    landlord_id: int,
    *,
    resident: Person | None,
    words: str,
    category: str,
    since: date,
    home: Home | None = None,
    besides: Collection[int] = (),
) -> list[Alike]:
    """Cases received on or after a day that may be about the same trouble, the likeliest first.

    Those of the same resident, and those about the same home: `home`, else where the resident lives. `words`
    is what was said, `besides` the numbers of cases to leave out. At most four statements, all by an index.
    """
    if resident is not None and resident.landlord_id != landlord_id:
        raise ValueError("The resident is not this landlord's.")
    if home is None and resident is not None:
        home = _newest_home(resident)
    found = _candidates(landlord_id, resident, home, since, set(besides))
    told = _told_in(landlord_id, list(found))
    ranked = [
        _judged(case, resident, home, likeness(words, told.get(case.pk, "")), category)
        for case in found.values()
    ]
    return sorted((each for each in ranked if each is not None), key=_likeliest_first)


def _newest_home(resident: Person) -> Home | None:
    lived = people.homes_of(resident)
    return lived[0].home if lived else None


def _candidates(
    landlord_id: int, resident: Person | None, home: Home | None, since: date, besides: set[int]
) -> dict[int, Case]:
    ways: list[dict[str, Person | Home]] = []
    if resident is not None:
        ways.append({"resident": resident})
    if home is not None:
        ways.append({"home": home})
    found: dict[int, Case] = {}
    for way in ways:
        cases = of_landlord(landlord_id).filter(received_on__gte=since, **way).select_related("resident")
        # Sorted here: asked for the newest first, a database may walk every case there is to find these few.
        some = [case for case in cases[:MOST_READ] if case.pk not in besides and case.merged_into_id is None]
        newest = sorted(some, key=lambda case: (case.received_on or date.min, case.pk), reverse=True)
        found |= {case.pk: case for case in newest[:MOST_OF_EACH]}
    return found


def _told_in(landlord_id: int, cases: Collection[int]) -> dict[int, str]:
    """What was said in each of these cases. One statement."""
    if not cases:
        return {}
    found: dict[int, str] = {}
    for case, texts in journal.texts_of_cases(landlord_id, cases).items():
        said = [
            text
            for of_entry in texts.values()
            for name, text in of_entry.items()
            if name.partition(".")[0] in _TOLD_IN
        ]
        found[case] = " ".join(said)
    return found


def _judged(
    case: Case, resident: Person | None, home: Home | None, words: float, category: str
) -> Alike | None:
    same_resident = resident is not None and case.resident_id == resident.pk
    same_home = home is not None and case.home_id == home.pk
    same_category = bool(category) and case.category == category
    why = [
        says
        for holds, says in (
            (same_resident, "the same resident"),
            (same_home, "the same home"),
            (same_category, "the same category"),
            (words >= NEARLY_ALL, "nearly the same words"),
            (MANY <= words < NEARLY_ALL, "many of the same words"),
            (SOME <= words < MANY, "some of the same words"),
        )
        if holds
    ]
    degree = _degree(same_resident, same_category, words)
    return Alike(case, degree, tuple(why), words) if degree else None


NEARLY_ALL, MANY, SOME = 0.85, 0.5, 0.3


def _degree(same_resident: bool, same_category: bool, words: float) -> str:
    if not same_resident:
        # Neighbours and joint tenants may well have the same trouble. It is not the same complaint.
        return POSSIBLE if words >= SOME or same_category else ""
    if words >= NEARLY_ALL:
        return SURE
    return LIKELY if words >= MANY or (same_category and words >= SOME) else POSSIBLE


def _likeliest_first(each: Alike) -> tuple[int, float, int]:
    return DEGREES.index(each.degree), -each.words, -each.case.pk


# How much two texts have in common

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    "a about after again all also am an and any are as at be been before but by can could did do does down for from"
    " get got had has have he her here him his i if in into is it its just me more my no nobody not now of off on or"
    " our out over she so some still that the their them then there they this to told up us very was we were what when"
    " which who will with would you your".split()
)
FEWEST_WORDS = 4
"""Of fewer words that say something nobody can tell that nearly all are the same."""


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same: 0 to 1. Spelling and endings count little, order not at all."""
    first, second = _words_that_say(one), _words_that_say(other)
    if not first or not second:
        return 0.0
    of_first, of_second = _threes(first), _threes(second)
    shared = len(of_first & of_second)
    both = 2 * shared / (len(of_first) + len(of_second))
    within = shared / min(len(of_first), len(of_second))
    # A short text may stand whole in a long one that says much besides.
    found = max(both, 0.5 * both + 0.5 * within)
    few = min(len(first), len(second)) < FEWEST_WORDS
    return min(found, NEARLY_ALL - 0.01) if few else found


def _words_that_say(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text[:MOST_COMPARED].casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return frozenset(word for word in _WORD.findall(plain) if word not in _EMPTY)


MOST_COMPARED = 20_000


def _threes(words: Iterable[str]) -> frozenset[str]:
    """Every three letters that follow each other, word by word: "leaks" and "leaking" have most of theirs in common."""
    return frozenset(
        padded[place : place + 3]
        for padded in (f" {word} " for word in words)
        for place in range(max(1, len(padded) - 2))
    )


# People

_TITLES = frozenset("mr mrs ms miss mx dr prof sir rev".split())


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of somebody, to compare with others."""

    name: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""


def who(person: Person) -> Who:
    """What a record says of somebody."""
    return Who(person.name, person.address, person.email, person.telephone)


@dataclass(frozen=True, slots=True)
class MayBe:
    """That two records may be of one person: likely or possible, and why, in words for staff. Never sure."""

    degree: str
    why: tuple[str, ...]


def may_be_one(one: Who, other: Who) -> MayBe | None:
    """Whether two records may be of one person; None where nothing says so. It is never sure.

    Without a name that agrees it is nobody known: two people at one address are a household.
    """
    name = _names_agree(one.name, other.name)
    if not name:
        return None
    ways = {
        "address": _same_home(one.address, other.address),
        "email": bool(one.email) and one.email.strip().casefold() == other.email.strip().casefold(),
        "telephone": bool(_digits(one.telephone)) and _digits(one.telephone) == _digits(other.telephone),
    }
    same = tuple(f"the same {way}" for way, holds in ways.items() if holds)
    if not same:
        return MayBe(POSSIBLE, (name,)) if name == SAME_NAME and not _both_known(one, other) else None
    likely = name == SAME_NAME or (len(same) > 1 and name == NEARLY_THE_SAME_NAME)
    return MayBe(LIKELY if likely else POSSIBLE, (name, *same))


SAME_NAME, NEARLY_THE_SAME_NAME, PART_OF_THE_NAME = (
    "the same name",
    "nearly the same name",
    "part of the name",
)


def _both_known(one: Who, other: Who) -> bool:
    """Whether both records say where somebody lives, so that a shared name alone means nothing."""
    return bool(one.address.strip() and other.address.strip())


def _names_agree(one: str, other: str) -> str:
    first, second = _names(one), _names(other)
    if not first or not second:
        return ""
    if sorted(first) == sorted(second):
        return SAME_NAME
    if first[-1] == second[-1] and first[0][0] == second[0][0] and 1 in (len(first[0]), len(second[0])):
        return NEARLY_THE_SAME_NAME  # "A. Yusuf" and "Amira Yusuf"
    near = len(first) == len(second) and all(_one_slip(a, b) for a, b in zip(first, second, strict=True))
    if near:
        return NEARLY_THE_SAME_NAME
    return PART_OF_THE_NAME if len(set(first) & set(second)) > 1 else ""


def _names(name: str) -> list[str]:
    plain = unicodedata.normalize(
        "NFKD", name.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return [word for word in _WORD.findall(plain) if word not in _TITLES]


def _one_slip(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter too many, too few, wrong, or two that changed places.

    Short words must be the same: "Tim" is not "Tom", and "Ann" not "Anna".
    """
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if rest[1:] == other_rest or rest == other_rest[1:] or rest[1:] == other_rest[1:]:
        return True
    return rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]


def _same_home(one: str, other: str) -> bool:
    if not addresses.names_one_home(one) or not addresses.names_one_home(other):
        return False
    return addresses.key(one) == addresses.key(other)


def _digits(number: str) -> str:
    kept = "".join(each for each in number if each.isascii() and each.isdigit())
    return f"0{kept[2:]}" if kept.startswith("44") else kept


def likely_people(told: Who, records: Mapping[int, Who]) -> list[tuple[int, MayBe]]:
    """Of these records, by number, those that may be of the person told of, the likeliest first."""
    found = [(number, may) for number, record in records.items() if (may := may_be_one(told, record))]
    return sorted(found, key=lambda each: (DEGREES.index(each[1].degree), -len(each[1].why), each[0]))
