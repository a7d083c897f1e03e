"""A complete file read as of a day says what the journal of the same complaint says on that day."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules import checks, complaint, editions, events
from complaint_rules.dates_only import ComplaintDates, judge
from complaint_rules.procedure import Procedure
from complaint_rules.spans import Span
from complaint_rules.working_days import Convention, england_and_wales

CALENDAR = england_and_wales()
STAFF = events.Actor("staff", "Ben", "complaints_officer")

# In the order in which steps of one day follow each other.
VERBS: dict[str, type[events.Event]] = {
    "complaint_received": events.Received,
    "complaint_logged": events.Logged,
    "complaint_acknowledged": events.Acknowledged,
    "stage1_extension_told": events.Extended,
    "stage1_response": events.Responded,
    "escalation_requested": events.EscalationRequested,
    "escalation_acknowledged": events.Acknowledged,
    "stage2_extension_told": events.Extended,
    "stage2_response": events.Responded,
}
BY_A_CLOCK = {
    "2020": ("4.c", "4.g", "4.h", "4.i"),
    "2022": ("4.1", "5.1", "5.13"),
    "2024": ("6.2", "6.3", "6.11", "6.14", "6.4", "6.15"),
}
CLOCK_OF = {
    "6.2": "acknowledge",
    "6.3": "respond",
    "6.11": "acknowledge_escalation",
    "6.14": "respond_stage_2",
}


@st.composite
def timelines(draw: st.DrawFn) -> dict[str, date]:
    """The days of one complaint, each step on or after those it follows, some not taken."""

    def later(day: date, most: int) -> date:
        return day + timedelta(days=draw(st.integers(0, most)))

    days = {"complaint_received": date(2020, 7, 10) + timedelta(days=draw(st.integers(0, 2200)))}
    opened = days["complaint_received"]
    if draw(st.integers(0, 3)) == 0:
        days["complaint_logged"] = later(opened, 9)
    if draw(st.booleans()):
        opened = days["complaint_acknowledged"] = later(days.get("complaint_logged", opened), 12)
    if draw(st.integers(0, 2)) == 0:
        days["stage1_extension_told"] = later(opened, 22)
        days["stage1_extended_to"] = later(days["stage1_extension_told"], 40)
    if draw(st.integers(0, 4)) == 0:
        return days
    last = max(day for name, day in days.items() if name != "stage1_extended_to")
    days["stage1_response"] = later(last, 45)
    if draw(st.integers(0, 2)) == 0:
        return days
    opened = days["escalation_requested"] = later(days["stage1_response"], 20)
    if draw(st.booleans()):
        opened = days["escalation_acknowledged"] = later(opened, 12)
    if draw(st.integers(0, 2)) == 0:
        days["stage2_extension_told"] = later(opened, 40)
        days["stage2_extended_to"] = later(days["stage2_extension_told"], 50)
    if draw(st.booleans()):
        days["stage2_response"] = later(max(opened, days.get("stage2_extension_told", opened)), 60)
    return days


def happened(days: dict[str, date], as_of: date) -> list[events.Event]:
    made: list[events.Event] = []

    def add(kind: type[events.Event], on: date, **fields: Any) -> None:
        at = datetime(on.year, on.month, on.day, 12, tzinfo=timezone.utc)  # noqa: UP017
        made.append(kind(number=len(made) + 1, at=at, on=on, by=STAFF, **fields))

    for name, kind in VERBS.items():
        on = days.get(name)
        if on is None or on > as_of:
            continue
        if kind is events.Extended:
            until = days[name.replace("extension_told", "extended_to")]
            add(kind, on, until=until, reason=True, good_reason_beyond_limit=True)
        else:
            add(kind, on)
        if name == "escalation_requested":
            add(events.Escalated, on)
    return made


@given(days=timelines(), wait=st.integers(0, 200), convention=st.sampled_from(Convention), data=st.data())
@settings(max_examples=600, deadline=None)
def test_the_same_verdicts_and_the_same_due_days(
    days: dict[str, date], wait: int, convention: Convention, data: st.DataObject
) -> None:
    as_of = days["complaint_received"] + timedelta(days=wait)
    forced = data.draw(st.sampled_from([None, *editions.all_editions()]))
    procedure = Procedure(convention=convention, edition=forced)
    read = complaint.read(happened(days, as_of), procedure, CALENDAR)
    assert read is not None
    from_journal = checks.findings(read, as_of)

    reasons = {f"stage{n}_extension_reason": True for n in (1, 2)}
    known = ComplaintDates(**{name: Span.on(day) for name, day in days.items()}, **reasons)
    judged = judge(known, CALENDAR, convention=convention, edition=forced, as_of=as_of)

    assert judged.edition == read.edition.name
    for ref in BY_A_CLOCK[read.edition.name]:
        if ref in judged.findings:
            assert judged.findings[ref] == from_journal[ref].verdict, ref
        else:
            assert from_journal[ref].verdict == "not_applicable", ref
        clock = CLOCK_OF.get(ref)
        if clock and from_journal[ref].due is not None:
            due = judged.steps[clock].due
            assert due is not None
            assert due.day == from_journal[ref].due, ref
            done = judged.steps[clock].done
            assert (done.day if done else None) == from_journal[ref].done, ref
