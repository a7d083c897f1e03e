"""Teams: what they are called stays in step on their people, their views, and what was promised in their name."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast


def given(cast: Cast, by: str = "administrator") -> dict[str, Any]:
    return {"by": cast.actor(by), "at": cast.clock.now}


def team(cast: Cast, name: str = "Repairs", **more: Any) -> Any:
    from putright.record.accounts import actions

    return actions.describe_team(cast.landlord, name, **more, **given(cast))


def put_in(cast: Cast, who: str, name: str) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.users[who]).update(team=name)


def team_of(cast: Cast, who: str) -> str:
    from putright.record.accounts.models import Membership

    return Membership.objects.get(user=cast.users[who]).team


def test_a_team_that_people_are_in_is_one_before_anybody_describes_it(cast: Cast) -> None:
    from putright.record.accounts.queries import teams_at

    put_in(cast, "investigator", "Repairs")
    team(cast, "Estates")
    assert teams_at(cast.landlord.pk) == ["Estates", "Repairs"]
    assert teams_at(cast.other_landlord.pk) == []


def test_another_name_is_written_on_its_people_and_its_views(cast: Cast) -> None:
    from putright.record.accounts.models import Membership, SavedView
    from putright.record.accounts.queries import names_of_team

    put_in(cast, "investigator", "Repairs")
    put_in(cast, "stranger", "Repairs")
    SavedView.objects.create(landlord=cast.landlord, user=cast.officer, team="Repairs", name="Late", query="")
    made = team(
        cast, "Homes and repairs", was="Repairs", purpose="Mends homes", senior=cast.service_manager.pk
    )
    assert team_of(cast, "investigator") == "Homes and repairs"
    assert Membership.objects.get(user=cast.stranger).team == "Repairs"
    assert SavedView.objects.get().team == "Homes and repairs"
    assert made.senior == cast.service_manager
    assert names_of_team(cast.landlord.pk, "Homes and repairs") == ["Homes and repairs", "Repairs"]


def test_it_keeps_every_name_it_ever_had_but_the_one_it_has(cast: Cast) -> None:
    from putright.record.accounts.queries import names_of_team

    team(cast, "Repairs")
    team(cast, "Homes", was="Repairs")
    team(cast, "Repairs", was="Homes")
    assert names_of_team(cast.landlord.pk, "Repairs") == ["Repairs", "Homes"]


def test_two_teams_never_have_one_name(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible

    put_in(cast, "investigator", "Repairs")
    team(cast, "Estates")
    with pytest.raises(NotPossible, match="already"):
        team(cast, "repairs", was="Estates")
    with pytest.raises(NotPossible, match="already"):
        team(cast, "REPAIRS")


def test_only_the_capitals_can_change(cast: Cast) -> None:
    put_in(cast, "investigator", "repairs")
    team(cast, "Repairs", was="repairs")
    assert team_of(cast, "investigator") == "Repairs"


def test_a_team_with_people_in_it_does_not_end(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.accounts.queries import teams_at
    from putright.record.landlords.own_chain import NotPossible

    team(cast)
    put_in(cast, "investigator", "Repairs")
    with pytest.raises(NotPossible, match="People are in it"):
        actions.end_team(cast.landlord, "Repairs", **given(cast))
    put_in(cast, "investigator", "")
    actions.end_team(cast.landlord, "Repairs", **given(cast))
    assert teams_at(cast.landlord.pk) == []


def test_a_senior_person_works_here(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible

    with pytest.raises(NotPossible, match="works here"):
        team(cast, senior=cast.stranger.pk)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0b"])
def test_a_name_that_will_not_do_is_refused(cast: Cast, name: str) -> None:
    from putright.record.landlords.own_chain import NotPossible

    with pytest.raises(NotPossible):
        team(cast, name)
