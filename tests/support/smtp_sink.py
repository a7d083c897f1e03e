"""A mail server on this machine that keeps what it is given, and fails as it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass
class Sink:
    """What came, and how the next is answered: `taken`, `later` (451), `never` (550), `silent` after the message."""

    port: int = 0
    answers: str = "taken"
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=policy.default) for each in self.raw]  # type: ignore[misc]

    def mailers(self) -> dict[str, Any]:
        """Django's MAILERS that leads here."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 10}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink: Sink = self.server.sink  # type: ignore[attr-defined]
        to: list[str] = []
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT" and sink.answers == "never":
                self._say("550 nobody of that name")
            elif word == b"RCPT" and sink.answers == "later":
                self._say("451 come again")
            elif word == b"RCPT":
                to.append(line.decode().strip())
                self._say("250 ok")
            elif word == b"DATA":
                self._say("354 go on")
                if not self._take(sink, to):
                    return
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, sink: Sink, to: list[str]) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        sink.raw.append(b"".join(lines))
        sink.recipients.append(to)
        sink.came.set()
        if sink.answers == "silent":
            sink.may_answer.wait(30)
            return False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A mail server, for as long as it is wanted."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        sink = Sink(port=server.server_address[1])
        server.sink = sink  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield sink
        finally:
            sink.may_answer.set()
            server.shutdown()
            thread.join()
