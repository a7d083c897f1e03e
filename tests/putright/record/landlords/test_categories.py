"""A landlord's categories: in order, mapped to others' lists, retired and never deleted."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast


def given(cast: Cast, by: str = "administrator") -> dict[str, Any]:
    return {"by": cast.actor(by), "at": cast.clock.now}


def names(cast: Cast) -> list[str]:
    from putright.record.landlords.queries import categories

    return categories(cast.landlord.pk)


def make(cast: Cast, *wanted: str) -> list[Any]:
    from putright.record.landlords import categories

    return [categories.add(cast.landlord.pk, name, **given(cast)) for name in wanted]


def test_a_landlord_begins_with_none_and_may_begin_from_ours(cast: Cast) -> None:
    from putright.record.landlords import categories

    assert names(cast) == []
    assert categories.begin_from_ours(cast.landlord.pk, **given(cast)) == len(categories.STARTERS)
    assert names(cast)[:2] == ["Repairs", "Damp and mould"]
    assert categories.begin_from_ours(cast.landlord.pk, **given(cast)) == 0


def test_those_it_has_already_are_left_as_they_are(cast: Cast) -> None:
    from putright.record.landlords import categories
    from putright.record.landlords.models import Category

    make(cast, "REPAIRS")
    assert categories.begin_from_ours(cast.landlord.pk, **given(cast)) == len(categories.STARTERS) - 1
    assert Category.objects.filter(name__iexact="repairs").count() == 1


def test_they_are_put_in_order_one_place_at_a_time(cast: Cast) -> None:
    from putright.record.landlords import categories

    _, b, c = make(cast, "A", "B", "C")
    categories.move(c, True, **given(cast))
    assert names(cast) == ["A", "C", "B"]
    categories.move(b, False, **given(cast))
    assert names(cast) == ["A", "C", "B"]


def test_one_that_is_retired_is_no_longer_chosen_and_can_come_back_last(cast: Cast) -> None:
    from putright.record.landlords import categories

    a, _ = make(cast, "A", "B")
    categories.retire(a, reason="Never used", **given(cast))
    assert names(cast) == ["B"]
    categories.bring_back(a, **given(cast))
    assert names(cast) == ["B", "A"]


def test_a_case_keeps_the_category_it_was_given(cast: Cast) -> None:
    from putright.record.landlords import categories

    [damp] = make(cast, "Damp")
    case = cast.receive(category="Damp")
    categories.retire(damp, **given(cast))
    assert cast.fresh(case).category == "Damp"


def test_a_name_is_taken_once_whatever_its_capitals_or_spaces(cast: Cast) -> None:
    from putright.record.landlords import categories
    from putright.record.landlords.own_chain import NotPossible

    [damp] = make(cast, "Damp  and   mould")
    assert damp.name == "Damp and mould"
    with pytest.raises(NotPossible, match="already"):
        make(cast, "damp and MOULD")
    categories.retire(damp, **given(cast))
    with pytest.raises(NotPossible, match="Bring it back"):
        make(cast, "Damp and mould")


def test_a_mapping_changed_by_another_meanwhile_is_not_written_over(cast: Cast) -> None:
    from putright.record.landlords import categories
    from putright.record.landlords.own_chain import ChangedMeanwhile

    [damp] = make(cast, "Damp")
    read_at = damp.entry
    categories.map_to(damp, housemark="Repairs", ombudsman="", read_at=read_at, **given(cast))
    with pytest.raises(ChangedMeanwhile):
        categories.map_to(damp, housemark="Damp", ombudsman="", read_at=read_at, **given(cast))
    damp.refresh_from_db()
    assert damp.housemark == "Repairs"


def test_another_landlord_sees_none_of_them(cast: Cast) -> None:
    from putright.record.landlords.queries import categories

    make(cast, "Damp")
    assert categories(cast.other_landlord.pk) == []


def test_every_change_is_an_entry_of_the_landlords_chain(cast: Cast) -> None:
    from putright.record.journal.models import Entry
    from putright.record.landlords import categories

    a, _ = make(cast, "A", "B")
    categories.move(a, False, **given(cast))
    categories.map_to(a, housemark="x", ombudsman="y", **given(cast))
    categories.retire(a, **given(cast))
    verbs = list(Entry.objects.filter(landlord=cast.landlord.pk, case=0).values_list("verb", flat=True))
    assert verbs == ["add_category", "add_category", "move_category", "change_category", "retire_category"]


@pytest.mark.parametrize("who", ["officer", "auditor", "board_member"])
def test_only_an_administrator_changes_them(cast: Cast, who: str) -> None:
    from putright.record.landlords import categories
    from putright.record.landlords.own_chain import NotForThisRole

    with pytest.raises(NotForThisRole):
        categories.add(cast.landlord.pk, "Damp", **given(cast, who))
    assert names(cast) == []
