"""Signing in and out: who comes in, who waits, and where it leads."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from cast import PASSWORD, Cast
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client, override_settings

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WRONG = "The email address or password is not right."
OFF_SITE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "http:elsewhere.example",
    "javascript:alert(1)",
    "/\t/elsewhere.example",
    "\x01//elsewhere.example",
    "elsewhere.example",
    "https:///elsewhere.example",
    "//user@elsewhere.example",
]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = QUICK


@pytest.fixture
def officer(cast: Cast) -> Any:
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    return cast.officer


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    extra = {name: more.pop(name) for name in list(more) if name.isupper() or name == "headers"}
    return client.post("/sign-in", {"email": email, "password": password, **more}, **extra)


def signed_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_the_right_password_leads_to_my_work(officer: Any) -> None:
    client = Client()
    answer = sign_in(client, officer.email)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert signed_in(client)


def test_capitals_and_spaces_round_an_address_do_not_matter(officer: Any) -> None:
    client = Client()
    sign_in(client, f"  {officer.email.upper()} ")
    assert signed_in(client)


def test_a_password_is_taken_as_it_is_typed(cast: Cast) -> None:
    cast.officer.set_password("  spaces count  ")
    cast.officer.save()
    client = Client()
    sign_in(client, cast.officer.email, "spaces count")
    assert not signed_in(client)
    sign_in(client, cast.officer.email, "  spaces count  ")
    assert signed_in(client)


def test_the_answer_is_the_same_for_an_address_we_know_and_one_we_do_not(officer: Any) -> None:
    known = sign_in(Client(), officer.email, "not the password")
    unknown = sign_in(Client(), "nobody@tern-valley.example", "not the password")
    assert known.status_code == unknown.status_code == 200
    assert WRONG in known.content.decode()
    assert _without_what_was_typed(known) == _without_what_was_typed(unknown)


def _without_what_was_typed(answer: Any) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r'value="[^"]*@tern-valley.example"', "", page)


def test_as_much_work_is_done_for_an_address_we_do_not_know(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []
    encode = PBKDF2PasswordHasher.encode

    def counted(hasher: Any, password: str, salt: str, iterations: int | None = None) -> str:
        worked.append(password)
        return encode(hasher, password, salt, iterations)

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    cast.colleague.set_password(PASSWORD)
    cast.colleague.is_active = False
    cast.colleague.save()
    for email in (cast.officer.email, "nobody@tern-valley.example", cast.colleague.email):
        worked.clear()
        sign_in(Client(), email, "not the password")
        assert worked == ["not the password"], email


def test_somebody_switched_off_is_told_no_more_than_anybody(officer: Any) -> None:
    officer.is_active = False
    officer.save()
    answer = sign_in(Client(), officer.email)
    assert WRONG in answer.content.decode()


def test_the_session_of_somebody_switched_off_ends_at_once(officer: Any) -> None:
    client = Client()
    sign_in(client, officer.email)
    assert signed_in(client)
    officer.is_active = False
    officer.save()
    assert client.get("/")["Location"].startswith("/sign-in")


def test_a_password_is_never_drawn_again(officer: Any) -> None:
    answer = sign_in(Client(), officer.email, "half-remembered")
    assert "half-remembered" not in answer.content.decode()
    assert officer.email in answer.content.decode()


def test_empty_boxes_are_named(db: None) -> None:
    page = sign_in(Client(), "", "").content.decode()
    assert "Enter your email address." in page
    assert "Enter your password." in page


def test_the_session_is_a_new_one_after_signing_in(officer: Any) -> None:
    client = Client()
    client.get("/sign-in")
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, officer.email)
    assert client.session.session_key != session.session_key


# Where it leads


def test_it_leads_to_the_page_that_was_asked_for(officer: Any) -> None:
    client = Client()
    asked = client.get("/cases/?stage=2&q=damp")
    page = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/cases/?stage=2&amp;q=damp"' in page
    assert (
        sign_in(client, officer.email, next="/cases/?stage=2&q=damp")["Location"] == "/cases/?stage=2&q=damp"
    )


@pytest.mark.parametrize("address", OFF_SITE)
def test_it_never_leads_off_the_site(officer: Any, address: str) -> None:
    assert sign_in(Client(), officer.email, next=address)["Location"] == "/"
    already = Client()
    already.force_login(officer)
    assert already.get("/sign-in", {"next": address})["Location"] == "/"


def test_where_it_leads_outlives_a_wrong_password(officer: Any) -> None:
    page = sign_in(Client(), officer.email, "wrong", next="/cases/").content.decode()
    assert 'name="next" value="/cases/"' in page


# Going out


def test_signing_out_takes_a_press_not_a_link(cast: Cast) -> None:
    client = cast.client("officer")
    assert client.get("/sign-out").status_code == 405
    assert signed_in(client)
    assert client.post("/sign-out", follow=True).status_code == 200
    assert not signed_in(client)


def test_signing_out_twice_is_no_error(cast: Cast) -> None:
    client = cast.client("officer")
    client.post("/sign-out")
    assert client.post("/sign-out", follow=True).status_code == 200


def test_signing_out_from_another_site_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    assert client.post("/sign-out").status_code == 403
    assert signed_in(client)


def test_signing_in_from_another_site_is_refused(officer: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, officer.email).status_code == 403
    assert not signed_in(client)


# Too many tries


def test_after_ten_wrong_tries_an_address_waits_from_wherever_it_is_tried(cast: Cast, officer: Any) -> None:
    for number in range(10):
        answer = sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), officer.email, "wrong")
        assert answer.status_code == 200
    answer = sign_in(Client(REMOTE_ADDR="10.0.0.99"), officer.email)
    assert answer.status_code == 429
    assert "There were too many tries. Wait until 10:15, then try again." in answer.content.decode()


def test_an_address_we_do_not_know_waits_just_the_same(db: None, clock: Any) -> None:
    for number in range(10):
        sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), "nobody@tern-valley.example", "wrong")
    answer = sign_in(Client(REMOTE_ADDR="10.0.0.99"), "NOBODY@tern-valley.example")
    assert answer.status_code == 429


def test_after_ten_wrong_tries_a_client_waits_whatever_address_it_tries(officer: Any) -> None:
    client = Client(REMOTE_ADDR="10.0.0.1")
    for number in range(10):
        assert sign_in(client, f"guess{number}@tern-valley.example", "wrong").status_code == 200
    assert sign_in(client, officer.email).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2"), officer.email).status_code == 302


def test_waiting_ends_after_fifteen_minutes_even_if_tried_meanwhile(cast: Cast, officer: Any) -> None:
    client = Client()
    for _ in range(10):
        sign_in(client, officer.email, "wrong")
    cast.clock.pass_by(minutes=14)
    assert sign_in(client, officer.email).status_code == 429
    cast.clock.pass_by(minutes=1)
    assert sign_in(client, officer.email).status_code == 302


def test_the_tenth_try_may_still_be_the_right_one(officer: Any) -> None:
    client = Client()
    for _ in range(9):
        sign_in(client, officer.email, "wrong")
    assert sign_in(client, officer.email).status_code == 302


def test_signing_in_lets_the_address_start_afresh_but_not_the_client(officer: Any) -> None:
    client = Client(REMOTE_ADDR="10.0.0.1")
    for _ in range(9):
        sign_in(client, officer.email, "wrong")
    sign_in(client, officer.email)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2"), officer.email, "wrong").status_code == 200
    assert sign_in(client, "guess@tern-valley.example", "wrong").status_code == 200  # the client's tenth
    assert sign_in(client, "guess@tern-valley.example", "wrong").status_code == 429


def test_what_was_typed_is_not_kept(officer: Any) -> None:
    from putright.record.accounts.models import SignInTry

    sign_in(Client(), "my-password-by-mistake", "wrong")
    kept = [each.source for each in SignInTry.objects.all()]
    assert len(kept) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", source) for source in kept)


def test_many_tries_at_once_are_counted_like_many_in_turn(committed_cast: Cast) -> None:
    from putright.record.accounts.records import begin_try

    now = committed_cast.clock.now
    let_in: list[bool] = []
    start = threading.Barrier(8)

    def guess() -> None:
        try:
            start.wait()
            for _ in range(4):
                let_in.append(begin_try("ben@tern-valley.example", "10.0.0.1", now) is None)
        finally:
            connection.close()

    guessers = [threading.Thread(target=guess) for _ in range(8)]
    for each in guessers:
        each.start()
    for each in guessers:
        each.join()
    assert len(let_in) == 32
    assert 1 <= sum(let_in) <= 10


def test_a_client_cannot_say_that_it_is_another(officer: Any) -> None:
    for number in range(10):
        sign_in(
            Client(), f"guess{number}@x.example", "wrong", headers={"X-Forwarded-For": f"10.1.1.{number}"}
        )
    answer = sign_in(Client(), officer.email, headers={"X-Forwarded-For": "10.1.1.99"})
    assert answer.status_code == 429


@override_settings(TRUSTED_PROXIES=["127.0.0.1", "10.9.0.0/16"])
@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first was said by the client itself
        ("203.0.113.7, 10.9.1.1", "203.0.113.7"),
        ("203.0.113.7, 10.8.1.1", "10.8.1.1"),
        ("", "127.0.0.1"),
        (" , ", "127.0.0.1"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_proxy_of_ours_says_who_the_client_is(rf: Any, forwarded: str, client: str) -> None:
    from putright.interfaces.pages.clients import client_of

    assert client_of(rf.get("/", headers={"X-Forwarded-For": forwarded})) == client


# Several landlords, or none


def test_somebody_at_two_landlords_chooses_and_can_change(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.create(user=cast.officer, landlord=cast.other_landlord, roles=["auditor"])
    client = cast.client("officer")
    asked = client.get("/cases/?stage=2")
    assert asked["Location"] == "/choose-landlord?next=/cases/%3Fstage%3D2"
    page = client.get(asked["Location"]).content.decode()
    assert "Tern Valley Homes" in page
    assert "Heron Court Housing" in page
    chosen = {"landlord": cast.other_landlord.pk, "next": "/cases/?stage=2"}
    assert client.post("/choose-landlord", chosen)["Location"] == "/cases/?stage=2"
    assert "Heron Court Housing" in client.get("/").content.decode()
    client.post("/choose-landlord", {"landlord": cast.landlord.pk})
    page = client.get("/").content.decode()
    assert "Tern Valley Homes" in page
    assert 'href="/choose-landlord"' in page


def test_nobody_chooses_a_landlord_that_is_not_theirs(cast: Cast) -> None:
    from putright.record.accounts.models import Membership
    from putright.record.landlords.models import Landlord

    third = Landlord.objects.create(name="Third", slug="third", prefix="TH")
    Membership.objects.create(user=cast.officer, landlord=third, roles=["auditor"])
    client = cast.client("officer")
    answer = client.post("/choose-landlord", {"landlord": cast.other_landlord.pk})
    assert "Choose one from the list." in answer.content.decode()
    assert client.get("/")["Location"].startswith("/choose-landlord")


def test_a_choice_does_not_outlive_its_membership(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    second = Membership.objects.create(user=cast.officer, landlord=cast.other_landlord, roles=["auditor"])
    client = cast.client("officer")
    client.post("/choose-landlord", {"landlord": cast.other_landlord.pk})
    second.delete()
    assert "Tern Valley Homes" in client.get("/").content.decode()


def test_somebody_at_no_landlord_is_told_so_and_can_go(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.officer).delete()
    client = cast.client("officer")
    answer = client.get("/")
    assert answer.status_code == 403
    assert "no landlord has given you a role" in answer.content.decode()
    assert "Sign out" in answer.content.decode()


# What was typed when the session had ended


def _kept_in(page: str) -> str:
    return re.search(r'name="kept" value="([^"]*)"', page)[1]  # type: ignore[index]


def test_what_was_sent_after_the_session_ended_is_handed_back(cast: Cast, officer: Any) -> None:
    client = Client()
    answer = client.post(
        "/new/?resident=3", {"account": "Line 1\r\nعطل & <b>", "then": "record", "x": ["1", "2"]}
    )
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Your text is kept" in page
    assert '<form method="post" novalidate action="/sign-in">' in page
    assert "Line 1" not in page  # signed and packed, so that nothing is seen on a page anyone may look at
    answer = sign_in(client, officer.email, "wrong", kept=_kept_in(page), next="/new/")
    answer = sign_in(client, officer.email, kept=_kept_in(answer.content.decode()), next="/new/")
    page = answer.content.decode()
    assert 'action="/new/?resident=3"' in page
    assert "عطل &amp; &lt;b&gt;" in page
    assert page.count('name="x"') == 2
    assert "csrfmiddlewaretoken" not in re.findall(r'name="([^"]*)"', page.split("Your text is kept")[2])[1:]


def test_what_was_kept_waits_while_a_landlord_is_chosen(cast: Cast, officer: Any) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.create(user=officer, landlord=cast.other_landlord, roles=["contact_staff"])
    client = Client()
    page = client.post("/new/", {"account": "Kept words"}).content.decode()
    page = sign_in(client, officer.email, kept=_kept_in(page)).content.decode()
    assert "Which landlord are you working for?" in page
    assert 'action="/choose-landlord"' in page
    chosen = {"landlord": cast.landlord.pk, "kept": _kept_in(page), "next": ""}
    page = client.post("/choose-landlord", chosen).content.decode()
    assert "Your text is kept" in page
    assert 'value="Kept words"' in page


def test_a_kept_text_that_we_did_not_pack_is_passed_over(officer: Any) -> None:
    answer = sign_in(
        Client(), officer.email, kept="eyJwYXRoIjoiaHR0cHM6Ly9lbHNld2hlcmUifQ:1:forged", next="/cases/"
    )
    assert answer["Location"] == "/cases/"


def test_more_than_can_be_kept_still_asks_who_it_is(cast: Cast) -> None:
    answer = Client().post("/new/", {"account": "x" * 300_000})
    assert answer.status_code == 403
    assert "Sign in" in answer.content.decode()
    assert 'name="kept" value=""' in answer.content.decode()


def test_sending_it_again_records_it_once(cast: Cast, officer: Any) -> None:
    from putright.record.cases.models import Case

    client = Client()
    typed = {
        "name": "Wren Adeyemi",
        "told_by": "resident",
        "channel": "letter",
        "day-day": "30",
        "day-month": "11",
        "day-year": "2026",
        "time": "15:00",
        "account": "The lift is out again.",
        "hazard": "no",
        "key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f",
        "then": "record",
    }
    page = client.post("/new/", typed).content.decode()
    page = sign_in(client, officer.email, kept=_kept_in(page)).content.decode()
    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page)
    sent = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    assert sent == typed
    for _ in range(2):
        assert client.post("/new/", sent).status_code == 302
    assert Case.objects.filter(resident__name="Wren Adeyemi").count() == 1
