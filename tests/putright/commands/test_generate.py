"""`putright generate`: made-up cases from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from putright import cli
from putright.record.accounts.models import Membership, User
from putright.record.cases.models import Case
from putright.record.landlords.models import Landlord
from putright.upkeep.running.verify import verify

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; gives its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(["generate", *arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_it_writes_as_many_as_asked_and_says_so(run: Run) -> None:
    code, out, err = run("--cases", "40", "--seed", "7", "--to", "2026-11-27")
    assert (code, out) == (0, "40 cases written for Tern Valley Homes.\n")
    assert "40 cases" in err
    assert Case.objects.count() == 40
    assert not verify().differences


def test_it_prints_one_json_document(run: Run) -> None:
    code, out, _ = run("--cases", "3", "--seed", "7", "--to", "2026-11-27", "--json")
    assert code == 0
    assert json.loads(out) == {"landlord": "tern-valley", "cases": 3, "seed": 7}


def test_days_of_receipt_stay_within_those_asked_for(run: Run) -> None:
    run("--cases", "60", "--from", "2026-05-02", "--to", "2026-05-12")  # from a Saturday, over a bank holiday
    received = set(Case.objects.values_list("received_on", flat=True))
    assert received <= {date(2026, 5, day) for day in (5, 6, 7, 8, 11)}
    assert len(received) == 5


def test_another_landlord_gets_staff_and_references_of_its_own(run: Run) -> None:
    assert run("--cases", "5", "--landlord", "heron-court", "--to", "2026-11-27")[0] == 0
    assert run("--cases", "5", "--to", "2026-11-27")[0] == 0
    heron = Landlord.objects.get(slug="heron-court")
    assert heron.name == "Heron Court"
    assert Case.objects.filter(landlord=heron, reference__startswith="HE-").count() == 5
    staff = set(Membership.objects.filter(landlord=heron).values_list("user_id", flat=True))
    handlers = Case.objects.filter(landlord=heron, handler__isnull=False).values_list("handler_id", flat=True)
    assert set(handlers) <= staff


def test_the_days_may_run_to_the_end_of_the_known_bank_holidays(run: Run) -> None:
    assert run("--cases", "200", "--from", "2027-06-01", "--to", "2028-08-31")[0] == 0
    assert not verify().differences


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--cases", "0"], "--cases: a number from 1 to 10,000,000"),
        (["--cases", "many"], "invalid int value"),
        ([], "--cases"),
        (["--cases", "5", "--from", "soon"], "--from: 'soon' is not a day. Write it as 2026-01-31."),
        (["--cases", "5", "--to", "2026-02-30"], "--to: '2026-02-30' is not a day."),
        (["--cases", "5", "--from", "2019-01-01"], "--from: 2019-01-01 is before 2020-07-07"),
        (["--cases", "5", "--from", "2026-02-02", "--to", "2026-02-02"], "--from: a day before --to"),
        (["--cases", "5", "--to", "2031-01-01"], "--to: the bank holidays are known until"),
        (["--cases", "5", "--landlord", "No Such!"], "--landlord: a name in small letters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(run: Run, arguments: list[str], says: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert not Landlord.objects.exists()


def test_real_people_and_made_up_cases_are_not_mixed(run: Run, cast: Any) -> None:
    cast.officer.email = "ben.okafor@ternvalley.org.uk"
    cast.officer.save()
    before = User.objects.count()
    code, out, err = run("--cases", "5", "--landlord", cast.landlord.slug, "--to", "2026-11-27")
    assert (code, out) == (2, "")
    assert "staff of its own" in err
    assert not Case.objects.exists()
    assert User.objects.count() == before
