"""The order that imports run in is kept by import-linter; here each of its contracts is seen to bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

# One import each contract is there to refuse: contract -> (module that imports, what it imports).
WRONG_WAYS = {
    "complaint_rules knows nothing of Putright, Django or anything installed": (
        "complaint_rules/x.py",
        "django.db",
    ),
    "Inside a procedure: from its parts to the whole": (
        "complaint_rules/procedure/terms.py",
        "complaint_rules.procedure.whole",
    ),
    "The five wings: record, casework, evidence, upkeep, interfaces": (
        "putright/record/x/__init__.py",
        "putright.casework",
    ),
    "Inside record: from the journal to the Ombudsman": (
        "putright/record/journal/x.py",
        "putright.record.cases",
    ),
    "Inside evidence: from figures to reports": (
        "putright/evidence/measures/x.py",
        "putright.evidence.reports",
    ),
    "Staff, portal, API and commands leave each other alone": (
        "putright/interfaces/portal/x.py",
        "putright.interfaces.staff",
    ),
    "Pages and the file readers know no app": ("putright/yaml_files.py", "putright.record"),
}
ROOMS = [
    "record/journal",
    "record/cases",
    "evidence/measures",
    "evidence/reports",
    "interfaces/staff",
    "interfaces/portal",
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house in which every room that the wrong ways need is built."""
    leave_out = shutil.ignore_patterns("__pycache__", "static", "*.egg-info")
    for part in ("complaint_rules", "putright"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        (tmp_path / "putright" / room).mkdir(exist_ok=True)
        (tmp_path / "putright" / room / "__init__.py").touch()
    return tmp_path


def broken_contracts(house: Path) -> set[str]:
    """The names of the contracts that import-linter finds broken."""
    lint = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    said = subprocess.run(lint, cwd=house, capture_output=True, text=True, timeout=120).stdout
    assert "Contracts:" in said, said
    return {line.removesuffix(" BROKEN") for line in said.splitlines() if line.endswith(" BROKEN")}


def test_each_contract_has_a_wrong_way_to_try() -> None:
    assert {contract["name"] for contract in CONTRACTS} == set(WRONG_WAYS)


def test_no_import_runs_the_wrong_way(house: Path) -> None:
    assert broken_contracts(house) == set()


def test_every_wrong_way_is_refused(house: Path) -> None:
    for where, what in WRONG_WAYS.values():
        (house / where).parent.mkdir(exist_ok=True)
        with (house / where).open("a") as module:
            module.write(f"\nimport {what}\n")
    assert broken_contracts(house) == set(WRONG_WAYS)


def test_a_room_that_no_contract_places_is_refused(house: Path) -> None:
    for new in ("record/attic", "evidence/attic", "interfaces/attic", "attic"):
        (house / "putright" / new).mkdir()
        (house / "putright" / new / "__init__.py").touch()
    assert broken_contracts(house) == {
        "The five wings: record, casework, evidence, upkeep, interfaces",
        "Inside record: from the journal to the Ombudsman",
        "Inside evidence: from figures to reports",
        "Staff, portal, API and commands leave each other alone",
    }
