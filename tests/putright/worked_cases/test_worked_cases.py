"""Every worked case of ours passes through the real actions, and warns of nothing but what it always did.

`scenarios/` says what must be warned of; it cannot say that nothing else is. `warnings.json` pins that:
after a change that is meant, `PUTRIGHT_PIN_WARNINGS=1` writes it again, and the difference is read.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from putright.upkeep.worked_cases.player import play
from putright.upkeep.worked_cases.script import UnreadableScript, read

ROOT = Path(__file__).resolve().parents[3]
OURS = sorted((ROOT / "scenarios").glob("*.yaml"))
PINNED = Path(__file__).with_name("warnings.json")

pytestmark = pytest.mark.django_db


def failures(result):
    steps = [(step["do"], step["at"], step["failed_expectations"]) for step in result["steps"]]
    return [step for step in steps if step[2]] + result["finally"]["failed_expectations"]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_ours(path):
    result = play(read(path))
    assert result["passed"], failures(result)
    warned = [sorted(warning["ref"] for warning in step["warnings"]) for step in result["steps"]]
    pinned = json.loads(PINNED.read_text()) if PINNED.exists() else {}
    if os.environ.get("PUTRIGHT_PIN_WARNINGS"):
        PINNED.write_text(json.dumps(pinned | {path.stem: warned}, indent=0, sort_keys=True) + "\n")
    else:
        assert warned == pinned.get(path.stem), "pin it again if this is meant"


def test_there_are_as_many_as_we_say():
    assert len(OURS) >= 60


def test_those_of_the_shared_papers(shared_papers):
    for number, path in enumerate(sorted((shared_papers / "scenarios").glob("*.yaml"))):
        result = play(read(path), number)
        assert result["passed"], (path.name, failures(result))


GOOD = """
title: One
landlord: {edition: "2024"}
steps:
  - at: 2025-06-02
    do: receive
    by: {resident: Ann}
    channel: email
    account: Noise.
    points: [noise]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("do: receive", "do: shout", 6, "shout"),
        ("channel: email", "channel: pigeon", 8, "channel"),
        ("channel: email", "canal: email", 8, "canal"),
        ("at: 2025-06-02", "at: yesterday", 5, "at"),
        ("{resident: Ann}", "{staff: Ann, role: king}", 7, "role"),
        ("{resident: Ann}", "{resident: Ann, system: true}", 7, "by"),
        ("points: [noise]", "points: noise", 10, "points"),
        ("points: [noise]", "points: [noise]\n    expect: {dew: {}}", 11, "dew"),
        ("points: [noise]", "points: [noise]\n    expect: {due: {respond: soon}}", 11, "respond"),
        ('{edition: "2024"}', "{profile: nobody}", None, "nobody"),
        ('{edition: "2024"}', "{profile: redditch, with: {colour: red}}", None, "colour"),
        ("title: One", "titel: One", 2, "titel"),
        ("at: 2025-06-02", "at: 2019-06-02", None, None),
        ("at: 2025-06-02", "at: 2031-06-02", None, "2028"),
        ("steps:", "finally: {findings: {6.2: met}}\nsteps:", None, "quotes"),
    ],
)
def test_what_cannot_be_played_is_said_with_its_line(tmp_path, old, new, line, key):
    path = tmp_path / "case.yaml"
    path.write_text(GOOD.replace(old, new))
    if new == "at: 2019-06-02":
        assert play(read(path))["passed"], "a forced edition rules whatever the dates"
        return
    with pytest.raises(UnreadableScript) as problem:
        play(read(path))
    assert str(path) in str(problem.value)
    assert line is None or f"line {line}" in str(problem.value)
    assert key in str(problem.value)
