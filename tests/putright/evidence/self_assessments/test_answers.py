"""What a mark says: plain ones are read, doubtful ones named, and nothing is guessed."""

from __future__ import annotations

import pytest

from putright.evidence.self_assessments.importing.answers import is_answer, mark, ticked, together


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ("Yes", "yes"), ("yes.", "yes"), ("YES", "yes"), ("Y", "yes"), (" Yes ", "yes"), ("Compliant", "yes"),
        ("\u2713", "yes"), ("\u2714", "yes"), ("\u2611", "yes"),
        ("No", "no"), ("N", "no"), ("no", "no"), ("Non-compliant", "no"), ("\u2717", "no"), ("\u274c", "no"),
        ("Partial", "partly"), ("Partially", "partly"), ("partly", "partly"), ("1/2", "partly"), ("\u00bd", "partly"),
        ("Yes (partially)", "partly"), ("Yes and no", "partly"), ("In part", "partly"),
        ("N/A", "not_applicable"), ("n/a", "not_applicable"), ("NA", "not_applicable"), ("N.A.", "not_applicable"),
        ("Not applicable", "not_applicable"),
        ("", "blank"), ("   ", "blank"), ("_", "blank"), ("-", "blank"), ("...", "blank"), ("\u2610", "blank"),
        ("Yes/No", "unclear"), ("Yes / No", "unclear"), ("TBC", "unclear"), ("x", "unclear"),
        ("In progress", "unclear"),
        ("Note 1", "unclear"), ("Nottingham", "unclear"), ("Yesterday", "unclear"), ("12", "unclear"),
        ("North", "unclear"),        ("Not sure", "unclear"), ("Nobody", "unclear"),
    ],
)  # fmt: skip
def test_one_cell(printed: str, answer: str) -> None:
    found = mark(printed)
    assert found.answer == answer
    assert bool(found.doubt) == (answer == "unclear")


@pytest.mark.parametrize("slip", ["Voc", "Vaa", "163", "Ycs", "Yos", "Ves"])
def test_a_slip_for_yes_is_read_and_named(slip: str) -> None:
    found = mark(slip)
    assert found.answer == "yes"
    assert slip in found.doubt
    assert not is_answer(slip)


def test_words_after_the_answer_are_kept() -> None:
    assert mark("Yes - see section 4 of the policy").rest == "see section 4 of the policy"
    assert mark("No. We will by June").rest == "We will by June"


@pytest.mark.parametrize(
    ("yes", "no", "answer"),
    [
        ("x", "", "yes"), ("\u2713", "", "yes"), ("\u2717", "", "yes"), ("Y", "", "yes"),
        ("", "x", "no"), ("", "\u2713", "no"), ("", "No", "no"), ("", "\u2717", "no"),
        ("", "", "blank"), (" ", "-", "blank"),
        ("x", "x", "unclear"), ("Yes, in housing", "Not in the corporate policy", "unclear"),
        ("N/A", "", "not_applicable"), ("N/A", "N/A", "not_applicable"), ("Partly", "", "partly"),
        ("No", "", "unclear"), ("", "Yes", "unclear"),
        ("The housing service does", "", "yes"),
    ],
)  # fmt: skip
def test_two_columns(yes: str, no: str, answer: str) -> None:
    assert ticked(yes, no).answer == answer


def test_words_in_a_column_for_marks_are_commentary() -> None:
    assert ticked("The housing service does", "").rest == "The housing service does"


def test_marks_beside_parts_make_one_answer() -> None:
    assert together(["yes", "yes"]) == "yes"
    assert together(["yes", "no"]) == "partly"
    assert together(["yes", "not_applicable"]) == "yes"
    assert together(["yes", "unclear"]) == "unclear"
    assert together(["blank", "blank"]) == "blank"
