"""Plans of made-up cases: who does what, when. Realistic in shape, the same for the same seed.

A plan is plain data. `bulk` writes many of them at once; a test plays some through the actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from complaint_rules import editions
from complaint_rules.working_days import Calendar, NotCovered
from putright.casework.fields import LONDON, DecisionWord, PointDecided, Sum, ToDo
from putright.upkeep.demo import stories
from putright.upkeep.demo.stories import Trouble

CHANNELS = ("telephone", "email", "web", "portal", "letter", "in_person", "social_media", "councillor", "mp")
CHANNEL_WEIGHTS = (38, 24, 16, 8, 4, 5, 2, 2, 1)
SHARE_LATE_ACKNOWLEDGED = 0.08
SHARE_EXTENDED = 0.17
SHARE_LATE_ANSWER = 0.13
SHARE_ESCALATED = 0.14
SHARE_REFUSED = 0.02
SHARE_SERVICE_REQUEST = 0.05
SHARE_WITHDRAWN = 0.02
SHARE_REPRESENTED = 0.06
SHARE_OMBUDSMAN = 0.12  # of those answered at stage 2
SHARE_PROMISE_LATE = 0.2
SHARE_RECORDED_LATER = 0.03
HAZARD_LAW = date(2025, 10, 27)


@dataclass(frozen=True)
class Cast:
    """The staff of a made-up landlord, as the journal names them, by role."""

    contact_staff: list[str]
    complaints_officer: list[str]
    investigator: list[str]
    reviewer: list[str]
    service_manager: list[str]
    ombudsman_liaison: list[str]


@dataclass
class PlannedStep:
    """One action: the verb, when, by whom (a kind, a person, a role), and its fields."""

    verb: str
    at: datetime
    kind: str = "staff"
    person: str | None = None
    role: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None


@dataclass
class PlannedCase:
    """A resident, perhaps a representative, and the steps of their case in order."""

    resident: str
    address: str
    representative: str | None
    steps: list[PlannedStep]
    reference: str = ""


class Planner:
    """Plans one case at a time, up to the moment `now`: later steps have not happened yet."""

    def __init__(self, cast: Cast, calendar: Calendar, now: datetime) -> None:
        self.cast, self.calendar, self.now = cast, calendar, now

    def case(self, random: Random, received_on: date) -> PlannedCase:
        """A case received on this day; the same for the same state of `random`."""
        represented = random.random() < SHARE_REPRESENTED
        life = Life(self, random, received_on, stories.trouble(random), represented)
        return self.planned(life, life.steps())

    def planned(self, life: Life, steps: Iterable[PlannedStep]) -> PlannedCase:
        """A case of these steps, those that have happened by now."""
        random = life.random
        # Hazards and promises run beside the rest, so they are planned apart and put in their place here.
        taken = sorted((step for step in _as_far_as_covered(steps) if step.at <= self.now), key=_moment)
        for step in taken:
            later = timedelta(days=1) if random.random() < SHARE_RECORDED_LATER else timedelta(minutes=2)
            step.recorded_at = min(step.at + later, self.now)
        speaker = stories.name(random) if life.represented else None
        return PlannedCase(stories.name(random), stories.address(random), speaker, taken)


def _as_far_as_covered(steps: Iterable[PlannedStep]) -> Iterator[PlannedStep]:
    """These steps until one lies past the bank holidays that are known. Lives are planned far past today."""
    try:
        yield from steps
    except NotCovered:
        return


def working_day_before(calendar: Calendar, day: date, length: int) -> date:
    """The working day from which `length` working days end on this day, or on the first one after it."""
    while length > 0 or not calendar.is_working(day):
        day -= timedelta(days=1)
        length -= calendar.is_working(day)
    return day


def _moment(step: PlannedStep) -> datetime:
    return step.at


class Life:
    """The life of one case."""

    def __init__(
        self, planner: Planner, random: Random, received_on: date, kind: Trouble, represented: bool
    ) -> None:
        self.random, self.cast, self.calendar, self.now = random, planner.cast, planner.calendar, planner.now
        self.kind, self.represented = kind, represented
        self.day, self.minute = received_on, 0
        self.edition = editions.in_force_on(received_on)
        self.steps_taken: dict[str, date] = {"received": received_on}
        self.points = self.random.sample(
            kind.points, k=min(len(kind.points), self.random.choice((1, 1, 2, 2, 3)))
        )
        self.officer = self.random.choice(self.cast.complaints_officer)
        self.investigator = self.random.choice(self.cast.investigator)
        self.reviewer = self.random.choice(self.cast.reviewer)
        self.promises = 0

    # Moments

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def moment(self) -> datetime:
        """The next moment of this day: steps of a day follow one another."""
        self.minute = min(self.minute + self.random.randint(3, 70), 9 * 60)
        return datetime.combine(self.day, time(8, 30), LONDON) + timedelta(minutes=self.minute)

    def later(self, days: int) -> None:
        """So many working days on; nought stays on the same day."""
        if days > 0:
            self.day = self.calendar.add(self.day, days)
            self.minute = 0

    def until(self, day: date) -> None:
        if day > self.day:
            self.day, self.minute = day, 0

    def by(self, verb: str, person: str, role: str, **fields: Any) -> PlannedStep:
        return PlannedStep(verb, self.moment(), "staff", person, role, fields)

    def resident(self, verb: str, **fields: Any) -> PlannedStep:
        return PlannedStep(verb, self.moment(), "resident", None, None, fields)

    # The life of a case

    def steps(self) -> Iterator[PlannedStep]:
        """Every step of this life, to its end."""
        yield self.received()
        if self.chance(SHARE_SERVICE_REQUEST):
            yield from self.service_request()
            return
        if self.chance(0.09):
            need, adjustment = self.random.choice(stories.NEEDS)
            yield from self.needs(need, adjustment)
        if self.kind.hazard and self.day >= HAZARD_LAW and self.chance(0.3):
            yield from self.hazard()
        if self.chance(SHARE_REFUSED):
            yield from self.refused()
            return
        yield from self.stage_1()

    def received(self, **told: Any) -> PlannedStep:
        fields: dict[str, Any] = {
            "channel": self.random.choices(CHANNELS, CHANNEL_WEIGHTS)[0],
            "account": stories.account(self.random, self.kind),
            "points": self.points,
            "category": self.kind.category,
            "stock": "lcho" if self.chance(0.06) else "lcra",
        }
        if self.chance(0.85):
            fields["outcomes"] = self.random.sample(
                self.kind.wants, k=self.random.randint(1, len(self.kind.wants))
            )
        if self.represented:
            fields |= {"from": "representative", "authority": self.chance(0.8)}
        taker = self.random.choice(self.cast.contact_staff)
        return self.by("receive", taker, "contact_staff", **fields | told)

    def acknowledged(self) -> PlannedStep:
        return self.by(
            "acknowledge", self.officer, "complaints_officer",
            definition=f"{'; '.join(self.points)}.", not_responsible_for=[], ombudsman_details_given=True,
        )  # fmt: skip

    def assigned(self, handler: str, seniority: str = "officer", **fields: Any) -> PlannedStep:
        return self.by(
            "assign", self.officer, "complaints_officer", handler=handler, seniority=seniority, **fields
        )

    def escalated(self) -> PlannedStep:
        definition = f"Still disputed: {self.points[0]}."
        return self.by("escalate", self.officer, "complaints_officer", definition=definition)

    def acknowledged_at_stage_2(self) -> PlannedStep:
        return self.by(
            "acknowledge", self.officer, "complaints_officer",
            definition=f"The resident disputes: {self.points[0]}.", not_responsible_for=[],
            ombudsman_details_given=True,
        )  # fmt: skip

    def service_request(self) -> Iterator[PlannedStep]:
        taker = self.random.choice(self.cast.contact_staff)
        yield self.by(
            "treat_as_service_request", taker, "contact_staff",
            reason="A first request to put something right.", resident_agrees=True,
        )  # fmt: skip
        self.later(self.random.randint(1, 12))
        satisfied = self.chance(0.7)
        yield self.by(
            "answer_service_request", taker, "contact_staff", answer="A visit is booked.", satisfied=satisfied
        )
        if not satisfied:
            self.edition = editions.in_force_on(self.day)
            self.steps_taken = {"received": self.day}
            yield from self.stage_1()

    def needs(self, need: str, adjustment: str) -> Iterator[PlannedStep]:
        """What makes it easier for the resident, looked at again each year, mostly in time."""
        review = self.day + timedelta(days=365)
        yield self.by(
            "record_needs", self.officer, "complaints_officer",
            needs=[need], adjustments=[adjustment], review_on=review,
        )  # fmt: skip
        back = self.day, self.minute
        while review.year <= self.now.year:
            early_or_late = timedelta(days=self.random.choice((-10, -6, -3, -2, -1, 12)))
            self.until(self.calendar.next_working_day(review + early_or_late))
            review = self.day + timedelta(days=365)
            yield self.by(
                "review_adjustments", self.officer, "complaints_officer",
                outcome="Asked again; still right.", review_on=review,
            )  # fmt: skip
        self.day, self.minute = back

    def refused(self) -> Iterator[PlannedStep]:
        self.later(self.random.randint(1, 4))
        yield self.by(
            "refuse_complaint", self.officer, "complaints_officer",
            ground="already_considered", ombudsman_right_given=True,
            reasons="The same matter was answered at stage 2 last year, and nothing has changed since.",
        )  # fmt: skip

    def hazard(self) -> Iterator[PlannedStep]:
        manager = self.random.choice(self.cast.service_manager)
        emergency = self.chance(0.15)
        at = self.moment()
        kind = "emergency" if emergency else "significant"
        fields = {"kind": kind, "aware_at": at}
        yield PlannedStep("report_hazard", at, "staff", manager, "service_manager", fields)
        back = self.day, self.minute
        self.later(0 if emergency else self.random.randint(2, 11))
        yield self.by("hazard_investigated", manager, "service_manager", outcome="Seen, and the cause found.")
        if not emergency:
            self.later(self.random.randint(1, 3))
        yield self.by("hazard_summary_sent", manager, "service_manager")
        self.later(0 if emergency else self.random.randint(0, 3))
        yield self.by("hazard_made_safe", manager, "service_manager")
        self.day, self.minute = back

    def stage_1(self) -> Iterator[PlannedStep]:
        if self.chance(0.5):
            self.later(self.random.choice((0, 0, 1)))
            self.steps_taken["logged"] = self.day
            yield self.by("log_complaint", self.officer, "complaints_officer", category=self.kind.category)
        self.later(
            self.random.randint(6, 9) if self.chance(SHARE_LATE_ACKNOWLEDGED) else self.random.randint(1, 5)
        )
        yield self.acknowledged()
        yield self.assigned(self.investigator)
        started, due = self.first_due(self.day)
        for _ in range(self.random.randint(1, 4)):
            self.later(self.random.randint(0, 2))
            yield self.contact()
        if self.chance(SHARE_WITHDRAWN):
            self.later(1)
            yield self.resident("withdraw", reason="It has been put right.")
            return
        if self.chance(SHARE_EXTENDED):
            self.until(self.calendar.add(started, self.random.randint(7, 10)))
            yield from self.extension(due)
            due = self.calendar.add(due, 8)
        self.answer_day(self.day, due)
        yield from self.answer(1, self.investigator, "investigator")
        yield from self.after_stage_1()

    def first_due(self, acknowledged: date) -> tuple[date, date]:
        """The day stage 1 is counted from under this edition, and the day it is due."""
        rule = self.edition.clocks["respond"]
        taken = {"logged": acknowledged, "acknowledged": acknowledged} | self.steps_taken
        return taken[rule.starts], self.calendar.add(taken[rule.starts], rule.length)

    def contact(self) -> PlannedStep:
        return self.by(
            "record_contact", self.investigator, "investigator",
            direction="in", channel="telephone", **{"with": "the resident"}, summary=self.random.choice(stories.CALLS),
        )  # fmt: skip

    def extension(self, due: date) -> Iterator[PlannedStep]:
        yield self.by(
            "extend", self.investigator, "investigator",
            until=self.calendar.add(due, self.random.choice((5, 8, 10))), reason=self.random.choice(stories.EXTENSION),
            agreed=self.chance(0.8), ombudsman_details_given=self.chance(0.93),
        )  # fmt: skip
        if self.chance(0.8):
            yield self.by(
                "agree_updates",
                self.investigator,
                "investigator",
                every=5,
                unit="working_days",
                method="telephone",
            )
            self.later(4)
            yield self.by(
                "update",
                self.investigator,
                "investigator",
                summary=self.random.choice(stories.NEWS),
                method="telephone",
            )

    def answer_day(self, started: date, due: date) -> None:
        """Usually near the due day, sometimes early, now and then late."""
        if self.chance(SHARE_LATE_ANSWER):
            self.until(self.calendar.add(due, self.random.choice((1, 1, 2, 3, 5, 8, 15))))
            return
        allowed = self.calendar.between(started, due) if due > started else 1
        self.until(self.calendar.add(started, max(1, round(self.random.triangular(1, allowed, allowed)))))

    def answer(self, stage: int, person: str, role: str) -> Iterator[PlannedStep]:
        words: tuple[DecisionWord, ...] = ("upheld", "partly_upheld", "not_upheld")
        chosen = [self.random.choices(words, (52, 22, 26))[0] for _ in self.points]
        decisions = [
            PointDecided(
                number,
                word,
                self.random.choice(stories.NOT_UPHELD if word == "not_upheld" else stories.UPHELD),
            )
            for number, word in enumerate(chosen, start=1)
        ]
        fields: dict[str, Any] = {"decisions": decisions}
        if any(word != "not_upheld" for word in chosen):
            fields |= self.put_right()
        if self.chance(0.3):
            yield self.by("draft_response", person, role, decisions=decisions)
            yield self.by("check_response", self.officer, "complaints_officer", passed=True)
        yield self.by("respond", person, role, **fields)
        yield from self.keep_promises(len(fields.get("actions", ())) + len(fields.get("remedies", ())))

    def put_right(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"remedies": [ToDo("Say sorry in writing", self.day)]}
        if self.chance(0.7):
            by = self.calendar.add(self.day, self.random.randint(5, 30))
            fields["actions"] = [ToDo(self.random.choice(self.kind.remedies), by, self.kind.owner)]
        if self.chance(0.45):
            fields["compensation"] = [
                Sum(self.random.choice((2500, 5000, 7500, 10000, 15000, 25000)), "distress")
            ]
        return fields

    def keep_promises(self, made: int) -> Iterator[PlannedStep]:
        """The apology is kept that day; the work on its day, or late, or not yet."""
        first, self.promises = self.promises + 1, self.promises + made
        back = self.day, self.minute
        for number in range(first, first + made):
            is_work = number > first
            if is_work:
                self.later(
                    self.random.choice((32, 35, 40, 45, 60))
                    if self.chance(SHARE_PROMISE_LATE)
                    else self.random.randint(2, 5)
                )
            manager = self.random.choice(self.cast.service_manager)
            yield self.by(
                "keep_promise", manager, "service_manager", promise=number, proof="Job sheet signed."
            )
        self.day, self.minute = back

    def after_stage_1(self) -> Iterator[PlannedStep]:
        if not self.chance(SHARE_ESCALATED):
            yield from self.closed()
            return
        self.later(self.random.randint(2, 18))
        reasons = {"reasons": self.random.choice(stories.DISPUTED)} if self.chance(0.7) else {}
        yield self.resident("request_escalation", channel="email", **reasons)
        requested = self.day
        self.later(self.random.randint(0, 3))
        if self.chance(0.04):
            yield self.by(
                "decline_escalation", self.officer, "complaints_officer",
                ground="already_considered", ombudsman_right_given=True,
                reasons="Stage 2 has already answered this in an earlier case.",
            )  # fmt: skip
            return
        yield self.escalated()
        yield self.assigned(self.reviewer, seniority="head", stage=2)
        self.later(self.random.randint(0, 2))
        yield self.acknowledged_at_stage_2()
        self.answer_day(requested, self.calendar.add(self.day, 20))
        yield from self.answer(2, self.reviewer, "reviewer")
        if self.chance(SHARE_OMBUDSMAN):
            yield from self.ombudsman()
        yield from self.closed()

    def closed(self) -> Iterator[PlannedStep]:
        self.later(self.random.randint(5, 20))
        yield self.by("close", self.officer, "complaints_officer", root_cause=self.kind.cause, survey=True)
        if self.chance(0.35):
            yield PlannedStep("send_survey", self.moment(), "system")
            self.later(self.random.randint(2, 15))
            score = self.random.choices(range(1, 11), (14, 9, 9, 8, 9, 8, 10, 12, 10, 11))[0]
            yield self.resident("answer_survey", score=score, satisfied=score >= 7)
        if self.chance(0.2):
            self.later(self.random.randint(1, 10))
            yield self.by(
                "learn", self.officer, "complaints_officer",
                cause=self.kind.cause, lesson=self.random.choice(stories.LESSONS), owner=self.kind.owner,
            )  # fmt: skip

    def ombudsman(self) -> Iterator[PlannedStep]:
        liaison = self.random.choice(self.cast.ombudsman_liaison)
        self.later(self.random.randint(20, 60))
        yield self.by("ombudsman_enquires", liaison, "ombudsman_liaison")
        self.later(self.random.randint(10, 40))
        due = self.calendar.add(self.day, 15)
        items = ["Both answers", "The repairs log"]
        yield self.by("ombudsman_requests_evidence", liaison, "ombudsman_liaison", due=due, items=items)
        self.later(self.random.randint(8, 15))
        yield self.by("send_evidence", liaison, "ombudsman_liaison", items=items)
