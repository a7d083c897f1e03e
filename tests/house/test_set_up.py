"""Setting up finds what it needs by itself, or says in one message what to install, and stops."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(__file__).resolve().parents[2] / "bin"
TOOLS = ("sh", "cat", "dirname", "env", "id", "ls", "sed", "sort")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs with nothing but a shell and its everyday tools: no Python, no installer."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or pytest.fail(f"no {tool} here"))
    return folder


def put(folder: Path, name: str, script: str) -> Path:
    """A program of ours in the folder."""
    program = folder / name
    program.unlink(missing_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def run(script: str, *arguments: str, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / script, *arguments],
        env={"PATH": str(path), "HOME": str(path)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_machine_without_python_is_told_what_to_install(bare: Path) -> None:
    ran = run("find-python", path=bare)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "3.12 or newer" in ran.stderr
    assert "pyenv install 3.13" in ran.stderr


def test_an_older_python_is_passed_over(bare: Path) -> None:
    put(bare, "python3", "exit 1")
    put(bare, "python3.13", f'exec "{os.path.realpath(sys.executable)}" "$@"')
    ran = run("find-python", path=bare)
    assert ran.returncode == 0
    assert Path(ran.stdout.strip()).exists()


def test_a_python_that_was_named_is_refused_when_too_old(bare: Path) -> None:
    ran = run("find-python", path=bare, PYTHON=str(put(bare, "python3", "exit 1")))
    assert ran.returncode == 2
    assert "not a Python 3.12 or newer" in ran.stderr


def test_nothing_is_installed_unasked_by_someone_who_is_not_root(bare: Path) -> None:
    put(bare, "id", "echo 1000")
    put(bare, "sudo", f"touch {bare}/touched")
    put(bare, "apt-get", f"touch {bare}/touched")
    ran = run("debian-install", "chromium", path=bare)
    assert ran.returncode == 2
    assert "chromium" in ran.stderr
    assert not (bare / "touched").exists()


def test_root_installs_with_one_update_and_one_install(bare: Path) -> None:
    put(bare, "id", "echo 0")
    put(bare, "apt-get", f'echo "$@" >> {bare}/asked')
    ran = run("debian-install", "chromium", "postgresql", path=bare)
    if Path("/etc/debian_version").exists():
        assert ran.returncode == 0
        assert (bare / "asked").read_text() == (
            "update -qq\ninstall -y -qq --no-install-recommends chromium postgresql\n"
        )
    else:
        assert ran.returncode == 2
        assert not (bare / "asked").exists()
