"""`putright bank-holidays`: the snapshot against a newer list."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from complaint_rules.working_days import SNAPSHOT, Calendar, england_and_wales
from putright import cli
from putright.interfaces.commands.bank_holidays import differences, from_library


@pytest.fixture
def run(capsys):
    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["bank-holidays", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def snapshot(tmp_path) -> Path:
    """A copy of the list we count by, to change at will."""
    copy = tmp_path / "bank_holidays.toml"
    copy.write_bytes(SNAPSHOT.read_bytes())
    return copy


def without(snapshot: Path, text: str) -> None:
    """Take the line of one day out of a snapshot."""
    lines = snapshot.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(text)]
    assert len(kept) == len(lines) - 1
    snapshot.write_text("".join(kept), "utf-8")


def gov_uk_list(folder: Path, *events: dict) -> Path:
    file = folder / "bank-holidays.json"
    file.write_text(json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}}))
    return file


def test_the_list_we_ship_is_what_the_library_says():
    calendar = england_and_wales()
    listed = from_library(calendar.first.year, calendar.last.year)
    assert differences(calendar, listed) == ({}, {}, {})
    assert dict(calendar.bank_holidays) == dict(listed.days)


def test_nothing_differs(run):
    code, out, _ = run()
    assert code == 0
    assert "Nothing differs." in out


def test_a_difference_is_told_and_nothing_is_written_unasked(run, snapshot):
    without(snapshot, "2026-12-28")
    before = snapshot.read_bytes()
    code, out, err = run("--snapshot", snapshot)
    assert code == 1
    assert "new: Monday 28 December 2026, Boxing Day (substitute day)" in out
    assert "Nothing was written" in err
    assert snapshot.read_bytes() == before


def test_when_told_the_newer_list_is_written_and_counted_by(run, snapshot):
    without(snapshot, "2026-12-28")
    assert Calendar.from_snapshot(snapshot).add(date(2026, 12, 24), 1) == date(2026, 12, 28)
    code, out, _ = run("--snapshot", snapshot, "--write", "--json")
    assert code == 0
    assert json.loads(out)["added"] == [{"day": "2026-12-28", "name": "Boxing Day (substitute day)"}]
    assert json.loads(out)["written"] is True
    again = Calendar.from_snapshot(snapshot)
    assert again.bank_holidays == england_and_wales().bank_holidays
    assert again.add(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert run("--snapshot", snapshot)[0] == 0
    assert os.listdir(snapshot.parent) == [snapshot.name]


def test_more_years_can_be_covered_but_none_lost(run, snapshot):
    assert run("--snapshot", snapshot, "--to", 2029, "--write")[0] == 0
    longer = Calendar.from_snapshot(snapshot)
    assert longer.last == date(2029, 12, 31)
    assert longer.holiday_name(date(2029, 3, 30)) == "Good Friday"
    code, _, err = run("--snapshot", snapshot, "--to", 2027)
    assert code == 2
    assert "from 2029" in err


def test_a_list_saved_from_gov_uk_brings_a_day_the_library_does_not_know(run, snapshot, tmp_path):
    usual = [
        {"title": name, "date": day.isoformat(), "notes": "", "bunting": True}
        for day, name in england_and_wales().bank_holidays
        if day.year == 2026 and day.weekday() < 5
    ]
    late = {"title": "A day for the team", "date": "2026-06-15", "notes": "", "bunting": True}
    file = gov_uk_list(tmp_path, *usual, late)
    code, out, _ = run("--snapshot", snapshot, "--list", file, "--json")
    told = json.loads(out)
    assert (code, told["years"], told["gone"], told["renamed"]) == (1, [2026, 2026], [], [])
    assert told["added"] == [{"day": "2026-06-15", "name": "A day for the team"}]
    assert run("--snapshot", snapshot, "--list", file, "--write")[0] == 0
    assert Calendar.from_snapshot(snapshot).add(date(2026, 6, 12), 1) == date(2026, 6, 16)
    assert Calendar.from_snapshot(snapshot).holiday_name(date(2026, 12, 26)) == "Boxing Day"
    # The library does not know the day, and says so rather than dropping it.
    code, out, _ = run("--snapshot", snapshot)
    assert code == 1
    assert "no longer: Monday 15 June 2026, A day for the team" in out


def test_a_moved_day_is_told_as_one_gone_and_one_new(run, snapshot, tmp_path):
    file = gov_uk_list(
        tmp_path,
        *(
            {"title": name, "date": day.isoformat()}
            for day, name in england_and_wales().bank_holidays
            if day.year == 2025 and day != date(2025, 5, 5)
        ),
        {"title": "Early May bank holiday", "date": "2025-05-08", "notes": "Substitute day"},
    )
    _, out, _ = run("--snapshot", snapshot, "--list", file)
    assert "no longer: Monday 5 May 2025" in out
    assert "new: Thursday 8 May 2025, Early May bank holiday (substitute day)" in out


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"england-and-wales": {"events": [{"title": "x"}]}}', "not json", "[" * 100_000],
)
def test_a_file_that_is_not_the_list_is_refused(run, tmp_path, content):
    file = tmp_path / "some.json"
    file.write_text(content)
    code, out, err = run("--list", file)
    assert (code, out) == (2, "")
    assert str(file) in err


def test_a_list_of_no_days_is_refused(run, tmp_path):
    assert run("--list", gov_uk_list(tmp_path))[0] == 2


def test_a_snapshot_that_is_none_is_refused(run, tmp_path):
    file = tmp_path / "s.toml"
    file.write_text("first = 2012-01-01\n")
    assert run("--snapshot", file)[0] == 2
    assert run("--snapshot", tmp_path / "nowhere.toml")[0] == 2
