"""Take in: log, acknowledge and assign on one page, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from form_filling import boxes, errors_of, fill, notices_of, text_of


def page(case: Any) -> str:
    return f"/cases/{case.reference}/take-in/"


def verbs_of(case: Any) -> list[str]:
    from putright.record.journal.queries import of_case

    return [entry.verb for entry in of_case(case.landlord_id, case.pk)]


def test_one_press_logs_acknowledges_and_assigns(cast: Cast) -> None:
    case, client = cast.receive("2026-11-30T09:30"), cast.client("officer")
    answer = fill(client, page(case), **{"assign-handler": str(cast.investigator.pk)})
    assert answer.status_code == 302
    assert verbs_of(case) == ["receive", "log_complaint", "acknowledge", "assign"]
    fresh = cast.fresh(case)
    assert (fresh.state, fresh.handler) == ("open", cast.investigator)
    (said,) = notices_of(client.get(answer["Location"]))
    assert "Logged, acknowledged and assigned. Cara Lind has it." in said
    assert "Answer stage 1" in said or "answer stage 1" in said


def test_the_definition_is_filled_in_from_the_points(cast: Cast) -> None:
    case = cast.receive()
    given = boxes(cast.client("officer").get(page(case)))
    assert given["acknowledge-definition"].split("\n") == ["Damp left untreated", "Missed visit"] or (
        given["acknowledge-definition"].split() == "Damp left untreated Missed visit".split()
    )
    assert given["assign-handler"] == str(cast.officer.pk)


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_done(cast: Cast) -> None:
    case = cast.receive()
    answer = fill(cast.client("officer"), page(case), **{"acknowledge-definition": "", "assign-handler": ""})
    assert errors_of(answer) == ["Enter what it is about.", "Choose who will handle it."]
    assert verbs_of(case) == ["receive"]


def test_who_cannot_be_given_it_is_said_beside_the_choice_and_nothing_is_done(cast: Cast) -> None:
    case = cast.receive(about_staff=[str(cast.investigator.pk)])
    client = cast.client("officer")
    answer = client.post(
        page(case), boxes(client.get(page(case))) | {"assign-handler": str(cast.investigator.pk)}
    )
    assert errors_of(answer) == ["This person is named in the complaint (Code 5.8)."]
    assert "The attempt is recorded" in text_of(answer)
    assert verbs_of(case) == ["receive", "refused"]


def test_only_what_is_left_is_asked(cast: Cast) -> None:
    case = cast.receive()
    cast.do("log_complaint", case)
    cast.do("assign", case, handler=str(cast.investigator.pk))
    client = cast.client("officer")
    opened = client.get(page(case))
    assert "Acknowledge" in text_of(opened)
    assert not [name for name in boxes(opened) if name.startswith(("log_complaint-", "assign-"))]
    assert client.post(page(case), boxes(opened)).status_code == 302
    assert verbs_of(case)[-1] == "acknowledge"


def test_where_nothing_is_left_it_says_so(cast: Cast) -> None:
    for case in (cast.open(), cast.receive()):
        if case.state == "received":
            cast.do("treat_as_service_request", case, reason="A repair.", resident_agrees=True)
        answer = cast.client("officer").get(page(case))
        assert answer.status_code == 200
        assert "Nothing is left to take in" in text_of(answer)
        before = verbs_of(case)
        assert "Nothing is left" in text_of(cast.client("officer").post(page(case), {}))
        assert verbs_of(case) == before


def test_sent_twice_it_is_done_once(cast: Cast) -> None:
    case, client = cast.receive(), cast.client("officer")
    given = boxes(client.get(page(case)))
    first, again = client.post(page(case), given), client.post(page(case), given)
    assert first.status_code == again.status_code == 302
    assert verbs_of(case) == ["receive", "log_complaint", "acknowledge", "assign"]
    assert any("done once" in said for said in notices_of(client.get(again["Location"])))


def test_what_somebody_else_did_meanwhile_is_shown_and_what_was_typed_is_kept(cast: Cast) -> None:
    case, client = cast.receive(), cast.client("officer")
    given = boxes(client.get(page(case)))
    cast.do("refuse_complaint", case, by="colleague", ground="other", reasons="x", ombudsman_right_given=True)
    before = verbs_of(case)
    answer = client.post(page(case), given | {"acknowledge-definition": "My very own words"})
    assert answer.status_code == 409
    assert "Someone else changed this first" in text_of(answer)
    assert boxes(answer)["acknowledge-definition"].strip() == "My very own words"
    assert verbs_of(case) == before


def test_it_leads_back_to_the_row_it_was_opened_from(cast: Cast) -> None:
    case, client = cast.receive(), cast.client("officer")
    back = f"/queue/?handler=nobody#row-{case.reference}"
    opened = client.get(page(case), {"back": back})
    assert client.post(page(case), boxes(opened))["Location"] == back


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "x",
        "/a\r\nb",
    ],
)
def test_it_never_leads_off_the_site(cast: Cast, back: str) -> None:
    case, client = cast.receive(), cast.client("officer")
    given = boxes(client.get(page(case), {"back": back})) | {"back": back}
    assert client.post(page(case), given)["Location"] == f"/cases/{case.reference}/"


def test_it_may_have_happened_earlier(cast: Cast) -> None:
    from putright.record.journal.queries import of_case

    case = cast.receive("2026-11-24T09:30")
    when = {
        "log_complaint-happened_on-day": "27",
        "log_complaint-happened_on-month": "11",
        "log_complaint-happened_on-year": "2026",
        "log_complaint-happened_time": "10:00",
    }
    assert fill(cast.client("officer"), page(case), **when).status_code == 302
    days = {entry.verb: str(entry.happened_on) for entry in of_case(case.landlord_id, case.pk)[1:]}
    assert days == dict.fromkeys(("log_complaint", "acknowledge", "assign"), "2026-11-27")


def test_checking_the_letter_sends_nothing(cast: Cast) -> None:
    case, client = cast.receive(), cast.client("officer")
    answer = client.post(page(case), boxes(client.get(page(case))) | {"do": "check"})
    assert answer.status_code == 200
    assert "The letter" in text_of(answer)
    assert verbs_of(case) == ["receive"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("colleague", 200),
        ("investigator", 403),
        ("contact_staff", 403),
        ("service_manager", 403),
        ("board_member", 403),
        ("auditor", 403),
        ("administrator", 403),
        ("stranger", 404),
        (None, 302),
    ],
)
def test_only_those_whose_role_does_all_of_it_have_the_page(cast: Cast, who: str | None, status: int) -> None:
    case = cast.receive()
    assert cast.client(who).get(page(case)).status_code == status
    assert cast.client(who).post(page(case), {"log_complaint-key": "x"}).status_code in (status, 403)
    assert verbs_of(case) == ["receive"]


def test_bad_input_is_said_and_nothing_crashes(cast: Cast) -> None:
    case, client = cast.receive(), cast.client("officer")
    given = boxes(client.get(page(case)))
    for name in given:
        for bad in ("\0", "😀" * 20, "<script>alert(1)</script>", "9" * 5000, ""):
            answer = client.post(page(case), given | {name: bad, "do": "check"})
            assert answer.status_code in (200, 302), (name, bad[:20])
            assert "<script>alert" not in answer.content.decode()
    assert verbs_of(case) == ["receive"]
