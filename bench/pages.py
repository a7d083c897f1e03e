"""How fast the pages are, beside a bare Django page in the same run.

    bin/with-postgres python bench/pages.py [--cases N] [--rounds R]

Generates N cases (default 100,000, or BENCH_CASES) and a thousand more in a second database, serves
both and the bare site in the same way, and asks for the pages of all in turn, with one visitor and
with eight. Prints for each page how long its answers took, how many came a second, and how long they
kept a processor of the workers busy (an action: with the page of its form); statements, bytes and
memory; and for each promise "within" or "OVER". Exit 0 when all was measured; what is over does not change that.

BENCH_KEEP=1 keeps the databases on a server of your own, and uses them again.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent))

from support.sites import Site, database, environment, run, served, tidy
from support.visitors import Crowd, Page, interleaved

SMALL = 1_000
FAR_PAGE = 200
CLIENTS = (1, 8)


def main() -> int:
    """Make, serve, measure, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=int(os.environ.get("BENCH_CASES") or 100_000))
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("BENCH_ROUNDS") or 30))
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        print("bench: run it under bin/with-postgres, or set DATABASE_URL to a PostgreSQL.", file=sys.stderr)
        return 2
    if options.cases < SMALL or options.rounds < 1:
        print(f"bench: at least {SMALL:,} cases and 1 round were expected.", file=sys.stderr)
        return 2
    tell_the_machine(server)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="putright-bench-")))
        bare = stack.enter_context(bare_site(server, home, options.cases))
        small = stack.enter_context(putright_site(server, home, SMALL))
        large = stack.enter_context(putright_site(server, home, options.cases))
        measure_and_tell(bare, small, large, options.rounds)
    return 0


def tell_the_machine(server: str) -> None:
    """What it ran on: figures without it mean little."""
    with contextlib.suppress(OSError, StopIteration):
        told = Path("/proc/cpuinfo").read_text().splitlines()
        print(
            "processor:",
            next(line.split(":", 1)[1].strip() for line in told if line.startswith("model name")),
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with psycopg.connect(server) as connection:
        version = connection.info.server_version // 10_000
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, PostgreSQL {version}, "
        f"load {os.getloadavg()[0]:.1f} before it began",
        flush=True,
    )


# Sites


@contextlib.contextmanager
def bare_site(server: str, home: Path, rows: int) -> Iterator[Site]:
    """As little as Django can do, over as many rows."""
    with database(server, f"putright_bench_bare_{rows}", keeping()) as address:
        around = environment(address, home, "bare.settings")
        with served(
            "bare", "bare.wsgi:application", around, ["bench/support/ready_bare.py", str(rows)]
        ) as site:
            yield site


@contextlib.contextmanager
def putright_site(server: str, home: Path, cases: int) -> Iterator[Site]:
    """Putright over so many made-up cases."""
    with database(server, f"putright_bench_{cases}", keeping()) as address:
        around = environment(address, home, "putright.settings")
        fill(address, around, cases)
        ready = ["-W", "ignore", "bench/support/ready_putright.py", str(FAR_PAGE)]
        with served(f"{cases:,} cases", "putright.wsgi:application", around, ready) as site:
            yield site


def fill(address: str, around: dict[str, str], cases: int) -> None:
    """Generate the cases, unless a kept database has them."""
    if keeping() and cases <= count_cases(address):
        run(around, "-m", "django", "migrate", "--verbosity", "0")
        return
    began = time.monotonic()
    run(around, "-m", "putright.cli", "generate", "--cases", str(cases), "--seed", "1")
    took = time.monotonic() - began
    print(f"generated {cases:,} cases in {took:.0f} s: {cases / took:.0f} a second", flush=True)
    tidy(address)


def count_cases(address: str) -> int:
    """How many cases a database holds; none where it has no such table."""
    with psycopg.connect(address) as connection:
        try:
            found = connection.execute("SELECT count(*) FROM cases_case").fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
        return int(found[0]) if found else 0


def keeping() -> bool:
    """Whether the databases are to be kept."""
    return os.environ.get("BENCH_KEEP", "") not in ("", "0")


# Measuring


def pages_of(site: Site) -> dict[str, Page]:
    """The pages of Putright that are measured, by name."""
    ready = site.ready
    references, opened, searches = ready["references"], ready["open"], ready["searches"]

    def any_of(addresses: list[str]) -> Page:
        return Page("", site, lambda number: addresses[number % len(addresses)])

    found = {
        "my work": any_of(["/"]),
        "queue": any_of(["/queue/"]),
        "list": any_of(["/cases/"]),
        "list, far": any_of([f"/cases/?after={ready['after']}"]),
        "case": any_of([f"/cases/{each}/" for each in references]),
        "search": any_of([f"/cases/?q={each}" for each in searches]),
        "action": any_of([f"/cases/{each}/record_contact/" for each in opened]),
    }
    found["action"].form = lambda number: {
        "direction": "in",
        "channel": "telephone",
        "summary": f"Rang to ask what is happening, for the {number}th time.",
    }
    for name, page in found.items():
        page.name = name
    return found


def measure_and_tell(bare: Site, small: Site, large: Site, rounds: int) -> None:
    """Every page in turn, with one visitor and with eight; then what came of it."""
    bare_page = Page("bare", bare, lambda number: "/")
    of_small, of_large = pages_of(small), pages_of(large)
    compared = [of_small[name] for name in ("queue", "case", "search")]
    pages = [bare_page, *of_large.values(), *compared]
    crowd = Crowd(max(CLIENTS))
    for clients in CLIENTS:
        interleaved(pages, crowd, clients, rounds, each=max(2, 10 // clients))
        tell_times(pages, bare_page, clients)
    tell_costs(bare, large)
    print()
    for promise in promises(bare_page, of_small, of_large):
        print(promise)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


def tell_times(pages: list[Page], bare: Page, clients: int) -> None:
    """A table of times."""
    print(
        f"\n{clients} visitor{'s' if clients > 1 else ''} at once, {len(bare.times[clients])} visits to each page"
    )
    print(f"{'':58}{'times the bare page':>26}")
    print(
        f"{'page':<11}{'site':<15}{'p50 ms':>7}{'p95 ms':>8}{'a second':>10}{'busy ms':>9}"
        f"{'p50':>10}{'p95':>7}{'busy':>7}"
    )
    for page in pages:
        p50, p95, busy = page.of(clients, 0.5), page.of(clients, 0.95), page.processor(clients)
        print(
            f"{page.name:<11}{page.site.name:<15}{p50:>7.1f}{p95:>8.1f}{page.rate(clients):>10.0f}{busy:>9.2f}"
            f"{p50 / bare.of(clients, 0.5):>10.2f}{p95 / bare.of(clients, 0.95):>7.2f}"
            f"{busy / bare.processor(clients):>7.2f}"
        )


def tell_costs(bare: Site, large: Site) -> None:
    """A table of statements and bytes, and the memory of a worker."""
    print(f"\n{'page':<12}{'statements':>12}{'KB':>8}")
    for name, cost in {**bare.ready["cost"], **large.ready["cost"]}.items():
        print(f"{name:<12}{cost['statements']:>12}{cost['bytes'] / 1000:>8.1f}")
    print(
        f"\nmost memory of a worker: bare {bare.peak_memory() / 2**20:.0f} MB, {large.peak_memory() / 2**20:.0f} MB"
    )


@dataclass
class Promise:
    """One thing promised: what was measured, and the most it may be."""

    what: str
    measured: float
    most: float

    def __str__(self) -> str:
        verdict = "within" if self.measured <= self.most else "OVER"
        return f"{verdict:<7}{self.measured:>8.2f}  (at most {self.most:g})  {self.what}"


def promises(bare: Page, small: dict[str, Page], large: dict[str, Page]) -> Iterator[Promise]:
    """What is promised, each with what was measured."""
    cases = f"{large['queue'].site.ready['cases']:,}"
    for clients in CLIENTS:
        for name in ("queue", "case"):
            ratio = large[name].of(clients, 0.95) / bare.of(clients, 0.95)
            yield Promise(f"p95 of the {name} page over the bare page's, {clients} at once", ratio, 2.5)
    for name, most in (("queue", 1.2), ("case", 1.5)):
        ratio = large[name].of(1, 0.5) / small[name].of(1, 0.5)
        yield Promise(f"p50 of the {name} page at {cases} cases over {SMALL:,}", ratio, most)
    ratio = large["list, far"].of(1, 0.5) / large["list"].of(1, 0.5)
    yield Promise(f"p50 of page {large['list'].site.ready['page']} of all cases over its page 1", ratio, 1.5)
    yield Promise("p95 of a search in milliseconds, 1 at once", large["search"].of(1, 0.95), 300)
    cost = large["queue"].site.ready["cost"]
    yield Promise("statements of the queue page", cost["queue"]["statements"], 8)
    yield Promise("statements of a case page, the most of a hundred", cost["case"]["statements"], 12)
    yield Promise("KB of the queue page", cost["queue"]["bytes"] / 1000, 60)
    ratio = large["queue"].site.peak_memory() / bare.site.peak_memory()
    yield Promise("most memory of a worker over a bare worker's", ratio, 2)


if __name__ == "__main__":
    sys.exit(main())
