"""Plans of cases that make today's queue look alive, whatever day today is.

Two years of made-up cases leave few open ones, and on a bad day none that is late or due. So some
are planned backwards, from the day on which something should be due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from complaint_rules import editions
from putright.casework.fields import LONDON, PointDecided, ToDo
from putright.upkeep.demo import stories
from putright.upkeep.demo.plans import Life, PlannedCase, PlannedStep, Planner, working_day_before
from putright.upkeep.demo.stories import Trouble

Steps = Iterator[PlannedStep]

# What is due, and in how many working days from today: below nought it is late.
TO_ACKNOWLEDGE = (-1, 0, 1, 2, 4)
TO_ANSWER = (-3, -1, 0, 1, 2, 3, 5, 6, 8, 9)
TO_ANSWER_WITH_NO_HANDLER = (1, 4)
EXTENDED = (2, 7)
DRAFTED = (1, 3)
TO_ACKNOWLEDGE_AT_STAGE_2 = (1,)
STAGE_2_ASKED_FOR = (4,)
TO_ANSWER_AT_STAGE_2 = (-2, 3, 8, 14, 17)
PROMISED = (-4, -1, 0, 3, 6, 9, 15, 20)
HAZARDS_TO_INVESTIGATE = (2,)
EVIDENCE = (6,)
SERVICE_REQUESTS_SINCE = (3, 1)
JUST_RECEIVED_MINUTES_AGO = (95, 20)


class Today:
    """Plans cases by what is due, counted from today."""

    def __init__(self, planner: Planner, random: Random) -> None:
        self.planner, self.calendar, self.random = planner, planner.calendar, random
        self.now = planner.now.astimezone(LONDON)
        self.today = self.now.date()
        clocks = editions.in_force_on(self.today).clocks
        self.allowed = {name: rule.length for name, rule in clocks.items()}

    def cases(self) -> list[PlannedCase]:
        """All of them."""
        kinds: list[tuple[tuple[int, ...], Callable[[int], PlannedCase]]] = [
            (TO_ACKNOWLEDGE, self.to_acknowledge),
            (TO_ANSWER, self.to_answer),
            (TO_ANSWER_WITH_NO_HANDLER, self.to_answer_with_no_handler),
            (EXTENDED, self.extended),
            (TO_ACKNOWLEDGE_AT_STAGE_2, self.to_acknowledge_at_stage_2),
            (STAGE_2_ASKED_FOR, self.stage_2_asked_for),
            (TO_ANSWER_AT_STAGE_2, self.to_answer_at_stage_2),
            (PROMISED, self.promised),
            (HAZARDS_TO_INVESTIGATE, self.hazard_to_investigate),
            (EVIDENCE, self.with_the_ombudsman),
            (SERVICE_REQUESTS_SINCE, self.service_request),
            (JUST_RECEIVED_MINUTES_AGO, self.just_received),
            (DRAFTED, self.drafted),
        ]
        found = [plan(number) for numbers, plan in kinds for number in numbers]
        return [*found, self.emergency()]

    # Days

    def day(self, number: int) -> date:
        """The day that lies so many working days from today; 0 is today itself."""
        if number < 0:
            return self.before(self.today, -number)
        return self.calendar.add(self.today, number)

    def before(self, day: date, length: int) -> date:
        return working_day_before(self.calendar, day, length)

    def life(self, received_on: date, kind: Trouble | None = None) -> Life:
        return Life(
            self.planner, self.random, received_on, kind or stories.trouble(self.random), represented=False
        )

    def finished(self, life: Life, steps: Steps) -> PlannedCase:
        return self.planner.planned(life, steps)

    # Stage 1

    def to_acknowledge(self, number: int) -> PlannedCase:
        life = self.life(self.before(self.day(number), self.allowed["acknowledge"]))
        return self.finished(life, self._given_to_the_officer(life))

    def _given_to_the_officer(self, life: Life) -> Steps:
        yield life.received()
        if life.chance(0.6):
            yield life.assigned(life.officer)

    def to_answer(self, number: int, handler: bool = True) -> PlannedCase:
        counted_from = self.before(self.day(number), self.allowed["respond"])
        life = self.life(self.before(counted_from, 3))
        return self.finished(life, self._waiting_for_an_answer(life, counted_from, handler))

    def to_answer_with_no_handler(self, number: int) -> PlannedCase:
        return self.to_answer(number, handler=False)

    def _waiting_for_an_answer(self, life: Life, acknowledged: date, handler: bool = True) -> Steps:
        yield life.received()
        life.until(acknowledged)
        yield life.acknowledged()
        if handler:
            yield life.assigned(life.investigator if life.chance(0.8) else life.officer)
        life.later(1)
        yield life.contact()

    def drafted(self, number: int) -> PlannedCase:
        """Written, and waiting for somebody else to read it. The second is of somebody said to be at risk."""
        counted_from = self.before(self.day(number), self.allowed["respond"])
        life = self.life(self.before(counted_from, 3))
        return self.finished(life, self._drafted(life, counted_from, at_risk=number == DRAFTED[-1]))

    def _drafted(self, life: Life, acknowledged: date, at_risk: bool) -> Steps:
        yield life.received(at_risk=at_risk)
        life.until(acknowledged)
        yield life.acknowledged()
        yield life.assigned(life.investigator)
        life.later(4)
        decisions = [
            PointDecided(number, "upheld", self.random.choice(stories.UPHELD))
            for number, _ in enumerate(life.points, start=1)
        ]
        yield life.by("draft_response", life.investigator, "investigator", decisions=decisions)

    def extended(self, number: int) -> PlannedCase:
        """Told on the first due day, of eight working days more."""
        first_due = self.before(self.day(number), 8)
        counted_from = self.before(first_due, self.allowed["respond"])
        life = self.life(self.before(counted_from, 2))
        return self.finished(life, self._extended(life, counted_from, first_due, self.day(number)))

    def _extended(self, life: Life, acknowledged: date, first_due: date, until: date) -> Steps:
        yield from self._waiting_for_an_answer(life, acknowledged)
        life.until(first_due)
        yield life.by(
            "extend", life.investigator, "investigator", until=until,
            reason=self.random.choice(stories.EXTENSION), agreed=True, ombudsman_details_given=True,
        )  # fmt: skip

    # After the answer

    def promised(self, number: int) -> PlannedCase:
        """Answered, most closed, and some of the work still owed."""
        due = self.day(number)
        answered = self.before(due, 25)
        life = self.life(self.before(answered, 9))
        return self.finished(life, self._promised(life, answered, due, closed=number != 6))

    def _promised(self, life: Life, answered: date, due: date, closed: bool) -> Steps:
        yield from self._waiting_for_an_answer(life, self.calendar.add(life.day, 2))
        life.until(answered)
        yield self._answer(life, life.investigator, "investigator", due)
        if closed:
            life.later(3)
            yield life.by(
                "close", life.officer, "complaints_officer", root_cause=life.kind.cause, survey=True
            )

    def _answer(self, life: Life, person: str, role: str, due: date | None) -> PlannedStep:
        decisions = [
            PointDecided(number, "upheld", self.random.choice(stories.UPHELD))
            for number, _ in enumerate(life.points, start=1)
        ]
        owed = [ToDo(self.random.choice(life.kind.remedies), due, life.kind.owner)] if due else []
        return life.by("respond", person, role, decisions=decisions, actions=owed)

    # Stage 2

    def stage_2_asked_for(self, number: int, accepted: bool = False) -> PlannedCase:
        """Asked for, and nobody has taken it up yet."""
        asked = self.before(self.day(number), self.allowed["acknowledge_escalation"])
        life = self.life(self.before(asked, 22))
        return self.finished(life, self._stage_2_asked(life, asked, accepted))

    def to_acknowledge_at_stage_2(self, number: int) -> PlannedCase:
        return self.stage_2_asked_for(number, accepted=True)

    def to_answer_at_stage_2(self, number: int) -> PlannedCase:
        counted_from = self.before(self.day(number), self.allowed["respond_stage_2"])
        asked = self.before(counted_from, 2)
        life = self.life(self.before(asked, 22))
        return self.finished(life, self._stage_2_acknowledged(life, asked, counted_from))

    def _stage_2_asked(self, life: Life, asked: date, accepted: bool = True) -> Steps:
        yield from self._waiting_for_an_answer(life, self.calendar.add(life.day, 3))
        life.later(7)
        yield self._answer(life, life.investigator, "investigator", None)
        life.until(asked)
        yield life.resident(
            "request_escalation", channel="email", reasons=self.random.choice(stories.DISPUTED)
        )
        if accepted:
            yield life.escalated()

    def _stage_2_acknowledged(self, life: Life, asked: date, acknowledged: date) -> Steps:
        yield from self._stage_2_asked(life, asked)
        life.until(acknowledged)
        yield life.assigned(life.reviewer, seniority="head", stage=2)
        yield life.acknowledged_at_stage_2()

    def with_the_ombudsman(self, number: int) -> PlannedCase:
        due = self.day(number)
        asked = self.before(due, 15)
        acknowledged = self.before(asked, 60)
        life = self.life(self.before(acknowledged, 24))
        return self.finished(life, self._with_the_ombudsman(life, acknowledged, asked, due))

    def _with_the_ombudsman(self, life: Life, acknowledged: date, asked: date, due: date) -> Steps:
        yield from self._stage_2_acknowledged(life, self.before(acknowledged, 2), acknowledged)
        life.later(15)
        yield self._answer(life, life.reviewer, "reviewer", None)
        liaison = self.random.choice(life.cast.ombudsman_liaison)
        life.until(self.before(asked, 10))
        yield life.by("ombudsman_enquires", liaison, "ombudsman_liaison")
        life.until(asked)
        yield life.by(
            "ombudsman_requests_evidence", liaison, "ombudsman_liaison",
            due=due, items=["Both answers", "The repairs log"],
        )  # fmt: skip

    # Hazards, requests, and what has just come in

    def hazard_to_investigate(self, number: int) -> PlannedCase:
        aware = self.before(self.day(number), 10)
        life = self.life(aware, stories.named("damp and mould"))
        return self.finished(life, self._hazard(life))

    def _hazard(self, life: Life) -> Steps:
        yield life.received(stock="lcra")
        manager = self.random.choice(life.cast.service_manager)
        aware_at = life.moment()
        fields = {"kind": "significant", "aware_at": aware_at}
        yield PlannedStep("report_hazard", aware_at, "staff", manager, "service_manager", fields)
        life.later(2)
        yield life.acknowledged()
        yield life.assigned(life.investigator)

    def emergency(self) -> PlannedCase:
        """Told of some hours ago: to be made safe within 24 hours of that."""
        aware_at = (self.now - timedelta(hours=5)).replace(second=0, microsecond=0)
        life = self.life(aware_at.date(), stories.named("heating and hot water"))
        return self.finished(life, self._emergency(life, aware_at))

    def _emergency(self, life: Life, aware_at: datetime) -> Steps:
        received = life.received(stock="lcra", channel="telephone")
        received.at = aware_at
        yield received
        taker = received.person
        fields = {"kind": "emergency", "aware_at": aware_at}
        yield PlannedStep(
            "report_hazard", aware_at + timedelta(minutes=2), "staff", taker, "contact_staff", fields
        )
        assigned = life.assigned(life.officer)
        assigned.at = aware_at + timedelta(minutes=30)
        yield assigned

    def service_request(self, days: int) -> PlannedCase:
        life = self.life(self.before(self.today, days))
        return self.finished(life, self._service_request(life))

    def _service_request(self, life: Life) -> Steps:
        yield life.received()
        yield life.by(
            "treat_as_service_request", self.random.choice(life.cast.contact_staff), "contact_staff",
            reason="A first request to put something right.", resident_agrees=True,
        )  # fmt: skip

    def just_received(self, minutes_ago: int) -> PlannedCase:
        """Received today, and nothing done with it yet."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        life = self.life(self.today)
        received = life.received(channel=self.random.choice(("web", "email")))
        received.at = max(midnight, self.now - timedelta(minutes=minutes_ago))
        return self.finished(life, iter([received]))
