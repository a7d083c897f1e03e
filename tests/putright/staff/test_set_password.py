"""The page of a one-time link: one answer for every bad one, and no guessing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cast import PASSWORD, Cast
from django.test import Client
from form_filling import errors_of, fill, text_of

GOOD = "a quiet heron on the weir"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def given(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("administrator"), "at": cast.clock.now}


def reset(cast: Cast, who: str = "officer") -> str:
    from putright.record.accounts import actions
    from putright.record.accounts.models import Membership

    member = Membership.objects.get(user=cast.users[who], landlord=cast.landlord)
    return f"/set-password/{actions.new_link(member, **given(cast))[1]}"


def invite(cast: Cast, email: str) -> str:
    from putright.record.accounts import actions

    place = actions.Place(("auditor",))
    return f"/set-password/{actions.invite(cast.landlord, email, 'Nia Wells', place, **given(cast))[1]}"


def plain(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_a_new_password_signs_them_in_and_the_old_one_does_not(cast: Cast) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    client = Client()
    answer = fill(client, reset(cast), password=GOOD)
    assert answer["Location"] == "/sign-in"
    old = client.post("/sign-in", {"email": cast.officer.email, "password": PASSWORD})
    assert old.status_code == 200
    assert client.post("/sign-in", {"email": cast.officer.email, "password": GOOD}).status_code == 302


def test_every_bad_link_gets_the_same_answer(cast: Cast) -> None:
    from putright.record.accounts.models import OneTimeLink

    used, ended, old = reset(cast), reset(cast, "reviewer"), reset(cast, "investigator")
    fill(Client(), used, password=GOOD)
    OneTimeLink.objects.filter(user=cast.reviewer).update(taken_back_at=cast.clock.now)
    OneTimeLink.objects.filter(user=cast.investigator).update(ends_at=cast.clock.now)
    answers = []
    for address in (used, ended, old, "/set-password/" + "x" * 43, "/set-password/%00", "/set-password/😀"):
        client = Client(REMOTE_ADDR=f"10.0.0.{len(answers)}")
        for answer in (client.get(address), client.post(address, {"password": GOOD})):
            answers.append((answer.status_code, plain(answer)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_guesses_for_long(cast: Cast, method: str) -> None:
    good = reset(cast)
    client = Client()
    for number in range(10):
        assert getattr(client, method)(f"/set-password/{number}").status_code == 404
    assert getattr(client, method)("/set-password/x").status_code == 429
    assert client.get(good).status_code == 429
    assert Client(REMOTE_ADDR="10.9.8.7").get(good).status_code == 200
    cast.clock.pass_by(minutes=16)
    assert client.get(reset(cast)).status_code == 200


def test_a_good_link_does_not_count_as_a_try(cast: Cast) -> None:
    good = reset(cast)
    client = Client()
    for _ in range(15):
        assert client.get(good).status_code == 200


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Enter a password."),
        ("short", "Your password must have at least 12 characters."),
        ("password1234", "That password is on lists that guessers try first. Choose another."),
    ],
)
def test_a_password_that_will_not_do_says_what_would(cast: Cast, password: str, says: str) -> None:
    good = reset(cast)
    answer = fill(Client(), good, password=password)
    assert errors_of(answer) == [says]
    assert 'value="short"' not in answer.content.decode()
    assert fill(Client(), good, password=GOOD).status_code == 302


def test_somebody_elses_password_is_guessed_at_here_no_faster_than_at_the_door(cast: Cast) -> None:
    cast.stranger.set_password(PASSWORD)
    cast.stranger.save()
    link = invite(cast, cast.stranger.email)
    for number in range(10):
        answer = Client(REMOTE_ADDR=f"10.0.0.{number}").post(link, {"password": f"wrong horse {number}"})
        assert errors_of(answer) == ["That is not the password you sign in with."]
    answer = Client(REMOTE_ADDR="10.0.1.1").post(link, {"password": PASSWORD})
    assert "too many tries" in errors_of(answer)[0]
    at_the_door = Client(REMOTE_ADDR="10.0.1.2").post(
        "/sign-in", {"email": cast.stranger.email, "password": PASSWORD}
    )
    assert at_the_door.status_code == 429


def test_whoever_signs_in_elsewhere_joins_with_the_password_they_have(cast: Cast) -> None:
    cast.stranger.set_password(PASSWORD)
    cast.stranger.save()
    link = invite(cast, cast.stranger.email)
    assert "You have a password already" in text_of(Client().get(link))
    client = Client()
    assert fill(client, link, password=PASSWORD).status_code == 302
    client.post("/sign-in", {"email": cast.stranger.email, "password": PASSWORD})
    assert client.get("/queue/").status_code == 302
    client.post("/choose-landlord", {"landlord": str(cast.landlord.pk)})
    assert "Tern Valley Homes" in client.get("/queue/").content.decode()


def test_the_page_is_kept_by_nobody_and_says_nothing_on_the_way_out(cast: Cast) -> None:
    answer = Client().get(reset(cast))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_without_the_token_of_the_form_nothing_happens(cast: Cast) -> None:
    link = reset(cast)
    assert Client(enforce_csrf_checks=True).post(link, {"password": GOOD}).status_code == 403
    cast.officer.refresh_from_db()
    assert not cast.officer.check_password(GOOD)


def test_whoever_is_only_invited_cannot_get_in_by_any_other_way(cast: Cast) -> None:
    from putright.record.accounts.models import Membership, User

    invite(cast, "new@tern-valley.example")
    user = User.objects.get(email="new@tern-valley.example")
    client = Client()
    client.force_login(user)
    assert client.get("/queue/").status_code == 403
    assert Membership.objects.get(user=user).state == "invited"
    answer = Client().post("/sign-in", {"email": user.email, "password": "!"})
    assert answer.status_code == 200


def test_a_known_and_an_unknown_address_cost_the_same_work(cast: Cast, monkeypatch: Any) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    runs: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        runs.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    costs = []
    for email in (cast.officer.email, "nobody@tern-valley.example"):
        runs.clear()
        Client().post("/sign-in", {"email": email, "password": "wrong wrong wrong"})
        costs.append(len(runs))
    assert costs[0] == costs[1] >= 1
