"""Who may sign in and do what at a landlord: invited, changed, switched off and on."""

from __future__ import annotations

from typing import Any

import pytest
from cast import PASSWORD, Cast

from complaint_rules.roles import ROLES


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def given(cast: Cast, by: str = "administrator") -> dict[str, Any]:
    return {"by": cast.actor(by), "at": cast.clock.now}


def place(*roles: str, **more: str) -> Any:
    from putright.record.accounts.actions import Place

    return Place(roles or ("investigator",), **more)


def member(cast: Cast, who: str) -> Any:
    from putright.record.accounts.models import Membership

    return Membership.objects.get(user=cast.users[who])


def invite(cast: Cast, email: str = "new@tern-valley.example", by: str = "administrator", **more: Any) -> Any:
    from putright.record.accounts import actions

    landlord = more.pop("landlord", cast.landlord)
    wanted = more.pop("place", place())
    return actions.invite(landlord, email, "Nia Wells", wanted, **given(cast, by), **more)


def entries(cast: Cast) -> list[str]:
    from putright.record.journal.models import Entry

    own = Entry.objects.filter(landlord=cast.landlord.pk, case=0).order_by("number")
    return list(own.values_list("verb", flat=True))


def second_administrator(cast: Cast) -> Any:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.colleague).update(roles=["administrator"])
    cast.roles["colleague"] = "administrator"
    return cast.colleague


def test_whoever_is_invited_waits_until_they_take_it_up(cast: Cast) -> None:
    from putright.record.accounts.queries import at_work, names_at, standing

    new, link = invite(cast, place=place("investigator", "reviewer", title="Surveyor", seniority="manager"))
    assert (new.state, new.roles) == ("invited", ["investigator", "reviewer"])
    assert not new.user.has_usable_password()
    assert len(link) >= 43
    assert "Nia Wells" not in names_at(cast.landlord.pk)
    assert not at_work(cast.landlord.pk).filter(pk=new.pk).exists()
    assert standing(new, cast.clock.now) == "invited"
    assert entries(cast) == ["invite_user", "make_sign_in_link"]


def test_names_and_addresses_stand_beside_the_entry_and_not_in_it(cast: Cast) -> None:
    from putright.record.journal.models import Entry, Text

    new, link = invite(cast)
    told = " ".join(str(entry.data) for entry in Entry.objects.filter(case=0))
    assert str(new.user_id) in told
    for secret in ("Nia", "new@tern", link):
        assert secret not in told
    assert set(Text.objects.values_list("text", flat=True)) == {"Nia Wells", "new@tern-valley.example"}


@pytest.mark.parametrize(
    ("email", "field"),
    [
        ("", "email"),
        ("x", "email"),
        ("a@b", "email"),
        ("officer@tern-valley.example", "email"),
        ("a\0@b.example", "email"),
    ],
)
def test_an_address_that_will_not_do_is_refused(cast: Cast, email: str, field: str) -> None:
    from putright.record.landlords.own_chain import NotPossible

    with pytest.raises(NotPossible) as refused:
        invite(cast, email)
    assert refused.value.field == field
    assert entries(cast) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": None},
        {"roles": ("emperor",)},
        {"roles": ("auditor", "emperor")},
        {"team": "Nowhere"},
        {"seniority": "king"},
        {"title": "x" * 101},
        {"title": "a\0b"},
    ],
    ids=str,
)
def test_a_place_that_is_not_there_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    from putright.record.accounts.actions import Place
    from putright.record.landlords.own_chain import NotPossible

    wrong = {"roles": ()} if "place" in wrong else {"roles": ("auditor",)} | wrong
    with pytest.raises(NotPossible):
        invite(cast, place=Place(**wrong))
    assert entries(cast) == []


def test_every_role_that_the_rules_know_can_be_given(cast: Cast) -> None:
    new, _ = invite(cast, place=place(*ROLES))
    assert new.roles == list(ROLES)


def test_nobody_is_invited_twice(cast: Cast) -> None:
    from putright.record.landlords.own_chain import NotPossible

    invite(cast)
    with pytest.raises(NotPossible, match="invited already"):
        invite(cast, " NEW@tern-valley.example ")


def test_the_same_request_twice_invites_once_and_tells_the_link_once(cast: Cast) -> None:
    _, link = invite(cast, key="once")
    again, none = invite(cast, key="once")
    assert link
    assert none == ""
    assert again.user.memberships.count() == 1


def test_what_somebody_is_here_changes_and_what_they_are_elsewhere_does_not(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.accounts.models import Membership

    theirs = Membership.objects.create(user=cast.officer, landlord=cast.other_landlord, roles=["auditor"])
    here = Membership.objects.get(user=cast.officer, landlord=cast.landlord)
    actions.change_place(here, place("reviewer", title="Head of homes"), **given(cast))
    here.refresh_from_db()
    theirs.refresh_from_db()
    assert (here.roles, here.title) == (["reviewer"], "Head of homes")
    assert theirs.roles == ["auditor"]


def test_nobody_changes_their_own_entry(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.landlords.own_chain import NotPossible

    second_administrator(cast)
    own = member(cast, "administrator")
    tries = (
        lambda: actions.change_place(own, place("administrator", "complaints_officer"), **given(cast)),
        lambda: actions.switch_off(own, reason="x", **given(cast)),
        lambda: actions.new_link(own, **given(cast)),
    )
    for attempt in tries:
        with pytest.raises(NotPossible, match="your own entry"):
            attempt()
    assert entries(cast) == []
    actions.change_place(own, place("administrator", "complaints_officer"), **given(cast, "colleague"))
    assert member(cast, "administrator").roles == ["complaints_officer", "administrator"]


def test_the_last_administrator_stays(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.accounts.models import Membership
    from putright.record.landlords.own_chain import NotPossible

    second_administrator(cast)
    other = member(cast, "administrator")
    Membership.objects.filter(user=cast.colleague).update(state="off")
    for attempt in (
        lambda: actions.switch_off(other, reason="x", **given(cast, "colleague")),
        lambda: actions.change_place(other, place("auditor"), **given(cast, "colleague")),
    ):
        with pytest.raises(NotPossible, match="only administrator"):
            attempt()
    cast.colleague.is_active = True
    Membership.objects.filter(user=cast.colleague).update(state="on")
    actions.switch_off(other, reason="Left us", **given(cast, "colleague"))
    assert member(cast, "administrator").state == "off"


def test_an_administrator_who_is_only_invited_does_not_count_as_another(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.accounts.models import Membership
    from putright.record.landlords.own_chain import NotPossible

    second_administrator(cast)
    Membership.objects.filter(user=cast.colleague).update(state="invited")
    with pytest.raises(NotPossible, match="only administrator"):
        actions.switch_off(member(cast, "administrator"), reason="x", **given(cast, "colleague"))


def test_whoever_is_switched_off_is_out_at_the_next_thing_they_do(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.accounts.queries import handlers_at

    client = cast.client("investigator")
    assert client.get("/").status_code == 200
    actions.switch_off(member(cast, "investigator"), reason="Left us", **given(cast))
    assert client.get("/").status_code == 302
    assert client.post("/sign-out").status_code == 302
    assert cast.investigator.pk not in dict(handlers_at(cast.landlord.pk))


def test_a_session_from_before_is_dead_when_they_are_switched_on_again(cast: Cast) -> None:
    from putright.record.accounts import actions

    client = cast.client("investigator")
    actions.switch_off(member(cast, "investigator"), reason="Laptop stolen", **given(cast))
    actions.switch_on(member(cast, "investigator"), **given(cast))
    assert member(cast, "investigator").state == "on"
    assert client.get("/").status_code == 302
    cast.users["investigator"].refresh_from_db()
    assert cast.client("investigator").get("/").status_code == 200


def test_whoever_works_elsewhere_goes_on_there(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.accounts.models import Membership

    Membership.objects.create(user=cast.investigator, landlord=cast.other_landlord, roles=["investigator"])
    client = cast.client("investigator")
    client.post("/choose-landlord", {"landlord": str(cast.landlord.pk)})
    assert client.get("/").status_code == 200
    here = Membership.objects.get(user=cast.investigator, landlord=cast.landlord)
    actions.switch_off(here, reason="Left us", **given(cast))
    page = client.get("/")
    assert page.status_code == 200
    assert "Heron Court Housing" in page.content.decode()
    assert "Tern Valley Homes" not in page.content.decode()


def test_switching_off_wants_a_reason_and_is_done_once(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.landlords.own_chain import NotPossible

    with pytest.raises(NotPossible, match="reason"):
        actions.switch_off(member(cast, "officer"), reason=" ", **given(cast))
    actions.switch_off(member(cast, "officer"), reason="Left us", **given(cast))
    actions.switch_off(member(cast, "officer"), reason="Left us", **given(cast))
    assert entries(cast) == ["switch_off_user"]


def test_a_place_changed_by_another_meanwhile_is_not_written_over(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.landlords.own_chain import ChangedMeanwhile

    here = member(cast, "officer")
    actions.change_place(here, place("reviewer"), read_at=here.entry, **given(cast))
    with pytest.raises(ChangedMeanwhile):
        actions.change_place(here, place("auditor"), read_at=here.entry, **given(cast))
    assert member(cast, "officer").roles == ["reviewer"]


@pytest.mark.parametrize("who", ["officer", "auditor", "board_member", "stranger"])
def test_only_an_administrator_changes_anybody(cast: Cast, who: str) -> None:
    from putright.record.accounts import actions
    from putright.record.landlords.own_chain import NotForThisRole

    here = member(cast, "investigator")
    for attempt in (
        lambda: invite(cast, by=who),
        lambda: actions.change_place(here, place("auditor"), **given(cast, who)),
        lambda: actions.switch_off(here, reason="x", **given(cast, who)),
        lambda: actions.switch_on(here, **given(cast, who)),
        lambda: actions.new_link(here, **given(cast, who)),
        lambda: actions.describe_team(cast.landlord, "Repairs", **given(cast, who)),
    ):
        with pytest.raises(NotForThisRole):
            attempt()
    assert entries(cast) == []


def test_who_has_not_signed_in_for_ninety_days_is_dormant(cast: Cast) -> None:
    from putright.record.accounts.models import User
    from putright.record.accounts.queries import standing

    def of(days: int | None) -> str:
        from datetime import timedelta

        last = cast.clock.now - timedelta(days=days) if days is not None else None
        User.objects.filter(pk=cast.officer.pk).update(last_login=last)
        return standing(member(cast, "officer"), cast.clock.now)

    assert of(None) == "active", "Nothing says how long they have been here."
    assert of(89) == "active"
    assert of(91) == "dormant"


def test_signing_in_keeps_when_it_was(cast: Cast) -> None:
    from django.test import Client

    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    Client().post("/sign-in", {"email": cast.officer.email, "password": PASSWORD})
    cast.officer.refresh_from_db()
    assert cast.officer.last_login == cast.clock.now


def test_two_who_switch_each_other_off_leave_one(cast: Cast) -> None:
    from putright.record.accounts import actions
    from putright.record.landlords.own_chain import NotPossible

    second_administrator(cast)
    actions.switch_off(member(cast, "administrator"), reason="x", **given(cast, "colleague"))
    with pytest.raises(NotPossible, match="only administrator"):
        actions.switch_off(member(cast, "colleague"), reason="y", **given(cast))
