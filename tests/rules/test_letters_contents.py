"""What each kind of letter must hold is data: whole for every edition, and a new edition only adds a file."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from complaint_rules import editions
from complaint_rules.checks import judged
from complaint_rules.editions import FOLDER, UnknownEdition
from complaint_rules.editions.provisions import provisions
from complaint_rules.letters import (
    KINDS,
    BadLetters,
    Draft,
    UnknownLetter,
    check_draft,
    check_words,
    elements,
    known_routes,
    letters,
)
from complaint_rules.letters.contents import load
from complaint_rules.letters.draft import _PARTS
from complaint_rules.letters.phrases import _entries, pattern
from complaint_rules.letters.words import DETECTORS

EDITIONS = ("2020", "2022", "2024")


def stopping(edition: str, kind: str, stage: int | None = None) -> list[tuple[str, str]]:
    found = elements(edition, kind, stage)
    return [
        (each.key, each.provision) for each in found if each.weight == "stops" and each.key != "legal_duties"
    ]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", [1, 2])
def test_every_edition_says_what_every_kind_of_letter_holds(edition: str, kind: str, stage: int) -> None:
    if kind == "declined_escalation" and stage == 1:
        with pytest.raises(UnknownLetter):
            elements(edition, kind, stage)
        return
    found = elements(edition, kind, stage)
    assert found
    assert all(each.label[0].islower() and not each.label.endswith(".") for each in found)


def test_2022_asks_six_things_of_stage_1_and_seven_of_stage_2() -> None:
    six = ["stage", "decision", "reasons", "remedy", "outstanding_actions", "way_to_stage_2"]
    assert stopping("2022", "response", 1) == [(key, "5.8") for key in six]
    seven = [
        "stage",
        "definition",
        "decision",
        "reasons",
        "remedy",
        "outstanding_actions",
        "way_to_ombudsman",
    ]
    assert stopping("2022", "response", 2) == [(key, "5.16") for key in seven]


def test_2024_asks_seven_things_of_each() -> None:
    seven = ["stage", "definition", "decision", "reasons", "remedy", "outstanding_actions"]
    assert stopping("2024", "response", 1) == [(key, "6.9") for key in [*seven, "way_to_stage_2"]]
    assert stopping("2024", "response", 2) == [(key, "6.19") for key in [*seven, "way_to_ombudsman"]]


def test_2020_asks_only_for_the_way_on() -> None:
    assert stopping("2020", "response", 1) == [("way_to_stage_2", "4.d")]
    assert stopping("2020", "response", 2) == [("way_to_ombudsman", "3.f")]


def test_2024_gives_ombudsman_details_with_every_extension_2022_where_not_agreed_2020_never() -> None:
    details = {
        (edition, stage): [
            (e.provision, e.required) for e in elements(edition, "extension", stage) if "omb" in e.key
        ]
        for edition in EDITIONS
        for stage in (1, 2)
    }
    assert details == {
        ("2020", 1): [],
        ("2020", 2): [],
        ("2022", 1): [("5.3", "not_agreed")],
        ("2022", 2): [("5.15", "not_agreed")],
        ("2024", 1): [("6.5", "always")],
        ("2024", 2): [("6.16", "always")],
    }


def test_only_2024_says_what_we_are_not_responsible_for() -> None:
    asked = {edition: [key for key, _ in stopping(edition, "acknowledgement", 1)] for edition in EDITIONS}
    assert asked["2024"] == ["definition", "outcomes", "responsible_for", "question"]
    assert asked["2022"] == ["definition", "outcomes", "question"]
    assert asked["2020"] == []


@pytest.mark.parametrize(
    ("edition", "ref"), [("2020", "refusal_explained"), ("2022", "1.9"), ("2024", "2.4")]
)
def test_a_refusal_gives_reasons_and_the_right_to_go_to_the_ombudsman(edition: str, ref: str) -> None:
    assert stopping(edition, "refusal") == [
        ("refusal_reasons", ref),
        ("way_to_ombudsman", ref),
        ("elsewhere", "elsewhere"),
    ]


@pytest.mark.parametrize(("edition", "ref"), [("2020", "6.d"), ("2022", "5.9"), ("2024", "5.11")])
def test_a_declined_escalation_gives_the_same(edition: str, ref: str) -> None:
    assert [ref for _, ref in stopping(edition, "declined_escalation", 2)] == [ref, ref, "elsewhere"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_provision_named_is_one_of_the_edition(edition: str) -> None:
    for letter in letters(edition):
        for each in letter.elements:
            assert each.provision in provisions(edition) or each.provision[0].isalpha(), each


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_provisions_of_a_response_are_those_that_the_letter_check_judges(edition: str) -> None:
    by_letter = {ref for stage in (1, 2) for key, ref in stopping(edition, "response", stage)}
    assert by_letter == {
        ref for ref, check in judged(edition).items() if "letter_holds_everything" in check.__code__.co_names
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_element_can_be_looked_for_in_a_draft_and_in_words(edition: str) -> None:
    keys = {each.key for letter in letters(edition) for each in letter.elements}
    assert keys <= set(_PARTS)
    assert keys - {"legal_duties", "no_reason_asked"} <= set(DETECTORS)


def test_every_phrase_can_be_read() -> None:
    for key, entry in _entries().items():
        assert pattern(key)
        assert set(entry) <= {"says", "heads", "signs"}, key
        assert len(set(entry["says"])) == len(entry["says"]), key


# A new edition


def new_edition(home: Path, letters_file: str | None) -> Path:
    """A made-up edition of 2031 beside the others: a copy of 2024 whose letters are its own."""
    for each in FOLDER.glob("code_*"):
        shutil.copytree(each, home / each.name)
    made = home / "code_2031"
    shutil.copytree(FOLDER / "code_2024", made)
    timetable = (made / "timetable.toml").read_text().replace('"2024"', '"2031"')
    (made / "timetable.toml").write_text(timetable.replace("2024-04-01", "2031-04-01"))
    (made / "letters.toml").unlink()
    if letters_file is not None:
        (made / "letters.toml").write_text(letters_file)
    return home


LETTERS_OF_2031 = """
edition = "2031"

[[letters]]
kind = "response"
elements = [
    { key = "stage", label = "which stage this is", provision = "9.1" },
    { key = "learning", label = "what we learned", provision = "9.2", words = ["learn*", "next time"] },
    { key = "mood", label = "how we feel", provision = "9.3" },
]

[[letters]]
kind = "sonnet"
elements = [{ key = "rhyme", label = "a rhyme", provision = "9.4", words = ["moon"], weight = "look_again" }]
"""


def test_a_new_edition_adds_a_file_and_changes_none(tmp_path: Path) -> None:
    home = new_edition(tmp_path, LETTERS_OF_2031)
    assert [each.key for each in elements("2031", "response", 2, home)] == ["stage", "learning", "mood"]
    assert check_words("Goodbye.", "response", 1, "2031", folder=home).lacks == ("stage", "learning")
    assert check_words("Stage 1. We learnt a lot.", "response", 1, "2031", folder=home).lacks == ()
    assert check_words("First answer. Next time, more.", "response", 1, "2031", folder=home).lacks == ()
    assert check_words("Goodbye.", "sonnet", None, "2031", folder=home).lacks == ()
    assert elements("2024", "response", 1, home) == elements("2024", "response", 1)
    draft = Draft(kind="response", stage=1, edition="2031", points=("damp",), texts=("We learned much.",))
    checked = check_draft(draft, folder=home)
    assert [each.key for each in checked.present] == ["stage", "learning", "mood"]
    assert {lack.key for lack in checked.stops} == {"decision", "reasons"}
    sonnet = check_draft(Draft(kind="sonnet", stage=None, edition="2031"), folder=home)
    assert [(remark.key, remark.ref) for remark in sonnet.look_again] == [("rhyme", "9.4")]


ONE = '{ key = "a", label = "b", provision = "c" }'
WRONG = [
    ("letters = 1 = 2", "letters.toml"),
    ('edition = "2031"', "at least one letter"),
    ("[[letters]]\nkind = 3", "needs a kind"),
    ('[[letters]]\nkind = "response"', "needs elements"),
    ('[[letters]]\nkind = "response"\nstage = "1"', "stage must be a number"),
    ('[[letters]]\nkind = "r"\nelements = [{ key = "a" }]', "needs label"),
    ('[[letters]]\nkind = "r"\nelements = [{ key = "a", label = "b", provision = " " }]', "needs provision"),
    (f'[[letters]]\nkind = "r"\nelements = [{ONE[:-1]}, weight = "d" }}]', "weight must"),
    (f'[[letters]]\nkind = "r"\nelements = [{ONE[:-1]}, required = "d" }}]', "required must"),
    (f'[[letters]]\nkind = "r"\nelements = [{ONE[:-1]}, colour = "d" }}]', "colour"),
    (f'[[letters]]\nkind = "r"\nelements = [{ONE}]\n' * 2, "twice"),
    (f'[[letters]]\nkind = "r"\nelements = [{ONE}, {ONE}]', "key of its own"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "letters.toml").write_text(text)
    with pytest.raises(BadLetters, match=says):
        load(tmp_path)


def test_an_edition_without_its_file_or_of_no_name_is_an_error(tmp_path: Path) -> None:
    home = new_edition(tmp_path, None)
    with pytest.raises(BadLetters, match="is missing"):
        elements("2031", "response", 1, home)
    with pytest.raises(UnknownEdition, match="2030"):
        elements("2030", "response", 1, home)
    assert set(editions.all_editions()) == set(EDITIONS)


# Where else to go


def test_the_last_day_of_a_route_counts_the_day_of_being_told() -> None:
    routes = known_routes()
    assert routes["homelessness_review"].last_day(date(2026, 12, 1)) == date(2026, 12, 21)
    assert routes["introductory_tenancy_review"].last_day(date(2024, 2, 28)) == date(2024, 3, 12)
    assert routes["insurer"].last_day(date(2026, 12, 1)) is None


def test_the_routes_are_those_that_a_refusal_may_name() -> None:
    assert {"statutory_review", "appeal", "tribunal", "insurer", "monitoring_officer", "audit"} <= set(
        known_routes()
    )
