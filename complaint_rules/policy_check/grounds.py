"""What is not considered, and on what grounds stage 2 is refused: whether each is fair."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.policy_check.answers import (
    CANNOT_TELL,
    MET,
    Answer,
    breached,
    cannot_tell,
    each_way,
    lines_of,
    met,
    together,
)
from complaint_rules.policy_check.meanings import ABOUT_STAGE_2, ABSOLUTE, DISCRETION, Reading, readings
from complaint_rules.procedure import NOT_GIVEN, SAME_AS_EXCLUSIONS, Ground, Place, Procedure

ALIKE = 0.75
"""How like two grounds must read to count as the same one."""

# Which grounds a document gives


_ONLY_AT_STAGE_2 = frozenset({"no_reasons", "no_new_evidence", "window"})
_REFUSES = re.compile(
    r"\b(?:will not|won't|do not|don't|does not|cannot|can not|may not|not be|never|refuse\w*|reject\w*|declin\w*)\b"
    r"[^.]*\b(?:consider\w*|accept\w*|investigat\w*|escalat\w*|refuse\w*|reject\w*|declin\w*|taken|log\w*|review\w*|"
    r"complaints?|stage (?:2|two))\b"
)


def _remarks_that_refuse(procedure: Procedure, *, stage_2: bool) -> tuple[Ground, ...]:
    """What the document says elsewhere that it will not consider, or not take to stage 2."""
    return tuple(
        Ground(each.says, each.place)
        for each in procedure.remarks
        if _REFUSES.search(each.says.lower()) and bool(ABOUT_STAGE_2.search(each.says.lower())) == stage_2
    )


def excluded(procedure: Procedure) -> tuple[Ground, ...] | None:
    """What is not considered, wherever the document says so; None where it says nothing."""
    more = _remarks_that_refuse(procedure, stage_2=False)
    return more or None if procedure.exclusions is None else (*procedure.exclusions, *more)


def refusals(procedure: Procedure) -> tuple[Ground, ...] | None:
    """The grounds for refusing stage 2, wherever the document gives them; None where it gives none.

    Where they are said to be the exclusions, those; where nothing is said, exclusions that can only mean stage 2.
    """
    given, more = procedure.refusal_grounds, _remarks_that_refuse(procedure, stage_2=True)
    if given is None:
        meant = [
            g for g in excluded(procedure) or () if {each.kind for each in readings(g)} & _ONLY_AT_STAGE_2
        ]
        return (*meant, *more) or None
    own = tuple(each for each in given if each.ground != SAME_AS_EXCLUSIONS)
    same = excluded(procedure) or () if len(own) < len(given) else ()
    return (*own, *same, *more)


def _is_elsewhere(grounds: tuple[Ground, ...] | None) -> bool:
    return any(each.ground == NOT_GIVEN for each in grounds or ())


def quoted(ground: Ground, says: str) -> str:
    return f'"{ground.says}": {says[0].lower()}{says[1:]}'


def judged(
    grounds: Iterable[Ground],
    kinds: Collection[str] | None = None,
    but: Collection[str] = (),
    instead: Mapping[str, Reading] | None = None,
) -> list[Answer]:
    """An answer for each meaning of each ground, of these kinds (None: all) and not of those.

    `instead` holds what an edition makes of a kind, where that is not what it means by itself.
    """
    found = []
    for ground in grounds:
        for each in () if ground.ground == NOT_GIVEN else readings(ground):
            if each.kind in but or (kinds is not None and each.kind not in kinds):
                continue
            reading = (instead or {}).get(each.kind, each)
            found.append(Answer(reading.verdict, quoted(ground, reading.says), lines_of([ground.place])))
    return found


SURVEYS = ("survey",)
"""Shutting out survey answers has a provision of its own."""

NO_NUMBER = Reading(
    "too_soon",
    CANNOT_TELL,
    "Less than twelve months. This edition gives no number, so somebody must judge it.",
)


def exclusions(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether what is not considered is set out, and fair.

    `months`: the edition fixes the least age that may be excluded. `escalated`: it asks the same of what is
    not taken to stage 2.
    """
    given = excluded(procedure)
    if asks.get("escalated"):
        given = _both(given, procedure.refusal_grounds)
    if given is None:
        return cannot_tell("It does not say what will not be considered.")
    if not given:
        return met("It excludes nothing.", Place(procedure.lines.get("exclusions")))
    instead = {} if asks.get("months") else {NO_NUMBER.kind: NO_NUMBER}
    answers: list[Answer | None] = [
        *judged(given, but=(*SURVEYS, *_late_is_fair(procedure)), instead=instead)
    ]
    if _is_elsewhere(given):
        places = [each.place for each in given if each.ground == NOT_GIVEN]
        answers.append(cannot_tell("What is not considered is listed elsewhere, and not here.", *places))
    worst = together(answers)
    if worst is None or worst.verdict == MET:
        return met("What is not considered is set out, and each part is fair.", *[g.place for g in given])
    return worst


def _late_is_fair(procedure: Procedure) -> tuple[str, ...]:
    """A window for stage 2 is fair where a late request is looked at on its facts."""
    return ("window",) if {each.answer for each in procedure.said("escalation.discretion")} == {True} else ()


def _both(given: tuple[Ground, ...] | None, refused: tuple[Ground, ...] | None) -> tuple[Ground, ...] | None:
    """The exclusions with the grounds for refusing stage 2 that are not the same."""
    own = tuple(each for each in refused or () if each.ground not in (SAME_AS_EXCLUSIONS, NOT_GIVEN))
    if given is None:
        return own or None
    return (*given, *own)


def exclusions_set_out(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the policy says at all what will not be considered."""
    given = excluded(procedure)
    if given is None:
        return cannot_tell("It does not say what will not be considered.")
    return met("It says what will not be considered.", *[each.place for each in given])


def twelve_months(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a complaint within twelve months is always accepted, and a later one looked at."""
    given = _both(excluded(procedure), procedure.refusal_grounds)
    aged = [
        (ground, reading) for ground in given or () for reading in readings(ground) if reading.kind in _AGES
    ]
    if aged:
        return together(_age_answer(procedure, ground, reading) for ground, reading in aged)
    known = excluded(procedure)
    if known is None or _is_elsewhere(known):
        return cannot_tell("It does not say how old a matter may be.", *[g.place for g in known or ()])
    return met("Nothing is excluded for its age.", Place(procedure.lines.get("exclusions")))


_AGES = ("age", "too_soon")


def _age_answer(procedure: Procedure, ground: Ground, reading: Reading) -> Answer:
    if reading.kind == "too_soon":
        return breached(quoted(ground, reading.says), ground.place)
    text = ground.says.lower()
    if ground.discretion is False or ABSOLUTE.search(text):
        return breached(
            f'"{ground.says}": older matters must be looked at too, where there is good reason.', ground.place
        )
    merits = any(each.answer for each in procedure.said("each_on_its_merits"))
    if ground.discretion or merits or DISCRETION.search(text):
        return met(
            "Twelve months or more, and older matters are looked at where there is good reason.", ground.place
        )
    return cannot_tell(
        "It does not say that older matters are looked at where there is good reason.", ground.place
    )


def no_blanket(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether each complaint is looked at before an exclusion is used."""
    grounds = [*(excluded(procedure) or ()), *(refusals(procedure) or ())]
    blanket = [
        breached(f'"{ground.says}" is a blanket rule: look at the facts of each complaint.', ground.place)
        for ground in grounds
        if ground.discretion is False
        or ABSOLUTE.search(ground.says.lower())
        or any(reading.kind in ("the_person", "first_report", "not_a_tenant") for reading in readings(ground))
    ]
    if blanket:
        return together(blanket)
    said = procedure.said("each_on_its_merits")
    answers = [
        met("Each complaint is looked at on its own facts.", each.place)
        if each.answer
        else breached("Complaints are not looked at on their own facts.", each.place)
        for each in said
        if each.answer is not None
    ]
    if answers:
        return each_way(answers)
    if grounds and all(ground.discretion for ground in grounds):
        return met("Every exclusion leaves room for discretion.", *[ground.place for ground in grounds])
    return cannot_tell("It does not say that each complaint is looked at on its own facts.")


# Refusing stage 2


def refusal_to_escalate(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether stage 2 is refused on valid grounds only.

    `same`: whether the edition wants the very grounds on which a complaint is not accepted.
    """
    given = refusals(procedure)
    answers: list[Answer | None] = [_late_request(procedure)]
    if given is None:
        answers.append(cannot_tell("It does not say on what grounds stage 2 may be refused."))
        return together(answers)
    if _is_elsewhere(given):
        answers.append(
            cannot_tell("The grounds are listed elsewhere, and not here.", *[g.place for g in given])
        )
        given = tuple(each for each in given if each.ground != NOT_GIVEN)
    answers += judged(given, but=("service_request", *_late_is_fair(procedure)))
    if asks.get("same"):
        answers.append(_the_same(procedure, given))
    worst = together(answers)
    if worst is None or worst.verdict == MET:
        return met("Every ground for refusing stage 2 is a fair one.", *[ground.place for ground in given])
    return worst


def _late_request(procedure: Procedure) -> Answer | None:
    """What becomes of a request that comes after the window."""
    if not procedure.times_of("escalate_by") and not procedure.said("escalation.discretion"):
        return None
    said = [each for each in procedure.said("escalation.discretion") if each.answer is not None]
    if not said:
        places = [time.place for time in procedure.times_of("escalate_by")]
        return cannot_tell("It does not say that a late request for stage 2 is looked at.", *places)
    return each_way(
        [
            met("A late request is looked at on its facts.", each.place)
            if each.answer
            else breached("A late request for stage 2 is refused, whatever the reason.", each.place)
            for each in said
        ]
    )


def _the_same(procedure: Procedure, given: tuple[Ground, ...]) -> Answer | None:
    """2022, 4.14: the grounds must be those on which a complaint is not accepted."""
    not_accepted = excluded(procedure)
    if procedure.refusal_grounds and all(g.ground == SAME_AS_EXCLUSIONS for g in procedure.refusal_grounds):
        return None
    if not_accepted is None or _is_elsewhere(not_accepted):
        return cannot_tell("Are these the grounds on which a complaint is not accepted? Those are not here.")
    kinds = {reading.kind for ground in not_accepted for reading in readings(ground)} - {"unknown"}
    others = [each for each in given if not _is_among(each, not_accepted, kinds)]
    if not others:
        return met("The grounds are those on which a complaint is not accepted.")
    named = " and ".join(f'"{each.says}"' for each in others)
    says = f"{named}: stage 2 may be refused only on the grounds on which a complaint is not accepted."
    return breached(says, *[each.place for each in others])


def _is_among(ground: Ground, not_accepted: tuple[Ground, ...], kinds: set[str]) -> bool:
    own = {reading.kind for reading in readings(ground)}
    if own & kinds or own == {"window"}:
        return True
    words = ground.says.lower()
    return any(
        difflib.SequenceMatcher(None, words, each.says.lower()).ratio() >= ALIKE for each in not_accepted
    )
