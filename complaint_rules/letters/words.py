"""The check of a letter in the landlord's own words: what it lacks, and whether it names staff.

Somebody's own wording is never judged by its style. An element is lacking only where nothing in the
text could fairly be taken to say it; where the text cannot be read (another language) nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from complaint_rules.editions import FOLDER
from complaint_rules.events import Letter
from complaint_rules.letters.contents import Element, elements
from complaint_rules.letters.names import names_in, plain_word
from complaint_rules.letters.phrases import any_of, pattern, plain
from complaint_rules.letters.sentences import Sentence, names_a_day, sentences, words

_COMMON_ENGLISH = frozenset(
    [
        *(
            "the",
            "a",
            "an",
            "and",
            "or",
            "of",
            "to",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "with",
            "about",
            "as",
        ),
        *("we", "our", "us", "you", "your", "it", "this", "that", "not", "if", "because", "can", "will"),
        *("is", "are", "was", "were", "be", "been", "have", "has", "had"),
    ]
)
_ROMAN = {1: re.compile(r"\bS(?:tage|TAGE) I\b"), 2: re.compile(r"\bS(?:tage|TAGE) II\b")}
_PHONE_OR_POSTCODE = re.compile(
    r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2}\b|\w@\w|\.org\b|\.uk\b"
)
_MARKS = ".,;:!?()[]\"'“”*"
_FEW = 20  # words from which a language can hardly be told
_ONE_IN = 6  # words of English are at least these common ones; most often one in three
_FAR_IN_A_LIST = 20
_DETAILS_NEAR = 6


def check_words(
    text: str,
    kind: str,
    stage: int | None,
    edition: str,
    names: Iterable[str] = (),
    *,
    job_titles: Iterable[str] = (),
    except_for: Iterable[str] = (),
    stage_names: Iterable[str] = (),
    upheld: bool | None = None,
    offered: bool | None = None,
    outstanding: bool | None = None,
    agreed: bool | None = None,
    folder: Path = FOLDER,
) -> Letter:
    """What a letter of the landlord's own wording lacks, and whether it names staff, for `respond` and the like.

    `lacks` holds the keys of the elements that stop such a letter in this edition (`letters.toml`) and that
    nothing in the text says (2020: 4.d, 3.f; 2022: 5.8, 5.16; 2024: 6.9, 6.19). `names` are staff and
    contractors known to the case, `job_titles` titles that one person holds, `except_for` people who may be
    named. `stage_names` are the landlord's own names for the stage. `upheld` (anything is), `offered` (any
    remedy, action or money), `outstanding` (anything still to do) and `agreed` (the resident agreed) say what
    the record knows; None where it does not, and then the text is taken at its word.
    A text in another language lacks nothing that anybody could tell: it is not `readable`.
    UnknownEdition or UnknownLetter where there is no such letter.
    """
    needed = [each for each in elements(edition, kind, stage, folder) if each.weight == "stops"]
    known = Known(stage, tuple(stage_names), upheld, offered, outstanding, agreed)
    named = names_in(text, names, except_for) or titles_in(text, job_titles)
    reading = Reading(text, known)
    return Letter(
        lacks=tuple(each.key for each in lacking(reading, needed)),
        names_staff=bool(named),
        readable=reading.can_be_read,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of a letter besides its text; None where it does not."""

    stage: int | None = None
    stage_names: tuple[str, ...] = ()
    upheld: bool | None = None
    offered: bool | None = None
    outstanding: bool | None = None
    agreed: bool | None = None


def lacking(reading: Reading, needed: Iterable[Element]) -> list[Element]:
    """Those of these elements that nothing in the text says; none where it cannot be read."""
    if not reading.can_be_read:
        return []
    return [each for each in needed if reading.requires(each) and not reading.says(each)]


def titles_in(text: str, job_titles: Iterable[str]) -> tuple[str, ...]:
    """Those of these job titles that stand in the text, whole and in any case: one that one person holds is a name."""
    given = (job_titles,) if isinstance(job_titles, str) else job_titles
    page = f" {_spaced(text)} "
    return tuple(dict.fromkeys(title for title in given if _spaced(title) and f" {_spaced(title)} " in page))


def _spaced(text: str) -> str:
    return " ".join(plain_word(word) for word in re.findall(r"[^\W_]+", text))


class Reading:
    """A text read for what a letter must say, sentence by sentence."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.known = known
        self.sentences: tuple[Sentence, ...] = sentences(text)
        self.said = [plain(sentence.text) for sentence in self.sentences]

    def says(self, element: Element) -> bool:
        """Whether anything in the text could fairly be taken to say this element; True where nobody can tell."""
        detector = DETECTORS.get(element.key)
        if detector is not None:
            return detector(self)
        return not element.words or any(any_of(element.words).search(each) for each in self.said)

    def requires(self, element: Element) -> bool:
        """Whether this letter must hold the element, as far as the record or the text tells."""
        known = self.known
        if element.required == "upheld":
            return self._tells_of_remedy_if_any
        if element.required == "outstanding":
            return self._promises_something if known.outstanding is None else known.outstanding
        if element.required == "not_agreed":
            return known.agreed is False
        return element.required == "always"

    @cached_property
    def can_be_read(self) -> bool:
        """Whether these words are English enough to be read. A text with no words at all is: it says nothing."""
        letters = [letter for letter in self.text if letter.isalpha()]
        if sum(plain_word(letter).isascii() for letter in letters) * 2 < len(letters):
            return False
        found = [plain(word).strip(_MARKS) for word in words(self.text)]
        return len(found) < _FEW or sum(word in _COMMON_ENGLISH for word in found) * _ONE_IN >= len(found)

    def has(self, key: str) -> bool:
        """Whether any sentence has a phrase of this key."""
        return any(pattern(key).search(each) for each in self.said)

    def without(self, *keys: str) -> list[str]:
        """The sentences with the phrases of these keys taken out."""
        left = self.said
        for key in keys:
            left = [pattern(key).sub(" ", each) for each in left]
        return left

    @property
    def _tells_of_remedy_if_any(self) -> bool:
        """A letter tells of any remedy offered: where none was, it has none to tell of."""
        if self.known.offered is not None:
            return self.known.offered
        return not self._only_refuses if self.known.upheld is None else self.known.upheld

    @property
    def _only_refuses(self) -> bool:
        if not self.has("not_upheld"):
            return False
        return not any(pattern("upheld").search(each) for each in self.without("not_upheld"))

    @cached_property
    def _promises_something(self) -> bool:
        return any(pattern("will_do").search(each) and not self._owes_no_details(each) for each in self.said)

    def _owes_no_details(self, sentence: str) -> bool:
        return any(
            pattern(key).search(sentence) for key in ("no_promise", "no_details_owed", "about_the_process")
        )

    # One function an element

    def names_stage(self) -> bool:
        stage = 2 if self.known.stage == 2 else 1
        own = any_of(self.known.stage_names)
        if any(own.search(each) for each in self.said):
            return True
        return self.has(f"stage_{stage}") or bool(_ROMAN[stage].search(self.text))

    def defines(self) -> bool:
        """What the complaint is about; "if you are unhappy with this answer" is not."""
        return any(pattern("definition").search(each.partition("if you")[0]) for each in self.said)

    def decides(self) -> bool:
        return self.has("decision")

    def gives_reasons(self) -> bool:
        told = self.without("reason_not_needed", "reason_asked")
        return any(pattern("reasons").search(each) or self._tells_what_happened(each) for each in told)

    def _tells_what_happened(self, sentence: str) -> bool:
        """A plain account ("Nobody came for 19 days.") is a reason, whatever it calls itself."""
        if len(sentence.split()) < 3 or not pattern("past").search(sentence):
            return False
        otherwise = ("definition", "says_something_else", "ombudsman", "stage_2_named")
        return not any(pattern(key).search(sentence) for key in otherwise)

    def offers_remedy(self) -> bool:
        return self.has("remedy")

    def tells_what_is_outstanding(self) -> bool:
        """What is still to do, with a day in its sentence, the one beside it or its list; or that nothing is."""
        if self.has("all_done"):
            return True
        for place, sentence in enumerate(self.said):
            if pattern("about_the_process").search(sentence):
                continue
            if names_a_day(sentence) and self._may_tell_what_is_done(sentence):
                return True
            if not pattern("still_to_do").search(sentence):
                continue
            near = self.said[max(place - 1, 0) : place + 2] + self._items_after(place)
            if any(names_a_day(each) for each in near):
                return True
        return False

    def _may_tell_what_is_done(self, sentence: str) -> bool:
        """ "New pump by 4 December", "We mended the fan on 30 November": a dated account of our own."""
        if any(pattern(key).search(sentence) for key in ("definition", "reported")):
            return False
        return any(pattern(key).search(sentence) for key in ("deadline", "remedy", "ours"))

    def _items_after(self, place: int) -> list[str]:
        """The list that a sentence opens: "We will:" and what follows."""
        found = []
        for after in range(place + 1, min(place + 1 + _FAR_IN_A_LIST, len(self.said))):
            if not self.sentences[after].item:
                break
            found.append(self.said[after])
        return found

    def shows_way_to_stage_2(self) -> bool:
        told = self.without("barred")
        if any(pattern("stage_2_named").search(each) for each in told):
            return True
        own = [
            each for each in told if not pattern("ombudsman").search(each) and pattern("you_may").search(each)
        ]
        return any(pattern("look_again").search(each) or self._offers_to_hear(each) for each in own)

    def _offers_to_hear(self, sentence: str) -> bool:
        return (
            all(pattern(key).search(sentence) for key in ("unhappy", "get_in_touch"))
            and "if" in sentence.split()
        )

    def shows_way_to_ombudsman(self) -> bool:
        told = self.without("barred")
        places = [place for place, each in enumerate(told) if pattern("ombudsman").search(each)]
        return any(
            pattern("go_there").search(each) or _PHONE_OR_POSTCODE.search(each)
            for place in places
            for each in told[place : place + 3]
        )

    def gives_ombudsman_details(self) -> bool:
        places = [place for place, each in enumerate(self.said) if pattern("ombudsman").search(each)]
        near = {
            nearby for place in places for nearby in range(place, min(place + _DETAILS_NEAR, len(self.said)))
        }
        return any(
            pattern("contact").search(self.said[each]) or _PHONE_OR_POSTCODE.search(self.said[each])
            for each in near
        )

    def names_day(self) -> bool:
        return any(names_a_day(each) for each in self.said)

    def has_words(self) -> bool:
        return any(len(each.split()) > 2 for each in self.said)


def _phrases_of(key: str) -> Callable[[Reading], bool]:
    return lambda reading: reading.has(key)


DETECTORS: dict[str, Callable[[Reading], bool]] = {
    "stage": Reading.names_stage,
    "definition": Reading.defines,
    "decision": Reading.decides,
    "reasons": Reading.gives_reasons,
    "remedy": Reading.offers_remedy,
    "outstanding_actions": Reading.tells_what_is_outstanding,
    "way_to_stage_2": Reading.shows_way_to_stage_2,
    "way_to_ombudsman": Reading.shows_way_to_ombudsman,
    "ombudsman_details": Reading.gives_ombudsman_details,
    "outcomes": _phrases_of("outcomes"),
    "responsible_for": _phrases_of("responsible_for"),
    "question": _phrases_of("question"),
    "answer_by": Reading.names_day,
    "new_day": Reading.names_day,
    "next_update": Reading.names_day,
    "news": Reading.has_words,
    "extension_reason": Reading.gives_reasons,
    "refusal_reasons": Reading.gives_reasons,
    "elsewhere": Reading.has_words,
    "withdrawn_by": _phrases_of("withdrawn_by"),
    "way_back": _phrases_of("way_back"),
}
