"""The pages of administration: who reads, who changes, and that nothing of another landlord's is ever there."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.test import Client
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, text_of

READERS = {"administrator", "auditor"}
ODD = ["<script>alert(1)</script>", "😀" * 20, "\u202eabc", "=1+1", "Robert'); DROP TABLE x;--"]
PAGES = (
    "",
    "history/",
    "people/",
    "teams/",
    "categories/",
    "calendar/",
    "calendar/letters/",
    "rates/",
)
CHANGES = (
    "people/invite/",
    "teams/describe/",
    "categories/new/",
    "categories/begin/",
    "calendar/bank-holiday/",
    "calendar/moved-away/",
    "calendar/closed/",
    "rates/new/",
)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def admin(cast: Cast) -> Client:
    return cast.client("administrator")


def at(path: str) -> str:
    return f"/administration/{path}"


def entries(cast: Cast) -> int:
    from putright.record.journal.models import Entry

    return Entry.objects.filter(case=0).count()


def stranger_administrates(cast: Cast) -> Client:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.stranger).update(roles=["administrator"])
    return cast.client("stranger")


def everything(cast: Cast, admin: Client) -> list[str]:
    """One of everything, and the addresses that name each."""
    from putright.record.landlords.models import Category, CompensationRate
    from putright.upkeep.calendar_changes.models import CalendarChange, MovedDay

    cast.open()
    fill(admin, at("categories/new/"), name="Damp")
    fill(admin, at("rates/new/"), **rate())
    holiday(admin)
    press(admin, at(f"calendar/changes/{CalendarChange.objects.get().pk}/"))
    change = CalendarChange.objects.get()
    category, kept, moved = Category.objects.get(), CompensationRate.objects.get(), MovedDay.objects.get()
    who = cast.officer.pk
    return [
        *(
            f"people/{who}/{part}"
            for part in ("", "change/", "switch-off/", "switch-on/", "link/", "end-links/")
        ),
        *(f"categories/{category.pk}/{part}" for part in ("", "move/", "retire/")),
        f"calendar/{change.day_off_id}/take-back/",
        f"calendar/changes/{change.pk}/",
        f"calendar/letters/{moved.pk}/",
        f"rates/{kept.pk}/end/",
    ]


def rate(**more: Any) -> dict[str, Any]:
    said = {"head": "No heating", "kind": "ombudsman", "unit": "day", "pence": "8", "source": "Guidance"}
    return said | day("first_on", "2026-04-01") | more


def holiday(admin: Client, on: str = "2026-12-02", **more: Any) -> Any:
    said = {"name": "Day of thanks", "source": "GOV.UK"}
    return fill(
        admin,
        at("calendar/bank-holiday/"),
        **(said | day("first_on", on) | day("announced_on", "2026-11-30") | more),
    )


def press(client: Client, address: str, **more: Any) -> Any:
    return client.post(address, {"key": str(uuid.uuid4())} | more)


# Who may


@pytest.mark.parametrize("member", MEMBERS)
def test_administrators_and_auditors_read_and_nobody_else(cast: Cast, member: str) -> None:
    client = cast.client(member)
    for path in PAGES:
        reads = member in READERS or (path == "calendar/letters/" and "officer" in cast.roles[member])
        assert client.get(at(path)).status_code == (200 if reads else 403), path
    assert ('href="/administration/"' in client.get("/queue/").content.decode()) is (member in READERS)


@pytest.mark.parametrize("member", sorted(set(MEMBERS) - {"administrator"}))
def test_only_an_administrator_changes_anything(cast: Cast, admin: Client, member: str) -> None:
    named = everything(cast, admin)
    before = entries(cast)
    client = cast.client(member)
    for path in (*CHANGES, *named):
        if path.startswith("calendar/letters/") and member in ("officer", "colleague"):
            continue
        answer = press(client, at(path), reason="x", how="x")
        assert answer.status_code in (403, 405), path
    assert entries(cast) == before


def test_an_auditor_sees_no_way_to_change_anything(cast: Cast, admin: Client) -> None:
    everything(cast, admin)
    client = cast.client("auditor")
    for path in (*PAGES, f"people/{cast.officer.pk}/", "teams/one/?team=Repairs"):
        page = client.get(at(path)).content.decode()
        for each in (*CHANGES, "/change/", "/switch-off/", "/take-back/", "/end/"):
            assert f'{each}"' not in page, f"{path} leads to {each}"


def test_everything_of_another_landlord_is_as_if_it_were_not(cast: Cast, admin: Client) -> None:
    named = everything(cast, admin)
    stranger = stranger_administrates(cast)
    before = entries(cast)
    for path in named:
        for answer in (stranger.get(at(path)), press(stranger, at(path), reason="x", how="x", way="up")):
            assert answer.status_code in (404, 405), path
            assert "Amira" not in answer.content.decode()
    assert entries(cast) == before
    unknown = stranger.get(at("people/999999/"))
    theirs = stranger.get(at(f"people/{cast.officer.pk}/"))
    assert unknown.status_code == theirs.status_code == 404
    assert unknown.content.decode().count("<p") == theirs.content.decode().count("<p")


def test_the_lists_hold_nothing_of_another_landlord(cast: Cast, admin: Client) -> None:
    everything(cast, admin)
    stranger = stranger_administrates(cast)
    for path in (*PAGES, "people/?name=Ben", "teams/one/?team=Repairs"):
        page = stranger.get(at(path)).content.decode()
        for word in ("Ben Okafor", "Damp</", "No heating", "Day of thanks", "TV-26"):
            assert word not in page, f"{path}: {word}"


def test_reading_changes_nothing(cast: Cast, admin: Client) -> None:
    from putright.upkeep.calendar_changes.models import CalendarChange, MovedDay

    named = everything(cast, admin)
    before = entries(cast), MovedDay.objects.count(), CalendarChange.objects.get().state
    for path in (*PAGES, *CHANGES, *named):
        assert admin.get(at(path)).status_code in (200, 405), path
    assert (entries(cast), MovedDay.objects.count(), CalendarChange.objects.get().state) == before


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1", "x", "%00", "١"])
def test_an_odd_number_is_nothing(cast: Cast, admin: Client, number: str) -> None:
    for path in (
        f"people/{number}/",
        f"categories/{number}/",
        f"calendar/changes/{number}/",
        f"rates/{number}/end/",
    ):
        assert admin.get(at(path)).status_code == 404, path


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=0", f"?before={'9' * 40}", "?before=-1", "?before=%00"]
)
def test_an_odd_place_in_the_history_is_the_beginning_or_nothing(admin: Client, query: str) -> None:
    assert admin.get(at(f"history/{query}")).status_code == 200


@pytest.mark.parametrize(
    "query", ["?standing=x", "?team=%00", "?name=%00", f"?name={'x' * 10_000}", "?team=x&standing=off"]
)
def test_an_odd_filter_shows_a_list_all_the_same(admin: Client, query: str) -> None:
    assert admin.get(at(f"people/{query}")).status_code == 200


def test_the_front_page_counts_and_each_count_opens_to_its_rows(cast: Cast, admin: Client) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.officer).update(state="off")
    page = admin.get(at("")).content.decode()
    assert "10 active" in page
    assert "1 switched off" in page
    assert text_of(admin.get(at("people/?standing=off"))).count("Ben Okafor") == 1
    assert "Olive Marsh" not in text_of(admin.get(at("people/?standing=off")))
    assert "10 people" in text_of(admin.get(at("people/?standing=active")))


# People


def test_an_invitation_shows_its_link_once_and_lets_them_in(cast: Cast, admin: Client) -> None:
    import re

    answer = fill(
        admin, at("people/invite/"), name="Nia Wells", email="nia@tern-valley.example", roles=["investigator"]
    )
    link = re.search(r"http://testserver(/set-password/[\w-]{43})", answer.content.decode())
    assert link
    assert "no-store" in answer["Cache-Control"]
    opened = Client().get(link[1])
    assert "nia@tern-valley.example" in text_of(opened)
    visitor = Client()
    assert fill(visitor, link[1], password="a quiet heron on the weir").status_code == 302
    signed = visitor.post(
        "/sign-in", {"email": "nia@tern-valley.example", "password": "a quiet heron on the weir"}
    )
    assert signed.status_code == 302
    assert visitor.get("/queue/").status_code == 200
    assert Client().get(link[1]).status_code == 404


def test_a_link_that_was_shown_is_on_no_other_page(cast: Cast, admin: Client) -> None:
    import re

    answer = press(admin, at(f"people/{cast.officer.pk}/link/"))
    link = re.search(r"/set-password/([\w-]{43})", answer.content.decode())
    assert link
    for path in ("", "history/", f"people/{cast.officer.pk}/"):
        assert link[1] not in admin.get(at(path)).content.decode()
    page = text_of(admin.get(at(f"people/{cast.officer.pk}/")))
    assert "It was shown once and cannot be shown again" in page


def test_the_same_button_pressed_twice_makes_one_link_and_does_not_show_it_again(
    cast: Cast, admin: Client
) -> None:
    from putright.record.accounts.models import OneTimeLink

    key = str(uuid.uuid4())
    address = at(f"people/{cast.officer.pk}/link/")
    assert "/set-password/" in admin.post(address, {"key": key}).content.decode()
    again = admin.post(address, {"key": key})
    assert "shown already" in text_of(again)
    assert OneTimeLink.objects.count() == 1


def test_what_is_wrong_with_an_invitation_is_said_beside_its_field(cast: Cast, admin: Client) -> None:
    answer = fill(admin, at("people/invite/"), name=" ", email="officer@tern-valley.example")
    assert errors_of(answer) == ["Enter name.", "Choose at least one role."]
    answer = fill(
        admin, at("people/invite/"), name="Ben", email="officer@tern-valley.example", roles=["auditor"]
    )
    assert errors_of(answer) == ["They work here already."]


def test_roles_are_changed_and_the_history_says_by_whom_and_why(cast: Cast, admin: Client) -> None:
    answer = fill(
        admin,
        at(f"people/{cast.officer.pk}/change/"),
        roles=["reviewer", "auditor"],
        title="Head of homes",
        reason="New job from Monday",
    )
    assert answer.status_code == 302
    page = text_of(admin.get(at(f"people/{cast.officer.pk}/")))
    assert "Reviewer, Auditor" in page
    assert "Adam Stone" in page
    assert "New job from Monday" in page


def test_two_administrators_at_once_do_not_write_over_one_another(cast: Cast, admin: Client) -> None:
    address = at(f"people/{cast.officer.pk}/change/")
    opened = boxes(admin.get(address))
    fill(admin, address, roles=["reviewer"])
    answer = admin.post(address, opened | {"roles": ["auditor"]})
    assert "Somebody else has changed this" in errors_of(answer)[0]
    answer = admin.post(address, boxes(answer) | {"roles": ["auditor"]})
    assert answer.status_code == 302, "What they saw is known now, so sending it again saves it."


def test_ones_own_entry_has_no_form(cast: Cast, admin: Client) -> None:
    own = cast.administrator.pk
    assert "This is you" in text_of(admin.get(at(f"people/{own}/")))
    assert not page_of(admin.get(at(f"people/{own}/change/"))).xpath("//main//form")
    press(admin, at(f"people/{own}/change/"), roles=["administrator", "complaints_officer"])
    assert press(admin, at(f"people/{own}/link/"), follow=True).status_code == 302
    assert entries(cast) == 0


def test_somebody_switched_off_is_signed_out_and_comes_back(cast: Cast, admin: Client) -> None:
    theirs = cast.client("officer")
    assert theirs.get("/queue/").status_code == 200
    fill(admin, at(f"people/{cast.officer.pk}/switch-off/"), reason="Left us")
    assert theirs.get("/queue/").status_code == 302
    press(admin, at(f"people/{cast.officer.pk}/switch-on/"))
    cast.officer.refresh_from_db()
    assert cast.client("officer").get("/queue/").status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_are_kept_as_they_are_and_shown_as_text(cast: Cast, admin: Client, odd: str) -> None:
    from putright.record.accounts.models import Team
    from putright.record.landlords.models import Category

    fill(admin, at("people/invite/"), name=odd, email="x@tern-valley.example", roles=["auditor"])
    fill(admin, at("teams/describe/"), name=odd, purpose=odd)
    fill(admin, at("categories/new/"), name=odd, housemark=odd)
    fill(admin, at("rates/new/"), **rate(head=odd, source=odd))
    holiday(admin, name=odd, source=odd)
    assert Team.objects.get().name == Category.objects.get().name == odd
    for path in PAGES:
        assert "<script>alert(1)" not in admin.get(at(path)).content.decode(), path


@pytest.mark.parametrize("path", ["people/invite/", "teams/describe/", "categories/new/", "rates/new/"])
def test_far_too_much_is_refused_in_words(admin: Client, path: str) -> None:
    given = {"name": "x" * 10_000, "email": "x@y.example", "roles": ["auditor"]} | rate(head="x" * 10_000)
    answer = fill(admin, at(path), **given)
    assert answer.status_code == 200
    assert "characters or fewer" in errors_of(answer)[0]


# Teams


def test_a_team_shows_its_people_and_what_it_owes_under_every_name_it_had(cast: Cast, admin: Client) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.investigator).update(team="Repairs")
    case = cast.open()
    cast.do(
        "promise",
        case,
        what="Treat the walls",
        due=date(2026, 11, 27),
        owner="Repairs",
        at="2026-11-23T10:00",
    )
    fill(admin, at("teams/describe/?team=Repairs"), name="Homes", purpose="Mends homes")
    page = text_of(admin.get(at("teams/")))
    assert "Homes Mends homes" in page
    one = text_of(admin.get(at("teams/one/?team=Homes")))
    assert case.reference in one
    assert "Fri 27 Nov, late" in one
    assert "Cara Lind" in text_of(admin.get(at("people/?team=Homes")))


def test_what_a_contractor_owes_is_listed_too(cast: Cast, admin: Client) -> None:
    case = cast.open()
    cast.do("promise", case, what="Treat the walls", due=date(2026, 12, 18), owner="Dry Walls Ltd")
    page = text_of(admin.get(at("teams/")))
    assert "Others in whose name something is owed" in page
    assert "Dry Walls Ltd" in page
    assert case.reference in text_of(admin.get(at("teams/one/?team=Dry+Walls+Ltd")))


@pytest.mark.parametrize("query", ["", "?team=", "?team=Nobody", "?team=%00", f"?team={'x' * 500}"])
def test_an_unknown_team_is_no_page(admin: Client, query: str) -> None:
    assert admin.get(at(f"teams/one/{query}")).status_code == 404


def test_a_team_nobody_is_in_ends(cast: Cast, admin: Client) -> None:
    fill(admin, at("teams/describe/"), name="Voids")
    press(admin, at("teams/end/?team=Voids"))
    assert "No teams yet" in text_of(admin.get(at("teams/")))


# Categories


def test_a_list_to_begin_from_is_put_in_order_and_retired(cast: Cast, admin: Client) -> None:
    from putright.record.landlords.models import Category
    from putright.record.landlords.queries import categories

    assert "Begin from this list" in text_of(admin.get(at("categories/")))
    press(admin, at("categories/begin/"))
    damp = Category.objects.get(name="Damp and mould")
    press(admin, at(f"categories/{damp.pk}/move/"), way="up")
    press(admin, at(f"categories/{Category.objects.get(name='Repairs').pk}/retire/"))
    assert categories(cast.landlord.pk)[0] == "Damp and mould"
    assert "Repairs" not in categories(cast.landlord.pk)
    fill(admin, at(f"categories/{damp.pk}/"), housemark="Damp", ombudsman="Property condition")
    page = text_of(admin.get(at("categories/")))
    assert "Damp and mould Damp Property condition" in page
    assert "Retired" in page


# The calendar


def test_a_bank_holiday_is_seen_saved_and_its_letters_written(cast: Cast, admin: Client) -> None:
    case = cast.open()
    seen = holiday(admin)
    address = seen["Location"]
    page = text_of(admin.get(address))
    assert "Nothing is saved yet" in page
    assert f"{case.reference} Answer stage 1 Fri 4 Dec Mon 7 Dec Was told: a letter will be owed" in page
    assert cast.fresh(case).next_due_on == date(2026, 12, 4)
    assert press(admin, address).status_code == 302
    page = text_of(admin.get(address))
    assert "1 complaint gone through, and every one counts by it" in page
    assert cast.fresh(case).next_due_on == date(2026, 12, 7)
    assert "1 letter owed" in text_of(admin.get(at("calendar/")))
    officer = cast.client("officer")
    listed = officer.get(at("calendar/letters/"))
    assert f"{case.reference} Answer stage 1 Fri 4 Dec Mon 7 Dec" in text_of(listed)
    letter = str(page_of(listed).xpath("//main//td//a/@href")[-1])
    assert fill(officer, letter, how="Letter sent").status_code == 302
    assert "No letter is owed" in text_of(officer.get(at("calendar/letters/")))
    assert "Letter sent" in text_of(admin.get(at("history/")))


def test_a_day_that_cannot_be_added_is_said_beside_its_field(admin: Client) -> None:
    assert errors_of(holiday(admin, "2026-12-25"))[0].endswith("is a bank holiday already: Christmas Day.")
    assert "covers" in errors_of(holiday(admin, "2099-01-02"))[0]
    assert errors_of(holiday(admin, "2026-12-02", **day("announced_on", "2026-12-05"))) == [
        "The day it was announced must be today or earlier."
    ]


def test_closing_for_a_while_is_added_and_taken_back(cast: Cast, admin: Client) -> None:
    from putright.record.landlords.models import DayOff, Landlord

    given = day("first_on", "2026-12-29") | day("last_on", "2026-12-31") | {"name": "Offices closed"}
    address = fill(admin, at("calendar/closed/"), **given)["Location"]
    press(admin, address)
    assert "Offices closed" in text_of(admin.get(at("calendar/")))
    row = DayOff.objects.get()
    answer = fill(admin, at(f"calendar/{row.pk}/take-back/"), reason="We stay open")
    press(admin, answer["Location"])
    assert Landlord.objects.get(pk=cast.landlord.pk).days_off == {}
    assert admin.get(at(f"calendar/{row.pk}/take-back/")).status_code == 404
    assert "We stay open" in text_of(admin.get(at("history/")))


def test_a_change_that_is_not_finished_says_so_and_is_carried_on(
    cast: Cast, admin: Client, monkeypatch: Any
) -> None:
    from putright.upkeep.calendar_changes import actions

    monkeypatch.setattr(actions, "WINDOW", 1)
    cases = [cast.open() for _ in range(2)]
    monkeypatch.setattr(actions.look_on, "__defaults__", (0.0, actions.time.monotonic))
    address = holiday(admin)["Location"]
    assert "there are more" in text_of(admin.get(address))
    for _ in range(4):
        press(admin, address)
    monkeypatch.setattr(actions.bring_on, "__kwdefaults__", {"seconds": 0.0, "clock": actions.time.monotonic})
    for _ in range(6):
        press(admin, address)
    assert "2 complaints gone through, and every one counts by it" in text_of(admin.get(address))
    assert {cast.fresh(case).next_due_on for case in cases} == {date(2026, 12, 7)}


def test_every_count_of_a_change_opens_to_its_rows(cast: Cast, admin: Client) -> None:
    from putright.record.landlords.models import ProcedureVersion

    targets = [{"clock": "respond", "length": 9, "unit": "working_days", "starts": "acknowledged"}]
    ProcedureVersion.objects.filter(landlord=cast.landlord).update(changes={"targets": targets})
    cast.open()
    address = holiday(admin)["Location"]
    page = text_of(admin.get(address))
    assert "2 dates would move in 1 complaint" in page
    assert "1 target of our own" in page
    own = text_of(admin.get(f"{address}?only=own"))
    assert "our target" in own
    assert "a letter will be owed" not in own
    assert "a letter will be owed" in text_of(admin.get(f"{address}?only=letters"))


def test_a_long_list_of_moved_days_is_shown_a_page_at_a_time(
    cast: Cast, admin: Client, monkeypatch: Any
) -> None:
    from putright.interfaces.staff.administration import changes

    monkeypatch.setattr(changes, "PAGE", 2)
    cases = [cast.open() for _ in range(5)]
    address = holiday(admin)["Location"]
    seen: list[str] = []
    query = ""
    for _ in range(3):
        page = admin.get(address + query)
        seen += [each.reference for each in cases if f">{each.reference}<" in page.content.decode()]
        following = [href for href in _links(page) if "after=" in href]
        query = following[-1] if following else ""
    assert sorted(seen) == sorted(each.reference for each in cases)


def _links(answer: Any) -> list[str]:
    return [str(each) for each in page_of(answer).xpath("//main//a/@href")]


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=2026-02-30.1", "?only=x", "?after=%00", "?year=x", "?year=99999"]
)
def test_odd_questions_are_answered_plainly(cast: Cast, admin: Client, query: str) -> None:
    cast.open()
    address = holiday(admin)["Location"]
    assert admin.get(address + query).status_code == 200
    assert admin.get(at(f"calendar/{query}")).status_code == 200


def test_the_calendar_names_the_years_it_covers(admin: Client) -> None:
    page = text_of(admin.get(at("calendar/?year=2028")))
    assert "They cover 2012 to 2028" in page
    assert "Friday 14 April 2028 Good Friday" in page


# Rates


def test_a_rate_is_added_and_its_sum_is_shown(admin: Client) -> None:
    answer = fill(admin, at("rates/new/"), **rate())
    assert answer.status_code == 302
    query = (
        "?head=No+heating&first-day=3&first-month=11&first-year=2026&last-day=13&last-month=11&last-year=2026"
    )
    assert "11 days at £8.00 = £88.00" in text_of(admin.get(at(f"rates/{query}")))


def test_what_cannot_be_worked_out_says_what_to_do(admin: Client) -> None:
    fill(admin, at("rates/new/"), **rate())
    answer = admin.get(at("rates/?head=No+heating&first-day=1&first-month=1&first-year=2020"))
    assert "No rate for No heating is in force on Wednesday 1 January 2020." in errors_of(answer)
    assert "Choose what it is for." in errors_of(admin.get(at("rates/?head=&times=2")))
    assert errors_of(admin.get(at("rates/?head=x&times=99999999")))


def test_a_new_rate_takes_the_place_of_the_old_and_can_be_taken_back(admin: Client) -> None:
    from putright.record.landlords.models import CompensationRate

    fill(admin, at("rates/new/"), **rate())
    fill(admin, at("rates/new/"), **rate(pence="9") | day("first_on", "2027-01-01"))
    page = text_of(admin.get(at("rates/")))
    assert "Thu 31 Dec" in page
    later = CompensationRate.objects.get(pence=900)
    fill(admin, at(f"rates/{later.pk}/end/"), reason="Not agreed")
    assert "£9.00" not in text_of(admin.get(at("rates/")))
    old = CompensationRate.objects.get(pence=800)
    answer = fill(admin, at(f"rates/{old.pk}/end/"), reason="Ended", **day("last_on", "2026-11-30"))
    assert errors_of(answer) == ["The last day must be today or later, and not before its first."]


def test_pages_ask_a_bounded_number_of_questions(
    cast: Cast, admin: Client, django_assert_max_num_queries: Any
) -> None:
    from putright.record.accounts.models import Membership, User

    everything(cast, admin)
    for number in range(30):
        user = User.objects.create(email=f"p{number}@tern-valley.example", name=f"Person {number}")
        Membership.objects.create(user=user, landlord=cast.landlord, roles=["auditor"], team=f"Team {number}")
    for _ in range(5):
        cast.open()
    for path in PAGES:
        with django_assert_max_num_queries(22):
            admin.get(at(path))


def test_a_notice_tells_what_was_done(cast: Cast, admin: Client) -> None:
    fill(admin, at("categories/new/"), name="Damp")
    assert notices_of(admin.get(at("categories/"))) == ["Added: Damp."]


def test_a_new_complaint_and_the_log_are_given_a_category_of_the_landlords_own(
    cast: Cast, admin: Client
) -> None:
    officer = cast.client("officer")
    case = cast.receive(category="Lifts")
    log = f"/cases/{case.reference}/log_complaint/"
    assert page_of(officer.get(log)).xpath("//input[@name='category' and @type='text']")
    press(admin, at("categories/begin/"))
    fill(admin, at("categories/new/"), name="Drains")
    assert page_of(officer.get("/new/")).xpath("//select[@name='category']/option[@value='Drains']")
    offered = page_of(officer.get(log)).xpath("//select[@name='category']/option/@value")
    assert "Drains" in offered
    assert "Lifts" in offered, "The one it has stays to be chosen."
    assert fill(officer, log, category="Drains").status_code == 302
    assert cast.fresh(case).category == "Drains"
    stranger = cast.client("stranger")
    assert not page_of(stranger.get("/new/")).xpath("//select[@name='category']/option[@value='Drains']")


def test_what_the_resident_is_told_at_receipt_counts_by_the_landlords_calendar(
    cast: Cast, admin: Client
) -> None:
    before = text_of(cast.client("officer").get("/new/"))
    assert "Tuesday 8 December" in before
    press(admin, holiday(admin)["Location"])
    after = text_of(cast.client("officer").get("/new/"))
    assert "Tuesday 8 December" not in after
    assert "Wednesday 9 December" in after
