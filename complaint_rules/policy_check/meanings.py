"""What exclusions and reasons for refusing stage 2 mean, as landlords write them.

A ground is read by its meaning, not by its exact words (`grounds.toml`). One that no meaning fits is
`unknown`: somebody must judge whether it is fair.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from complaint_rules.findings import Verdict
from complaint_rules.policy_check.answers import BREACHED, CANNOT_TELL, MET
from complaint_rules.procedure import Ground
from complaint_rules.procedure.time_in_words import Duration, UnclearTime, all_durations, find_duration

YEAR = 12  # months
REMEMBERED = 2_000
"""How many grounds are kept with their meaning: each is asked after by several provisions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a ground means: its kind, whether it is fair in itself, and why."""

    kind: str
    verdict: Verdict
    says: str


MEANINGS_FILE = Path(__file__).parent / "grounds.toml"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A meaning that a ground may have, and how sentences that have it are known (`grounds.toml`)."""

    kind: str
    verdict: Verdict
    says: str
    when: tuple[tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]], ...]

    def of(self, sentence: str) -> bool:
        return any(
            all(row.search(sentence) for row in rows) and not any(row.search(sentence) for row in unless)
            for rows, unless in self.when
        )


@cache
def meanings() -> tuple[Meaning, ...]:
    """Every meaning that a ground may have."""
    with open(MEANINGS_FILE, "rb") as file:
        data = tomllib.load(file)
    return tuple(
        Meaning(
            kind,
            Verdict(each["verdict"]),
            each["says"],
            tuple((_rows(when["all"]), _rows(when.get("unless", []))) for when in each["when"]),
        )
        for kind, each in data.items()
    )


def _rows(rows: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("|".join(_pattern(each) for each in row.split("|"))) for row in rows)


def _pattern(words: str) -> str:
    """A word or phrase as a pattern: a `*` of its own is up to four words, one at an end any ending."""
    parts = []
    for word in words.split():
        if word == "*":
            parts.append(r"(?:[\w'-]+ ){0,4}?")
        elif word == "n't":
            parts.append(r"n't ")
        else:
            parts.append(re.escape(word).replace(r"\*", r"\w*") + " ")
    start = "" if words.startswith("n't") else r"\b"
    return start + "".join(parts).removesuffix(" ") + r"\b"


_SURVEY = re.compile(r"\b(?:surveys?|questionnaires?)\b")
_TOLD_HOW = re.compile(r"\b(?:told|may|can|unless|offer\w*|option|choice|ask\w*|wish\w*)\b")
_FIRST_REPORT = re.compile(
    r"\b(?:first|initial)[- ](?:\w+ ){0,3}?(?:reports?|contacts?|times?|requests?|notifi\w+|mention\w*|instance)\b|"
    r"\b(?:not|never|n't)\b[^.]{0,25}\b(?:previously|already|before)\b[^.]{0,25}\b(?:reported|raised|told|contacted)\b|"
    r"\b(?:not|never|n't) (?:yet |been |previously )*(?:reported|raised|told us)\b|"
    r"\b(?:opportunity|chance) to (?:put|resolve|fix)\b"
)
_CHOICE_LEFT = re.compile(
    r"\b(?:unless|except|usually|normally|may be|judged|on its (?:facts|merits)|resident (?:asks|wants))\b"
)
ABOUT_STAGE_2 = re.compile(
    r"\b(?:stage (?:2|two)|escalat\w*|review|appeal|stage (?:1|one)|our (?:response|reply|answer))\b"
)
DISCRETION = re.compile(
    r"\b(?:discretion\w*|exception\w*|unless|good reasons?|where (?:reasonable|appropriate)|usually|normally|"
    r"case by case|on (?:its|their) merits|circumstances)\b"
)
ABSOLUTE = re.compile(
    r"\b(?:never|under no circumstances|no exceptions?|without exception|in all cases|automatically|always|"
    r"regardless|no discretion|in any circumstances?|whatever the (?:reason|circumstances))\b"
)

_BY_CODE = {
    "over_twelve_months": Reading("age", MET, "Over twelve months."),
    "legal_proceedings": Reading("legal_proceedings", MET, "A claim filed at court."),
    "already_considered": Reading("already_considered", MET, "Already answered under the policy."),
    "no_new_evidence": Reading(
        "no_new_evidence", BREACHED, "A resident need bring nothing new to go to stage 2."
    ),
    "no_reasons_given": Reading("no_reasons", BREACHED, "A resident need not say why they want stage 2."),
}


@lru_cache(maxsize=REMEMBERED)
def readings(ground: Ground) -> tuple[Reading, ...]:
    """Everything that a ground means, the unsafe first; `unknown` where no rule knows it."""
    text = " ".join(ground.says.lower().replace("’", "'").split())
    found = _meant(text, BREACHED)
    aged = _by_age(text)
    if aged:
        found.append(aged)
    if is_first_report(text):
        found.append(
            Reading("first_report", BREACHED, "A first report may be a complaint: this shuts it out.")
        )
    if _SURVEY.search(text):
        verdict = MET if _TOLD_HOW.search(text) else BREACHED
        found.append(Reading("survey", verdict, "This shuts out what residents say in surveys."))
    found += _meant(text, MET)
    if ground.ground in _BY_CODE:
        found.append(_BY_CODE[ground.ground])
    if all(each.kind == "survey" for each in found):
        found += _meant(text, CANNOT_TELL)
    return tuple(_without_clashes(found)) or (
        Reading("unknown", CANNOT_TELL, "Somebody must judge whether this is fair."),
    )


def _meant(text: str, verdict: Verdict) -> list[Reading]:
    """The meanings of this verdict that any sentence of the text has."""
    sentences = [each.strip() for each in re.split(r"[.;]\s", text)]
    return [
        Reading(each.kind, each.verdict, each.says)
        for each in meanings()
        if each.verdict == verdict and any(each.of(sentence) for sentence in sentences)
    ]


def is_first_report(text: str) -> bool:
    """Whether a first report is never a complaint by these words. A point first raised at stage 2 is not meant."""
    return (
        bool(_FIRST_REPORT.search(text)) and not _CHOICE_LEFT.search(text) and not ABOUT_STAGE_2.search(text)
    )


def _without_clashes(found: list[Reading]) -> list[Reading]:
    """A reading that a better one makes moot is left out."""
    kinds = {each.kind for each in found}
    moot: set[str] = set()
    if kinds & {"own_route", "staff_matters"}:
        moot |= {"contractor", "outside_control"}
    if kinds & {"too_soon", "age", "window"}:
        moot |= {"no_reasons", "first_report", "must_wait"}
    return [each for each in found if each.kind not in moot]


def _by_age(text: str) -> Reading | None:
    """What a limit on the age of a matter means; None where the words hold none, or limit the asking for stage 2."""
    months = age_in_months(text)
    if months is None:
        return None
    if ABOUT_STAGE_2.search(text):
        verdict = CANNOT_TELL if DISCRETION.search(text) and not ABSOLUTE.search(text) else BREACHED
        return Reading("window", verdict, "A late request for stage 2 must be looked at: why was it late?")
    if months < YEAR:
        return Reading("too_soon", BREACHED, "A matter may be raised for twelve months: this gives less.")
    return Reading("age", MET, "Twelve months or more.")


_AGE = re.compile(
    r"\b(?:old|older|over|ago|more than|within|after|since|longer than|exceed\w*|earlier than|past|happened|occurred|"
    r"aware|raised|reported|late)\b"
)
_MUST_WAIT = re.compile(
    r"\b(?:less|fewer|sooner|earlier) than\b|\buntil\b|\b(?:repairs?|works?|requests?)\b.*within the\b"
)


def age_in_months(text: str) -> float | None:
    """How old a matter may be, in months, by these words; None where they do not limit its age."""
    if not _AGE.search(text) or _MUST_WAIT.search(text):
        return None
    try:
        told = all_durations(text) or [each for each in [find_duration(text)] if each]
    except UnclearTime:
        return None
    return min((_months(each) for each in told), default=None)


def _months(told: Duration) -> float:
    length = told.length or 0
    if told.unit == "months":
        return length
    days = length * 7 / 5 if told.unit == "working_days" else length
    return days * 12 / 365
