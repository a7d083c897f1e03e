"""A point or a promise put to a colleague, a team, a contractor or a lawyer; the answer stands on the case."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from cast import MEMBERS, TODAY, Cast
from django.test import Client
from form_filling import boxes, day, errors_of, fill, page_of, text_of

from putright.record.journal.models import Entry, Text
from putright.record.promises.models import Asked

QUESTION = "When was the fan fitted, and does it run?"
BY = day("answer_by", "2026-12-04")


@pytest.fixture
def case(cast: Cast) -> Any:
    from putright.record.accounts.models import Membership, Team

    Membership.objects.filter(user=cast.service_manager).update(team="Repairs")
    Team.objects.create(landlord=cast.landlord, name="Repairs", senior=cast.reviewer, entry=0)
    return cast.open()


def asks(cast: Cast, case: Any, **answers: Any) -> Any:
    given = {"of": "contractor", "whom": "Swale Heating", "question": QUESTION, "point": "1"} | BY | answers
    return fill(cast.client("officer"), f"/cases/{case.reference}/ask_others/", **given)


def link_in(answer: Any) -> str:
    return re.sub(r"^https?://[^/]+", "", page_of(answer).xpath("//*[@id='the-link']")[0].text_content())


def open_link(cast: Cast, case: Any, **answers: Any) -> str:
    return link_in(asks(cast, case, **answers))


def send(link: str, client: Any = None, **answers: Any) -> Any:
    return fill(
        client or Client(), link, answer="Fitted on 3 November; it runs.", answered_by="Jo", **answers
    )


def test_a_link_shows_the_question_and_nothing_that_was_not_ticked(cast: Cast, case: Any) -> None:
    page = Client().get(open_link(cast, case, job="Job 881", access="Key safe by the door"))
    text = page.content.decode()
    for told in (QUESTION, "Job 881", "Key safe by the door", "Tern Valley Homes", "Swale Heating"):
        assert told in text
    for kept_back in (
        "Amira",
        "Sedge",
        "07700",
        case.reference,
        "damp",
        "Damp",
        "Missed visit",
        "Ben Okafor",
    ):
        assert kept_back not in text, kept_back


def test_what_was_ticked_is_shown(cast: Cast, case: Any) -> None:
    text = Client().get(open_link(cast, case, shows=["address", "name"])).content.decode()
    assert "14 Sedge Court" in text
    assert "Amira Yusuf" in text


def test_a_safe_contact_address_is_never_shown_even_if_it_was_ticked_before(cast: Cast, case: Any) -> None:
    from putright.record.people.models import SafeContact

    link = open_link(cast, case, shows=["address"])
    SafeContact.objects.create(landlord=cast.landlord, person=cast.resident, since=TODAY)
    assert "Sedge" not in Client().get(link).content.decode()
    page = cast.client("officer").get(f"/cases/{case.reference}/ask_others/")
    assert not page_of(page).xpath("//input[@value='address']")


def test_the_answer_and_its_photos_stand_on_the_case_and_the_link_ends(cast: Cast, case: Any) -> None:
    from putright.record.correspondence.models import Attachment

    link = open_link(cast, case)
    photo = BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    photo.name = "fan.png"
    assert "Thank you" in text_of(send(link, attached=photo))
    entry = Entry.objects.get(case=case.pk, verb="answer_others")
    assert (entry.actor_kind, entry.actor) == ("asked", "name:Swale Heating")
    assert Attachment.objects.get(case=case).entry == entry.number
    assert "Fitted on 3 November; it runs." in text_of(
        cast.client("officer").get(f"/cases/{case.reference}/")
    )
    assert Client().get(link).status_code == 404
    assert Asked.objects.get().answered_on == TODAY


def test_every_bad_link_gets_the_same_answer(cast: Cast, case: Any) -> None:
    used, old = open_link(cast, case), open_link(cast, case)
    send(used)
    question = Asked.objects.get(answered_on=None)
    officer = cast.client("officer")
    newer = link_in(officer.post(f"/promises/asked/{question.pk}/link/"))
    bad = [used, old, "/asked/x/", f"/asked/{'x' * 43}/", "/asked/%F0%9F%98%80/"]
    answers = {re.sub(r"csrf[^>]*", "", Client().get(each).content.decode()) for each in bad}
    assert len(answers) == 1
    assert Client().get(newer).status_code == 200
    cast.clock.pass_by(days=30)
    assert Client().get(newer).content.decode() in answers


def test_links_cannot_be_guessed_for_long(cast: Cast, case: Any) -> None:
    link = open_link(cast, case)
    tries = [Client().get(f"/asked/{number:043d}/").status_code for number in range(12)]
    assert tries[:10] == [404] * 10
    assert tries[10:] == [429, 429]
    assert Client().get(link).status_code == 429
    cast.clock.pass_by(minutes=16)
    assert Client().get(link).status_code == 200


def test_no_link_lies_in_the_database_and_none_is_shown_twice(cast: Cast, case: Any) -> None:
    officer = cast.client("officer")
    address = f"/cases/{case.reference}/ask_others/"
    given = boxes(officer.get(address)) | {
        "of": "contractor",
        "whom": "Swale",
        "question": QUESTION,
        "point": "1",
    }
    link = link_in(officer.post(address, given | BY))
    token = link.split("/")[2]
    assert len(token) >= 43
    kept = [*Asked.objects.values_list("digest", "whom"), *Text.objects.values_list("text")]
    assert token not in str(kept) + str(list(Entry.objects.values_list("data", flat=True)))
    again = officer.post(address, given | BY)
    assert "The link was shown already" in text_of(again)
    assert Asked.objects.count() == 1
    assert Client().get(link).status_code == 200


def test_a_question_taken_back_ends_its_link(cast: Cast, case: Any) -> None:
    link = open_link(cast, case)
    question = Asked.objects.get()
    assert cast.client("contact_staff").post(f"/promises/asked/{question.pk}/take-back/").status_code == 403
    cast.client("officer").post(f"/promises/asked/{question.pk}/take-back/")
    assert Client().get(link).status_code == 404
    assert Entry.objects.filter(case=0, verb="take_back_question").count() == 1


def test_a_team_answers_from_my_work(cast: Cast, case: Any) -> None:
    assert asks(cast, case, of="team", whom="Repairs").status_code == 302
    client = cast.client("service_manager")
    assert "Questions for you to answer (1)" in text_of(client.get("/"))
    question = Asked.objects.get()
    sent = fill(client, f"/promises/asked/{question.pk}/", answer="We fitted it on 3 November.")
    assert sent["Location"] == "/promises/asked/"
    assert "Questions for you" not in text_of(client.get("/"))


def test_a_colleague_of_any_role_answers_what_was_put_to_them(cast: Cast, case: Any) -> None:
    asks(cast, case, of="colleague", whom="Connie Day")
    question = Asked.objects.get()
    fill(cast.client("contact_staff"), f"/promises/asked/{question.pk}/", answer="She rang on the 9th.")
    entry = Entry.objects.get(case=case.pk, verb="answer_others")
    assert entry.actor == str(cast.contact_staff.pk)
    assert "Connie Day" in text_of(cast.client("officer").get(f"/cases/{case.reference}/"))


def test_what_is_late_goes_to_the_senior_person_of_the_team_and_to_whoever_asked(
    cast: Cast, case: Any
) -> None:
    asks(cast, case, of="team", whom="Repairs")
    late = "Asked and not answered in time"
    assert late not in text_of(cast.client("reviewer").get("/"))
    cast.clock.pass_by(days=6)
    for member in ("reviewer", "officer"):
        assert late in text_of(cast.client(member).get("/")), member
    assert late not in text_of(cast.client("colleague").get("/"))
    assert "1 working day late" in text_of(cast.client("reviewer").get("/promises/asked/"))


OPENS = ("officer", "colleague", "investigator", "reviewer", "service_manager")


@pytest.mark.parametrize("member", [each for each in MEMBERS if each not in OPENS])
def test_nobody_else_opens_a_question(cast: Cast, case: Any, member: str) -> None:
    asks(cast, case, of="team", whom="Repairs")
    question = Asked.objects.get()
    for number in (question.pk, 999_999):
        assert cast.client(member).get(f"/promises/asked/{number}/").status_code == 404
    assert case.reference not in cast.client(member).get("/promises/asked/").content.decode()


def test_another_landlord_opens_none(cast: Cast, case: Any) -> None:
    asks(cast, case, of="team", whom="Repairs")
    question, client = Asked.objects.get(), cast.client("stranger")
    assert client.get(f"/promises/asked/{question.pk}/").status_code == 404
    assert client.post(f"/promises/asked/{question.pk}/link/").status_code == 404
    assert case.reference not in client.get("/promises/asked/").content.decode()


def test_the_answers_begin_the_reasons_of_their_point_with_their_owner(cast: Cast, case: Any) -> None:
    send(open_link(cast, case))
    page = cast.client("investigator").get(f"/cases/{case.reference}/draft_response/")
    found = boxes(page)
    assert found["point-1-reasons"].strip() == "Fitted on 3 November; it runs."
    assert not found["point-2-reasons"].strip()
    assert "Swale Heating answered on this point" in text_of(page)


def test_legal_advice_asked_for_by_a_link_is_privileged_both_ways(cast: Cast, case: Any) -> None:
    link = open_link(cast, case, of="lawyer", whom="Marsh Solicitors", question="Is our case weak?")
    send(link)
    entries = Entry.objects.filter(case=case.pk, verb__in=("ask_others", "record_advice"))
    assert [each.data["told"]["privileged"] for each in entries] == [True, True]
    officer = text_of(cast.client("officer").get(f"/cases/{case.reference}/"))
    manager = text_of(cast.client("service_manager").get(f"/cases/{case.reference}/"))
    for words in ("Is our case weak?", "Fitted on 3 November"):
        assert words in officer
        assert words not in manager
    page = cast.client("investigator").get(f"/cases/{case.reference}/draft_response/")
    assert "Fitted on 3 November" not in boxes(page)["point-1-reasons"]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"whom": ""}, "Enter their name."),
        ({"question": ""}, "Enter your question."),
        ({"point": "not_recorded"}, "Choose a point or a promise."),
        ({"of": "team", "whom": "Ghosts"}, "No team here is called that. Look at the names under Promises."),
        ({"of": "colleague", "whom": "Nobody"}, "Nobody here is called that, or more than one person is."),
        (day("answer_by", "2026-11-30"), "The day must be today or later."),
    ],
)
def test_what_cannot_be_asked_is_said(cast: Cast, case: Any, answers: Any, says: str) -> None:
    assert says in errors_of(asks(cast, case, **answers))
    assert not Asked.objects.exists()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\u202egnp.exe", "😀" * 2000, "a\0b", "=1+1"])
def test_hostile_answers_are_kept_and_shown_as_words(cast: Cast, case: Any, words: str) -> None:
    link = open_link(cast, case)
    sent = fill(Client(), link, answer=words, answered_by=words[:100])
    assert sent.status_code == 200
    page = cast.client("officer").get(f"/cases/{case.reference}/").content.decode()
    assert "<script>alert" not in page


def test_a_question_of_a_merged_case_is_answered_where_it_is_dealt_with_now(cast: Cast, case: Any) -> None:
    link = open_link(cast, case)
    kept = cast.receive("2026-11-10T09:30", points=["Fan"])
    cast.do("merge_cases", kept, other=case.reference, reason="One fan.")
    assert "Thank you" in text_of(send(link))
    assert Entry.objects.filter(case=kept.pk, verb="answer_others").exists()
    assert Asked.objects.get().answered_on == TODAY
