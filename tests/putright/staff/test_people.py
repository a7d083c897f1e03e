"""The pages of people: who may see and change what, what is opened by a press, and what each change does."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from cast import MEMBERS, TODAY, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import boxes, day, errors_of, notices_of, page_of, said, text_of

from complaint_rules.roles import ROLES
from putright.record.journal.models import Entry, Text
from putright.record.people import actions, looking, needs, queries, records, rights, safe_contact
from putright.record.people.actions import NewNeed
from putright.record.people.models import (
    Authority,
    ClaimedDetail,
    Joining,
    Living,
    Looked,
    Need,
    Person,
    Reference,
    SafeContact,
)

MOST_STATEMENTS = 24
RING = {"way": "telephone", "to": "07700 900777", "from": "09:00", "until": "17:00", "voicemail": False}
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '=HYPERLINK("http://evil.example","x")',
    "\u202eأهلا\u202c 👩🏽‍🦽 'quoted' \"double\" & {{ 7*7 }} {% raise %}",
]


def fill(client: Any, page: str, /, **answers: Any) -> Any:
    """Open a page and send its form as it stands, with these answers changed."""
    return client.post(page, boxes(client.get(page)) | answers)


def by(cast: Cast, name: str = "officer") -> dict[str, Any]:
    return {"by": cast.actor(name), "at": cast.clock.now}


def known(cast: Cast) -> dict[str, Any]:
    """A resident of whom something of every kind is known."""
    person = cast.resident
    home = records.home_on(person, TODAY)
    need = actions.add_need(
        person, NewNeed("Afraid of the stairs", review_on=TODAY + timedelta(days=9)), **by(cast)
    )
    given = actions.give_authority(
        person, cast.other_resident, written=True, scope="All", since=TODAY, expires_on=None, **by(cast)
    )
    safe_contact.set_safe_contact(person, allowed=[RING], code_word="heron", **by(cast))
    claim = safe_contact.claim_detail(person, "email", "new@example.net", "email", **by(cast))
    double = records.add(cast.landlord, "A. Yusuf", "14 Sedge Ct")
    third = records.add(cast.landlord, "Amira Y", "14 Sedge Ct")
    from putright.casework import who_is_who

    made = who_is_who.join(person, double, "Same", **by(cast))
    return {
        "person": Person.objects.get(pk=person.pk), "home": home, "need": need, "authority": given, "claim": claim,
        "joining": made, "other": third,
    }  # fmt: skip


def pages(known: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Every page of people: its address, and the right that opens it."""
    number = known["person"].pk
    return {
        "people": ("/people/", rights.DETAILS),
        "person_new": ("/people/new/", rights.CHANGE_DETAILS),
        "looked": ("/people/looked/", rights.LOOKED),
        "person": (f"/people/{number}/", rights.DETAILS),
        "person_details": (f"/people/{number}/details/", rights.CHANGE_DETAILS),
        "person_language": (f"/people/{number}/language/", rights.CHANGE_NEEDS),
        "person_move": (f"/people/{number}/move/", rights.CHANGE_DETAILS),
        "person_address": (f"/people/{number}/address/", rights.CHANGE_DETAILS),
        "person_home": (f"/people/{number}/homes/{known['home'].pk}/", rights.CHANGE_DETAILS),
        "person_reference": (f"/people/{number}/references/new/", rights.CHANGE_DETAILS),
        "person_need_add": (f"/people/{number}/needs/new/", rights.CHANGE_NEEDS),
        "person_need": (f"/people/{number}/needs/{known['need'].pk}/", rights.CHANGE_NEEDS),
        "person_authority": (f"/people/{number}/representatives/new/", rights.CHANGE_AUTHORITY),
        "person_authority_end": (
            f"/people/{number}/representatives/{known['authority'].pk}/end/",
            rights.CHANGE_AUTHORITY,
        ),
        "person_safe": (f"/people/{number}/safe/", rights.CHANGE_SAFE_CONTACT),
        "person_safe_end": (f"/people/{number}/safe/end/", rights.CHANGE_SAFE_CONTACT),
        "person_claim": (f"/people/{number}/claims/{known['claim'].pk}/", rights.SETTLE_CLAIMS),
        "person_same": (f"/people/{number}/same/", rights.JOIN),
        "person_join": (f"/people/{number}/same/{known['other'].pk}/", rights.JOIN),
        "person_part": (f"/people/{number}/joined/{known['joining'].pk}/", rights.JOIN),
        "person_looked": (f"/people/{number}/looked/", rights.LOOKED),
    }


ONLY_POSTED = {"person_open"}


# Who may


def test_every_address_of_people_is_in_the_matrix(cast: Cast) -> None:
    from putright.interfaces.staff.people.urls import urlpatterns

    assert {each.name for each in urlpatterns} == set(pages(known(cast))) | ONLY_POSTED


def test_each_role_opens_the_pages_of_the_table_and_no_other(cast: Cast) -> None:
    told = pages(known(cast))
    for name, (_, role) in MEMBERS.items():
        client = cast.client(name)
        for page, (address, right) in told.items():
            allowed = role in rights.MAY[right]
            answer = client.get(address)
            assert answer.status_code == (200 if allowed else 403), (name, page)
            if not allowed:
                assert client.post(address, {}).status_code in (403, 405), (name, page)
                missing = client.get(address.replace(f"/{cast.resident.pk}/", "/999999/", 1))
                assert missing.status_code == 403, (name, page)


def test_the_eleven_roles_and_nobody_are_all_tried() -> None:
    assert {role for _, role in MEMBERS.values()} == set(ROLES)


def test_another_landlord_s_officer_gets_the_same_answer_as_for_nobody(cast: Cast) -> None:
    told = pages(known(cast))
    client = cast.client("stranger")
    number = cast.resident.pk
    for page, (address, _) in told.items():
        if f"/{number}/" not in address:
            continue
        theirs, unknown = client.get(address), client.get(address.replace(f"/{number}/", "/999999/", 1))
        assert theirs.status_code == unknown.status_code == 404, page
        assert text_of(theirs) == text_of(unknown), page
        assert client.post(address, {}).status_code in (404, 405), page
    assert client.post(f"/people/{number}/open/").status_code == 404
    assert "Amira" not in client.get("/people/", {"q": "Yusuf"}).content.decode()
    ours = cast.client("officer").get("/people/looked/", {"by": cast.users["stranger"].pk})
    assert "Hal Winter" not in ours.content.decode()


def test_nobody_is_asked_to_sign_in(cast: Cast) -> None:
    for page, (address, _) in pages(known(cast)).items():
        answer = cast.client().get(address)
        assert answer.status_code == 302, page
        assert answer["Location"].startswith("/sign-in"), page


def test_what_belongs_to_another_person_is_not_found_under_this_one(cast: Cast) -> None:
    told, other = pages(known(cast)), cast.other_resident.pk
    client = cast.client("officer")
    for page in ("person_home", "person_need", "person_authority_end", "person_claim", "person_part"):
        address = told[page][0].replace(f"/people/{cast.resident.pk}/", f"/people/{other}/")
        assert client.get(address).status_code == 404, page
    for garbage in ("0", "99999999999999999999", "2147483648"):
        assert client.get(f"/people/{garbage}/").status_code == 404


def test_reading_changes_nothing(cast: Cast) -> None:
    told = pages(known(cast))
    before = Entry.objects.count(), Text.objects.count()
    client = cast.client("officer")
    for address, _ in told.values():
        client.get(address)
        assert client.get(address).status_code in (200, 404, 409)
    assert client.get(f"/people/{cast.resident.pk}/open/").status_code == 405
    assert (Entry.objects.count(), Text.objects.count()) == before
    assert Looked.objects.count() == 0


# What is sensitive

SECRETS = ("Afraid of the stairs", "07700 900777", "heron", "new@example.net")


def test_nothing_sensitive_is_on_a_page_before_it_is_opened(cast: Cast) -> None:
    told = pages(known(cast))
    case = cast.receive()
    client = cast.client("officer")
    addresses = [address for address, _ in told.values()] + ["/people/?q=Yusuf", "/cases/?q=Yusuf", "/queue/"]
    for address in [*addresses, f"/cases/{case.reference}/"]:
        shown = client.get(address).content.decode()
        for secret in SECRETS:
            assert secret not in shown, (address, secret)


def test_each_role_opens_only_what_it_needs_and_each_look_is_written_down(cast: Cast) -> None:
    known(cast)
    for name, (_, role) in MEMBERS.items():
        before = Looked.objects.count()
        answer = cast.client(name).post(f"/people/{cast.resident.pk}/open/")
        if role not in rights.MAY[rights.DETAILS]:
            assert answer.status_code == 403
            continue
        shown = answer.content.decode()
        assert (SECRETS[0] in shown) is (role in rights.MAY[rights.NEEDS]), name
        for secret in SECRETS[1:]:
            assert (secret in shown) is (role in rights.MAY[rights.SAFE_CONTACT]), (name, secret)
        opened = {what for what in rights.SENSITIVE if role in rights.MAY[what]}
        looks = Looked.objects.filter(who=str(cast.users[name].pk))
        assert {row.what for row in looks} == opened
        assert Looked.objects.count() == before + len(opened)
    entries = Entry.objects.filter(verb="viewed")
    assert entries.count() == Looked.objects.count()
    assert all(set(entry.data) == {"person", "what"} for entry in entries)


def test_whoever_a_complaint_names_is_not_shown_what_is_safe_for_who_complained(cast: Cast) -> None:
    told = known(cast)
    investigator = str(cast.investigator.pk)
    cast.receive(about_staff=[investigator])
    case = cast.receive(account="Bins", points=["Bins"])
    cast.do("declare_interest", case, staff=str(cast.reviewer.pk), interest="A neighbour of mine")
    for name in ("investigator", "reviewer"):
        client, root = cast.client(name), f"/people/{cast.resident.pk}/"
        shown = client.post(f"{root}open/").content.decode()
        assert SECRETS[0] in shown
        assert "07700 900777" not in shown
        assert "heron" not in shown
        for page in ("safe/", "safe/end/", f"claims/{told['claim'].pk}/"):
            assert client.get(f"{root}{page}").status_code == 403
            assert client.post(f"{root}{page}", {"open": "1"}).status_code == 403
        assert {row.what for row in Looked.objects.filter(who=str(cast.users[name].pk))} == {rights.NEEDS}


def test_what_was_opened_is_kept_by_no_browser(cast: Cast) -> None:
    told = known(cast)
    client, root = cast.client("officer"), f"/people/{cast.resident.pk}/"
    answers = [
        client.post(f"{root}open/"),
        client.get(f"{root}needs/{told['need'].pk}/"),
        client.get(f"{root}safe/"),
    ]
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


def test_opened_again_within_ten_minutes_it_is_one_look(cast: Cast) -> None:
    known(cast)
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/open/"
    for minutes, looks in ((0, 2), (9, 2), (2, 4)):
        cast.clock.pass_by(minutes=minutes)
        client.post(address)
        assert Looked.objects.count() == looks


def test_a_page_that_shows_a_need_asks_for_a_press_first(cast: Cast) -> None:
    told = known(cast)
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/needs/{told['need'].pk}/"
    assert "Afraid" not in client.get(address).content.decode()
    opened = client.post(address, {"open": "1"})
    assert "Afraid of the stairs" in opened.content.decode()
    assert errors_of(opened) == []
    assert Looked.objects.count() == 1
    assert "Afraid" in client.get(address).content.decode()
    assert "Afraid" not in cast.client("colleague").get(address).content.decode()


def test_who_looked_is_listed_for_auditors_and_complaints_officers(cast: Cast) -> None:
    known(cast)
    cast.client("contact_staff").post(f"/people/{cast.resident.pk}/open/")
    for address in ("/people/looked/", f"/people/{cast.resident.pk}/looked/"):
        shown = text_of(cast.client("auditor").get(address))
        assert "Tue 1 Dec 10:00 Connie Day opened needs and adjustments" in shown
        assert "Connie Day opened what is safe" in shown
    shown = text_of(cast.client("auditor").get("/people/looked/", {"by": cast.officer.pk}))
    assert "Nobody has." in shown
    for garbage in ("abc", "-1", "9" * 30, "１", "%00"):
        assert cast.client("auditor").get(f"/people/looked/?by={garbage}&before={garbage}").status_code == 200


def test_who_looked_goes_on_from_page_to_page(cast: Cast) -> None:
    people = [records.add(cast.landlord, f"Person {n:03}") for n in range(120)]
    for person in people:
        looking.look(person, rights.NEEDS, **by(cast))
    client, address, seen = cast.client("auditor"), "/people/looked/", []
    while address:
        page = page_of(client.get(address))
        seen += [
            said(each)
            for each in page.xpath(
                "//main//li/a[starts-with(@href, '/people/') and not(contains(@href, 'looked'))]"
            )
        ]
        older = page.xpath("//main//a[contains(@href, 'before=')]/@href")
        address = older[0] if older else ""
    assert seen == [person.name for person in reversed(people)]


def test_the_household_shows_names_and_nothing_else_of_the_others(cast: Cast) -> None:
    known(cast)
    other = records.add(cast.landlord, "Sam Bell", "14, Sedge Court", "sam@example.org", "07700 900888")
    actions.add_need(other, NewNeed("Afraid of dogs"), **by(cast))
    safe_contact.set_safe_contact(other, allowed=[RING | {"to": "07700 900666"}], **by(cast))
    for answer in (
        cast.client("officer").get(f"/people/{cast.resident.pk}/"),
        cast.client("officer").post(f"/people/{cast.resident.pk}/open/"),
    ):
        shown = answer.content.decode()
        assert "Sam Bell" in shown
        for secret in ("sam@example.org", "07700 900888", "07700 900666", "dogs"):
            assert secret not in shown


# Finding and adding


def test_somebody_is_found_in_every_way_they_may_be_named(cast: Cast) -> None:
    told = known(cast)
    actions.describe_home(cast.resident, told["home"], tenure="", stock="", uprn="010002345678", **by(cast))
    actions.refer(cast.resident, "Housing system", "T-00417", **by(cast))
    client = cast.client("contact_staff")
    for text in (
        "yusuf",
        "Sedge Court",
        "amira@example.org",
        "07700 900123",
        "010002345678",
        "t-00417",
        "14 sedge amira",
    ):
        shown = client.get("/people/", {"q": text})
        assert f'href="/people/{cast.resident.pk}/"' in shown.content.decode(), text
    assert "No one found." in text_of(client.get("/people/", {"q": "Nobody at all"}))
    assert "Enter a name" in text_of(client.get("/people/"))
    for garbage in ("%00", "'", '"*', "x" * 5000, "😀"):
        assert client.get(f"/people/?q={garbage}").status_code == 200


def test_an_old_number_under_safe_contact_is_not_searched(cast: Cast) -> None:
    known(cast)
    for secret in ("07700 900777", "heron", "new@example.net", "stairs"):
        assert "No one found." in text_of(cast.client("officer").get("/people/", {"q": secret}))


def test_of_whom_said_what_is_safe_no_list_shows_where_they_live(cast: Cast) -> None:
    known(cast)
    for name, finds in (("officer", True), ("auditor", False), ("quality_checker", False)):
        client = cast.client(name)
        assert "14 Sedge Court" not in text_of(client.get("/people/", {"q": "Yusuf"}))
        assert "Amira Yusuf" in text_of(client.get("/people/", {"q": "Ami yusuf"}))
        for text in ("14 Sedge Court", "07700 900123", "amira@example.org"):
            assert ("Amira" in text_of(client.get("/people/", {"q": text}))) is finds, (name, text)
        shown = text_of(client.get(f"/people/{cast.resident.pk}/"))
        for detail in ("14 Sedge Court", "07700 900123", "amira@example.org"):
            assert (detail in shown) is finds, (name, detail)


def test_a_person_is_added_once_it_is_said_that_they_are_new(cast: Cast) -> None:
    client = cast.client("contact_staff")
    answer = fill(client, "/people/new/", name="Amira Yusuf", address="2 Mill Row")
    assert errors_of(answer) == ["Say whether it is one of these people, or someone new."]
    sent = boxes(answer) | {"sure": "new"}
    added = client.post("/people/new/", sent)
    person = Person.objects.get(address="2 Mill Row")
    assert added["Location"] == f"/people/{person.pk}/"
    assert str(queries.home_of(person, TODAY)) == "2 Mill Row"
    client.post("/people/new/", sent)
    assert Person.objects.filter(address="2 Mill Row").count() == 1
    chosen = client.post("/people/new/", sent | {"sure": str(cast.resident.pk)})
    assert chosen["Location"] == f"/people/{cast.resident.pk}/"


def test_adding_nobody_says_what_to_do(cast: Cast) -> None:
    answer = fill(cast.client("officer"), "/people/new/", email="a@example.org")
    assert errors_of(answer) == ["Enter a name, or where they live."]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_kept_as_typed_and_shown_safely(cast: Cast, text: str) -> None:
    client, number = cast.client("officer"), cast.resident.pk
    root = f"/people/{number}/"
    fill(client, f"{root}details/", name=text, telephone=text[:40], reason=text)
    fill(client, f"{root}move/", address=f"1 {text}", **day("since", "2026-11-02"))
    fill(client, f"{root}address/", address=f"2 {text}", reason=text)
    fill(client, f"{root}references/new/", source=text[:60], value=text[:30])
    fill(client, f"{root}needs/new/", words=text, **day("review_on", "2027-05-01"))
    fill(client, f"{root}representatives/new/", who=text, contact=text[:40], written="yes", scope=text)
    client.post(f"{root}language/", {"open": "1"})
    fill(client, f"{root}language/", language=text[:60])
    person = Person.objects.get(pk=number)
    assert (person.name, person.address) == (text, f"2 {text}")
    assert person.language == " ".join(text[:60].split())
    assert Need.objects.get().words == text
    assert Authority.objects.get().scope == text
    assert Reference.objects.get().source == text[:60].strip()
    for answer in (
        client.get(root),
        client.post(f"{root}open/"),
        client.get("/people/", {"q": "2"}),
        client.get(f"{root}same/"),
    ):
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content
        assert b"<img src=x" not in answer.content
    assert text in page_of(client.post(f"{root}open/")).text_content()


@pytest.mark.parametrize(
    "page", ["details/", "move/", "address/", "references/new/", "needs/new/", "representatives/new/"]
)
@pytest.mark.parametrize("text", ["x" * 10_000, "a\0b"])
def test_what_is_too_long_or_no_text_is_refused_in_words(cast: Cast, page: str, text: str) -> None:
    client = cast.client("officer")
    address = f"/people/{cast.resident.pk}/{page}"
    opened = client.get(address)
    typed = {
        name: text
        for name in boxes(opened)
        if name not in ("key", "read_at", "written", "of", "representative")
    }
    before = Entry.objects.count()
    answer = client.post(address, boxes(opened) | typed | {"written": "yes", "of": "person"})
    assert answer.status_code == 200
    assert errors_of(answer)
    assert Entry.objects.count() == before


# Changing


def test_a_name_is_corrected_with_its_reason_and_cases_follow(cast: Cast) -> None:
    case = cast.open()
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/details/"
    assert errors_of(fill(client, address, name="Amira Hassan")) == ["Give the reason for the new name."]
    fill(client, address, name="Amira Hassan", reason="Married")
    assert "Amira Hassan" in client.get(f"/cases/{case.reference}/").content.decode()
    assert case.reference in client.get("/cases/", {"q": "Hassan"}).content.decode()


def test_of_two_who_save_at_once_the_second_keeps_what_they_typed(cast: Cast) -> None:
    address = f"/people/{cast.resident.pk}/details/"
    first, second = cast.client("officer"), cast.client("colleague")
    opened = boxes(second.get(address))
    fill(first, address, telephone="01")
    answer = second.post(address, opened | {"telephone": "02"})
    assert answer.status_code == 409
    assert "Ben Okafor changed this person at 10:00." in text_of(answer)
    assert boxes(answer)["telephone"] == "02"
    second.post(address, boxes(answer))
    assert Person.objects.get(pk=cast.resident.pk).telephone == "02"


def test_a_move_keeps_where_they_lived_before(cast: Cast) -> None:
    client = cast.client("officer")
    fill(client, f"/people/{cast.resident.pk}/move/", address="1 Tern House", **day("since", "2026-11-02"))
    shown = text_of(client.get(f"/people/{cast.resident.pk}/"))
    assert "1 Tern House" in shown
    assert "Before: 14 Sedge Court, until Mon 2 Nov" in shown
    late = fill(
        client, f"/people/{cast.resident.pk}/move/", address="2 Tern House", **day("since", "2026-12-02")
    )
    assert errors_of(late) == ["The day must be today or earlier."]


def test_the_home_is_described_and_a_wrong_uprn_is_refused(cast: Cast) -> None:
    home = records.home_on(cast.resident, TODAY)
    assert home is not None
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/homes/{home.pk}/"
    assert errors_of(fill(client, address, uprn="1.00023E+11")) == [
        "The UPRN is a number of up to 12 digits, without letters or points."
    ]
    fill(client, address, uprn="001000234567", tenure="secure", stock="lcra", lives_there_as="joint_tenant")
    shown = text_of(client.get(f"/people/{cast.resident.pk}/"))
    for words in ("001000234567", "Secure", "Low cost rental (LCRA)", "Joint tenant"):
        assert words in shown
    assert Living.objects.get().lives_there_as == "joint_tenant"


def test_a_need_is_added_once_told_to_open_complaints_and_looked_at_again(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    address = f"/people/{cast.resident.pk}/needs/new/"
    sent = (
        boxes(client.get(address))
        | {"words": "Hard of hearing", "adjustment": ""}
        | day("review_on", "2027-05-01")
    )
    for _ in range(2):
        client.post(address, sent)
    need = Need.objects.get()
    assert cast.fresh(case).entries == 4
    entry = Entry.objects.get(case=case.pk, verb="record_needs")
    assert entry.data["needs"] == 1
    assert entry.data["review_on"] == "2027-05-01"
    client.post(f"/people/{cast.resident.pk}/needs/{need.pk}/", {"open": "1"})
    page = f"/people/{cast.resident.pk}/needs/{need.pk}/"
    none = {f"review_on-{part}": "" for part in ("day", "month", "year")}
    assert errors_of(fill(client, page, still="yes", **none)) == ["Give the day to look at it again."]
    fill(client, page, still="yes", **day("review_on", "2027-11-01"))
    need.refresh_from_db()
    assert need.review_on == date(2027, 11, 1)
    fill(client, page, still="no")
    need.refresh_from_db()
    assert need.ended_on == TODAY


def test_whoever_may_not_record_needs_in_a_complaint_is_not_offered_it(cast: Cast) -> None:
    case = cast.open()
    shown = cast.client("investigator").get(f"/people/{cast.resident.pk}/needs/new/").content.decode()
    assert case.reference not in shown
    fill(cast.client("investigator"), f"/people/{cast.resident.pk}/needs/new/", words="Deaf")
    assert Need.objects.count() == 1
    assert not Entry.objects.filter(verb="record_needs").exists()


def test_an_overdue_review_is_late(cast: Cast) -> None:
    Need.objects.create(
        landlord=cast.landlord,
        person=cast.resident,
        words="Deaf",
        since=TODAY,
        review_on=TODAY - timedelta(days=1),
    )
    page = page_of(cast.client("officer").post(f"/people/{cast.resident.pk}/open/"))
    assert [said(each) for each in page.xpath("//main//*[@class='pr-late']")] == [
        "Late: to be looked at by Monday 30 November"
    ]


def test_an_authority_is_recorded_ends_and_expires_in_words(cast: Cast) -> None:
    client, root = cast.client("officer"), f"/people/{cast.resident.pk}/"
    wrong = fill(client, f"{root}representatives/new/", who="Law Centre", written="")
    assert errors_of(wrong) == ["Say whether it is in writing."]
    fill(
        client, f"{root}representatives/new/", who="Law Centre", contact="help@law.example", written="yes",
        scope="This complaint", **day("since", "2026-11-02"), **day("expires_on", "2026-12-02"),
    )  # fmt: skip
    given = Authority.objects.get()
    assert given.representative.email == "help@law.example"
    assert "Law Centre Holds: in writing, since Monday 2 November, until Wednesday 2 December" in text_of(
        client.get(root)
    )
    cast.clock.set("2026-12-03T10:00")
    client = cast.client("officer")
    assert "Law Centre Expired: in writing, since Monday 2 November, expired Wednesday 2 December" in text_of(
        client.get(root)
    )
    fill(client, f"{root}representatives/{given.pk}/end/")
    assert "Law Centre Ended" in text_of(client.get(root))
    assert "Acts for Amira Yusuf Ended" in text_of(client.get(f"/people/{given.representative_id}/"))


def test_a_reference_of_another_system_is_kept_once(cast: Cast) -> None:
    records.home_on(cast.resident, TODAY)
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/references/new/"
    for _ in range(2):
        fill(client, address, of="home", source="Repairs contractor", value="P 9")
    assert Reference.objects.get().home is not None
    assert "Repairs contractor: P 9 this home" in text_of(client.get(f"/people/{cast.resident.pk}/"))


# Safe contact


def answer_all(client: Any, number: int, ways: list[str], **answers: Any) -> Any:
    """Go through the questions on what is safe, as a person would."""
    address = f"/people/{number}/safe/"
    page = client.get(address)
    if 'name="open"' in page.content.decode():
        page = client.post(address, {"open": "1"})
    sent: dict[str, Any] = boxes(page) | {"ways": ways}
    for _ in range(12):
        page = client.post(address, sent)
        if page.status_code == 302 or errors_of(page):
            return page
        form = page_of(page).xpath("//main//form[@method='post']")[-1]
        sent = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        sent |= {name: value for name, value in answers.items() if name in form.fields}
    raise AssertionError("The questions do not end.")


def test_what_is_safe_is_asked_one_thing_at_a_time_and_kept_at_the_end(cast: Cast) -> None:
    sam = records.add(cast.landlord, "Sam Bell", "14, Sedge Court")
    records.home_on(cast.resident, TODAY)
    client = cast.client("contact_staff")
    done = answer_all(
        client, cast.resident.pk, ["telephone", "portal"],
        **{"telephone-to": "07700 900777", "telephone-start": "9am", "telephone-until": "17:00"},
        not_to="14 Sedge Court\nshared@example.org", not_people=[str(sam.pk)], code_word="heron",
        note="Ring twice.\nThen wait.",
    )  # fmt: skip
    assert done.status_code == 302
    held = SafeContact.objects.get()
    assert held.allowed == [
        {"way": "telephone", "to": "07700 900777", "from": "09:00", "until": "17:00", "voicemail": False},
        {"way": "portal", "to": "", "from": "", "until": "", "voicemail": False},
    ]
    assert held.not_to == ["14 Sedge Court", "shared@example.org"]
    assert list(held.not_people.all()) == [sam]
    assert (held.code_word, held.note) == ("heron", "Ring twice.\nThen wait.")
    shown = text_of(client.post(f"/people/{cast.resident.pk}/open/"))
    for words in (
        "Telephone 07700 900777, between 09:00 and 17:00, no message left",
        "Nothing to 14 Sedge Court",
        "nothing through, Sam Bell",
        "Code word: heron",
    ):
        assert words in shown, words


def test_nothing_is_kept_before_the_last_page_and_back_loses_nothing(cast: Cast) -> None:
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/safe/"
    page = client.post(address, boxes(client.get(address)) | {"ways": ["telephone"]})
    sent = boxes(page) | {"telephone-to": "07700 900777"}
    page = client.post(address, sent)
    assert "What must nothing reach?" in text_of(page)
    back = client.post(address, boxes(page) | {"not_to": "14 Sedge Court", "back": "1"})
    assert boxes(back)["telephone-to"] == "07700 900777"
    assert boxes(back)["not_to"] == "14 Sedge Court"
    assert SafeContact.objects.count() == Entry.objects.filter(verb="set_safe_contact").count() == 0


def test_with_no_way_ticked_nothing_is_safe_and_the_page_says_so(cast: Cast) -> None:
    client = cast.client("officer")
    assert answer_all(client, cast.resident.pk, [], note="Ask her first.").status_code == 302
    assert SafeContact.objects.get().allowed == []
    assert "Nothing is safe." in text_of(client.post(f"/people/{cast.resident.pk}/open/"))


def test_what_lets_more_through_needs_a_second_person(cast: Cast) -> None:
    safe_contact.set_safe_contact(cast.resident, allowed=[RING], **by(cast))
    client = cast.client("officer")
    refused = answer_all(client, cast.resident.pk, ["telephone", "email"], **{"email-to": "safe@example.org"})
    assert "second person" in errors_of(refused)[0]
    assert SafeContact.objects.count() == 1
    cast.clock.pass_by(minutes=1)
    done = answer_all(
        client, cast.resident.pk, ["telephone", "email"],
        **{"email-to": "safe@example.org"}, checked_by=str(cast.colleague.pk),
    )  # fmt: skip
    assert done.status_code == 302
    assert [each["way"] for each in SafeContact.objects.get(ended_on=None).allowed] == ["telephone", "email"]


def test_hours_that_are_half_given_or_contradict_are_said(cast: Cast) -> None:
    client = cast.client("officer")
    half = answer_all(
        client, cast.resident.pk, ["telephone"], **{"telephone-to": "07700 900777", "telephone-start": "9am"}
    )
    assert errors_of(half) == ["Give both hours: from when, and until when."]
    both = answer_all(
        client, cast.resident.pk, ["telephone"], **{"telephone-to": "07700 900777"}, not_to="07700 900777"
    )
    assert errors_of(both) == ["The same number or address is both safe and not. Ask them which."]
    assert SafeContact.objects.count() == 0


def test_ending_what_is_safe_needs_a_second_person(cast: Cast) -> None:
    safe_contact.set_safe_contact(cast.resident, allowed=[RING], **by(cast))
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/safe/end/"
    assert errors_of(fill(client, address)) == ["Choose the second person who checked it with them."]
    fill(client, address, checked_by=str(cast.colleague.pk))
    assert not safe_contact.is_under(cast.resident)


def test_a_claimed_address_becomes_theirs_once_it_is_checked(cast: Cast) -> None:
    claim = safe_contact.claim_detail(cast.resident, "address", "1 Tern House", "email", **by(cast))
    assert claim is not None
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/claims/{claim.pk}/"
    assert "Tern House" not in client.get(address).content.decode()
    assert "1 Tern House" in text_of(client.post(address, {"open": "1"}))
    assert errors_of(fill(client, address, believed="yes")) == ["Enter how you checked."]
    fill(client, address, believed="yes", how="Rang the number we held")
    person = Person.objects.get(pk=cast.resident.pk)
    assert person.address == str(queries.home_of(person, TODAY)) == "1 Tern House"
    assert [each.home.address for each in queries.homes_of(person)] == ["1 Tern House", "14 Sedge Court"]
    assert ClaimedDetail.objects.get().believed is True


def test_a_claim_that_is_not_believed_changes_nothing(cast: Cast) -> None:
    claim = safe_contact.claim_detail(cast.resident, "telephone", "07700 900999", "text", **by(cast))
    assert claim is not None
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/claims/{claim.pk}/"
    client.post(address, {"open": "1"})
    fill(client, address, believed="no", how="She did not know it")
    assert Person.objects.get(pk=cast.resident.pk).telephone == "07700 900123"
    assert ClaimedDetail.objects.get().believed is False


# The same person


def test_two_records_are_joined_after_a_look_and_parted_again(cast: Cast) -> None:
    double = records.add(cast.landlord, "Amira Yousef", "14 Sedge Ct", "amira2@example.org")
    case = cast.open(resident=double)
    client, root = cast.client("officer"), f"/people/{cast.resident.pk}/"
    found = client.get(f"{root}same/", {"q": "Yousef"}).content.decode()
    assert f"{root}same/{double.pk}/" in found
    shown = text_of(client.get(f"{root}same/{double.pk}/"))
    assert f"These complaints move: {case.reference}" in shown
    assert "amira2@example.org" in shown
    assert errors_of(fill(client, f"{root}same/{double.pk}/")) == [
        "How you know that they are one person: enter it."
    ]
    fill(client, f"{root}same/{double.pk}/", reason="Same date of birth")
    assert cast.fresh(case).resident_id == cast.resident.pk
    assert client.get(f"/people/{double.pk}/")["Location"] == root
    made = Joining.objects.get()
    assert "Joined with the record of Amira Yousef" in text_of(client.get(root))
    fill(client, f"{root}joined/{made.pk}/", reason="Two dates of birth")
    assert cast.fresh(case).resident_id == double.pk
    assert client.get(f"/people/{double.pk}/").status_code == 200


def test_what_stands_in_the_way_of_joining_is_said_and_there_is_no_button(cast: Cast) -> None:
    cast.receive(representative=cast.other_resident)
    page = cast.client("officer").get(f"/people/{cast.resident.pk}/same/{cast.other_resident.pk}/")
    assert "They cannot be joined" in text_of(page)
    assert "Join the two records" not in text_of(page)


# The rest


def test_a_person_without_anything_known_has_a_page_that_says_so(cast: Cast) -> None:
    person = Person.objects.create(landlord=cast.landlord)
    shown = text_of(cast.client("officer").get(f"/people/{person.pk}/"))
    assert "Name not known" in shown
    assert "Nobody else is recorded at this home." in shown


def test_the_page_of_a_person_costs_the_same_however_much_is_known(cast: Cast) -> None:
    known(cast)
    cast.receive()
    client, address = cast.client("officer"), f"/people/{cast.resident.pk}/"

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = cost()
    for n in range(30):
        cast.receive(account=f"Tap {n}", points=[f"Tap {n}"])
        records.add(cast.landlord, f"Person {n}", "14 Sedge Court")
        Need.objects.create(landlord=cast.landlord, person=cast.resident, words=f"Need {n}", since=TODAY)
    assert cost() == few
    assert few <= MOST_STATEMENTS


def test_nothing_sensitive_is_in_the_journal_or_the_logs(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    told = known(cast)
    client = cast.client("officer")
    client.post(f"/people/{cast.resident.pk}/open/")
    client.post(f"/people/{cast.resident.pk}/needs/{told['need'].pk}/", {"open": "1"})
    own = Entry.objects.filter(case=0)
    written = json.dumps([entry.data for entry in own]) + " ".join(
        Text.objects.filter(case=0).values_list("text", flat=True)
    )
    for secret in SECRETS:
        assert secret not in written
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    for secret in SECRETS:
        assert secret not in logged
    assert needs.of_person(cast.resident, TODAY)
    assert notices_of(client.get(f"/people/{cast.resident.pk}/")) == []


# On the page of a case


def test_a_case_leads_to_its_people_and_says_that_an_authority_has_expired(cast: Cast) -> None:
    case = cast.receive(representative=cast.other_resident)
    client, address = cast.client("officer"), f"/cases/{case.reference}/"
    assert "Representative: Paul Nowak" in text_of(client.get(address))
    given = {"written": True, "scope": "", "since": date(2026, 1, 1), "expires_on": date(2026, 11, 30)}
    actions.give_authority(cast.resident, cast.other_resident, **given, **by(cast))
    shown = client.get(address)
    assert "Representative: Paul Nowak, authority expired Monday 30 November" in text_of(shown)
    for person in (cast.resident, cast.other_resident):
        assert f'href="/people/{person.pk}/"' in shown.content.decode()
    assert "/people/" not in cast.client("board_member").get(address).content.decode()
