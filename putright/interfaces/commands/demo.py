"""Set up, load a made-up landlord, serve the site, and say where and as whom to sign in.

Needs nothing but itself: the database is a file in PUTRIGHT_HOME, unless DATABASE_URL names another.
A second run finds the same cases and the same passwords. Stop it with Ctrl-C.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import fcntl
import ipaddress
import os
import socket
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from putright.interfaces.commands import BadInput, progress, set_up

if TYPE_CHECKING:
    from putright.upkeep.demo.sign_ins import SignIn

FIRST_PORT = 8000
PORTS_TRIED = 50
WORKERS = 2
THREADS = 4
SLUG = "tern-valley"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve, and whether to start over."""
    parser.add_argument(
        "--port",
        type=int,
        metavar="P",
        help=f"serve on this port (default: the first free from {FIRST_PORT})",
    )
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        metavar="A",
        help="an address of this machine (default: 127.0.0.1, which only this machine can reach)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="throw the demo's own database away first, and make it anew"
    )


def run(options: argparse.Namespace) -> int:
    """Load, serve, and stay until stopped."""
    if options.fresh and os.environ.get("DATABASE_URL"):
        raise BadInput(
            "--fresh only throws away the demo's own database, and DATABASE_URL names another one."
        )
    door = _open_door(options.address, options.port)
    _let_in(options.address)
    try:
        set_up(as_it_is=True)
        from django.conf import settings

        home: Path = settings.HOME
        for folder in (home, settings.STATIC_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        with _at_home(home, alone=options.fresh):
            if options.fresh:
                _start_over()
            with _one_at_a_time(home):
                people = _load(home)
            _serve(door, people)
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        raise BadInput(f"{problem.filename or 'the demo'}: {problem.strerror or problem}.") from problem
    return 0


# Where


def _open_door(address: str, port: int | None) -> socket.socket:
    """A socket on the port that was asked for, or on the first free one. Visitors wait until the site is ready."""
    if port is not None and not 0 <= port <= 65535:
        raise BadInput("--port: a number from 0 to 65535 was expected.")
    wanted = [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for number in wanted:
        try:
            return _bound(address, number)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise BadInput(f"{address} port {number}: {problem.strerror or problem}.") from problem
    if port is not None:
        raise BadInput(
            f"port {port} is in use by another program. Give another, or leave --port out to take a free one."
        )
    raise BadInput(
        f"no port from {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} is free. Give one with --port."
    )


def _bound(address: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((address, port))
        door.listen(2048)  # a port that is only bound can still be taken by somebody else
    except OSError:
        door.close()
        raise
    return door


def _let_in(address: str) -> None:
    """Answer to the name of an address that was asked for, and nothing looser, unless PUTRIGHT_HOSTS says."""
    named = f"[{address}]" if ":" in address else address
    os.environ.setdefault("PUTRIGHT_HOSTS", f"localhost,127.0.0.1,[::1],{named}")
    if ipaddress.ip_address(address).is_unspecified:
        progress(f"{address} is every address of this machine: name those you visit in PUTRIGHT_HOSTS.")


def _url(door: socket.socket) -> str:
    address, port = door.getsockname()[:2]
    return f"http://[{address}]:{port}/" if ":" in address else f"http://{address}:{port}/"


# What


@contextlib.contextmanager
def _at_home(home: Path, alone: bool) -> Iterator[None]:
    """Hold the demo's place while the block lasts: many may share it, but starting over needs it alone."""
    with open(home / "demo.lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(f"a demo is running from {home}. Stop it first, or set PUTRIGHT_HOME.") from None
        if alone:
            fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Two that begin together: the second waits, and finds what the first has made."""
    with open(home / "demo-loading.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_over() -> None:
    """Remove the embedded database, if nobody but the demo's landlord is in it."""
    from django.db import connection

    file = Path(connection.settings_dict["NAME"])
    _only_the_demo(_slugs_in(file), file)
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _slugs_in(file: Path) -> list[str]:
    """The landlords of a database that may be of any version, or only begun."""
    if not file.exists():
        return []
    try:
        with contextlib.closing(sqlite3.connect(file)) as database:
            return [slug for (slug,) in database.execute("SELECT slug FROM landlords_landlord")]
    except sqlite3.DatabaseError as problem:
        if "no such table" in str(problem):
            return []
        raise BadInput(
            f"{file} cannot be read ({problem}). Move it away yourself if it is not needed."
        ) from None


def _only_the_demo(slugs: Sequence[str], where: Any) -> None:
    others = sorted(set(slugs) - {SLUG})
    if others:
        raise BadInput(
            f"{where} holds other landlords ({', '.join(others[:3])}). Give the demo a place of its own: "
            "set PUTRIGHT_HOME to another folder, or DATABASE_URL to another database."
        )


def _load(home: Path) -> list[SignIn]:
    """Bring the database up to date, fill it where it is empty, and let the staff in."""
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.utils import DatabaseError

    from complaint_rules.working_days import NotCovered
    from putright.evidence.search import index
    from putright.record.landlords.models import Landlord
    from putright.upkeep.demo.landlord import NotMadeUp, days_since_loaded, load_demo
    from putright.upkeep.demo.sign_ins import sign_ins

    progress("Setting up the demo.")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as problem:
        raise BadInput(f"the database cannot be used: {problem}".strip()) from problem
    _only_the_demo(list(Landlord.objects.values_list("slug", flat=True)), connection.settings_dict["NAME"])
    try:
        landlord = load_demo()
    except (NotMadeUp, NotCovered) as problem:
        raise BadInput(str(problem)) from problem
    index.sweep()  # search finds everything from the first moment
    people = sign_ins(landlord, home / "demo-sign-ins.json")
    days = days_since_loaded(landlord)
    if days > 3:
        progress(f"The cases are {days} days old, so much is late by now. --fresh makes new ones.")
    connections.close_all()
    return people


# Serving


def _serve(door: socket.socket, people: Sequence[SignIn]) -> None:
    """Serve until stopped: by Ctrl-C, by a polite end, or by the terminal going away."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.arbiter import Arbiter

    url = _url(door)

    class Doorkeeper(Arbiter):
        handle_hup = Arbiter.handle_int  # by itself, gunicorn would read its settings again

    class Site(BaseApplication):
        def load_config(self) -> None:
            for name, value in {
                "bind": f"fd://{door.detach()}",
                "workers": WORKERS,
                "worker_class": "gthread",
                "threads": THREADS,
                "preload_app": True,  # the workers share what is loaded once
                "graceful_timeout": 5,
                "loglevel": "warning",
                "control_socket_disable": True,
                "proc_name": "putright-demo",
                "when_ready": lambda _: _tell(url, people),
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from putright.wsgi import application

            return application

        def run(self) -> None:
            Doorkeeper(self).run()

    Site().run()


def _tell(url: str, people: Sequence[SignIn]) -> None:
    from putright.interfaces.pages.words import ROLES

    rows = [(ROLES[each.role], each.name, each.email, each.password) for each in people]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["", f"Putright is at {url}", "", "Everybody here is made up. Sign in as any of them:", ""]
    for row in rows:
        lines.append(
            "  " + "  ".join(part.ljust(width) for part, width in zip(row, [*widths, 0], strict=True))
        )
    print("\n".join([*lines, "", "Stop with Ctrl-C."]), flush=True)
