"""The server that the tests bring up is real, private and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import throwaway_postgres

WRAPPER = Path(__file__).resolve().parents[2] / "bin" / "with-postgres"


def run_with_postgres(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, WRAPPER, *command],
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_it_answers_only_with_its_password_and_is_gone_afterwards() -> None:
    with throwaway_postgres.server() as address:
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT 1 + 1").fetchone() == (2,)
        without_password = address.replace(f":{urlsplit(address).password}@", "@")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(without_password)
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(address)


def test_a_command_is_given_its_address_and_its_exit_code_is_passed_on() -> None:
    ran = run_with_postgres("sh", "-c", "echo $DATABASE_URL; exit 7")
    assert ran.returncode == 7
    assert ran.stdout.startswith("postgres://putright:")


def test_a_server_that_is_named_already_is_used_as_it_is() -> None:
    ran = run_with_postgres("sh", "-c", "echo $DATABASE_URL", DATABASE_URL="postgres://me@elsewhere/mine")
    assert ran.stdout == "postgres://me@elsewhere/mine\n"


def test_its_folder_is_cleared_away() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # the server's user passes through
        ran = run_with_postgres("ls", folder, TMPDIR=folder)
        assert ran.stdout.startswith("putright-postgres-")
        assert os.listdir(folder) == []
