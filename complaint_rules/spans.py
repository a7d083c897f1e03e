"""Days that are known only as limits, and what can be said of them for certain.

A `Span` is the days between which something happened. Every question here has three answers:
yes, no, or None where it differs between the days it could have been.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from complaint_rules.working_days import in_words


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which something happened, both included; None where that limit is not known.

    `perhaps`: it may also not have happened by the day asked about.
    """

    earliest: date | None = None
    latest: date | None = None
    perhaps: bool = False

    @classmethod
    def on(cls, day: date) -> Span:
        return cls(day, day)

    @property
    def day(self) -> date | None:
        """The one day it is, or None where only limits are known."""
        return self.earliest if self.earliest == self.latest and not self.perhaps else None

    def is_before(self, other: Span) -> bool:
        """Whether it certainly came before the other."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def by(self, as_of: date) -> Span | None:
        """What can be said of it at the end of this day; None where it had not happened."""
        if self.earliest is not None and self.earliest > as_of:
            return None
        if self.latest is not None and self.latest <= as_of:
            return self
        return Span(self.earliest, as_of, perhaps=True)


UNKNOWN = Span()


def hull(*spans: Span) -> Span:
    """The limits of everything that any of these allows."""
    firsts, lasts = [span.earliest for span in spans], [span.latest for span in spans]
    return Span(
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
    )


def sooner(one: Span, other: Span) -> Span:
    """The day of whichever came first."""
    firsts = [day for day in (one.earliest, other.earliest) if day]
    lasts = [day for day in (one.latest, other.latest) if day]
    return Span(min(firsts) if len(firsts) == 2 else None, min(lasts, default=None))


def later(one: Span, other: Span) -> Span:
    """The day of whichever came last."""
    firsts = [day for day in (one.earliest, other.earliest) if day]
    lasts = [day for day in (one.latest, other.latest) if day]
    return Span(max(firsts, default=None), max(lasts) if len(lasts) == 2 else None)


def is_upside_down(span: Span) -> bool:
    return span.earliest is not None and span.latest is not None and span.latest < span.earliest


def both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return True if one and other else None


def either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return False if one is False and other is False else None


def on_or_before(done: Span, due: Span) -> bool | None:
    """Whether it was done in time: None where that differs between the days it could have been."""
    if done.latest is not None and due.earliest is not None and done.latest <= due.earliest:
        return True
    if due.is_before(done):
        return False
    return None


def when(span: Span) -> str:
    if span.day is not None:
        return in_words(span.day)
    if span.earliest is None and span.latest is None:
        return "a day that is not recorded"
    if span.earliest is None or span.latest is None:
        limit = span.earliest or span.latest
        assert limit is not None
        return f"{in_words(limit)} or {'later' if span.earliest else 'earlier'}"
    return f"a day from {in_words(span.earliest)} to {in_words(span.latest)}"
