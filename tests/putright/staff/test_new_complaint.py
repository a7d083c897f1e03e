"""New complaint: taken in on one page, once, with nothing typed lost."""

from __future__ import annotations

import html
import re
import threading
import uuid
from typing import Any

import pytest
from cast import Cast
from django.db import connection

TYPED = {
    "name": "Wren Adeyemi",
    "address": "7 Quay House",
    "email": "wren@example.org",
    "telephone": "07700 900456",
    "told_by": "resident",
    "channel": "telephone",
    "day-day": "1",
    "day-month": "12",
    "day-year": "2026",
    "time": "09:40",
    "account": "Nobody rang back about the gate.\nI have asked four times.",
    "then": "record",
}


def typed(**changes: Any) -> dict[str, Any]:
    """What a page holds when it is sent, each page with a key of its own."""
    return {**TYPED, "key": str(uuid.uuid4()), **changes}


OTHER = {"name": "Ray Gough", "address": "", "email": "", "telephone": ""}


def send(cast: Cast, who: str = "officer", **changes: Any) -> Any:
    return cast.client(who).post("/new/", typed(**changes))


def recorded(answer: Any) -> Any:
    """The case that a sending led to."""
    from putright.record.cases.models import Case

    assert answer.status_code == 302, errors(answer)
    found = re.fullmatch(r"/new/([^/]+)/", answer["Location"])
    assert found
    return Case.objects.select_related("resident", "representative").get(reference=found[1])


def page(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def errors(answer: Any) -> list[str]:
    """What the error summary lists."""
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', page(answer), re.DOTALL)
    return re.findall(r"<a [^>]*>(.*?)</a>", summary[1]) if summary else []


def entries(case: Any) -> list[Any]:
    from putright.record.journal.queries import of_case

    return of_case(case.landlord_id, case.pk)


def texts(case: Any, number: int = 1) -> dict[str, str]:
    from putright.record.journal.queries import texts_of_case

    return texts_of_case(case.landlord_id, case.pk)[number]


def people(**known: Any) -> int:
    from putright.record.people.models import Person

    return Person.objects.filter(**known).count()


# What is recorded


def test_a_complaint_is_recorded_with_a_new_resident(cast: Cast) -> None:
    case = recorded(send(cast))
    assert (case.state, case.channel, str(case.received_on)) == ("received", "telephone", "2026-12-01")
    person = case.resident
    assert (person.name, person.address, person.email) == ("Wren Adeyemi", "7 Quay House", "wren@example.org")
    assert person.telephone == "07700 900456"
    (entry,) = entries(case)
    assert (entry.verb, entry.actor, entry.actor_role) == (
        "receive",
        str(cast.officer.pk),
        "complaints_officer",
    )
    assert entry.happened_at == cast.clock.now.replace(hour=9, minute=40)


def test_their_words_are_kept_as_they_are(cast: Cast) -> None:
    case = recorded(send(cast, account="Line one & <two>\r\n\r\nعطل  twice"))
    assert texts(case)["account"] == "Line one & <two>\n\nعطل  twice"


def test_points_outcomes_needs_and_adjustments_are_one_a_line(cast: Cast) -> None:
    case = recorded(
        send(
            cast,
            points="Gate broken\r\n\r\n  Nobody rang back ",
            outcomes="Mend the gate\nAn apology",
            needs="Cannot hear well",
            adjustments="Texts\nNo calls",
            category="Repairs",
            stock="lcho",
            **{"issue_arose-day": "9", "issue_arose-month": "nov", "issue_arose-year": "2026"},
        )
    )
    kept = texts(case)
    assert (kept["point.1"], kept["point.2"]) == ("Gate broken", "Nobody rang back")
    assert (kept["outcome.1"], kept["outcome.2"]) == ("Mend the gate", "An apology")
    assert (kept["need.1"], kept["adjustment.2"]) == ("Cannot hear well", "No calls")
    data = entries(case)[0].data
    assert (data["points"], data["outcomes"], data["needs"], data["adjustments"]) == (2, 2, 1, 2)
    assert (data["category"], data["stock"], data["issue_arose"]) == ("Repairs", "lcho", "2026-11-09")
    assert case.category == "Repairs"


def test_without_points_what_happened_is_the_one_point(cast: Cast) -> None:
    case = recorded(send(cast))
    assert texts(case)["point.1"] == "Nobody rang back about the gate. I have asked four times."
    assert "point.2" not in texts(case)


def test_a_long_account_makes_a_point_cut_where_a_word_ends(cast: Cast) -> None:
    case = recorded(send(cast, account="word " * 200))
    point = texts(case)["point.1"]
    assert len(point) <= 301
    assert point.endswith("word…")


def test_what_cannot_wait_is_kept_and_marks_the_case_as_at_risk(cast: Cast) -> None:
    told = {"urgent": "Her insulin is in a broken fridge", "doing_now": "Sam Pryce", "hazard": "ask"}
    case = recorded(send(cast, **told))
    assert entries(case)[0].data["at_risk"] is True
    assert "Cannot wait until tomorrow: Her insulin is in a broken fridge" in texts(case)["account"]
    assert "Doing it now: Sam Pryce" in texts(case)["account"]
    assert "at_risk" not in {k for k, v in entries(recorded(send(cast, **OTHER)))[0].data.items() if v}


@pytest.mark.parametrize(
    "channel",
    [
        "telephone",
        "email",
        "web",
        "portal",
        "letter",
        "in_person",
        "social_media",
        "councillor",
        "mp",
        "survey",
        "staff_member",
    ],
)
def test_it_may_come_by_any_channel(cast: Cast, channel: str) -> None:
    assert recorded(send(cast, channel=channel, post_text="Nobody rings back!")).channel == channel


def test_somebody_may_speak_for_them_with_or_without_authority(cast: Cast) -> None:
    speaking = {"told_by": "representative", "representative": "Cllr Jo Pike", "channel": "councillor"}
    without = recorded(send(cast, **speaking, representative_contact="jo.pike@council.example"))
    assert (without.representative.name, without.representative.email) == (
        "Cllr Jo Pike",
        "jo.pike@council.example",
    )
    data = entries(without)[0].data
    assert (data["source"], data["authority"]) == ("representative", False)
    told = page(cast.client("officer").get(f"/new/{without.reference}/"))
    assert "The resident's authority for whoever acts for them is not recorded." in told
    given = recorded(send(cast, **OTHER, authority="on", **speaking))
    assert entries(given)[0].data["authority"] is True
    told = page(cast.client("officer").get(f"/new/{given.reference}/"))
    assert "authority for whoever" not in told


def test_staff_it_is_about_are_known_by_name_and_cannot_be_given_it(cast: Cast) -> None:
    answer = send(
        cast, about_staff="Cara Lind\nDave from the office", then="log", handler=cast.investigator.pk
    )
    case = recorded(answer)
    assert entries(case)[0].data["about_staff"] == [str(cast.investigator.pk), "name:Dave from the office"]
    assert case.handler is None
    client = cast.client("officer")
    client.cookies = answer.client.cookies
    told = page(client.get(answer["Location"]))
    assert "Assign: not done, nor anything with it. This person is named in the complaint." in told
    assert "Received by telephone." in told
    assert f"/cases/{case.reference}/take-in/" in told


# Who it is


def test_whoever_may_be_meant_is_offered_and_never_taken_for_granted(cast: Cast) -> None:
    for known in (
        {"name": "amira yusuf", "address": "", "email": "", "telephone": ""},
        {"name": "", "address": "14 sedge", "email": "", "telephone": ""},
        {"name": "A.Y.", "address": "", "email": "AMIRA@example.org", "telephone": ""},
        {"name": "Mrs Y", "address": "", "email": "", "telephone": "07700 900123"},
    ):
        answer = send(cast, **known)
        assert errors(answer) == ["Say who it is: one of these people, or someone new."], known
        assert "Amira Yusuf, 14 Sedge Court" in page(answer)
        assert people() == 2


def test_an_existing_resident_is_chosen(cast: Cast) -> None:
    case = recorded(
        send(cast, name="Amira Yusuf", address="", email="", telephone="", resident=cast.resident.pk)
    )
    assert case.resident == cast.resident
    assert people() == 2


def test_a_namesake_can_be_someone_new(cast: Cast) -> None:
    case = recorded(send(cast, name="Amira Yusuf", resident="new"))
    assert case.resident != cast.resident
    assert people(name="Amira Yusuf") == 2


def test_what_we_did_not_know_of_somebody_is_filled_in_and_what_we_did_stays(cast: Cast) -> None:
    known = cast.other_resident  # no telephone is known, an email address is
    case = recorded(
        send(cast, name="Paul Nowak", resident=known.pk, email="other@example.org", telephone="07700 900999")
    )
    known.refresh_from_db()
    assert (known.telephone, known.email) == ("07700 900999", "paul@example.org")
    assert "Given this time: email address other@example.org" in texts(case)["account"]


def test_finding_somebody_records_nothing_and_loses_nothing(cast: Cast) -> None:
    from putright.record.cases.models import Case

    answer = send(cast, name="Amira", address="", email="", telephone="", then="find", points="One\nTwo")
    assert errors(answer) == []
    shown = page(answer)
    assert "Amira Yusuf, 14 Sedge Court" in shown
    assert "I have asked four times." in shown
    assert "One\nTwo" in shown
    assert Case.objects.count() == 0
    assert "No one found" in page(send(cast, then="find"))


def test_more_people_than_can_be_offered_are_said_to_be_there(cast: Cast) -> None:
    from putright.record.people import records

    for number in range(12):
        records.add(cast.landlord, "Tom Reed", f"{number} Weir Road")
    shown = page(send(cast, name="Tom Reed", address="", email="", telephone="", then="find"))
    assert shown.count("Tom Reed, ") == 10
    assert "More people match. Give the name and the home to see fewer." in shown
    shown = page(send(cast, name="Tom Reed", address="11 Weir Road", email="", telephone="", then="find"))
    assert re.search(
        r"Tom Reed, 11 Weir Road.*Tom Reed, \d+ Weir Road", shown, re.DOTALL
    )  # the nearest first


def test_a_word_of_one_letter_does_not_stand_for_half_of_all_people(cast: Cast) -> None:
    assert "Amira" not in page(send(cast, name="a", address="", email="", telephone="", then="find"))
    assert "Amira" in page(send(cast, name="a yusuf", address="", email="", telephone="", then="find"))


def test_open_cases_of_whoever_is_offered_are_shown(cast: Cast) -> None:
    case = cast.receive("2026-11-16T09:30", category="Damp and mould")
    ended = cast.receive("2026-11-02T09:30")
    cast.do("withdraw", ended, reason="Moved")
    shown = page(send(cast, name="Amira", then="find"))
    assert f'href="/cases/{case.reference}/"' in shown
    assert "Damp and mould, received Mon 16 Nov" in shown
    assert ended.reference not in shown
    again = recorded(send(cast, name="Amira", resident=cast.resident.pk))
    told = page(cast.client("officer").get(f"/new/{again.reference}/"))
    assert "Also open for them" in told
    assert case.reference in told


def test_a_link_may_say_who_it_is_about(cast: Cast) -> None:
    shown = page(cast.client("officer").get(f"/new/?resident={cast.resident.pk}"))
    assert "Amira Yusuf, 14 Sedge Court" in shown
    assert re.search(rf'value="{cast.resident.pk}"\s+checked', shown)


# When


def test_the_day_and_time_are_now_unless_changed(cast: Cast) -> None:
    shown = page(cast.client("officer").get("/new/"))
    boxes = dict(re.findall(r'name="(day-\w+|time)"[^>]*value="([^"]*)"', shown))
    assert boxes == {"day-day": "1", "day-month": "12", "day-year": "2026", "time": "10:00"}


def test_it_may_be_recorded_late_and_that_shows(cast: Cast) -> None:
    case = recorded(send(cast, **{"day-day": "16", "day-month": "11"}))
    (entry,) = entries(case)
    assert str(entry.happened_on) == "2026-11-16"
    assert entry.recorded_at == cast.clock.now
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "Sorry. We should have written by Monday 23 November." in told


def test_the_day_and_the_time_cannot_be_to_come(cast: Cast) -> None:
    assert errors(send(cast, **{"day-day": "2"})) == ["The day must be today or earlier."]
    assert errors(send(cast, time="10:01")) == ["The time must be now or earlier."]
    assert recorded(send(cast, time="10.00"))


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (("31", "11", "2026"), "The day must be a real day."),
        (("", "", ""), "Give the day."),
        (("1", "12", "26"), "The day must have a year with 4 numbers, like 2026."),
        (("1", "12", "1926"), "The day is before the bank holidays we know. Check the year."),
    ],
)
def test_a_day_that_cannot_be_is_said(cast: Cast, day: tuple[str, ...], says: str) -> None:
    boxes = dict(zip(("day-day", "day-month", "day-year"), day, strict=True))
    assert errors(send(cast, **boxes)) == [says]


def test_a_day_before_any_edition_of_the_code_is_said_and_nothing_is_lost(cast: Cast) -> None:
    answer = send(cast, **{"day-day": "1", "day-month": "6", "day-year": "2019"})
    assert answer.status_code == 200
    assert errors(answer) == ["No edition of the Code covers that day. Check the year."]
    assert "I have asked four times." in page(answer)


def test_a_late_complaint_is_told_on_the_page_before_it_is_recorded(cast: Cast) -> None:
    answer = send(cast, channel="", **{"day-day": "16", "day-month": "11"})
    assert "Acknowledgement is already 6 working days late." in page(answer)


# Danger


@pytest.mark.parametrize(
    "said",
    [
        "There is DAMP.",
        "Mould again",
        "I smell gas",
        "A small fire",
        "electrics spark",
        "water coming in",
        "She fell",
    ],
)
def test_words_that_may_mean_danger_make_the_page_ask_a_person(cast: Cast, said: str) -> None:
    answer = send(cast, account=said)
    assert len(errors(answer)) == 1
    assert re.fullmatch(r"You wrote “[\w ]+”. Say whether it is dangerous.", errors(answer)[0])
    assert said in page(answer)
    assert errors(send(cast, account=said, hazard="no")) == ["Enter why it is no danger."]
    case = recorded(send(cast, account=said, hazard="no", no_danger_because="She asked: long mended."))
    assert [entry.verb for entry in entries(case)] == ["receive", "dismiss_hazard"]
    assert entries(case)[0].data["dangers"]
    assert not entries(case)[0].data.get("hazard")
    assert (case.danger_unanswered_on, case.next_target) == (None, "")


@pytest.mark.parametrize(
    "said", ["The gasket factory", "Firemen's ball", "a watery excuse", "dampened spirits"]
)
def test_words_that_only_look_like_them_do_not(cast: Cast, said: str) -> None:
    assert recorded(send(cast, account=said))


def test_a_hazard_starts_its_clocks(cast: Cast) -> None:
    assert errors(send(cast, hazard="emergency")) == [
        "Enter who is doing it now. If nobody is, write nobody."
    ]
    case = recorded(send(cast, hazard="emergency", doing_now="Repairs"))
    assert (case.next_due, case.next_due_at) == (
        "hazard_investigate",
        cast.clock.now.replace(day=2, hour=9, minute=40),
    )
    assert entries(case)[0].data["at_risk"] is True
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "Hazard: investigate" in told
    case = recorded(send(cast, **OTHER, hazard="significant"))
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "Hazard: investigate" in told
    assert "Tuesday 15 December" in told


def test_danger_that_nobody_can_tell_yet_is_chased_today(cast: Cast) -> None:
    client = cast.client("officer")
    answer = client.post("/new/", typed(account="Damp", hazard="ask"))
    assert "Nobody has said yet whether it is dangerous. Ask today" in page(client.get(answer["Location"]))
    case = recorded(answer)
    assert "Whether it is dangerous was not known yet" in texts(case)["account"]
    assert entries(case)[0].data["dangers"] == ["damp_and_mould"]
    assert (str(case.danger_unanswered_on), case.next_target) == ("2026-12-01", "danger")
    # Confirmed the next day, it counts from the call.
    cast.clock.set("2026-12-02T16:00")
    cast.do("report_hazard", case, kind="emergency")
    case = cast.fresh(case)
    assert case.next_due_at == cast.clock.now.replace(hour=9, minute=40)
    assert (case.danger_unanswered_on, case.next_target) == (None, "")


# What to tell the resident


def test_the_page_says_what_to_tell_the_resident(cast: Cast) -> None:
    shown = page(cast.client("officer").get("/new/"))
    assert "We will write by Tuesday 8 December to agree what it is about." in shown
    assert "If that is today, we answer by Tuesday 15 December." in shown


def test_after_recording_the_dates_are_those_of_the_case(cast: Cast) -> None:
    case = recorded(send(cast))
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    assert f"{case.reference} is recorded" in told
    assert "We will write by Tuesday 8 December to agree what it is about." in told
    assert "If that is today, we answer by Tuesday 15 December." in told
    case = recorded(send(cast, **OTHER, then="log", handler=cast.investigator.pk))
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "We answer by Tuesday 15 December." in told


def test_the_landlords_own_procedure_is_what_counts(cast: Cast) -> None:
    from putright.record.landlords.models import ProcedureVersion

    ProcedureVersion.objects.filter(landlord=cast.landlord).update(changes={"convention": "same_day"})
    shown = page(cast.client("officer").get("/new/"))
    assert "We will write by Monday 7 December" in shown


# The three buttons


def test_record_then_log_acknowledge_and_assign(cast: Cast) -> None:
    case = recorded(
        send(cast, then="log", handler=cast.investigator.pk, outcomes="A call", points="Gate\nNo call")
    )
    assert [entry.verb for entry in entries(case)] == ["receive", "log_complaint", "acknowledge", "assign"]
    assert (case.state, case.stage, case.handler) == ("open", 1, cast.investigator)
    assert str(case.next_due_on) == "2026-12-15"
    assert texts(case, 3)["definition"] == "Gate\nNo call"
    assert [entry.happened_at for entry in entries(case)[1:]] == [cast.clock.now] * 3


def test_a_handler_is_needed_to_assign(cast: Cast) -> None:
    assert errors(send(cast, then="log")) == ["Choose who handles it."]
    assert errors(send(cast, then="log", handler=cast.auditor.pk)) == ["Choose one from the list."]
    assert errors(send(cast, then="log", handler=cast.stranger.pk)) == ["Choose one from the list."]


def test_contact_staff_record_and_do_no_more(cast: Cast) -> None:
    shown = page(cast.client("contact_staff").get("/new/"))
    assert "Record complaint" in shown
    assert "Record, then log, acknowledge and assign" not in shown
    case = recorded(send(cast, "contact_staff", then="log", handler=cast.investigator.pk))
    assert [entry.verb for entry in entries(case)] == ["receive"]
    assert entries(case)[0].actor_role == "contact_staff"


def test_a_service_request_asks_whether_the_resident_agrees(cast: Cast) -> None:
    answer = send(cast, then="request")
    assert errors(answer) == [
        "Say what the resident wants, having heard both (Code 1.3).",
        "Enter why it is a service request.",
    ]
    asked = {"then": "request", "request_reason": "First time they tell us"}
    assert errors(send(cast, wants="complaint", **asked)) == [
        "They want a complaint, so it is one. Choose “Record complaint” (Code 1.3)."
    ]
    case = recorded(send(cast, wants="service_request", **asked))
    assert [entry.verb for entry in entries(case)] == ["receive", "treat_as_service_request"]
    assert entries(case)[1].data["resident_agrees"] is True
    assert (case.state, case.next_due_on) == ("service_request", None)
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "If you are not happy with what we do, it becomes a complaint." in told
    not_happy = send(cast, **OTHER, wants="not_asked", **asked)
    assert errors(not_happy) == ["You wrote “Nobody rang”. Ask what they want, having heard both (Code 1.3)."]
    case = recorded(send(cast, **OTHER, account="Please mend the gate.", wants="not_asked", **asked))
    assert entries(case)[1].data.get("resident_agrees") is None


# Once, and nothing lost


def test_sending_the_same_page_twice_records_it_once(cast: Cast) -> None:
    once = typed(then="log", handler=cast.investigator.pk)
    client = cast.client("officer")
    first, second = client.post("/new/", once), client.post("/new/", once)
    assert first["Location"] == second["Location"]
    assert [entry.verb for entry in entries(recorded(first))] == [
        "receive",
        "log_complaint",
        "acknowledge",
        "assign",
    ]
    assert people(name="Wren Adeyemi") == 1


def test_what_was_left_undone_is_done_when_sent_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from putright.interfaces.staff.new_complaint import record

    once = typed(then="log", handler=cast.investigator.pk)
    client = cast.client("officer")

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(record.steps, "take_in_together", stop)
        with pytest.raises(KeyboardInterrupt):
            client.post("/new/", once)
    case = recorded(client.post("/new/", once))
    assert [entry.verb for entry in entries(case)] == ["receive", "log_complaint", "acknowledge", "assign"]


def test_another_text_on_a_page_gone_back_to_is_neither_lost_nor_taken_for_the_first(cast: Cast) -> None:
    from putright.record.cases.models import Case

    once = typed()
    client = cast.client("officer")
    first = recorded(client.post("/new/", once))
    answer = client.post("/new/", once | {"account": "Quite another matter."})
    shown = page(answer)
    assert first.reference in shown
    assert "Quite another matter." in shown
    assert Case.objects.count() == 1
    key = re.search(r'name="key" value="([^"]*)"', shown)
    assert key
    assert key[1] != once["key"]
    again = client.post(
        "/new/", once | {"account": "Quite another matter.", "key": key[1], "resident": "new"}
    )
    assert recorded(again) != first


def test_two_clicks_at_once_record_it_once(committed_cast: Cast) -> None:
    from putright.record.cases.models import Case

    cast = committed_cast
    once = typed(then="log", handler=cast.investigator.pk)
    clients = [cast.client("officer") for _ in range(4)]
    start = threading.Barrier(4)
    answers: list[Any] = []

    def click(client: Any) -> None:
        try:
            start.wait()
            answers.append(client.post("/new/", once))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=[client]) for client in clients]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer["Location"] for answer in answers}) == 1
    assert Case.objects.count() == 1
    assert people(name="Wren Adeyemi") == 1
    assert [entry.verb for entry in entries(Case.objects.get())] == [
        "receive",
        "log_complaint",
        "acknowledge",
        "assign",
    ]


def test_an_error_keeps_everything_that_was_typed(cast: Cast) -> None:
    written = typed(
        channel="",
        told_by="representative",
        representative="Jo “Pike” <b>",
        representative_contact="jo@example.org",
        authority="on",
        points="One & two\nThree",
        outcomes="Four",
        urgent="Five",
        doing_now="Five and a half",
        hazard="significant",
        no_danger_because="Because",
        post_link="https://example.org/post",
        post_text="The post <b>",
        moved="By message",
        safe="some",
        safe_ways="text",
        safe_to_text="07700 900001",
        safe_never="7 Quay House",
        safe_code_word="Heron",
        safe_note="After three",
        needs="Six",
        adjustments="Seven",
        about_staff="Eight",
        category="Repairs",
        stock="other",
        wants="service_request",
        request_reason="Nine",
        handler=cast.colleague.pk,
        then="request",
        **{"issue_arose-day": "31", "issue_arose-month": "Sept", "issue_arose-year": "2026"},
    )
    answer = cast.client("officer").post("/new/", written)
    assert errors(answer) == ["Choose how it came.", "The day it began must be a real day."]
    shown = drawn(answer.content.decode())
    assert {name: value for name, value in shown.items() if name in written} == {
        name: str(value) for name, value in written.items() if name != "then" and value != ""
    } | {name: "" for name, value in written.items() if value == ""}


def drawn(source: str) -> dict[str, str]:
    """What stands in the fields of a page, as a browser would send it."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: dict[str, str] = {}
            self.select = self.textarea = ""

        def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
            named = dict(given)
            name = named.get("name") or ""
            if tag == "input" and name:
                if named.get("type") not in ("radio", "checkbox") or "checked" in named:
                    self.found[name] = named.get("value") or ""
            elif tag == "select":
                self.select = name
            elif tag == "option" and "selected" in named:
                self.found[self.select] = named.get("value") or ""
            elif tag == "textarea":
                self.textarea, self.found[name] = name, ""

        def handle_data(self, data: str) -> None:
            if self.textarea:
                self.found[self.textarea] += data

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.textarea = ""

    reader = Reader()
    reader.feed(source)
    reader.close()
    return reader.found


def test_what_is_missing_is_named(cast: Cast) -> None:
    blank = dict.fromkeys(TYPED, "") | {"then": "record"}
    assert errors(cast.client("officer").post("/new/", blank | {"key": str(uuid.uuid4())})) == [
        "Enter the resident's name, or where they live.",
        "Choose who is telling us.",
        "Choose how it came.",
        "Give the day.",
        "Give the time.",
        "Enter what happened.",
    ]
    assert errors(send(cast, told_by="representative")) == ["Enter the name of whoever acts for them."]


def test_every_error_leads_to_a_field(cast: Cast) -> None:
    answer = send(cast, channel="", account="damp", name="Amira", time="", then="request")
    source = answer.content.decode()
    targets = re.findall(r'govuk-error-summary__list">(.*?)</ul>', source, re.DOTALL)[0]
    for target in re.findall(r'href="#([^"]+)"', targets):
        assert f'id="{target}"' in source


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "N" * 201},
        {"email": "not an address"},
        {"channel": "pigeon"},
        {"told_by": "someone"},
        {"hazard": "maybe"},
        {"points": "\n".join(str(n) for n in range(60))},
        {"account": "x" * 100_001},
        {"stock": "castle"},
        {"category": "made up"},
        {"resident": "999999"},
        {"key": "no key"},
        {"key": ""},
        {"time": "25:00"},
        {"representative_contact": "x" * 201},
    ],
)
def test_what_cannot_be_is_refused_in_words_and_writes_nothing(cast: Cast, changes: dict[str, str]) -> None:
    from putright.record.cases.models import Case

    answer = send(cast, **changes)
    assert answer.status_code == 200
    assert "There is a problem" in page(answer)
    assert Case.objects.count() == 0
    assert people() == 2


def test_fields_that_the_page_does_not_have_change_nothing(cast: Cast) -> None:
    case = recorded(
        send(
            cast,
            landlord=cast.other_landlord.pk,
            landlord_id=cast.other_landlord.pk,
            reference="XX-1",
            state="closed",
            with_ombudsman="on",
            by="someone",
            at="2020-01-01",
            opened_from="1",
        )
    )
    assert (case.landlord, case.state, case.with_ombudsman) == (cast.landlord, "received", False)
    assert case.reference.startswith("TV-26-")


def test_the_page_after_recording_leads_on(cast: Cast) -> None:
    case = recorded(send(cast))
    told = page(cast.client("officer").get(f"/new/{case.reference}/"))
    for address in ("", "log_complaint/", "acknowledge/", "assign/"):
        assert f'href="/cases/{case.reference}/{address}"' in told
    assert "Received by telephone." in told
    told = page(cast.client("contact_staff").get(f"/new/{case.reference}/"))
    assert f'href="/cases/{case.reference}/acknowledge/"' not in told


def test_taking_in_costs_few_statements_to_ask(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("officer")
    with django_assert_max_num_queries(9):
        client.get("/new/")
