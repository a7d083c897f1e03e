"""A command that needs the database says plainly when it cannot be reached or is not set up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgres://nobody@127.0.0.1:1/nothing", "the database does not answer"),
        ("mysql://x", "DATABASE_URL: write"),
        ("sqlite:///{folder}/new.sqlite3", "has not been brought up to date"),
    ],
)
def test_verify_says_what_is_wrong_with_the_database(tmp_path: Path, address: str, says: str) -> None:
    told = {"DATABASE_URL": address.format(folder=tmp_path), "PUTRIGHT_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-m", "putright.cli", "verify"],
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
