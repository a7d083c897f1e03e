"""The page of one case: what is due next and why, what can be done, what it is about, what happened."""

from __future__ import annotations

from datetime import date

import pytest
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import page_of, said, text_of

from putright.record.journal.models import Entry


def page(cast: Cast, case, by: str = "officer", query: str = ""):
    return cast.client(by).get(f"/cases/{case.reference}/{query}")


def section(answer, name: str) -> str:
    """What stands under a heading of the page, up to the next."""
    heading = page_of(answer).xpath(f"//h2[@id='{name}']")[0]
    told = []
    for each in heading.itersiblings():
        if each.tag == "h2":
            break
        told.append(said(each))
    return " ".join(told)


def test_it_says_whose_case_it_is_and_where_it_stands(cast: Cast) -> None:
    answer = page(cast, cast.open())
    assert page_of(answer).xpath("//h1")[0].text_content().strip() == "Amira Yusuf, 14 Sedge Court"
    told = text_of(answer)
    assert "TV-26-0001 2024 Code" in told
    assert "Open, stage 1" in told
    assert "Handler: Cara Lind" in told


def test_what_is_due_has_its_weekday_how_far_it_is_and_why(cast: Cast) -> None:
    due = section(page(cast, cast.open()), "due")
    assert due.startswith("Answer stage 1 Friday 4 December, in 3 working days Why?")
    assert "10 working days from the acknowledgement (2024 Code, 6.3)" in due
    assert "If extended: to Friday 18 December; beyond that, give a good reason (6.4)" in due


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-12-04T23:59", "Friday 4 December, today"),
        ("2026-12-05T09:00", "Friday 4 December, late"),  # a Saturday: late, with no working day since
        ("2026-12-07T09:00", "Friday 4 December, 1 working day late"),
        ("2026-12-08T09:00", "Friday 4 December, 2 working days late"),
    ],
)
def test_due_today_is_not_late_and_late_starts_the_day_after(cast: Cast, now: str, says: str) -> None:
    case = cast.open()
    cast.clock.set(now)
    answer = page(cast, case)
    assert says in section(answer, "due")
    late = page_of(answer).xpath("//h2[@id='due']/following-sibling::*[1]//*[contains(@class, 'pr-late')]")
    assert bool(late) is ("today" not in says)


def test_what_falls_due_sooner_stands_first(cast: Cast) -> None:
    case = cast.open(hazard="significant")
    names = page_of(page(cast, case)).xpath("//span[@class='pr-due__what']/text()")
    assert names == ["Hazard: investigate", "Answer stage 1"]


def test_the_landlords_own_day_stands_beside_the_codes(cast: Cast) -> None:
    cast.landlord.procedures.update(profile="nottingham-city-homes")
    case = cast.receive("2026-11-30T09:30")
    due = section(page(cast, case), "due")
    assert due.startswith(
        "Acknowledge stage 1 Monday 7 December, in 4 working days"
        " our target Wednesday 2 December, in 1 working day"
    )


def test_the_usual_next_step_is_the_one_button(cast: Cast) -> None:
    case = cast.receive()
    button = "//h2[@id='now']/following-sibling::ul[1]//a[contains(@class, 'govuk-button')]/text()"
    assert page_of(page(cast, case)).xpath(button) == ["Acknowledge"]
    cast.do("acknowledge", case, definition="Damp.")
    assert page_of(page(cast, case)).xpath(button) == ["Assign"]
    cast.do("assign", case, handler=str(cast.investigator.pk))
    assert page_of(page(cast, case)).xpath(button) == ["Draft the response"]
    assert page_of(page(cast, case, "contact_staff")).xpath(button) == []
    assert page_of(page(cast, case, "auditor")).xpath(button) == []


def test_only_what_their_roles_allow_is_offered(cast: Cast) -> None:
    case = cast.open()
    offered = {
        each.rstrip("/").rsplit("/", 1)[-1]
        for each in page_of(page(cast, case, "contact_staff")).xpath("//ul[@class='pr-actions']//a/@href")
    }
    assert offered == {"add_point", "record_contact", "record_needs", "report_hazard"}


def test_what_cannot_be_done_says_why_and_what_unlocks_it(cast: Cast) -> None:
    told = section(page(cast, cast.open(), "officer"), "not-yet")
    assert "Send the response Point 1 is not answered with a decision and reasons (Code 6.7)" in told
    assert "Record a stage 2 request Not answered yet. What was asked is kept as a contact" in told
    assert "Close Not answered yet" in told


def test_whom_to_ask_is_said_to_those_whose_role_does_not_reach_so_far(cast: Cast) -> None:
    case = cast.receive()
    told = section(page(cast, case, "contact_staff"), "not-yet")
    assert "Log" not in told  # they may log it, so that is what they are offered
    cast.do("acknowledge", case, definition="Damp.")
    cast.do("assign", case, handler=str(cast.investigator.pk))
    told = section(page(cast, case, "contact_staff"), "not-yet")
    assert "Draft the response Your role does not do this. Ask a complaints officer" in told


def test_whoever_considered_stage_1_is_told_that_stage_2_is_not_theirs(cast: Cast) -> None:
    case = at_stage_2(cast)
    told = section(page(cast, case, "investigator"), "not-yet")
    assert "Draft the response This person considered the complaint at stage 1 (Code 6.13)" in told
    assert "Draft the response" in section(page(cast, case, "reviewer"), "now")


def at_stage_2(cast: Cast, **draft):
    case = cast.open()
    decisions = [
        {"point": 1, "decision": "upheld", "reasons": "We came late."},
        {"point": 2, "decision": "not_upheld", "reasons": "The visit was made."},
    ]
    from putright.casework import fields, verb

    plain = {
        "decisions": decisions,
        "remedies": [{"what": "Treat the walls", "by": "2026-12-11", "owner": "Repairs"}],
        "actions": [{"what": "Mend the fan", "by": "2026-12-04"}],
        "compensation": [{"amount": 60, "for": "distress"}],
    }
    cleaned = fields.clean(verb("respond").function, plain)
    cast.do("draft_response", case, "investigator", "2026-11-24T10:00", **{**cleaned, **draft})
    cast.do("respond", case, "investigator", "2026-11-25T10:00", **cleaned)
    cast.do("request_escalation", case, "contact_staff", "2026-11-26T10:00")
    cast.do("escalate", case, "officer", "2026-11-26T11:00")
    return cast.fresh(case)


# What it is about


def test_points_follow_the_numbering_of_the_rules(cast: Cast) -> None:
    case = cast.receive("2026-11-16T09:30", points=["Wet wall", "Old point"])
    cast.do("log_complaint", case, at="2026-11-17", points=["Damp", "Missed visit"])
    cast.do("acknowledge", case, at="2026-11-18", definition="Damp.")
    cast.do("add_point", case, at="2026-11-19", point="Nobody rang back", related=True)
    cast.do("add_point", case, at="2026-11-20", point="Parking", related=False)
    points = page_of(page(cast, case)).xpath("//h2[@id='points']/following-sibling::ol[1]/li")
    told = [said(each) for each in points]
    assert told == [
        "1 Damp not decided",
        "2 Missed visit not decided",
        "3 Nobody rang back not decided",
    ]


def test_a_point_that_was_struck_out_gives_up_its_number(cast: Cast) -> None:
    case = cast.open()
    added = cast.do("add_point", case, point="Wrong case", related=True).entry
    cast.do("add_point", case, point="Nobody rang back", related=True)
    cast.do("correct", case, entry=added.number, strike=True, reason="It was about another case.")
    told = section(page(cast, case), "points")
    assert "3 Nobody rang back" in told
    assert "Wrong case" not in told


def test_corrected_words_stand_in_place_of_the_old(cast: Cast) -> None:
    case = cast.open()
    cast.do(
        "correct",
        case,
        entry=1,
        fields={"points": ["Damp in the kitchen", "Missed visit"]},
        reason="Misheard.",
    )
    told = section(page(cast, case), "points")
    assert "1 Damp in the kitchen" in told
    assert "Damp left untreated not decided" not in told


def test_decisions_promises_and_awards_are_told_in_their_own_words(cast: Cast) -> None:
    answer = page(cast, at_stage_2(cast), "reviewer")
    points = section(answer, "points")
    assert "Stage 1: upheld We came late." in points
    assert "Stage 1: not upheld The visit was made." in points
    promises = section(answer, "promises")
    assert "1 Treat the walls by Friday 11 December owner: Repairs" in promises
    assert "2 Mend the fan by Friday 4 December" in promises
    assert "1 £60.00, Distress awarded Wednesday 25 November, not paid" in section(answer, "awards")


def test_a_kept_promise_shows_its_proof_and_a_missed_one_that_it_was_missed(cast: Cast) -> None:
    case = at_stage_2(cast)
    cast.do("keep_promise", case, at="2026-11-30", promise=1, proof="Photo of dry walls.")
    cast.clock.set("2026-12-08T10:00")
    promises = section(page(cast, case), "promises")
    assert "Treat the walls kept Monday 30 November" in promises
    assert "Proof: Photo of dry walls." in promises
    assert "Mend the fan by Friday 4 December missed" in promises


def test_breaches_stand_first_with_their_provision_and_why(cast: Cast) -> None:
    case = cast.open(acknowledged="2026-11-25T11:05")
    rows = page_of(page(cast, case)).xpath("//h2[@id='record']/following-sibling::dl[1]/div")
    told = said(rows[0])
    assert told.startswith("6.2 Acknowledge stage 1 within 5 working days Breached")
    assert "Done on Wednesday 25 November 2026" in told


def test_earlier_complaints_of_the_same_resident_are_linked(cast: Cast) -> None:
    first, second, other = cast.receive(), cast.receive(), cast.receive(resident=cast.other_resident)
    links = page_of(page(cast, second)).xpath("//h2[@id='earlier']/following-sibling::ul[1]//a/@href")
    assert links == [f"/cases/{first.reference}/"]
    assert other.reference not in str(links)


def test_a_case_without_points_or_outcomes_says_what_to_do(cast: Cast) -> None:
    case = cast.receive(points=["Damp"], outcomes=None)
    assert "not recorded: ask what would put it right" in section(page(cast, case), "points")


# The timeline


def test_the_newest_stands_first_and_a_late_recording_shows(cast: Cast) -> None:
    case = cast.open()
    titles = page_of(page(cast, case)).xpath("//ol[contains(@class, 'moj-timeline')]//h3/text()")
    assert titles == ["Assigned to Cara Lind", "Acknowledged", "Received by telephone"]
    told = section(page(cast, case), "timeline")
    assert "Fri 20 Nov 11:05 Acknowledged Ben Okafor, in time recorded Tue 1 Dec" in told


def test_what_was_refused_shows_as_refused_and_says_why(cast: Cast) -> None:
    from putright.casework.act import Refused

    case = at_stage_2(cast)
    with pytest.raises(Refused):
        cast.do("assign", case, handler=str(cast.investigator.pk))
    told = section(page(cast, case), "timeline")
    assert "Refused: Assign Ben Okafor It was not done: Code 6.13." in told


def test_what_was_late_says_by_how_much(cast: Cast) -> None:
    told = section(page(cast, cast.open(acknowledged="2026-11-25T11:05")), "timeline")
    assert "Acknowledged Ben Okafor, 2 working days late" in told


def test_an_entry_that_was_mended_says_so(cast: Cast) -> None:
    case = cast.open()
    contact = cast.do(
        "record_contact", case, direction="in", channel="telephone", with_="Amira", summary="Rang."
    ).entry
    cast.do("correct", case, entry=contact.number, strike=True, reason="That was another case.")
    told = section(page(cast, case), "timeline")
    assert f"Struck out: see entry {contact.number + 1}" in told
    assert f"Entry {contact.number} struck out" in told


def test_only_those_who_may_correct_are_offered_it(cast: Cast) -> None:
    case = cast.open()
    assert "This was recorded wrongly" in page(cast, case).content.decode()
    assert "This was recorded wrongly" not in page(cast, case, "investigator").content.decode()


def test_the_timeline_is_narrowed_by_its_address(cast: Cast) -> None:
    case = cast.open()
    cast.do("record_contact", case, direction="in", channel="telephone", with_="Amira", summary="Rang.")
    answer = page(cast, case, query="?show=contacts")
    titles = page_of(answer).xpath("//ol[contains(@class, 'moj-timeline')]//h3/text()")
    assert titles == ["Contact to us by telephone"]
    assert page(cast, case, query="?show=nonsense").status_code == 200


def many_contacts(cast: Cast, case, how_many: int) -> None:
    from complaint_rules.events import Actor
    from putright.record.journal import records

    by = Actor("staff", str(cast.officer.pk), "complaints_officer")
    head = records.lock(cast.landlord.pk, case.pk)
    for number in range(how_many):
        data = {"direction": "in", "channel": "telephone"}
        texts = {"summary": f"Call {number}", "with": "Amira"}
        records.append(head, records.New("record_contact", by, cast.clock.now, data, texts))


@pytest.mark.parametrize("by", ["officer", "reviewer", "auditor"])
def test_a_case_page_costs_the_same_however_many_entries_it_has(cast: Cast, by: str) -> None:
    few, many = at_stage_2(cast), at_stage_2(cast)
    many_contacts(cast, few, 10 - Entry.objects.filter(case=few.pk).count())
    many_contacts(cast, many, 1000 - Entry.objects.filter(case=many.pk).count())
    client = cast.client(by)
    counts = []
    for case in (few, many):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/cases/{case.reference}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1], [each["sql"][:120] for each in asked]
    assert counts[1] <= 12


def test_a_long_timeline_is_shown_a_page_at_a_time(cast: Cast) -> None:
    case = cast.open()
    many_contacts(cast, case, 120)
    first = page(cast, case)
    assert len(page_of(first).xpath("//ol[contains(@class, 'moj-timeline')]/li")) == 50
    older = page_of(first).xpath("//a[@rel='next']/@href")[0]
    second = cast.client("officer").get(older)
    assert len(page_of(second).xpath("//ol[contains(@class, 'moj-timeline')]/li")) == 50
    by_entry = page(cast, case, query="?entry=1")
    assert page_of(by_entry).xpath("//li[@id='entry-1']")
    for odd in ("?page=999", "?page=x", "?page=0", "?entry=99999999999", "?entry=-1"):
        assert page(cast, case, query=odd).status_code == 200


# Drafts


def test_drafts_of_stage_1_are_not_shown_to_a_reviewer(cast: Cast) -> None:
    case = at_stage_2(cast, text="SECRET FIRST DRAFT")
    for by in ("reviewer", "officer", "auditor", "quality_checker"):
        told = page(cast, case, by).content.decode()
        assert "SECRET FIRST DRAFT" not in told, by
        assert "shown only to those who may consider that stage (Code 6.13)" in told
    assert "SECRET FIRST DRAFT" in page(cast, case, "investigator").content.decode()


def test_drafts_of_stage_2_are_not_shown_to_who_considered_stage_1(cast: Cast) -> None:
    case = at_stage_2(cast)
    cast.do("draft_response", case, "reviewer", text="SECRET SECOND DRAFT")
    cast.do("check_response", case, "quality_checker", passed=False, remarks="SECRET REMARK")
    assert "SECRET" not in page(cast, case, "investigator").content.decode()
    assert "SECRET SECOND DRAFT" in page(cast, case, "reviewer").content.decode()
    assert "SECRET REMARK" in page(cast, case, "reviewer").content.decode()
    form = cast.client("investigator").get(f"/cases/{case.reference}/draft_response/")
    assert "SECRET" not in form.content.decode()
    check = cast.client("investigator").get(f"/cases/{case.reference}/check_response/")
    assert "SECRET" not in check.content.decode()


def test_drafts_are_not_shown_to_whoever_has_an_interest(cast: Cast) -> None:
    case = cast.open()
    cast.do("draft_response", case, "investigator", text="SECRET DRAFT")
    assert "SECRET DRAFT" in page(cast, case, "reviewer").content.decode()
    cast.do("declare_interest", case, staff=str(cast.reviewer.pk), interest="A cousin.")
    assert "SECRET DRAFT" not in page(cast, case, "reviewer").content.decode()


# Who may see it


def test_another_landlords_officer_finds_nothing(cast: Cast) -> None:
    case = cast.open()
    assert page(cast, case, "stranger").status_code == 404
    assert cast.client().get(f"/cases/{case.reference}/").status_code == 302


# A request for stage 2 that came too early


def test_a_request_that_came_too_early_is_offered_again_with_the_answer(cast: Cast) -> None:
    from putright.casework.act import Refused

    case = cast.open()
    with pytest.raises(Refused):
        cast.do("request_escalation", case, "contact_staff", "2026-11-23T10:00")
    again = "asked for stage 2 on Monday 23 November, before stage 1 was answered"
    assert again not in text_of(page(cast, case))
    decisions = decided(1, 2)
    cast.do("respond", case, "investigator", decisions=decisions)
    assert again in text_of(page(cast, case))
    cast.do("request_escalation", case, "contact_staff")
    assert again not in text_of(page(cast, case))


def decided(*points: int):
    from putright.casework.fields import PointDecided

    return [PointDecided(point, "not_upheld", "The record shows it.") for point in points]


# Why this date


def why(cast: Cast, case, clock: str, by: str = "officer"):
    return cast.client(by).get(f"/cases/{case.reference}/why/{clock}/")


def test_why_shows_each_day_and_a_sentence_to_say(cast: Cast) -> None:
    answer = why(cast, cast.open(), "respond")
    told = text_of(answer)
    assert told.startswith("Why Friday 4 December? Answer stage 1: Friday 4 December, in 3 working days")
    assert "Ten working days from Friday 20 November, without weekends, is Friday 4 December." in told
    assert "If extended To Friday 18 December; beyond that, give a good reason (6.4)" in told
    spoken = page_of(answer).xpath("//table//td//span[@class='govuk-visually-hidden']/text()")
    assert "Friday 20 November, day 0" in spoken
    assert "Friday 4 December, day 10, due" in spoken


def test_why_says_when_a_step_was_not_taken_and_the_last_day_counts(cast: Cast) -> None:
    case = at_stage_2(cast)
    told = text_of(why(cast, case, "respond_stage_2"))
    assert (
        "That step is not recorded, so it is counted from Thursday 3 December, the last day allowed." in told
    )


def test_why_tells_an_extension_and_one_that_was_told_too_late(cast: Cast) -> None:
    from datetime import date

    case = cast.open()
    given = {"reason": "A survey is awaited.", "ombudsman_details_given": True}
    cast.do("extend", case, at="2026-12-01T09:00", until=date(2026, 12, 11), **given)
    told = text_of(why(cast, case, "respond"))
    assert "First due Friday 4 December; extended to Friday 11 December." in told
    cast.clock.set("2026-12-14T10:00")
    cast.do("extend", case, until=date(2026, 12, 17), **given)
    told = text_of(why(cast, case, "respond"))
    assert "after it was due, so the day did not move" in told
    assert "Friday 11 December, 1 working day late" in told


def test_a_clock_that_has_not_started_says_what_starts_it(cast: Cast) -> None:
    case = cast.open()
    assert "Starts with the request for stage 2." in text_of(why(cast, case, "respond_stage_2"))
    assert "Starts with a promise." in text_of(why(cast, case, "promise:1"))
    assert why(cast, case, "nonsense").status_code == 404
    assert why(cast, case, "respond", "stranger").status_code == 404


def test_a_promise_has_a_day_that_was_promised_and_no_counting(cast: Cast) -> None:
    case = at_stage_2(cast)
    told = text_of(why(cast, case, "promise:1"))
    assert told.startswith("Why Friday 11 December? Promise 1: Treat the walls")
    assert "A day that was promised or set, on Wednesday 25 November (2024 Code, 7.3)." in told


def test_a_promise_beyond_the_bank_holidays_we_know_is_shown_without_a_count(cast: Cast) -> None:
    case = cast.receive()
    cast.do("promise", case, what="Renew the roof", due=date(2033, 5, 2))
    shown = cast.client("officer").get(f"/cases/{case.reference}/")
    assert shown.status_code == 200
    assert "2 May 2033" in text_of(shown)
    assert cast.client("officer").get("/").status_code == 200
