"""The facts that rules read: one small frozen class for each action of the worked cases.

An event holds what rules and figures need (days, counts, marks such as *reasons given*),
never the words themselves: those stay beside the journal. A person is an opaque name or
number: two people are the same when it is equal. Days are London dates; `at` is the moment,
with its zone. `EVENTS` finds the class of a verb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform

Person = str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `kind` is resident, representative, staff, ombudsman, system or asked; a role goes with staff.

    `asked` is somebody outside who was asked a question, and answers that one question.
    """

    kind: str
    person: Person | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a case: its number in the journal, when, and by whom."""

    verb: ClassVar[str] = ""
    number: int
    at: datetime
    on: date
    by: Actor


EVENTS: dict[str, type[Event]] = {}
Kind = TypeVar("Kind", bound=Event)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(verb: str) -> Callable[[type[Kind]], type[Kind]]:
    """Make a frozen event class and let `EVENTS` find it by its verb."""

    def made(cls: type[Kind]) -> type[Kind]:
        built = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        built.verb = verb
        EVENTS[verb] = built
        return built

    return made


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on one point: upheld, partly_upheld or not_upheld, and whether reasons are given."""

    point: int
    decision: str
    reasons: bool = True
    cites: bool = False

    @property
    def upheld(self) -> bool:
        return self.decision in ("upheld", "partly_upheld")


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A remedy, an action or an order: by when, and who owns it. `by` is None where no day was given."""

    by: date | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What the check of a letter's own words found: the elements it lacks, and whether it names staff.

    A letter that is not `readable` (it is in another language) was not judged: nobody can tell what it lacks.
    """

    lacks: tuple[str, ...] = ()
    names_staff: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True)
class OutcomeAnswered:
    """What is answered to one outcome sought (numbered from 1): yes, no or not_ours, and whether it says why."""

    outcome: int
    answer: str
    why: bool = False


@dataclass(frozen=True, slots=True)
class Duties:
    """Whether a letter in which legal duties are at issue states the landlord's, and the resident's."""

    ours: bool = False
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else a matter can go: the key of a known route, None where it is told in words; and the last day.

    `by` is None where no day was given; `no_limit` says that there is none.
    """

    route: str | None = None
    by: date | None = None
    no_limit: bool = False


# From receipt to acknowledgement


@event("receive")
class Received(Event):
    channel: str | None = None
    source: str | None = None
    authority: bool | None = None
    points: int = 0
    outcomes: int = 0
    issue_arose: date | None = None
    aware_since: date | None = None
    at_risk: bool | None = None
    needs: int = 0
    adjustments: int = 0
    stock: str | None = None
    category: str | None = None
    about_staff: tuple[Person, ...] = ()
    hazard: str | None = None
    wants: str | None = None  # complaint or service_request: the resident's own choice, offered both
    dangers: tuple[str, ...] = ()  # the kinds that were mentioned (`dangers.KINDS`), never the words


@event("treat_as_service_request")
class TreatedAsServiceRequest(Event):
    reason: bool = False
    target: date | None = None
    resident_agrees: bool | None = None


@event("answer_service_request")
class ServiceRequestAnswered(Event):
    satisfied: bool | None = None


@event("offer_complaint")
class ComplaintOffered(Event):
    answer: str | None = None


@event("log_complaint")
class Logged(Event):
    category: str | None = None
    points: int | None = None


@event("refuse_complaint")
class ComplaintRefused(Event):
    ground: str | None = None
    reasons: bool = False
    ombudsman_right_given: bool | None = None
    discretion: bool = False
    court_filed_on: date | None = None
    issue_arose: date | None = None
    aware_since: date | None = None
    elsewhere: tuple[Elsewhere, ...] | None = None  # empty: there is nowhere; None: not recorded


@event("assign")
class Assigned(Event):
    handler: Person | None = None
    seniority: str | None = None
    stage: int | None = None


@event("declare_interest")
class InterestDeclared(Event):
    staff: Person | None = None


@event("acknowledge")
class Acknowledged(Event):
    definition: bool = False
    outcomes: int = 0
    not_responsible_for: bool = False
    ombudsman_details_given: bool | None = None


@event("ask_to_clarify")
class ClarificationAsked(Event):
    pass


@event("agree_definition")
class DefinitionAgreed(Event):
    pass


# While it is open


@event("agree_updates")
class UpdatesAgreed(Event):
    every: int = 0
    unit: str = "working_days"
    method: str | None = None


@event("update")
class Updated(Event):
    method: str | None = None
    next_update: date | None = None


@event("record_contact")
class ContactRecorded(Event):
    direction: str | None = None
    channel: str | None = None


@event("extend")
class Extended(Event):
    until: date | None = None
    reason: bool = False
    agreed: bool | None = None
    ombudsman_details_given: bool | None = None
    good_reason_beyond_limit: bool = False


@event("add_point")
class PointAdded(Event):
    related: bool | None = None
    would_delay: bool | None = None


@event("share_findings")
class FindingsShared(Event):
    shared_with: Person | None = None
    comment_by: date | None = None


@event("comment")
class Commented(Event):
    subject: str | None = None


@event("outcome_call")
class OutcomeCalled(Event):
    reached: bool | None = None


@event("draft_response")
class ResponseDrafted(Event):
    decisions: tuple[Decision, ...] = ()
    in_words: bool = False  # plain text, in which no decision can be read
    names_staff: bool = False
    outcomes: tuple[OutcomeAnswered, ...] = ()
    duties: Duties | None = None  # None: no legal duty is at issue
    repeats_advice: bool = False


@event("check_response")
class ResponseChecked(Event):
    passed: bool | None = None


@event("respond")
class Responded(Event):
    decisions: tuple[Decision, ...] = ()
    remedies: tuple[Undertaking, ...] = ()
    actions: tuple[Undertaking, ...] = ()
    compensation: tuple[int, ...] = ()
    letter: Letter | None = None
    outcomes: tuple[OutcomeAnswered, ...] = ()
    duties: Duties | None = None  # None: no legal duty is at issue
    repeats_advice: bool = False  # the words of privileged advice stand in it

    @property
    def undertakings(self) -> tuple[Undertaking, ...]:
        return self.remedies + self.actions


# Stage 2


@event("request_escalation")
class EscalationRequested(Event):
    channel: str | None = None
    reasons: bool = False
    outcomes: int = 0


@event("escalate")
class Escalated(Event):
    definition: bool = False


@event("decline_escalation")
class EscalationDeclined(Event):
    ground: str | None = None
    reasons: bool = False
    ombudsman_right_given: bool | None = None
    discretion: bool = False
    court_filed_on: date | None = None
    elsewhere: tuple[Elsewhere, ...] | None = None


@event("record_advice")
class AdviceRecorded(Event):
    """Legal advice was taken. Its words are privileged: they stay with those who answer complaints.

    `asked` is the entry of the question that it answers, where one was put.
    """

    asked: int = 0


@event("record_authority")
class AuthorityRecorded(Event):
    representative: Person | None = None
    given: bool | None = None


# What is promised and paid


@event("promise")
class PromiseMade(Event):
    due: date | None = None
    owner: str | None = None


@event("keep_promise")
class PromiseKept(Event):
    promise: int = 0


@event("change_promise")
class PromiseChanged(Event):
    promise: int = 0
    due: date | None = None
    reason: bool = False


@event("agree_promise")
class PromiseAgreed(Event):
    """Whoever must keep a promise says whether they can, by its day."""

    promise: int = 0
    can: bool | None = None
    reason: bool = False


# What others are asked


@event("ask_others")
class OthersAsked(Event):
    """A question about a point or a promise, put to somebody beside the case, to be answered by a day."""

    of: str | None = None  # colleague, team, contractor or lawyer
    point: int = 0
    promise: int = 0
    answer_by: date | None = None


@event("answer_others")
class OthersAnswered(Event):
    """What somebody answered who was asked; `asked` is the entry of the question."""

    asked: int = 0


@event("award")
class Awarded(Event):
    amount: int = 0  # pence
    head: str | None = None
    approved_by: Person | None = None


@event("pay")
class Paid(Event):
    award: int = 0


# Mending, ending and taking up again


@event("correct")
class Corrected(Event):
    entry: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)
    strike: bool = False
    reason: bool = False
    words: bool = False  # new words, kept beside the journal


@event("move_to_procedure")
class ProcedureMoved(Event):
    version: int = 0
    reason: bool = False


@event("withdraw")
class Withdrawn(Event):
    reason: bool = False


@event("close")
class Closed(Event):
    root_cause: str | None = None
    survey: bool | None = None


@event("reopen")
class Reopened(Event):
    reason: bool = False


# Afterwards


@event("send_survey")
class SurveySent(Event):
    pass


@event("answer_survey")
class SurveyAnswered(Event):
    score: int | None = None
    satisfied: bool | None = None
    wants_complaint: bool | None = None


@event("learn")
class LessonLearned(Event):
    due: date | None = None
    owner: str | None = None


# The person


@event("record_needs")
class NeedsRecorded(Event):
    needs: int = 0
    adjustments: int = 0
    review_on: date | None = None


@event("review_adjustments")
class AdjustmentsReviewed(Event):
    review_on: date | None = None


@event("restrict_contact")
class ContactRestricted(Event):
    reasons: bool = False
    review_on: date | None = None
    equality_considered: bool | None = None


@event("review_restriction")
class RestrictionReviewed(Event):
    review_on: date | None = None


# The Ombudsman


@event("ombudsman_enquires")
class OmbudsmanEnquired(Event):
    pass


@event("ombudsman_requests_evidence")
class EvidenceRequested(Event):
    due: date | None = None


@event("send_evidence")
class EvidenceSent(Event):
    pass


@event("ombudsman_determines")
class Determined(Event):
    findings: tuple[str, ...] = ()
    orders: tuple[Undertaking, ...] = ()
    recommendations: int = 0


@event("comply")
class Complied(Event):
    order: int = 0


# Hazards


@event("report_hazard")
class HazardReported(Event):
    kind: str | None = None
    aware_at: datetime | None = None


@event("dismiss_hazard")
class HazardDismissed(Event):
    """A person looked at a danger that was mentioned, and says that it is no hazard."""

    reason: bool = False


@event("hazard_investigated")
class HazardInvestigated(Event):
    pass


@event("hazard_summary_sent")
class HazardSummarySent(Event):
    pass


@event("hazard_made_safe")
class HazardMadeSafe(Event):
    pass


# What belongs together: an entry stands in each of the two cases. `other` is the number of the other case.


@event("link_cases")
class CasesLinked(Event):
    other: int = 0
    how: str | None = None
    reason: bool = False


@event("unlink_cases")
class CasesUnlinked(Event):
    other: int = 0
    reason: bool = False


@event("merge_cases")
class CasesMerged(Event):
    """Two complaints became one. In the case that goes on, `facts` are the events of the other, up to its
    entry `upto`, and `edition` is the one it was under. In the other, `into` is set and nothing else is told.
    """

    other: int = 0
    into: bool = False
    same_resident: bool | None = None
    upto: int = 0
    edition: str | None = None
    facts: tuple[Event, ...] = ()
    reason: bool = False


@event("unmerge_cases")
class CasesUnmerged(Event):
    other: int = 0
    into: bool = False
    reason: bool = False


@event("split_case")
class CaseSplit(Event):
    """Some points left for a case of their own: `points`, by their numbers. In that case `apart` is set, and
    `facts` are the events of the one they left, up to its entry `upto`.
    """

    other: int = 0
    apart: bool = False
    points: tuple[int, ...] = ()
    upto: int = 0
    edition: str | None = None
    facts: tuple[Event, ...] = ()
    reason: bool = False


@event("unsplit_case")
class CaseUnsplit(Event):
    """The points came back. `since` are the actions that the other case has seen meanwhile."""

    other: int = 0
    apart: bool = False
    since: tuple[str, ...] = ()
    reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside(Event):
    """An event whose words still count, though what it did does not: its timetable no longer runs."""

    was: Event


_UNDOES: dict[type[Event], type[Event]] = {CasesUnmerged: CasesMerged, CaseUnsplit: CaseSplit}


def undone(ordered: Iterable[Event]) -> frozenset[int]:
    """The numbers of the merges and splits that were undone, and of what undid them: as if neither had been.

    The case that a split had made does not end by its undoing, so there both stand.
    """
    found: set[int] = set()
    standing: list[Event] = []
    for event in ordered:
        kind = _UNDOES.get(type(event))
        if type(event) in _UNDOES.values():
            standing.append(event)
        elif kind is not None and not getattr(event, "apart", False):
            made = next((each for each in reversed(standing) if _is_undone_by(each, event)), None)
            if made is not None:
                standing.remove(made)
                found |= {made.number, event.number}
    return frozenset(found)


def _is_undone_by(made: Event, event: Event) -> bool:
    sides = ("other", "into") if isinstance(event, CasesUnmerged) else ("other",)
    same = all(getattr(made, name, None) == getattr(event, name) for name in sides)
    return type(made) is _UNDOES[type(event)] and same


def as_corrected(events: Iterable[Event]) -> list[Event]:
    """The events as they stand after every `correct`: struck out, or with their new values.

    Ordered by the day they happened, then by number. A later correction of the same entry wins.
    A correction can itself be struck out.
    """
    ordered = sorted(events, key=lambda event: event.number)
    gone = undone(ordered)
    if gone:
        ordered = [event for event in ordered if event.number not in gone]
    corrections = [event for event in ordered if isinstance(event, Corrected)]
    if not corrections:
        return sorted(ordered, key=_order)
    struck = {c.entry for c in corrections if c.strike}
    by_number = {event.number: event for event in ordered if event.number not in struck}
    for correction in corrections:
        mended = by_number.get(correction.entry)
        if correction.number in by_number and mended is not None and not correction.strike:
            by_number[correction.entry] = replace(mended, **dict(correction.fields))
    return sorted(by_number.values(), key=_order)


def _order(event: Event) -> tuple[date, int]:
    return event.on, event.number
