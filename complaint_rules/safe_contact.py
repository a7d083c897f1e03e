"""What may be sent to somebody, and which way: what they say is safe, and what makes it easier for them.

Deny by default. Once anything is said about what is safe, a way that is not on the list is not safe, an
address that is not the safe one is not safe, and outside the safe hours nothing leaves. A fact that
contradicts what was said stops it too: a person must ask. Where nobody has said anything, only an
adjustment stands in the way, and an address that nobody has checked.

Nothing here is ever shown as it stands: `says` and `unlock` hold no address, number, hour, name or word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from complaint_rules.working_days import Calendar

LONDON = ZoneInfo("Europe/London")
WAYS = ("telephone", "text", "email", "letter", "portal", "visit")
IN_THEIR_CONTACT = "their_contact"
"""Said on the spot, in a call or visit that they began: nothing is sent, so no way has to be safe."""
KIND = {
    "telephone": "telephone",
    "text": "telephone",
    "email": "email",
    "letter": "address",
    "visit": "address",
}
"""Which of somebody's details a way needs. The portal needs none."""
FORMATS = ("standard", "large_print", "plain_text", "easy_read", "audio", "braille")

SEES = frozenset({"contact_staff", "complaints_officer", "investigator", "reviewer", "service_manager"})
"""The roles that may open what is safe for somebody: those that ring, write or visit."""
SETS = frozenset({"contact_staff", "complaints_officer", "investigator", "reviewer"})
"""The roles that write down what somebody says is safe."""
SETTLES_CLAIMS = frozenset({"complaints_officer", "investigator", "reviewer"})
"""The roles that decide whether a new address or number is believed."""


@dataclass(frozen=True, slots=True)
class SafeWay:
    """One way that is safe: to which number or address, and between which hours in London.

    `to` is empty where the detail we hold may be used. `until` is not safe any more; a span may go over midnight.
    """

    way: str
    to: str = field(default="", repr=False)
    start: time | None = field(default=None, repr=False)
    until: time | None = field(default=None, repr=False)
    voicemail: bool = False


@dataclass(frozen=True, slots=True)
class Instruction:
    """What somebody says is safe. With no way at all, nothing is."""

    allowed: tuple[SafeWay, ...] = ()
    not_to: tuple[str, ...] = field(default=(), repr=False)
    code_word: bool = False  # whether there is one; the word itself is no business of a rule


@dataclass(frozen=True, slots=True)
class Detail:
    """An address, email address or number of somebody: `kind` is address, email or telephone."""

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody when something is about to leave for them.

    `held` are the details we believe; `claimed` those that nobody has checked; `feared` those of the people whom
    nothing may reach; `shared` those of others at the same home or on the same tenancy; `left` the homes
    they have left; `barred` what nothing may be sent to, whoever it is for.
    """

    instruction: Instruction | None = None
    adjustments: frozenset[str] = frozenset()
    held: tuple[Detail, ...] = ()
    claimed: tuple[Detail, ...] = ()
    feared: tuple[Detail, ...] = ()
    shared: tuple[Detail, ...] = ()
    left: tuple[str, ...] = field(default=(), repr=False)
    barred: tuple[str, ...] = field(default=(), repr=False)

    @property
    def under_safe_contact(self) -> bool:
        """Whether they have said what is safe."""
        return self.instruction is not None

    def of_kind(self, kind: str) -> str:
        """The detail we hold of this kind; empty where we hold none."""
        return next((each.value for each in self.held if each.kind == kind and each.value.strip()), "")


@dataclass(frozen=True, slots=True)
class Sending:
    """Something about to leave: which way, when, and to which number or address. Empty: to the one we may use."""

    way: str
    at: datetime
    to: str = field(default="", repr=False)
    voicemail: bool = False  # a message would be left


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it may leave. Where it may: to which address, and what to mind. Where not: why, and what to do.

    `why` is a name from REASONS, empty where it may leave; `not_before` the next safe moment, where only the hour
    is wrong. `to` and `not_before` are for the eyes of those who may open what is safe.
    """

    allowed: bool
    way: str = ""
    to: str = field(default="", repr=False)
    why: str = ""
    says: str = ""
    unlock: str = ""
    not_before: datetime | None = field(default=None, repr=False)
    advice: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The rule that stands in the way, as a refusal names it."""
        return REASONS[self.why].ref if self.why else ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something stops, under which rule, and what would let it go."""

    says: str
    unlock: str
    ref: str = "safe_contact"


REASONS: dict[str, Reason] = {
    "way_needed": Reason(
        "The way it goes must be chosen.",
        "Choose one of the ways that are safe.",
    ),
    "way_unknown": Reason("This is not a way we know.", "Choose one of the ways on the page."),
    "nothing_safe": Reason(
        "No safe way to reach them is recorded, so nothing may be sent.",
        "When they next get in touch, ask what is safe, and record it.",
    ),
    "nothing_now": Reason(
        "No way is open at this moment.",
        "Wait for the next safe hour, or ask what is safe when they next get in touch.",
    ),
    "written": Reason("This is sent, not only said.", "Choose the way it is sent.", "way"),
    "way_not_safe": Reason(
        "They have not said that this way is safe.", "Choose a way that is safe, or ask them by one."
    ),
    "address_not_safe": Reason(
        "This is not the number or address that they said is safe.",
        "Use the safe one, or ask them by a safe way.",
    ),
    "no_address": Reason(
        "The way is safe, but we hold no number or address for it.",
        "Ask them by another safe way, and record it.",
    ),
    "barred": Reason(
        "They have said that nothing may reach this number or address.",
        "Choose another way that is safe, or ask them by one.",
    ),
    "feared": Reason(
        "Somebody whom nothing may reach uses this number or address.",
        "Choose another way that is safe, or ask them by one.",
    ),
    "shared": Reason(
        "Somebody else uses this number or address too, and they have not said that it is safe itself.",
        "Ask them by a safe way which number or address is safe, and record it.",
    ),
    "moved": Reason("They no longer live there.", "Ask them for their address, and record it.", "address"),
    "outside_hours": Reason(
        "It is outside the hours that are safe.", "Wait for the next safe hour, or choose another safe way."
    ),
    "voicemail": Reason("No message may be left.", "Ring again at a safe hour, or choose another safe way."),
    "telephone_only": Reason(
        "They are told things by telephone only: it is an adjustment we agreed.",
        "Ring them. Ask how they want what must be in writing.",
        "adjustment",
    ),
    "no_telephone": Reason(
        "They are not rung: it is an adjustment we agreed.", "Choose another way.", "adjustment"
    ),
    "sign_language": Reason(
        "They use sign language, and no text relay is agreed, so a call would not reach them.",
        "Choose another way, or agree text relay and record it.",
        "adjustment",
    ),
    "claimed": Reason(
        "This number or address came to us and nobody has checked it.",
        "Check it with them by a way we already know, then record that it is believed.",
        "address",
    ),
    "not_theirs": Reason(
        "This number or address is another person's.", "Use one that is theirs, or ask them.", "address"
    ),
    "not_held": Reason(
        "We do not hold this number or address as theirs.",
        "Check it with them by a way we already know, then record it.",
        "address",
    ),
    "no_authority": Reason(
        "The resident's authority for this representative is not recorded.",
        "Ask the resident, by a way that is safe for them, and record what they say.",
        "authority",
    ),
    "authority_not_written": Reason(
        "The resident's authority for this representative is not in writing.",
        "Get it in writing, by a way that is safe for the resident, and record it.",
        "authority",
    ),
    "authority_ended": Reason(
        "The resident's authority for this representative has ended.",
        "Ask the resident whether it goes on, by a way that is safe for them, and record it.",
        "authority",
    ),
    "authority_elsewhere": Reason(
        "The resident's authority for this representative covers other cases, not this one.",
        "Ask the resident, by a way that is safe for them, and record what they say.",
        "authority",
    ),
    "another_person": Reason(
        "This case is not theirs: a joint tenant, or somebody who lived there before or after, does not see it.",
        "Write to the resident of the case.",
        "address",
    ),
    "feared_representative": Reason(
        "The resident has said that nothing may reach this person.",
        "Write to the resident alone, by a way that is safe.",
    ),
}

_USES_CODE_WORD = "Ask for the code word before you say anything."
_NO_MESSAGE = "Leave no message if they do not answer."
_ADVICE: dict[str, str] = {
    "interpreter": "Book an interpreter: never a child, a partner or somebody of the household.",
    "sign_language": "Book a sign language interpreter: never a child, a partner or somebody of the household.",
    "text_relay": "Ring by text relay.",
    "more_time": "Give them more time.",
    "face_to_face": "They would rather be told face to face.",
    "large_print": "Send it in large print.",
    "plain_text": "Send it as plain text.",
    "easy_read": "Send it in easy read.",
    "audio": "Send it as a recording.",
    "braille": "Send it in braille.",
}
_SPOKEN = frozenset({"telephone", "visit", IN_THEIR_CONTACT})
_WHEN_SPOKEN = frozenset({"interpreter", "sign_language", "more_time"})
_WHEN_WRITTEN = frozenset(FORMATS)


def may_leave(facts: Facts, sending: Sending) -> Answer:
    """Whether this may leave for them, now, this way; the first thing that stands in the way where not."""
    if not sending.way:
        return _without_a_way(facts, sending)
    if sending.way == IN_THEIR_CONTACT and not sending.to.strip():
        return _allowed(facts, sending, "", None)
    if sending.way not in WAYS:
        return _stopped("way_unknown", sending)
    blocked = _blocked_by_adjustment(facts.adjustments, sending.way)
    if blocked:
        return _stopped(blocked, sending)
    if facts.instruction is None:
        return _where_nothing_is_said(facts, sending)
    return _as_they_said(facts, facts.instruction, sending)


def _without_a_way(facts: Facts, sending: Sending) -> Answer:
    """Where a way must be chosen: that it must, or that there is none to choose."""
    if not facts.under_safe_contact and not sending.to.strip():
        return Answer(True)
    open_ways = answers(facts, sending.at).values()
    if any(each.allowed for each in open_ways):
        return _stopped("way_needed", sending)
    waits_for = min((each.not_before for each in open_ways if each.not_before), default=None)
    nothing = facts.instruction is not None and not facts.instruction.allowed
    return _stopped("nothing_safe" if nothing else "nothing_now", sending, waits_for)


def answers(facts: Facts, at: datetime) -> dict[str, Answer]:
    """Each way, and whether something may leave that way now."""
    return {way: may_leave(facts, Sending(way, at)) for way in WAYS}


def format_of(adjustments: Iterable[str]) -> str:
    """The format that what is written for them takes: the first of FORMATS that was agreed, else standard."""
    agreed = set(adjustments)
    return next((each for each in FORMATS[1:] if each in agreed), FORMATS[0])


def _stopped(why: str, sending: Sending, not_before: datetime | None = None) -> Answer:
    return replace(stopped(why, sending.way), not_before=not_before)


def _blocked_by_adjustment(adjustments: frozenset[str], way: str) -> str:
    if "telephone_only" in adjustments and way != "telephone":
        return "telephone_only"
    if way != "telephone":
        return ""
    if "no_telephone" in adjustments:
        return "no_telephone"
    return "sign_language" if "sign_language" in adjustments and "text_relay" not in adjustments else ""


def _allowed(facts: Facts, sending: Sending, to: str, safe: SafeWay | None) -> Answer:
    return Answer(True, sending.way, to, advice=_advice(facts, sending.way, safe))


def _advice(facts: Facts, way: str, safe: SafeWay | None) -> tuple[str, ...]:
    found = []
    if facts.instruction is not None and facts.instruction.code_word and way in _SPOKEN:
        found.append(_USES_CODE_WORD)
    if way == "telephone" and safe is not None and not safe.voicemail:
        found.append(_NO_MESSAGE)
    for adjustment, says in _ADVICE.items():
        if adjustment in facts.adjustments and _matters(adjustment, way):
            found.append(says)
    return tuple(found)


def _matters(adjustment: str, way: str) -> bool:
    if adjustment in _WHEN_WRITTEN:
        return way in ("letter", "email")
    if adjustment == "text_relay":
        return way == "telephone"
    return adjustment == "face_to_face" or way in _SPOKEN


# Where nobody has said what is safe


def _where_nothing_is_said(facts: Facts, sending: Sending) -> Answer:
    kind = KIND.get(sending.way)
    if kind is None:
        return _stopped("not_held", sending) if sending.to.strip() else _allowed(facts, sending, "", None)
    held = facts.of_kind(kind)
    if sending.to.strip():
        if not held or not same(kind, sending.to, held):
            return _stopped(_whose(facts, kind, sending.to), sending)
    elif not held and any(each.kind == kind for each in facts.claimed):
        return _stopped("claimed", sending)
    unsafe = _not_safe_in_itself(facts, kind, held)
    return _stopped(unsafe, sending) if unsafe else _allowed(facts, sending, held, None)


def _whose(facts: Facts, kind: str, to: str) -> str:
    """Why an address that we do not hold as theirs is not used."""
    if _among(facts.claimed, kind, to):
        return "claimed"
    if _among((*facts.shared, *facts.feared), kind, to):
        return "not_theirs"
    return "not_held"


# Where they have said what is safe


def _as_they_said(facts: Facts, said: Instruction, sending: Sending) -> Answer:
    if not said.allowed:
        return _stopped("nothing_safe", sending)
    ways = [each for each in said.allowed if each.way == sending.way]
    if not ways:
        return _stopped("way_not_safe", sending)
    found = [_by_this(facts, each, sending) for each in ways]
    return min(found, key=_best_first)


def _best_first(answer: Answer) -> tuple[bool, bool, datetime]:
    """What may leave, then what may leave soonest, then why nothing may."""
    return not answer.allowed, answer.not_before is None, answer.not_before or _NEVER


_NEVER = datetime.max.replace(tzinfo=LONDON)


def _by_this(facts: Facts, safe: SafeWay, sending: Sending) -> Answer:
    kind = KIND.get(safe.way)
    to = safe.to.strip() or (facts.of_kind(kind) if kind else "")
    if kind is not None:
        if not _WRITTEN[kind](to):
            return _stopped("no_address", sending)
        if sending.to.strip() and not same(kind, sending.to, to):
            return _stopped("address_not_safe", sending)
        unsafe = _not_safe_in_itself(facts, kind, to)
        if not unsafe and not safe.to.strip() and _among(facts.shared, kind, to):
            unsafe = "shared"
        if unsafe:
            return _stopped(unsafe, sending)
    elif sending.to.strip():
        return _stopped("address_not_safe", sending)
    if sending.voicemail and not safe.voicemail:
        return _stopped("voicemail", sending)
    waits_for = next_safe_moment(safe, sending.at)
    if waits_for is None:
        return _stopped("outside_hours", sending)
    if waits_for > sending.at:
        return _stopped("outside_hours", sending, waits_for)
    return _allowed(facts, sending, to, safe)


def _not_safe_in_itself(facts: Facts, kind: str, to: str) -> str:
    """Why nothing may reach this number or address, whoever says that it is theirs."""
    barred = (*facts.barred, *(facts.instruction.not_to if facts.instruction else ()))
    if any(may_be_same(kind, to, each) for each in barred):
        return "barred"
    if _among(facts.feared, kind, to):
        return "feared"
    if kind == "address" and any(may_be_same(kind, to, each) for each in facts.left):
        return "moved"
    return ""


def _among(details: Iterable[Detail], kind: str, to: str) -> bool:
    return any(each.kind == kind and may_be_same(kind, to, each.value) for each in details)


def next_safe_moment(safe: SafeWay, at: datetime) -> datetime | None:
    """`at` where it is within the safe hours, else when they next begin, in London. None where they never do."""
    if safe.start is None and safe.until is None:
        return at
    start, until = safe.start or time(0), safe.until or time(0)
    if start == until and safe.start is not None and safe.until is not None:
        return None
    here = at.astimezone(LONDON)
    if _within(here.time().replace(tzinfo=None), start, until):
        return at
    today = datetime.combine(here.date(), start, LONDON)
    tomorrow = datetime.combine(here.date() + timedelta(days=1), start, LONDON)
    return today if today > here else tomorrow


def _within(now: time, start: time, until: time) -> bool:
    if until == time(0):
        return now >= start
    if start < until:
        return start <= now < until
    return now >= start or now < until


# Who speaks for somebody


@dataclass(frozen=True, slots=True)
class Mandate:
    """A resident's word that somebody may act for them. `cases` are those it is for; empty: for all."""

    written: bool
    since: date
    expires_on: date | None = None
    ended_on: date | None = None
    cases: frozenset[str] = frozenset()

    def lives_on(self, day: date) -> bool:
        """Whether it holds on this day: its last day counts, the day it was ended does not."""
        if self.since > day or (self.ended_on is not None and self.ended_on <= day):
            return False
        return self.expires_on is None or day <= self.expires_on


def may_speak_for(
    mandates: Iterable[Mandate], said_in_case: bool | None, reference: str, day: date, careful: bool
) -> str:
    """Why a representative may not be told anything of a case on this day; empty where they may.

    `said_in_case` is what the case's own entries say of their authority (`record_authority`), None where they say
    nothing. Where authorities are kept, one of them must live, be written and cover the case; with none kept,
    the word of the case is enough, unless the resident has said what is safe (`careful`).
    """
    if said_in_case is False:
        return "authority_ended"
    kept = list(mandates)
    if not kept:
        if said_in_case is None:
            return "no_authority"
        return "authority_not_written" if careful else ""
    living = [each for each in kept if each.lives_on(day)]
    if not living:
        return "authority_ended"
    written = [each for each in living if each.written]
    if not written:
        return "authority_not_written"
    covers = any(not each.cases or reference.casefold() in each.cases for each in written)
    return "" if covers else "authority_elsewhere"


def stopped(why: str, way: str) -> Answer:
    """The answer that stops something for a reason of REASONS, whichever address it would have gone to."""
    reason = REASONS[why]
    return Answer(False, way, why=why, says=reason.says, unlock=reason.unlock)


def as_representative(own: Facts, of_resident: Facts) -> Facts:
    """What is known of a representative, with what the resident says nothing may reach laid over it."""
    said = of_resident.instruction.not_to if of_resident.instruction else ()
    return replace(
        own, barred=(*own.barred, *of_resident.barred, *said), feared=(*own.feared, *of_resident.feared)
    )


# What was stopped


SETTLED_WITHIN = 1
"""Working days within which a person looks at what was stopped: the resident may be waiting for it."""


def settle_by(stopped_on: date, calendar: Calendar) -> date:
    """The last day on which somebody looks at what was stopped. Our own day; the Code names none."""
    return calendar.add(stopped_on, SETTLED_WITHIN)


# Whether two addresses are one


def same(kind: str, one: str, other: str) -> bool:
    """Whether these are the same number or address, however they are written. Used where it lets something go."""
    written = _WRITTEN[kind]
    return bool(written(one)) and written(one) == written(other)


def may_be_same(kind: str, one: str, other: str) -> bool:
    """Whether these may be the same. Used where it stops something: in doubt they are."""
    return same(kind, one, other) or _LOOSELY[kind](one, other)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def written_telephone(text: str) -> str:
    """A number by its digits, as it is dialled in this country: "+44 (0)7700 900123" is "07700900123"."""
    text = _plain(text)
    abroad = text.startswith("+")
    digits = "".join(
        str(unicodedata.digit(each)) for each in text if unicodedata.digit(each, None) is not None
    )
    if digits.startswith("00"):
        abroad, digits = True, digits[2:]
    if digits.startswith("44") and (abroad or len(digits) >= 12):
        digits = "0" + digits[2:].removeprefix("0")
    elif not abroad and len(digits) == 10 and not digits.startswith("0"):
        digits = f"0{digits}"
    return digits


def written_email(text: str) -> str:
    """An email address without spaces or capitals."""
    return re.sub(r"\s+", "", _plain(text)).removeprefix("mailto:")


_ABBREVIATED = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "ct": "court",
    "cl": "close",
    "cres": "crescent",
    "dr": "drive",
    "gdns": "gardens",
    "gr": "grove",
    "la": "lane",
    "ln": "lane",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "apt": "flat",
    "apartment": "flat",
}


def _words_of_address(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", re.sub(r"[\u2019']", "", _plain(text)))
    return [_ABBREVIATED.get(word, word) for word in words]


def written_address(text: str) -> str:
    """An address by its letters and figures alone."""
    return "".join(_words_of_address(text))


def _loosely_telephone(one: str, other: str) -> bool:
    one, other = written_telephone(one), written_telephone(other)
    return min(len(one), len(other)) >= 9 and one[-9:] == other[-9:]


def _loosely_email(one: str, other: str) -> bool:
    one, other = _without_tag(written_email(one)), _without_tag(written_email(other))
    return bool(one) and one == other


def _without_tag(address: str) -> str:
    """Many mailboxes ignore dots, and what stands after a plus."""
    name, _, host = address.rpartition("@")
    host = "gmail.com" if host == "googlemail.com" else host
    return f"{name.partition('+')[0].replace('.', '')}@{host}" if name else address


def _loosely_address(one: str, other: str) -> bool:
    """One of them is part of the other: with the town and without, with the flat and without."""
    first, second = _words_of_address(one), _words_of_address(other)
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < 2:
        return False
    places = range(len(longer) - len(shorter) + 1)
    return any(longer[place : place + len(shorter)] == shorter for place in places)


_WRITTEN: dict[str, Callable[[str], str]] = {
    "telephone": written_telephone,
    "email": written_email,
    "address": written_address,
}
_LOOSELY: dict[str, Callable[[str, str], bool]] = {
    "telephone": _loosely_telephone,
    "email": _loosely_email,
    "address": _loosely_address,
}


# As it is kept


def way_as_kept(kept: Mapping[str, Any]) -> SafeWay | None:
    """A safe way from what is kept of it; None where it cannot be read, so that it allows nothing."""
    way, to = kept.get("way"), kept.get("to") or ""
    if way not in WAYS or not isinstance(to, str):
        return None
    try:
        start, until = _hour(kept.get("from")), _hour(kept.get("until"))
    except (TypeError, ValueError):
        return None
    return SafeWay(way, to, start, until, kept.get("voicemail") is True)


def _hour(text: Any) -> time | None:
    return None if text in (None, "") else time.fromisoformat(text).replace(tzinfo=None)
