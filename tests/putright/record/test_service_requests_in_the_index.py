"""The index knows which service requests wait, and since when."""

from __future__ import annotations

from datetime import date

from cast import Cast


def test_a_service_request_waits_until_it_is_answered(cast: Cast) -> None:
    case = cast.receive("2026-11-16T09:30")
    assert case.service_request_since is None
    cast.do("treat_as_service_request", case, at="2026-11-17T09:30", reason="A repair.", resident_agrees=True)
    assert cast.fresh(case).service_request_since == date(2026, 11, 16)
    cast.do(
        "answer_service_request", case, at="2026-11-20T09:30", answer="We come on Monday.", satisfied=True
    )
    assert cast.fresh(case).service_request_since is None


def test_entries_of_several_cases_are_read_in_one_statement(cast: Cast, django_assert_num_queries) -> None:
    from putright.record.journal import queries

    cases = [cast.open(), cast.receive(), cast.receive()]
    wanted = [case.pk for case in cases[:2]]
    with django_assert_num_queries(1):
        entries = queries.of_cases(cast.landlord.pk, wanted)
    assert {number: [each.number for each in found] for number, found in entries.items()} == {
        cases[0].pk: [1, 2, 3],
        cases[1].pk: [1],
    }
    with django_assert_num_queries(1):
        texts = queries.texts_of_cases(cast.landlord.pk, wanted)
    assert texts == {number: queries.texts_of_case(cast.landlord.pk, number) for number in wanted}
    assert queries.of_cases(cast.other_landlord.pk, wanted) == {}
