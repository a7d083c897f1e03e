"""What we know of somebody's needs and reasonable adjustments, and how it is told to a complaint.

The rows of a person are what we know of them. What a complaint holds under `record_needs` is what was
considered in that complaint: it stays when the person's rows change (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from putright.record.people.models import Need, Person

IN_WORDS = {
    "large_print": "Large print",
    "plain_text": "Plain text, for a screen reader",
    "easy_read": "Easy read",
    "audio": "Audio",
    "braille": "Braille",
    "telephone_only": "Telephone only",
    "no_telephone": "No telephone calls",
    "interpreter": "Interpreter",
    "sign_language": "Sign language",
    "text_relay": "Text relay",
    "more_time": "More time",
    "face_to_face": "Face to face",
    "other": "Another adjustment",
}
"""Each adjustment in words."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a complaint is told: the words of needs and of adjustments, and the day the first is looked at again."""

    needs: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()
    review_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.needs or self.adjustments)


def holding(landlord_id: int, day: date) -> QuerySet[Need]:
    """The needs that hold on a day, of anybody."""
    return Need.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), landlord=landlord_id, since__lte=day
    )


def of_person(person: Person, day: date) -> list[Need]:
    """The needs and adjustments of somebody that hold on a day, the oldest first. One statement."""
    return sorted(holding(person.landlord_id, day).filter(person=person), key=lambda each: each.pk)


def says(need: Need) -> str:
    """A need or an adjustment in words: "Large print: 18 points, on yellow"."""
    if need.adjustment == "other":
        return need.words.strip()
    return ": ".join(part for part in (IN_WORDS.get(need.adjustment, ""), need.words.strip()) if part)


def told_to_a_complaint(person: Person | None, day: date) -> Told:
    """What is known of somebody, as `receive` and `record_needs` take it. Empty where nothing is."""
    if person is None:
        return Told()
    held = of_person(person, day)
    reviews = [each.review_on for each in held if each.review_on and each.review_on >= day]
    return Told(
        tuple(says(each) for each in held if not each.adjustment),
        tuple(says(each) for each in held if each.adjustment),
        min(reviews, default=None),
    )


def learn(
    person: Person,
    needs: Iterable[str],
    adjustments: Iterable[str],
    day: date,
    review_on: date | None = None,
) -> list[Need]:
    """Keep with the person what a complaint was told of them and we did not know yet; what was new.

    Words we know already, whatever their capitals, are not kept twice. An adjustment that is not one of ours
    is kept in its words, as `other`.
    """
    known = _words_known(person)
    new = [Need(words=words.strip()) for words in needs if words.strip() and _plain(words) not in known]
    for words in adjustments:
        if words.strip() and _plain(words) not in known:
            code, rest = as_ours("other", words)
            new.append(Need(adjustment=code, words=rest))
    for each in new:
        each.landlord_id, each.person, each.since, each.review_on = person.landlord_id, person, day, review_on
        each.save()
    return new


def is_known(person: Person, need: Need) -> bool:
    """Whether this is known of somebody already and has not ended, whatever its capitals."""
    return _plain(says(need)) in {_plain(says(each)) for each in _not_ended(person)}


def as_ours(adjustment: str, words: str) -> tuple[str, str]:
    """An adjustment as it is kept: "Large print" in words is that adjustment, and needs no words of its own."""
    code = adjustment_in(words) if adjustment == "other" else adjustment
    rest = words.strip()
    return code, "" if code and _plain(rest) == _plain(IN_WORDS[code]) else rest


def _not_ended(person: Person) -> QuerySet[Need]:
    return Need.objects.filter(landlord=person.landlord_id, person=person, ended_on__isnull=True)


def _words_known(person: Person) -> set[str]:
    held = list(_not_ended(person))
    return {_plain(says(each)) for each in held} | {_plain(each.words) for each in held}


def adjustment_in(words: str) -> str:
    """The adjustment of ours that these words name; `other` where none is named plainly."""
    text = _plain(words)
    named = [
        code for code, label in IN_WORDS.items() if text == _plain(label) or text == code.replace("_", " ")
    ]
    return named[0] if named else "other"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
