"""A complaint known by its dates, written the short way, for tests of `complaint_rules.dates_only`."""

from datetime import date
from typing import Any

from complaint_rules.dates_only import ComplaintDates, Judgement, Stage1Status, judge
from complaint_rules.spans import Span
from complaint_rules.working_days import england_and_wales


def day(written: str) -> date:
    return date.fromisoformat(written)


def span(written: str) -> Span:
    """ "2024-05-01" is that day; "2024-05-01..2024-05-09" lies between; an end may be left out."""
    first, dots, last = written.partition("..")
    if not dots:
        return Span.on(day(first))
    return Span(day(first) if first else None, day(last) if last else None)


def known(**columns: str | bool) -> ComplaintDates:
    """The dates of `putright check` by the names of their columns."""
    read: dict[str, Any] = {}
    for name, value in columns.items():
        if name == "stage1_status":
            read[name] = Stage1Status(value)
        else:
            read[name] = span(value) if isinstance(value, str) else value
    return ComplaintDates(**read)


def judged(as_of: str | None = None, edition: str | None = None, **columns: str | bool) -> Judgement:
    """The judgement of these dates, by the default way of counting."""
    on = day(as_of) if as_of else None
    return judge(known(**columns), england_and_wales(), edition=edition, as_of=on)


def due(judgement: Judgement, step: str) -> str | None:
    """When a step is due: one day, or "earliest..latest"; None where it cannot be worked out."""
    found = judgement.steps[step].due
    if found is None:
        return None
    return found.day.isoformat() if found.day else f"{found.earliest or ''}..{found.latest or ''}"


def verdicts(judgement: Judgement) -> list[str]:
    """The verdicts of the four steps, in order."""
    return [step.verdict.value for step in judgement.steps.values()]
