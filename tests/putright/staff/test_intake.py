"""Taking a complaint in: safe ways, files, likeness, social media; kept as one types; told, and undone."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from cast import Cast, moment
from django.core.files.uploadedfile import SimpleUploadedFile
from form_filling import boxes, errors_of, fill, notices_of, page_of, text_of

from putright.record.cases.models import Case
from putright.record.correspondence.models import Attachment, Intake
from putright.record.journal.queries import of_case, texts_of_case
from putright.record.people import safe_contact
from putright.record.people.models import ClaimedDetail, Need, Person

NEW = {
    "name": "Wren Adeyemi",
    "address": "7 Quay House",
    "told_by": "resident",
    "channel": "telephone",
    "time": "09:40",
    "account": "The gate does not shut. I have asked four times.",
    "then": "record",
}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(root: Path) -> int:
    return sum(each.is_file() for each in root.rglob("*"))


def take_in(cast: Cast, who: str = "officer", **answers: Any) -> Any:
    return fill(cast.client(who), "/new/", **(NEW | answers))


def recorded(answer: Any) -> Case:
    assert answer.status_code == 302, errors_of(answer) or text_of(answer)
    return Case.objects.get(reference=answer["Location"].strip("/").split("/")[-1])


def a_file(name: str = "gate.png", data: bytes = PICTURE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# Whom it is about


def test_the_home_of_somebody_under_safe_contact_is_not_offered_beside_their_name(cast: Cast) -> None:
    asked = {"name": "Amira", "address": "", "then": "find"}
    assert "Amira Yusuf, 14 Sedge Court" in text_of(take_in(cast, **asked))
    only_text = [{"way": "text", "to": cast.resident.telephone}]
    safe_contact.set_safe_contact(
        cast.resident, allowed=only_text, by=cast.actor("officer"), at=cast.clock.now
    )
    shown = text_of(take_in(cast, **asked))
    assert "Amira Yusuf" in shown
    assert "14 Sedge Court" not in shown


# The order of the page


def test_the_page_asks_in_the_order_of_the_drawing(cast: Cast) -> None:
    names = list(
        dict.fromkeys(page_of(cast.client("officer").get("/new/")).xpath("//main//form[@id]//@name"))
    )
    order = [
        "name",
        "account",
        "urgent",
        "doing_now",
        "hazard",
        "outcomes",
        "needs",
        "safe",
        "attached",
        "wants",
        "then",
    ]
    places = [names.index(each) for each in order[:-1]]
    assert places == sorted(places)
    after_the_account = names[names.index("account") + 1 :]
    asked = [each for each in after_the_account if each not in ("points", "post_link", "post_text", "moved")]
    assert asked[:3] == ["urgent", "doing_now", "hazard"]


def test_a_danger_nobody_answered_is_on_the_page_of_the_case_with_its_why(cast: Cast) -> None:
    case = recorded(take_in(cast, account="There is mould behind the cot.", hazard="ask"))
    client = cast.client("officer")
    shown = text_of(client.get(f"/cases/{case.reference}/"))
    assert "Danger: confirm or dismiss" in shown
    why = text_of(client.get(f"/cases/{case.reference}/why/danger/"))
    assert "The same day as a danger was first mentioned" in why
    asked = boxes(client.get(f"/cases/{case.reference}/report_hazard/"))
    assert (asked["aware_at-day"], asked["aware_at_time"]) == ("1", "09:40")
    sent = fill(client, f"/cases/{case.reference}/dismiss_hazard/", reason="He looked: soot, not mould.")
    assert sent.status_code == 302
    assert Case.objects.get(pk=case.pk).danger_unanswered_on is None


# Safe ways to reply


def test_only_some_ways_are_safe(cast: Cast) -> None:
    case = recorded(
        take_in(
            cast,
            safe="some",
            safe_ways=["text"],
            safe_to_text="07700 900777",
            safe_never="7 Quay House\n",
            safe_code_word="Heron",
        )
    )
    held = safe_contact.held_for(case.resident)
    assert held is not None
    assert [(each["way"], each["to"]) for each in held.allowed] == [("text", "07700 900777")]
    assert (held.not_to, held.code_word) == (["7 Quay House"], "Heron")
    told = text_of(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "We will text you by Tuesday 8 December to agree what it is about." in told
    assert "We use only what you said is safe: text message. We do not use: email, letter, telephone." in told
    assert "07700 900777" not in told
    assert "Heron" not in told
    kept = json.dumps(texts_of_case(case.landlord_id, case.pk)) + json.dumps(
        [e.data for e in of_case(case.landlord_id, case.pk)]
    )
    assert "900777" not in kept
    assert "Heron" not in kept


def test_no_way_is_safe(cast: Cast) -> None:
    case = recorded(take_in(cast, safe="none"))
    held = safe_contact.held_for(case.resident)
    assert held is not None
    assert held.allowed == []
    told = text_of(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "We send nothing. You come to us." in told
    assert "We will have it ready for you by Tuesday 8 December." in told


@pytest.mark.parametrize("answer", ["any", "not_asked", ""])
def test_nothing_is_written_down_where_nothing_limits_us(cast: Cast, answer: str) -> None:
    case = recorded(take_in(cast, safe=answer))
    assert safe_contact.held_for(case.resident) is None
    told = text_of(cast.client("officer").get(f"/new/{case.reference}/"))
    assert "We will write by Tuesday 8 December" in told


def test_what_cannot_be_written_down_so_is_said_and_nothing_is_recorded(cast: Cast) -> None:
    assert errors_of(take_in(cast, safe="some")) == ["Choose each way that is safe."]
    answer = take_in(cast, safe="some", safe_ways=["text"])
    assert errors_of(answer) == ["Give the number that is safe: we hold none."]
    assert Case.objects.count() == 0
    assert Person.objects.filter(name="Wren Adeyemi").count() == 0


def test_what_lets_more_leave_than_before_waits_for_a_second_person(cast: Cast) -> None:
    by = cast.actor("officer")
    only_text = [{"way": "text", "to": "07700 900123"}]
    safe_contact.set_safe_contact(cast.resident, allowed=only_text, by=by, at=cast.clock.now)
    for answers in (
        {"safe": "some", "safe_ways": ["text", "letter"], "safe_to_text": "07700 900123"},
        {"safe": "any", "account": "The rent letter has a wrong sum."},
    ):
        client = cast.client("officer")
        sent = fill(
            client, f"/new/?resident={cast.resident.pk}", **(NEW | {"name": "", "address": ""} | answers)
        )
        case = recorded(sent)
        assert case.resident_id == cast.resident.pk
        assert any("What they said before holds" in each for each in notices_of(client.get(sent["Location"])))
        held = safe_contact.held_for(cast.resident)
        assert held is not None
        assert [each["way"] for each in held.allowed] == ["text"]


def test_a_new_address_that_came_by_mail_is_not_believed(cast: Cast) -> None:
    given = {
        "name": "Paul Nowak",
        "address": "",
        "resident": str(cast.other_resident.pk),
        "telephone": "07700 900999",
    }
    recorded(take_in(cast, channel="email", **given))
    cast.other_resident.refresh_from_db()
    assert cast.other_resident.telephone == ""
    claim = ClaimedDetail.objects.get()
    assert (claim.person, claim.kind, claim.value, claim.came_by) == (
        cast.other_resident, "telephone", "07700 900999", "email",
    )  # fmt: skip


def test_needs_are_kept_with_the_person_too(cast: Cast) -> None:
    case = recorded(take_in(cast, needs="Cannot hear well", adjustments="A quiet room"))
    assert sorted(Need.objects.filter(person=case.resident).values_list("words", "adjustment")) == [
        ("A quiet room", "other"),
        ("Cannot hear well", ""),
    ]


# Files


def test_files_come_with_it_several_at_once(cast: Cast, tmp_path: Path) -> None:
    client = cast.client("officer")
    sent = fill(client, "/new/", **NEW, attached=[a_file(), a_file("letter.txt", b"Dear sirs")])
    case = recorded(sent)
    assert list(Attachment.objects.filter(case=case).values_list("name", "entry")) == [
        ("gate.png", 1),
        ("letter.txt", 1),
    ]
    assert stored(tmp_path) == 2
    assert Intake.objects.count() == 0
    told = client.get(sent["Location"])
    assert page_of(told).xpath("//main//a[contains(@href, '/files/')]/@href") == [
        f"/cases/{case.reference}/files/1/",
        f"/cases/{case.reference}/files/2/",
    ]


def test_a_file_that_cannot_be_kept_is_said_and_the_others_stay(cast: Cast, tmp_path: Path) -> None:
    client = cast.client("officer")
    answer = fill(
        client,
        "/new/",
        **NEW,
        attached=[a_file(), a_file("empty.jpg", b""), a_file("x.exe", b"MZ" + bytes(99))],
    )
    assert errors_of(answer) == [
        "“empty.jpg” is empty. Choose it again, or another one.",
        "“x.exe” is a program, which we do not keep. Send a picture of it, or a PDF.",
    ]
    shown = page_of(answer)
    assert shown.xpath("//ul[@aria-label='Files kept with this']//bdi/text()") == ["gate.png"]
    assert boxes(answer)["account"] == NEW["account"]
    # Sent again without choosing it again, it is still there.
    case = recorded(client.post("/new/", boxes(answer) | {"then": "record"}))
    assert [each.name for each in Attachment.objects.filter(case=case)] == ["gate.png"]
    assert stored(tmp_path) == 1


def test_a_file_can_be_taken_away_again(cast: Cast, tmp_path: Path) -> None:
    client = cast.client("officer")
    answer = fill(client, "/new/", **(NEW | {"account": ""}), attached=[a_file()])
    (button,) = page_of(answer).xpath("//button[@name='take_away']/@value")
    answer = client.post("/new/", boxes(answer) | {"take_away": button})
    assert errors_of(answer) == []
    assert stored(tmp_path) == 0
    assert not page_of(answer).xpath("//button[@name='take_away']")


def test_two_clicks_keep_one_copy(cast: Cast, tmp_path: Path) -> None:
    client = cast.client("officer")
    page = boxes(client.get("/new/")) | NEW
    first = client.post("/new/", page | {"attached": [a_file()]})
    second = client.post("/new/", page | {"attached": [a_file()]})
    assert first["Location"] == second["Location"]
    assert (Attachment.objects.count(), stored(tmp_path), Case.objects.count()) == (1, 1, 1)


def test_another_persons_key_gives_no_file_of_theirs(cast: Cast) -> None:
    officer = cast.client("officer")
    answer = fill(officer, "/new/", **(NEW | {"account": ""}), attached=[a_file()])
    theirs = boxes(answer) | NEW | {"then": "record"}
    case = recorded(cast.client("colleague").post("/new/", theirs))
    assert Attachment.objects.filter(case=case).count() == 0
    assert Intake.objects.get().user == cast.officer


# Likely the same


def test_a_likely_duplicate_is_shown_once_and_recorded_all_the_same(cast: Cast) -> None:
    before = cast.receive(
        account="The gate does not shut. I have asked four times.", points=["Gate does not shut"]
    )
    client = cast.client("officer")
    given = NEW | {"name": "", "address": ""}
    answer = fill(client, f"/new/?resident={cast.resident.pk}", **given)
    assert answer.status_code == 200
    assert Case.objects.count() == 1
    shown = text_of(answer)
    assert f"Compare with {before.reference}" in shown
    assert "Nothing is recorded yet. If it is another complaint, press the button again." in shown
    assert "Gate does not shut" in shown
    again = client.post("/new/", boxes(answer) | {"then": "record"})
    assert recorded(again) != before
    assert Case.objects.count() == 2


def test_another_matter_of_the_same_resident_is_not_held_up(cast: Cast) -> None:
    cast.receive(account="The gate does not shut.")
    given = NEW | {"name": "", "address": "", "account": "My rent letter has the wrong sum on it."}
    assert recorded(fill(cast.client("officer"), f"/new/?resident={cast.resident.pk}", **given))


# Social media


def test_a_post_is_kept_with_its_move_and_a_reply_with_nothing_personal_in_it(cast: Cast) -> None:
    none = take_in(cast, channel="social_media")
    assert errors_of(none) == ["Keep the post: its words, its link, or a picture of it under Files."]
    case = recorded(
        take_in(
            cast,
            channel="social_media",
            post_link="https://social.example/p/1",
            post_text="@ternvalley STILL no gate!!",
            moved="Asked for a message at 09:50",
        )
    )
    words = texts_of_case(case.landlord_id, case.pk)
    assert (words[1]["post_link"], words[1]["post_text"]) == (
        "https://social.example/p/1",
        "@ternvalley STILL no gate!!",
    )
    assert [entry.verb for entry in of_case(case.landlord_id, case.pk)] == ["receive", "record_contact"]
    assert words[2]["summary"] == "Taken to a private channel: Asked for a message at 09:50"
    told = cast.client("officer").get(f"/new/{case.reference}/")
    reply = page_of(told).xpath("//*[@id='public-reply']")[0].text_content()
    for personal in ("Wren", "Adeyemi", "Quay", "gate", case.reference):
        assert personal not in reply
    assert "on the list of those without a handler" in text_of(told)
    assert "@ternvalley STILL no gate!!" in text_of(cast.client("officer").get(f"/cases/{case.reference}/"))


def test_a_picture_alone_keeps_the_post(cast: Cast) -> None:
    assert recorded(take_in(cast, channel="social_media", attached=[a_file()]))


# Kept as one types


def save(client: Any, **boxes_: Any) -> Any:
    return client.post("/new/draft/", boxes_)


def test_what_is_typed_is_kept_to_the_letter_and_carried_on_with(cast: Cast) -> None:
    client = cast.client("officer")
    opened = boxes(client.get("/new/"))
    text = "Line 1 <b>\r\n\r\nعطل 🙂 “x”  " + "y" * 9_000
    said = save(
        client, **opened | {"name": "Wren", "account": text, "safe_ways": ["text", "email"], "safe": "some"}
    )
    assert (said.status_code, said.json()["says"]) == (200, "Saved at 10:00")
    assert 0 < said.json()["session_seconds"] <= 12 * 3600
    other = cast.client("officer")  # another browser: the session was lost
    (link,) = page_of(other.get("/new/")).xpath("//main//a[contains(@href, '?draft=')]/@href")
    again = other.get(link)
    kept = page_of(again).xpath("//form[@id='new-complaint']")[0].form_values()
    assert ("account", text.replace("\r\n", "\n")) in [
        (name, value.replace("\r\n", "\n")) for name, value in kept
    ]
    assert [value for name, value in kept if name == "safe_ways"] == ["text", "email"]
    assert boxes(again)["key"] == opened["key"]
    case = recorded(other.post("/new/", boxes(again) | NEW | {"safe": "", "then": "record"}))
    assert case.pk
    assert Intake.objects.count() == 0
    assert save(client, **opened).json() == {"says": "This is recorded."}


def test_nobody_reads_what_another_types(cast: Cast) -> None:
    officer, colleague = cast.client("officer"), cast.client("colleague")
    opened = boxes(officer.get("/new/"))
    save(officer, **opened | {"name": "Wren Secret"})
    assert "Wren Secret" not in text_of(colleague.get("/new/"))
    assert "Wren Secret" not in text_of(colleague.get(f"/new/?draft={opened['key']}"))
    assert save(colleague, **opened | {"name": "Mine"}).status_code == 404
    assert colleague.post(f"/new/{opened['key']}/throw-away/").status_code == 302
    assert Intake.objects.get().typed["name"] == ["Wren Secret"]
    assert save(cast.client("investigator"), **opened).status_code == 403
    assert save(cast.client("stranger"), **opened | {"name": "Theirs"}).status_code == 200
    assert Intake.objects.filter(landlord=cast.landlord).get().typed["name"] == ["Wren Secret"]


def test_only_boxes_of_the_page_are_kept_and_not_without_end(cast: Cast) -> None:
    client = cast.client("officer")
    key = str(uuid.uuid4())
    save(client, key=key, name="Wren", evil="x", csrfmiddlewaretoken="y", **{"day-day": "1", "name-day": "z"})
    assert set(Intake.objects.get().typed) == {"name", "day-day", "name-day"}
    long = save(client, key=key, account="x" * 500_000)
    assert (long.status_code, long.json()["says"]) == (413, "Not saved: there is too much text. Shorten it.")
    assert save(client, key="nonsense").status_code == 400
    assert save(client, key=key, account="NUL \0 here").status_code == 200


def test_an_error_keeps_it_too_and_it_can_be_thrown_away_with_its_files(cast: Cast, tmp_path: Path) -> None:
    client = cast.client("officer")
    answer = fill(client, "/new/", **(NEW | {"account": ""}), attached=[a_file()])
    assert Intake.objects.get().typed["name"] == ["Wren Adeyemi"]
    client.post(f"/new/{boxes(answer)['key']}/throw-away/")
    assert (Intake.objects.count(), stored(tmp_path)) == (0, 0)


def test_the_page_knows_how_long_whoever_types_stays_signed_in(cast: Cast) -> None:
    shown = page_of(cast.client("officer").get("/new/"))
    (seconds,) = shown.xpath("//form[@id='new-complaint']/@data-session-seconds")
    assert 11 * 3600 < int(seconds) <= 12 * 3600 or int(seconds) > 0
    assert shown.xpath("//*[@id='session-warning'][@hidden]//*[@role='alert']")


# Undo


def test_whoever_recorded_it_may_undo_it_for_ten_minutes(cast: Cast) -> None:
    client = cast.client("officer")
    case = recorded(fill(client, "/new/", **NEW))
    page = f"/new/{case.reference}/"
    assert "Undo until 10:10" in text_of(client.get(page))
    assert "Undo until" not in text_of(cast.client("colleague").get(page))
    assert "Ask a complaints officer to correct it." in text_of(cast.client("contact_staff").get(page))
    cast.client("colleague").post(f"{page}undo/")
    assert Case.objects.get(pk=case.pk).state == "received"
    assert client.get(f"{page}undo/").status_code == 405
    client.post(f"{page}undo/")
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    assert [entry.verb for entry in of_case(case.landlord_id, case.pk)] == ["receive", "withdraw"]


def test_after_ten_minutes_or_after_anybody_else_it_is_corrected_instead(cast: Cast) -> None:
    client = cast.client("officer")
    first = recorded(fill(client, "/new/", **NEW))
    cast.do("record_needs", first, by="colleague", needs=["Deaf"], adjustments=[])
    client.post(f"/new/{first.reference}/undo/")
    assert Case.objects.get(pk=first.pk).state == "received"
    second = recorded(fill(client, "/new/", **(NEW | {"name": "Ray Gough", "address": ""})))
    cast.clock.now = moment("2026-12-01T10:11")
    client.post(f"/new/{second.reference}/undo/")
    assert Case.objects.get(pk=second.pk).state == "received"
    shown = client.get(f"/new/{second.reference}/")
    assert page_of(shown).xpath(f"//a[@href='/cases/{second.reference}/correct/?entry=1']")


# Whatever is typed


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        "=cmd|' /C calc'!A0",
        "{{ 7*7 }}{% debug %}",
        "\u202egnirts\u202c \u200b",
        "🙂" * 2_000,
        "x" * 10_000,
    ],
)
def test_hostile_words_are_kept_and_shown_as_words(cast: Cast, text: str) -> None:
    told = {
        "account": text,
        "points": "One",
        "outcomes": text[:500],
        "urgent": "",
        "post_text": "",
        "wants": "",
    }
    case = recorded(take_in(cast, **told))
    kept = texts_of_case(case.landlord_id, case.pk)[1]["account"]
    assert kept.split("\n\n")[0] == text.strip()
    for address in (f"/new/{case.reference}/", f"/cases/{case.reference}/"):
        source = cast.client("officer").get(address).content.decode()
        assert "<script>alert" not in source
        assert "<img src=x" not in source
        assert not re.search(
            r"\b49\b", page_of(cast.client("officer").get(address)).xpath("//h1")[0].text_content()
        )


def test_a_nul_is_said_and_nothing_is_lost(cast: Cast) -> None:
    answer = take_in(cast, account="before\0after")
    assert len(errors_of(answer)) == 1
    assert Case.objects.count() == 0


def test_a_page_costs_the_same_few_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("officer")
    for number in range(30):
        save(client, key=str(uuid.uuid4()), name=f"N{number}")
    with django_assert_max_num_queries(11):
        assert client.get("/new/").status_code == 200
