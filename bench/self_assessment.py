"""How long the evidence of a whole self-assessment takes, beside one pass of SQL over the same figures.

    bin/with-postgres python bench/self_assessment.py [--cases N] [--real N] [--rounds R]

Generates some cases with the real generator (--real, default 20,000, or fewer where fewer are wanted), multiplies them
in SQL, with their findings, up to --cases (default 100,000, or BENCH_CASES) and reads the evidence of every provision
of the 2024 Code for the whole span. In turn with it runs, by hand, the one statement that counts the same figures.
Prints the statements, the times and the ratio, and for each promise "within" or "OVER". Exit 1 where the figures
differ, else 0 when all was measured.

BENCH_KEEP=1 keeps the database on a server of your own, and uses it again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import Promise, count_cases, keeping, tell_the_machine
from support.sites import database, environment, run, tidy

MOST_STATEMENTS = 15
MOST_RATIO = 3


def main() -> int:
    """Make, measure, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=int(os.environ.get("BENCH_CASES") or 100_000))
    parser.add_argument("--real", type=int, default=20_000, help="how many the real generator makes")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("BENCH_ROUNDS") or 15))
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        print("bench: run it under bin/with-postgres, or set DATABASE_URL to a PostgreSQL.", file=sys.stderr)
        return 2
    if options.cases < 100 or options.real < 50 or options.rounds < 1:
        print("bench: at least 100 cases, 50 of them real, and 1 round were expected.", file=sys.stderr)
        return 2
    tell_the_machine(server)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="putright-bench-")))
        address = stack.enter_context(database(server, f"putright_assessment_{options.cases}", keeping()))
        around = environment(address, home, "putright.settings")
        fill(address, around, options)
        measure = ["-W", "ignore", "bench/support/measure_assessment.py", str(options.rounds)]
        return tell(json.loads(run(around, *measure)))


def fill(address: str, around: dict[str, str], options: argparse.Namespace) -> None:
    """Generate and multiply, unless a kept database has all that."""
    if keeping() and options.cases <= count_cases(address):
        run(around, "-m", "django", "migrate", "--verbosity", "0")
        return
    real = str(min(options.cases, options.real))
    run(around, "-m", "putright.cli", "generate", "--cases", real, "--seed", "1")
    run(around, "-W", "ignore", "bench/support/multiply_findings.py", str(options.cases))
    tidy(address)


def tell(told: dict[str, Any]) -> int:
    """What was measured, and what is promised."""
    print(
        f"\n{told['cases']:,} cases, {told['findings']:,} findings in the index, "
        f"{told['counted']:,} of them counted"
    )
    print(f"{'':<24}{'p50 ms':>10}{'p95 ms':>10}")
    for name in ("evidence.read", "one pass by hand"):
        times = sorted(told["times"][name])
        print(f"{name:<24}{share(times, 0.5):>10.1f}{share(times, 0.95):>10.1f}")
    print(f"statements of evidence.read: {told['statements']}")
    for promise in promises(told):
        print(promise)
    if not told["same"]:
        print("bench: the figures by hand are not those of evidence.read.", file=sys.stderr)
        return 1
    return 0


def share(times: list[float], part: float) -> float:
    """The time that this share stayed within, in milliseconds."""
    return times[min(len(times) - 1, int(part * len(times)))] * 1000


def promises(told: dict[str, Any]) -> Iterator[Promise]:
    """What is promised, each with what was measured."""
    read, by_hand = (sorted(told["times"][name]) for name in ("evidence.read", "one pass by hand"))
    yield Promise("statements of evidence.read", told["statements"], MOST_STATEMENTS)
    ratio = share(read, 0.5) / share(by_hand, 0.5)
    yield Promise("p50 of evidence.read over one pass of SQL by hand", ratio, MOST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
