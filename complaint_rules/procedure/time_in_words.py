"""Times as landlords write them: "10 working days from receipt", "a month from the stage 1 response".

One place turns such words into a length, a unit and the step that starts the clock, so that a
document may be written as a policy prints it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from complaint_rules.procedure.terms import NOT_STATED

OWN_CLOCKS = (
    "acknowledge",
    "respond",
    "acknowledge_escalation",
    "respond_stage_2",
    "update",
    "escalate_by",
    "decline_by",
    "call_back",
)
"""The clocks that may run to a landlord's own day."""

STAGE_2_CLOCKS = (
    "acknowledge_escalation",
    "respond_stage_2",
    "decline_by",
    "extension_stage_2",
    "respond_stage_3",
)

STEPS = (
    "received",
    "logged",
    "acknowledged",
    "requested",
    "escalated",
    "acknowledged_escalation",
    "responded",
    "dissatisfied",
    "updated",
    "responded_stage_2",
)


_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
}

_NUMBER = r"(?P<number>\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_UNIT = (
    r"(?P<unit>(?:clear\s+|full\s+)?(?:working|business|work)[\s-]*days?|w/?ds?|"
    r"(?:calendar\s+)?(?:days?|weeks?|months?|years?)|fortnights?|hours?)"
)
_AMOUNT = re.compile(
    rf"\b{_NUMBER}(?:\s*\(\d+\))?[\s-]*(?:more\s+|further\s+|additional\s+|extra\s+)?{_UNIT}\b"
)
_ONCE = re.compile(r"\b(?:once|every|each|per)\s+(?:a\s+|an\s+)?(?:(?P<kind>working|business)\s+)?"
                   r"(?P<unit>day|week|fortnight|month|quarter|year)\b")  # fmt: skip
_ADVERBS = {
    "daily": (1, "days"),
    "weekly": (7, "days"),
    "fortnightly": (14, "days"),
    "monthly": (1, "months"),
    "quarterly": (3, "months"),
    "annually": (12, "months"),
    "yearly": (12, "months"),
}
_NEXT_WORKING_DAY = re.compile(r"\b(?:next|following|one)\s+(?:working|business)\s+day\b")
_SAME_DAY = re.compile(r"\bsame\s+(?:working\s+|business\s+)?day\b")
_LENGTHS = (_SAME_DAY, _AMOUNT, _NEXT_WORKING_DAY, _ONCE)
_FROM = re.compile(r"\b(?:from|of|after|since|following|starting (?:with|on|at))\s+(?P<start>\S.*)$")


class UnclearTime(ValueError):
    """These words hold no time that can be counted. The message says what was expected."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: `unit` is working_days, days or months. Both are None where none is stated."""

    length: int | None
    unit: str | None


def duration(text: str) -> Duration:
    """The length of time in these words; UnclearTime where there is none."""
    found = find_duration(text)
    if found is None:
        raise UnclearTime('write a time such as "10 working days", "2 weeks" or "1 month".')
    return found


def find_duration(text: str) -> Duration | None:
    """The first length of time in these words, or None."""
    plain = text.lower().replace("\u00a0", " ")
    if _SAME_DAY.search(plain):
        return Duration(0, "working_days")
    amount = _AMOUNT.search(plain)
    if amount:
        return _counted(amount["number"], amount["unit"])
    if _NEXT_WORKING_DAY.search(plain):
        return Duration(1, "working_days")
    once = _ONCE.search(plain)
    if once:
        unit = f"{once['kind']} {once['unit']}" if once["kind"] else once["unit"]
        return Duration(3, "months") if unit == "quarter" else _counted("1", unit)
    adverb = next((each for each in _ADVERBS if re.search(rf"\b{each}\b", plain)), None)
    return Duration(*_ADVERBS[adverb]) if adverb else None


def all_durations(text: str) -> list[Duration]:
    """Every length of time that these words count out."""
    return [_counted(found["number"], found["unit"]) for found in _AMOUNT.finditer(text.lower())]


def _counted(number: str, unit: str) -> Duration:
    length = int(number) if number.isdecimal() else _NUMBERS[number]
    if re.match(r"(?:clear\s+|full\s+)?(?:working|business|work)|w/?d", unit):
        return Duration(length, "working_days")
    plain = unit.removeprefix("calendar").strip()
    if plain.startswith("hour"):
        if length % 24:
            raise UnclearTime("hours are counted in whole days: write 24, 48 or 72 hours, or working days.")
        return Duration(length // 24, "days")
    if plain.startswith("week"):
        return Duration(length * 7, "days")
    if plain.startswith("fortnight"):
        return Duration(length * 14, "days")
    if plain.startswith("year"):
        return Duration(length * 12, "months")
    return Duration(length, "months" if plain.startswith("month") else "days")


def start_in(text: str, clock: str) -> str | None:
    """The step that these words say a clock is counted from; None where they name none."""
    plain = " ".join(text.lower().split()).rstrip(" .")
    told = next((found for found in (each.search(plain) for each in _LENGTHS) if found), None)
    found = _FROM.search(plain, told.end() if told else 0)
    return step(found["start"], clock) if found else None


_MEANINGS = (
    (r"not (?:stated|known|given|said)", NOT_STATED),
    (r"dissatisf|unhappy|survey", "dissatisfied"),
    (r"acknowledg\w*[_ ](?:of[_ ])?(?:the )?(?:escalation|stage (?:2|two))", "acknowledged_escalation"),
    (r"(?:stage (?:2|two)|escalation)(?: complaint)?[_ ](?:being )?acknowledg", "acknowledged_escalation"),
    (r"stage (?:2|two) (?:response|answer|decision|outcome|letter)", "responded_stage_2"),
    (r"panel|hearing|meeting|visit|inspect|investigat|allocat|assign|agree|clarif|accept.* definition", None),
    (r"\ball\b.*(?:information|documents|evidence)|triage|validat", None),
    (r"acknowledg", "acknowledged"),
    (r"request|asking", "requested"),
    (r"respon[ds]|answer|decision|outcome|stage (?:1|one) (?:letter|ends?|reply)|reply", "responded"),
    (r"escalat\w* (?:being |is |was )?receiv|recei\w+ (?:of )?(?:the |an )?escalat", "requested"),
    (r"escalat|accept", "escalated"),
    (r"rece[ip]|receiv|made|submitted|reported|arriv", "received"),
    (r"log|regist|record|(?:enter\w*|start\w*).*\bprocedure", "logged"),
    (r"update", "updated"),
)  # fmt: skip


def step(text: str, clock: str) -> str:
    """The step that these words name, for this clock; the words themselves where no clock knows it.

    At stage 2 "receipt" is that of the request, and "acknowledgement" that of stage 2.
    """
    plain = " ".join(text.lower().replace("_", " ").split()).strip(" .")
    word = plain.replace(" ", "_")
    if word in STEPS:
        return _at_stage(word, clock)
    for pattern, meaning in _MEANINGS:
        if re.search(pattern, plain):
            return _at_stage(meaning, clock) if meaning else plain
    return plain


def _at_stage(found: str, clock: str) -> str:
    if clock not in STAGE_2_CLOCKS:
        return "logged" if found == "escalated" else found
    return {
        "received": "requested",
        "acknowledged": "acknowledged_escalation",
        "logged": "escalated",
    }.get(found, found)


def meant(start: str) -> str | None:
    """The step that a misspelt one was meant to be, or None."""
    close = difflib.get_close_matches(start.replace(" ", "_"), STEPS, n=1, cutoff=0.75)
    return close[0] if close else None
