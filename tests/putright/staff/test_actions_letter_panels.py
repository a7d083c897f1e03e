"""Beside each letter's form: what it must hold, by its provision, what is there and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from form_filling import boxes, day, fill, page_of, said, text_of

from putright.casework.fields import DutiesStated, LeftAsIs, OutcomeAnswer, PointDecided
from putright.record.cases.models import Case
from putright.record.journal.models import Entry

pytestmark = pytest.mark.django_db

ADVICE = (
    "The repairing covenant probably covers the gutter and we would very likely lose in the county court."
)


def panel(answer: Any) -> str:
    return said(page_of(answer).xpath("//aside[@aria-label='Beside the form']")[0])


def entries(case: Case) -> int:
    return Entry.objects.filter(case=case.pk).count()


def requested(cast: Cast) -> Case:
    case = cast.open()
    decisions = [PointDecided(number, "not_upheld", "The log shows a visit.") for number in (1, 2)]
    cast.do("respond", case, "investigator", decisions=decisions)
    cast.do("request_escalation", case)
    return cast.fresh(case)


def test_an_acknowledgement_opens_with_what_is_known_and_what_it_still_has_to_say(cast: Cast) -> None:
    case = cast.receive("2026-11-27T09:30")
    told = panel(cast.client("officer").get(f"/cases/{case.reference}/acknowledge/"))
    assert "Still to be said (1) Say what we are and are not responsible for (Code 5.7)." in told
    assert "Say how to reach the Housing Ombudsman (Code 3.7)." in told
    assert (
        "Present (3) What the complaint is about (Code 5.6) What the resident wants to happen (Code 5.6)"
        in told
    )
    # acknowledged on Tuesday 1 December, answered ten working days later
    assert "The day by which we answer: Tuesday 15 December (Code 6.3)" in told


def test_checking_a_letter_shows_what_it_holds_and_sends_nothing(cast: Cast) -> None:
    case = cast.receive("2026-11-27T09:30")
    before = entries(case)
    given = {
        "definition": "Damp. Cara Lind will see to it soon.",
        "not_responsible_for": "The road outside",
        "ombudsman_details_given": "yes",
        "do": "check",
    }
    checked = fill(cast.client("officer"), f"/cases/{case.reference}/acknowledge/", **given)
    assert checked.status_code == 200
    assert entries(case) == before
    told = panel(checked)
    assert "Still to be said" not in told
    assert "What we are and are not responsible for (Code 5.7)" in told
    assert "How to reach the Housing Ombudsman (Code 3.7)" in told
    assert "“Cara Lind” is the name of one of our staff or contractors." in told
    assert "“soon” gives no day" in told
    assert boxes(checked)["definition"].strip() == given["definition"]
    sent = cast.client("officer").post(
        f"/cases/{case.reference}/acknowledge/", boxes(checked) | {"definition": "Damp."}
    )
    assert sent.status_code == 302, text_of(sent)
    assert entries(case) == before + 1


def test_nothing_of_which_we_are_not_responsible_is_an_answer(cast: Cast) -> None:
    case = cast.receive("2026-11-27T09:30")
    given = {"not_responsible_for_none": "on", "do": "check"}
    told = panel(fill(cast.client("officer"), f"/cases/{case.reference}/acknowledge/", **given))
    assert "Still to be said" not in told


def test_an_extension_shows_how_far_it_may_go_and_what_its_letter_holds(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    told = panel(client.get(f"/cases/{case.reference}/extend/"))
    assert "How far" in told
    assert "Say the new day for the answer (Code 6.4)." in told
    assert "Say why more time is needed (Code 6.4)." in told
    assert "Say how to reach the Housing Ombudsman (Code 6.5)." in told
    assert "Say how often there will be news (Code 5.9)." in told
    given = {"reason": "The surveyor comes on 10 December.", "ombudsman_details_given": "yes", "do": "check"}
    told = panel(fill(client, f"/cases/{case.reference}/extend/", **given, **day("until", "2026-12-11")))
    assert "Still to be said" not in told
    assert "The new day for the answer (Code 6.4)" in told
    assert "Say how often there will be news (Code 5.9)." in told


def test_an_update_needs_news_and_the_day_of_the_next_unless_it_is_agreed(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    told = panel(client.get(f"/cases/{case.reference}/update/"))
    assert "Say what has happened since the last letter." in told
    assert "Say the day of the next update (Code 5.9)." in told
    cast.do("agree_updates", case, every=5, unit="working_days")
    told = panel(client.get(f"/cases/{case.reference}/update/"))
    assert "Say the day of the next update" not in told


@pytest.mark.parametrize("verb", ["refuse_complaint", "decline_escalation"])
def test_a_refusal_names_its_elements_and_the_days_that_the_law_gives(cast: Cast, verb: str) -> None:
    refusing = verb == "refuse_complaint"
    case = cast.receive("2026-11-27T09:30") if refusing else requested(cast)
    ref = "2.4" if refusing else "5.11"
    client = cast.client("colleague")
    address = f"/cases/{case.reference}/{verb}/"
    told = panel(client.get(address))
    assert f"Say the reasons for this case (Code {ref})." in told
    assert f"Say the right to take this decision to the Housing Ombudsman (Code {ref})." in told
    assert "Say where else this can go and by when, or that there is nowhere." in told
    # 21 days, 1 December being the first
    assert "A review of a decision about homelessness 21 days" in told
    assert "Told today, that is Monday 21 December. Nobody has checked this against the law." in told
    before = entries(case)
    given = {
        "reasons": "The same rise in the rent was answered at both stages in April of this year.",
        "ombudsman_right_given": "yes",
        "way-1-route": "monitoring_officer",
        "way-1-no_limit": "on",
        "do": "check",
    }
    checked = fill(client, address, **given)
    assert entries(case) == before
    assert "Still to be said" not in panel(checked)
    assert "Where else to go, and by when" in panel(checked)
    sent = client.post(address, boxes(checked) | {"ground": "already_considered", "do": "send"})
    assert sent.status_code == 302, text_of(sent)
    assert "Where else: the council's monitoring officer, about a councillor, no last day" in text_of(
        client.get(sent["Location"])
    )


def test_a_way_elsewhere_in_free_words_stands_on_the_timeline_with_its_last_day(cast: Cast) -> None:
    case = cast.receive("2026-11-27T09:30")
    given = {
        "ground": "already_considered",
        "reasons": "The same rise in the rent was answered at both stages in April of this year.",
        "ombudsman_right_given": "yes",
        "way-1-route": "homelessness_review",
        **day("way-1-by", "2026-12-15"),
        "way-2-route": "other",
        "way-2-where": "The drop-in at the library",
        **day("way-2-by", "2026-12-18"),
        "do": "send",
    }
    sent = fill(cast.client("officer"), f"/cases/{case.reference}/refuse_complaint/", **given)
    assert sent.status_code == 302, text_of(sent)
    told = text_of(cast.client("auditor").get(f"/cases/{case.reference}/"))
    assert "Where else: a review of a decision about homelessness, by Tuesday 15 December" in told
    assert "Where else: The drop-in at the library, by Friday 18 December" in told


# Legal advice


def test_advice_is_read_by_those_who_answer_complaints_and_by_nobody_else(cast: Cast) -> None:
    case = cast.open()
    page = f"/cases/{case.reference}/record_advice/"
    sent = fill(cast.client("investigator"), page, advice=ADVICE, adviser="Marsh and Reed")
    assert sent.status_code == 302, text_of(sent)
    for name in ("officer", "colleague", "investigator", "reviewer"):
        told = text_of(cast.client(name).get(f"/cases/{case.reference}/"))
        assert ADVICE in told, name
        assert "From: Marsh and Reed" in told
    for name in (
        "contact_staff", "service_manager", "quality_checker", "liaison", "board_member", "auditor", "administrator",
    ):  # fmt: skip
        told = text_of(cast.client(name).get(f"/cases/{case.reference}/"))
        assert "Legal advice taken" in told, name
        assert "Legal advice is privileged. It is shown only to those who answer complaints." in told
        assert "covenant" not in told and "Marsh and Reed" not in told, name
        assert cast.client(name).get(page).status_code == 403


def test_advice_is_hidden_from_whoever_the_complaint_is_about_and_stays_so_once_it_is_mended(
    cast: Cast,
) -> None:
    case = cast.open(about_staff=[str(cast.users["colleague"].pk)])
    entry = cast.do("record_advice", case, advice=ADVICE, adviser="Marsh and Reed").entry.number
    new = "We would lose at once."
    cast.do("correct", case, entry=entry, reason=f"They said: {new}", fields={"advice": new})
    assert new in text_of(cast.client("officer").get(f"/cases/{case.reference}/"))
    for name in ("colleague", "auditor", "contact_staff"):
        told = text_of(cast.client(name).get(f"/cases/{case.reference}/"))
        assert "covenant" not in told and "lose at once" not in told, name
    mend = f"/cases/{case.reference}/correct/?entry={entry}"
    assert cast.client("colleague").get(mend).status_code == 403
    assert new in str(boxes(cast.client("officer").get(mend)))


def test_an_answer_that_repeats_advice_is_not_sent_from_its_page(cast: Cast) -> None:
    case = cast.open()
    cast.do("record_advice", case, advice=ADVICE, adviser="Marsh and Reed")
    given = {
        "point-1-decision": "upheld",
        "point-1-reasons": "The repairing covenant probably covers the gutter, and we would very likely lose.",
        "point-2-decision": "not_upheld",
        "point-2-reasons": "The log shows a visit.",
        "outcome-1-answer": "yes",
        "remedy-1-what": "Treat the walls",
        **day("remedy-1-by", "2026-12-11"),
        "do": "send",
    }
    refused = fill(cast.client("investigator"), f"/cases/{case.reference}/respond/", **given)
    assert refused.status_code == 200
    assert "Say it in our own words." in text_of(refused)
    assert not Entry.objects.filter(case=case.pk, verb="respond").exists()


def test_whoever_checks_a_draft_reads_its_answers_its_duties_and_what_was_left(cast: Cast) -> None:
    case = cast.open()
    cast.do(
        "draft_response",
        case,
        "investigator",
        decisions=[PointDecided(1, "upheld", "Nobody came.")],
        outcomes=[OutcomeAnswer(1, "not_ours", "The freeholder decides.")],
        duties=DutiesStated("We keep the walls dry.", "You let us in."),
        left_because=[LeftAsIs("“soon” gives no day.", "They said soon.")],
    )
    told = text_of(cast.client("quality_checker").get(f"/cases/{case.reference}/check_response/"))
    assert "Wanted: Treat the walls Not ours to decide The freeholder decides." in told
    assert "The law asks of us We keep the walls dry." in told
    assert "The law asks of the resident You let us in." in told
    assert "Left as it is: “soon” gives no day. Because: They said soon." in told
    assert "Answered" not in told


def test_an_update_that_repeats_advice_is_told_so_when_it_is_checked(cast: Cast) -> None:
    case = cast.open()
    cast.do("record_advice", case, advice=ADVICE, adviser="Marsh and Reed")
    given = {"summary": f"News: {ADVICE.lower()}", "do": "check"}
    told = panel(fill(cast.client("service_manager"), f"/cases/{case.reference}/update/", **given))
    assert "The letter repeats the legal advice. Say it in our own words." in told
    assert "covenant" not in told
