"""What is due, when, and why: the Code's clocks, the landlord's own targets, and whatever else is owed.

A `Run` is one running of a clock: the day it was counted from, the day it is due, and when it
was done or stopped. The Code's clocks come from the edition's timetable; a step that should
start one and has not happened counts as taken on the last day it was allowed, so silence never
buys time. `due` and `targets` are what a page shows; `proof` is each day counted or skipped.
"""

from __future__ import annotations

import calendar as month_lengths
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from complaint_rules import events
from complaint_rules.editions import ClockRule
from complaint_rules.findings import Verdict
from complaint_rules.working_days import Calendar, Convention, CountedDay

if TYPE_CHECKING:
    from complaint_rules.complaint import Complaint
    from complaint_rules.procedure import Target

LONDON = ZoneInfo("Europe/London")

NAMES = (
    "acknowledge",
    "respond",
    "acknowledge_escalation",
    "respond_stage_2",
    "update",
    "escalate_by",
    "decline_by",
    "comment_by",
    "call_back",
    "review_adjustments",
    "review_restriction",
    "evidence",
    "hazard_investigate",
    "hazard_summary",
    "hazard_make_safe",
)

# Awaab's Law: Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025.
HAZARD_LAW_FROM = date(2025, 10, 27)
EMERGENCY_HOURS = 24
HAZARD_INVESTIGATE_DAYS = 10
HAZARD_SUMMARY_DAYS = 3
HAZARD_MAKE_SAFE_DAYS = 5


@dataclass(slots=True)
class Run:
    """One running of a clock.

    `due` is a moment for emergency hazards, else a day. `length` and `unit` say how it was
    counted where it was counted (a day that was simply promised has none). `first_due` is the
    due day before any extension. `assumed` marks a start that had not happened: counted from
    the last day it was allowed. `own` marks the landlord's own target. `broken` marks a
    promise whose day was changed after it had passed.
    """

    name: str
    start: date
    due: date | datetime
    start_entry: int | None = None
    length: int | None = None
    unit: str | None = None
    provision: str | None = None
    starts: str | None = None
    assumed: bool = False
    first_due: date | None = None
    done: date | None = None
    done_at: datetime | None = None
    done_entry: int | None = None
    stopped: date | None = None
    own: bool = False
    broken: bool = False

    @property
    def runs(self) -> bool:
        """Neither done nor stopped."""
        return self.done is None and self.stopped is None

    @property
    def due_on(self) -> date:
        return self.due.astimezone(LONDON).date() if isinstance(self.due, datetime) else self.due

    @property
    def late_when_done(self) -> bool:
        return self.done is not None and self.is_late(self.done_at, self.done)

    def is_late(self, at: datetime | None, on: date) -> bool:
        """Whether a step at this moment comes after the due day. Due today is not late."""
        if isinstance(self.due, datetime) and at is not None:
            return at > self.due
        return on > self.due_on

    def verdict(self, on: date) -> Verdict:
        """Read at the end of the day `on` (scenarios: *By a clock*)."""
        if self.broken:
            return Verdict.BREACHED
        if self.done is not None:
            return Verdict.BREACHED if self.late_when_done else Verdict.MET
        if self.stopped is not None and self.stopped <= self.due_on:
            return Verdict.NOT_APPLICABLE
        return Verdict.OPEN if on <= self.due_on and self.stopped is None else Verdict.BREACHED

    @property
    def entries(self) -> tuple[int, ...]:
        return tuple(number for number in (self.start_entry, self.done_entry) if number is not None)


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension as it was told: whether in time, and against the most it could add without a good reason."""

    event: events.Extended
    first_due: date
    limit: date | None
    in_time: bool

    @property
    def within_limit(self) -> bool:
        return self.limit is None or self.event.until is None or self.event.until <= self.limit


# Counting


def after(calendar: Calendar, start: date, length: int, unit: str, convention: Convention) -> date:
    """The day `length` units after `start`: working_days by the convention, else days, weeks or months.

    A month is the same day of the next month or its last; it is never rolled to a working day.
    """
    if unit == "working_days":
        return calendar.add(start, length, convention)
    if unit == "days":
        return start + timedelta(days=length)
    if unit == "weeks":
        return start + timedelta(weeks=length)
    if unit == "months":
        return months_after(start, length)
    raise ValueError(f'"{unit}" is not a unit of time. Known: working_days, days, weeks, months.')


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


# The Code's clocks


def code_runs(complaint: Complaint) -> list[Run]:
    """Every Code clock that has started since the complaint was received or last taken up again."""
    return stage_runs(complaint, 1) + stage_runs(complaint, 2)


def stage_runs(complaint: Complaint, stage: int) -> list[Run]:
    """The Code clocks of one stage that have started."""
    rules = [rule for rule in complaint.edition.clocks.values() if rule.stage == stage]
    runs = [_code_run(complaint, rule) for rule in rules]
    return [run for run in runs if run is not None]


def response_run(complaint: Complaint, stage: int) -> Run | None:
    """The clock of the response at this stage; None while it has not started."""
    return _code_run(complaint, complaint.edition.clock_for_stage(stage))


def _code_run(complaint: Complaint, rule: ClockRule) -> Run | None:
    if rule.stage == 2 and "requested" not in complaint.steps:
        return None
    start = _start(complaint, rule)
    if start is None:
        return None
    first, entry, assumed = start
    due = after(complaint.calendar, first, rule.length, rule.unit, complaint.procedure.convention)
    run = Run(
        rule.name,
        first,
        due,
        start_entry=entry,
        length=rule.length,
        unit=rule.unit,
        provision=rule.provision,
        starts=rule.starts,
        assumed=assumed,
        first_due=due,
    )
    if rule.extension_most is not None:
        told = [e.event.until for e in complaint.extensions[rule.stage] if e.in_time and e.event.until]
        run.due = max([due, *told])
    _end(complaint, rule, run)
    return run


def _start(complaint: Complaint, rule: ClockRule) -> tuple[date, int | None, bool] | None:
    """The day a clock is counted from, the entry that shows it, and whether it is only assumed."""
    taken = complaint.steps.get(rule.starts)
    if taken:
        return taken.on, taken.entry, False
    if rule.if_not_taken is None:
        return None
    allowed = complaint.edition.clocks.get(rule.if_not_taken)
    if allowed is not None:
        before = _code_run(complaint, allowed)
        return (before.due_on, before.start_entry, True) if before else None
    stands_in = complaint.steps.get(rule.if_not_taken)
    return (stands_in.on, stands_in.entry, True) if stands_in else None


_DONE_BY = {
    "acknowledge": "acknowledged",
    "respond": "responded",
    "acknowledge_escalation": "acknowledged_escalation",
    "respond_stage_2": "responded_stage_2",
}


def _end(complaint: Complaint, rule: ClockRule, run: Run) -> None:
    """Set when the clock was done or stopped.

    A response sent by its due day stands for an acknowledgement that was never made; a later
    one does not, and stops its clock.
    """
    done = complaint.steps.get(_DONE_BY[rule.name])
    answer = complaint.steps.get("responded" if rule.stage == 1 else "responded_stage_2")
    if done is None and answer is not None and answer.on <= run.due_on:
        done = answer
    if done is not None:
        run.done, run.done_entry = done.on, done.entry
        return
    stop = answer or complaint.stopped or (complaint.steps.get("declined") if rule.stage == 2 else None)
    if stop is not None:
        run.stopped, run.done_entry = stop.on, stop.entry


def extension(complaint: Complaint, run: Run, event: events.Extended) -> Extension:
    """What an extension is, on the day it is told, against the clock of the response it extends."""
    rule = complaint.edition.clocks[run.name]
    first_due = run.first_due or run.due_on
    return Extension(event, first_due, limit_of(complaint, rule, first_due), event.on <= run.due_on)


def limit_of(complaint: Complaint, rule: ClockRule, first_due: date) -> date | None:
    """The last day an extension may reach without a good reason.

    Counted on from the first due day, which is itself a day already counted: so the next
    working day is the first that the extension adds, under every convention.
    """
    if rule.extension_most is None:
        return None
    return complaint.calendar.extended(first_due, rule.extension_most)


# Hazards: fixed by regulations, so the landlord's convention does not reach them


def hazard_runs(complaint: Complaint, event: events.Event, kind: str, aware_at: datetime) -> list[Run]:
    """The clocks that awareness of a hazard starts. None before the law, or for a shared owner's home."""
    aware = aware_at.astimezone(LONDON)
    if aware.date() < HAZARD_LAW_FROM or complaint.stock == "lcho":
        return []
    day, entry = aware.date(), event.number
    if kind == "emergency":
        # Elapsed hours: in London's own time the night the clocks change would add or lose one.
        due = aware_at.astimezone(UTC) + timedelta(hours=EMERGENCY_HOURS)
        return [
            Run(name, day, due, start_entry=entry, length=EMERGENCY_HOURS, unit="hours", starts="aware")
            for name in ("hazard_investigate", "hazard_make_safe")
        ]
    return [_hazard_run(complaint, "hazard_investigate", day, HAZARD_INVESTIGATE_DAYS, entry, "aware")]


def after_investigation(complaint: Complaint, event: events.Event, investigated: Run) -> list[Run]:
    """The clocks that the end of an investigation starts: the summary and, if not an emergency, the works."""
    day, entry = event.on, event.number
    summary = _hazard_run(complaint, "hazard_summary", day, HAZARD_SUMMARY_DAYS, entry, "investigated")
    if investigated.unit == "hours":
        return [summary]
    make_safe = _hazard_run(complaint, "hazard_make_safe", day, HAZARD_MAKE_SAFE_DAYS, entry, "investigated")
    return [summary, make_safe]


def _hazard_run(complaint: Complaint, name: str, day: date, length: int, entry: int, starts: str) -> Run:
    due = complaint.calendar.add(day, length, Convention.NEXT_WORKING_DAY)
    return Run(name, day, due, start_entry=entry, length=length, unit="working_days", starts=starts)


# The landlord's own targets


def target_day(complaint: Complaint, target: Target, start: date) -> date:
    """The landlord's own day: its closure days are not worked."""
    return after(complaint.own_calendar, start, target.length, target.unit, complaint.procedure.convention)


def target_runs(complaint: Complaint) -> list[Run]:
    """The landlord's own promises that have started, done ones included."""
    runs = [_target_run(complaint, target) for target in complaint.procedure.targets]
    late = [_late_extension_target(complaint, stage) for stage in (1, 2)]
    return [run for run in runs + late if run is not None]


def _target_run(complaint: Complaint, target: Target) -> Run | None:
    if target.clock == "call_back":
        return None  # started by a survey answer, so it is among what is owed
    if target.clock == "update":
        return _own_update_run(complaint, target)
    start = _target_start(complaint, target)
    if start is None:
        return None
    day, entry, assumed = start
    run = Run(
        target.clock,
        day,
        target_day(complaint, target, day),
        start_entry=entry,
        length=target.length,
        unit=target.unit,
        starts=target.starts,
        assumed=assumed,
        own=True,
    )
    _end_target(complaint, target.clock, run)
    return run


def _target_start(complaint: Complaint, target: Target) -> tuple[date, int | None, bool] | None:
    steps = complaint.steps
    if (
        target.clock in ("acknowledge_escalation", "respond_stage_2", "decline_by")
        and "requested" not in steps
    ):
        return None
    taken = steps.get(target.starts)
    if taken:
        return taken.on, taken.entry, False
    if target.starts == "logged":
        return steps["received"].on, steps["received"].entry, True
    awaited = {"acknowledged": "acknowledge", "acknowledged_escalation": "acknowledge_escalation"}.get(
        target.starts
    )
    return _last_day_allowed(complaint, awaited) if awaited else None


def _last_day_allowed(complaint: Complaint, clock: str) -> tuple[date, int | None, bool] | None:
    """The last day for a step that has not been taken: the Code's, or the landlord's where the Code names none."""
    rule = complaint.edition.clocks.get(clock)
    own = complaint.procedure.target(clock)
    run = _code_run(complaint, rule) if rule else _target_run(complaint, own) if own else None
    return (run.due_on, run.start_entry, True) if run else None


def _end_target(complaint: Complaint, clock: str, run: Run) -> None:
    steps = complaint.steps
    if clock == "escalate_by":
        done, stop = steps.get("requested"), complaint.stopped
    elif clock == "decline_by":
        done, stop = steps.get("declined") or steps.get("escalated"), complaint.stopped
    else:
        rule = complaint.edition.clocks.get(clock)
        answer = steps.get("responded" if clock in ("acknowledge", "respond") else "responded_stage_2")
        declined = steps.get("declined") if clock in ("acknowledge_escalation", "respond_stage_2") else None
        done, stop = steps.get(_DONE_BY[clock]), answer or complaint.stopped or declined
        code = _code_run(complaint, rule) if rule else None
        run.provision = code.provision if code else None
    if done is not None:
        run.done, run.done_entry = done.on, done.entry
    elif stop is not None:
        run.stopped = stop.on


def _own_update_run(complaint: Complaint, target: Target) -> Run | None:
    """The landlord's own interval between updates, from the acknowledgement and from each update."""
    acknowledged = complaint.steps.get("acknowledged_escalation" if complaint.stage == 2 else "acknowledged")
    if complaint.state != "open" or acknowledged is None:
        return None
    updates = [event for event in complaint.all(events.Updated) if event.on >= acknowledged.on]
    day, entry = (updates[-1].on, updates[-1].number) if updates else (acknowledged.on, acknowledged.entry)
    due = target_day(complaint, target, day)
    return Run("update", day, due, start_entry=entry, length=target.length, unit=target.unit, own=True)


def _late_extension_target(complaint: Complaint, stage: int) -> Run | None:
    """A day told too late to move what is due: still what the landlord has said, so a target."""
    late = [e.event for e in complaint.extensions[stage] if not e.in_time and e.event.until]
    run = response_run(complaint, stage)
    if not late or run is None or not run.runs:
        return None
    until = late[-1].until
    assert until is not None
    return Run(run.name, late[-1].on, until, start_entry=late[-1].number, own=True)


# What a page shows


def due_runs(complaint: Complaint) -> list[Run]:
    """Everything that runs now and that the Code, the law, the Ombudsman or a promise fixes; soonest first."""
    runs = [run for run in code_runs(complaint) if run.runs]
    runs += [run for run in complaint.owed if run.runs and not run.own]
    return sorted(runs, key=_by_due)


def own_runs(complaint: Complaint) -> list[Run]:
    """Everything that runs now and that only the landlord has set itself; soonest first."""
    runs = [run for run in target_runs(complaint) if run.runs]
    runs += [run for run in complaint.owed if run.runs and run.own]
    return sorted(runs, key=_by_due)


def _by_due(run: Run) -> tuple[date, str]:
    return run.due_on, run.name


def due(complaint: Complaint) -> dict[str, date | datetime]:
    """What is due, by clock; where a clock runs more than once, what falls due first."""
    return _first(due_runs(complaint))


def targets(complaint: Complaint) -> dict[str, date | datetime]:
    """The landlord's own promises, by clock. A day told by a late extension stands over its usual time."""
    found = _first(own_runs(complaint))
    for stage in (1, 2):
        late = _late_extension_target(complaint, stage)
        if late is not None:
            found[late.name] = late.due
    return found


def _first(runs: list[Run]) -> dict[str, date | datetime]:
    found: dict[str, date | datetime] = {}
    for run in runs:
        found.setdefault(run.name, run.due)
    return found


def all_runs(complaint: Complaint) -> list[Run]:
    """Every run there has been of what the Code, the law, the Ombudsman or a promise fixes."""
    return complaint.past_runs + code_runs(complaint) + [run for run in complaint.owed if not run.own]


def proof(complaint: Complaint, run: Run) -> tuple[CountedDay, ...]:
    """Each day counted or skipped, and why, from the day a clock was counted from to its (first) due day.

    Empty for a day that was promised rather than counted.
    """
    if run.length is None or run.unit != "working_days":
        return ()
    hazard = run.name.startswith("hazard_")
    calendar = complaint.own_calendar if run.own else complaint.calendar
    convention = Convention.NEXT_WORKING_DAY if hazard else complaint.procedure.convention
    return calendar.days(run.start, run.length, convention)
