"""My work: the first page after signing in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cast import TODAY, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import notices_of, page_of, said, text_of

MOST_STATEMENTS = 30


def page(cast: Cast, who: str = "officer", address: str = "/") -> Any:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200
    return answer


def section(answer: Any, title: str) -> str:
    """What a section of the page says; empty where there is none."""
    for each in page_of(answer).xpath("//section[.//h2]"):
        if said(each.xpath(".//h2")[0]).startswith(title):
            return said(each)
    return ""


def titles(answer: Any) -> list[str]:
    return [said(each) for each in page_of(answer).xpath("//main//section//h2")]


def join(cast: Cast, who: str, team: str = "", roles: list[str] | None = None) -> None:
    from putright.record.accounts.models import Membership

    member = Membership.objects.get(user=cast.users[who])
    member.team, member.roles = team or member.team, roles or member.roles
    member.save()


def under_check(cast: Cast) -> Any:
    """A procedure that asks for every answer to be read by somebody else."""
    from putright.record.landlords.models import ProcedureVersion

    says = {"answer": True, "says": "Somebody else reads every answer."}
    ProcedureVersion.objects.filter(landlord=cast.landlord).update(changes={"quality_check": says})


def decided(point: int, decision: str, reasons: str) -> Any:
    from putright.casework.fields import PointDecided

    return PointDecided(point=point, decision=decision, reasons=reasons)


# Old links


@pytest.mark.parametrize("query", ["handler=me&stage=1", "when=late", "q=damp", "after=2026-12-20.100"])
def test_an_old_link_to_the_queue_still_leads_there(cast: Cast, query: str) -> None:
    answer: Any = cast.client("officer").get(f"/?{query}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/queue/?{query}"
    assert cast.client("officer").get(answer["Location"]).status_code == 200


# What is mine


def test_it_shows_what_is_due_from_whoever_looks_and_nobody_elses(cast: Cast) -> None:
    case = cast.open()
    assert case.reference in section(page(cast, "investigator"), "Next 5 working days")
    for who in ("officer", "colleague", "reviewer", "stranger"):
        assert case.reference not in section(page(cast, who), "Next 5 working days")


def test_it_stands_in_groups_and_each_line_says_why_it_is_here(cast: Cast) -> None:
    late = cast.open("2026-10-30T09:30", "2026-11-04T09:30")
    today = cast.open("2026-11-10T09:30", "2026-11-17T09:30")
    soon = cast.open()
    later = cast.open("2026-11-30T09:30", "2026-12-01T09:30")
    answer = page(cast, "investigator")
    assert late.reference in section(answer, "Late (1)")
    assert "9 working days late" in section(answer, "Late (1)")
    assert today.reference in section(answer, "Today (1)")
    assert soon.reference in section(answer, "Next 5 working days (1)")
    assert later.reference in section(answer, "Later (1)")
    for title in ("Late", "Today", "Next", "Later"):
        told = section(answer, title)
        assert "Answer stage 1" in told
        assert "Why?" in told
        assert "You handle it" in told


def test_later_is_folded_and_late_never_is(cast: Cast) -> None:
    cast.open("2026-10-30T09:30", "2026-11-04T09:30")
    cast.open("2026-11-30T09:30", "2026-12-01T09:30")
    tree = page_of(page(cast, "investigator"))
    folded = [said(each) for each in tree.xpath("//main//details/summary") if "Why" not in said(each)]
    assert any(each.startswith("Later") for each in folded)
    assert not any(each.startswith("Late (") for each in folded)


def test_a_line_says_what_harm_there_may_be_and_for_whom_it_waits(cast: Cast) -> None:
    case = cast.open(hazard="significant")
    cast.do("promise", case, what="Mend the fan", due=date(2026, 12, 11), owner="Repairs")
    told = text_of(page(cast, "investigator"))
    assert "Significant hazard not made safe" in told
    assert "Waiting on Repairs" in told


def test_an_emergency_is_late_from_its_hour_on(cast: Cast) -> None:
    case = cast.receive("2026-11-30T09:30", hazard="emergency")
    cast.do("assign", case, handler=str(cast.officer.pk))
    assert case.reference in section(page(cast), "Late (1)")


@pytest.mark.parametrize(
    ("waiting", "says"), [(0, ""), (1, "1 complaint has no handler."), (4, "4 complaints have no handler.")]
)
def test_where_nothing_is_due_it_says_so_and_what_has_no_handler(cast: Cast, waiting: int, says: str) -> None:
    for _ in range(waiting):
        cast.receive("2026-11-30T09:30")
    told = text_of(page(cast))
    assert f"Nothing is due from you. {says}".strip() in told
    assert (f"With no handler ({waiting})" in told) is (waiting > 0)


def test_a_count_is_a_link_to_the_same_rows_where_not_all_are_shown(cast: Cast) -> None:
    for _ in range(12):
        cast.receive("2026-11-30T09:30")
    told = page(cast).content.decode()
    assert "With no handler (12)" in told
    link = re.search(r'href="(/queue/\?[^"]*)">See all 12', told)
    assert link is not None
    listed = cast.client("officer").get(link[1].replace("&amp;", "&")).content.decode()
    assert len(set(re.findall(r"/cases/(TV-\d\d-\d{4})/\"", listed))) == 12


# What can be done from here


def test_a_row_takes_a_case_in_and_notes_a_call_and_is_come_back_to(cast: Cast) -> None:
    from form_filling import boxes

    case = cast.receive("2026-11-30T09:30")
    client = cast.client("officer")
    row = page_of(client.get("/")).get_element_by_id(f"row-{case.reference}")
    links = {said(each): each.get("href") for each in row.xpath(".//a")}
    assert links["Take in"] == f"/cases/{case.reference}/take-in/"
    opened = client.get(links["Note a call"], headers={"referer": "http://testserver/"})
    sent = client.post(links["Note a call"], boxes(opened) | {"summary": "She rang."})
    assert sent["Location"] == f"/#row-{case.reference}"


def test_those_who_may_not_take_in_or_note_calls_are_not_offered_it(cast: Cast) -> None:
    case = cast.open(hazard="significant")
    told = page(cast, "service_manager").content.decode()
    assert case.reference in told
    assert "/call/" not in told
    assert "take-in" not in told
    assert "/take-in/" not in page(cast, "investigator").content.decode()


# Dangers


def test_a_danger_nobody_has_answered_is_chased_until_somebody_does(cast: Cast) -> None:
    case = cast.receive("2026-11-30T09:30", dangers=["gas"])
    for who in ("officer", "colleague", "contact_staff", "service_manager"):
        told = section(page(cast, who), "Dangers nobody has answered (1)")
        assert case.reference in told, who
        assert "Mentioned Mon 30 Nov. Confirm or dismiss it today" in told
    for who in ("investigator", "reviewer", "board_member", "stranger"):
        assert "Dangers nobody has answered (" not in text_of(page(cast, who))
    cast.do("dismiss_hazard", case, reason="She meant the gas bill.")
    assert section(page(cast), "Dangers") == ""


# Waiting on others


def test_a_question_waits_until_they_answer(cast: Cast) -> None:
    case = cast.open()
    cast.do("ask_to_clarify", case, by="investigator", question="Which room?")
    told = section(page(cast, "investigator"), "Waiting on others (1)")
    assert "Answer to your question" in told
    assert "Waiting on the resident, asked Tue 1 Dec" in told
    cast.do(
        "record_contact", case, direction="in", channel="telephone", with_="Amira", summary="The back one."
    )
    assert "Answer to your question" not in text_of(page(cast, "investigator"))


def test_a_question_that_was_struck_out_waits_for_nothing(cast: Cast) -> None:
    case = cast.open()
    entry = cast.do("ask_to_clarify", case, by="investigator", question="Which room?").entry
    cast.do("correct", case, entry=entry.number, strike=True, reason="Asked before.")
    assert "Answer to your question" not in text_of(page(cast, "investigator"))


def test_comments_wait_until_they_come(cast: Cast) -> None:
    case = cast.open()
    cast.do("share_findings", case, by="investigator", with_="resident", comment_by=date(2026, 12, 3))
    told = section(page(cast, "investigator"), "Waiting on others (1)")
    assert "Comments on the findings" in told
    assert "Thu 3 Dec" in told
    cast.do("comment", case, on="findings", text="I do not agree.")
    assert "Waiting on others" not in " ".join(titles(page(cast, "investigator")))


def test_a_promise_of_another_team_in_my_case_waits_and_my_own_does_not(cast: Cast) -> None:
    join(cast, "investigator", "Housing")
    case = cast.open()
    cast.do("promise", case, what="Mend the fan", due=date(2026, 12, 11), owner="Repairs")
    cast.do("promise", case, what="Ring her", due=date(2026, 12, 3), owner="Housing")
    answer = page(cast, "investigator")
    waits = section(answer, "Waiting on others (1)")
    assert "Promise 1" in waits
    assert "Waiting on Repairs" in waits
    owed = section(answer, "Promises owed by Housing (1)")
    assert "Ring her" in owed
    assert "Mend the fan" not in owed


# Promises of a team


def test_promises_of_a_team_stand_late_first_and_outlive_their_case(cast: Cast) -> None:
    join(cast, "service_manager", "Repairs")
    first, closed = cast.open(), cast.open()
    cast.do("promise", first, what="Mend the fan", due=date(2026, 12, 11), owner="Repairs")
    cast.do(
        "promise",
        closed,
        at="2026-11-23T10:00",
        what="Treat the mould",
        due=date(2026, 11, 27),
        owner="Repairs",
    )
    cast.do(
        "respond",
        closed,
        by="investigator",
        letter="Sorry.",
        decisions=[
            decided(1, "not_upheld", "Seen."),
            decided(2, "not_upheld", "Seen."),
        ],
    )
    cast.do("close", closed)
    told = section(page(cast, "service_manager"), "Promises owed by Repairs (2)")
    assert told.index("Treat the mould") < told.index("Mend the fan")
    assert "Fri 27 Nov, 2 working days late" in told
    assert "Closed, stage 1; still owed" in told
    assert "Mark as kept" in told
    cast.do("keep_promise", closed, promise=1, proof="Photo.")
    assert "Treat the mould" not in text_of(page(cast, "service_manager"))


def test_no_team_sees_the_promises_of_another(cast: Cast) -> None:
    join(cast, "service_manager", "Estates")
    case = cast.open()
    cast.do("promise", case, what="Mend the fan", due=date(2026, 12, 11), owner="Repairs")
    assert "Mend the fan" not in text_of(page(cast, "service_manager"))
    assert "Estates owes nothing." in text_of(page(cast, "service_manager"))


# Drafts to check


def drafted(cast: Cast, case: Any, by: str = "investigator") -> None:
    cast.do(
        "draft_response",
        case,
        by=by,
        text="We got this wrong.",
        decisions=[
            decided(1, "upheld", "It was left."),
            decided(2, "upheld", "So."),
        ],
    )


def test_a_draft_waits_for_those_who_may_check_it(cast: Cast) -> None:
    under_check(cast)
    case = cast.open()
    drafted(cast, case)
    told = section(page(cast, "quality_checker"), "Drafts to check (1)")
    assert case.reference in told
    assert "Drafted Tue 1 Dec" in told
    assert "We got this wrong" not in text_of(page(cast, "quality_checker"))
    assert "Check of your draft" in section(page(cast, "investigator"), "Waiting on others (1)")
    cast.do("check_response", case, by="quality_checker", passed=True)
    assert "No draft waits for you to check it." in text_of(page(cast, "quality_checker"))


def test_nobody_is_asked_to_check_what_they_wrote(cast: Cast) -> None:
    under_check(cast)
    case = cast.open()
    drafted(cast, case, by="officer")
    assert "Drafts to check (1)" in titles(page(cast, "colleague"))
    assert case.reference not in section(page(cast, "officer"), "Drafts to check")


def test_nobody_who_is_named_in_a_complaint_is_asked_to_check_its_answer(cast: Cast) -> None:
    under_check(cast)
    case = cast.open(about_staff=[str(cast.quality_checker.pk)])
    drafted(cast, case)
    assert case.reference not in section(page(cast, "quality_checker"), "Drafts to check")


def test_nothing_shows_a_stage_1_draft_to_a_reviewer(cast: Cast) -> None:
    under_check(cast)
    case = cast.open()
    drafted(cast, case)
    for roles in (["reviewer"], ["reviewer", "investigator"]):
        join(cast, "reviewer", roles=roles)
        assert case.reference not in text_of(page(cast, "reviewer"))


def test_who_considered_stage_1_is_not_asked_to_check_stage_2(cast: Cast) -> None:
    under_check(cast)
    case = cast.open("2026-10-30T09:30", "2026-11-04T09:30")
    answers = [decided(n, "not_upheld", "Seen.") for n in (1, 2)]
    cast.do("draft_response", case, by="colleague", text="x", decisions=answers)
    cast.do("check_response", case, by="quality_checker", passed=True)
    cast.do("respond", case, by="investigator", letter="Sorry.", decisions=answers)
    cast.do("request_escalation", case)
    cast.do("escalate", case)
    cast.do("assign", case, handler=str(cast.reviewer.pk))
    cast.do("draft_response", case, by="reviewer", text="x", decisions=answers)
    assert case.reference in section(page(cast, "officer"), "Drafts to check")
    assert case.reference not in section(page(cast, "colleague"), "Drafts to check")


# Since I was last here


def news(answer: Any) -> str:
    return section(answer, "Since")


def test_what_others_did_in_my_cases_is_new_and_what_i_did_is_not(cast: Cast) -> None:
    case = cast.open()
    cast.do(
        "record_contact",
        case,
        by="contact_staff",
        direction="in",
        channel="telephone",
        with_="Amira",
        summary="Is anybody coming?",
    )
    cast.do(
        "extend",
        case,
        by="investigator",
        until=date(2026, 12, 18),
        reason="Ill.",
        ombudsman_details_given=True,
    )
    told = news(page(cast, "investigator"))
    assert "Since Tuesday 17 November, 10:00" in told
    assert "1 was given to you" in told
    assert "1 contact came in" in told
    assert "Contact from them" in told
    assert "Is anybody coming?" in told
    assert "Connie Day" in told
    assert "Extended" not in told
    assert news(page(cast, "officer")).endswith("Nothing new in your cases.")


def test_replies_stage_2_requests_and_promises_are_told_by_kind(cast: Cast) -> None:
    case = cast.open("2026-10-30T09:30", "2026-11-04T09:30")
    for what in ("Mend the fan", "Treat the wall"):
        cast.do("promise", case, at="2026-11-05T09:30", what=what, due=date(2026, 11, 27), owner="Repairs")
    cast.do("keep_promise", case, by="service_manager", promise=1, proof="Photo.")
    answers = [decided(n, "not_upheld", "Seen.") for n in (1, 2)]
    cast.do("respond", case, by="investigator", letter="Sorry.", decisions=answers)
    cast.do("request_escalation", case, by="contact_staff")
    told = news(page(cast, "investigator"))
    assert "1 asked for stage 2" in told
    assert "1 promise was kept" in told
    assert "1 promise was missed" in told
    assert "Promise 2 was missed, owed by Repairs" in told


def test_only_those_who_handle_cases_have_news(cast: Cast) -> None:
    for who in (
        "contact_staff",
        "service_manager",
        "quality_checker",
        "board_member",
        "auditor",
        "administrator",
    ):
        assert news(page(cast, who)) == ""


def test_a_visit_and_a_reload_lose_nothing(cast: Cast) -> None:
    cast.open()
    client = cast.client("investigator")
    first = news(client.get("/"))
    assert "was given to you" in first
    cast.clock.pass_by(hours=7)
    assert "was given to you" in news(client.get("/"))


def test_saying_that_they_are_read_takes_them_away_and_undo_brings_them_back(cast: Cast) -> None:
    cast.open()
    cast.clock.pass_by(minutes=5)
    client = cast.client("investigator")
    tree = page_of(client.get("/"))
    until = tree.xpath("//input[@name='until']/@value")[0]
    sent = client.post("/my-work/read/", {"until": until})
    assert sent["Location"] == "/"
    after = client.get("/")
    assert "Nothing new in your cases." in news(after)
    (undo,) = page_of(after).xpath("//form[button[text()='Undo']]")
    assert client.get(undo.action).status_code == 405
    client.post(undo.action)
    assert "was given to you" in news(client.get("/"))


def test_what_came_after_the_page_was_drawn_stays_new(cast: Cast) -> None:
    case = cast.open()
    cast.clock.pass_by(minutes=5)
    client = cast.client("investigator")
    until = page_of(client.get("/")).xpath("//input[@name='until']/@value")[0]
    cast.do("record_contact", case, direction="in", channel="telephone", with_="Amira", summary="Just now.")
    client.post("/my-work/read/", {"until": until})
    assert "Just now." in news(client.get("/"))


def test_one_persons_reading_changes_nothing_for_another(cast: Cast) -> None:
    cast.open()
    cast.clock.pass_by(minutes=5)
    cast.client("officer").post("/my-work/read/", {"until": cast.clock.now.isoformat()})
    assert "was given to you" in news(page(cast, "investigator"))


@pytest.mark.parametrize(
    "until", ["", "x", "\0", "2026-12-01", "2026-12-01T09:00", "2999-01-01T00:00:00+00:00", "9" * 5000]
)
def test_a_moment_that_cannot_be_marks_nothing_as_read(cast: Cast, until: str) -> None:
    cast.open()
    client = cast.client("investigator")
    client.post("/my-work/read/", {"until": until})
    answer = client.get("/")
    assert any("out of date" in each for each in notices_of(answer))
    assert "was given to you" in news(answer)


def test_what_is_long_past_is_no_news(cast: Cast) -> None:
    cast.open()
    cast.clock.pass_by(days=20)
    assert "Nothing new in your cases." in news(page(cast, "investigator"))


def test_a_draft_is_never_news(cast: Cast) -> None:
    under_check(cast)
    case = cast.open()
    drafted(cast, case, by="officer")
    cast.do("check_response", case, by="quality_checker", passed=False, remarks="Too long.")
    told = news(page(cast, "investigator"))
    assert "drafted" not in told
    assert "Your draft was sent back" in told
    assert "Too long" not in told


# Each role


@pytest.mark.parametrize(
    ("who", "wanted", "never"),
    [
        ("contact_staff", ["You took in, in the last 7 days"], ["With no handler", "Drafts to check"]),
        ("service_manager", ["Hazards not made safe", "Promises owed by Sam Pryce"], ["With no handler"]),
        ("quality_checker", ["Drafts to check"], ["With no handler", "Hazards not made safe"]),
        ("liaison", ["With the Ombudsman"], ["With no handler", "Drafts to check"]),
        ("board_member", ["How it stands today"], ["With no handler", "In your hands"]),
        ("auditor", ["How it stands today"], ["With no handler", "In your hands"]),
        ("administrator", ["In your hands"], ["With no handler", "How it stands today"]),
    ],
)
def test_each_role_has_a_page_that_fits_it(cast: Cast, who: str, wanted: list[str], never: list[str]) -> None:
    cast.receive("2026-11-30T09:30")
    found = titles(page(cast, who))
    for title in wanted:
        assert any(each.startswith(title) for each in found), found
    for title in never:
        assert not any(each.startswith(title) for each in found), found


def test_the_board_sees_figures_that_open_to_their_cases_and_no_names(cast: Cast) -> None:
    cast.open("2026-10-30T09:30", "2026-11-04T09:30")
    cast.open()
    answer = page(cast, "board_member")
    told = section(answer, "How it stands today")
    assert "Late 1" in told
    assert "With something due 2" in told
    assert "Amira" not in text_of(answer)
    for href in page_of(answer).xpath("//section//dd/a/@href"):
        assert cast.client("board_member").get(href).status_code == 200


def test_contact_staff_see_what_they_took_in_and_how_it_stands(cast: Cast) -> None:
    theirs = cast.receive("2026-11-30T09:30", by="contact_staff")
    others = cast.receive("2026-11-30T09:30", by="officer")
    told = section(page(cast, "contact_staff"), "You took in, in the last 7 days (1)")
    assert theirs.reference in told
    assert others.reference not in text_of(page(cast, "contact_staff"))


def test_the_liaison_sees_what_is_due_to_the_ombudsman(cast: Cast) -> None:
    case = cast.open()
    cast.do("ombudsman_requests_evidence", case, by="liaison", items=["All of it"], due=date(2026, 12, 15))
    assert case.reference in section(page(cast, "liaison"), "With the Ombudsman (1)")


def test_somebody_with_two_roles_sees_what_both_have_to_do(cast: Cast) -> None:
    join(cast, "quality_checker", roles=["quality_checker", "ombudsman_liaison"])
    found = titles(page(cast, "quality_checker"))
    assert any(each.startswith("Drafts to check") for each in found)
    assert any(each.startswith("With the Ombudsman") for each in found)


def test_adjustments_to_review_stand_there_in_time(cast: Cast) -> None:
    from putright.record.people.models import Need

    for days, ended in ((3, None), (30, None), (2, TODAY)):
        Need.objects.create(
            landlord=cast.landlord,
            person=cast.resident,
            adjustment="large_print",
            since=TODAY - timedelta(days=90),
            review_on=TODAY + timedelta(days=days),
            ended_on=ended,
        )
    told = section(page(cast), "Adjustments to review (1)")
    assert "Amira Yusuf" in told
    assert "Fri 4 Dec" in told
    assert "large print" not in told.lower()
    assert section(page(cast, "service_manager"), "Adjustments") == ""


def test_what_was_stopped_is_counted_and_linked(cast: Cast) -> None:
    from putright.record.correspondence.models import Stop

    for handler in (cast.officer, None, cast.investigator):
        Stop.objects.create(
            landlord=cast.landlord,
            person=cast.resident,
            verb="acknowledge",
            says="Not safe.",
            handler=handler,
            stopped_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
        )
    assert "See the 2" in section(page(cast), "Stopped on its way out (2)")
    assert "See the 1" in section(page(cast, "investigator"), "Stopped on its way out (1)")
    link = page_of(page(cast)).xpath("//section[contains(., 'Stopped on its way')]//a/@href")[0]
    assert cast.client("officer").get(link).status_code == 200


# Another landlord, and odd words


def test_another_landlord_sees_nothing_of_it(cast: Cast) -> None:
    under_check(cast)
    case = cast.open(dangers=["gas"])
    cast.do("promise", case, what="Mend the fan", due=date(2026, 11, 30), owner="Repairs")
    drafted(cast, case)
    join(
        cast,
        "stranger",
        "Repairs",
        ["complaints_officer", "contact_staff", "service_manager", "quality_checker", "auditor"],
    )
    told = page(cast, "stranger").content.decode()
    assert "TV-26" not in told
    assert "Amira" not in told


def test_words_made_to_hurt_are_shown_safely(cast: Cast) -> None:
    from putright.record.people.models import Person

    text = "<script>alert(1)</script> مرحبا 😀" + "x" * 10_000
    person = Person.objects.create(landlord=cast.landlord, name="<b>Zoë</b> " + "y" * 180)
    case = cast.open(resident=person)
    cast.do("record_contact", case, direction="in", channel="telephone", with_="x", summary=text)
    cast.do("promise", case, what=text, due=date(2026, 12, 3), owner="Cara Lind")
    told = page(cast, "investigator").content.decode()
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert" in told
    assert "<b>Zoë" not in told


# What it costs


def many(cast: Cast, how_many: int, handler: Any, hours_apart: int = 0) -> None:
    """Cases and their entries, as many as asked: what the page reads of each."""
    from putright.record.cases.models import Case, Owed
    from putright.record.journal.models import Entry
    from putright.record.landlords.models import ProcedureVersion

    version = ProcedureVersion.objects.get(landlord=cast.landlord)
    start = Case.objects.count()
    cases = Case.objects.bulk_create(
        Case(
            landlord=cast.landlord,
            reference=f"TV-25-{number:05}",
            procedure=version,
            resident=cast.resident,
            received_on=TODAY - timedelta(days=number % 300),
            state="open",
            stage=1,
            handler=handler,
            next_due="respond",
            next_due_on=TODAY + timedelta(days=number % 30 - 5),
        )
        for number in range(start, start + how_many)
    )
    Entry.objects.bulk_create(
        Entry(
            landlord=cast.landlord.pk,
            case=case.pk,
            number=number,
            verb="record_contact",
            happened_on=TODAY,
            happened_at=cast.clock.now,
            recorded_at=cast.clock.now - timedelta(hours=number + hours_apart * place),
            actor_kind="staff",
            actor=str(cast.colleague.pk),
            actor_role="complaints_officer",
            data={"direction": "in"},
            previous="",
            hash="",
        )
        for place, case in enumerate(cases)
        for number in (1, 2)
    )
    Owed.objects.bulk_create(
        Owed(landlord=cast.landlord, case=case, number=1, owner="Repairs", due_on=TODAY + timedelta(days=9))
        for case in cases
    )


def cost(cast: Cast, who: str) -> tuple[int, int]:
    client = cast.client(who)
    client.get("/")
    with CaptureQueriesContext(connection) as statements:
        answer = client.get("/")
    assert answer.status_code == 200
    return len(statements), len(answer.content)


def test_it_costs_the_same_statements_for_ten_cases_and_a_thousand(cast: Cast) -> None:
    under_check(cast)
    join(cast, "officer", "Complaints")
    case = cast.open(dangers=["gas"])
    cast.receive("2026-11-30T09:30")
    drafted(cast, case)
    cast.do("promise", case, what="Ring her", due=date(2026, 12, 3), owner="Complaints")
    many(cast, 10, cast.officer)
    few, _ = cost(cast, "officer")
    many(cast, 990, cast.officer)
    lots, size = cost(cast, "officer")
    assert few == lots <= MOST_STATEMENTS, (few, lots)
    assert size < 110_000


@pytest.mark.parametrize(
    "who", ["contact_staff", "service_manager", "quality_checker", "liaison", "board_member", "administrator"]
)
def test_every_roles_page_costs_the_same(cast: Cast, who: str) -> None:
    many(cast, 5, cast.officer)
    few, _ = cost(cast, who)
    many(cast, 200, cast.officer)
    lots, _ = cost(cast, who)
    assert few == lots <= 25


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        prefix = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(prefix + statement)
        return " ".join(str(row) for row in cursor.fetchall())


def test_what_is_new_is_found_by_the_moment_it_was_recorded(cast: Cast) -> None:
    many(cast, 1_500, cast.officer, hours_apart=5)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
    client = cast.client("officer")
    with CaptureQueriesContext(connection) as statements:
        client.get("/")
    wanted = [each["sql"] for each in statements if "recorded_at" in each["sql"] and "EXISTS" in each["sql"]]
    (sql,) = wanted
    assert "entry_by_moment" in plan_of(sql)
