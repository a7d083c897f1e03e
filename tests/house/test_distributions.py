"""What is in the checkout is what gets installed, and nothing committed names a registry."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([a-z0-9.\-]+)==\S+", re.MULTILINE)


def names_in(requirements: str) -> set[str]:
    return set(PINNED.findall((ROOT / requirements).read_text()))


def test_every_package_of_the_rules_is_in_their_distribution() -> None:
    """Its packages are named one by one, since it stands where it is; a new folder is easily left out."""
    rules = ROOT / "complaint_rules"
    folders = {path.parent.relative_to(ROOT) for path in rules.rglob("*.py") if "build" not in path.parts}
    # The editions' folders go in by a pattern, so that a new edition is listed nowhere.
    folders = {folder for folder in folders if not folder.name.startswith("code_")}
    listed = tomllib.loads((rules / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    assert set(listed) == {".".join(folder.parts) for folder in folders}


@pytest.mark.parametrize("package", ["putright", "complaint_rules"])
def test_every_file_of_a_package_is_in_its_wheel(package: str, tmp_path: Path) -> None:
    """An editable install finds a template that a wheel would lack."""
    leave_out = shutil.ignore_patterns("__pycache__", "*.pyc", "build", "*.egg-info", ".*")
    shutil.copytree(ROOT / package, tmp_path / package, ignore=leave_out)
    present = {str(path.relative_to(tmp_path)) for path in (tmp_path / package).rglob("*") if path.is_file()}
    for beside in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / beside, tmp_path)
    project = tmp_path / package if package == "complaint_rules" else tmp_path
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-qq",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            tmp_path,
            project,
        ],
        check=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = set(zipfile.ZipFile(wheel).namelist())
    assert present - installed - {"complaint_rules/pyproject.toml"} == set()


@pytest.mark.parametrize(
    "requirements", ["requirements.txt", "requirements-dev.txt", "requirements-rules.txt"]
)
def test_each_requirement_has_a_hash_and_none_an_address(requirements: str) -> None:
    text = (ROOT / requirements).read_text()
    assert len(PINNED.findall(text)) > 5
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[a-z])", text)[1:])
    assert "://" not in text
    assert "index" not in text


def test_the_tests_run_on_the_versions_that_are_run() -> None:
    run = set((ROOT / "requirements.txt").read_text().split("\n"))
    tested = set((ROOT / "requirements-dev.txt").read_text().split("\n"))
    assert {line for line in run if "==" in line} <= {line for line in tested if "==" in line}


def test_the_rules_are_tested_beside_nothing_of_the_web() -> None:
    assert names_in("requirements-rules.txt") & {"django", "psycopg", "jinja2"} == set()
    assert {"pytest", "hypothesis"} <= names_in("requirements-rules.txt")
