"""A complaint as its entries tell it: what has happened, where it stands, what has started and stopped.

`read` folds the events of one case, in order, into a `Complaint`. It judges nothing: clocks,
next steps and checks read it. Events are taken as they come (an entry may be recorded late),
so nothing here refuses a step; `next_steps` does that before it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from complaint_rules import belonging, clocks, editions
from complaint_rules.clocks import Extension, Run
from complaint_rules.events import (
    Acknowledged,
    AdjustmentsReviewed,
    Assigned,
    AuthorityRecorded,
    Awarded,
    CasesLinked,
    CasesMerged,
    CaseSplit,
    CasesUnlinked,
    CaseUnsplit,
    Closed,
    Commented,
    ComplaintOffered,
    ComplaintRefused,
    Complied,
    ContactRestricted,
    Determined,
    Escalated,
    EscalationDeclined,
    EscalationRequested,
    Event,
    EvidenceRequested,
    EvidenceSent,
    Extended,
    FindingsShared,
    HazardDismissed,
    HazardInvestigated,
    HazardMadeSafe,
    HazardReported,
    HazardSummarySent,
    InterestDeclared,
    Logged,
    NeedsRecorded,
    OmbudsmanEnquired,
    OutcomeCalled,
    Person,
    PointAdded,
    PromiseChanged,
    PromiseKept,
    PromiseMade,
    Received,
    Reopened,
    Responded,
    ResponseChecked,
    ResponseDrafted,
    RestrictionReviewed,
    ServiceRequestAnswered,
    SurveyAnswered,
    TreatedAsServiceRequest,
    Updated,
    UpdatesAgreed,
    Withdrawn,
    as_corrected,
)
from complaint_rules.procedure import CODE_DEFAULTS, Procedure
from complaint_rules.working_days import Calendar, england_and_wales

STATES = ("received", "service_request", "open", "responded", "refused", "withdrawn", "closed", "merged")

# Moves the case: what a second person must be told of before acting on what they read.
QUIET = frozenset({"record_contact", "update"})


class Step(NamedTuple):
    """A step of the timetable that was taken: on which day, and by which entry."""

    on: date
    entry: int | None


@dataclass(slots=True)
class Complaint:
    """One complaint as read from its entries. Read-only once made."""

    procedure: Procedure
    calendar: Calendar  # bank holidays only: the Code's
    own_calendar: Calendar  # and the landlord's closure days: for its own targets
    edition: editions.Edition
    events: list[Event] = field(default_factory=list)  # of its own journal
    told: list[Event] = field(
        default_factory=list
    )  # these, and what came with complaints merged into it, under numbers below 0
    state: str = ""
    stage: int = 1
    steps: dict[str, Step] = field(default_factory=dict)
    extensions: dict[int, list[Extension]] = field(default_factory=lambda: {1: [], 2: []})
    past_extensions: dict[int, list[Extension]] = field(default_factory=lambda: {1: [], 2: []})
    stopped: Step | None = None
    past_runs: list[Run] = field(
        default_factory=list
    )  # of rounds that ended before the case was taken up again
    owed: list[Run] = field(
        default_factory=list
    )  # updates, comments, reviews, promises, evidence, orders, hazards
    points: int = 0
    point_sources: list[tuple[int, int]] = field(
        default_factory=list
    )  # of each point: the entry, and which of its points
    outcomes: int = 0
    stock: str | None = None
    issue_arose: date | None = None
    aware_since: date | None = None
    handlers: dict[int, Person | None] = field(default_factory=lambda: {1: None, 2: None})
    about_staff: set[Person] = field(default_factory=set)
    interests: set[Person] = field(default_factory=set)
    authority: dict[Person | None, bool] = field(default_factory=dict)
    representative: Person | None = None
    considered: dict[int, set[Person]] = field(default_factory=lambda: {1: set(), 2: set()})
    was_service_request: bool = False
    request_waits: bool = False
    calls: dict[int, bool] = field(default_factory=lambda: {1: False, 2: False})
    check_failed: dict[int, bool] = field(default_factory=lambda: {1: False, 2: False})
    dissatisfied_survey: bool = False
    awards: list[Awarded] = field(default_factory=list)
    promises: list[Run] = field(default_factory=list)
    orders: list[Run] = field(default_factory=list)
    with_ombudsman: bool = False
    adjustments_without_review: bool = False
    updates_agreed: UpdatesAgreed | None = None
    parts: list[belonging.Part] = field(default_factory=list)  # the entries of other cases read with its own
    brought: dict[int, Complaint] = field(default_factory=dict)  # by the entry that brought it
    merged_into: int | None = None
    split_from: int | None = None
    split_off: dict[int, tuple[int, ...]] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)  # the other case, and how they belong together
    _closed_days: Mapping[date, str] = field(default_factory=dict)
    _before_withdrawal: tuple[str, int] = ("received", 1)
    _awaits_ombudsman: bool = False

    # What others ask

    def all(self, kind: type[Event]) -> list[Event]:
        """The events of one kind, in order; those of complaints merged into it too."""
        return [event for event in self.told if type(event) is kind]

    def on(self, step: str) -> date | None:
        """The day a step was taken; None when it has not been."""
        taken = self.steps.get(step)
        return taken.on if taken else None

    @property
    def stage_being_answered(self) -> int:
        return 2 if self.stage == 2 else 1

    @property
    def handler(self) -> Person | None:
        """Who handles the stage that the case is in."""
        return self.handlers[self.stage_being_answered]

    @property
    def ended_unanswered(self) -> bool:
        """Withdrawn, refused or turned to a service request before any answer."""
        ended = ("withdrawn", "refused", "service_request", "merged")
        return self.state in ended and "responded" not in self.steps

    @property
    def danger_unanswered_on(self) -> date | None:
        """The day since which a danger that was mentioned, or a risk stated, is neither confirmed nor dismissed."""
        run = self.running("danger")
        return run.start if run else None

    @property
    def danger_first_heard_at(self) -> datetime | None:
        """When somebody here first heard of a danger: awareness counts from then, not from the confirmation."""
        heard = [event.at for event in self.told if isinstance(event, Received) and event.dangers]
        return min(heard, default=None)

    @property
    def responses(self) -> list[Responded]:
        return [event for event in self.events if isinstance(event, Responded)]

    # Reading one event after the other

    def take(self, event: Event) -> None:
        """Read one more event."""
        self.events.append(event)
        self.told.append(event)
        apply = _TAKES.get(type(event))
        if apply:
            apply(self, event)

    def _begin(self, event: Event) -> None:
        """A complaint is received on this day: its Code clocks start, under the edition of the day.

        What was already late before it was treated as a service request stays late.
        """
        if self.steps:
            self.past_runs += clocks.code_runs(self)
        self.edition = edition_for(event.on, self.procedure)
        self.steps = {"received": Step(event.on, event.number)}
        self.extensions = {1: [], 2: []}
        self.stopped = None
        self.state = "received"
        self.stage = 0 if self.procedure.counted_first_step and self.edition.first_step_may_be_counted else 1

    def _received(self, event: Received) -> None:
        self._begin(event)
        self.points, self.outcomes = event.points, event.outcomes
        self.point_sources = _places(event, event.points)
        self.stock, self.issue_arose, self.aware_since = event.stock, event.issue_arose, event.aware_since
        self.about_staff.update(event.about_staff)
        if event.by.kind == "representative" or event.source == "representative":
            self.representative = event.by.person if event.by.kind == "representative" else None
            self.authority[self.representative] = event.authority is True
        if event.adjustments:
            self.adjustments_without_review = True
        if event.hazard:
            self.owed += clocks.hazard_runs(self, event, event.hazard, event.at)
        elif event.dangers:
            self.owed.append(Run("danger", event.on, event.on, start_entry=event.number, own=True))

    def _service_request(self, event: Event) -> None:
        self.state = "service_request"
        self.stopped = Step(event.on, event.number)

    def _service_request_answered(self, event: ServiceRequestAnswered) -> None:
        if event.satisfied is False and self.state == "service_request":
            self._becomes_complaint(event)

    def _offered(self, event: ComplaintOffered) -> None:
        self._finish("call_back", event)
        self.dissatisfied_survey = self.dissatisfied_survey and event.answer != "wants"
        if event.answer == "wants" and self.state == "service_request":
            self._becomes_complaint(event)

    def _becomes_complaint(self, event: Event) -> None:
        self.was_service_request = True
        self._begin(event)

    def _logged(self, event: Logged) -> None:
        if self.state == "service_request":
            self._becomes_complaint(event)
        self.steps.setdefault("logged", Step(event.on, event.number))
        if event.points:
            self.points = event.points
            self.point_sources = _places(event, event.points)
        self._open()

    def _open(self) -> None:
        if self.state == "received":
            self.state = "open"
        if self.stage == 0:
            self.stage = 1

    def _refused(self, event: ComplaintRefused) -> None:
        self.issue_arose = self.issue_arose or event.issue_arose
        self.aware_since = self.aware_since or event.aware_since
        self.state = "refused"
        self.stopped = Step(event.on, event.number)

    def _assigned(self, event: Assigned) -> None:
        self.handlers[event.stage or self.stage_being_answered] = event.handler

    def _interest(self, event: InterestDeclared) -> None:
        if event.staff is not None:
            self.interests.add(event.staff)

    def _acknowledged(self, event: Acknowledged) -> None:
        self.outcomes += event.outcomes
        taken = Step(event.on, event.number)
        if self.stage == 2:
            self.steps.setdefault("acknowledged_escalation", taken)
            return
        self.steps.setdefault("acknowledged", taken)
        self.steps.setdefault("logged", taken)
        self._open()

    def _updates_agreed(self, event: UpdatesAgreed) -> None:
        self._stop("update", event)
        self.updates_agreed = event
        due = clocks.after(self.calendar, event.on, event.every, event.unit, self.procedure.convention)
        self.owed.append(
            Run("update", event.on, due, start_entry=event.number, length=event.every, unit=event.unit)
        )

    def _updated(self, event: Updated) -> None:
        self._finish("update", event)
        agreed = self.updates_agreed
        if self.state != "open" or (event.next_update is None and agreed is None):
            return
        if event.next_update is not None:
            self.owed.append(Run("update", event.on, event.next_update, start_entry=event.number))
        elif agreed is not None:
            due = clocks.after(self.calendar, event.on, agreed.every, agreed.unit, self.procedure.convention)
            run = Run(
                "update", event.on, due, start_entry=event.number, length=agreed.every, unit=agreed.unit
            )
            self.owed.append(run)

    def _extended(self, event: Extended) -> None:
        stage = self.stage_being_answered
        run = clocks.response_run(self, stage)
        if run is not None and event.until is not None:
            self.extensions[stage].append(clocks.extension(self, run, event))

    def _point_added(self, event: PointAdded) -> None:
        if joins(self, event):
            self.points += 1
            self.point_sources.append((event.number, 1))

    def _findings_shared(self, event: FindingsShared) -> None:
        if event.comment_by is not None:
            self.owed.append(Run("comment_by", event.on, event.comment_by, start_entry=event.number))

    def _commented(self, event: Commented) -> None:
        if event.subject == "findings":
            self._finish("comment_by", event)

    def _called(self, event: Event) -> None:
        self.calls[self.stage_being_answered] = True

    def _drafted(self, event: Event) -> None:
        self._considers(event.by.person)

    def _considers(self, person: Person | None) -> None:
        if person is not None:
            self.considered[self.stage_being_answered].add(person)

    def _checked(self, event: ResponseChecked) -> None:
        self.check_failed[self.stage_being_answered] = event.passed is False

    def _responded(self, event: Responded) -> None:
        self._considers(event.by.person)
        self._considers(self.handler)
        if self.stage != 2 and self.handlers[2] in self.considered[1]:
            self.handlers[2] = None  # given stage 2 early, and has now answered stage 1
        step = "responded_stage_2" if self.stage == 2 else "responded"
        self.steps.setdefault(step, Step(event.on, event.number))
        self._stop("update", event)
        self._stop("comment_by", event)
        self.updates_agreed = None
        self.state = "responded"
        self.stage = self.stage_being_answered
        for undertaking in event.undertakings:
            self._promise(event, undertaking.by)
        self.awards += [
            Awarded(number=event.number, at=event.at, on=event.on, by=event.by, amount=amount)
            for amount in event.compensation
        ]

    def _requested(self, event: EscalationRequested) -> None:
        if "declined" in self.steps:
            self.past_runs += clocks.stage_runs(self, 2)
            self.steps = {name: step for name, step in self.steps.items() if name not in _STAGE_2_STEPS}
        self.outcomes += event.outcomes
        self.steps["requested"] = Step(event.on, event.number)
        self.request_waits = True
        self.state = "responded"

    def _escalated(self, event: Escalated) -> None:
        self.steps["escalated"] = Step(event.on, event.number)
        self.request_waits = False
        self.state, self.stage = "open", 2

    def _declined(self, event: EscalationDeclined) -> None:
        self.steps["declined"] = Step(event.on, event.number)
        self.request_waits = False

    def _authority(self, event: AuthorityRecorded) -> None:
        self.representative = event.representative
        self.authority[event.representative] = event.given is True

    def _promised(self, event: PromiseMade) -> None:
        self._promise(event, event.due)

    def _promise(self, event: Event, due: date | None) -> None:
        number = len(self.promises) + 1
        if due is not None:
            run = Run(f"promise:{number}", event.on, due, start_entry=event.number)
            self.promises.append(run)
            self.owed.append(run)

    def _promise_kept(self, event: PromiseKept) -> None:
        self._finish(f"promise:{event.promise}", event)

    def _promise_changed(self, event: PromiseChanged) -> None:
        run = self.running(f"promise:{event.promise}")
        if run is None or event.due is None:
            return
        run.broken = run.broken or event.on > run.due_on
        run.due = event.due

    def _awarded(self, event: Awarded) -> None:
        self.awards.append(event)

    def _withdrawn(self, event: Event) -> None:
        self._before_withdrawal = (self.state, self.stage)
        self.state = "withdrawn"
        self.stopped = Step(event.on, event.number)
        self._stop("update", event)
        self._stop("comment_by", event)

    def _closed(self, event: Event) -> None:
        self.state = "closed"

    def _reopened(self, event: Event) -> None:
        if self.state == "closed":
            self.state = "responded"
            return
        state, stage = self._before_withdrawal if self.state == "withdrawn" else ("received", self.stage)
        self._start_afresh(event)
        self.state, self.stage = state, stage
        if state == "service_request":
            self.stopped = Step(event.on, event.number)

    def _start_afresh(self, event: Event) -> None:
        """The Code clocks that were stopped begin again today; steps already taken count as of today."""
        answered = "responded" in self.steps
        again = _STAGE_2_STEPS if answered else _STAGE_1_STEPS
        stage = 2 if answered else 1
        self.past_runs += clocks.stage_runs(self, stage)
        self.past_extensions[stage] += self.extensions[stage]
        self.extensions[stage] = []
        today = Step(event.on, event.number)
        self.steps = {name: today if name in again else step for name, step in self.steps.items()}
        self.stopped = None

    def _survey_answered(self, event: SurveyAnswered) -> None:
        if event.satisfied is not False:
            return
        self.dissatisfied_survey = True
        target = self.procedure.target("call_back")
        if target:
            due = clocks.target_day(self, target, event.on)
            self.owed.append(Run("call_back", event.on, due, start_entry=event.number, own=True))

    def _needs(self, event: NeedsRecorded) -> None:
        if event.review_on is not None:
            self.adjustments_without_review = False
            self._stop("review_adjustments", event)
            self.owed.append(Run("review_adjustments", event.on, event.review_on, start_entry=event.number))
        elif event.adjustments:
            self.adjustments_without_review = self.running("review_adjustments") is None

    def _adjustments_reviewed(self, event: AdjustmentsReviewed) -> None:
        self.adjustments_without_review = False
        self._review("review_adjustments", event, event.review_on)

    def _restricted(self, event: ContactRestricted) -> None:
        if event.review_on is not None:
            self.owed.append(Run("review_restriction", event.on, event.review_on, start_entry=event.number))

    def _restriction_reviewed(self, event: RestrictionReviewed) -> None:
        self._review("review_restriction", event, event.review_on)

    def _review(self, name: str, event: Event, again: date | None) -> None:
        self._finish(name, event)
        if again is not None:
            self.owed.append(Run(name, event.on, again, start_entry=event.number))

    def _ombudsman_asks(self, event: Event) -> None:
        self._awaits_ombudsman = self.with_ombudsman = True
        if isinstance(event, EvidenceRequested) and event.due is not None:
            self.owed.append(Run("evidence", event.on, event.due, start_entry=event.number))

    def _evidence_sent(self, event: Event) -> None:
        self._finish("evidence", event)

    def _determined(self, event: Determined) -> None:
        for order in event.orders:
            run = Run(
                f"order:{len(self.orders) + 1}", event.on, order.by or event.on, start_entry=event.number
            )
            self.orders.append(run)
            self.owed.append(run)
        self._awaits_ombudsman = False
        self._still_with_ombudsman()

    def _complied(self, event: Complied) -> None:
        self._finish(f"order:{event.order}", event)
        self._still_with_ombudsman()

    def _still_with_ombudsman(self) -> None:
        self.with_ombudsman = self._awaits_ombudsman or any(order.runs for order in self.orders)

    def _hazard_dismissed(self, event: Event) -> None:
        self._finish("danger", event)

    def _hazard_reported(self, event: HazardReported) -> None:
        self._finish("danger", event)
        if event.kind and event.aware_at:
            self.owed += clocks.hazard_runs(self, event, event.kind, event.aware_at)

    def _hazard_investigated(self, event: Event) -> None:
        investigated = [run for run in self.owed if run.name == "hazard_investigate" and run.runs]
        self._finish("hazard_investigate", event)
        for run in investigated:
            self.owed += clocks.after_investigation(self, event, run)

    def _hazard_summary_sent(self, event: Event) -> None:
        self._finish("hazard_summary", event)

    def _hazard_made_safe(self, event: Event) -> None:
        self._finish("hazard_make_safe", event)

    # What belongs together

    def _linked(self, event: CasesLinked) -> None:
        self.links[event.other] = event.how or ""

    def _unlinked(self, event: CasesUnlinked) -> None:
        self.links.pop(event.other, None)

    def _merged(self, event: CasesMerged) -> None:
        if event.into:
            belonging.went_into(self, event)
            return
        other = self.beside(event)
        if other is not None:
            belonging.take_in(self, other, event)

    def _split(self, event: CaseSplit) -> None:
        if not event.apart:
            belonging.leave(self, event)
            return
        origin = self.beside(event)
        if origin is not None:
            belonging.stand_apart(self, origin, event)

    def _unsplit(self, event: CaseUnsplit) -> None:
        if event.apart:
            belonging.went_into(self, event)

    def beside(self, event: CasesMerged | CaseSplit) -> Complaint | None:
        """The complaint of another case as the entry that joins them tells it, under numbers free in this one."""
        facts = belonging.shifted(event.facts, belonging.shift_for(self, event.upto))
        procedure = replace(self.procedure, edition=event.edition) if event.edition else self.procedure
        return read(facts, procedure, self.calendar, self._closed_days)

    # Runs of clocks that entries start and end

    def running(self, name: str) -> Run | None:
        """The clock of this name that is owed and falls due first."""
        return min((run for run in self.owed if run.name == name and run.runs), key=_due_on, default=None)

    def _finish(self, name: str, event: Event) -> None:
        for run in self.owed:
            if run.name == name and run.runs:
                run.done, run.done_at, run.done_entry = event.on, event.at, event.number

    def _stop(self, name: str, event: Event) -> None:
        for run in self.owed:
            if run.name == name and run.runs:
                run.stopped, run.done_entry = event.on, event.number


_STAGE_1_STEPS = frozenset({"received", "logged", "acknowledged"})
_STAGE_2_STEPS = frozenset(
    {"requested", "escalated", "acknowledged_escalation", "declined", "responded_stage_2"}
)

_TAKES: dict[type[Event], Callable[[Complaint, Any], None]] = {
    Received: Complaint._received,
    TreatedAsServiceRequest: Complaint._service_request,
    ServiceRequestAnswered: Complaint._service_request_answered,
    ComplaintOffered: Complaint._offered,
    Logged: Complaint._logged,
    ComplaintRefused: Complaint._refused,
    Assigned: Complaint._assigned,
    InterestDeclared: Complaint._interest,
    Acknowledged: Complaint._acknowledged,
    UpdatesAgreed: Complaint._updates_agreed,
    Updated: Complaint._updated,
    Extended: Complaint._extended,
    PointAdded: Complaint._point_added,
    FindingsShared: Complaint._findings_shared,
    Commented: Complaint._commented,
    OutcomeCalled: Complaint._called,
    ResponseDrafted: Complaint._drafted,
    ResponseChecked: Complaint._checked,
    Responded: Complaint._responded,
    EscalationRequested: Complaint._requested,
    Escalated: Complaint._escalated,
    EscalationDeclined: Complaint._declined,
    AuthorityRecorded: Complaint._authority,
    PromiseMade: Complaint._promised,
    PromiseKept: Complaint._promise_kept,
    PromiseChanged: Complaint._promise_changed,
    Awarded: Complaint._awarded,
    Withdrawn: Complaint._withdrawn,
    Closed: Complaint._closed,
    Reopened: Complaint._reopened,
    SurveyAnswered: Complaint._survey_answered,
    NeedsRecorded: Complaint._needs,
    AdjustmentsReviewed: Complaint._adjustments_reviewed,
    ContactRestricted: Complaint._restricted,
    RestrictionReviewed: Complaint._restriction_reviewed,
    OmbudsmanEnquired: Complaint._ombudsman_asks,
    EvidenceRequested: Complaint._ombudsman_asks,
    EvidenceSent: Complaint._evidence_sent,
    Determined: Complaint._determined,
    Complied: Complaint._complied,
    HazardReported: Complaint._hazard_reported,
    HazardDismissed: Complaint._hazard_dismissed,
    HazardInvestigated: Complaint._hazard_investigated,
    HazardSummarySent: Complaint._hazard_summary_sent,
    HazardMadeSafe: Complaint._hazard_made_safe,
    CasesLinked: Complaint._linked,
    CasesUnlinked: Complaint._unlinked,
    CasesMerged: Complaint._merged,
    CaseSplit: Complaint._split,
    CaseUnsplit: Complaint._unsplit,
}


def _places(event: Event, how_many: int) -> list[tuple[int, int]]:
    return [(event.number, place) for place in range(1, how_many + 1)]


def _due_on(run: Run) -> date:
    return run.due_on


def joins(complaint: Complaint, point: PointAdded) -> bool:
    """Whether an added point joins this case (2022: 5.7; 2024: 6.8): related, no delay, not yet answered."""
    return point.related is True and point.would_delay is not True and "responded" not in complaint.steps


def edition_for(received_on: date, procedure: Procedure) -> editions.Edition:
    """The edition that rules a complaint received on this day; UnknownEdition where none does."""
    if procedure.edition:
        return editions.edition(procedure.edition)
    return editions.in_force_on(received_on)


def read(
    happened: Iterable[Event],
    procedure: Procedure = CODE_DEFAULTS,
    calendar: Calendar | None = None,
    closed: Mapping[date, str] | None = None,
) -> Complaint | None:
    """The complaint that these events tell, corrections applied; None where nothing was received.

    `closed` are days on which the landlord is closed beside those its procedure names, and why: they count
    for its own targets only.
    """
    ordered = as_corrected(happened)
    first = next((event for event in ordered if isinstance(event, Received)), None)
    if first is None:
        return None
    calendar = calendar or england_and_wales()
    complaint = Complaint(
        procedure=procedure,
        calendar=calendar,
        own_calendar=calendar.with_closure_days((*procedure.closure_days, *(closed or ())), closed),
        edition=edition_for(first.on, procedure),
        _closed_days=closed or {},
    )
    for event in ordered:
        complaint.take(event)
    return complaint
