"""A made-up edition of 2027 is added as files beside the others, and nothing that exists is changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import complaint_rules

PACKAGE = Path(complaint_rules.__file__).parent

TIMETABLE = """
edition = "2027"
title = "A made-up Code of 2027"
in_force_from = 2027-04-01

[clocks.acknowledge]
stage = 1
starts = "received"
length = 3
unit = "working_days"
provision = "8.1"

[clocks.respond]
stage = 1
starts = "acknowledged"
if_not_taken = "acknowledge"
length = 7
unit = "working_days"
provision = "8.2"
extension_most = 5
extension_told = "8.3"

[clocks.respond_stage_2]
stage = 2
starts = "requested"
length = 15
unit = "working_days"
provision = "8.4"
extension_most = 5
extension_told = "8.3"
"""
REFS = """
independence = "8.9"
conflict = "8.9"
refusal_explained = "8.8"
stage_1_every_point = "8.5"
stage_2_every_point = "8.5"
dated = "8.6"
remedy = "8.6"
names_staff = "names_staff"
decline_explained = "8.8"
clock_promise = "8.6"
"""
PROVISIONS = """
edition = "2027"

[[sections]]
number = 8
title = "Everything"

[[sections.provisions]]
ref = "8.1"
kind = "must"
heading = "Acknowledge within three working days"
summary = "Tell the resident within 3 working days that you have their complaint."
topic = "acknowledge"
checked = true
"""
SECTION_8 = '''
"""2027, section 8."""

from complaint_rules.checks import evidence
from complaint_rules.checks.evidence import Record, judges
from complaint_rules.findings import Finding


@judges("8.1")
def acknowledged_in_time(record: Record) -> Finding:
    """8.1: acknowledge within 3 working days. Evidence: `acknowledge`."""
    return evidence.by_clock(record, "acknowledge")
'''
USE_IT = """
import json
from datetime import date, datetime, UTC
from complaint_rules import checks, clocks, complaint, editions
from complaint_rules.editions.provisions import provisions
from complaint_rules.events import Actor, Received

def received(on):
    return Received(number=1, at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on=on,
                    by=Actor("resident", "p1"), channel="email", points=1)

new = complaint.read([received(date(2027, 6, 7))])
old = complaint.read([received(date(2027, 3, 31))])
print(json.dumps({
    "editions": list(editions.all_editions()),
    "new": [new.edition.name, {name: str(day) for name, day in clocks.due(new).items()}],
    "old": old.edition.name,
    "findings": {ref: str(f.verdict) for ref, f in checks.findings(new, date(2027, 6, 11)).items()},
    "provisions": list(provisions("2027")),
}))
"""


def test_a_made_up_edition_needs_only_new_files(tmp_path):
    copy = tmp_path / "complaint_rules"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}

    edition, check = copy / "editions" / "code_2027", copy / "checks" / "code_2027"
    edition.mkdir()
    check.mkdir()
    (edition / "timetable.toml").write_text(TIMETABLE)
    (edition / "refs.toml").write_text(REFS)
    (edition / "provisions.toml").write_text(PROVISIONS)
    (check / "__init__.py").write_text("")
    (check / "section_8.py").write_text(SECTION_8)

    environment = {"PYTHONPATH": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", USE_IT],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)

    assert told["editions"] == ["2020", "2022", "2024", "2027"]
    assert told["new"] == ["2027", {"acknowledge": "2027-06-10", "respond": "2027-06-21"}]
    assert told["old"] == "2024"
    assert told["findings"] == {"8.1": "breached"}
    assert told["provisions"] == ["8.1"]
    assert all(path.read_bytes() == content for path, content in before.items())
