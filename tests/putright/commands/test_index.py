"""`putright index`: what it prints, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from cast import moment
from django.db import connection

from putright import cli
from putright.evidence.search import engines, triggers
from putright.evidence.search.models import Behind, Document
from putright.upkeep.demo.landlord import generate, make_landlord

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; gives its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["index", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def landlord() -> Any:
    landlord, version = make_landlord()
    generate(landlord, version, 12, 4, date(2026, 1, 5), moment("2026-12-01T10:00"))
    return landlord


def test_an_empty_database_has_nothing_to_index(run: Run) -> None:
    assert run()[:2] == (0, "0 cases indexed, 0 behind.\n")


def test_what_is_behind_is_indexed_and_a_second_run_finds_nothing_to_do(run: Run, landlord: Any) -> None:
    assert run("--json")[:2] == (0, '{\n "indexed": 12,\n "behind": 0,\n "failed": []\n}\n')
    assert run()[1] == "0 cases indexed, 0 behind.\n"
    assert Document.objects.count() == 12


def test_all_is_written_anew_when_asked(run: Run, landlord: Any) -> None:
    run()
    assert run("--all")[1] == "12 cases indexed, 0 behind.\n"


def test_a_check_names_what_differs_and_writes_nothing(run: Run, landlord: Any) -> None:
    assert run("--check")[:2] == (0, "0 differences, 12 cases behind.\n")
    run()
    assert run("--check")[:2] == (0, "0 differences, 0 cases behind.\n")
    row = Document.objects.select_related("case").first()
    assert row is not None
    Document.objects.filter(pk=row.pk).delete()
    code, out, _ = run("--check", "--json")
    told = json.loads(out)
    assert code == 1
    assert told["noting_changes"] is True
    assert told["differences"] == [
        {
            "landlord": landlord.pk,
            "reference": row.case.reference,
            "says": "It is not in the index of words.",
        }
    ]
    assert not Document.objects.filter(pk=row.pk).exists()


def test_a_case_that_cannot_be_indexed_is_named(
    run: Run, landlord: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "write", lambda cases: 1 / 0)
    code, out, _ = run("--json")
    told = json.loads(out)
    assert code == 1
    assert (told["indexed"], told["behind"], len(told["failed"])) == (0, 12, 12)


def test_a_database_that_no_longer_notes_changes_is_put_right(run: Run, landlord: Any) -> None:
    run()
    triggers.lift(connection)
    assert run("--check")[0] == 1
    assert "no longer notes what changes" in run("--check")[1]
    code, out, err = run()
    assert (code, out) == (0, "12 cases indexed, 0 behind.\n")
    assert "every case is indexed anew" in err
    assert triggers.laid(connection)
    assert Behind.objects.count() == 0
