"""What is worth a second look in any text that goes to a resident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from complaint_rules.letters.names import mentions
from complaint_rules.letters.plain_english import (
    HARD,
    LONG,
    long_sentences,
    reading_grade,
    undated_promises,
    vague_words,
)
from complaint_rules.letters.sentences import words
from complaint_rules.letters.words import titles_in

_ENOUGH_TO_GRADE = 60  # words; the grade of fewer says little


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at again; it stops nothing.

    `ref` is a provision, or the bare name of a rule that the Code has none for. `found` are the words it is
    about and `sentence` where they stand; both are empty where it is about the whole.
    """

    key: str
    ref: str
    says: str
    found: str = ""
    sentence: str = ""


def flags(
    text: str,
    names: Iterable[str] = (),
    job_titles: Iterable[str] = (),
    *,
    except_for: Iterable[str] = (),
    names_staff: str = "names_staff",
) -> list[Remark]:
    """What to look at again in a text: names first, then vague words, undated promises and how it reads.

    `names` are staff and contractors, `job_titles` titles that one person holds, `except_for` people who may be
    named, `names_staff` the provision about naming. Each thing is said once, in the order of the text.
    """
    return [
        *_named(text, names, except_for, names_staff),
        *_titles(text, job_titles, names_staff),
        *_vague(text),
        *_undated(text),
        *_long(text),
        *_hard(text),
    ]


def _named(text: str, names: Iterable[str], except_for: Iterable[str], ref: str) -> Iterator[Remark]:
    for found in dict.fromkeys(mention.found for mention in mentions(text, names, except_for)):
        yield Remark("names_staff", ref, f"“{found}” is the name of one of our staff or contractors.", found)


def _titles(text: str, job_titles: Iterable[str], ref: str) -> Iterator[Remark]:
    for title in titles_in(text, job_titles):
        yield Remark("names_staff", ref, f"Only one person is “{title}”, so this names them.", title)


def _vague(text: str) -> Iterator[Remark]:
    for found, sentence in vague_words(text):
        yield Remark("vague", "vague", f"“{found}” gives no day. Say which day.", found, sentence)


def _undated(text: str) -> Iterator[Remark]:
    for sentence in undated_promises(text):
        yield Remark(
            "undated_promise", "undated_promise", "This promises something and gives no day.", "", sentence
        )


def _long(text: str) -> Iterator[Remark]:
    for sentence in long_sentences(text):
        says = f"This sentence has {len(words(sentence))} words. Up to {LONG} are easier to read."
        yield Remark("long_sentence", "long_sentence", says, "", sentence)


def _hard(text: str) -> Iterator[Remark]:
    grade = reading_grade(text)
    if grade is not None and grade > HARD and len(words(text)) >= _ENOUGH_TO_GRADE:
        age = round(grade + 5)
        yield Remark(
            "hard_to_read",
            "hard_to_read",
            f"A reader needs to be about {age}. Use shorter words and sentences.",
        )
