"""The list of service requests, and the review of each month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import boxes, errors_of, page_of, said, text_of

LIST, REVIEW = "/service-requests/", "/service-requests/reviews/2026-11/"


def ask(cast: Cast, received: str = "2026-11-09T09:30", treated: str | None = None, **given: Any) -> Any:
    """A service request, treated as one on the day it came."""
    case = cast.receive(
        received, **{name: given.pop(name) for name in ("resident", "landlord") if name in given}
    )
    by = "officer" if case.landlord_id == cast.landlord.pk else "stranger"
    cast.do(
        "treat_as_service_request",
        case,
        by=by,
        at=treated or received,
        reason="A first repair.",
        **({"resident_agrees": True} | given),
    )
    return cast.fresh(case)


def rows(answer: Any) -> list[str]:
    return [said(each) for each in page_of(answer).xpath("//main//li[contains(@class, 'pr-case')]")]


def references(answer: Any) -> list[str]:
    return [said(each) for each in page_of(answer).xpath("//main//a[contains(@class, 'pr-case__reference')]")]


def chain(cast: Cast) -> list[Any]:
    from putright.record.journal.queries import of_case

    return [entry for entry in of_case(cast.landlord.pk, 0) if entry.verb == "review_service_requests"]


# The list


def test_they_stand_oldest_first_with_their_age_in_working_days(cast: Cast) -> None:
    newer, older = ask(cast, "2026-11-30T09:30"), ask(cast, "2026-11-09T09:30")
    cast.open()
    answer = cast.client("officer").get(LIST)
    assert references(answer) == [older.reference, newer.reference]
    assert "16 working days old" in rows(answer)[0]
    assert "1 working day old" in rows(answer)[1]
    assert "Service requests: 2 not answered" in text_of(answer)
    assert "Older than 10 working days: 1" in text_of(answer)


def test_an_answer_takes_one_off_the_list_and_so_does_becoming_a_complaint(cast: Cast) -> None:
    answered, unhappy, wanted, waits = (ask(cast) for _ in range(4))
    cast.do("answer_service_request", answered, answer="We come on Monday.", satisfied=True)
    cast.do("answer_service_request", unhappy, answer="We come on Monday.", satisfied=False)
    cast.do("offer_complaint", wanted, answer="wants")
    assert references(cast.client("officer").get(LIST)) == [waits.reference]


def test_a_line_says_by_when_we_answer_and_whether_they_know_of_the_choice(cast: Cast) -> None:
    ask(cast, target=date(2026, 11, 27))
    ask(cast, resident_agrees=None)
    declined = ask(cast, resident_agrees=None)
    cast.do("offer_complaint", declined, at="2026-11-20T09:30", answer="declines")
    first, second, third = rows(cast.client("officer").get(LIST))
    assert "Fri 27 Nov, 2 working days late" in first
    assert "Agreed that it is a service request, Mon 9 Nov" in first
    assert "No day to answer by" in second
    assert "Not told yet that they can complain" in second
    assert "Offered a complaint, and does not want one, Fri 20 Nov" in third


def test_a_line_leads_to_what_can_be_done(cast: Cast) -> None:
    case = ask(cast)
    told = cast.client("officer").get(LIST).content.decode()
    for verb in ("answer_service_request", "offer_complaint", "call"):
        assert f"/cases/{case.reference}/{verb}/" in told
    told = cast.client("auditor").get(LIST).content.decode()
    for verb in ("answer_service_request", "offer_complaint", "call"):
        assert f"/cases/{case.reference}/{verb}/" not in told


def test_the_list_is_narrowed_by_team_handler_and_age(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.investigator).update(team="Repairs")
    mine, theirs, old = ask(cast), ask(cast, "2026-11-24T09:30"), ask(cast, "2026-09-01T09:30")
    cast.do("assign", mine, handler=str(cast.officer.pk))
    cast.do("assign", theirs, handler=str(cast.investigator.pk))

    def found(query: str) -> list[str]:
        return references(cast.client("officer").get(f"{LIST}?{query}"))

    assert found("handler=me") == [mine.reference]
    assert found("handler=nobody") == [old.reference]
    assert found("team=Repairs") == [theirs.reference]
    assert found("older=10") == [old.reference, mine.reference]
    assert found("older=40") == [old.reference]
    assert found("older=5&handler=me") == [mine.reference]
    answer = cast.client("officer").get(f"{LIST}?older=5&handler=me")
    assert "Older than 5 working days" in text_of(answer)
    assert page_of(answer).xpath("//a[contains(., 'Handler: Me')]/@href") == [f"{LIST}?older=5"]


@pytest.mark.parametrize(
    "query",
    [
        "team=x",
        "handler=999",
        "older=-1",
        "older=x",
        "after=x",
        "handler=%00",
        "team=%F0%9F%98%80",
        "after=2026-11-09.99999999999999999999",
    ],
)
def test_what_cannot_be_read_in_an_address_is_passed_over(cast: Cast, query: str) -> None:
    case = ask(cast)
    assert references(cast.client("officer").get(f"{LIST}?{query}")) == [case.reference]


def test_an_empty_list_says_what_would_be_here(cast: Cast) -> None:
    assert "No service request waits for an answer." in text_of(cast.client("officer").get(LIST))
    assert "No service requests match." in text_of(cast.client("officer").get(f"{LIST}?handler=me"))


def test_another_landlords_requests_are_not_here(cast: Cast) -> None:
    ask(cast)
    assert rows(cast.client("stranger").get(LIST)) == []
    assert rows(cast.client("stranger").get(REVIEW)) == []


def test_the_pages_meet_and_each_costs_the_same(cast: Cast) -> None:
    from putright.record.cases.models import Case

    case = ask(cast)
    entries = copies_of(case, 119)
    assert entries == 240
    client = cast.client("officer")
    seen: list[str] = []
    address, costs = LIST, []
    while address:
        client.get(address)
        with CaptureQueriesContext(connection) as statements:
            answer = client.get(address)
        costs.append(len(statements))
        seen += references(answer)
        address = next(iter(page_of(answer).xpath("//a[@rel='next']/@href")), "")
    assert len(seen) == len(set(seen)) == Case.objects.count() == 120
    assert len(set(costs)) == 1
    assert costs[0] <= 14


def copies_of(case: Any, how_many: int) -> int:
    """More requests like this one, with the entries of their journal."""
    from putright.record.cases.models import Case
    from putright.record.journal.models import Entry
    from putright.record.journal.queries import of_case

    entries = of_case(case.landlord_id, case.pk)
    made = Case.objects.bulk_create(
        Case(
            landlord_id=case.landlord_id,
            reference=f"TV-25-{number:04}",
            procedure_id=case.procedure_id,
            resident_id=case.resident_id,
            state=case.state,
            received_on=case.received_on,
            service_request_since=case.service_request_since - timedelta(days=number % 7),
        )
        for number in range(how_many)
    )
    Entry.objects.bulk_create(
        Entry(
            landlord=each.landlord,
            case=one.pk,
            number=each.number,
            verb=each.verb,
            happened_on=each.happened_on,
            happened_at=each.happened_at,
            recorded_at=each.recorded_at,
            actor_kind=each.actor_kind,
            actor=each.actor,
            actor_role=each.actor_role,
            data=each.data,
            previous="",
            hash="",
        )
        for one in made
        for each in entries
    )
    return Entry.objects.filter(
        landlord=case.landlord_id, verb__in=["receive", "treat_as_service_request"]
    ).count()


# The review of a month


def decide(case: Any, decision: str, reason: str = "") -> dict[str, str]:
    return {f"decided_{case.pk}": decision, f"reason_{case.pk}": reason}


def test_it_lists_what_waited_at_the_end_of_the_month_and_nothing_else(cast: Cast) -> None:
    waits, since_answered, before_answered = ask(cast), ask(cast), ask(cast)
    cast.do("answer_service_request", before_answered, at="2026-11-20T09:30", answer="x", satisfied=True)
    december = ask(cast, "2026-12-01T09:00")
    became = ask(cast, "2026-11-12T09:30")
    cast.clock.set("2026-12-02T10:00")
    cast.do("answer_service_request", since_answered, answer="x", satisfied=True)
    cast.do("offer_complaint", became, answer="wants")
    answer = cast.client("officer").get(REVIEW)
    assert set(references(answer)) == {waits.reference, since_answered.reference, became.reference}
    told = text_of(answer)
    assert "Answered since." in told
    assert "Received now." in told
    assert december.reference not in told
    assert before_answered.reference not in told


def test_ages_are_those_of_the_end_of_the_month(cast: Cast) -> None:
    case = ask(cast, "2026-11-09T09:30")
    cast.clock.set("2026-12-15T10:00")
    (row,) = rows(cast.client("officer").get(REVIEW))
    assert case.reference in row
    assert "15 working days old" in row


def test_recording_it_keeps_who_when_and_what_was_decided(cast: Cast) -> None:
    offer, answer, leave, young = ask(cast), ask(cast), ask(cast), ask(cast, "2026-11-27T09:30")
    client = cast.client("officer")
    given = boxes(client.get(REVIEW)) | decide(offer, "offer_complaint") | decide(answer, "answer")
    given |= decide(leave, "leave", "The fan is on order.")
    assert client.post(REVIEW, given).status_code == 302
    (entry,) = chain(cast)
    assert (entry.actor, entry.actor_role) == (str(cast.officer.pk), "complaints_officer")
    assert (entry.data["month"], entry.data["older_than"]) == ("2026-11", 10)
    assert {each["case"]: each["decided"] for each in entry.data["cases"]} == {
        offer.pk: "offer_complaint",
        answer.pk: "answer",
        leave.pk: "leave",
        young.pk: "",
    }
    assert "The fan is on order" not in str(entry.data)
    told = text_of(cast.client("auditor").get(REVIEW))
    assert "Reviewed Tuesday 1 December, 10:00, by Ben Okafor" in told
    assert "4 requests looked at" in told
    assert "The fan is on order." in told
    assert "Still waits" in told
    listed = text_of(client.get("/service-requests/reviews/"))
    assert "Tue 1 Dec 10:00, Ben Okafor: 4 requests looked at" in listed
    assert "November 2026 was reviewed." in text_of(client.get(LIST))


def test_what_is_old_needs_a_decision_and_leaving_it_a_reason(cast: Cast) -> None:
    old, young = ask(cast), ask(cast, "2026-11-27T09:30")
    client = cast.client("officer")
    given = boxes(client.get(REVIEW))
    answer = client.post(REVIEW, given)
    assert errors_of(answer) == ["Choose what is decided for this request: it is older than you set."]
    answer = client.post(REVIEW, given | decide(old, "leave", "  "))
    assert errors_of(answer) == ["Give the reason for leaving it as it is."]
    answer = client.post(REVIEW, given | decide(old, "burn it"))
    assert errors_of(answer) == ["Choose one from the list."]
    assert chain(cast) == []
    assert client.post(REVIEW, given | decide(old, "answer") | decide(young, "")).status_code == 302


def test_how_old_is_old_can_be_set_and_is_kept(cast: Cast) -> None:
    ask(cast)
    client = cast.client("officer")
    given = boxes(client.get(REVIEW, {"older": "40"}))
    assert given["older"] == "40"
    assert client.post(REVIEW, given).status_code == 302
    assert chain(cast)[0].data["older_than"] == 40


def test_sent_twice_it_is_recorded_once(cast: Cast) -> None:
    client = cast.client("officer")
    given = boxes(client.get(REVIEW))
    assert client.post(REVIEW, given).status_code == client.post(REVIEW, given).status_code == 302
    assert len(chain(cast)) == 1


def test_two_people_do_not_record_one_over_the_other(cast: Cast) -> None:
    first, second = cast.client("officer"), cast.client("colleague")
    mine, theirs = boxes(first.get(REVIEW)), boxes(second.get(REVIEW))
    assert first.post(REVIEW, mine).status_code == 302
    answer = second.post(REVIEW, theirs)
    assert errors_of(answer) == [
        "Somebody has recorded a review of November 2026 since you opened this page."
    ]
    assert len(chain(cast)) == 1


def test_a_month_can_be_reviewed_again_and_both_stay(cast: Cast) -> None:
    client = cast.client("officer")
    client.post(REVIEW, boxes(client.get(REVIEW)))
    (again,) = page_of(client.get(REVIEW)).xpath("//a[starts-with(., 'Review November')]/@href")
    cast.clock.pass_by(hours=1)
    assert client.post(REVIEW, boxes(client.get(again))).status_code == 302
    assert len(chain(cast)) == 2
    assert text_of(client.get(REVIEW)).count("Reviewed Tuesday 1 December") == 2


def test_a_month_that_has_not_ended_cannot_be_reviewed(cast: Cast) -> None:
    client = cast.client("officer")
    answer = client.get("/service-requests/reviews/2026-12/")
    assert "December 2026 ends on Thursday 31 December." in text_of(answer)
    sent = client.post("/service-requests/reviews/2026-12/", boxes(client.get(REVIEW)))
    assert errors_of(sent) == ["December 2026 ends on Thursday 31 December 2026. Review it after that day."]
    assert chain(cast) == []


def test_a_month_long_past_can_only_be_looked_at(cast: Cast) -> None:
    answer = cast.client("officer").get("/service-requests/reviews/2026-02/")
    assert "No review of February 2026 was recorded" in text_of(answer)
    assert not page_of(answer).xpath("//main//form[@method='post']")


@pytest.mark.parametrize(
    "month",
    ["2026-13", "x", "2027-01", "1999-12", "0000-00", "2026-1", "2026-11-01", "٢٠٢٦-11", "2026-11%00"],
)
def test_there_is_no_such_month(cast: Cast, month: str) -> None:
    assert cast.client("officer").get(f"/service-requests/reviews/{month}/").status_code == 404


@pytest.mark.parametrize(
    "who", ["investigator", "contact_staff", "service_manager", "board_member", "auditor", "administrator"]
)
def test_others_read_it_and_cannot_record_it(cast: Cast, who: str) -> None:
    ask(cast)
    assert not page_of(cast.client(who).get(REVIEW)).xpath("//main//form[@method='post']")
    assert cast.client(who).post(REVIEW, boxes(cast.client("officer").get(REVIEW))).status_code == 403
    assert chain(cast) == []


def test_another_landlord_reviews_its_own(cast: Cast) -> None:
    ask(cast)
    client = cast.client("stranger")
    assert client.post(REVIEW, boxes(client.get(REVIEW))).status_code == 302
    assert chain(cast) == []
    assert "Reviewed" not in text_of(cast.client("officer").get(REVIEW))


def test_a_decision_for_a_request_that_is_not_listed_is_not_kept(cast: Cast) -> None:
    ours, theirs = ask(cast), ask(cast, landlord=cast.other_landlord, resident=None)
    client = cast.client("officer")
    given = boxes(client.get(REVIEW)) | decide(ours, "answer") | decide(theirs, "answer")
    assert client.post(REVIEW, given).status_code == 302
    assert [each["case"] for each in chain(cast)[0].data["cases"]] == [ours.pk]


def test_reasons_made_to_hurt_are_kept_exactly_and_shown_safely(cast: Cast) -> None:
    case, client = ask(cast), cast.client("officer")
    text = "=1+1 <script>alert(1)</script> مرحبا 😀 " + "x" * 10_000
    given = boxes(client.get(REVIEW)) | decide(case, "leave", text)
    assert client.post(REVIEW, given).status_code == 302
    from putright.record.cases.reviews import of_month

    (review,) = of_month(cast.landlord.pk, date(2026, 11, 1))
    assert review.decided[0].reason == text
    assert "<script>alert" not in client.get(REVIEW).content.decode()


def test_reading_a_review_costs_the_same_however_much_waited(cast: Cast) -> None:
    case = ask(cast)
    client = cast.client("officer")
    costs = []
    for more in (0, 60):
        copies_of(case, more)
        client.get(REVIEW)
        with CaptureQueriesContext(connection) as statements:
            client.get(REVIEW)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 14


def test_the_landlords_chain_still_verifies_after_a_review(cast: Cast) -> None:
    from putright.upkeep.running.verify import verify

    client = cast.client("officer")
    client.post(REVIEW, boxes(client.get(REVIEW)))
    assert verify().differences == []
