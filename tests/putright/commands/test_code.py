"""`putright code`: what an officer or a board member reads of the Code at a terminal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from complaint_rules import checks
from putright.cli import main


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `putright code …`: its exit code, what it printed and what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["code", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_list_shows_every_provision_of_the_latest_edition_under_its_section(say: Any) -> None:
    code, out, err = say("list")
    assert (code, err) == (0, "")
    assert "72 must" in out.splitlines()[0]
    assert sum(line.startswith("  ") for line in out.splitlines()) == 72
    assert "6 Complaint stages" in out.splitlines()
    assert "Answer stage 1 within 10 working days" in out


@pytest.mark.parametrize(
    ("edition", "says"), [("2020", "36 questions"), ("2022", "45 must, 27 should"), ("2024", "72 must")]
)
def test_list_counts_what_it_shows(say: Any, edition: str, says: str) -> None:
    assert says in say("list", "--edition", edition)[1].splitlines()[0]


def test_list_can_be_held_to_one_section(say: Any) -> None:
    code, out, _ = say("list", "--edition", "2022", "--section", "3")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")] == ["3.1", "3.2", "3.3"]


def test_list_marks_what_has_not_been_checked(say: Any) -> None:
    lines = say("list", "--section", "6")[1].splitlines()
    marked = {line.split()[0] for line in lines if "(not yet checked)" in line}
    assert "6.5" in marked
    assert "6.3" not in marked


def test_list_as_json_is_one_document_with_every_provision(say: Any) -> None:
    code, out, err = say("list", "--json", "--edition", "2022")
    document = json.loads(out)
    assert (code, err, document["edition"]) == (0, "", "2022")
    found = [each for section in document["sections"] for each in section["provisions"]]
    assert len(found) == 72
    assert found[0]["ref"] == "1.2"
    assert all(each["summary"] and each["kind"] in ("must", "should") for each in found)


def test_show_tells_what_is_asked_and_what_the_other_editions_ask(say: Any) -> None:
    code, out, err = say("show", "6.14")
    assert (code, err) == (0, "")
    assert out.startswith(
        "6.14 Answer stage 2 within 20 working days\n2024 Code, section 6: Complaint stages. Must, stage 2."
    )
    assert "Send the final answer within 20 working days of acknowledging stage 2." in out
    assert "2020  4.g " in out
    assert "2022  5.13 " in out
    assert "Not yet checked" not in out


def test_show_carries_the_mark_of_what_has_not_been_checked(say: Any) -> None:
    assert "Not yet checked against the Ombudsman's own page." in say("show", "6.9")[1]


def test_show_lists_the_parts_of_a_letter(say: Any) -> None:
    assert say("show", "6.9")[1].count("\n  - ") == 7
    assert say("show", "5.16", "--edition", "2022")[1].count("\n  - ") == 8


def test_show_says_when_no_other_edition_asks_the_like(say: Any) -> None:
    out = say("show", "2.3")[1]
    assert "2020  nothing like it" in out
    assert "2022  nothing like it" in out


def test_show_as_json_gives_the_counterparts_and_the_changes(say: Any) -> None:
    code, out, _ = say("show", "5.2", "--edition", "2022", "--json")
    document = json.loads(out)
    assert code == 0
    assert (document["kind"], document["stage"], document["checked"]) == ("should", 1, True)
    assert document["counterparts"] == {"2020": ["4.g", "4.h", "4.i"], "2024": ["6.4", "6.5"]}
    assert {change["edition"] for change in document["changes"]} == {"2022", "2024"}


def test_no_line_is_too_wide_to_read(say: Any) -> None:
    for ref, edition in (("8.1", "2024"), ("7.4", "2022"), ("4.g", "2020")):
        assert max(len(line) for line in say("show", ref, "--edition", edition)[1].splitlines()) <= 100


def test_show_tells_whether_a_case_is_judged_by_it_and_on_what_evidence(say: Any) -> None:
    judged = say("show", "6.3")[1].split("Judged from a case?\n")[1]
    assert judged.startswith("  Yes. What counts: ")
    assert "first response" in judged
    assert "Judged from a case?\n  No. It is about the landlord as a whole" in say("show", "6.1")[1]


def test_show_as_json_tells_the_evidence_only_where_a_case_is_judged(say: Any) -> None:
    judged = json.loads(say("show", "6.3", "--json")[1])
    assert judged["judged_from_a_case"] is True
    assert "first response" in judged["counts_as_evidence"]
    assert "\n" not in judged["counts_as_evidence"]
    left_to_people = json.loads(say("show", "6.1", "--json")[1])
    assert left_to_people["judged_from_a_case"] is False
    assert left_to_people["counts_as_evidence"] is None


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
def test_what_is_judged_is_what_the_rules_judge_and_each_says_its_evidence(say: Any, edition: str) -> None:
    sections = json.loads(say("list", "--json", "--edition", edition)[1])["sections"]
    said = [each["ref"] for part in sections for each in part["provisions"] if each["judged_from_a_case"]]
    assert said == list(checks.judged(edition))
    for ref in said:
        assert json.loads(say("show", ref, "--edition", edition, "--json")[1])["counts_as_evidence"]


def test_an_edition_without_rules_yet_says_that_it_cannot_tell(
    say: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_rules(edition: str, ref: str) -> None:
        raise ModuleNotFoundError(f"no checks for {edition}")

    monkeypatch.setattr(checks, "judgement", no_rules)
    assert "Judged from a case?\n  Cannot tell: this edition has no rules" in say("show", "6.3")[1]
    document = json.loads(say("show", "6.3", "--json")[1])
    assert (document["judged_from_a_case"], document["counts_as_evidence"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "6.21"), "Near it: 6.2, 6.1, 6.20"),
        (("show", "4c", "--edition", "2020"), "Near it: 4.c."),
        (("show", "5.18"), "The 2022 Code has one: add --edition 2022."),
        (("show", "1.1"), "only introduces its section"),
        (("show", "fridge"), "It runs from 1.2 to 9.8."),
        (("list", "--section", "12"), 'no section "12"'),
        (("list", "--section", "two"), 'no section "two"'),
        (("list", "--edition", "1999"), "Known editions: 2020, 2022, 2024."),
    ],
)
def test_bad_input_ends_with_2_and_says_what_there_is(
    say: Any, arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = say(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert err.startswith("putright code: ")


def test_a_ref_left_out_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["code", "show"])
    assert ended.value.code == 2
    assert "ref" in capsys.readouterr().err
