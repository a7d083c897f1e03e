"""A small round of the benchmark of the self-assessment, so that it is right when somebody runs the large one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from databases import address_of_test_database
from django.conf import settings

ROOT = Path(__file__).resolve().parents[4]
COMMAND = [sys.executable, "bench/self_assessment.py", "--cases", "400", "--real", "100", "--rounds", "2"]


def ran(address: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "DATABASE_URL": address}
    for name in ("BENCH_KEEP", "BENCH_HOME", "PUTRIGHT_HOME"):
        around.pop(name, None)
    return subprocess.run(
        COMMAND, cwd=ROOT, env=around, capture_output=True, text=True, timeout=600, check=False
    )


def test_a_small_round_measures_both_and_the_figures_are_the_same(db: None) -> None:
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        done = ran("")
        assert done.returncode == 2
        assert "with-postgres" in done.stderr
        return
    done = ran(address_of_test_database())
    assert done.returncode == 0, done.stderr[-2000:]
    assert "400 cases" in done.stdout
    assert done.stdout.count("(at most ") == 2
    assert "statements of evidence.read: " in done.stdout
