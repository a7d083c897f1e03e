"""Whatever is merged, split and undone, in whatever order: an undo restores an equal state, clocks included."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from complaint_rules import belonging, checks, clocks, next_steps
from complaint_rules.complaint import Complaint, read
from complaint_rules.events import EVENTS, Actor, Event
from complaint_rules.procedure import Procedure, Target
from complaint_rules.working_days import Convention

LONDON = ZoneInfo("Europe/London")
OFFICER = Actor("staff", "1", "complaints_officer")
STARTS = [date(2021, 12, 20), date(2022, 3, 28), date(2024, 3, 25), date(2025, 12, 19), date(2026, 11, 2)]
RUNS = 200
RUNS_IN_A_SOAK = 1_000
LATER = 60

PROCEDURES = [
    Procedure(),
    Procedure(
        convention=Convention.ROLL_THEN_COUNT, targets=(Target("acknowledge", 2, "working_days", "logged"),)
    ),
    Procedure(counted_first_step=True, targets=(Target("respond", 10, "working_days", "received"),)),
]


class World:
    """Some cases of one resident, each with the events of its journal, as the actions would write them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.on = chance, chance.choice(STARTS)
        self.procedure = chance.choice(PROCEDURES)
        self.journals: dict[int, list[Event]] = {}
        self.undone = 0
        for _ in range(chance.randint(2, 4)):
            self.receive()

    def read(self, case: int) -> Complaint:
        found = read(self.journals[case], self.procedure)
        assert found is not None
        return found

    def event(self, case: int, verb: str, **told: Any) -> Event:
        at = datetime(self.on.year, self.on.month, self.on.day, 9, tzinfo=LONDON)
        number = len(self.journals[case]) + 1
        return EVENTS[verb](number=number, at=at, on=self.on, by=OFFICER, **told)

    def write(self, case: int, verb: str, **told: Any) -> None:
        self.journals[case].append(self.event(case, verb, **told))

    def receive(self) -> int:
        case = 100 + len(self.journals)
        self.journals[case] = []
        dangers = self.chance.choice([(), (), ("gas",)])
        self.write(
            case,
            "receive",
            channel="email",
            points=self.chance.randint(0, 4),
            outcomes=self.chance.randint(0, 2),
            dangers=dangers,
            adjustments=self.chance.randint(0, 1),
            about_staff=self.chance.choice([(), ("7",)]),
        )
        return case

    def may(self, case: int, event: Event) -> bool:
        return next_steps.judge(self.read(case), event, self.procedure).allowed

    # What happens

    def something(self) -> None:
        """One step in one case, if the rules allow it."""
        case = self.chance.choice(list(self.journals))
        later = self.on + timedelta(days=self.chance.randint(1, LATER))
        verb, told = self.chance.choice(
            [
                ("log_complaint", {}),
                ("acknowledge", {"definition": True, "outcomes": 1}),
                (
                    "extend",
                    {"until": later, "ombudsman_details_given": True, "good_reason_beyond_limit": True},
                ),
                ("promise", {"due": later, "owner": "Repairs"}),
                ("keep_promise", {"promise": self.chance.randint(1, 3)}),
                ("award", {"amount": 100, "head": "distress"}),
                ("pay", {"award": self.chance.randint(1, 3)}),
                ("add_point", {"related": True}),
                ("record_needs", {"adjustments": 1, "review_on": later}),
                ("agree_updates", {"every": 5, "unit": "days"}),
                ("update", {}),
                (
                    "report_hazard",
                    {"kind": "significant", "aware_at": datetime(2026, 11, 2, 9, tzinfo=LONDON)},
                ),
                ("hazard_investigated", {}),
                ("assign", {"handler": self.chance.choice(["7", "8"])}),
                ("draft_response", {"in_words": True}),
                ("record_contact", {}),
            ]
        )
        event = self.event(case, verb, **told)
        if self.may(case, event):
            self.journals[case].append(event)

    def merge(self) -> tuple[int, int] | None:
        kept, other = self.chance.sample(list(self.journals), 2)
        journal = list(self.journals[other])
        edition = self.read(other).edition.name
        event = self.event(
            kept,
            "merge_cases",
            other=other,
            same_resident=True,
            upto=len(journal),
            edition=edition,
            facts=tuple(journal),
        )
        if not self.may(kept, event):
            return None
        self.journals[kept].append(event)
        self.write(other, "merge_cases", other=kept, into=True)
        return kept, other

    def unmerge(self, kept: int, other: int) -> bool:
        event = self.event(kept, "unmerge_cases", other=other)
        if not self.may(kept, event):
            return False
        self.journals[kept].append(event)
        self.write(other, "unmerge_cases", other=kept, into=True)
        return True

    def split(self) -> tuple[int, int] | None:
        case = self.chance.choice(list(self.journals))
        before = self.read(case)
        leave = tuple(n for n in range(1, before.points + 1) if self.chance.random() < 0.5)
        made = 100 + len(self.journals)
        facts = tuple(self.journals[case])
        event = self.event(case, "split_case", other=made, points=leave)
        if not self.may(case, event):
            return None
        self.journals[case].append(event)
        self.journals[made] = []
        self.write(made, "receive", points=len(leave))
        self.write(
            made, "split_case", other=case, apart=True, points=leave, upto=len(facts),
            edition=before.edition.name, facts=facts,
        )  # fmt: skip
        return case, made

    def unsplit(self, case: int, made: int) -> bool:
        since = belonging.happened_apart(self.read(made))
        event = self.event(case, "unsplit_case", other=made, since=since)
        if not self.may(case, event):
            return False
        self.journals[case].append(event)
        self.write(made, "unsplit_case", other=case, apart=True)
        return True

    # What must hold

    def state(self, case: int) -> tuple[Any, ...]:
        """All that can be read of a case: the complaint itself, its clocks and its findings."""
        complaint, far = self.read(case), self.on + timedelta(days=400)
        return (
            complaint,
            clocks.due(complaint),
            clocks.targets(complaint),
            clocks.all_runs(complaint),
            {day: checks.findings(complaint, day) for day in (self.on, far)},
        )

    def holds(self) -> None:
        for case in self.journals:
            complaint = self.read(case)
            numbers = [event.number for event in complaint.told]
            assert len(numbers) == len(set(numbers)), "two entries with one number"
            assert len(complaint.point_sources) == complaint.points
            places = set(complaint.point_sources)
            assert len(places) == complaint.points, "one point twice"
            if complaint.state == "merged":
                assert clocks.due(complaint) == {}
                assert not clocks.own_runs(complaint)
            again = read([*complaint.events], self.procedure)
            assert again is not None
            assert (clocks.due(again), again.points) == (clocks.due(complaint), complaint.points)

    def undo_at_once(self) -> None:
        """Merge or split, and undo: every case reads as it did."""
        before = {case: self.state(case) for case in self.journals}
        for _ in range(8):
            what = self.chance.choice([self.merge, self.split])
            made = what()
            if made is not None:
                break
        else:
            return
        self.holds()
        self.on += timedelta(days=self.chance.randint(0, 30))
        undo = self.unmerge if what == self.merge else self.unsplit
        assert undo(*made), "what nobody has built on can be undone"
        after = {case: self.state(case) for case in before}
        for case in before:
            assert after[case][0] == before[case][0]
            assert after[case][1:4] == before[case][1:4]
            days = list(before[case][4])
            again = {day: checks.findings(after[case][0], day) for day in days}
            assert again == before[case][4]
        self.undone += 1


def runs() -> int:
    """As many as are promised in a soak; fewer in an ordinary run."""
    return RUNS_IN_A_SOAK if settings().max_examples >= 1_000 else RUNS


@pytest.mark.parametrize("part", range(5))
def test_every_undo_restores_an_equal_state_clocks_included(part: int) -> None:
    undone = 0
    for seed in range(part * runs() // 5, (part + 1) * runs() // 5):
        world = World(random.Random(seed))
        for _ in range(world.chance.randint(3, 14)):
            world.on += timedelta(days=world.chance.randint(0, 6))
            world.chance.choice(
                [world.something, world.something, world.something, world.merge, world.split]
            )()
            world.holds()
        world.undo_at_once()
        undone += world.undone
    assert undone > runs() // 10, "hardly anything was undone: this test says nothing"


def test_undoing_all_of_several_merges_in_any_order_leaves_what_there_was() -> None:
    undone = 0
    for seed in range(runs()):
        world = World(random.Random(10_000 + seed))
        before = {case: world.state(case) for case in world.journals}
        merges = [made for _ in range(4) if (made := world.merge())]
        while merges:
            world.chance.shuffle(merges)
            left = [each for each in merges if not world.unmerge(*each)]
            assert len(left) < len(merges), "none of them could be undone"
            undone += len(merges) - len(left)
            merges = left
        assert {case: world.state(case) for case in world.journals} == before
    assert undone > runs()


def test_the_earliest_received_rules_whatever_is_merged_into_what() -> None:
    merged = 0
    for seed in range(runs()):
        world = World(random.Random(20_000 + seed))
        for _ in range(5):
            world.on += timedelta(days=world.chance.randint(0, 9))
            world.something()
        first = {case: world.read(case) for case in world.journals}
        made = world.merge()
        if made is None:
            continue
        merged += 1
        kept, other = (first[case] for case in made)
        governs = other if belonging.runs_first(kept, other) else kept
        now = world.read(made[0])
        assert now.on("received") == min(each.steps["received"].on for each in (kept, other))
        assert now.edition == governs.edition
        assert {run.name: run.due for run in clocks.code_runs(now)} == {
            run.name: run.due for run in clocks.code_runs(governs)
        }
        assert now.points == kept.points + other.points
        assert [run.due for run in now.promises] == [run.due for run in (*kept.promises, *other.promises)]
        assert now.considered[1] == kept.considered[1] | other.considered[1]
    assert merged > runs() // 4
