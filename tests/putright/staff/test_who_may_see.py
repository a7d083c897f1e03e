"""Every staff page, tried by everybody who must not see it. The pages are read from the addresses themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.test import Client
from every_page import routes

OPEN = {
    *("sign_in", "signed_out", "sign_out", "choose_landlord", "favicon.ico", "set_password"),
    "answer_asked",
    *("self_assessment_published", "self_assessment_published_file"),
}
OF_A_CASE = "reference"
SAMPLES = {
    "team": ["Repairs"],
    "verb": ["acknowledge", "assign", "respond", "extend", "withdraw", "correct"],
    "clock": ["respond", "acknowledge"],
    "entry": ["1"],
    "number": ["1"],
    "point": ["1"],
    "promise": ["1"],
    "action": ["acknowledge"],
    "what": ["acknowledge"],
    "token": ["x" * 43],
    "key": ["7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"],
    "step": ["approve", "in-force"],
    "view": ["1"],
    "home": ["1"],
    "need": ["1"],
    "authority": ["1"],
    "claim": ["1"],
    "other": ["1"],
    "joining": ["1"],
    "assessment": ["1"],
    "section": ["1"],
    "ref": ["6.3"],
    "verdict": ["met"],
    "state": ["reviewed"],
    "format": ["csv"],
    "paper": ["1"],
    "improvement": ["1"],
    "slug": ["tern-valley"],
    "month": ["2026-11"],
}


def addresses(reference: str) -> list[tuple[str, str]]:
    """Every address of the site with samples in it. A part of an address without a sample fails."""
    found: list[tuple[str, str]] = []
    for name, route, _ in routes():
        forms = [route.replace("^", "").replace("$", "")]
        for part in re.findall(r"<(?:\w+:)?(\w+)>", route):
            samples = [reference] if part == OF_A_CASE else SAMPLES[part]
            forms = [re.sub(rf"<(?:\w+:)?{part}>", sample, form) for form in forms for sample in samples]
        found += [(name, f"/{form}") for form in forms]
    return found


def plain(answer: Any, *left_out: str) -> str:
    """The page without what differs each time it is drawn, and without the reference that was asked for."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    for each in left_out:
        text = text.replace(each, "")
    return text


def test_there_are_pages_to_try() -> None:
    names = {name for name, _, _ in routes()}
    assert {
        "my_work",
        "queue",
        "cases",
        "new_complaint",
        "new_complaint_recorded",
        "case",
        "case_why",
        "action",
    } <= names


def test_a_page_that_is_open_to_all_is_on_the_list() -> None:
    marked = {name for name, _, each in routes() if getattr(each.callback, "open_to_all", False)}
    assert marked <= OPEN, "A page was opened to people who are not signed in. Is that meant?"


def test_without_signing_in_every_page_asks_who_it_is(cast: Cast) -> None:
    case = cast.open()
    tried = 0
    for name, address in addresses(case.reference):
        if name in OPEN:
            continue
        answer = Client().get(address)
        assert answer.status_code in (302, 404), address
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in?next=/"), address
        tried += 1
    assert tried > 5


def test_without_signing_in_nothing_that_is_sent_does_anything(cast: Cast) -> None:
    from putright.record.cases.models import Case
    from putright.record.journal.models import Entry

    case = cast.open()
    before = Entry.objects.count(), Case.objects.count()
    for name, address in addresses(case.reference):
        if name not in OPEN:
            answer = Client().post(address, {"key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f", "account": "x"})
            assert answer.status_code == 403, address
            assert "<h1" in answer.content.decode()
            assert "Sign in" in answer.content.decode()
    assert (Entry.objects.count(), Case.objects.count()) == before


def test_sent_from_another_site_nothing_does_anything(cast: Cast) -> None:
    from putright.record.journal.models import Entry

    case = cast.open()
    before = Entry.objects.count()
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    for name, address in addresses(case.reference):
        answer = client.post(address, {"account": "x"})
        assert answer.status_code in (403, 405), f"{name} {address}"
    assert Entry.objects.count() == before


def test_reading_any_page_changes_nothing(cast: Cast) -> None:
    from putright.record.journal.models import Entry

    case = cast.open()
    before = Entry.objects.count()
    for name, address in addresses(case.reference):
        if name != "sign_out":
            assert cast.client("officer").get(address).status_code < 500, address
    assert Entry.objects.count() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_case_of_another_landlord_is_as_if_it_were_not(cast: Cast, method: str) -> None:
    from putright.record.journal.models import Entry

    case = cast.open()
    before = Entry.objects.count()
    client = cast.client("stranger")
    foreign = [each for each in addresses(case.reference) if case.reference in each[1]]
    unknown = [each for each in addresses("TV-26-9999") if "TV-26-9999" in each[1]]
    assert len(foreign) == len(unknown) > 3
    for (_, theirs), (_, none) in zip(foreign, unknown, strict=True):
        refused, missing = getattr(client, method)(theirs), getattr(client, method)(none)
        assert refused.status_code == missing.status_code
        assert refused.status_code in (404, 405), theirs
        assert plain(refused, case.reference) == plain(missing, "TV-26-9999"), theirs
        assert "Amira" not in refused.content.decode()
    assert Entry.objects.count() == before


def test_the_same_reference_at_two_landlords_is_each_ones_own(cast: Cast) -> None:
    from putright.record.cases.models import Case

    ours = cast.open()
    theirs = cast.receive(landlord=cast.other_landlord, account="Bins.", points=["Bins"], resident=None)
    Case.objects.filter(pk=theirs.pk).update(reference=ours.reference)
    page = cast.client("stranger").get(f"/cases/{ours.reference}/").content.decode()
    assert "Amira" not in page
    assert "Amira" in cast.client("officer").get(f"/cases/{ours.reference}/").content.decode()


@pytest.mark.parametrize("member", MEMBERS)
def test_only_whoever_may_receive_takes_a_complaint_in(cast: Cast, member: str) -> None:
    from complaint_rules.roles import MAY

    may = "receive" in MAY[cast.roles[member]]
    client = cast.client(member)
    assert client.get("/new/").status_code == (200 if may else 403)
    assert client.post("/new/", {"account": "x"}).status_code == (200 if may else 403)
    assert ('href="/new/"' in client.get("/queue/").content.decode()) is may


@pytest.mark.parametrize("member", MEMBERS)
def test_no_role_does_what_its_list_does_not_hold(cast: Cast, member: str) -> None:
    from complaint_rules.roles import MAY
    from putright.casework import NAMES
    from putright.record.journal.models import Entry

    case = cast.open()
    before = Entry.objects.filter(case=case.pk).exclude(verb="refused").count()
    client = cast.client(member)
    for name in NAMES:
        if name in MAY[cast.roles[member]] or name == "receive":
            continue
        address = f"/cases/{case.reference}/{name}/"
        assert client.get(address).status_code in (403, 404, 409), f"{member} {name}"
        assert client.post(address, {"key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"}).status_code < 500
    assert Entry.objects.filter(case=case.pk).exclude(verb="refused").count() == before


@pytest.mark.parametrize("member", MEMBERS)
def test_every_role_may_read_the_lists_and_the_case(cast: Cast, member: str) -> None:
    case = cast.open()
    for address in ("/queue/", "/cases/", f"/cases/{case.reference}/"):
        assert cast.client(member).get(address).status_code == 200


def test_lists_hold_one_landlords_cases_whatever_is_asked(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("stranger")
    for query in (
        "",
        "?q=Amira",
        f"?q={case.reference}",
        f"?handler={cast.investigator.pk}",
        "?stage=1",
        "?state=open",
    ):
        for address in ("/queue/", "/cases/"):
            answer = client.get(address + query)
            assert answer.status_code == 200, address + query
            assert f"/cases/{case.reference}/" not in answer.content.decode()
            assert "Cara Lind" not in answer.content.decode()


def test_a_resident_of_another_landlord_is_never_offered(cast: Cast) -> None:
    client = cast.client("stranger")
    by_name = {
        "name": "Amira Yusuf",
        "email": "amira@example.org",
        "telephone": "07700 900123",
        "then": "find",
    }
    page = client.post("/new/", by_name).content.decode()
    assert "Sedge Court" not in page
    assert "No one found" in page
    page = client.get(f"/new/?resident={cast.resident.pk}").content.decode()
    assert "Amira" not in page
    page = client.post(
        "/new/", {"resident": cast.resident.pk, "account": "x", "then": "record"}
    ).content.decode()
    assert "Amira" not in page


def test_pages_are_kept_by_nobody_on_the_way(cast: Cast) -> None:
    assert "private" in cast.client("officer").get("/")["Cache-Control"]
    assert "no-store" in Client().get("/sign-in")["Cache-Control"]


@pytest.mark.parametrize(
    "odd", ["%00", "TV-26-0001%00", "%F0%9F%98%80", "x" * 500, "..", "%2E%2E", "%27--", "1%20OR%201=1"]
)
def test_an_odd_reference_is_one_that_is_not_there(cast: Cast, odd: str) -> None:
    client = cast.client("officer")
    for _, address in addresses(odd):
        if odd in address:
            # What is only sent to says so, whatever stands in its address.
            assert client.get(address).status_code in (404, 405), address


@pytest.mark.parametrize("resident", ["0", "9" * 40, "-1", "%00", "1e3", "١"])
def test_an_odd_resident_is_nobody(cast: Cast, resident: str) -> None:
    assert cast.client("officer").get(f"/new/?resident={resident}").status_code == 200
    finding = {
        "name": "a\0b",
        "email": "a\0@b.example",
        "telephone": "\0",
        "resident": "9" * 40,
        "then": "find",
    }
    assert cast.client("officer").post("/new/", finding).status_code == 200
    assert cast.client("officer").post("/new/", finding | {"then": "record"}).status_code == 200
