"""How fast search is, beside the bare search page and beside SQL written by hand, in the same run.

    bin/with-postgres python bench/search.py [--cases N] [--real N] [--rounds R]
    python bench/search.py --sqlite [--cases N] ...

Generates some cases with the real generator (--real, default 20,000, or fewer where fewer are wanted), multiplies them
in SQL up to --cases (default 100,000, or BENCH_CASES) with words of their own, brings the index up to them, and asks
one site for pages in turn: the search page without a search, a rare word, two words, two common words, the word that
is in one case out of ten, and one that every case has. Between them it runs the worst word as fenced SQL by hand.
Prints times, how long an answer kept a processor of the workers busy, ratios with "within" or "OVER" for each promise,
and the plans. Exit 1 when a plan walks a key backwards, else 0 when all was measured.

BENCH_KEEP=1 keeps the database on a server of your own (with --sqlite: below BENCH_HOME), and uses it again.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pages import Promise, count_cases, keeping, tell_the_machine
from support.sites import Site, database, environment, run, served, tidy
from support.visitors import Crowd, Page

BARE, WORST = "no search", "worst word"
CLIENTS = (1, 8)


def main() -> int:
    """Make, index, serve, measure, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=int(os.environ.get("BENCH_CASES") or 100_000))
    parser.add_argument("--real", type=int, default=20_000, help="how many the real generator makes")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("BENCH_ROUNDS") or 30))
    parser.add_argument("--sqlite", action="store_true", help="on an SQLite file, not on PostgreSQL")
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    if not options.sqlite and not server.startswith("postgres"):
        print("bench: run it under bin/with-postgres, or set DATABASE_URL to a PostgreSQL.", file=sys.stderr)
        return 2
    if options.cases < 100 or options.real < 50 or options.rounds < 1:
        print("bench: at least 100 cases, 50 of them real, and 1 round were expected.", file=sys.stderr)
        return 2
    if not options.sqlite:
        tell_the_machine(server)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(_home()))
        address = stack.enter_context(_database(options, server, home))
        around = environment(address, home, "putright.settings")
        fill(address, around, options)
        ready = ["-W", "ignore", "bench/support/ready_search.py"]
        site = stack.enter_context(served("search", "putright.wsgi:application", around, ready))
        return measure_and_tell(site, address, options.rounds)


def _home() -> contextlib.AbstractContextManager[str]:
    kept = os.environ.get("BENCH_HOME", "")
    return contextlib.nullcontext(kept) if kept else tempfile.TemporaryDirectory(prefix="putright-bench-")


def _database(options: argparse.Namespace, server: str, home: Path) -> contextlib.AbstractContextManager[str]:
    if options.sqlite:
        return contextlib.nullcontext(f"sqlite:///{home / f'search-{options.cases}.sqlite3'}")
    return database(server, f"putright_search_{options.cases}", keeping())


def fill(address: str, around: dict[str, str], options: argparse.Namespace) -> None:
    """Generate, multiply and index, unless a kept database has all that."""
    if keeping() and options.cases <= _cases_in(address):
        run(around, "-m", "django", "migrate", "--verbosity", "0")
        run(around, "-m", "putright.cli", "index")
        return
    real = str(min(options.cases, options.real))
    steps: list[tuple[str, list[str]]] = [
        ("generated", ["-m", "putright.cli", "generate", "--cases", real, "--seed", "1"]),
        ("multiplied", ["-W", "ignore", "bench/support/multiply.py", str(options.cases)]),
        ("indexed", ["-m", "putright.cli", "index"]),
    ]
    for what, command in steps:
        began = time.monotonic()
        run(around, *command)
        print(f"{what} in {time.monotonic() - began:.0f} s", flush=True)
    if address.startswith("postgres"):
        tidy(address)


def _cases_in(address: str) -> int:
    if address.startswith("postgres"):
        return count_cases(address)
    with contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM cases_case").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


# Measuring


def pages_of(site: Site) -> dict[str, Page]:
    """The pages that are measured, by name."""

    def any_of(addresses: list[str]) -> Callable[[int], str]:
        return lambda number: addresses[number % len(addresses)]

    found = {BARE: Page(BARE, site, lambda number: "/search/")}
    return found | {name: Page(name, site, any_of(some)) for name, some in site.ready["searches"].items()}


def measure_and_tell(site: Site, address: str, rounds: int) -> int:
    """Every page and the SQL by hand in every round, beginning with another each time; then what came of it."""
    pages, crowd = pages_of(site), Crowd(max(CLIENTS))
    times: dict[str, list[float]] = {"by hand": [], "by hand, bounded": []}
    with by_hand(site, address) as ask:
        for clients in CLIENTS:
            for page in pages.values():
                crowd.burst(page, clients, max(2, min(rounds, 16) // clients), noted=False)
            for number in range(rounds):
                turn, every = number % len(pages), list(pages.values())
                for page in [*every[turn:], *every[:turn]]:
                    crowd.burst(page, clients, max(2, 8 // clients))
                if clients == 1:
                    for name in times:
                        times[name] += [ask(name) for _ in range(4)]
    tell(site, pages, times)
    backwards = tell_plans(site)
    print()
    for promise in promises(pages, times):
        print(promise)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    if backwards:
        print(f"bench: these plans walk a key backwards: {', '.join(backwards)}", file=sys.stderr)
    return 1 if backwards else 0


@contextlib.contextmanager
def by_hand(site: Site, address: str) -> Iterator[Callable[[str], float]]:
    """Asks the worst word straight of the database; how long it took, in seconds."""
    told = site.ready["by_hand"]
    statements = {
        "by hand": (told["statement"], told["parameters"]),
        "by hand, bounded": (told["bounded"], told["bounded parameters"]),
    }
    with contextlib.ExitStack() as stack:
        connection: Any
        if address.startswith("postgres"):
            connection = stack.enter_context(psycopg.connect(address, autocommit=True))
        else:
            connection = stack.enter_context(
                contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///")))
            )
            statements = {
                name: (text.replace("%s", "?"), values) for name, (text, values) in statements.items()
            }

        def ask(name: str) -> float:
            began = time.perf_counter()
            rows = connection.execute(*statements[name]).fetchall()
            took = time.perf_counter() - began
            assert rows, "the worst word was not found"
            return took

        for name in statements:
            ask(name)
        yield ask


def p(times: list[float], share: float) -> float:
    """The time that this share stayed within, in milliseconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


# Telling


def tell(site: Site, pages: dict[str, Page], times: dict[str, list[float]]) -> None:
    """A table of times."""
    print(f"\n{site.ready['cases']:,} cases on {site.ready['vendor']}")
    head = "".join(
        f"{f'p50 ms, {each}':>12}{f'p95 ms, {each}':>12}{f'busy ms, {each}':>12}" for each in CLIENTS
    )
    print(f"{'page':<20}{'matches':>8}{'statements':>12}{'KB':>7}{head}")
    for name, page in pages.items():
        cost = site.ready["cost"].get(name, {"statements": 0, "bytes": 0})
        shown = "".join(
            f"{page.of(each, 0.5):>12.1f}{page.of(each, 0.95):>12.1f}{page.processor(each):>12.1f}"
            for each in CLIENTS
        )
        count = site.ready["counts"].get(name, 0)
        print(f"{name:<20}{count:>8}{cost['statements'] or '':>12}{cost['bytes'] / 1000:>7.1f}{shown}")
    for name, taken in times.items():
        print(f"{'worst word, ' + name:<47}{p(taken, 0.5):>12.1f}{p(taken, 0.95):>12.1f}")


def tell_plans(site: Site) -> list[str]:
    """How each search is planned; which of them walk a key backwards."""
    print("\nplans, outermost first")
    backwards = []
    for name, statements in site.ready["plans"].items():
        for each in statements:
            if each["about"] == "the words":
                print(f"  {name}: {' < '.join(each['nodes'])}")
            if any("BACKWARD" in node for node in each["nodes"]):
                backwards.append(f"{name}, {each['about']}")
    return backwards


def promises(pages: dict[str, Page], times: dict[str, list[float]]) -> Iterator[Promise]:
    """What is promised, each with what was measured."""
    bare = pages[BARE]
    for name in ("rare word", "two words"):
        ratio = pages[name].of(1, 0.95) / bare.of(1, 0.95)
        yield Promise(f"p95 of a {name} over the search page without a search", ratio, 3)
    ratio = pages[WORST].of(1, 0.95) / p(times["by hand"], 0.95)
    yield Promise("p95 of the page of the worst word over its fenced SQL by hand", ratio, 1.5)
    for name in ("rare word", "two words", WORST):
        yield Promise(f"p95 of a {name} in milliseconds, 1 at once", pages[name].of(1, 0.95), 300)


if __name__ == "__main__":
    sys.exit(main())
