"""What the evidence of a provision bears, and what stands against an answer."""

from __future__ import annotations

from typing import Any

import pytest

from complaint_rules.findings import Verdict
from complaint_rules.self_assessment import Counts, Evidence, Paper, disagreements, never_arose, suggest

MET, LATE, MIXED = Counts(met=20), Counts(breached=3), Counts(met=231, breached=19, open=12, cannot_tell=2)
POLICY_MET = {"policy": Verdict.MET}
POLICY_DEPARTS = {"policy": Verdict.BREACHED, "policy_says": "Line 12: an informal stage."}
CURRENT, OLD, GONE = Paper("Complaints policy"), Paper("Leaflet", "out_of_date"), Paper("Page", "unreachable")


@pytest.mark.parametrize(
    ("evidence", "answer"),
    [
        ({}, "cannot_tell"),
        ({"counts": MET}, "yes"),
        ({"counts": LATE}, "no"),
        ({"counts": MIXED}, "partly"),
        ({"counts": Counts()}, "cannot_tell"),
        ({"counts": Counts(open=4)}, "cannot_tell"),
        ({"counts": Counts(cannot_tell=4)}, "cannot_tell"),
        ({"counts": Counts(), **POLICY_MET}, "yes"),
        ({"counts": MET, **POLICY_MET}, "yes"),
        ({"counts": MIXED, **POLICY_MET}, "partly"),
        ({"counts": LATE, **POLICY_MET}, "partly"),
        ({"counts": MET, **POLICY_DEPARTS}, "partly"),
        ({"counts": MIXED, **POLICY_DEPARTS}, "no"),
        (POLICY_MET, "yes"),
        (POLICY_DEPARTS, "no"),
        ({"policy": Verdict.CANNOT_TELL}, "cannot_tell"),
        ({"policy": Verdict.NOT_APPLICABLE}, "not_applicable"),
        ({"policy": Verdict.NOT_APPLICABLE, "counts": Counts()}, "not_applicable"),
        ({"policy": Verdict.NOT_APPLICABLE, "counts": LATE}, "no"),
        ({"papers": (CURRENT,)}, "yes"),
        ({"papers": (OLD,)}, "partly"),
        ({"papers": (GONE,)}, "partly"),
        ({"papers": (CURRENT, OLD)}, "yes"),
        ({"papers": (CURRENT,), "counts": LATE}, "partly"),
        ({"done": 12, "done_says": "letters sent with the Ombudsman's details"}, "yes"),
        ({"done": 0}, "cannot_tell"),
    ],
)
def test_a_suggestion_is_never_more_than_its_evidence_bears(evidence: dict[str, Any], answer: str) -> None:
    assert suggest(Evidence(**evidence)).answer == answer


def test_every_reason_names_its_figures() -> None:
    reasons = suggest(Evidence(counts=MIXED, papers=(CURRENT, OLD), **POLICY_DEPARTS)).reasons
    assert reasons == (
        "231 of 250 judged met it. 19 did not.",
        "The procedure departs from the Code. Line 12: an informal stage.",
        "2 documents support it. Weaker: Leaflet is past its review day.",
    )


def test_never_having_arisen_is_said_and_counted() -> None:
    nothing = Evidence(counts=Counts(), papers=(CURRENT,))
    assert suggest(nothing).reasons[0] == "It never arose: 0 cases."
    assert never_arose([nothing, Evidence(counts=MET), Evidence()]) == 1


@pytest.mark.parametrize(
    ("answer", "evidence", "codes"),
    [
        (None, {"counts": LATE}, []),
        ("yes", {"counts": MET}, []),
        ("yes", {"counts": MIXED}, ["better_than_record"]),
        ("yes", POLICY_DEPARTS, ["better_than_record"]),
        ("yes", {}, ["no_evidence"]),
        ("yes", {"papers": (OLD,)}, ["better_than_record"]),
        ("partly", {"counts": LATE}, ["better_than_record", "unexplained", "undated"]),
        ("no", {"counts": LATE}, ["unexplained", "undated"]),
        ("no", {"counts": MET}, ["worse_than_record", "unexplained", "undated"]),
        ("not_applicable", {"counts": MET}, ["better_than_record"]),
        ("not_applicable", {"counts": Counts()}, []),
    ],
)
def test_what_stands_against_an_answer(answer: Any, evidence: dict[str, Any], codes: list[str]) -> None:
    given = Evidence(**evidence)
    found = disagreements(answer, suggest(given), given, is_must=True)
    assert [each.code for each in found] == codes


def test_not_complying_with_what_is_only_best_practice_owes_no_explanation() -> None:
    given = Evidence(counts=LATE)
    assert disagreements("no", suggest(given), given, is_must=False) == ()
    assert disagreements("no", suggest(given), given, is_must=True, explained=True, dated=True) == ()


def test_the_record_is_quoted_against_yes() -> None:
    given = Evidence(counts=MIXED)
    (found,) = disagreements("yes", suggest(given), given, is_must=True)
    assert found.says == "You say Yes. The record shows 19 cases that did not meet it."
