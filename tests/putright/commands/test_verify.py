"""`putright verify`: what it prints, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from cast import moment

from putright import cli
from putright.record.cases.models import Case
from putright.record.journal.models import Head, Seal, Text
from putright.upkeep.demo.landlord import generate, make_landlord

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; gives its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["verify", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def landlord() -> Any:
    landlord, version = make_landlord()
    generate(landlord, version, 20, 4, date(2026, 1, 5), moment("2026-12-01T10:00"))
    return landlord


def test_an_empty_database_is_whole(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (0, "")
    assert "0 cases, 0 entries, 0 seals checked: 0 differences." in err


def test_whole_cases_are_counted_and_nothing_is_printed(run: Run, landlord: Any) -> None:
    code, out, _ = run("--json")
    told = json.loads(out)
    assert code == 0
    assert set(told) == {"landlords", "cases", "entries", "seals", "differences"}
    assert (told["landlords"], told["cases"], told["seals"], told["differences"]) == (1, 20, 0, [])
    assert told["entries"] == sum(Head.objects.values_list("count", flat=True))


def test_what_differs_is_named_with_its_case_and_entry(run: Run, landlord: Any) -> None:
    case = Case.objects.order_by("reference").first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(stage=2)
    text = Text.objects.filter(case=case.pk, entry_number=1).first()
    assert text is not None
    Text.objects.filter(pk=text.pk).update(text="They never said this.")

    code, out, err = run("--json")
    told = json.loads(out)
    assert code == 1
    assert all(
        set(each) == {"what", "landlord", "says", "reference", "entry"} for each in told["differences"]
    )
    assert {each["reference"] for each in told["differences"]} == {case.reference}
    assert 1 in {each["entry"] for each in told["differences"]}
    assert f"{len(told['differences'])} differences." in err

    code, out, _ = run()
    assert code == 1
    assert len(out.splitlines()) == len(told["differences"])
    assert case.reference in out


def test_it_seals_only_what_is_whole(run: Run, landlord: Any) -> None:
    case = Case.objects.order_by("reference").first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(stage=2)
    assert run("--seal")[0] == 1
    assert not Seal.objects.exists()

    Case.objects.filter(pk=case.pk).update(stage=case.stage)
    code, _, err = run("--seal")
    assert code == 0
    assert "1 landlords sealed." in err
    assert Seal.objects.filter(landlord=landlord.pk).count() == 1
    assert run("--seal")[0] == 0
    assert Seal.objects.count() == 1  # nothing has moved since


def test_an_index_that_differs_is_mended_when_asked(run: Run, landlord: Any) -> None:
    case = Case.objects.order_by("reference").first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(stage=2, risk=7)
    code, out, err = run("--mend", "--seal")
    assert (code, out) == (0, "")
    assert "The index of 1 cases was written anew." in err
    assert "1 landlords sealed." in err
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.stage, fresh.risk) == (case.stage, case.risk)
