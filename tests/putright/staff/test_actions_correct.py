"""What was recorded wrongly is mended by a further entry, from the entry itself."""

from __future__ import annotations

import pytest
from cast import Cast
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, text_of

from putright.record.cases.models import Case
from putright.record.journal.models import Entry


def page(case: Case, entry: int) -> str:
    return f"/cases/{case.reference}/correct/?entry={entry}"


def last(case: Case) -> Entry:
    return Entry.objects.filter(case=case.pk).latest("number")


def test_the_page_is_filled_with_what_was_recorded(cast: Cast) -> None:
    shown = boxes(cast.client("officer").get(page(cast.open(), 1)))
    assert shown["new-channel"] == "telephone"
    assert shown["new-points"].splitlines() == ["Damp left untreated", "Missed visit"]
    assert shown["new-outcomes"] == "Treat the walls"
    assert (shown["on-day"], shown["on-month"], shown["at_time"]) == ("16", "11", "09:30")


def test_a_new_day_moves_what_follows_from_it(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    given = {"how": "mend", "reason": "It was sent on Thursday."} | day("on", "2026-11-19")
    sent = fill(client, page(case, 2), **given)
    assert sent.status_code == 302, text_of(sent)
    assert last(case).data["fields"].keys() == {"at", "on"}
    told = text_of(client.get(sent["Location"]))
    assert "Answer stage 1 Thursday 3 December" in told
    assert "Corrected: see entry 4" in told


def test_only_what_differs_is_changed(cast: Cast) -> None:
    case = cast.open()
    sent = fill(
        cast.client("officer"),
        page(case, 1),
        how="mend",
        reason="Misheard.",
        **{"new-points": "Damp\nMissed visit\nNo reply", "new-category": "damp"},
    )
    assert sent.status_code == 302, text_of(sent)
    assert last(case).data["fields"] == {"category": "damp", "points": 3}
    told = text_of(cast.client("officer").get(f"/cases/{case.reference}/"))
    assert "3 No reply not decided" in told


def test_an_entry_that_never_happened_is_struck_out(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    fill(client, page(case, 3), how="strike", reason="The wrong case.")
    assert last(case).data["strike"] is True
    assert Case.objects.get(pk=case.pk).handler is None


def test_the_receipt_cannot_be_struck_out(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    assert "strike" not in page_of(client.get(page(case, 1))).xpath("//input[@name='how']/@value")
    sent = fill(client, page(case, 1), how="strike", reason="x")
    assert errors_of(sent) == ["Choose one from the list."]
    assert last(case).verb == "assign"


def test_mending_nothing_is_told(cast: Cast) -> None:
    case = cast.open()
    sent = fill(cast.client("officer"), page(case, 2), how="mend", reason="Hm.")
    assert errors_of(sent) == ["Change what was wrong, or strike the entry out."]
    assert boxes(sent)["reason"] == "Hm."


@pytest.mark.parametrize("entry", ["", "0", "99", "x", "99999999999999999999"])
def test_an_entry_that_is_not_there_has_no_page(cast: Cast, entry: str) -> None:
    case = cast.open()
    answer = cast.client("officer").get(f"/cases/{case.reference}/correct/?entry={entry}")
    assert answer.status_code == 404


def test_a_response_can_be_moved_or_struck_out_and_recorded_again(cast: Cast) -> None:
    from putright.casework.fields import PointDecided

    case = cast.open()
    decisions = [PointDecided(n, "not_upheld", "The record shows it.") for n in (1, 2)]
    cast.do("respond", case, "investigator", decisions=decisions)
    client = cast.client("officer")
    assert "Only the day and time of this entry can be mended here." in text_of(client.get(page(case, 4)))
    sent = fill(client, page(case, 4), how="mend", reason="Sent the day before.", **day("on", "2026-11-30"))
    assert sent.status_code == 302, text_of(sent)
    assert "Monday 30 November" in text_of(client.get(f"/cases/{case.reference}/"))
    fill(client, page(case, 4), how="strike", reason="It was never posted.")
    assert Case.objects.get(pk=case.pk).state == "open"


def test_answers_of_every_kind_come_back_as_they_were_given(cast: Cast) -> None:
    from datetime import date

    case = cast.open()
    cast.do("promise", case, what="Mend the fan", due=date(2026, 12, 9), owner="Repairs")
    cast.do("award", case, amount=6050, for_="distress", reason="Eleven days.")
    cast.do("extend", case, until=date(2026, 12, 11), reason="A survey.", ombudsman_details_given=True)
    cast.do("comment", case, on="findings", text="Not so.")
    cast.do("record_needs", case, needs=["Asthma", "Deaf"], adjustments=[], review_on=date(2027, 1, 4))
    cast.do("report_hazard", case, kind="emergency", aware_at=cast.clock.now)
    client = cast.client("officer")
    shown = [boxes(client.get(page(case, entry))) for entry in range(4, 10)]
    assert (shown[0]["new-what"], shown[0]["new-due-day"], shown[0]["new-owner"]) == (
        "Mend the fan",
        "9",
        "Repairs",
    )
    assert (shown[1]["new-amount"], shown[1]["new-for"]) == ("60.50", "distress")
    assert (shown[2]["new-until-day"], shown[2]["new-ombudsman_details_given"]) == ("11", "yes")
    assert (shown[3]["new-on"], shown[3]["new-text"]) == ("findings", "Not so.")
    assert (shown[4]["new-needs"].splitlines(), shown[4]["new-review_on-year"]) == (
        ["Asthma", "Deaf"],
        "2027",
    )
    assert (shown[5]["new-kind"], shown[5]["new-aware_at_time"]) == ("emergency", "10:00")
    for entry in range(4, 10):
        sent = fill(client, page(case, entry), how="mend", reason="Nothing changes.")
        assert errors_of(sent) == ["Change what was wrong, or strike the entry out."], entry


def test_the_words_of_a_reason_are_mended_and_the_reason_for_it_kept_beside_them(cast: Cast) -> None:
    from datetime import date

    case = cast.open()
    given = {"until": date(2026, 12, 11), "ombudsman_details_given": True}
    cast.do("extend", case, reason="A survay is awaited.", **given)
    client = cast.client("officer")
    sent = fill(
        client, page(case, 4), how="mend", reason="Misspelt.", **{"new-reason": "A survey is awaited."}
    )
    assert sent.status_code == 302, text_of(sent)
    told = text_of(client.get(sent["Location"]))
    assert "Reason: A survey is awaited." in told
    assert "Why it was wrong: Misspelt." in told
    assert "A survey is awaited." in text_of(client.get(f"/cases/{case.reference}/why/respond/"))


def test_what_mends_a_hidden_draft_is_hidden_too(cast: Cast) -> None:
    case = cast.open()
    cast.do("record_advice", case, advice="SECRET ADVICE", adviser="Marsh Solicitors")
    client = cast.client("officer")
    fill(client, page(case, 4), how="mend", reason="Misheard.", **{"new-advice": "SECRET MENDED ADVICE"})
    assert "SECRET MENDED ADVICE" in text_of(client.get(f"/cases/{case.reference}/"))
    for by in ("contact_staff", "auditor", "board_member"):
        assert "SECRET" not in cast.client(by).get(f"/cases/{case.reference}/").content.decode(), by


def test_what_somebody_may_not_read_they_may_not_mend(cast: Cast) -> None:
    from putright.casework.fields import PointDecided

    case = cast.open()
    decisions = [PointDecided(n, "not_upheld", "The record shows it.") for n in (1, 2)]
    cast.do("respond", case, "officer", decisions=decisions)
    cast.do("request_escalation", case, "contact_staff")
    cast.do("escalate", case, "colleague")
    cast.do("draft_response", case, "reviewer", text="SECRET DRAFT")
    checked = cast.do("check_response", case, "quality_checker", passed=False, remarks="SECRET REMARK").entry
    for entry in (checked.number - 1, checked.number):
        opened = cast.client("officer").get(page(case, entry))
        assert "SECRET" not in opened.content.decode()
        assert "shown only to those who may consider that stage (Code 6.13)" in text_of(opened)
        assert not page_of(opened).xpath("//main//form")
    assert "SECRET REMARK" in cast.client("colleague").get(page(case, checked.number)).content.decode()
    told = {"how": "strike", "reason": "x", "entry": checked.number}
    sent = cast.client("officer").post(page(case, checked.number), told)
    assert last(case).number == checked.number
    assert sent.status_code == 403


def test_only_an_officer_may_correct(cast: Cast) -> None:
    case = cast.open()
    assert cast.client("investigator").get(page(case, 2)).status_code == 403
    assert cast.client("stranger").get(page(case, 2)).status_code == 404


def test_the_notice_says_that_it_was_read_anew(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    sent = fill(client, page(case, 3), how="strike", reason="The wrong case.")
    assert notices_of(client.get(sent["Location"]))[0].startswith("Corrected. What follows was read anew.")
