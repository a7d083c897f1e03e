"""A complaint known only by its dates: what was due, what was done, and what nobody can tell.

The dates come from a landlord's own spreadsheet or from a published case, so some are
missing and some are known only as limits. A missing date is *not recorded*, which is not
the same as *not done*: what hangs on it is `cannot_tell`, unless the answer is the same
for every day it could have been. With an `as_of` day the file is complete up to that day,
as a journal is: missing then means not done, and the verdict is `open` or `breached`.

The names of the dates are the column names of `putright check`. Days are counted by
`working_days`; lengths and provisions come from the editions' `timetable.toml` and `extensions.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from complaint_rules import editions
from complaint_rules.editions import ClockRule, Edition
from complaint_rules.findings import Verdict, worst
from complaint_rules.spans import (
    UNKNOWN,
    Span,
    both,
    either,
    hull,
    is_upside_down,
    later,
    on_or_before,
    sooner,
    when,
)
from complaint_rules.working_days import Calendar, Convention, NotCovered, in_words

STAGE_OF = {"acknowledge": 1, "respond": 1, "acknowledge_escalation": 2, "respond_stage_2": 2}
STEPS = tuple(STAGE_OF)
ONE_DAY = timedelta(days=1)


class Stage1Status(StrEnum):
    """Why there is no stage 1 response. `not_stated`: the source does not say that there was none."""

    NOT_ISSUED = "not_issued"
    SKIPPED = "skipped"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class ComplaintDates:
    """What a file says of one complaint. None means that nothing is recorded."""

    complaint_received: Span | None = None
    complaint_logged: Span | None = None
    complaint_acknowledged: Span | None = None
    stage1_response: Span | None = None
    stage1_status: Stage1Status | None = None
    stage1_extended_to: Span | None = None
    stage1_extension_told: Span | None = None
    stage1_extension_reason: bool = False
    escalation_requested: Span | None = None
    escalation_acknowledged: Span | None = None
    stage2_response: Span | None = None
    stage2_extended_to: Span | None = None
    stage2_extension_told: Span | None = None
    stage2_extension_reason: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension that a file records, held against the first due day.

    Each mark is True, False, or None where the dates do not tell: `told_in_time` (on or before
    the first due day), `within_limit` (what the edition allows without a reason), `counts` (it
    moves the due day). `reason` is None where none is recorded and the file may lack it.
    """

    to: Span
    told: Span | None
    reason: bool | None
    told_in_time: bool | None
    within_limit: bool | None

    @property
    def allowed(self) -> bool | None:
        """Within the limit, or with a reason beyond it."""
        return either(self.within_limit, self.reason)

    @property
    def counts(self) -> bool | None:
        return both(self.told_in_time, self.allowed)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps, judged. `due` is None where no due day can be worked out at all.

    `working_days` runs from receipt (stage 2: from the request) to the day done, wherever the
    clock starts. `stricter_due` counts from the last day on which the starting step was allowed,
    where that step was late.
    """

    name: str
    verdict: Verdict
    says: str
    provision: str | None = None
    due: Span | None = None
    done: Span | None = None
    working_days: int | None = None
    stricter_due: Span | None = None
    stricter_verdict: Verdict | None = None
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A complaint judged: the edition (None where it cannot be told), the four steps, the provisions."""

    edition: str | None
    steps: Mapping[str, Step]
    findings: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Impossible:
    """Two entries of a file that cannot both be right; `column` is the one to look at first."""

    column: str
    says: str


@dataclass(slots=True)
class Tally:
    """How many complaints have each verdict on one step.

    `denominator` is how many could be judged (met and breached); `in_time_share` is the part of
    them that was met, None where there is none.
    """

    counts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))

    @property
    def denominator(self) -> int:
        return self.counts[Verdict.MET] + self.counts[Verdict.BREACHED]

    @property
    def in_time_share(self) -> float | None:
        return self.counts[Verdict.MET] / self.denominator if self.denominator else None


@dataclass(slots=True)
class Totals:
    """The tally of each step, and how many complaints were counted; they may come one by one."""

    steps: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in STEPS})
    complaints: int = 0

    def add(self, judgement: Judgement) -> None:
        self.complaints += 1
        for name, step in judgement.steps.items():
            self.steps[name].counts[step.verdict] += 1


def judge(
    known: ComplaintDates,
    calendar: Calendar,
    *,
    convention: Convention = Convention.NEXT_WORKING_DAY,
    edition: str | None = None,
    as_of: date | None = None,
) -> Judgement:
    """Judge a complaint by its dates.

    `edition` forces one (UnknownEdition if there is none of that name). Otherwise the one in
    force on the day of receipt rules both stages; where nobody recorded that day, the one in
    force when stage 2 was asked for rules stage 2, and stage 1 cannot be told. `as_of` reads
    the file at the end of that day.
    """
    counting = _Counting(calendar, Convention(convention), as_of)
    received = known.complaint_received
    by_then = known if as_of is None else _by(known, as_of)
    if received is not None and by_then.complaint_received is None:
        return Judgement(edition, {name: _nothing(name, "Not received by this day.") for name in STEPS})
    if edition is not None:
        return _under(_Complaint(editions.edition(edition), by_then, counting))
    if by_then.complaint_received is not None:
        possible = _editions_possible(_received_at_latest(by_then))
        return _merged([_when_received_under(each, by_then, counting) for each in possible])
    possible = _editions_possible(_requested(by_then) or UNKNOWN)
    return _merged([_when_requested_under(each, by_then, counting) for each in possible])


def impossible(known: ComplaintDates) -> list[Impossible]:
    """The entries that cannot be right as they stand: one thing before another it can only follow."""
    found = [
        Impossible(later, f"{when(second)} is before {earlier}, {when(first)}.")
        for earlier, later in _ORDER
        if (first := getattr(known, earlier))
        and (second := getattr(known, later))
        and second.is_before(first)
    ]
    for column in _DATES:
        span = getattr(known, column)
        if span is not None and is_upside_down(span):
            found.append(Impossible(column, "the earliest day is after the latest day."))
    if known.stage1_response and known.stage1_status in (Stage1Status.NOT_ISSUED, Stage1Status.SKIPPED):
        says = f'it says "{known.stage1_status}", but a stage 1 response is recorded.'
        found.append(Impossible("stage1_status", says))
    return found


# What can follow what. An acknowledgement after the answer, or a request before it, is odd but happens.
_AFTER_RECEIPT = (
    "complaint_logged", "complaint_acknowledged", "stage1_response", "stage1_extension_told",
    "stage1_extended_to", "escalation_requested", "escalation_acknowledged", "stage2_response",
    "stage2_extension_told", "stage2_extended_to",
)  # fmt: skip
_AFTER_REQUEST = (
    "escalation_acknowledged", "stage2_response", "stage2_extension_told", "stage2_extended_to",
)  # fmt: skip
_DATES = ("complaint_received", *_AFTER_RECEIPT)
_ORDER = (
    *(("complaint_received", later) for later in _AFTER_RECEIPT),
    *(("escalation_requested", later) for later in _AFTER_REQUEST),
    ("stage1_response", "stage2_response"),
    ("stage1_extension_told", "stage1_extended_to"),
    ("stage2_extension_told", "stage2_extended_to"),
)


# Days and limits


@dataclass(frozen=True, slots=True)
class _Counting:
    """How days are counted, and the day on which the file is read (None: what it lacks is not recorded)."""

    calendar: Calendar
    convention: Convention
    as_of: date | None

    def add(self, start: Span, length: int) -> Span:
        return Span(self._end(start.earliest, length), self._end(start.latest, length))

    def _end(self, start: date | None, length: int) -> date | None:
        if start is None:
            return None
        try:
            return self.calendar.add(start, length, self.convention)
        except NotCovered:
            return None

    def days(self, start: Span | None, done: Span | None) -> int | None:
        first, last = (span.day if span else None for span in (start, done))
        if first is None or last is None or last < first:
            return None
        try:
            return self.calendar.between(first, last, self.convention)
        except NotCovered:
            return None


def _by(known: ComplaintDates, as_of: date) -> ComplaintDates:
    """What had happened by the end of this day. The day an extension runs to may lie ahead; being told may not."""
    happened = {
        column: span.by(as_of)
        for column in _DATES
        if not column.endswith("extended_to") and (span := getattr(known, column)) is not None
    }
    for stage in (1, 2):
        told = f"stage{stage}_extension_told"
        if getattr(known, told) is not None and happened[told] is None:
            happened[f"stage{stage}_extended_to"] = None
    return replace(known, **happened)


# Which edition


def _editions_possible(span: Span) -> list[Edition | None]:
    """The editions in force on some day of the span; None among them where a day is covered by none."""
    if span.earliest is None and span.latest is None:
        return [None]
    known = list(editions.all_editions().values())
    first = span.earliest or known[0].in_force_from - ONE_DAY
    turns = [each.in_force_from for each in known]
    turns += [each.in_force_to + ONE_DAY for each in known if each.in_force_to is not None]
    inside = [day for day in sorted(turns) if first < day and (span.latest is None or day <= span.latest)]
    found = [_in_force_on(day) for day in (first, *inside)]
    return [each for index, each in enumerate(found) if each not in found[:index]]


def _in_force_on(day: date) -> Edition | None:
    try:
        return editions.in_force_on(day)
    except editions.UnknownEdition:
        return None


def _received_at_latest(known: ComplaintDates) -> Span:
    """Receipt, cut off at the first thing that can only come after it."""
    received = known.complaint_received or UNKNOWN
    if received.day is not None:
        return received
    later = [
        span.latest for column in _AFTER_RECEIPT if (span := getattr(known, column)) and not span.perhaps
    ]
    lasts = [day for day in (received.latest, *later) if day]
    return Span(received.earliest, min(lasts, default=None))


def _when_received_under(edition: Edition | None, known: ComplaintDates, counting: _Counting) -> Judgement:
    if edition is None:
        received = when(known.complaint_received or UNKNOWN)
        return _no_edition(known, f"No edition of the Code was in force for certain on {received}.")
    return _under(_Complaint(edition, known, counting))


def _when_requested_under(edition: Edition | None, known: ComplaintDates, counting: _Counting) -> Judgement:
    """Stage 2 under the edition of the request; stage 1 cannot be told without a day of receipt."""
    says = "The day of receipt is not recorded."
    if edition is None:
        return _no_edition(known, says)
    judged = _under(_Complaint(edition, known, counting), stages=(2,))
    unknown = _no_edition(known, says).steps
    return replace(judged, steps={name: judged.steps.get(name, unknown[name]) for name in STEPS})


def _no_edition(known: ComplaintDates, says: str) -> Judgement:
    done = {
        "acknowledge": known.complaint_acknowledged,
        "respond": known.stage1_response,
        "acknowledge_escalation": known.escalation_acknowledged,
        "respond_stage_2": known.stage2_response,
    }
    steps = {
        name: Step(name, Verdict.CANNOT_TELL, says, done=done[name])
        if _arose(name, known)
        else _nothing(name, "There was no stage 2.")
        for name in STEPS
    }
    return Judgement(None, steps)


def _merged(judgements: Sequence[Judgement]) -> Judgement:
    """What holds whichever edition it was."""
    if len(judgements) == 1:
        return judgements[0]
    return Judgement(None, {name: _merged_step([each.steps[name] for each in judgements]) for name in STEPS})


def _merged_step(steps: Sequence[Step]) -> Step:
    first = steps[0]
    verdicts = {step.verdict for step in steps}
    if verdicts == {Verdict.NOT_APPLICABLE}:
        return first
    dues = [step.due or UNKNOWN for step in steps if step.verdict != Verdict.NOT_APPLICABLE]
    due = hull(*dues)
    verdict = first.verdict if len(verdicts) == 1 else Verdict.CANNOT_TELL
    says = "Which edition of the Code applies is not certain."
    done = next((step.done for step in steps if step.done), None)
    days = next((step.working_days for step in steps if step.working_days is not None), None)
    return Step(first.name, verdict, says, due=None if due == UNKNOWN else due, done=done, working_days=days)


# One complaint under one edition


@dataclass(frozen=True, slots=True)
class _Complaint:
    edition: Edition
    known: ComplaintDates
    counting: _Counting


def _under(complaint: _Complaint, stages: Sequence[int] = (1, 2)) -> Judgement:
    steps = {name: _step(name, complaint) for name, stage in STAGE_OF.items() if stage in stages}
    return Judgement(complaint.edition.name, steps, _findings(complaint, steps))


def _arose(name: str, known: ComplaintDates) -> bool:
    """Stage 1 always does; stage 2 when it was asked for, acknowledged or answered."""
    if STAGE_OF[name] == 1:
        return True
    return bool(known.escalation_requested or known.escalation_acknowledged or known.stage2_response)


def _nothing(name: str, says: str, provision: str | None = None) -> Step:
    return Step(name, Verdict.NOT_APPLICABLE, says, provision)


def _step(name: str, complaint: _Complaint) -> Step:
    rule = complaint.edition.clocks.get(name)
    if rule is None:
        return _nothing(name, f"The {complaint.edition.name} edition sets no such time limit.")
    if not _arose(name, complaint.known):
        return _nothing(name, "There was no stage 2.", rule.provision)
    if name.startswith("acknowledge"):
        return _judged_acknowledgement(rule, complaint)
    return _judged_response(rule, complaint)


def _judged_acknowledgement(rule: ClockRule, complaint: _Complaint) -> Step:
    due = _first_due(rule, complaint)
    done = _acknowledged(rule, complaint, due)
    verdict = _verdict(due, done, complaint.counting.as_of)
    return Step(
        rule.name,
        verdict,
        _says(verdict, due, done, complaint.counting.as_of),
        rule.provision,
        _known_or_none(due),
        done,
        complaint.counting.days(_counted_from(rule, complaint), done),
    )


def _judged_response(rule: ClockRule, complaint: _Complaint) -> Step:
    counting = complaint.counting
    first_due = _first_due(rule, complaint)
    extension = _extension(rule, complaint, first_due)
    due = _moved(first_due, extension)
    done = _answered(rule, complaint)
    verdict = _response_verdict(rule, complaint, due, done)
    stricter = _stricter_due(rule, complaint)
    return Step(
        rule.name,
        verdict,
        _response_says(rule, complaint, verdict, due, done),
        rule.provision,
        _known_or_none(due),
        done,
        counting.days(_counted_from(rule, complaint), done),
        stricter,
        _response_verdict(rule, complaint, stricter, done) if stricter else None,
        extension,
    )


def _known_or_none(due: Span) -> Span | None:
    return None if due == UNKNOWN else due


# When a clock starts


def _requested(known: ComplaintDates) -> Span | None:
    """The request for stage 2; where only its acknowledgement is recorded, the days it could have been made.

    It asks for a review of the stage 1 answer, so it came after that where there was one.
    """
    acknowledged = known.escalation_acknowledged
    if known.escalation_requested is not None or acknowledged is None:
        return known.escalation_requested
    before = [known.stage1_response, known.complaint_received]
    first = next((span.earliest for span in before if span and not acknowledged.is_before(span)), None)
    return Span(first, acknowledged.latest, acknowledged.perhaps)


def _taken(starts: str, known: ComplaintDates) -> Span | None:
    """The recorded day of the step that starts a clock. No column tells when a request was accepted."""
    return {
        "received": known.complaint_received,
        "logged": known.complaint_logged or known.complaint_acknowledged,
        "acknowledged": known.complaint_acknowledged,
        "requested": _requested(known),
        "escalated": None,
        "acknowledged_escalation": known.escalation_acknowledged,
    }[starts]


def _start(rule: ClockRule, complaint: _Complaint) -> Span:
    """The day the clock starts. Where that step is missing or came too late to matter, silence buys no time."""
    taken = _taken(rule.starts, complaint.known)
    if rule.if_not_taken is None:
        return taken or UNKNOWN
    before = complaint.edition.clocks.get(rule.if_not_taken)
    if before is None:
        return taken or _taken(rule.if_not_taken, complaint.known) or UNKNOWN
    last_allowed = _first_due(before, complaint)
    if taken is None:
        if complaint.counting.as_of is not None:
            return last_allowed
        return Span(_start(before, complaint).earliest, last_allowed.latest)
    answered = _answered(rule, complaint)
    if answered is not None and answered.is_before(taken):
        return sooner(taken, last_allowed)
    return hull(taken, last_allowed) if taken.perhaps else taken


def _first_due(rule: ClockRule, complaint: _Complaint) -> Span:
    """The due day before any extension."""
    if rule.unit != "working_days":
        raise ValueError(f'{rule.name} is counted in "{rule.unit}", which dates_only does not know.')
    return complaint.counting.add(_start(rule, complaint), rule.length)


def _stricter_due(rule: ClockRule, complaint: _Complaint) -> Span | None:
    """The due day on the reading that a late start does not move it; None where the start was not late."""
    before = complaint.edition.clocks.get(rule.if_not_taken or "")
    taken = _taken(rule.starts, complaint.known)
    if before is None or taken is None:
        return None
    last_allowed = _first_due(before, complaint)
    if not last_allowed.is_before(_start(rule, complaint)):
        return None
    first_due = complaint.counting.add(last_allowed, rule.length)
    return _known_or_none(_moved(first_due, _extension(rule, complaint, first_due)))


def _counted_from(rule: ClockRule, complaint: _Complaint) -> Span | None:
    return complaint.known.complaint_received if rule.stage == 1 else complaint.known.escalation_requested


# What was done


def _answered(rule: ClockRule, complaint: _Complaint) -> Span | None:
    return complaint.known.stage1_response if rule.stage == 1 else complaint.known.stage2_response


def _acknowledged(rule: ClockRule, complaint: _Complaint, due: Span) -> Span | None:
    """The acknowledgement. In a complete record an answer sent in time stands for one; a later one does not."""
    known = complaint.known
    recorded = known.complaint_acknowledged if rule.stage == 1 else known.escalation_acknowledged
    answered = _answered(rule, complaint)
    if complaint.counting.as_of is None or answered is None or due.latest is None:
        return recorded
    if due.is_before(answered) or (recorded is not None and not answered.is_before(recorded)):
        return recorded
    return answered


# Extensions


def _extension(rule: ClockRule, complaint: _Complaint, first_due: Span) -> Extension | None:
    """The extension recorded at this stage, held against its first due day."""
    known, complete = complaint.known, complaint.counting.as_of is not None
    stage = f"stage{rule.stage}"
    to, told = getattr(known, f"{stage}_extended_to"), getattr(known, f"{stage}_extension_told")
    if to is None and told is None:
        return None
    given = bool(getattr(known, f"{stage}_extension_reason"))
    return Extension(
        to=to or UNKNOWN,
        told=told,
        reason=True if given else (False if complete else None),
        told_in_time=(False if complete else None) if told is None else on_or_before(told, first_due),
        within_limit=_within_limit(to or UNKNOWN, rule, complaint.counting, first_due),
    )


def _within_limit(to: Span, rule: ClockRule, counting: _Counting, first_due: Span) -> bool | None:
    if rule.extension_most is None:
        return True
    # Added to a due day, which is a working day: the convention for events has no say in it.
    plain = replace(counting, convention=Convention.NEXT_WORKING_DAY)
    return on_or_before(to, plain.add(first_due, rule.extension_most))


def _moved(first_due: Span, extension: Extension | None) -> Span:
    """The due day after an extension. One that ends sooner than the Code's own day takes no time away."""
    if extension is None or extension.counts is False:
        return first_due
    extended = later(first_due, extension.to)
    return extended if extension.counts else hull(first_due, extended)


# Verdicts


def _verdict(due: Span, done: Span | None, as_of: date | None) -> Verdict:
    if done is None:
        return _not_done(due, as_of)
    in_time = on_or_before(done, due)
    if in_time is None:
        return Verdict.CANNOT_TELL
    verdict = Verdict.MET if in_time else Verdict.BREACHED
    if done.perhaps and _not_done(due, as_of) != verdict:
        return Verdict.CANNOT_TELL
    return verdict


def _not_done(due: Span, as_of: date | None) -> Verdict:
    if as_of is None:
        return Verdict.CANNOT_TELL
    in_time = on_or_before(Span.on(as_of), due)
    if in_time is None:
        return Verdict.CANNOT_TELL
    return Verdict.OPEN if in_time else Verdict.BREACHED


def _response_verdict(rule: ClockRule, complaint: _Complaint, due: Span, done: Span | None) -> Verdict:
    known, as_of = complaint.known, complaint.counting.as_of
    if rule.stage == 2 or done is not None or known.stage1_status is None:
        return _verdict(due, done, as_of)
    if known.stage1_status == Stage1Status.NOT_STATED:
        return Verdict.CANNOT_TELL
    if as_of is not None:
        return _not_done(due, as_of)
    # The stage 2 answer is the next step that shows that the time had passed without one.
    passed = known.stage2_response is not None and due.is_before(known.stage2_response)
    return Verdict.BREACHED if passed else Verdict.CANNOT_TELL


# Provisions


def _findings(complaint: _Complaint, steps: Mapping[str, Step]) -> dict[str, Verdict]:
    """Each provision with the worst verdict of what counts towards it."""
    counted: dict[str, list[Verdict]] = {}
    for step in steps.values():
        if step.provision is not None:
            counted.setdefault(step.provision, []).append(step.verdict)
    for step in steps.values():
        if step.extension is None:
            continue
        for provision, check in _extension_provisions(complaint.edition.name, STAGE_OF[step.name]).items():
            counted.setdefault(provision, []).append(_EXTENSION_CHECKS[check](step.extension))
    return {provision: worst(verdicts) for provision, verdicts in counted.items()}


def _as_verdict(fulfilled: bool | None) -> Verdict:
    if fulfilled is None:
        return Verdict.CANNOT_TELL
    return Verdict.MET if fulfilled else Verdict.BREACHED


def _reason_beyond_limit(extension: Extension) -> Verdict:
    return _as_verdict(extension.allowed)


def _told_in_time(extension: Extension) -> Verdict:
    return _as_verdict(extension.told_in_time)


def _told_and_within_limit(extension: Extension) -> Verdict:
    return _as_verdict(extension.counts)


def _agreed_beyond_limit(extension: Extension) -> Verdict:
    """No column tells whether the resident agreed."""
    return Verdict.NOT_APPLICABLE if extension.within_limit else Verdict.CANNOT_TELL


def _ombudsman_details(extension: Extension) -> Verdict:
    """No column tells whether the Ombudsman's details were given."""
    return Verdict.CANNOT_TELL


_EXTENSION_CHECKS: Mapping[str, Callable[[Extension], Verdict]] = {
    "reason_beyond_limit": _reason_beyond_limit,
    "told_in_time": _told_in_time,
    "told_and_within_limit": _told_and_within_limit,
    "agreed_beyond_limit": _agreed_beyond_limit,
    "ombudsman_details": _ombudsman_details,
}


@cache
def _extension_provisions(edition: str, stage: int) -> Mapping[str, str]:
    """The provisions of an edition on extensions at one stage, each with the check that judges it."""
    file = editions.FOLDER / f"{editions.PREFIX}{edition}" / "extensions.toml"
    if not file.exists():
        return {}
    found: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8")).get(f"stage_{stage}", {})
    return found


# Saying it


def _says(verdict: Verdict, due: Span, done: Span | None, as_of: date | None) -> str:
    if due == UNKNOWN:
        return "The due day cannot be worked out: the day its clock starts from is not known, or too far off."
    due_by = f"It was due by {when(due)}."
    if done is None and as_of is None:
        return f"No day is recorded. {due_by}"
    if done is None:
        return f"Not done by {in_words(as_of)}. {due_by}" if as_of else due_by
    if verdict == Verdict.CANNOT_TELL:
        return f"Done on {when(done)}. {due_by} The dates do not tell whether that was in time."
    return f"Done on {when(done)}. {due_by}"


def _response_says(
    rule: ClockRule, complaint: _Complaint, verdict: Verdict, due: Span, done: Span | None
) -> str:
    status = complaint.known.stage1_status
    if rule.stage == 1 and done is None and status in (Stage1Status.NOT_ISSUED, Stage1Status.SKIPPED):
        how = "was skipped" if status == Stage1Status.SKIPPED else "was never answered"
        if due == UNKNOWN:
            return f"Stage 1 {how}, and its due day cannot be worked out."
        return f"Stage 1 {how}. It was due by {when(due)}."
    return _says(verdict, due, done, complaint.counting.as_of)
