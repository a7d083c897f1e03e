"""Limits of days are judged as every day within them would be: never surer, and never less sure."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules import editions
from complaint_rules.dates_only import STEPS, ComplaintDates, impossible, judge
from complaint_rules.findings import Verdict
from complaint_rules.spans import Span
from complaint_rules.working_days import Convention, england_and_wales

CALENDAR = england_and_wales()
SURE = (Verdict.MET, Verdict.BREACHED)


def days_of(span: Span) -> list[date]:
    assert span.earliest is not None
    assert span.latest is not None
    return [span.earliest + timedelta(days=n) for n in range((span.latest - span.earliest).days + 1)]


@st.composite
def spans(draw: st.DrawFn, after: date, most_wait: int, most_width: int = 4) -> Span:
    first = after + timedelta(days=draw(st.integers(0, most_wait)))
    return Span(first, first + timedelta(days=draw(st.integers(0, most_width))))


@st.composite
def dates(draw: st.DrawFn, first: date, last: date) -> ComplaintDates:
    received = draw(spans(first + timedelta(days=draw(st.integers(0, (last - first).days))), 0))
    after = received.latest
    assert after is not None
    known: dict[str, Span | None] = {"complaint_received": received}
    known["complaint_acknowledged"] = draw(st.none() | spans(after, 10, 3))
    known["complaint_logged"] = draw(st.none() | st.none() | spans(after, 8, 2))
    known["stage1_response"] = draw(spans(after + timedelta(days=5), 25))
    later = known["stage1_response"].latest
    assert later is not None
    known["escalation_requested"] = draw(spans(later, 4, 3))
    asked = known["escalation_requested"].latest
    assert asked is not None
    known["escalation_acknowledged"] = draw(st.none() | spans(asked, 10, 2))
    known["stage2_response"] = draw(spans(asked + timedelta(days=15), 25))
    return ComplaintDates(**known)


def each_day(known: ComplaintDates, columns: tuple[str, ...], edition: str | None) -> list[ComplaintDates]:
    """The complaint with every day that each of these columns could be; a start that is missing, with every
    day it was allowed on."""
    choices = []
    for column in columns:
        span = getattr(known, column)
        choices.append([None] if span is None else days_of(span))
    found = []
    for chosen in product(*choices):
        exact = replace(known, **{c: d and Span.on(d) for c, d in zip(columns, chosen, strict=True)})
        found += with_missing_starts(exact)
    return [each for each in found if not impossible(each)]


def with_missing_starts(exact: ComplaintDates) -> list[ComplaintDates]:
    found = [exact]
    for column, before in (
        ("complaint_acknowledged", "complaint_received"),
        ("escalation_acknowledged", "escalation_requested"),
    ):
        start = getattr(exact, before)
        if getattr(exact, column) is None and start is not None and start.day is not None:
            last = CALENDAR.add(start.day, 5)
            allowed = [Span.on(day) for day in days_of(Span(start.day, last))]
            found = [replace(each, **{column: day}) for each in found for day in allowed]
    return found


STAGES = {
    "acknowledge": ("complaint_received", "complaint_acknowledged"),
    "respond": ("complaint_received", "complaint_logged", "complaint_acknowledged", "stage1_response"),
    "acknowledge_escalation": ("escalation_requested", "escalation_acknowledged"),
    "respond_stage_2": ("escalation_requested", "escalation_acknowledged", "stage2_response"),
}


@pytest.mark.parametrize("edition", list(editions.all_editions()))
@pytest.mark.parametrize("step", STEPS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_sure_verdict_holds_on_every_day_and_an_unsure_one_on_some_only(
    edition: str, step: str, data: st.DataObject
) -> None:
    known = data.draw(dates(date(2024, 3, 20), date(2024, 4, 20)))
    columns = STAGES[step]
    if step.startswith("acknowledge") and getattr(known, columns[-1]) is None:
        # What was not recorded may have come late or not at all.
        if edition == "2024" or step == "acknowledge":
            assert judge(known, CALENDAR, edition=edition).steps[step].verdict == Verdict.CANNOT_TELL
        return
    told = judge(known, CALENDAR, edition=edition).steps[step].verdict
    if told == Verdict.NOT_APPLICABLE:
        assert (edition, step) in {("2020", "acknowledge_escalation"), ("2022", "acknowledge_escalation")}
        return
    possible = {
        judge(each, CALENDAR, edition=edition).steps[step].verdict
        for each in each_day(known, columns, edition)
    }
    if told in SURE:
        assert possible == {told}
    else:
        assert told == Verdict.CANNOT_TELL
        assert possible == set(SURE)


@given(data=st.data(), convention=st.sampled_from(Convention))
@settings(max_examples=60, deadline=None)
def test_a_receipt_that_may_fall_in_either_of_two_editions_is_never_surer_than_both(
    data: st.DataObject, convention: Convention
) -> None:
    known = data.draw(dates(date(2022, 3, 26), date(2022, 4, 2)))
    judged = judge(known, CALENDAR, convention=convention)
    assert known.complaint_received is not None
    exact = [
        judge(replace(known, complaint_received=Span.on(day)), CALENDAR, convention=convention)
        for day in days_of(known.complaint_received)
    ]
    if len({each.edition for each in exact}) == 1:
        assert judged.edition == exact[0].edition
    for name in STEPS:
        if judged.steps[name].verdict in SURE:
            assert {each.steps[name].verdict for each in exact} == {judged.steps[name].verdict}


@given(data=st.data(), wait=st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_with_every_day_known_reading_the_file_later_never_changes_what_was_done(
    data: st.DataObject, wait: int
) -> None:
    known = data.draw(dates(date(2024, 3, 20), date(2024, 4, 20)))
    exact = replace(known, **{c: Span.on(s.latest) for c in STAGES["respond"] if (s := getattr(known, c))})
    received, answered = exact.complaint_received, exact.stage1_response
    assert received is not None
    assert answered is not None
    day = received.latest + timedelta(days=wait)
    judged = judge(exact, CALENDAR, as_of=day).steps["respond"]
    if answered.latest <= day:
        assert judged.verdict == judge(exact, CALENDAR, as_of=date(2026, 1, 1)).steps["respond"].verdict
    else:
        assert judged.verdict in (Verdict.OPEN, Verdict.BREACHED)
        assert judged.done is None
