"""What each team owes: late, waiting for its yes, soon, later; kept with proof, moved with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from cast import MEMBERS, TODAY, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import day, errors_of, fill, page_of, text_of

TEAM = "/promises/team/Repairs/"


@pytest.fixture
def repairs(cast: Cast) -> Any:
    """A case with a promise in each group of Repairs', and one of another team's."""
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.service_manager).update(team="Repairs")
    case = cast.open()
    for what, length, owner in (
        ("Treat mould", -4, "Repairs"),
        ("Renew fan", 8, "Repairs"),
        ("Paint wall", 2, "Repairs"),
        ("Check roof", 40, "Repairs"),
        ("Send the rent sums", 3, "Income"),
    ):
        due = TODAY + timedelta(days=length)
        cast.do("promise", case, at="2026-11-21T10:00", what=what, due=due, owner=owner)
    for number in (3, 4):
        cast.do("agree_promise", case, "service_manager", promise=number, can=True)
    return cast.fresh(case)


def sections(answer: Any) -> dict[str, list[str]]:
    found = {}
    for each in page_of(answer).xpath("//main//section"):
        rows = each.xpath(".//*[contains(@class, 'pr-case__who')]")
        found[each.xpath("./h2")[0].text_content().strip()] = [row.text_content().strip() for row in rows]
    return found


def test_a_team_sees_what_is_late_what_needs_its_yes_what_is_soon_and_later(cast: Cast, repairs: Any) -> None:
    assert sections(cast.client("service_manager").get(TEAM)) == {
        "Late (1)": ["Treat mould"],
        "Needs your yes (1)": ["Renew fan"],
        "Next 5 working days (1)": ["Paint wall"],
        "Later (1)": ["Check roof"],
    }


def test_a_no_with_its_reason_stands_on_the_list_and_ends_nothing(cast: Cast, repairs: Any) -> None:
    client = cast.client("service_manager")
    address = f"/cases/{repairs.reference}/agree_promise/?promise=2&can=no&back={TEAM}"
    refused = fill(client, address)
    assert errors_of(refused) == ["Say why it cannot be done."]
    sent = fill(client, address, reason="The fan comes in January.")
    assert sent["Location"] == TEAM
    page = client.get(TEAM)
    assert sections(page)["Cannot be kept by its day (1)"] == ["Renew fan"]
    assert "They said that they cannot: The fan comes in January." in text_of(page)


def test_a_new_day_asks_for_a_new_yes_unless_the_team_gave_it(cast: Cast, repairs: Any) -> None:
    cast.do("change_promise", repairs, promise=3, due=date(2026, 12, 7), reason="Rain.")
    assert "Paint wall" in sections(cast.client("service_manager").get(TEAM))["Needs your yes (2)"]
    cast.do("change_promise", repairs, "service_manager", promise=3, due=date(2026, 12, 8), reason="Paint.")
    assert sections(cast.client("service_manager").get(TEAM))["Next 5 working days (1)"] == ["Paint wall"]


def test_only_the_team_or_whoever_answers_says_yes(cast: Cast, repairs: Any) -> None:
    client = cast.client("service_manager")
    sent = fill(client, f"/cases/{repairs.reference}/agree_promise/", promise="5", can="yes")
    assert sent.status_code == 200
    assert "Only the team that must keep this promise" in errors_of(sent)[0]
    sent = fill(cast.client("officer"), f"/cases/{repairs.reference}/agree_promise/", promise="5", can="yes")
    assert sent.status_code == 302


def test_kept_with_words_and_photos_and_gone_from_the_list(cast: Cast, repairs: Any) -> None:
    from putright.record.correspondence.models import Attachment

    client = cast.client("service_manager")
    address = f"/cases/{repairs.reference}/keep_promise/?promise=1&back={TEAM}"
    photo = BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    photo.name = "wall.png"
    sent = fill(client, address, proof="Washed and painted.", files=photo)
    assert sent["Location"] == TEAM
    assert "Late (1)" not in sections(client.get(TEAM))
    assert [each.name for each in Attachment.objects.filter(case=repairs)] == ["wall.png"]
    page = client.get(f"/cases/{repairs.reference}/")
    assert "Washed and painted." in text_of(page)


def test_a_file_that_cannot_be_kept_is_said_and_nothing_is_done(cast: Cast, repairs: Any) -> None:
    client = cast.client("service_manager")
    program = BytesIO(b"MZ" + b"0" * 64)
    program.name = "photo.exe"
    sent = fill(client, f"/cases/{repairs.reference}/keep_promise/?promise=1", proof="Done.", files=program)
    assert "is a program" in errors_of(sent)[0]
    assert "Late (1)" in sections(client.get(TEAM))


def test_a_promise_of_a_closed_case_stays(cast: Cast, repairs: Any) -> None:
    from putright.casework.fields import PointDecided

    decisions = [PointDecided(n, "upheld", "We came late.") for n in (1, 2)]
    cast.do("respond", repairs, "investigator", decisions=decisions)
    cast.do("close", cast.fresh(repairs))
    assert "Case closed; still owed" in text_of(cast.client("service_manager").get(TEAM))


def test_the_boards_list_counts_what_is_late_and_opens_it(cast: Cast, repairs: Any) -> None:
    client = cast.client("board_member")
    page = client.get("/promises/late/")
    assert "Promises that are late: 1" in text_of(page)
    assert "Mark as kept" not in text_of(page)
    opened = page_of(page).xpath("//a[contains(@class, 'pr-late')]/@href")
    assert opened == [f"{TEAM}?show=late"]
    assert sections(client.get(opened[0])) == {"Late (1)": ["Treat mould"]}
    assert "/promises/late/" in client.get("/").content.decode()


@pytest.mark.parametrize("member", MEMBERS)
def test_all_staff_see_what_is_owed_where_and_when(cast: Cast, repairs: Any, member: str) -> None:
    page = cast.client(member).get(TEAM)
    assert page.status_code == 200
    assert "14 Sedge Court" in text_of(page)
    assert "Amira" not in page.content.decode()


def test_no_list_shows_an_address_where_somebody_said_what_is_safe(cast: Cast, repairs: Any) -> None:
    from putright.record.people.models import SafeContact

    SafeContact.objects.create(landlord=cast.landlord, person=cast.resident, since=TODAY)
    page = cast.client("officer").get(TEAM).content.decode()
    assert "Sedge" not in page
    assert "Address not shown: safe contact" in page


def test_another_landlord_sees_none_of_it(cast: Cast, repairs: Any) -> None:
    client = cast.client("stranger")
    assert client.get(TEAM).status_code == client.get("/promises/team/Nothing/").status_code == 404
    for address in ("/promises/", "/promises/all/", "/promises/late/"):
        assert repairs.reference not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "query", ["?show=late&after=x", "?show=%00", "?show=late&after=9999-99-99.1", "?show=next"]
)
def test_odd_questions_are_answered(cast: Cast, repairs: Any, query: str) -> None:
    assert cast.client("officer").get(TEAM + query).status_code == 200


def test_a_team_nobody_knows_is_not_there(cast: Cast, repairs: Any) -> None:
    for name in ("%00", "x" * 500, "..%2f", "%F0%9F%98%80"):
        assert cast.client("officer").get(f"/promises/team/{name}/").status_code == 404


def test_the_list_costs_the_same_however_much_is_owed(cast: Cast, repairs: Any) -> None:
    client = cast.client("service_manager")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(TEAM).status_code == 200
        return len(asked)

    cost()
    before = cost()
    for number in range(30):
        other = cast.open()
        cast.do("promise", other, what=f"Job {number}", due=TODAY + timedelta(days=9), owner="Repairs")
    assert cost() == before <= 20
    page = client.get(TEAM)
    assert "See all 31" in text_of(page)
    assert len(sections(client.get(f"{TEAM}?show=needs-yes"))["Needs your yes (31)"]) == 31


def test_a_day_is_changed_with_a_reason_and_the_missed_day_stays(cast: Cast, repairs: Any) -> None:
    client = cast.client("service_manager")
    address = f"/cases/{repairs.reference}/change_promise/?promise=1&back={TEAM}"
    assert set(errors_of(fill(client, address))) == {
        "Give the new day.",
        "Give the reason for changing the day.",
    }
    assert fill(client, address, reason="Frost.", **day("due", "2026-12-04"))["Location"] == TEAM
    assert "an earlier day was missed" in text_of(client.get(f"/cases/{repairs.reference}/"))


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_stays_on_this_site(cast: Cast, repairs: Any, back: str) -> None:
    address = f"/cases/{repairs.reference}/agree_promise/?promise=2&can=yes&back={back}"
    assert "evil" not in fill(cast.client("officer"), address)["Location"]
