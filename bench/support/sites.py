"""Databases and sites to measure: each site under gunicorn in the same way, on one PostgreSQL server."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent
WORKERS, THREADS = 2, 4
SECONDS_TO_START = 60
SECRET = secrets.token_urlsafe(50)


def run(environment: dict[str, str], *command: str | Path) -> str:
    """Run a program of this project; what it printed. What it says of its progress is passed on."""
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


@contextlib.contextmanager
def database(server: str, name: str, keep: bool) -> Iterator[str]:
    """The address of a database on this server; dropped afterwards, unless it is to be kept."""
    named = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there and not keep:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(named))
        if not there or not keep:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(named))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            if not keep:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))


def tidy(address: str) -> None:
    """What autovacuum would have done by the time people use it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@dataclass
class Site:
    """A site being served, and what was made ready for its visitors."""

    name: str
    port: int
    ready: dict[str, Any]
    process: subprocess.Popen[bytes]

    @property
    def workers(self) -> list[str]:
        """The numbers of the processes that answer."""
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def peak_memory(self) -> int:
        """The most memory that any one worker has held, in bytes."""
        return max(_peak(Path(f"/proc/{worker}/status")) for worker in self.workers)

    def processor_seconds(self) -> float:
        """How long the workers have kept a processor busy: unlike a time by the clock, the same on a busy machine."""
        return sum(_busy(worker) for worker in self.workers)


def _peak(status: Path) -> int:
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _busy(process: str) -> float:
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


def environment(address: str, home: Path, settings: str) -> dict[str, str]:
    """What a site and its helpers need in their environment."""
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": settings,
        "PUTRIGHT_HOME": str(home),
        "PUTRIGHT_SECRET_KEY": SECRET,
        "PUTRIGHT_HOSTS": "127.0.0.1,testserver",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT)]),
    }


@contextlib.contextmanager
def served(name: str, application: str, around: dict[str, str], ready: Sequence[str]) -> Iterator[Site]:
    """Make a site ready for visitors, and serve it while the block lasts."""
    told = json.loads(run(around, *ready))
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
        + ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS)]
        + ["--keep-alive", "0", "--log-level", "warning", "--no-control-socket"],
        env=around,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield Site(name, port, told, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    give_up = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < give_up:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("bench: a site did not start.")
