"""Note a call: from a list, with the promise made on it, and back to the same row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cast import Cast
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, text_of

SAID = "She rang to ask when somebody comes."


def page(case: Any) -> str:
    return f"/cases/{case.reference}/call/"


def entries(case: Any) -> list[Any]:
    from putright.record.journal.queries import of_case

    return of_case(case.landlord_id, case.pk)


def verbs_of(case: Any) -> list[str]:
    return [entry.verb for entry in entries(case)]


def words(case: Any, number: int) -> dict[str, str]:
    from putright.record.journal.queries import texts_of_case

    return texts_of_case(case.landlord_id, case.pk)[number]


def test_a_call_is_noted_and_leads_back_to_the_row(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    back = f"/queue/?when=late#row-{case.reference}"
    opened = client.get(page(case), {"back": back})
    answer = client.post(page(case), boxes(opened) | {"summary": SAID})
    assert answer["Location"] == back
    last = entries(case)[-1]
    assert (last.verb, last.data["direction"], last.data["channel"]) == ("record_contact", "in", "telephone")
    assert words(case, last.number) == {"with": "Amira Yusuf", "summary": SAID}
    (said,) = notices_of(client.get(back))
    assert f"{case.reference}: The call is noted." in said


def test_what_was_promised_on_it_is_a_promise(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    given = {"summary": SAID, "what": "Ring her with a day", "owner": "Repairs"} | day("due", "2026-12-04")
    assert fill(client, page(case), **given).status_code == 302
    assert verbs_of(case)[-2:] == ["record_contact", "promise"]
    promise = entries(case)[-1]
    assert promise.data["due"] == "2026-12-04"
    assert words(case, promise.number) == {"what": "Ring her with a day", "owner": "Repairs"}


def test_a_call_out_to_somebody_else(cast: Cast) -> None:
    case = cast.open()
    given = {"summary": SAID, "direction": "out", "who": "someone_else", "who_else": "Her sister"}
    assert fill(cast.client("officer"), page(case), **given).status_code == 302
    last = entries(case)[-1]
    assert last.data["direction"] == "out"
    assert words(case, last.number)["with"] == "Her sister"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"summary": ""}, ["Enter what was said on the call."]),
        ({"summary": "   "}, ["Enter what was said on the call."]),
        ({"who": "someone_else"}, ["Enter the name of whoever you spoke to."]),
        ({"what": "Ring her"}, ["Give the day it will be done by."]),
        (day("due", "2026-12-04"), ["Enter what was promised."]),
        ({"owner": "Repairs"}, ["Enter what was promised."]),
        ({"what": "Ring her"} | day("due", "2026-11-30"), ["The day must be today or later."]),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_noted(cast: Cast, given: dict, says: list[str]) -> None:
    case = cast.open()
    before = verbs_of(case)
    answer = fill(cast.client("officer"), page(case), **({"summary": SAID} | given))
    assert errors_of(answer) == says
    assert verbs_of(case) == before


def test_sent_twice_it_is_noted_once(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    given = boxes(client.get(page(case))) | {"summary": SAID, "what": "Ring her"} | day("due", "2026-12-04")
    assert client.post(page(case), given).status_code == client.post(page(case), given).status_code == 302
    assert verbs_of(case)[3:] == ["record_contact", "promise"]


def test_what_others_do_meanwhile_does_not_stop_a_call(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    given = boxes(client.get(page(case))) | {"summary": SAID}
    cast.do(
        "extend",
        case,
        by="investigator",
        until=date(2026, 12, 18),
        reason="Ill.",
        ombudsman_details_given=True,
    )
    assert client.post(page(case), given).status_code == 302
    assert verbs_of(case)[-1] == "record_contact"


def undo_form(client: Any, address: str) -> Any:
    return page_of(client.get(address)).xpath("//form[button[text()='Undo']]")


def test_undo_strikes_out_the_call_and_the_promise(cast: Cast) -> None:
    from putright.record.cases.reading import open_file

    case, client = cast.open(), cast.client("officer")
    given = {"summary": SAID, "what": "Ring her"} | day("due", "2026-12-04")
    answer = fill(client, page(case), **given)
    (form,) = undo_form(client, answer["Location"])
    undone = client.post(form.action)
    assert undone.status_code == 302
    assert verbs_of(case)[-4:] == ["record_contact", "promise", "correct", "correct"]
    assert open_file(cast.fresh(case)).promises() == []
    assert any("taken back" in said for said in notices_of(client.get(undone["Location"])))
    client.post(form.action)
    assert verbs_of(case).count("correct") == 2


def test_undo_leads_back_to_the_row_too(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    back = f"/cases/?q=damp#row-{case.reference}"
    client.post(page(case), boxes(client.get(page(case), {"back": back})) | {"summary": SAID})
    (form,) = undo_form(client, "/cases/")
    assert client.post(form.action)["Location"] == back


def test_nobody_takes_back_what_another_noted_nor_anything_else(cast: Cast) -> None:
    case = cast.open()
    fill(cast.client("officer"), page(case), summary=SAID)
    before = verbs_of(case)
    number = len(before)
    for who, wanted in (
        ("colleague", number),
        ("officer", 1),
        ("officer", 2),
        ("officer", "x,9999999999,-1,٣"),
    ):
        answer = cast.client(who).post(f"{page(case)}undo/?entries={wanted}")
        assert answer.status_code == 302
    assert cast.client("investigator").post(f"{page(case)}undo/?entries={number}").status_code == 403
    assert cast.client("stranger").post(f"{page(case)}undo/?entries={number}").status_code == 404
    assert cast.client("officer").get(f"{page(case)}undo/?entries={number}").status_code == 405
    assert verbs_of(case) == before


def test_those_who_may_not_correct_are_offered_no_undo(cast: Cast) -> None:
    case, client = cast.open(), cast.client("contact_staff")
    answer = fill(client, page(case), summary=SAID)
    assert answer.status_code == 302
    assert undo_form(client, answer["Location"]) == []


def test_contact_staff_note_a_call_and_promise_nothing(cast: Cast) -> None:
    case, client = cast.open(), cast.client("contact_staff")
    given = boxes(client.get(page(case)))
    assert not {"what", "owner", "due-day"} & set(given)
    sent = given | {"summary": SAID, "what": "The moon"} | day("due", "2026-12-04")
    assert client.post(page(case), sent).status_code == 302
    assert verbs_of(case)[-1] == "record_contact"


def test_a_danger_spoken_of_is_asked_about_at_once(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    answer = fill(client, page(case), summary="She smells gas in the kitchen.")
    said = client.get(answer["Location"]).content.decode()
    assert "You wrote “gas”. If it may be dangerous" in said
    assert f"/cases/{case.reference}/report_hazard/" in said


# Find the case first


def test_a_whole_reference_goes_straight_to_its_page(cast: Cast) -> None:
    case = cast.open()
    answer = cast.client("officer").get("/call/", {"q": case.reference.lower(), "back": "/queue/?when=late"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/cases/{case.reference}/call/?back=%2Fqueue%2F%3Fwhen%3Dlate"


@pytest.mark.parametrize("words", ["Yusuf", "sedge court", "amira"])
def test_a_name_or_an_address_finds_the_case(cast: Cast, words: str) -> None:
    case, other = cast.open(), cast.open(resident=cast.other_resident)
    answer = cast.client("officer").get("/call/", {"q": words})
    assert f"/cases/{case.reference}/call/" in answer.content.decode()
    assert other.reference not in answer.content.decode()


def test_another_landlords_case_is_not_found(cast: Cast) -> None:
    case = cast.open()
    for words in (case.reference, "Yusuf"):
        answer = cast.client("stranger").get("/call/", {"q": words})
        assert answer.status_code == 200
        assert "No case matches." in text_of(answer)


@pytest.mark.parametrize("words", ["", "\0", "' OR 1=1", "😀" * 200, "%_*", "x" * 10_000, '"'])
def test_anything_may_be_looked_for(cast: Cast, words: str) -> None:
    cast.open()
    assert cast.client("officer").get("/call/", {"q": words}).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("colleague", 200),
        ("investigator", 200),
        ("reviewer", 200),
        ("contact_staff", 200),
        ("service_manager", 403),
        ("quality_checker", 403),
        ("liaison", 403),
        ("board_member", 403),
        ("auditor", 403),
        ("administrator", 403),
        ("stranger", 404),
        (None, 302),
    ],
)
def test_only_those_who_record_contacts_have_the_page(cast: Cast, who: str | None, status: int) -> None:
    case = cast.open()
    before = verbs_of(case)
    assert cast.client(who).get(page(case)).status_code == status
    if status != 200:
        assert cast.client(who).post(page(case), {"summary": SAID}).status_code in (status, 403)
        assert verbs_of(case) == before
    if status in (403,):
        assert cast.client(who).get("/call/").status_code == 403


def test_html_and_long_words_are_kept_exactly_and_shown_safely(cast: Cast) -> None:
    case, client = cast.open(), cast.client("officer")
    text = "<script>alert(1)</script> مرحبا 😀 " + "x" * 10_000
    answer = fill(client, page(case), summary=text)
    assert answer.status_code == 302
    assert words(case, len(entries(case)))["summary"] == text
    assert "<script>alert" not in client.get(f"/cases/{case.reference}/").content.decode()
