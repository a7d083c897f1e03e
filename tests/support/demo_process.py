"""`putright demo` as a person runs it: a process of its own, and a visitor with a cookie jar."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 180


class NeverReady(Exception):
    """The demo ended or did not say that it is ready; the message holds what it said."""


@dataclass
class Demo:
    """A running demo: its process, its address, and the lines it printed."""

    process: subprocess.Popen[bytes]
    address: str
    said: str
    seconds: float

    def password_of(self, email: str) -> str:
        """The password printed beside an e-mail address."""
        found = re.search(rf"{re.escape(email)}\s+(\S+)", self.said)
        assert found, f"{email} is not in:\n{self.said}"
        return found[1]


@contextlib.contextmanager
def running_demo(folder: Path, environment: Mapping[str, str], *options: str) -> Iterator[Demo]:
    """Run the demo while the block lasts, in a process group of its own; killed if the block left it running."""
    out, err = folder / "demo.out", folder / "demo.err"
    with out.open("wb") as output, err.open("wb") as errors:
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "putright.cli", "demo", *options],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
    try:
        said = wait_until_ready(process, out, err)
        address = re.search(r"http://\S+", said)
        assert address, said
        yield Demo(process, address[0].rstrip("/"), said, time.monotonic() - begun)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        print(err.read_text(errors="replace"))  # pytest shows it beside a failure


def wait_until_ready(process: subprocess.Popen[bytes], out: Path, err: Path) -> str:
    """Wait for the last line of what it prints. Raises NeverReady."""
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up:
        said = out.read_text()
        if "Stop with Ctrl-C." in said:
            return said
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise NeverReady(f"exit {process.poll()}\n{out.read_text()}\n{err.read_text()}")


def group_is_empty(group: int) -> bool:
    """Whether nothing of a process group is left running."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


class Visitor:
    """Somebody with a browser of the plainest kind, who keeps cookies and sends the tokens of forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        # No proxy, whatever the environment says: the demo is on this machine.
        handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar))
        self.opener = urllib.request.build_opener(*handlers)

    def open(self, path: str, **fields: str) -> str:
        """The page at a path; with fields, what comes of posting them."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(self.address + path, data, {"Referer": self.address + path})
        with self.opener.open(request, timeout=60) as answer:
            return str(answer.read().decode())

    def sign_in(self, email: str, password: str) -> str:
        """Sign in by the form; the page that this leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.open("/sign-in"))
        assert token
        return self.open("/sign-in", email=email, password=password, csrfmiddlewaretoken=token[1])
