"""The way that something goes, the list of what was stopped, and what is safe, opened by a press."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

import pytest
from cast import MEMBERS, Cast
from django.urls import reverse
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, text_of

from complaint_rules.safe_contact import SEES
from putright.casework import NAMES, notices
from putright.casework.act import Stopped
from putright.record.correspondence import stops
from putright.record.correspondence.models import Stop
from putright.record.journal.models import Entry, Text
from putright.record.people import safe_contact
from putright.record.people.models import Looked, Need

pytestmark = pytest.mark.django_db

SECRETS = (
    "07700 900555",
    "07700900555",
    "7700900555",
    "safe-only@example.org",
    "heronsong",
    "He reads her post",
    "09:15",
)


def under_safe_contact(cast: Cast, **said: Any) -> None:
    said = {
        "allowed": [
            {"way": "telephone", "to": "07700 900555", "from": "09:15", "until": "15:00"},
            {"way": "email", "to": "safe-only@example.org"},
        ],
        "code_word": "heronsong",
        "note": "He reads her post.",
    } | said
    safe_contact.set_safe_contact(cast.resident, by=cast.actor("officer"), at=cast.clock.now, **said)


def url(case: Any, verb: str) -> str:
    return reverse("action", args=[case.reference, verb])


def radios(answer: Any, name: str) -> dict[str, bool]:
    """Each answer that a page offers, and whether it can be chosen."""
    found = page_of(answer).xpath(f"//input[@type='radio'][@name='{name}']")
    return {each.get("value"): each.get("disabled") is None for each in found}


def stopped(cast: Cast, case: Any, verb: str = "update", way: str = "letter", **given: Any) -> Stop:
    with pytest.raises(Stopped):
        cast.do(verb, case, way=way, **({"summary": "News."} | given))
    return stops.waiting(cast.landlord.pk).latest("pk")


# The question


@pytest.mark.parametrize(
    "verb", sorted(notices.TELLS - {"decline_escalation", "escalate", "refuse_complaint"})
)
def test_every_page_that_tells_something_asks_which_way(cast: Cast, verb: str) -> None:
    case = cast.open()
    answer = cast.client("officer").get(url(case, verb))
    if answer.status_code == 200 and page_of(answer).xpath("//main//form[@method='post']"):
        assert radios(answer, "way"), verb


@pytest.mark.parametrize("verb", sorted(notices.DOES_NOT_TELL - {"receive", "draft_response"}))
def test_no_other_page_asks(cast: Cast, verb: str) -> None:
    assert not radios(cast.client("officer").get(url(cast.open(), verb)), "way")


def test_for_most_people_the_way_may_stay_unrecorded(cast: Cast) -> None:
    case = cast.open()
    fill(cast.client("officer"), url(case, "update"), summary="The surveyor has been.", way="not_recorded")
    entry = Entry.objects.filter(case=case.pk).latest("number")
    assert (entry.verb, "told" in entry.data) == ("update", False)


def test_the_way_it_went_is_kept_and_shown_and_is_the_method_of_an_update(cast: Cast) -> None:
    case = cast.open()
    fill(cast.client("officer"), url(case, "update"), summary="The surveyor has been.", way="email")
    entry = Entry.objects.filter(case=case.pk).latest("number")
    assert (entry.data["told"], entry.data["method"]) == ({"way": "email"}, "email")
    assert "Told by: email" in text_of(cast.client("officer").get(reverse("case", args=[case.reference])))


def test_only_what_is_safe_can_be_chosen_and_the_rest_says_why(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    answer = cast.client("officer").get(url(case, "extend"))
    assert {way for way, able in radios(answer, "way").items() if able} == {"telephone", "email"}
    said = text_of(answer)
    assert said.count("They have not said that this way is safe.") == 4
    assert "Ask for the code word before you say anything." in said


def test_the_way_must_be_chosen_for_somebody_who_has_said_what_is_safe(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    answer = fill(cast.client("officer"), url(case, "update"), summary="The surveyor has been.")
    assert errors_of(answer) == ["Choose which way it goes."]
    assert "The surveyor has been." in answer.content.decode()
    assert not Stop.objects.exists()


def test_a_stop_says_why_and_what_to_do_and_whose_list_it_is_on_and_keeps_the_words(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    client = cast.client("officer")
    answer = fill(client, url(case, "update"), summary="The surveyor has been.", way="letter")
    said = text_of(answer)
    assert "They have not said that this way is safe." in said
    assert "Choose a way that is safe, or ask them by one." in said
    assert "It stands on the list of what was stopped, for Cara Lind." in said
    assert "The surveyor has been." in answer.content.decode()
    assert Stop.objects.get().handler == cast.investigator
    assert not Entry.objects.filter(case=case.pk, verb="update").exists()


def test_outside_the_hours_the_page_says_when_it_is_safe_again_to_those_who_may_know(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(
        cast, allowed=[{"way": "telephone", "to": "07700 900555", "from": "09:15", "until": "15:00"}]
    )
    cast.clock.set("2026-12-01T18:00")
    answer = fill(cast.client("officer"), url(case, "update"), summary="News.", way="telephone")
    assert "Safe again: Wednesday 2 December at 09:15." in text_of(answer)
    assert "09:15" not in Stop.objects.get().says


def test_where_nothing_is_safe_sending_puts_it_on_the_list(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast, allowed=[])
    client = cast.client("officer")
    opened = client.get(url(case, "extend"))
    assert "Nothing can be sent to them now." in text_of(opened)
    answers = {"reason": "The surveyor is ill.", "ombudsman_details_given": "yes"} | day(
        "until", "2026-12-10"
    )
    fill(client, url(case, "extend"), **answers)
    assert (Stop.objects.get().verb, Stop.objects.get().way) == ("extend", "")


def test_the_response_asks_too_and_a_draft_needs_no_way(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    client = cast.client("investigator")
    page = client.get(url(case, "draft_response"))
    assert {way for way, able in radios(page, "way").items() if able} == {"telephone", "email"}
    decided = {"point-1-decision": "not_upheld", "point-1-reasons": "It was treated on 2 November.",
               "point-2-decision": "not_upheld", "point-2-reasons": "The visit was made."}  # fmt: skip
    fill(client, url(case, "draft_response"), do="save", **decided)
    assert Entry.objects.filter(case=case.pk, verb="draft_response").exists()
    sent = _send(client, case, way="letter")
    assert "They have not said that this way is safe." in text_of(sent)
    assert Stop.objects.get().verb == "respond"
    _send(client, case, way="email")
    entry = Entry.objects.get(case=case.pk, verb="respond")
    assert entry.data["told"]["way"] == "email"
    assert Stop.objects.get().settled_how == "Told by email instead."


def _send(client: Any, case: Any, **answers: Any) -> Any:
    """Press "Send the response", and again once what is worth a second look has been shown."""
    answer = client.get(url(case, "draft_response"))
    for _ in range(3):
        filled = (
            boxes(answer)
            | {"outcome-1-answer": "no", "outcome-1-why": "They are dry.", "do": "send"}
            | answers
        )
        answer = client.post(url(case, "draft_response"), filled)
        if answer.status_code != 200 or "Nothing has been sent." not in text_of(answer):
            break
    return answer


def test_correcting_an_entry_asks_no_way(cast: Cast) -> None:
    case = cast.open()
    cast.do("update", case, summary="News.", way="email")
    number = Entry.objects.filter(case=case.pk).latest("number").number
    answer = cast.client("officer").get(f"{url(case, 'correct')}?entry={number}")
    assert "new-way" not in answer.content.decode()
    assert "new-method" in answer.content.decode()


def test_whoever_acts_for_them_can_be_told_where_they_may(cast: Cast) -> None:
    from putright.record.people.models import Authority, Person

    rosa = Person.objects.create(landlord=cast.landlord, name="Rosa Hale", email="rosa@example.org")
    case = cast.open(representative=rosa)
    client = cast.client("officer")
    shown = client.get(url(case, "update"))
    assert radios(shown, "whom") == {"resident": True, "representative": False}
    Authority.objects.create(
        landlord=cast.landlord, resident=cast.resident, representative=rosa, written=True, since="2026-01-01"
    )
    assert radios(client.get(url(case, "update")), "whom") == {"resident": True, "representative": True}
    fill(client, url(case, "update"), summary="News.", whom="representative", way="email")
    assert Entry.objects.filter(case=case.pk).latest("number").data["told"] == {
        "way": "email",
        "whom": "representative",
    }


# The list


def test_the_list_is_that_of_the_handler_and_an_officer_sees_everybodys(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stopped(cast, case)
    mine = text_of(cast.client("investigator").get(reverse("stops")))
    assert "Yours (1)" in mine
    assert "Send an update: letter" in mine
    assert "Amira Yusuf" in mine
    assert "Everybody's" not in mine
    assert "Yours (0) Everybody's (1)" in text_of(cast.client("officer").get(reverse("stops")))
    everybodys = cast.client("officer").get(reverse("stops", query={"list": "all"}))
    assert "For Cara Lind." in text_of(everybodys)
    assert "Nothing stands here" in text_of(
        cast.client("reviewer").get(reverse("stops", query={"list": "all"}))
    )


def test_a_stop_that_nobody_looked_at_in_a_working_day_is_late(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stopped(cast, case)
    assert "Look at it by Wed 2 Dec, in 1 working day" in text_of(
        cast.client("investigator").get(reverse("stops"))
    )
    cast.clock.set("2026-12-02T23:00")
    assert "working day late" not in text_of(cast.client("investigator").get(reverse("stops")))
    cast.clock.set("2026-12-03T00:10")
    late = cast.client("investigator").get(reverse("stops"))
    assert "1 working day late" in text_of(late)
    assert page_of(late).xpath("//*[contains(@class, 'pr-late')]")


def test_a_stop_is_settled_with_how_by_whom_and_when(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stop = stopped(cast, case)
    client, address = cast.client("investigator"), reverse("stop", args=[stop.pk])
    assert errors_of(fill(client, address)) == ["Choose what came of it."]
    assert errors_of(fill(client, address, how="other", words=" ")) == ["Say what came of it."]
    done = fill(client, address, how="told_safely", words="Rang at noon <b>")
    assert done.status_code == 302
    stop.refresh_from_db()
    assert (stop.settled_by, stop.settled_at) == (cast.investigator, cast.clock.now)
    assert stop.settled_how == "They were told by a way that is safe. Rang at noon <b>"
    entry = Entry.objects.filter(case=0).latest("number")
    assert (entry.verb, entry.data) == ("settle_stop", {"stop": stop.pk, "person": cast.resident.pk})
    assert not Text.objects.filter(case=0, entry_number=entry.number).exists()
    assert "Rang at noon &lt;b&gt;" in client.get(address).content.decode()
    again = client.post(address, {"how": "asked", "words": ""}, follow=True)
    assert notices_of(again) == ["Somebody had settled this before."]
    stop.refresh_from_db()
    assert stop.settled_how.startswith("They were told")


def test_the_case_page_counts_its_stops_and_leads_to_them(cast: Cast) -> None:
    case, other = cast.open(), cast.open()
    under_safe_contact(cast)
    stopped(cast, case)
    stopped(cast, other, way="text")
    client = cast.client("officer")
    page = client.get(reverse("case", args=[case.reference]))
    assert "1 message was stopped" in text_of(page)
    listed = text_of(client.get(reverse("stops", query={"case": case.reference})))
    assert ("letter" in listed, "text message" in listed) == (True, False)
    assert "stopped" not in text_of(cast.client("auditor").get(reverse("case", args=[case.reference])))


def test_many_stops_are_shown_a_page_at_a_time_in_few_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    case = cast.open()
    for number in range(120):
        stops.stop(
            cast.landlord.pk, case, cast.resident, "update", "letter", f"Reason {number:03}.", cast.clock.now
        )
    client, seen, address = cast.client("investigator"), [], reverse("stops")
    while address:
        with django_assert_max_num_queries(9):
            page = client.get(address)
        seen += re.findall(r"Reason (\d+)\.", page.content.decode())
        older = page_of(page).xpath("//a[contains(@href, 'after=')]/@href")
        address = older[0] if older else ""
    assert seen == [f"{number:03}" for number in range(120)]


@pytest.mark.parametrize(
    "garbage", ["x", "_", "1_", "9" * 40 + "_1", "1_" + "9" * 40, "\0", "-1_-1", "1e5_2"]
)
def test_a_garbled_place_in_the_list_begins_it_again(cast: Cast, garbage: str) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stopped(cast, case)
    for name in ("after", "case", "list"):
        assert cast.client("officer").get(reverse("stops"), {name: garbage}).status_code == 200


# Who may see


def test_the_lists_are_for_those_who_ring_write_or_visit(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stop = stopped(cast, case)
    addresses = [reverse("stops"), reverse("stop", args=[stop.pk])]
    for name, (_, role) in MEMBERS.items():
        statuses = [cast.client(name).get(address).status_code for address in addresses]
        mine = 200 if name in ("officer", "colleague", "investigator") else 404
        assert statuses == ([200, mine] if role in SEES else [403, 403]), name
    assert cast.client("stranger").get(addresses[1]).status_code == 404
    assert cast.client("officer").get(reverse("stop", args=[stop.pk + 1])).status_code == 404
    assert cast.client("officer").get(reverse("stop", args=[10**30])).status_code == 404
    assert cast.client("stranger").post(addresses[1], {"how": "asked"}).status_code == 404
    assert {cast.client().get(address).status_code for address in addresses} == {302}
    assert not Stop.objects.get().settled_at


# What is safe, opened by a press


def notes(case: Any) -> str:
    return reverse("case_safe_contact", args=[case.reference])


def test_it_opens_by_a_press_alone_and_each_look_is_in_the_landlords_chain(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    client = cast.client("officer")
    assert not _told(client.get(notes(case)))
    assert not Looked.objects.exists()
    opened = client.post(notes(case))
    said = text_of(opened)
    for expected in (
        "heronsong",
        "He reads her post.",
        "07700 900555, from 09:15 to 15:00. Leave no message.",
    ):
        assert expected in said
    entry = Entry.objects.filter(case=0, verb="viewed").latest("number")
    assert entry.data == {"person": cast.resident.pk, "what": "safe_contact", "case": case.pk}
    assert opened["Cache-Control"].count("no-store") == 1
    assert not _told_in(page_of(opened).findtext(".//title"))


def _told(answer: Any) -> list[str]:
    return _told_in(answer.content.decode(errors="replace"))


def _told_in(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


def test_it_stays_off_paper_unless_asked_for(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    client = cast.client("officer")
    hidden = "//div[contains(@class, 'pr-not-on-paper')]//*[contains(text(), 'heronsong')]"
    assert page_of(client.post(notes(case))).xpath(hidden)
    assert not page_of(client.post(notes(case), {"paper": "yes"})).xpath(hidden)


def test_each_role_opens_what_it_needs(cast: Cast) -> None:
    case = cast.open(needs=["Asthma"])
    under_safe_contact(cast)
    Need.objects.create(
        landlord=cast.landlord, person=cast.resident, words="Uses a wheelchair", since="2026-01-01"
    )
    for name, (_, role) in MEMBERS.items():
        answer = cast.client(name).post(notes(case))
        told = (
            bool(_told(answer)),
            "Asthma" in answer.content.decode() and "wheelchair" in answer.content.decode(),
        )
        if role in SEES:
            assert told == (True, True), name
        elif role in ("quality_checker", "ombudsman_liaison"):
            assert told == (False, True), name
        else:
            assert (answer.status_code, told) == (403, (False, False)), name
    assert cast.client("stranger").post(notes(case)).status_code == 404
    assert cast.client().post(notes(case)).status_code == 403, "asked to sign in"


def test_whoever_the_complaint_names_or_has_an_interest_does_not_open_it(cast: Cast) -> None:
    case = cast.open(about_staff=[str(cast.colleague.pk)])
    cast.do("declare_interest", case, staff=str(cast.reviewer.pk), interest="Her cousin.")
    under_safe_contact(cast)
    for name in ("colleague", "reviewer"):
        assert not _told(cast.client(name).post(notes(case))), name
    assert not Looked.objects.filter(what="safe_contact").exists()


def test_the_case_page_counts_the_notes_for_those_who_may_open_them(cast: Cast) -> None:
    case = cast.open(needs=["Asthma"])
    under_safe_contact(cast)
    address = reverse("case", args=[case.reference])
    assert "Safe contact and needs: 2 notes Show" in text_of(cast.client("officer").get(address))
    assert "Safe contact and needs:" not in text_of(cast.client("board_member").get(address))
    for name in MEMBERS:
        assert "Asthma" not in cast.client(name).get(address).content.decode(), name


# The hunt


def every_page(cast: Cast, case: Any, stop: Stop) -> Iterator[str]:
    reference = case.reference
    yield from (
        reverse("case", args=[reference]),
        notes(case),
        reverse("stops"),
        reverse("stop", args=[stop.pk]),
    )
    yield from (
        reverse("stops", query={"list": "all"}),
        reverse("queue"),
        reverse("cases"),
        reverse("my_work"),
    )
    yield from (url(case, verb) for verb in NAMES if verb != "receive")
    yield from (reverse("search", query={"q": each}) for each in ("Amira", *SECRETS))
    yield from (reverse("cases", query={"q": each}) for each in ("Amira", "heronsong"))
    for name in ("people", "looked", "queue_csv", "new_complaint"):
        address = _if_there(name)
        if address:
            yield address
    for name in ("person", "person_safe", "person_details", "person_looked", "person_same"):
        address = _if_there(name, cast.resident.pk)
        if address:
            yield address


def _if_there(name: str, *given: Any) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse(name, args=given)
    except NoReverseMatch:
        return ""


@pytest.mark.parametrize("name", [*MEMBERS, "stranger"])
def test_no_page_that_is_only_opened_shows_any_of_it_to_anybody(
    cast: Cast, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    case = cast.open()
    under_safe_contact(cast, not_to=["07700 900444"])
    stop = stopped(cast, case)
    client = cast.client(name)
    for address in every_page(cast, case, stop):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        typed = re.sub(r"<input[^>]*>|<title>.*?</title>", "", body.decode(errors="replace"), flags=re.S)
        # A search repeats what was typed, and nothing else.
        found = [each for each in _told_in(typed) if each not in unquote_plus(address)]
        assert not found, f"{address}: {found}"
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert not _told_in(logged)


def test_no_entry_no_word_of_a_case_and_no_index_holds_any_of_it(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stopped(cast, case)
    cast.do("update", case, summary="News.", way="telephone", sent_to="07700 900555")
    written = json.dumps([entry.data for entry in Entry.objects.all()], default=str)
    texts = " ".join(Text.objects.values_list("text", flat=True))
    assert not _told_in(f"{written} {texts} {cast.fresh(case).words}")


def test_no_csv_holds_any_of_it(cast: Cast) -> None:
    case = cast.open()
    under_safe_contact(cast)
    stopped(cast, case)
    address = _if_there("queue_csv")
    if not address:
        return
    answer = cast.client("officer").get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert not _told_in(str(rows))
