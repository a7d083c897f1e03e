"""`putright demo`: one command, and there is a site to sign in to."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from databases import address_of_test_database
from demo_process import Demo, Visitor, group_is_empty, running_demo
from django.db import connection

from putright.interfaces.commands import BadInput
from putright.interfaces.commands.demo import _open_door

OFFICER, COLLEAGUE = "ben@tern-valley.example", "cara@tern-valley.example"
NOT_RIGHT = "The email address or password is not right."
ROLES = 10


@pytest.fixture
def environment(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """A home of its own and, where these tests run on PostgreSQL, an empty database there."""
    found = {
        name: value for name, value in os.environ.items() if not name.startswith(("PUTRIGHT_", "DJANGO_"))
    }
    found.pop("DATABASE_URL", None)
    found["PUTRIGHT_HOME"] = str(tmp_path / "home")
    if connection.vendor == "sqlite":
        yield found
        return
    name = f"putright_demo_{secrets.token_hex(6)}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield found | {"DATABASE_URL": address_of_test_database().rsplit("/", 1)[0] + f"/{name}"}
    finally:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def demo(environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end: for what it refuses."""
    return subprocess.run(
        [sys.executable, "-m", "putright.cli", "demo", *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def stop(running: Demo, how: signal.Signals) -> None:
    """End it as a person or a machine would, and see that it went and left nothing."""
    running.process.send_signal(how)
    assert running.process.wait(timeout=15) == 0
    assert group_is_empty(running.process.pid)


def memory_of(running: Demo) -> int:
    """How many bytes the demo and its workers hold, shared pages counted in each."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "-g", str(running.process.pid)], capture_output=True, text=True
    )
    sizes = [int(size) for size in listed.stdout.split()]
    assert len(sizes) == 3, listed.stdout
    return sum(sizes) * 1024


def test_it_serves_until_stopped_and_finds_everything_again(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with running_demo(tmp_path, environment) as first:
        assert first.address.startswith("http://127.0.0.1:")
        passwords = dict(re.findall(r"(\S+@tern-valley\.example)\s+(\S+)", first.said))
        assert len(passwords) == ROLES
        assert len(set(passwords.values())) == ROLES
        queue = a_visit(first)
        assert memory_of(first) < 512 * 2**20
        beside_the_first(environment, tmp_path, first)
        stop(first, signal.SIGTERM)
    kept = tmp_path / "home" / "demo-sign-ins.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    with running_demo(tmp_path, environment) as second:
        assert dict(re.findall(r"(\S+@tern-valley\.example)\s+(\S+)", second.said)) == passwords
        assert references_in(a_visit(second)) == references_in(queue)
        stop(second, signal.SIGINT)


def beside_the_first(environment: dict[str, str], tmp_path: Path, first: Demo) -> None:
    """A second one takes another port and shows the same cases; neither can start over."""
    folder = tmp_path / "beside"
    folder.mkdir()
    with running_demo(folder, environment) as second:
        assert second.address != first.address
        assert references_in(a_visit(second)) == references_in(a_visit(first))
        assert NOT_RIGHT in Visitor(second.address).sign_in(OFFICER, second.password_of(COLLEAGUE))
        refused = demo(environment, "--fresh")
        assert refused.returncode == 2
        assert ("DATABASE_URL" if "DATABASE_URL" in environment else "is running") in refused.stderr
        stop(second, signal.SIGHUP)


def a_visit(running: Demo) -> str:
    """Sign in by the printed password, see my work and the queue, open a case; the queue's page."""
    visitor = Visitor(running.address)
    assert "My work" in visitor.sign_in(OFFICER, running.password_of(OFFICER))
    queue = visitor.open("/queue/")
    assert "Tern Valley Homes" in queue
    for title in ("Late", "Today", "Next 5 working days", "Later"):
        assert title in queue
    found = references_in(queue)
    assert len(found) == 50
    case = visitor.open(f"/cases/{found[0]}/")
    assert found[0] in case
    assert "Due next" in case
    assert "Timeline" in case
    return queue


def references_in(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/cases/(TV-\d\d-\d+)/", page)))


def test_the_port_is_held_from_the_first_moment() -> None:
    # A port that is bound and not listened on can be bound again by whoever reuses addresses, as servers do.
    with _open_door("127.0.0.1", None) as first, _open_door("127.0.0.1", None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
        with pytest.raises(BadInput, match="in use"):
            _open_door("127.0.0.1", first.getsockname()[1])


def test_a_taken_port_is_passed_over_unless_it_was_asked_for(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = demo(environment, "--port", str(port))
        assert refused.returncode == 2
        assert f"port {port} is in use" in refused.stderr
        assert not (tmp_path / "home").exists()  # nothing half done


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--port", "eighty"], "invalid int value"),
        (["--port", "70000"], "0 to 65535"),
        (["--address", "nowhere.example"], "nowhere.example"),
        (["--address", "203.0.113.9", "--port", "0"], "203.0.113.9"),
        (["--nonsense"], "unrecognized"),
    ],
)
def test_what_cannot_be_is_refused_with_words(options: list[str], says: str, tmp_path: Path) -> None:
    refused = demo({**os.environ, "PUTRIGHT_HOME": str(tmp_path / "home")}, *options)
    assert refused.returncode == 2
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "home").exists()


# Starting over: only ever the demo's own embedded database


@pytest.fixture
def embedded(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and no other database."""
    found = {
        name: value for name, value in os.environ.items() if not name.startswith(("PUTRIGHT_", "DJANGO_"))
    }
    found.pop("DATABASE_URL", None)
    return found | {"PUTRIGHT_HOME": str(tmp_path / "home")}


def rename_the_landlord(home: Path) -> None:
    with closing(sqlite3.connect(home / "putright.sqlite3")) as database, database:
        database.execute("UPDATE landlords_landlord SET slug = 'heron-court'")


def cases_in(home: Path) -> int:
    with closing(sqlite3.connect(home / "putright.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM cases_case").fetchone()[0])


def test_fresh_makes_the_cases_anew_and_keeps_the_passwords(embedded: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running_demo(tmp_path, embedded) as first:
        stop(first, signal.SIGTERM)
    with closing(sqlite3.connect(home / "putright.sqlite3")) as database, database:
        database.execute("UPDATE cases_case SET category = 'changed by hand'")
    with running_demo(tmp_path, embedded, "--fresh") as again:
        assert again.password_of(OFFICER) == first.password_of(OFFICER)
        assert "Tern Valley Homes" in a_visit(again)
        stop(again, signal.SIGTERM)
    with closing(sqlite3.connect(home / "putright.sqlite3")) as database:
        left = database.execute("SELECT count(*) FROM cases_case WHERE category = 'changed by hand'")
        assert left.fetchone() == (0,)
    assert cases_in(home) == 400

    rename_the_landlord(home)
    for options in (["--fresh"], []):
        refused = demo(embedded, *options)
        assert refused.returncode == 2
        assert "other landlords (heron-court)" in refused.stderr
        assert cases_in(home) == 400


def test_fresh_leaves_a_database_of_another_address_alone(embedded: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "mine.sqlite3"
    file.write_bytes(b"something of mine")
    refused = demo(embedded | {"DATABASE_URL": f"sqlite:///{file}"}, "--fresh")
    assert refused.returncode == 2
    assert "DATABASE_URL" in refused.stderr
    assert file.read_bytes() == b"something of mine"


def test_a_file_that_is_no_database_is_not_thrown_away(embedded: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "putright.sqlite3").write_bytes(b"a letter to my aunt, much longer than a header" * 40)
    for options in (["--fresh"], []):
        refused = demo(embedded, *options)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
        assert (home / "putright.sqlite3").read_bytes().startswith(b"a letter to my aunt")
