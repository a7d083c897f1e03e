"""`putright scenario`: what it prints, and how it ends. It makes a database of its own, so it runs by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CASE = """
title: An acknowledgement in time
landlord: { edition: "2024" }
steps:
  - at: 2025-06-02
    do: receive
    by: { staff: Ben, role: complaints_officer }
    channel: telephone
    account: The tap drips.
    points: [Tap]
    expect: { due: { acknowledge: DUE }, state: received }
  - at: 2025-06-05
    do: respond
    by: { staff: Ben, role: contact_staff }
    decisions: []
    expect: { refused: [role] }
finally:
  on: 2025-06-09
  findings: { "6.2": open }
"""
STEP = {
    "do", "at", "outcome", "refused_by", "needs", "warnings", "due", "target", "state", "stage", "with_ombudsman",
    "new_case", "failed_expectations",
}  # fmt: skip
FINALLY = {"findings", "due", "target", "state", "stage", "failed_expectations"}


def scenario(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return subprocess.run(
        [sys.executable, "-m", "putright.cli", "scenario", *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def passing(tmp_path: Path) -> Path:
    file = tmp_path / "1-passes.yaml"
    file.write_text(CASE.replace("DUE", "2025-06-09"))
    return file


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    file = tmp_path / "2-fails.yaml"
    file.write_text(CASE.replace("DUE", "2025-06-10"))
    return file


def test_a_case_that_passes_ends_well(passing: Path) -> None:
    played = scenario(passing)
    assert played.returncode == 0, played.stderr
    assert played.stdout == "passed  An acknowledgement in time\n"
    assert "1 of 1 worked cases passed." in played.stderr


def test_an_expectation_that_fails_is_told_with_its_step(passing: Path, failing: Path) -> None:
    played = scenario(passing.parent)
    assert played.returncode == 1
    assert "FAILED  An acknowledgement in time" in played.stdout
    assert (
        "step 1, receive at 2025-06-02T09:00: due acknowledge: expected 2025-06-10, got 2025-06-09."
        in played.stdout
    )
    assert "1 of 2 worked cases passed." in played.stderr


def test_one_json_document_holds_all_that_was_worked_out(passing: Path) -> None:
    played = scenario("--json", passing)
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    assert set(told) == {"scenarios"}
    case = told["scenarios"][0]
    assert set(case) == {"title", "file", "passed", "steps", "finally"}
    assert [set(step) for step in case["steps"]] == [STEP, STEP]
    assert [step["outcome"] for step in case["steps"]] == ["done", "refused"]
    assert case["steps"][1]["refused_by"][0]["ref"] == "role"
    assert set(case["steps"][1]["refused_by"][0]) == {"ref", "says"}
    assert case["steps"][0]["due"]["acknowledge"] == "2025-06-09"
    assert set(case["finally"]) == FINALLY
    assert set(case["finally"]["findings"]["6.2"]) == {"verdict", "due", "done", "days", "says", "entries"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: [", "line"),
        ("", "bad.yaml"),
        (CASE.replace("DUE", "2025-06-09").replace("do: respond", "do: repsond"), "repsond"),
        (CASE.replace("DUE", "2025-06-09").replace("2025-06-05", "2025-06-35"), "2025-06-35"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    played = scenario(file)
    assert played.returncode == 2
    assert played.stdout == ""
    assert "bad.yaml" in played.stderr
    assert says in played.stderr
    assert "Traceback" not in played.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for wanted in (tmp_path / "nothing.yaml", tmp_path):
        played = scenario(wanted)
        assert played.returncode == 2
        assert "there is no" in played.stderr
