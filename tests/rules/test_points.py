"""The words of each point are found under the number that the rules give it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import complaint, next_steps, points
from complaint_rules.events import EVENTS, Actor, Corrected, Decision, Event
from complaint_rules.points import Source
from complaint_rules.procedure import CODE_DEFAULTS

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 3, 2)
OFFICER = Actor("staff", "1", "complaints_officer")


def event(number: int, verb: str, days: int = 0, **fields: object) -> Event:
    on = MONDAY + timedelta(days=days)
    at = datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)
    return EVENTS[verb](number=number, at=at, on=on, by=OFFICER, **fields)


def sources(*happened: Event) -> list[Source]:
    return points.sources(complaint.read(happened))


RECEIVED = event(1, "receive", points=2)


def test_points_come_with_the_receipt():
    assert sources(RECEIVED) == [Source(1, 1), Source(1, 2)]


def test_points_given_when_logged_replace_those_of_the_receipt():
    assert sources(RECEIVED, event(2, "log_complaint", points=1)) == [Source(2, 1)]


def test_logging_without_points_leaves_them():
    assert sources(RECEIVED, event(2, "log_complaint")) == [Source(1, 1), Source(1, 2)]


def test_a_related_point_joins_at_the_end_and_others_do_not():
    found = sources(
        RECEIVED,
        event(2, "add_point", related=True),
        event(3, "add_point", related=False),
        event(4, "add_point", related=True, would_delay=True),
        event(5, "add_point", related=True, would_delay=False),
    )
    assert found == [Source(1, 1), Source(1, 2), Source(2, 1), Source(5, 1)]


def test_after_the_answer_nothing_joins():
    answered = event(3, "respond", decisions=(Decision(1, "upheld"), Decision(2, "upheld")))
    found = sources(RECEIVED, event(2, "acknowledge"), answered, event(4, "add_point", related=True))
    assert found == [Source(1, 1), Source(1, 2)]


def test_a_point_struck_out_gives_up_its_number():
    found = sources(
        RECEIVED,
        event(2, "add_point", related=True),
        event(3, "add_point", related=True),
        event(4, "correct", entry=2, strike=True, reason=True),
    )
    assert found == [Source(1, 1), Source(1, 2), Source(3, 1)]


VERBS = st.sampled_from(
    "log_complaint acknowledge add_point respond withdraw reopen treat_as_service_request offer_complaint"
    " answer_service_request request_escalation escalate close correct refuse_complaint".split()
)


@given(st.lists(st.tuples(VERBS, st.sampled_from([True, False, None]), st.integers(0, 3)), max_size=25))
def test_there_are_as_many_as_the_rules_count(drawn):
    happened = [RECEIVED]
    for verb, flag, n in drawn:
        fields = {
            "log_complaint": {"points": n},
            "add_point": {"related": flag, "would_delay": None if n else flag},
            "respond": {"decisions": tuple(Decision(p, "upheld") for p in range(1, 40))},
            "treat_as_service_request": {"reason": True},
            "answer_service_request": {"satisfied": flag},
            "offer_complaint": {"answer": "wants"},
            "correct": {"entry": n + 2, "strike": True, "reason": True},
            "refuse_complaint": {"ground": "other", "reasons": True, "ombudsman_right_given": True},
        }.get(verb, {})
        step = event(len(happened) + 1, verb, n, **fields)
        so_far = complaint.read(happened)
        allowed = next_steps.judge(so_far, step, CODE_DEFAULTS).allowed
        if allowed and not (isinstance(step, Corrected) and step.entry == 1):
            happened.append(step)
    case = complaint.read(happened)
    assert len(points.sources(case)) == case.points
