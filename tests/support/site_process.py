"""The site as a landlord runs it, under gunicorn, in a process of its own for the tests to visit."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from throwaway_postgres import free_port

SECONDS_TO_START = 60


class NeverAnswered(Exception):
    """The site did not start; the message holds what it logged."""


@contextlib.contextmanager
def running_site(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Serve the site with `environment` added to ours while the block lasts, and give its address.

    Its log is `folder / "site.log"`.
    """
    port = free_port()
    log = folder / "site.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "putright.wsgi:application", "--bind", f"127.0.0.1:{port}"]
            + ["--threads", "4", "--access-logfile", "-"],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(process, address, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Ask until there is any answer at all, be it an error page. Raises NeverAnswered."""
    give_up = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise NeverAnswered(f"The site did not answer at {address}:\n{log.read_text(errors='replace')}")
