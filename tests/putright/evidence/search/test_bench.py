"""A small round of the benchmark of search, so that it is there and right when somebody runs the large one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from databases import address_of_test_database
from django.conf import settings

ROOT = Path(__file__).resolve().parents[4]


def test_a_small_round_of_the_benchmark_measures_everything_and_no_plan_walks_backwards(db: None) -> None:
    on = [] if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else ["--sqlite"]
    around = {**os.environ, "DATABASE_URL": "" if on else address_of_test_database()}
    for name in ("BENCH_KEEP", "BENCH_HOME", "PUTRIGHT_HOME"):
        around.pop(name, None)
    command = [sys.executable, "bench/search.py", "--cases", "2000", "--real", "100", "--rounds", "1", *on]
    done = subprocess.run(
        command, cwd=ROOT, env=around, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "2,000 cases on" in done.stdout
    for name in ("no search", "rare word", "two words", "worst word", "in every case", "worst word, by hand"):
        assert f"\n{name} " in done.stdout or f"\n{name}," in done.stdout, name
    assert done.stdout.count("(at most ") == 6
    assert "BACKWARD" not in done.stdout
