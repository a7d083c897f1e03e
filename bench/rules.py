"""How long the rules take over one case: reading it, and all its findings. Pure Python, no database.

    .venv/bin/python bench/rules.py

Prints milliseconds (the best of many runs), and the ratio of findings to reading. The promise:
all findings of a case with 60 entries in under 3 ms, with 12 entries in under 0.6 ms.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from complaint_rules import checks, complaint
from complaint_rules.events import EVENTS, Actor, Decision, Event, Undertaking

LONDON = ZoneInfo("Europe/London")
ON = date(2025, 9, 1)
PROMISES = {12: 0.6, 60: 3.0}


def case_of(entries: int) -> list[Event]:
    """A case that goes to the end of stage 2, with as many entries as asked."""
    decisions = (Decision(1, "upheld"), Decision(2, "not_upheld"))
    whole: list[tuple[str, dict[str, Any]]] = [
        ("receive", {"channel": "email", "points": 2, "outcomes": 1, "adjustments": 1}),
        ("assign", {"handler": "cara"}),
        ("acknowledge", {"definition": True, "not_responsible_for": True}),
        ("agree_updates", {"every": 5, "unit": "working_days"}),
        ("extend", {"until": date(2025, 6, 27), "reason": True, "ombudsman_details_given": True}),
        ("respond", {"decisions": decisions, "actions": (Undertaking(date(2025, 7, 30), "Repairs"),)}),
        ("request_escalation", {}),
        ("escalate", {}),
        ("assign", {"handler": "femi", "stage": 2}),
        ("acknowledge", {"definition": True}),
        ("respond", {"decisions": decisions, "remedies": (Undertaking(date(2025, 8, 30)),)}),
        ("close", {"root_cause": "order not raised"}),
    ]
    more = ["record_contact", "update", "keep_promise", "promise"]
    middle = [
        (more[n % 4], {"promise": 1} if n % 4 == 2 else {"due": ON} if n % 4 == 3 else {})
        for n in range(entries - 12)
    ]
    return [_event(number, *step) for number, step in enumerate(whole[:6] + middle + whole[6:], start=1)]


def _event(number: int, verb: str, fields: dict[str, Any]) -> Event:
    on = date(2025, 6, 2) + timedelta(days=number)
    at = datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)
    who = "femi" if verb == "respond" and number > 8 else "cara"
    return EVENTS[verb](number=number, at=at, on=on, by=Actor("staff", who, "complaints_officer"), **fields)


def best(work: Callable[[], object], runs: int = 400) -> float:
    """The best time of many runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Measure cases of 12 and of 60 entries."""
    for entries, promise in PROMISES.items():
        events = case_of(entries)
        read = complaint.read(events)
        assert read is not None
        reading, finding = (
            best(lambda e=events: complaint.read(e)),
            best(lambda r=read: checks.findings(r, ON)),
        )
        verdict = "within" if finding < promise else "OVER"
        print(
            f"{entries} entries: read {reading:.3f} ms, all {len(checks.findings(read, ON))} findings {finding:.3f} ms "
            f"(ratio {finding / reading:.2f}); {verdict} the promise of {promise:.1f} ms"
        )


if __name__ == "__main__":
    main()
