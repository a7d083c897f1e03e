"""`putright assessment export` and `verify`: what they write, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cast import Cast

from complaint_rules.editions.provisions import provisions
from putright import cli
from putright.evidence.self_assessments import actions
from putright.evidence.self_assessments.importing import read_form

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["assessment", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def export(run: Run, format: str, *more: str, edition: str = "2024", landlord: str = "tern-valley") -> Any:
    return run("export", "--landlord", landlord, "--edition", edition, "--format", format, *more)


def begin(cast: Cast, edition: str = "2024") -> Any:
    begun = actions.Begun(edition=edition, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    return actions.start(cast.landlord, begun, by=cast.actor("officer"), at=cast.clock.now)


def publish(cast: Cast) -> Any:
    made = begin(cast)
    made.answers.update(answer="yes")
    for state in ("reviewed", "seen", "responded", "published"):
        signed = actions.Signed(body="Board", on=date(2026, 12, 1), says="Yes.")
        made = actions.sign(made, state, signed, by=cast.actor("officer"), at=cast.clock.now)
    return made


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
def test_without_an_assessment_the_record_fills_the_form(cast: Cast, run: Run, edition: str) -> None:
    cast.open()
    code, out, err = export(run, "json", edition=edition)
    told = json.loads(out)
    assert code == 0
    assert [line["ref"] for line in told["lines"]] == list(provisions(edition))
    assert "from the record alone" in err
    assert told["notes"] == ["Filled from the record alone. Nobody has answered it yet."]


def test_the_newest_assessment_is_the_one_that_is_written(cast: Cast, run: Run) -> None:
    begin(cast)
    newer = begin(cast)
    newer.answers.filter(provision="6.3").update(answer="partly", comment="Nineteen were late.")
    _, out, _ = export(run, "json")
    line = next(each for each in json.loads(out)["lines"] if each["ref"] == "6.3")
    assert (line["answer"], line["comment"]) == ("partly", "Nineteen were late.")


@pytest.mark.parametrize("format", ["docx", "pdf", "html", "csv", "json"])
def test_each_format_is_written_to_a_file(cast: Cast, run: Run, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"form.{format}"
    code, said, _ = export(run, format, "--out", str(out))
    assert (code, said) == (0, "")
    assert out.stat().st_size > 1000
    assert [each.name for each in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("edition", ["2022", "2024"])
def test_what_is_exported_imports_again_with_the_same_answers(
    cast: Cast, run: Run, tmp_path: Path, edition: str
) -> None:
    made = begin(cast, edition)
    given = ("yes", "no", "partly", "not_applicable")
    wanted = {ref: given[place % 4] for place, ref in enumerate(provisions(edition))}
    for ref, answer in wanted.items():
        made.answers.filter(provision=ref).update(answer=answer, comment=f"Said of it: {answer}.")
    out = tmp_path / "form.docx"
    export(run, "docx", "--out", str(out), edition=edition)
    assert {row.ref: row.answer for row in read_form(out.read_bytes()).rows} == wanted


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"landlord": "nobody"}, 'There is no landlord "nobody". Known: heron-court, tern-valley.'),
        ({"edition": "1999"}, 'There is no edition "1999"'),
    ],
)
def test_bad_input_says_what_is_wrong(cast: Cast, run: Run, given: dict[str, str], says: str) -> None:
    code, out, err = export(run, "json", **given)
    assert (code, out) == (2, "")
    assert says in err


def test_a_place_that_cannot_be_written_is_left_as_it_was(cast: Cast, run: Run, tmp_path: Path) -> None:
    code, _, err = export(run, "csv", "--out", str(tmp_path / "none" / "form.csv"))
    assert code == 2
    assert "cannot be written" in err


def test_what_was_published_is_worked_out_again(cast: Cast, run: Run) -> None:
    cast.open()
    made = publish(cast)
    cast.clock.pass_by(minutes=1)
    cast.receive("2026-10-05T09:30")
    code, out, _ = run("verify", "--landlord", "tern-valley", "--json")
    assert (code, json.loads(out)) == (0, [{"assessment": made.pk, "edition": "2024", "differs": []}])
    row = next(each for each in made.frozen["rows"] if each["counts"] and each["counts"]["met"])
    row["counts"]["met"] += 1
    made.save()
    code, out, _ = run("verify", "--landlord", "tern-valley")
    assert code == 1
    assert f"{row['ref']} differs" in out
