"""Links that set a password once: what they hold, how they end, and whom they never let in."""

from __future__ import annotations

from typing import Any

import pytest
from cast import PASSWORD, Cast
from django.core.exceptions import ValidationError

GOOD = "a quiet heron on the weir"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def given(cast: Cast, by: str = "administrator") -> dict[str, Any]:
    return {"by": cast.actor(by), "at": cast.clock.now}


def invite(cast: Cast, email: str = "new@tern-valley.example", landlord: Any = None) -> tuple[Any, str]:
    from putright.record.accounts import actions

    place = actions.Place(("investigator",))
    by = "administrator"
    return actions.invite(landlord or cast.landlord, email, "Nia Wells", place, **given(cast, by))


def member(cast: Cast, who: str = "officer") -> Any:
    from putright.record.accounts.models import Membership

    return Membership.objects.get(user=cast.users[who], landlord=cast.landlord)


def reset(cast: Cast, who: str = "officer") -> str:
    from putright.record.accounts import actions

    return actions.new_link(member(cast, who), **given(cast))[1]


def use(cast: Cast, link: str, password: str = GOOD) -> Any:
    from putright.record.accounts import actions

    return actions.use_link(link, password, at=cast.clock.now)


def test_an_invitation_sets_the_password_and_they_are_at_work(cast: Cast) -> None:
    from putright.record.accounts.queries import names_at

    new, link = invite(cast)
    user = use(cast, link)
    assert user == new.user
    assert user.check_password(GOOD)
    assert "Nia Wells" in names_at(cast.landlord.pk)


def test_a_link_works_once(cast: Cast) -> None:
    _, link = invite(cast)
    assert use(cast, link)
    assert use(cast, link, "another heron on the weir") is None


def test_the_link_is_not_in_the_database(cast: Cast) -> None:
    from putright.record.accounts.models import OneTimeLink

    _, link = invite(cast)
    kept = OneTimeLink.objects.get()
    assert len(kept.digest) == 64
    assert link not in str(vars(kept))


def test_an_invitation_ends_after_seven_days(cast: Cast) -> None:
    _, link = invite(cast)
    cast.clock.pass_by(days=7)
    assert use(cast, link) is None


def test_an_invitation_lasts_until_then(cast: Cast) -> None:
    _, link = invite(cast)
    cast.clock.pass_by(days=6, hours=23)
    assert use(cast, link)


def test_a_reset_ends_after_an_hour(cast: Cast) -> None:
    link = reset(cast)
    cast.clock.pass_by(minutes=59)
    assert use(cast, link)
    link = reset(cast)
    cast.clock.pass_by(minutes=60)
    assert use(cast, link) is None


def test_a_reset_ends_every_session(cast: Cast) -> None:
    client = cast.client("officer")
    assert client.get("/").status_code == 200
    use(cast, reset(cast))
    assert client.get("/").status_code == 302


def test_a_new_link_ends_the_one_before(cast: Cast) -> None:
    first, second = reset(cast), reset(cast)
    assert use(cast, first) is None
    assert use(cast, second)


def test_a_link_that_was_taken_back_is_dead(cast: Cast) -> None:
    from putright.record.accounts import actions

    link = reset(cast)
    assert actions.take_back_links(member(cast), **given(cast)) == 1
    assert use(cast, link) is None


def test_switching_off_ends_the_links(cast: Cast) -> None:
    from putright.record.accounts import actions

    link = reset(cast)
    actions.switch_off(member(cast), reason="Left us", **given(cast))
    assert use(cast, link) is None
    actions.switch_on(member(cast), **given(cast))
    assert use(cast, link) is None


def test_no_reset_for_somebody_who_signs_in_elsewhere_too(cast: Cast) -> None:
    from putright.record.accounts.models import Membership
    from putright.record.landlords.own_chain import NotPossible

    link = reset(cast)
    Membership.objects.create(user=cast.officer, landlord=cast.other_landlord, roles=["auditor"])
    with pytest.raises(NotPossible, match="another landlord"):
        reset(cast)
    assert use(cast, link) is None, "A link from before they worked elsewhere lets nobody in there either."


def test_whoever_signs_in_elsewhere_takes_an_invitation_up_with_the_password_they_have(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    cast.stranger.set_password(PASSWORD)
    cast.stranger.save()
    _, link = invite(cast, cast.stranger.email)
    with pytest.raises(ValidationError):
        use(cast, link, GOOD)
    cast.stranger.refresh_from_db()
    assert cast.stranger.check_password(PASSWORD), (
        "An invitation never changes the password of somebody else's staff."
    )
    assert use(cast, link, PASSWORD) == cast.stranger
    assert Membership.objects.get(user=cast.stranger, landlord=cast.landlord).state == "on"


def test_a_second_invitation_never_sets_the_first_password(cast: Cast) -> None:
    from complaint_rules.events import Actor
    from putright.record.accounts import actions

    _, first = invite(cast, "both@example.org")
    their_admin = Actor("staff", str(cast.stranger.pk), "administrator")
    _, second = actions.invite(
        cast.other_landlord,
        "both@example.org",
        "Nia Wells",
        actions.Place(("auditor",)),
        by=their_admin,
        at=cast.clock.now,
    )
    assert use(cast, second) is None
    assert use(cast, first)
    assert use(cast, second, GOOD), "With the password they have now, they can."


@pytest.mark.parametrize("password", ["short", "password1234", ""])
def test_a_password_that_guessers_try_is_refused_and_the_link_stays_good(cast: Cast, password: str) -> None:
    _, link = invite(cast)
    with pytest.raises(ValidationError):
        use(cast, link, password)
    assert use(cast, link)


@pytest.mark.parametrize("link", ["", "x", "0" * 43, "é" * 43, "\0", "\ud800", "a" * 10_000])
def test_any_other_text_is_no_link(cast: Cast, link: str) -> None:
    invite(cast)
    assert use(cast, link) is None


def test_the_one_who_took_it_up_is_named_in_the_chain(cast: Cast) -> None:
    from putright.record.journal.models import Entry

    new, link = invite(cast)
    use(cast, link)
    last = Entry.objects.filter(landlord=cast.landlord.pk, case=0).latest("number")
    assert (last.verb, last.actor) == ("use_sign_in_link", str(new.user_id))
