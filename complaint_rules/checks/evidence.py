"""What the checks ask of the record. Each function returns a finding; its check gives it the provision.

Where several things count (stages, extensions, promises) the worst verdict stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from complaint_rules import clocks, events
from complaint_rules.clocks import Extension, Run
from complaint_rules.complaint import Complaint
from complaint_rules.events import Event
from complaint_rules.findings import Finding, Verdict, worst_finding
from complaint_rules.working_days import in_words

Function = TypeVar("Function", bound=Callable[..., object])


def judges(*provisions: str) -> Callable[[Function], Function]:
    """Mark a function as the judgement of these provisions."""

    def marked(function: Function) -> Function:
        function.provisions = provisions  # type: ignore[attr-defined]
        return function

    return marked


@dataclass
class Record:
    """A complaint, read at the end of the day `on`, with the runs of its clocks worked out once."""

    case: Complaint
    on: date

    @cached_property
    def runs(self) -> dict[str, list[Run]]:
        found: dict[str, list[Run]] = {}
        for run in clocks.all_runs(self.case):
            found.setdefault(run.name, []).append(run)
        return found

    @cached_property
    def by_kind(self) -> dict[type[Event], list[Event]]:
        found: dict[type[Event], list[Event]] = {}
        for event in self.case.told:
            found.setdefault(type(event), []).append(event)
        return found

    def all[Kind: Event](self, kind: type[Kind]) -> list[Kind]:
        return self.by_kind.get(kind, [])  # type: ignore[return-value]

    def extensions(self, *stages: int) -> list[Extension]:
        case = self.case
        return [each for stage in stages for each in case.past_extensions[stage] + case.extensions[stage]]

    def answered(self, stage: int) -> events.Responded | None:
        """The response that ended this stage, if there is one."""
        step = self.case.steps.get("responded_stage_2" if stage == 2 else "responded")
        if step is None:
            return None
        return next((each for each in self.all(events.Responded) if each.number == step.entry), None)

    @property
    def requested(self) -> bool:
        return "requested" in self.case.steps

    @property
    def declined(self) -> list[events.EscalationDeclined]:
        return self.all(events.EscalationDeclined)

    @property
    def stage_2_opened(self) -> bool:
        return bool(self.all(events.Escalated))

    @property
    def stage_2_awaited(self) -> bool:
        """Stage 2 was asked for and neither declined nor withdrawn: it is still to be answered, or has been."""
        case = self.case
        stopped = "declined" in case.steps or (case.state == "withdrawn" and not self.answered(2))
        return self.requested and not stopped


# Verdicts in a word


def met(says: str, *shown_by: Event) -> Finding:
    return Finding("", Verdict.MET, says, entries=_numbers(shown_by))


def breached(says: str, *shown_by: Event) -> Finding:
    return Finding("", Verdict.BREACHED, says, entries=_numbers(shown_by))


def not_yet(says: str) -> Finding:
    return Finding("", Verdict.OPEN, says)


def does_not_apply(says: str) -> Finding:
    return Finding("", Verdict.NOT_APPLICABLE, says)


def cannot_tell(says: str, *shown_by: Event) -> Finding:
    return Finding("", Verdict.CANNOT_TELL, says, entries=_numbers(shown_by))


def _numbers(shown_by: Iterable[Event]) -> tuple[int, ...]:
    return tuple(event.number for event in shown_by)


def the_worst(found: Iterable[Finding], otherwise: str) -> Finding:
    """The worst of several findings; where there are none the provision does not apply."""
    return worst_finding(found) or does_not_apply(otherwise)


# By a clock


def by_clock(record: Record, *names: str) -> Finding:
    """In time or not: the worst of all the runs of these clocks."""
    runs = [run for name in names for run in record.runs.get(name, ())]
    return the_worst([_timed(record, run) for run in runs], "This clock never started.")


def by_clocks_named(record: Record, prefix: str) -> Finding:
    """The same for every clock whose name begins so: `promise:` takes all the promises."""
    return by_clock(record, *(name for name in record.runs if name.startswith(prefix)))


def _timed(record: Record, run: Run) -> Finding:
    verdict = run.verdict(record.on)
    is_open = verdict is Verdict.OPEN
    return Finding(
        "",
        verdict,
        _timed_in_words(run, verdict),
        due=run.due_on,
        done=run.done,
        days=_days_taken(record, run),
        entries=run.entries,
        turns_on=run.due_on + timedelta(days=1) if is_open else None,
        becomes=Verdict.BREACHED if is_open else None,
    )


def _days_taken(record: Record, run: Run) -> int | None:
    if run.done is None or run.unit != "working_days" or run.done < run.start:
        return None
    return record.case.calendar.between(run.start, run.done, record.case.procedure.convention)


def _timed_in_words(run: Run, verdict: Verdict) -> str:
    due = in_words(run.due_on)
    if run.broken:
        return f"The day was changed after it had passed. It is now {due}."
    if run.done is not None:
        return f"Due by {due}. Done on {in_words(run.done)}."
    if run.stopped is not None:
        return f"Due by {due}. Stopped on {in_words(run.stopped)}."
    return f"Due by {due}. Not done yet." if verdict is Verdict.OPEN else f"Due by {due}. Not done."


# Acknowledging and defining


def defined(record: Record) -> Finding:
    """Stage 1 acknowledged with a definition, the outcomes known."""
    return _defined(record, 1)


def defined_at_each_stage(record: Record) -> Finding:
    """Stage 1, and stage 2 once it is asked for."""
    found = [_defined(record, 1)]
    if record.requested:
        found.append(_defined(record, 2))
    return the_worst(found, "")


def _defined(record: Record, stage: int) -> Finding:
    case = record.case
    made = _acknowledgement(record, stage)
    if made is None:
        answer = record.answered(stage)
        if answer is not None:
            return breached(f"Stage {stage} was answered and never acknowledged.", answer)
        ended = case.ended_unanswered if stage == 1 else not record.stage_2_awaited
        return does_not_apply("It ended before this.") if ended else not_yet("Not acknowledged yet.")
    if not made.definition:
        return cannot_tell("The acknowledgement does not define the complaint.", made)
    if not case.outcomes:
        return cannot_tell("It is not recorded what the resident wants to happen.", made)
    return met("The acknowledgement defines the complaint, and what the resident wants is known.", made)


def _acknowledgement(record: Record, stage: int) -> events.Acknowledged | None:
    """The acknowledgement of this stage: before stage 2 opened, or after."""
    opened = [event.number for event in record.all(events.Escalated)]
    for made in record.all(events.Acknowledged):
        is_stage_2 = bool(opened) and made.number > opened[0]
        if is_stage_2 == (stage == 2):
            return made
    return None


def responsibility_made_clear(record: Record) -> Finding:
    """The acknowledgement says what the landlord is not responsible for; an empty list will do."""
    made = _acknowledgement(record, 1)
    if made is not None and made.not_responsible_for:
        return met("The acknowledgement says what the landlord is not responsible for.", made)
    if made is not None:
        return cannot_tell("Not recorded: what the landlord is not responsible for.", made)
    if record.answered(1) is not None:
        return cannot_tell("It was answered without an acknowledgement that could say so.")
    return (
        does_not_apply("It ended before this.")
        if record.case.ended_unanswered
        else not_yet("Not acknowledged yet.")
    )


def stage_2_defined(record: Record) -> Finding:
    """What stage 2 is about was set out when it opened or was acknowledged."""
    if not record.requested or "declined" in record.case.steps:
        return does_not_apply("Stage 2 was not asked for, or was declined.")
    said = [event for event in record.all(events.Escalated) if event.definition]
    made = _acknowledgement(record, 2)
    if made is not None and made.definition:
        return met("The stage 2 acknowledgement sets out the complaint.", made)
    if said:
        return met("The complaint was set out when stage 2 opened.", said[0])
    answer = record.answered(2)
    if answer is not None:
        return breached("Stage 2 was answered without setting out what it was about.", answer)
    return not_yet("Not set out yet.") if record.stage_2_awaited else does_not_apply("It ended before this.")


# Service requests and refusals


def service_request_became_complaint(record: Record) -> Finding:
    if not record.case.was_service_request:
        return does_not_apply("It was never a service request that became a complaint.")
    return met("The service request became a complaint when the resident was not satisfied.")


def refusal_explained(record: Record) -> Finding:
    refusals = record.all(events.ComplaintRefused)
    if not refusals:
        return does_not_apply("It was not refused.")
    return met("Refused with reasons and the right to go to the Ombudsman.", *refusals)


def refused_as_over_twelve_months(record: Record) -> Finding:
    refusals = [
        event for event in record.all(events.ComplaintRefused) if event.ground == "over_twelve_months"
    ]
    if not refusals:
        return does_not_apply("It was not refused as more than twelve months old.")
    return met("Refused as more than twelve months old, after discretion was weighed.", *refusals)


# Extensions


def extensions_within_limit(record: Record, *stages: int, told_in_time: bool = False) -> Finding:
    """Each extension stays within the limit or has a good reason beyond it (and was told in time)."""
    return the_worst(
        [_within_limit(each, told_in_time) for each in record.extensions(*stages)], "There was no extension."
    )


def _within_limit(told: Extension, in_time_too: bool) -> Finding:
    if in_time_too and not told.in_time:
        return breached("The extension was told after the day it was due.", told.event)
    if told.within_limit:
        return met("The extension stays within the limit.", told.event)
    if told.event.good_reason_beyond_limit:
        return met("The extension passes the limit, with a good reason recorded.", told.event)
    return breached("The extension passes the limit without a good reason.", told.event)


def extensions_told_in_time(record: Record) -> Finding:
    """Each extension was told on or before the day it was due."""
    found = [
        met("Told before the day it was due.", each.event)
        if each.in_time
        else breached("Told after the day it was due.", each.event)
        for each in record.extensions(1, 2)
    ]
    return the_worst(found, "There was no extension.")


def beyond_limit_agreed(record: Record, stage: int) -> Finding:
    """Each extension past the limit was agreed with the resident."""
    found = [
        met("The resident agreed to go past the limit.", each.event)
        if each.event.agreed
        else breached("The resident did not agree to go past the limit.", each.event)
        for each in record.extensions(stage)
        if not each.within_limit
    ]
    return the_worst(found, "No extension passed the limit.")


def details_where_not_agreed(record: Record, stage: int) -> Finding:
    """The Ombudsman's details went with each extension that the resident did not agree to."""
    found = [
        _details_if_needed(each.event) for each in record.extensions(stage) if each.event.agreed is not True
    ]
    return the_worst(found, "There was no extension, or the resident agreed to all.")


def _details_if_needed(told: events.Extended) -> Finding:
    if told.ombudsman_details_given:
        return met("The Ombudsman's details were given.", told)
    if told.agreed is None and told.ombudsman_details_given is None:
        return cannot_tell("Not recorded: whether the resident agreed, or had the Ombudsman's details.", told)
    return breached("The resident did not agree, and was not given the Ombudsman's details.", told)


def details_with_each_extension(record: Record, stage: int) -> Finding:
    """The Ombudsman's details went with every extension."""
    found = [
        met("The Ombudsman's details were given.", each.event)
        if each.event.ombudsman_details_given
        else breached("The Ombudsman's details were not given.", each.event)
        for each in record.extensions(stage)
    ]
    return the_worst(found, "There was no extension.")


def updates_agreed_when_late(record: Record) -> Finding:
    """Where an answer falls outside its time, regular updates were agreed by the first due day."""
    found = [_updates_agreed(record, stage) for stage in (1, 2)]
    return the_worst([each for each in found if each is not None], "Answered in time.")


def _updates_agreed(record: Record, stage: int) -> Finding | None:
    run = next(iter(record.runs.get(record.case.edition.clock_for_stage(stage).name, ())[-1:]), None)
    if run is None or run.first_due is None:
        return None
    first_due, extended = run.first_due, bool(record.case.extensions[stage])
    ended = run.done or run.stopped
    if ended is not None and ended <= first_due:
        return does_not_apply("Answered by its first due day.")
    stage_began = record.case.on("responded") if stage == 2 else None
    agreed = [
        event
        for event in record.all(events.UpdatesAgreed)
        if event.on <= first_due and (stage_began is None or event.on >= stage_began)
    ]
    passed = record.on > first_due
    if agreed and (passed or extended):
        return met("Updates were agreed with the resident in time.", *agreed)
    if passed:
        return breached("The answer passed its first due day and no updates were agreed.")
    return _updates_to_agree(first_due, extended, Verdict.MET if agreed else Verdict.BREACHED)


def _updates_to_agree(first_due: date, extended: bool, becomes: Verdict) -> Finding:
    """Nothing to judge until the first due day has passed, unless the answer was extended."""
    says = (
        "Agree updates with the resident before the first due day."
        if extended
        else "Not extended, not due yet."
    )
    return Finding(
        "",
        Verdict.OPEN if extended else Verdict.NOT_APPLICABLE,
        says,
        due=first_due if extended else None,
        turns_on=first_due + timedelta(days=1),
        becomes=becomes,
    )


# The answer


def every_point_answered(record: Record, stage: int) -> Finding:
    """A response that leaves a point out is never sent, so an answered stage has met this."""
    return _when_answered(
        record, stage, lambda answer: met("Every point has a decision and reasons.", answer)
    )


def letter_holds_everything(record: Record, stage: int) -> Finding:
    """The product's own letter holds what it must; a letter of one's own is checked by its words."""
    return _when_answered(record, stage, _letter_complete)


def _letter_complete(answer: events.Responded) -> Finding:
    if answer.letter is not None and not answer.letter.readable:
        return cannot_tell("The letter is not in English, so nobody has checked what it holds.", answer)
    if answer.letter is None or not answer.letter.lacks:
        return met("The letter holds everything it must.", answer)
    return breached(f"The letter lacks: {', '.join(answer.letter.lacks).replace('_', ' ')}.", answer)


def _when_answered(record: Record, stage: int, judge: Callable[[events.Responded], Finding]) -> Finding:
    answer = record.answered(stage)
    if answer is not None:
        return judge(answer)
    if stage == 2:
        return (
            not_yet("Stage 2 is not answered yet.")
            if record.stage_2_awaited
            else does_not_apply("No stage 2.")
        )
    if record.case.ended_unanswered:
        return does_not_apply("It ended before an answer.")
    return not_yet("Stage 1 is not answered yet.")


def every_answered(record: Record, judge: Callable[[events.Responded], Finding]) -> Finding:
    """The worst of a judgement on each response sent; open until there is one."""
    answers = record.all(events.Responded)
    if answers:
        return the_worst([judge(answer) for answer in answers], "")
    return (
        does_not_apply("It ended before an answer.")
        if record.case.ended_unanswered
        else not_yet("Not answered yet.")
    )


def put_right(record: Record) -> Finding:
    """What is upheld has a remedy, an action or compensation."""
    return every_answered(record, _put_right)


def _put_right(answer: events.Responded) -> Finding:
    if not any(decision.upheld for decision in answer.decisions):
        return does_not_apply("Nothing was upheld.")
    if answer.undertakings or answer.compensation:
        return met("Something is offered to put it right.", answer)
    return cannot_tell("Something was upheld, and no remedy is recorded.", answer)


def findings_shared_first(record: Record, about_staff_too: bool) -> Finding:
    """The resident (and each person complained of) could comment on the findings before the answer."""
    return every_answered(record, lambda answer: _shared_first(record, answer, about_staff_too))


def _shared_first(record: Record, answer: events.Responded, about_staff_too: bool) -> Finding:
    shares = [event for event in record.all(events.FindingsShared) if event.number < answer.number]
    if not shares:
        return cannot_tell("Nothing is recorded of findings being shared before the answer.", answer)
    wanted = {"resident"} | (record.case.about_staff if about_staff_too else set())
    comments = [event for event in record.all(events.Commented) if event.subject == "findings"]
    for person in sorted(wanted):
        theirs = [share for share in shares if share.shared_with == person]
        if not theirs:
            return breached(f"The findings were not shared with {_whom(person)} before the answer.", answer)
        if not any(_could_comment(share, comments, answer) for share in theirs):
            return breached("It was answered before the time for comments had passed.", answer)
    return met("The findings were shared, and there was time to comment.", *shares)


def _whom(person: str) -> str:
    return "the resident" if person == "resident" else "each person complained of"


def _could_comment(
    share: events.FindingsShared, comments: list[events.Commented], answer: events.Responded
) -> bool:
    if share.comment_by is not None and answer.on > share.comment_by:
        return True
    return any(share.number < comment.number < answer.number for comment in comments)


def letter_names_no_staff(record: Record) -> Finding:
    """A letter of one's own does not name staff known to the case."""
    letters = [answer for answer in record.all(events.Responded) if answer.letter is not None]
    found = [
        breached("The letter names a member of staff.", answer)
        if answer.letter and answer.letter.names_staff
        else met("The letter names no member of staff.", answer)
        for answer in letters
    ]
    return the_worst(found, "The landlord sent no letter of its own wording.")


def new_points_dealt_with(record: Record) -> Finding:
    added = record.all(events.PointAdded)
    if not added:
        return does_not_apply("No point was added.")
    return met("Each new point joined the case or opened one of its own.", *added)


# Stage 2


def request_decided(record: Record, if_declined: Finding) -> Finding:
    """A request for stage 2 was accepted, or declined."""
    if not record.all(events.EscalationRequested):
        return does_not_apply("Stage 2 was not asked for.")
    if record.stage_2_opened:
        return met("Stage 2 was opened.", *record.all(events.Escalated))
    if record.declined and not record.case.request_waits:
        return if_declined
    return (
        not_yet("The request is not decided yet.")
        if record.stage_2_awaited
        else does_not_apply("It ended first.")
    )


def decline_explained(record: Record) -> Finding:
    if not record.declined:
        return does_not_apply("Stage 2 was not declined.")
    return met("Declined with reasons and the right to go to the Ombudsman.", *record.declined)


def declined_on_fair_grounds(
    record: Record, unsafe: frozenset[str], judgement_needed: frozenset[str]
) -> Finding:
    """The ground for declining stage 2 is one that the Code allows."""
    found = []
    for event in record.declined:
        if event.ground in unsafe:
            found.append(breached("Declined on a ground that would not refuse a complaint.", event))
        elif event.ground in judgement_needed:
            found.append(cannot_tell("Whether this ground was fair needs a person's judgement.", event))
        else:
            found.append(met("Declined on a ground that the Code allows.", event))
    return the_worst(found, "Stage 2 was not declined.")


def no_reasons_asked(record: Record) -> Finding:
    requests = record.all(events.EscalationRequested)
    if not requests:
        return does_not_apply("Stage 2 was not asked for.")
    return met("The request was taken, with or without reasons.", *requests)


def stage_2_after_stage_1(record: Record) -> Finding:
    if not record.stage_2_opened:
        return does_not_apply("Stage 2 was not opened.")
    return met("Stage 2 opened only after the stage 1 answer.", *record.all(events.Escalated))


def someone_else_at_stage_2(record: Record) -> Finding:
    """Nobody who considered stage 1 considered stage 2."""
    if not record.stage_2_opened:
        return does_not_apply("Stage 2 was not opened.")
    answer = record.answered(2)
    if answer is None:
        return (
            not_yet("Stage 2 is not answered yet.")
            if record.stage_2_awaited
            else does_not_apply("It ended first.")
        )
    first, second = record.case.considered[1], record.case.considered[2]
    if not first:
        return cannot_tell("Nobody is recorded as having considered stage 1.", answer)
    if first & second:
        return breached("Someone who considered stage 1 also considered stage 2.", answer)
    return met("Nobody who considered stage 1 considered stage 2.", answer)


# The person


def adjustments_reviewed(record: Record) -> Finding:
    """Adjustments have a review day, and each review that fell due was made in time."""
    runs = record.runs.get("review_adjustments", [])
    found = [_reviewed(record, run) for run in runs]
    if record.case.adjustments_without_review:
        found.append(cannot_tell("Adjustments are recorded without a day to review them."))
    return the_worst(found, "No adjustments are recorded.")


def _reviewed(record: Record, run: Run) -> Finding:
    timed = _timed(record, run)
    if timed.verdict is not Verdict.OPEN:
        return timed
    return Finding(
        "",
        Verdict.MET,
        f"To be reviewed by {in_words(run.due_on)}.",
        due=run.due_on,
        entries=run.entries,
        turns_on=run.due_on + timedelta(days=1),
        becomes=Verdict.BREACHED,
    )


def equality_considered(record: Record) -> Finding:
    found = [
        met("The Equality Act was considered.", event)
        if event.equality_considered
        else breached("The Equality Act was not considered.", event)
        for event in record.all(events.ContactRestricted)
    ]
    return the_worst(found, "Contact was not restricted.")
