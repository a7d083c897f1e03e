"""Views of the queue that were saved: whose they are, what they hold, and what becomes of garbage in them."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from cast import MEMBERS, Cast
from queue_pages import join, page_of, references, set_index

NEW = "/queue/views/new/"


def save(cast: Cast, query: str = "stage=2", who: str = "officer", **given: Any) -> Any:
    given = {"name": "Second stage", "whose": "me"} | given
    return cast.client(who).post(f"{NEW}?{query}", given)


def view(name: str = "Second stage") -> Any:
    from putright.record.accounts.models import SavedView

    return SavedView.objects.get(name=name)


def stored(cast: Cast, query: str, who: str = "officer", **more: Any) -> Any:
    """A view as it may have come to stand in the database, however it was spoilt."""
    from putright.record.accounts.models import SavedView

    return SavedView.objects.create(
        landlord=cast.landlord, user=cast.users[who], query=query, **({"name": "Kept"} | more)
    )


def ways(page: str) -> dict[str, str]:
    """The views at the head of the queue: name and count, to address."""
    listed = re.search(r'<nav class="pr-ways.*?</nav>', page, re.DOTALL)
    assert listed
    return {
        html.unescape(re.sub(r"<[^>]+>", "", text)): html.unescape(address)
        for address, text in re.findall(
            r'<li[^>]*><a class="govuk-link" href="([^"]*)"[^>]*>(.*?)</a>', listed[0]
        )
    }


def test_filters_are_saved_under_a_name_and_found_again_with_their_count(cast: Cast) -> None:
    for _ in range(2):
        set_index(cast.open(), stage=2)
    cast.open()
    page = page_of(cast, "/queue/?stage=2&order=risk")
    assert f'href="{NEW}?stage=2&order=risk"' in page
    assert "Stage 2. By risk to the resident, then by date." in page_of(cast, f"{NEW}?stage=2&order=risk")
    answer = save(cast, "stage=2&order=risk&after=2026-12-01.5&nonsense=1")
    assert answer["Location"] == "/queue/?stage=2&order=risk"
    kept = view()
    assert (kept.query, kept.user, kept.team, kept.first) == ("stage=2&order=risk", cast.officer, "", False)
    found = ways(page_of(cast))
    assert found["Second stage: 2"] == f"/queue/?stage=2&order=risk&view={kept.pk}"
    assert len(references(page_of(cast, found["Second stage: 2"]))) == 2
    assert "Second stage" not in page_of(cast, who="colleague")


def test_what_is_asked_for_now_is_marked_as_the_view_it_is(cast: Cast) -> None:
    save(cast, "stage=2")
    marked = re.findall(r'aria-current="true">([^<]*):', page_of(cast, "/queue/?stage=2"))
    assert "Second stage" in marked
    assert "Second stage" not in re.findall(r'aria-current="true">([^<]*):', page_of(cast, "/queue/?stage=1"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": ""}, "Enter name of the view."),
        ({"name": "  "}, "Enter name of the view."),
        ({"name": "x" * 61}, "60"),
        ({"name": "a\0b"}, "Null characters"),
        ({"whose": "everybody"}, "Choose one from the list."),
        ({"whose": "team"}, "Choose one from the list."),
        ({"whose": ""}, "Choose who is it for?"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is(cast: Cast, given: dict[str, str], says: str) -> None:
    from putright.record.accounts.models import SavedView

    page = html.unescape(save(cast, **given).content.decode())
    assert "There is a problem" in page
    assert says in page or "Answer: Who is it for?" in page
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_by_one_person(cast: Cast) -> None:
    save(cast)
    assert "You have a view of this name already." in html.unescape(save(cast).content.decode())
    assert save(cast, name=" Second   stage ").status_code == 200
    assert save(cast, who="colleague").status_code == 302


def test_there_is_room_for_so_many_views_and_no_more(cast: Cast) -> None:
    from putright.record.accounts import saved_views

    for number in range(saved_views.MOST):
        stored(cast, "", name=f"View {number}")
    assert "Delete one to save another." in html.unescape(save(cast).content.decode())
    assert page_of(cast).count('href="/queue/?view=') <= 10


def test_filters_too_long_to_keep_are_said(cast: Cast) -> None:
    answer = save(cast, urlencode({"q": "😀" * 200}))
    assert "too long to save" in html.unescape(answer.content.decode())


def test_a_name_in_any_script_is_shown_as_it_is(cast: Cast) -> None:
    for name in ("<script>alert(1)</script>", "قائمة", "😀" * 60, "=1+1"):
        assert save(cast, name=name).status_code == 302
    for address in ("/queue/", "/queue/views/"):
        body = cast.client("officer").get(address).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
        assert "قائمة" in body


# Whose


def test_a_teams_view_is_its_teams_and_nobody_elses(cast: Cast) -> None:
    for member in ("officer", "colleague"):
        join(cast, member, "Complaints")
    join(cast, "investigator", "Repairs")
    assert save(cast, "stage=2", whose="team").status_code == 302
    address = f"/queue/views/{view().pk}/"
    for who, sees in (("officer", True), ("colleague", True), ("investigator", False), ("reviewer", False)):
        assert ("Second stage: 0" in ways(page_of(cast, who=who))) is sees, who
        assert ("Second stage" in page_of(cast, "/queue/views/", who)) is sees, who
        assert cast.client(who).get(address).status_code == (302 if sees else 404), who


def test_a_team_of_the_same_name_at_another_landlord_is_another_team(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.stranger).update(team="Complaints")
    join(cast, "officer", "Complaints")
    save(cast, whose="team")
    assert cast.client("stranger").get(f"/queue/views/{view().pk}/").status_code == 404
    assert "Second stage" not in page_of(cast, who="stranger")


def test_nobody_without_a_team_sees_the_views_of_no_team(cast: Cast) -> None:
    save(cast, who="colleague")
    assert "Second stage" not in page_of(cast)
    assert "For my team" not in page_of(cast, NEW)


def test_an_address_to_send_on_leads_to_what_it_holds_with_each_ones_own_me(cast: Cast) -> None:
    for member in ("officer", "colleague"):
        join(cast, member, "Complaints")
    mine = set_index(cast.open(), handler=cast.officer)
    theirs = set_index(cast.open(), handler=cast.colleague)
    save(cast, "handler=me", whose="team")
    address = f"/queue/views/{view().pk}/"
    for who, case in (("officer", mine), ("colleague", theirs)):
        answer = cast.client(who).get(address)
        assert answer["Location"] == f"/queue/?handler=me&view={view().pk}"
        assert references(page_of(cast, answer["Location"], who)) == [case.reference]
    assert cast.client().get(address)["Location"].startswith("/sign-in")


@pytest.mark.parametrize("address", ["/queue/views/{}/", "/queue/views/{}/change/"])
def test_anothers_view_is_as_if_it_were_not(cast: Cast, address: str) -> None:
    kept = stored(cast, "stage=2")
    for who in ("colleague", "administrator", "stranger"):
        client = cast.client(who)
        for method in (client.get, client.post):
            theirs, none = method(address.format(kept.pk)), method(address.format(kept.pk + 1000))
            assert theirs.status_code == none.status_code
            assert theirs.status_code in (404, 405)
    assert cast.client("officer").get(address.format("9" * 30)).status_code == 404


def test_only_whoever_saved_a_teams_view_changes_it(cast: Cast) -> None:
    for member in ("officer", "colleague"):
        join(cast, member, "Complaints")
    save(cast, whose="team")
    address = f"/queue/views/{view().pk}/change/"
    for then in ("rename", "delete", "first", "not_first"):
        assert cast.client("colleague").post(address, {"then": then, "name": "Mine now"}).status_code == 404
    assert "Everybody in <bdi>Complaints</bdi>" in page_of(cast, address)
    assert f'href="{address}"' not in page_of(cast, "/queue/views/", "colleague")
    assert view().name == "Second stage"


# Changing


def test_a_view_is_renamed_and_deleted(cast: Cast) -> None:
    save(cast)
    save(cast, "stage=1", name="First stage")
    address = f"/queue/views/{view().pk}/change/"
    client = cast.client("officer")
    assert "already" in html.unescape(client.post(address, {"name": "First stage"}).content.decode())
    assert view().query == "stage=2"
    assert client.post(address, {"name": "Stage two", "then": "rename"}).status_code == 302
    assert view("Stage two").query == "stage=2"
    assert client.get(address).status_code == 200
    assert client.post(address, {"then": "delete"}).status_code == 302
    assert client.get(address).status_code == 404
    assert "First stage" in page_of(cast, "/queue/views/")


def test_the_queue_opens_with_the_view_one_chose_and_everything_is_one_press_away(cast: Cast) -> None:
    later, first = cast.open(), set_index(cast.open(), stage=2)
    save(cast, "stage=2", first="on")
    client = cast.client("officer")
    opened = client.get("/queue/")
    assert opened["Location"] == f"/queue/?stage=2&view={view().pk}"
    page = page_of(cast, opened["Location"])
    assert references(page) == [first.reference]
    assert '<a class="govuk-link" href="/queue/?view=all">Clear filters</a>' in page
    assert 'pr-chosen__tag" href="/queue/?view=all"' in page
    assert set(references(page_of(cast, "/queue/?view=all"))) == {first.reference, later.reference}
    assert cast.client("colleague").get("/queue/").status_code == 200
    client.post(f"/queue/views/{view().pk}/change/", {"then": "not_first"})
    assert client.get("/queue/").status_code == 200


def test_the_queue_opens_with_one_view_at_most(cast: Cast) -> None:
    from putright.record.accounts.models import SavedView

    save(cast, "stage=2", first="on")
    save(cast, "stage=1", name="First stage", first="on")
    assert list(SavedView.objects.filter(first=True)) == [view("First stage")]
    cast.client("officer").post(f"/queue/views/{view().pk}/change/", {"then": "first"})
    assert list(SavedView.objects.filter(first=True)) == [view()]


def test_ones_own_choice_comes_before_the_teams(cast: Cast) -> None:
    for member in ("officer", "colleague"):
        join(cast, member, "Complaints")
    save(cast, "stage=2", whose="team", first="on")
    assert cast.client("colleague").get("/queue/")["Location"].startswith("/queue/?stage=2")
    save(cast, "stage=1", "colleague", name="First stage", first="on")
    assert cast.client("colleague").get("/queue/")["Location"].startswith("/queue/?stage=1")
    assert cast.client("officer").get("/queue/")["Location"].startswith("/queue/?stage=2")


# Garbage


@pytest.mark.parametrize(
    "query",
    [
        "",
        "stage=9&state=nonsense&risk=-1",
        "stage=1; DROP TABLE cases_case",
        "handler=999999&team=Nowhere",
        "q=' OR 1=1 --&order=random()",
        "next_due_on__lt=2020-01-01&landlord=2&id__in=1",
        "%00=%00&q=%00&category=%00",
        "&&&===???",
        "q=" + "%F0%9F%98%80" * 80,
        "handler=%D9%A1&when=late%27",
        "after=2026-12-01.1&before=x&view=3",
        "\ud800".encode("utf-8", "replace").decode() * 40,
    ],
)
def test_garbage_in_a_query_that_was_kept_is_passed_over(cast: Cast, query: str) -> None:
    case = cast.open()
    kept = stored(cast, query, first=True)
    client = cast.client("officer")
    assert client.get("/queue/views/").status_code == 200
    opened = client.get(f"/queue/views/{kept.pk}/")
    assert opened.status_code == 302
    assert "landlord" not in opened["Location"]
    page = client.get(opened["Location"])
    assert page.status_code == 200
    assert client.get("/queue/")["Location"] == opened["Location"]
    if "q=" not in query:
        assert references(page.content.decode()) == [case.reference]


# What comes with a role


@pytest.mark.parametrize("who", MEMBERS)
def test_every_role_has_views_of_its_own_and_each_count_is_of_its_rows(cast: Cast, who: str) -> None:
    from putright.interfaces.staff.queue.kept_views import OF_ROLES

    join(cast, who, "Complaints")
    set_index(cast.open(needs=["Asthma"]), handler=cast.users[who])
    set_index(cast.open(), handler=None, draft_waits=True)
    set_index(cast.open(), handler=None, with_ombudsman=True, stage=2)
    cast.receive(hazard="emergency")
    cast.receive(hazard="significant")
    found = ways(page_of(cast, who=who))
    names = [name for name, _ in OF_ROLES[cast.roles[who]]]
    assert [text.rsplit(": ", 1)[0] for text in found] == names
    for text, address in found.items():
        assert len(references(page_of(cast, address, who))) == int(text.rsplit(": ", 1)[1]), text


def test_what_comes_with_a_role_holds_only_what_a_list_can_be_narrowed_by() -> None:
    from complaint_rules.roles import ROLES
    from putright.interfaces.staff.queue.filters import Filters, People, read_query
    from putright.interfaces.staff.queue.kept_views import OF_ROLES
    from putright.record.accounts.members import Member

    people = People([Member(1, "Ben", ["complaints_officer"], "Complaints", True)], 1, "Complaints")
    assert set(OF_ROLES) == set(ROLES)
    for views in OF_ROLES.values():
        for name, query in views:
            assert read_query(query, people) != Filters(), name
            assert sorted(read_query(query, people).query().split("&")) == sorted(query.split("&")), name
