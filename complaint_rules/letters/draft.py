"""A draft of one of our own letters, in parts, and what it lacks before it may be sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from complaint_rules.editions import FOLDER, Edition
from complaint_rules.letters.contents import Element, edition_of, elements
from complaint_rules.letters.flags import Remark, flags
from complaint_rules.letters.phrases import pattern, plain
from complaint_rules.letters.sentences import sentences, words
from complaint_rules.letters.words import Known, Reading

Answered = Literal["yes", "no", "not_ours"]

DECISIONS = ("upheld", "partly_upheld", "not_upheld")
_LETTERS_OF_A_WORD = 3
_UNFILLED = re.compile(r"\{\{[^{}\n]{0,80}\}\}|\{%|<<[^<>\n]{0,80}>>")
_LEFT_TO_FILL = re.compile(r"\[[^\[\]\n]{1,60}\]|\b(?:X{3,}|x{3,}|TB[CA])\b|_{4,}")
_SHORT_REASONS = 8  # words; fewer can hardly be the reasons for this case
_COPIED = 8  # words on end; as many in a row are the adviser's and not our own


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """What is decided on a point (numbered from 1), why, and the policy, law or good practice it rests on."""

    point: int
    decision: str | None = None
    reasons: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeAnswer:
    """What is answered to one thing that the resident wants: yes, no and why, or that it is not ours and whose."""

    outcome: str
    answer: Answered | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Undertaken:
    """A remedy or an action: what will be done, by which day, and who owns it."""

    what: str
    by: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Compensation:
    """Money offered, in pence: for what, and how the sum was reached."""

    amount: int
    head: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where else the matter can go, and the last day; `no_limit` where there is none."""

    where: str
    by: date | None = None
    no_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One of our own letters before it is sent. Parts that a kind of letter does not have stay empty.

    `kind` is one of `letters.KINDS`; `stage` 1 or 2; `edition` "2020", "2022", "2024". `points` and `outcomes`
    come from the case. `texts` are what else the letter says, in order. `not_responsible_for` and `routes` are
    None while nobody has said, and empty where there is none. `reason` is that of an extension, a refusal or a
    declined escalation. `duties_at_issue` is ticked where what the law asks of either side is in dispute.
    `advice` are the words of legal advice taken; they stay out of the letter and are marked as privileged.
    `always_holds` names elements that the letter's own template says, whatever is written. `details_given` tells
    whether the letter gives the Ombudsman's details or the way there, where its words are not at hand.
    """

    kind: str
    stage: int | None
    edition: str
    definition: str = ""
    points: tuple[str, ...] = ()
    answers: tuple[PointAnswer, ...] = ()
    outcomes: tuple[OutcomeAnswer, ...] = ()
    remedies: tuple[Undertaken, ...] = ()
    actions: tuple[Undertaken, ...] = ()
    compensation: tuple[Compensation, ...] = ()
    outstanding: str = ""
    way_on: str = ""
    ombudsman_details: str = ""
    texts: tuple[str, ...] = ()
    responsible_for: str = ""
    not_responsible_for: tuple[str, ...] | None = None
    unclear: bool = False
    question: str = ""
    answer_by: date | None = None
    new_day: date | None = None
    reason: str = ""
    agreed: bool | None = None
    next_update: date | None = None
    routes: tuple[Route, ...] | None = None
    withdrawn_by: str = ""
    withdrawn_how: str = ""
    withdrawn_on: date | None = None
    way_back: str = ""
    duties_at_issue: bool = False
    landlord_duties: str = ""
    resident_duties: str = ""
    advice_taken: bool = False
    advice_privileged: bool = False
    advice: str = ""
    to_representative: bool = False
    authority: bool | None = None
    always_holds: frozenset[str] = frozenset()
    details_given: bool | None = None

    @property
    def undertakings(self) -> tuple[Undertaken, ...]:
        return self.remedies + self.actions

    @property
    def upholds(self) -> bool:
        return any(answer.decision in ("upheld", "partly_upheld") for answer in self.answers)

    @property
    def written(self) -> str:
        """All that was written for this letter, each part on lines of its own."""
        parts = [
            *(self.texts[:1]),
            self.definition,
            *(answer.reasons for answer in self.answers),
            *(outcome.why for outcome in self.outcomes),
            *(each.what for each in self.undertakings),
            *(each.reason for each in self.compensation),
            *(self.not_responsible_for or ()),
            *(route.where for route in self.routes or ()),
            *(self.responsible_for, self.question, self.reason, self.outstanding),
            *(self.landlord_duties, self.resident_duties, self.withdrawn_how, self.way_back),
            *(self.texts[1:]),
            *(self.way_on, self.ombudsman_details),
        ]
        return "\n\n".join(part for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that stops a letter: what to do about it, and the provision, or a rule's bare name.

    `place` is the number of the point, outcome, remedy, action, sum or route it is about; None for the whole.
    """

    key: str
    ref: str
    says: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a draft found: what stops it, what to look at again, and what it must hold and does."""

    stops: tuple[Lack, ...]
    look_again: tuple[Remark, ...]
    present: tuple[Element, ...]

    @property
    def may_be_sent(self) -> bool:
        return not self.stops


def check_draft(
    draft: Draft,
    names: Iterable[str] = (),
    job_titles: Iterable[str] = (),
    needs: Iterable[str] = (),
    *,
    except_for: Iterable[str] = (),
    folder: Path = FOLDER,
) -> Checked:
    """What a draft lacks under its edition, and what in it is worth a second look.

    `names` are staff and contractors, `job_titles` titles that one person holds, `needs` what makes things
    harder for the resident, in words; `except_for` people who may be named. UnknownEdition or UnknownLetter
    where there is no such letter.
    """
    edition = edition_of(draft.edition, folder)
    needed = [
        each for each in elements(draft.edition, draft.kind, draft.stage, folder) if _requires(draft, each)
    ]
    lacking = [each for each in needed if not _says(draft, each)]
    stops = [_missing(each) for each in lacking if each.weight == "stops" and each.key not in _PART_BY_PART]
    stops += _stops(draft, edition, lacking)
    look_again = [_to_look_at(each) for each in lacking if each.weight == "look_again"]
    look_again += _look_again(draft, edition, needs)
    look_again += flags(
        draft.written, names, job_titles, except_for=except_for, names_staff=edition.ref("names_staff")
    )
    return Checked(tuple(stops), tuple(look_again), tuple(each for each in needed if each not in lacking))


# The elements of the edition

_THE_OMBUDSMAN = frozenset({"ombudsman_details", "way_to_ombudsman"})
_PART_BY_PART = frozenset({"decision", "reasons", "remedy", "elsewhere"})


def _missing(element: Element) -> Lack:
    return Lack(element.key, element.provision, f"Say {element.label}.")


def _to_look_at(element: Element) -> Remark:
    return Remark(element.key, element.provision, f"Say {element.label}.")


def _requires(draft: Draft, element: Element) -> bool:
    when = {
        "always": True,
        "upheld": draft.upholds,
        "outstanding": bool(draft.upholds or draft.undertakings),
        "unclear": draft.unclear,
        "not_agreed": draft.agreed is False,
        "duties_at_issue": draft.duties_at_issue,
    }
    return when[element.required]


def _says(draft: Draft, element: Element) -> bool:
    """Whether the draft holds the element. One that no part of a draft is for is looked for in its words."""
    if element.key in draft.always_holds:
        return True
    if element.key in _THE_OMBUDSMAN and draft.details_given is not None:
        return draft.details_given
    part = _PARTS.get(element.key)
    return part(draft) if part else _words_say(draft.written, element, draft.stage)


def _words_say(text: str, element: Element, stage: int | None) -> bool:
    reading = Reading(text, Known(stage))
    return not reading.can_be_read or reading.says(element)


def _way_says(key: str) -> Callable[[Draft], bool]:
    element = Element(key, key, key)
    return lambda draft: has_words(draft.way_on) and _words_say(draft.way_on, element, draft.stage)


def _details_given(draft: Draft) -> bool:
    element = Element("ombudsman_details", "", "")
    return _words_say(f"Housing Ombudsman: {draft.ombudsman_details}", element, draft.stage)


def _ombudsman_shown(draft: Draft) -> bool:
    return _way_says("way_to_ombudsman")(draft) and _details_given(draft)


def _every_point(draft: Draft, given: Callable[[PointAnswer], bool]) -> bool:
    answered = {answer.point for answer in draft.answers if given(answer)}
    return bool(answered) and answered >= set(range(1, len(draft.points) + 1))


def _decided(answer: PointAnswer) -> bool:
    return answer.decision in DECISIONS


def _reasoned(answer: PointAnswer) -> bool:
    return has_words(answer.reasons)


def _offers(draft: Draft) -> bool:
    return bool(draft.undertakings or draft.compensation)


def _asks_no_reason(draft: Draft) -> bool:
    told = Reading(draft.way_on, Known(draft.stage)).without("reason_not_needed")
    return not any(pattern("demands_reasons").search(each) for each in told)


_PARTS: dict[str, Callable[[Draft], bool]] = {
    "stage": lambda draft: draft.stage is not None,
    "definition": lambda draft: has_words(draft.definition),
    "decision": lambda draft: _every_point(draft, _decided),
    "reasons": lambda draft: _every_point(draft, _reasoned),
    "remedy": _offers,
    "outstanding_actions": lambda draft: bool(draft.undertakings) or has_words(draft.outstanding),
    "way_to_stage_2": _way_says("way_to_stage_2"),
    "no_reason_asked": _asks_no_reason,
    "way_to_ombudsman": _ombudsman_shown,
    "ombudsman_details": _details_given,
    "legal_duties": lambda draft: has_words(draft.landlord_duties) and has_words(draft.resident_duties),
    "outcomes": lambda draft: bool(draft.outcomes) or has_words(draft.question),
    "responsible_for": lambda draft: draft.not_responsible_for is not None,
    "question": lambda draft: has_words(draft.question),
    "answer_by": lambda draft: draft.answer_by is not None,
    "new_day": lambda draft: draft.new_day is not None,
    "extension_reason": lambda draft: has_words(draft.reason),
    "refusal_reasons": lambda draft: has_words(draft.reason),
    "news": lambda draft: any(has_words(text) for text in draft.texts),
    "next_update": lambda draft: draft.next_update is not None,
    "elsewhere": lambda draft: draft.routes is not None,
    "withdrawn_by": lambda draft: bool(
        has_words(draft.withdrawn_by) and has_words(draft.withdrawn_how) and draft.withdrawn_on
    ),
    "way_back": lambda draft: has_words(draft.way_back),
}


def has_words(text: str) -> bool:
    """Whether a part says anything, in any script: "n/a", "-" and "." do not."""
    letters = sum(letter.isalpha() for letter in text)
    return letters >= _LETTERS_OF_A_WORD or any(ord(letter) > 0x2E7F and letter.isalpha() for letter in text)


# What stops a letter, part by part


def _stops(draft: Draft, edition: Edition, lacking: list[Element]) -> Iterator[Lack]:
    keys = {element.key for element in lacking}
    if draft.kind == "response":
        yield from _points(draft, edition)
        yield from _outcomes(draft)
        yield from _money(draft)
    yield from _undated(draft, edition)
    if "elsewhere" in keys:
        yield Lack(
            "elsewhere", "elsewhere", "Say where else this can go and by when, or that there is nowhere."
        )
    yield from _routes(draft)
    yield from _advice(draft)
    for found in dict.fromkeys(_UNFILLED.findall(draft.written)):
        yield Lack("unfilled", "unfilled", f"The template was not filled in: {found}")
    if draft.to_representative and draft.authority is not True:
        yield Lack(
            "authority", "authority", "The resident's authority for this representative is not recorded."
        )


def _points(draft: Draft, edition: Edition) -> Iterator[Lack]:
    ref = edition.ref(f"stage_{draft.stage}_every_point")
    if not draft.points and not draft.answers:
        yield Lack("points", ref, "Say which points this answers, and decide each.")
    for number in range(1, len(draft.points) + 1):
        found = [answer for answer in draft.answers if answer.point == number]
        if not any(_decided(answer) for answer in found):
            yield Lack(
                "decision", ref, f"Decide point {number}: upheld, partly upheld or not upheld.", number
            )
        elif len({answer.decision for answer in found}) > 1:
            yield Lack("decision", ref, f"Point {number} is decided in two ways. Keep one.", number)
        if not any(_reasoned(answer) for answer in found):
            yield Lack("reasons", ref, f"Give the reasons for the decision on point {number}.", number)
    for answer in draft.answers:
        if not 1 <= answer.point <= len(draft.points):
            yield Lack("points", ref, f"There is no point {answer.point} in this complaint.", answer.point)


def _outcomes(draft: Draft) -> Iterator[Lack]:
    for number, each in enumerate(draft.outcomes, start=1):
        if each.answer not in ("yes", "no", "not_ours"):
            says = f"Answer outcome {number}, “{each.outcome}”: yes, no and why, or not ours."
            yield Lack("outcomes", "outcomes", says, number)
        elif each.answer == "no" and not has_words(each.why):
            yield Lack("outcomes", "outcomes", f"Say why the answer to outcome {number} is no.", number)
        elif each.answer == "not_ours" and not has_words(each.why):
            yield Lack(
                "outcomes", "outcomes", f"Say who can decide outcome {number}, since we cannot.", number
            )


def _undated(draft: Draft, edition: Edition) -> Iterator[Lack]:
    ref = edition.ref("dated")
    for kind, each in (("remedy", draft.remedies), ("action", draft.actions)):
        for number, undertaken in enumerate(each, start=1):
            if not has_words(undertaken.what):
                yield Lack(kind, ref, f"Say what {kind} {number} is.", number)
            elif undertaken.by is None:
                yield Lack(kind, ref, f"Give the day for {kind} {number}, “{undertaken.what}”.", number)


def _money(draft: Draft) -> Iterator[Lack]:
    for number, each in enumerate(draft.compensation, start=1):
        if each.amount <= 0:
            yield Lack("compensation", "compensation", f"Sum {number} must be more than nothing.", number)


def _routes(draft: Draft) -> Iterator[Lack]:
    for number, route in enumerate(draft.routes or (), start=1):
        if not has_words(route.where):
            yield Lack(
                "elsewhere", "elsewhere", f"Say where else this can go: way {number} is empty.", number
            )
        elif route.by is None and not route.no_limit:
            yield Lack(
                "elsewhere",
                "elsewhere",
                f"Give the last day for {route.where}, or say there is none.",
                number,
            )


def _advice(draft: Draft) -> Iterator[Lack]:
    if (draft.advice_taken or has_words(draft.advice)) and not draft.advice_privileged:
        yield Lack("advice", "advice_privileged", "Mark the legal advice as privileged.")
    if repeats(draft.written, draft.advice):
        yield Lack(
            "advice", "advice_privileged", "The letter repeats the legal advice. Say it in our own words."
        )


def repeats(letter: str, advice: str) -> bool:
    """Whether a letter repeats the words of advice: eight on end or more, whatever stands between them."""
    theirs, ours = _bare(advice), _bare(letter)
    runs = {tuple(theirs[place : place + _COPIED]) for place in range(len(theirs) - _COPIED + 1)}
    return any(tuple(ours[place : place + _COPIED]) in runs for place in range(len(ours) - _COPIED + 1))


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


# What to look at again


def _look_again(draft: Draft, edition: Edition, needs: Iterable[str]) -> Iterator[Remark]:
    if draft.kind == "response":
        yield from _nothing_offered(draft, edition)
        yield from _nothing_cited(draft, edition)
        yield from _sums_explained(draft)
        yield from _owners(draft)
    if draft.kind in ("refusal", "declined_escalation") and 0 < len(words(draft.reason)) < _SHORT_REASONS:
        yield Remark(
            "short_reasons", "short_reasons", "These reasons are short. Do they fit this case?", draft.reason
        )
    for sentence in sentences(draft.written):
        if pattern("advice_shown").search(plain(sentence.text)):
            says = "This seems to tell what a lawyer advised. Advice is privileged: leave it out."
            yield Remark("advice_shown", "advice_privileged", says, "", sentence.text)
    for found in dict.fromkeys(_LEFT_TO_FILL.findall(draft.written)):
        yield Remark(
            "unfilled", "unfilled", f"“{found}” looks as if something is still to be filled in.", found
        )
    yield from _needs_left_out(draft, needs)


def _nothing_offered(draft: Draft, edition: Edition) -> Iterator[Remark]:
    if draft.upholds and not _offers(draft):
        yield Remark(
            "remedy", edition.ref("remedy"), "Something is upheld, and nothing is offered to put it right."
        )


def _nothing_cited(draft: Draft, edition: Edition) -> Iterator[Remark]:
    decided = [answer for answer in draft.answers if _decided(answer)]
    if decided and not any(answer.cites for answer in decided):
        says = (
            "No policy, law or good practice is named. Name what the decisions rest on, where there is any."
        )
        yield Remark("cites", edition.ref(f"stage_{draft.stage}_every_point"), says)


def _sums_explained(draft: Draft) -> Iterator[Remark]:
    for number, each in enumerate(draft.compensation, start=1):
        if not each.head or not has_words(each.reason):
            says = f"Say what sum {number} (£{each.amount / 100:,.2f}) is for and how it was reached."
            yield Remark("compensation", "compensation", says)


def _owners(draft: Draft) -> Iterator[Remark]:
    for undertaken in draft.undertakings:
        if has_words(undertaken.what) and not undertaken.owner.strip():
            yield Remark("owner", "owner", f"Nobody owns “{undertaken.what}” yet.", undertaken.what)


def _needs_left_out(draft: Draft, needs: Iterable[str]) -> Iterator[Remark]:
    """Each need that the letter does not mention, unless it speaks of the resident's needs at all."""
    said = plain(draft.written)
    if draft.kind not in ("response", "refusal", "declined_escalation") or pattern("needs_thought_of").search(
        said
    ):
        return
    for need in (needs,) if isinstance(needs, str) else needs:
        telling = [word for word in _bare(need) if len(word) > 3]
        if telling and not any(re.search(rf"\b{re.escape(word)}", said) for word in telling):
            says = f"We know of “{need}”. Say how it was thought of, or that it made no difference."
            yield Remark("needs", "needs", says, need)
