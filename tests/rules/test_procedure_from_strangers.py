"""Documents come from strangers: whatever one holds, it is read or refused by name, and never brings the check down."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaint_rules.policy_check import check, contradictions
from complaint_rules.procedure import BadProcedure, Procedure, read
from complaint_rules.procedure.schema import children, schema

WORDS = st.sampled_from(
    [
        "", "none", "no", "not stated", "in policy, not given", "same as exclusions", "10 working days",
        "5 days from receipt", "one month from the stage 1 response", "weekly", "20 working days from the panel",
        "no limit", "Stage 1", "Stage 2", "Informal stage", "Housing Ombudsman", "The Board", "Councillor Bloggs",
        "No new evidence", "Matters over six months old", "telephone", "email or letter", "always", "final_response",
        "manager", "2024", "2026-12-01", "soon", "over_twelve_months", "received", "logged", "reviewer", "'’\u00a0",
    ]
)  # fmt: skip
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 40), WORDS, st.just(date(2026, 12, 1)), st.floats()
)
LOOSE = [
    "says",
    "answer",
    "length",
    "unit",
    "starts",
    "in",
    "elsewhere",
    "person",
    "words",
    "as_code",
    "clock",
    "x",
]


def values_for(path: str, depth: int = 3) -> st.SearchStrategy[Any]:
    """A value that might stand at this path: of the right shape more often than not."""
    loose = st.dictionaries(st.sampled_from(LOOSE), PLAIN, max_size=4)
    anything = st.one_of(PLAIN, st.lists(st.one_of(PLAIN, loose), max_size=3), loose)
    kind = schema()[path]["kind"] if path else "mapping"
    if depth and kind == "mapping":
        return st.one_of(anything, documents(path, depth - 1))
    if depth and kind == "list":
        return st.one_of(anything, st.lists(values_for(f"{path}[]", depth - 1), max_size=4))
    return anything


def documents(path: str = "", depth: int = 3) -> st.SearchStrategy[Any]:
    """A mapping with some of the keys that may stand at this path."""
    keys = children(path)
    return st.lists(st.sampled_from(sorted(keys)), max_size=6, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({key: values_for(keys[key], depth) for key in chosen})
    )


def without_what_is_wrong(document: dict[str, Any]) -> Procedure:
    """The procedure in a document once the keys that are refused are taken out, as a person would."""
    left = {**document, "name": "made-up"}
    while True:
        try:
            return read(left)
        except BadProcedure as problem:
            wrong = {each.key.split(",")[0] for each in problem.problems if each.says}
        assert wrong & left.keys(), f"refused, with no key to blame: {wrong}"
        left = {key: value for key, value in left.items() if key not in wrong}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_is_read_or_refused_by_key_and_never_brings_the_check_down(
    document: dict[str, Any],
) -> None:
    procedure = without_what_is_wrong(document)
    for edition in ("2020", "2022", "2024"):
        for found in check(procedure, edition).values():
            assert found.says
    contradictions(procedure)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_a_worked_case_may_change_a_key_exactly_where_a_document_may_hold_it(
    document: dict[str, Any],
) -> None:
    for key, value in document.items():
        if key not in ("name", "edition"):
            assert is_refused(Procedure().with_changes, {key: value}) == is_refused(read_alone, {key: value})


def read_alone(**document: Any) -> Procedure:
    return read({"name": "made-up", **document})


def is_refused(reading: Callable[..., Procedure], document: dict[str, Any]) -> bool:
    try:
        reading(**document)
    except BadProcedure:
        return True
    return False


def test_a_procedure_can_be_copied_and_kept() -> None:
    procedure = read({"name": "x", "survey": True, "targets": {"acknowledge": "2 working days from receipt"}})
    assert pickle.loads(pickle.dumps(procedure)) == procedure == copy.deepcopy(procedure)
    assert hash(procedure) == hash(copy.deepcopy(procedure))
