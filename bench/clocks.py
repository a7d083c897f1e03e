"""How fast days are counted: `python bench/clocks.py`.

Works out the same due dates three ways in one run, on one core: through the calendar's
table, day by day in a plain loop, and through the calendar with the proof of each. The
three must agree. Two promises are checked, and the exit code is 1 if either is broken:

  the table is at least 2 times as fast as the loop;
  with its proof a due date takes at most 50 times as long as without.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from complaint_rules.working_days import Calendar

LEAST_TIMES_THE_LOOP = 2
MOST_TIMES_FOR_PROOF = 50
ONE_DAY = timedelta(days=1)

Asked = tuple[date, int]


def day_by_day(holidays: frozenset[date]) -> Callable[[date, int], date]:
    """The plain way to count: walk the days, passing over weekends and bank holidays."""

    def add(start: date, length: int) -> date:
        day = start
        while length:
            day += ONE_DAY
            if day.weekday() < 5 and day not in holidays:
                length -= 1
        return day

    return add


def asked(how_many: int, seed: int) -> list[Asked]:
    """Start days over ten years, with the lengths the editions of the Code use."""
    chance = random.Random(seed)
    first = date(2016, 1, 1)
    return [
        (first + timedelta(days=chance.randrange(3_653)), chance.choice((5, 10, 20))) for _ in range(how_many)
    ]


def best_rate(work: Callable[[date, int], object], questions: Sequence[Asked], rounds: int) -> float:
    """Due dates a second, in the best of several rounds: the rest is what else the machine was doing."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        for start, length in questions:
            work(start, length)
        times.append(time.perf_counter() - began)
    return len(questions) / min(times)


def measure(calendar: Calendar, questions: Sequence[Asked], rounds: int) -> dict[str, float]:
    holidays = frozenset(day for day, _ in calendar.bank_holidays)
    add, days, loop = calendar.add, calendar.days, day_by_day(holidays)
    few = questions[: max(1, len(questions) // 20)]
    assert all(add(*each) == loop(*each) == days(*each)[-1].day for each in few), "the three ways disagree"
    return {
        "table": best_rate(add, questions, rounds),
        "loop": best_rate(loop, few, rounds),
        "proof": best_rate(days, few, rounds),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dates", type=int, default=1_000_000, help="how many due dates (default 1,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts (default 3)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    began = time.perf_counter()
    calendar = Calendar.from_snapshot()
    made = time.perf_counter() - began
    rates = measure(calendar, asked(options.dates, options.seed), options.rounds)

    faster = rates["table"] / rates["loop"]
    dearer = rates["table"] / rates["proof"]
    print(f"calendar of {calendar.first} to {calendar.last} made in {made * 1000:.1f} ms")
    print(f"through the table  {rates['table']:>12,.0f} due dates a second, one core")
    print(f"day by day         {rates['loop']:>12,.0f}")
    print(f"with the proof     {rates['proof']:>12,.0f}")
    print(f"the table is {faster:.1f} times the loop (promised: at least {LEAST_TIMES_THE_LOOP})")
    print(f"a proof takes {dearer:.1f} times as long (promised: at most {MOST_TIMES_FOR_PROOF})")
    return 0 if faster >= LEAST_TIMES_THE_LOOP and dearer <= MOST_TIMES_FOR_PROOF else 1


if __name__ == "__main__":
    sys.exit(main())
