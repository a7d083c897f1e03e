"""What holds of every case, whatever happens in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules import checks, clocks, complaint, next_steps
from complaint_rules.complaint import Complaint
from complaint_rules.events import (
    EVENTS,
    Actor,
    Decision,
    Duties,
    Elsewhere,
    Event,
    Extended,
    Letter,
    OutcomeAnswered,
    Undertaking,
)
from complaint_rules.findings import Verdict
from complaint_rules.procedure import Procedure, Target
from complaint_rules.working_days import Convention, england_and_wales

LONDON = ZoneInfo("Europe/London")
STARTS = [date(2021, 3, 1), date(2022, 3, 28), date(2024, 2, 27), date(2024, 3, 30), date(2025, 12, 19)]
PEOPLE = ["ann", "ben", "cara", "dev"]

days_ahead = st.integers(0, 60)
flags = st.sampled_from([True, False, None])


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, int, dict[str, object]]]:
    """A run of actions: verb, days since the one before, and fields that may or may not do."""
    verbs = st.sampled_from(sorted(EVENTS))
    return [("receive", 0, {"n": draw(days_ahead)})] + [
        (draw(verbs), draw(st.integers(0, 9)), {"n": draw(days_ahead), "flag": draw(flags)})
        for _ in range(draw(st.integers(1, 25)))
    ]


def fields_of(verb: str, on: date, n: int, flag: bool | None) -> dict[str, object]:
    """Fields for a verb, from two drawn values."""
    later = on + timedelta(days=n)
    decisions = (Decision(1, "upheld" if flag else "not_upheld"), Decision(2, "partly_upheld"))
    each: dict[str, dict[str, object]] = {
        "receive": {
            "channel": "email",
            "points": 2,
            "outcomes": 1,
            "adjustments": 1,
            "dangers": ("gas",) if n % 2 else (),
        },
        "treat_as_service_request": {"reason": True, "resident_agrees": flag},
        "answer_service_request": {"satisfied": flag},
        "offer_complaint": {"answer": "wants" if flag else "declines"},
        "refuse_complaint": {"ground": "other", "reasons": True, "ombudsman_right_given": True},
        "assign": {"handler": PEOPLE[n % 4], "stage": 2 if flag else None},
        "declare_interest": {"staff": PEOPLE[n % 4]},
        "acknowledge": {"definition": True},
        "agree_updates": {"every": 1 + n % 9, "unit": "days"},
        "update": {"next_update": later if flag else None},
        "extend": {
            "until": later, "reason": True, "agreed": flag, "ombudsman_details_given": True,
            "good_reason_beyond_limit": True,
        },
        "add_point": {"related": flag},
        "share_findings": {"shared_with": "resident", "comment_by": later},
        "comment": {"subject": "findings"},
        "draft_response": {"decisions": decisions, "outcomes": (OutcomeAnswered(1, "no", bool(flag)),)},
        "check_response": {"passed": flag},
        "respond": {
            "decisions": decisions, "remedies": (Undertaking(later),), "outcomes": (OutcomeAnswered(1, "yes"),),
            "duties": Duties(True, flag is not False), "letter": Letter(readable=flag is not True),
        },
        "decline_escalation": {
            "ground": "already_considered", "reasons": True, "ombudsman_right_given": True,
            "elsewhere": (Elsewhere("tribunal", later),) if flag else None,
        },
        "promise": {"due": later},
        "keep_promise": {"promise": 1 + n % 3},
        "change_promise": {"promise": 1 + n % 3, "due": later, "reason": True},
        "agree_promise": {"promise": 1 + n % 3, "can": flag, "reason": True},
        "ask_others": {"of": "team", "point": 1, "promise": n % 3, "answer_by": later},
        "answer_others": {"asked": 1 + n % 8},
        "award": {"amount": n, "head": "other"},
        "pay": {"award": 1 + n % 2},
        "correct": {"entry": 1 + n % 8, "strike": bool(flag), "reason": True, "fields": {}},
        "answer_survey": {"score": 1, "satisfied": flag},
        "record_needs": {"adjustments": 1, "review_on": later},
        "review_adjustments": {"review_on": later if flag else None},
        "restrict_contact": {"reasons": True, "review_on": later, "equality_considered": True},
        "review_restriction": {"review_on": later if flag else None},
        "ombudsman_requests_evidence": {"due": later},
        "ombudsman_determines": {"orders": (Undertaking(later),)},
        "comply": {"order": 1},
        "report_hazard": {"kind": "emergency" if flag else "significant", "aware_at": moment(on)},
    }  # fmt: skip
    return each.get(verb, {})


def moment(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)


def play(script: list[tuple[str, int, dict[str, object]]], start: date, procedure: Procedure) -> list[Event]:
    """The events of those steps that the rules allow, as the actions would write them."""
    events: list[Event] = []
    on = start
    for verb, days, drawn in script:
        on += timedelta(days=days)
        person = PEOPLE[len(events) % 4]
        step = EVENTS[verb](
            number=len(events) + 1,
            at=moment(on),
            on=on,
            by=Actor("staff", person, "complaints_officer"),
            **fields_of(verb, on, drawn.get("n", 0), drawn.get("flag")),
        )
        so_far = complaint.read(events, procedure)
        if next_steps.judge(so_far, step, procedure).allowed:
            events.append(step)
    return events


procedures = st.builds(
    Procedure,
    convention=st.sampled_from(list(Convention)),
    targets=st.sampled_from(
        [
            (),
            (
                Target("acknowledge", 2, "working_days", "logged"),
                Target("escalate_by", 1, "months", "responded"),
            ),
        ]
    ),
)
starts = st.sampled_from(STARTS)


@given(steps(), starts, procedures)
def test_the_findings_of_a_case_do_not_change_when_it_is_read_again(script, start, procedure):
    events = play(script, start, procedure)
    on = max(event.on for event in events)
    once = complaint.read(events, procedure)
    again = complaint.read(list(reversed(events)), procedure)
    assert checks.findings(once, on) == checks.findings(again, on)
    assert clocks.due(once) == clocks.due(again)
    assert set(checks.findings(once, on)) == set(checks.judged(once.edition.name))


@given(steps(), starts, procedures, days_ahead)
def test_an_extension_never_brings_a_due_day_forward(script, start, procedure, n):
    events = play(script, start, procedure)
    before = complaint.read(events, procedure)
    on = max(event.on for event in events)
    extension = Extended(
        number=len(events) + 1,
        at=moment(on),
        on=on,
        by=events[0].by,
        until=on + timedelta(days=n),
        reason=True,
        good_reason_beyond_limit=True,
    )
    after = complaint.read([*events, extension], procedure)
    for name, due in clocks.due(before).items():
        assert clocks.due(after)[name] >= due


@given(steps(), starts, procedures, st.integers(0, 120))
def test_a_new_bank_holiday_never_makes_a_day_earlier(script, start, procedure, n):
    events = play(script, start, procedure)
    calendar = england_and_wales().with_bank_holidays({start + timedelta(days=n): "A day of rest"})
    before, after = complaint.read(events, procedure), complaint.read(events, procedure, calendar)
    extended = [event for event in events if isinstance(event, Extended)]
    for name, due in clocks.due(before).items():
        # Whether an extension was in time can itself turn on the new holiday; then more moves than the day.
        if not extended:
            assert clocks.due(after)[name] >= due


@given(steps(), starts, procedures, st.integers(1, 200))
def test_a_verdict_turns_on_its_day_and_not_before(script, start, procedure, later):
    events = play(script, start, procedure)
    case = complaint.read(events, procedure)
    on = max(event.on for event in events)
    for ref, finding in checks.findings(case, on).items():
        if finding.turns_on is None:
            assert checks.findings(case, on + timedelta(days=later))[ref].verdict == finding.verdict, ref
            continue
        the_day_before = finding.turns_on - timedelta(days=1)
        assert the_day_before >= on, ref
        assert checks.findings(case, the_day_before)[ref].verdict == finding.verdict, ref
        assert checks.findings(case, finding.turns_on)[ref].verdict == finding.becomes, ref


@given(steps(), starts, procedures)
def test_silence_never_mends_a_breach(script, start, procedure):
    events = play(script, start, procedure)
    case = complaint.read(events, procedure)
    on = max(event.on for event in events)
    for days in (1, 30, 400):
        now, then = checks.findings(case, on), checks.findings(case, on + timedelta(days=days))
        assert all(
            then[ref].verdict == Verdict.BREACHED for ref in now if now[ref].verdict == Verdict.BREACHED
        )


@given(steps(), starts, procedures)
def test_every_clock_that_runs_can_prove_its_day(script, start, procedure):
    events = play(script, start, procedure)
    case: Complaint | None = complaint.read(events, procedure)
    for run in clocks.due_runs(case) + clocks.own_runs(case):
        proof = clocks.proof(case, run)
        if proof and run.first_due:
            assert proof[-1].day == run.first_due
            assert proof[-1].number in (run.length, 0) or run.length == 0
