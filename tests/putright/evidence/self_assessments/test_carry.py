"""What an earlier form brings forward: what stands, what is asked again, and from where."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from complaint_rules.editions.crosswalk import counterparts
from complaint_rules.editions.provisions import provisions
from putright.evidence.self_assessments.carry import carry, changes_of, sources_of
from putright.evidence.self_assessments.models import ProvisionAnswer


def row(ref: str, answer: str = "yes", **given: Any) -> ProvisionAnswer:
    return ProvisionAnswer(provision=ref, answer=answer, **given)


@pytest.mark.parametrize("before", ["2020", "2022", "2024"])
def test_every_provision_of_the_edition_is_there_once(before: str) -> None:
    assert list(carry([], before, "2024")) == list(provisions("2024"))


def test_to_the_same_edition_an_answer_stands_with_all_its_words() -> None:
    found = carry([row("6.3", "no", comment="c", why_not="w", comply_by=date(2026, 5, 1))], "2024", "2024")[
        "6.3"
    ]
    assert (found.answer, found.comment, found.why_not, found.comply_by) == ("no", "c", "w", date(2026, 5, 1))
    assert found.sources == ("6.3",)
    assert not found.asked_again


def test_what_an_edition_changed_is_marked_and_asked_again_with_the_words_kept() -> None:
    found = carry([row("1.4", "yes", comment="In our policy.")], "2022", "2024")["1.4"]
    assert (found.answer, found.comment, found.asked_again) == ("", "In our policy.", True)
    assert "should, now must" in " ".join(found.changes)


def test_what_is_new_is_asked_and_comes_from_nowhere() -> None:
    found = carry([row("1.8")], "2022", "2024")["2.5"]
    assert (found.sources, found.answer, found.asked_again) == ((), "", True)


def test_what_did_not_change_stands() -> None:
    unchanged = [
        ref
        for ref in provisions("2024")
        if not changes_of("2022", "2024", ref) and len(sources_of("2022", "2024", ref)) == 1
    ]
    assert {"5.12", "6.13", "7.3"} <= set(unchanged)
    for ref in unchanged:
        source = sources_of("2022", "2024", ref)[0]
        found = carry([row(source, "yes", comment="As before.")], "2022", "2024")[ref]
        assert (found.answer, found.comment, found.asked_again) == ("yes", "As before.", False), ref


def joined(before: str, now: str) -> str:
    return next(ref for ref in provisions(now) if len(sources_of(before, now, ref)) > 1)


@pytest.mark.parametrize("before", ["2020", "2022"])
def test_several_that_became_one_list_every_source_and_name_whose_words_they_are(before: str) -> None:
    ref = joined(before, "2024")
    sources = sources_of(before, "2024", ref)
    found = carry([row(each, "yes", comment=f"Said of {each}.") for each in sources], before, "2024")[ref]
    assert found.sources == sources
    for each in sources:
        assert f"From {each}: Said of {each}." in found.comment


def test_several_that_differ_are_asked_again() -> None:
    ref = joined("2022", "2024")
    first, *rest = sources_of("2022", "2024", ref)
    found = carry([row(first, "no"), *(row(each, "yes") for each in rest)], "2022", "2024")[ref]
    assert (found.answer, found.asked_again) == ("", True)


def test_a_no_to_what_was_split_is_asked_again_of_each_part() -> None:
    split = [ref for ref in provisions("2022") if len(counterparts("2022", ref).get("2024", ())) > 1]
    assert split
    for source in split:
        for part in counterparts("2022", source)["2024"]:
            found = carry([row(source, "no")], "2022", "2024")[part]
            assert (found.answer, found.asked_again) == ("", True), (source, part)


def test_from_2020_what_both_later_editions_changed_is_told_oldest_first() -> None:
    found = changes_of("2020", "2024", "1.2")
    assert found == tuple(dict.fromkeys(found))
    assert set(changes_of("2022", "2024", "1.2")) <= set(found)
