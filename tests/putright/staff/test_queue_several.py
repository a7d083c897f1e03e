"""Several cases to one handler: what will happen is shown first, what happened row by row, and how to undo it."""

from __future__ import annotations

import html
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from cast import MEMBERS, TODAY, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext

ASSIGN, UNDO = "/queue/assign/", "/queue/assign/undo/"
MOST_STATEMENTS_A_CASE = 18


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.unescape(answer.content.decode()))).strip()


def hidden(answer: Any, name: str) -> list[str]:
    return [
        html.unescape(each)
        for each in re.findall(
            rf'<input type="hidden" name="{name}" value="([^"]*)"', answer.content.decode()
        )
    ]


def ask(cast: Cast, cases: Any, to: str = "reviewer", who: str = "officer", **given: Any) -> Any:
    """The page that shows what would happen."""
    chosen = {"case": [case.reference for case in cases], "handler": str(cast.users[to].pk)} | given
    return cast.client(who).post(ASSIGN, chosen)


def confirm(cast: Cast, preview: Any, who: str = "officer") -> Any:
    """Press the button of that page."""
    names = ("case", "handler", "key", "query")
    return cast.client(who).post(ASSIGN, {name: hidden(preview, name) for name in names})


def undo(cast: Cast, done: Any, who: str = "officer") -> Any:
    return cast.client(who).post(UNDO, {name: hidden(done, name) for name in ("undo", "key", "query")})


def handlers(cast: Cast, cases: Any) -> list[Any]:
    return [cast.fresh(case).handler for case in cases]


def entries(cases: Any) -> int:
    from putright.record.journal.models import Entry

    return Entry.objects.filter(case__in=[case.pk for case in cases]).count()


# What will happen, and what did


def test_what_will_happen_is_shown_and_nothing_done_until_it_is_confirmed(cast: Cast) -> None:
    cases = [cast.open() for _ in range(3)]
    before = entries(cases)
    preview = ask(cast, cases)
    assert preview.status_code == 200
    assert "Assign 3 cases to Rita Amoah" in text_of(preview)
    assert f"{cases[0].reference} Amira Yusuf, now with Cara Lind" in text_of(preview)
    assert entries(cases) == before
    done = confirm(cast, preview)
    assert "3 of 3 assigned to Rita Amoah" in text_of(done)
    assert handlers(cast, cases) == [cast.reviewer] * 3
    assert entries(cases) == before + 3


def test_each_that_cannot_be_given_says_why_with_its_provision(cast: Cast) -> None:
    free = [cast.open() for _ in range(9)]
    named = cast.receive(about_staff=[str(cast.investigator.pk)])
    theirs = cast.open()
    preview = ask(cast, [*free[:4], named, *free[4:], theirs], to="reviewer")
    assert "Assign 11 cases to Rita Amoah" in text_of(preview)
    preview = ask(cast, [*free, named, theirs], to="investigator")
    told = text_of(preview)
    assert "Will not be assigned: 1" in told
    assert f"{named.reference} Amira Yusuf: They are named in the complaint (Code 5.8)." in told
    assert "Already with Cara Lind: 10" in told
    assert "There is nothing to assign." in told
    assert hidden(preview, "key") == []


def test_what_was_refused_meanwhile_is_told_row_by_row_and_the_rest_is_done(cast: Cast) -> None:
    cases = [cast.open() for _ in range(4)]
    preview = ask(cast, cases)
    cast.do("declare_interest", cases[1], staff=str(cast.reviewer.pk), interest="A neighbour.", by="reviewer")
    cast.do(
        "record_contact", cases[2], direction="in", channel="telephone", with_="the resident", summary="Rang."
    )
    done = confirm(cast, preview)
    told = text_of(done)
    assert "3 of 4 assigned to Rita Amoah" in told
    assert f"{cases[1].reference} was not: It has moved on since this page was read." in told
    assert handlers(cast, cases) == [
        cast.reviewer, cast.investigator, cast.reviewer, cast.reviewer,
    ]  # fmt: skip


def test_a_refusal_by_the_rules_names_the_person(cast: Cast) -> None:
    case, other = cast.receive(about_staff=[str(cast.reviewer.pk)]), cast.open()
    preview = ask(cast, [other])
    forged = {
        "case": [f"{case.reference}:1", f"{other.reference}:{cast.fresh(other).entries}"],
        "handler": str(cast.reviewer.pk),
        "key": hidden(preview, "key"),
        "query": "",
    }
    done = cast.client("officer").post(ASSIGN, forged)
    assert "1 of 2 assigned to Rita Amoah" in text_of(done)
    assert f"{case.reference} was not: Rita Amoah is named in the complaint (Code 5.8)." in text_of(done)


def test_sent_twice_it_is_done_once_and_says_the_same(cast: Cast) -> None:
    cases = [cast.open() for _ in range(2)]
    preview = ask(cast, cases)
    first = confirm(cast, preview)
    written = entries(cases)
    again = confirm(cast, preview)
    assert entries(cases) == written
    assert "2 of 2 assigned to Rita Amoah" in text_of(first)
    assert "2 of 2 assigned to Rita Amoah" in text_of(again)


def test_how_senior_a_handler_is_goes_with_them(cast: Cast) -> None:
    from putright.record.accounts.models import Membership
    from putright.record.journal.models import Entry

    Membership.objects.filter(user=cast.reviewer).update(seniority="head")
    case = cast.open()
    confirm(cast, ask(cast, [case]))
    entry = Entry.objects.filter(case=case.pk, verb="assign").latest("number")
    assert entry.data["seniority"] == "head"
    assert (entry.actor, entry.actor_role) == (str(cast.officer.pk), "complaints_officer")


# Which


def test_all_on_this_page_and_all_that_match(cast: Cast) -> None:
    cases = [cast.open() for _ in range(6)]
    page = {"which": "page", "page": " ".join(case.reference for case in cases[:2]), "case": []}
    assert "Assign 2 cases" in text_of(ask(cast, [], **page))
    other = cast.receive(resident=cast.other_resident, account="Bins", points=["Bins"])
    assert "Assign 7 cases" in text_of(ask(cast, [], which="all", query=""))
    preview = ask(cast, [], which="all", query="state=open&order=risk")
    assert "Assign 6 cases" in text_of(preview)
    confirm(cast, preview)
    assert handlers(cast, [*cases, other]) == [cast.reviewer] * 6 + [None]


def test_the_buttons_of_the_queue_ask_for_what_the_page_lists(cast: Cast) -> None:
    cases = [cast.open() for _ in range(3)]
    body = cast.client("officer").get("/queue/?state=open").content.decode()
    assert '<input type="hidden" name="query" value="state=open">' in body
    listed = re.search(r'name="page" value="([^"]*)"', body)
    assert listed
    assert listed[1].split() == [case.reference for case in cases]
    assert "All that match: 3" in body
    for case in cases:
        assert (
            f'type="checkbox" name="case" value="{case.reference}" aria-label="Select {case.reference}"'
            in body
        )


def test_no_case_selected_and_no_handler_chosen_are_said(cast: Cast) -> None:
    case = cast.open()
    told = text_of(ask(cast, []))
    assert "There is a problem" in told
    assert "Select a case to assign." in told
    answer = ask(cast, [case], handler="")
    assert "Choose who will handle them." in text_of(answer)
    assert "1 case selected" in text_of(answer)
    again = cast.client("officer").post(
        ASSIGN,
        {name: hidden(answer, name)[0] for name in ("query", "which", "page")}
        | {"handler": cast.reviewer.pk},
    )
    assert "Assign 1 case to Rita Amoah" in text_of(again)


@pytest.mark.parametrize(
    "given",
    [
        {"handler": "999999"},
        {"handler": "abc"},
        {"handler": "\0"},
        {"case": ["nonsense", "\0", "x" * 5000, "TV-26-9999"]},
        {"which": "nonsense", "case": []},
        {"which": "page", "page": "\0 😀 " + "x " * 3000, "case": []},
        {"which": "all", "query": "q=%00&state=nonsense&after=x", "handler": ""},
        {"query": "\ud7ff%%%"},
        {"key": "nonsense"},
        {"key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f", "case": ["TV-26-0001", "TV-26-0001:-1", "a:b:c"]},
        {"key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f", "case": ["TV-26-9999:1"]},
    ],
)
def test_what_cannot_be_read_does_nothing(cast: Cast, given: dict[str, Any]) -> None:
    case = cast.open()
    before = entries([case])
    answer = ask(cast, [case], **given)
    assert answer.status_code in (200, 302)
    assert entries([case]) == before
    assert cast.fresh(case).handler == cast.investigator


# Who


@pytest.mark.parametrize("who", MEMBERS)
def test_only_whoever_may_assign_sees_how_and_can(cast: Cast, who: str) -> None:
    from complaint_rules.roles import MAY

    may = "assign" in MAY[cast.roles[who]]
    case = cast.open()
    body = cast.client(who).get("/queue/").content.decode()
    assert ('name="case"' in body) is may
    assert (f'action="{ASSIGN}"' in body) is may
    assert ask(cast, [case], who=who).status_code == (200 if may else 403)


def test_cases_of_another_landlord_are_as_if_they_were_not(cast: Cast) -> None:
    case = cast.open()
    preview = ask(cast, [case], to="stranger", who="stranger")
    assert "Select a case to assign." in text_of(preview)
    forged = {
        "case": [f"{case.reference}:{case.entries}"],
        "handler": str(cast.stranger.pk),
        "key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f",
    }
    done = cast.client("stranger").post(ASSIGN, forged)
    assert "0 of 1 assigned" in text_of(done)
    assert "1 case could not be found." in text_of(done)
    assert cast.fresh(case).handler == cast.investigator
    assert ask(cast, [case], to="stranger").status_code == 200
    assert cast.fresh(case).handler == cast.investigator


@pytest.mark.parametrize("address", [ASSIGN, UNDO])
def test_reading_the_address_does_nothing(cast: Cast, address: str) -> None:
    assert cast.client("officer").get(address).status_code == 405
    assert cast.client().post(address).status_code == 403


def test_nothing_but_handlers_is_set_for_several_at_once() -> None:
    from putright.casework import assign_several

    assert {name for name in vars(assign_several) if name.endswith("_each")} == {"assign_each", "undo_each"}


# The way back


def test_undo_gives_each_back_to_whoever_had_it(cast: Cast) -> None:
    from putright.upkeep.running.verify import verify

    cases = [cast.open(), cast.open(), cast.receive()]
    had = handlers(cast, cases)
    done = confirm(cast, ask(cast, cases))
    undone = undo(cast, done)
    assert "3 of 3 undone" in text_of(undone)
    assert handlers(cast, cases) == had
    assert verify().differences == []


def test_undo_leaves_a_case_that_has_moved_on_and_says_so(cast: Cast) -> None:
    cases = [cast.open() for _ in range(3)]
    done = confirm(cast, ask(cast, cases))
    cast.do("promise", cases[0], "reviewer", what="Look at it", due=TODAY + timedelta(days=3))
    cast.do(
        "record_contact", cases[1], direction="in", channel="telephone", with_="the resident", summary="Rang."
    )
    undone = text_of(undo(cast, done))
    assert "2 of 3 undone" in undone
    assert f"{cases[0].reference} was not undone: It has moved on since this page was read." in undone
    assert handlers(cast, cases) == [cast.reviewer, cast.investigator, cast.investigator]


def test_undo_twice_is_done_once(cast: Cast) -> None:
    cases = [cast.open()]
    done = confirm(cast, ask(cast, cases))
    undo(cast, done)
    written = entries(cases)
    assert "1 of 1 undone" in text_of(undo(cast, done))
    assert entries(cases) == written


def test_undo_is_for_whoever_did_it_within_a_day_and_cannot_be_made_up(cast: Cast) -> None:
    cases = [cast.open()]
    done = confirm(cast, ask(cast, cases))
    assert undo(cast, done, "colleague").status_code == 403
    assert undo(cast, done, "stranger").status_code == 403
    assert undo(cast, done, "reviewer").status_code == 403
    forged = {"undo": hidden(done, "undo")[0][:-2] + "xx", "key": hidden(done, "key")}
    assert cast.client("officer").post(UNDO, forged).status_code == 403
    assert cast.client("officer").post(UNDO, {"undo": "", "key": "x"}).status_code == 403
    assert handlers(cast, cases) == [cast.reviewer]


def test_who_may_not_correct_is_offered_no_undo(cast: Cast) -> None:
    done = confirm(cast, ask(cast, [cast.open()], who="investigator"), "investigator")
    assert "1 of 1 assigned" in text_of(done)
    assert hidden(done, "undo") == []


# What it costs


def made(cast: Cast, how_many: int) -> list[Any]:
    from datetime import date
    from zoneinfo import ZoneInfo

    from putright.record.cases.models import Case
    from putright.upkeep.demo.landlord import generate, make_landlord

    landlord, version = make_landlord("Made up", "made-up", "MU")
    now = cast.clock.now.astimezone(ZoneInfo("UTC"))
    generate(landlord, version, how_many, 3, date(2026, 10, 1), now)
    return list(Case.objects.filter(landlord=landlord).order_by("pk"))


def test_each_case_costs_so_many_statements_and_the_preview_a_few(cast: Cast) -> None:
    cases = [cast.open() for _ in range(12)]
    counted = []
    for some in (cases[:2], cases[2:12]):
        with CaptureQueriesContext(connection) as asked:
            preview = ask(cast, some)
        assert len(asked) <= 22
        with CaptureQueriesContext(connection) as asked:
            confirm(cast, preview)
        counted.append((len(some), len(asked)))
    (few, asked_for_few), (many, asked_for_many) = counted
    a_case = (asked_for_many - asked_for_few) / (many - few)
    assert a_case <= MOST_STATEMENTS_A_CASE, a_case


def test_five_hundred_at_once_and_no_more(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    from django.test import Client

    from putright.record.accounts.models import User
    from putright.record.cases.models import Case

    made(cast, 520)
    Case.objects.filter(landlord__slug="made-up", next_due_on=None).update(next_due_on=TODAY)
    client = Client()
    client.force_login(User.objects.get(email="ben@made-up.example"))
    handler = User.objects.get(email="tess@made-up.example")
    began, worked = time.perf_counter(), time.process_time()
    preview = client.post(ASSIGN, {"which": "all", "query": "", "handler": handler.pk})
    shown = time.perf_counter()
    assert "These are the first 500." in text_of(preview)
    done = client.post(ASSIGN, {name: hidden(preview, name) for name in ("case", "handler", "key", "query")})
    ended = time.perf_counter()
    wanted = len(hidden(preview, "case"))
    assert wanted > 300
    assert f"{wanted} of {wanted} assigned to Tess Amadi" in text_of(done)
    assert Case.objects.filter(landlord__slug="made-up", handler=handler).count() >= wanted
    with capsys.disabled():
        worked = time.process_time() - worked
        print(
            f"\n{wanted} cases: shown in {shown - began:.1f} s, assigned in {ended - shown:.1f} s, "
            f"{worked:.1f} s of processor for both"
        )
