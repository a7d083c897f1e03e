"""Draft and send the response: one page, at both stages, that loses no word and sends nothing by surprise."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, said, text_of

from putright.record.cases.models import Case
from putright.record.journal.models import Entry, Text

WHOLE: dict[str, str] = {
    "point-1-decision": "upheld",
    "point-1-reasons": "We came nineteen days late, and that was our fault.",
    "point-2-decision": "not_upheld",
    "point-2-reasons": "The log shows that the visit was made that day.",
    "point-2-cites": "Repairs policy, 4.2",
    "outcome-1-answer": "yes",
    "outcome-1-why": "They will be treated twice.",
    "remedy-1-what": "Treat the walls",
    "remedy-1-owner": "Repairs",
    **day("remedy-1-by", "2026-12-11"),
    "action-1-what": "Mend the fan",
    **day("action-1-by", "2026-12-09"),
    "sum-1-amount": "60.50",
    "sum-1-purpose": "distress",
    "sum-2-amount": "88.00",
    "sum-2-purpose": "11 days at £8.00",
}


def page(case: Case, verb: str = "draft_response") -> str:
    return f"/cases/{case.reference}/{verb}/"


def verbs(case: Case) -> list[str]:
    return list(Entry.objects.filter(case=case.pk).order_by("number").values_list("verb", flat=True))


def panel(answer: Any) -> str:
    return said(page_of(answer).xpath("//aside[@aria-labelledby='before']")[0])


def test_a_saved_draft_comes_back_whole(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    letter = "Dear Amira,\n\nWe are sorry.\n  Indented.\n"
    saved = fill(client, page(case), **WHOLE, letter=letter, do="save")
    assert saved.status_code == 302, text_of(saved)
    assert saved["Location"] == page(case)
    assert verbs(case)[-1] == "draft_response"
    again = client.get(page(case))
    assert "Draft saved at 10:00." in notices_of(again)
    shown = boxes(again)
    for name, typed in WHOLE.items():
        assert shown[name] == typed, name
    assert shown["letter"].replace("\r\n", "\n").strip() == letter.strip()


def test_a_draft_that_is_half_done_can_be_saved_and_says_what_stops_it(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    half = {"point-1-decision": "upheld", "remedy-1-what": "Treat the walls"}
    fill(client, page(case), **half, do="save")
    told = panel(client.get(page(case)))
    assert "Stops sending (5)" in told
    assert "Answer outcome 1, “Treat the walls”: yes, no and why, or not ours." in told
    assert "Give the reasons for the decision on point 1 (Code 6.7)" in told
    assert "Decide point 2: upheld, partly upheld or not upheld (Code 6.7)" in told
    assert "Give the day for remedy 1, “Treat the walls” (Code 7.3)" in told
    assert "Sending commits us to Treat the walls: no day yet" in told


def test_a_draft_that_names_staff_or_is_vague_is_worth_a_second_look(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    reasons = "Cara Lind will come soon to look at the wall, and the rest follows in due course."
    fill(client, page(case), **(WHOLE | {"point-1-reasons": reasons}), do="save")
    told = panel(client.get(page(case)))
    assert "Look again" in told
    assert "Cara" in told
    assert "“in due course” gives no day" in told


def test_rows_grow_and_nothing_is_sent_or_lost(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    opened = client.get(page(case))
    for kind in ("remedy", "action"):
        assert f"{kind}-3-what" in boxes(opened)
        assert f"{kind}-4-what" not in boxes(opened)
    grown = fill(client, page(case), **WHOLE, do="add-remedy")
    assert grown.status_code == 200
    assert errors_of(grown) == []
    assert "remedy-4-what" in boxes(grown)
    grown = client.post(page(case), boxes(grown) | {"do": "add-remedy"})
    assert "remedy-5-what" in boxes(grown)
    for name, typed in WHOLE.items():
        assert boxes(grown)[name] == typed
    assert verbs(case) == ["receive", "acknowledge", "assign"]
    more = boxes(grown) | {"remedy-5-what": "Say sorry", "do": "save"} | day("remedy-5-by", "2026-12-08")
    client.post(page(case), more)
    kept = Text.objects.filter(case=case.pk, name__startswith="remedy.").order_by("name")
    assert [each.text for each in kept] == ["Treat the walls", "Say sorry"]


@pytest.mark.parametrize("rows", ["0", "-1", "9999", "x", "", "3" * 50])
def test_a_forged_number_of_rows_does_no_harm(cast: Cast, rows: str) -> None:
    case = cast.open()
    given = WHOLE | {"remedy-rows": rows, "do": "add-remedy"}
    assert fill(cast.client("investigator"), page(case), **given).status_code == 200


def test_what_is_sent_becomes_promises_and_awards(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    sent = fill(client, page(case), **WHOLE, do="send")
    assert sent.status_code == 302, text_of(sent)
    assert verbs(case)[-1] == "respond"
    after = text_of(client.get(sent["Location"]))
    assert "The stage 1 response is sent." in after
    assert "Treat the walls by Friday 11 December owner: Repairs" in after
    assert "Mend the fan by Wednesday 9 December" in after
    assert "£60.50, Distress" in after
    assert "£88.00, 11 days at £8.00" in after
    assert "In all £148.50" in after


def test_a_point_left_out_is_marked_where_it_stands_and_the_attempt_is_recorded(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    missing = (
        WHOLE
        | {"point-2-decision": "", "point-1-reasons": " "}
        | dict.fromkeys(day("remedy-1-by", "2026-1-1"), "")
    )
    refused = fill(client, page(case), **missing, do="send")
    assert errors_of(refused) == [
        "Give reasons for point 1 (Code 6.7).",
        "Decide point 2: upheld, partly upheld or not upheld (Code 6.7).",
        "Give the day by which this will be done (Code 7.3).",
    ]
    assert "The attempt is recorded." in text_of(refused)
    assert verbs(case)[-1] == "refused"
    for name, typed in missing.items():
        if name != "point-2-decision":
            assert boxes(refused)[name] == typed
    sent = client.post(page(case), boxes(refused) | WHOLE | {"do": "send"})
    assert sent.status_code == 302, text_of(sent)


def test_what_is_worth_a_second_look_stops_once_and_no_more(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    bare = {name: value for name, value in WHOLE.items() if name.startswith(("point", "outcome"))}
    looked = fill(client, page(case), **bare, do="send")
    assert looked.status_code == 200
    assert "Something is upheld, and nothing is offered to put it right (Code 7.1)." in text_of(looked)
    assert "Nothing has been sent." in text_of(looked)
    assert verbs(case)[-1] == "assign"
    sent = client.post(page(case), boxes(looked) | {"do": "send"})
    assert sent.status_code == 302, text_of(sent)
    assert verbs(case)[-1] == "respond"


def test_being_late_alone_does_not_stop_it(cast: Cast) -> None:
    case = cast.open()
    cast.clock.set("2026-12-08T10:00")
    client = cast.client("investigator")
    sent = fill(client, page(case), **WHOLE, do="send")
    assert sent.status_code == 302, text_of(sent)
    assert any("(Code 6.3)" in each for each in notices_of(client.get(sent["Location"])))


def test_why_a_warning_was_left_is_kept_with_it(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    bare = {name: value for name, value in WHOLE.items() if name.startswith(("point", "outcome"))}
    looked = fill(client, page(case), **bare, do="send")
    client.post(page(case), boxes(looked) | {"do": "send", "left-1": "The walls are dry again."})
    kept = dict(Text.objects.filter(case=case.pk).values_list("name", "text"))
    assert kept["left_because.1"] == "The walls are dry again."
    assert "nothing is offered to put it right (Code 7.1)" in kept["remark.1"]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"outcome-1-answer": ""}, "Answer outcome 1, “Treat the walls”: yes, no and why, or not ours."),
        ({"outcome-1-answer": "no", "outcome-1-why": ""}, "Say why the answer to outcome 1 is no."),
        (
            {"outcome-1-answer": "not_ours", "outcome-1-why": " "},
            "Say who can decide outcome 1, since we cannot.",
        ),
        ({"duties_ours": "To keep the walls dry."}, "Say what the law asks of both sides."),
    ],
)
def test_each_thing_wanted_is_answered_before_it_is_sent(cast: Cast, answers, says) -> None:
    case = cast.open()
    client = cast.client("investigator")
    held = fill(client, page(case), **(WHOLE | answers), do="send")
    assert errors_of(held) == [says]
    assert verbs(case)[-1] == "assign", "nothing was sent, and nothing refused"
    assert client.post(page(case), boxes(held) | {"do": "save"}).status_code == 302


def test_words_of_legal_advice_do_not_go_out(cast: Cast) -> None:
    case = cast.open()
    advice = "The landlord is very likely to lose this claim if it reaches the county court next spring."
    cast.do("record_advice", case, advice=advice, adviser="Marsh Solicitors")
    client = cast.client("investigator")
    held = fill(client, page(case), **(WHOLE | {"point-1-reasons": f"We were told: {advice}"}), do="send")
    assert held.status_code == 200
    assert "legal advice" in text_of(held)
    assert "respond" not in verbs(case)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (day("remedy-1-by", "2026-02-31"), "The day must be a real day."),
        ({"remedy-1-what": ""}, "Say what will be done."),
        ({"sum-1-amount": "sixty"}, "The amount must be in pounds, like 60 or 60.50."),
        ({"sum-1-amount": ""}, "Give the amount."),
        ({"point-1-decision": "perhaps"}, "Choose one from the list."),
    ],
)
@pytest.mark.parametrize("do", ["send", "save"])
def test_what_cannot_be_read_is_marked_and_all_is_kept(cast: Cast, wrong, says, do) -> None:
    case = cast.open()
    sent = fill(cast.client("investigator"), page(case), **(WHOLE | wrong), do=do)
    assert errors_of(sent) == [says]
    assert boxes(sent)["point-1-reasons"] == WHOLE["point-1-reasons"]
    assert verbs(case)[-1] == "assign"


def test_a_call_that_the_procedure_asks_for_stops_the_answer_and_not_the_draft(cast: Cast) -> None:
    cast.landlord.procedures.update(profile="frontline-2021")
    case = cast.open()
    client = cast.client("investigator")
    fill(client, page(case), **WHOLE, do="save")
    opened = client.get(page(case))
    assert "asks for a call about the outcome before the written answer" in panel(opened)
    refused = client.post(page(case), boxes(opened) | {"do": "send", "looked_at": "x"})
    assert "asks for a call about the outcome" in text_of(refused)
    assert verbs(case)[-1] == "refused"


def test_at_stage_2_each_point_says_what_stage_1_decided(cast: Cast) -> None:
    case = cast.open()
    fill(cast.client("investigator"), page(case), **WHOLE, do="send")
    cast.do("request_escalation", case, "contact_staff")
    cast.do("escalate", case)
    client = cast.client("reviewer")
    opened = client.get(page(case))
    told = text_of(opened)
    assert told.startswith("Stage 2 response")
    assert "Stage 1: upheld. We came nineteen days late, and that was our fault." in told
    assert boxes(opened)["point-1-reasons"] == ""
    looked = fill(client, page(case), **WHOLE, do="send")
    assert "This stage was never acknowledged (Code 6.11)." in text_of(looked)
    sent = client.post(page(case), boxes(looked) | {"do": "send"})
    assert Case.objects.get(pk=case.pk).stage == 2
    assert "The stage 2 response is sent." in notices_of(client.get(sent["Location"]))[0]
    kept = client.get(f"/cases/{case.reference}/").content.decode()
    assert "Promise 1: Treat the walls" in kept
    assert "Promise 3: Treat the walls" in kept


def test_before_the_acknowledgement_it_can_be_answered_but_not_drafted(cast: Cast) -> None:
    case = cast.receive()
    client = cast.client("officer")
    opened = client.get(page(case, "respond"))
    assert not page_of(opened).xpath("//main//button[@value='save']")
    looked = fill(client, page(case, "respond"), **WHOLE, do="send")
    assert "This stage was never acknowledged (Code 6.2)." in text_of(looked)
    assert client.post(page(case, "respond"), boxes(looked) | {"do": "send"}).status_code == 302


def test_the_first_button_saves_so_that_enter_never_sends(cast: Cast) -> None:
    opened = cast.client("investigator").get(page(cast.open()))
    first = page_of(opened).xpath("//main//form//button")[0]
    assert (first.get("name"), first.get("value")) == ("do", "save")


def test_a_draft_made_meanwhile_by_another_is_told_and_both_are_kept(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    given = boxes(client.get(page(case))) | WHOLE | {"do": "save"}
    cast.do("draft_response", case, "reviewer", text="Another draft.")
    clash = client.post(page(case), given)
    assert clash.status_code == 409
    assert "Rita Amoah, 10:00: Response drafted" in text_of(clash)
    assert boxes(clash)["point-1-reasons"] == WHOLE["point-1-reasons"]
    saved = client.post(page(case), boxes(clash) | {"do": "save"})
    assert saved.status_code == 302
    assert verbs(case).count("draft_response") == 2


def test_who_checks_reads_the_draft_beside_the_question(cast: Cast) -> None:
    case = cast.open()
    fill(cast.client("investigator"), page(case), **WHOLE, do="save")
    opened = cast.client("quality_checker").get(f"/cases/{case.reference}/check_response/")
    told = text_of(opened)
    assert "Cara Lind, Tuesday 1 December" in told
    assert "We came nineteen days late" in told
    assert "Upheld" in told


# Each remark, and why it was left


def left(answer: Any, about: str, because: str) -> dict[str, str]:
    """The box "Leave it, because" of the remark that says this, filled in."""
    for remark in page_of(answer).xpath("//input[contains(@name, '-remark')]"):
        if about in remark.get("value"):
            return {
                remark.get("name"): remark.get("value"),
                remark.get("name").removesuffix("-remark"): because,
            }
    raise AssertionError(f"no remark says {about!r}: {panel(answer)}")


def reasons_left(answer: Any) -> dict[str, str]:
    """Why each remark was left, as the page has it in its boxes."""
    found = page_of(answer).xpath("//input[starts-with(@name, 'left-') and not(contains(@name, '-remark'))]")
    return {
        page_of(answer).xpath(f"string(//input[@name='{each.get('name')}-remark']/@value)"): each.get("value")
        for each in found
        if each.get("value")
    }


VAGUE = {"point-1-reasons": "We came nineteen days late. The rest follows in due course."}
SAYS = "“in due course” gives no day. Say which day."


def test_every_remark_can_be_left_with_a_reason_that_the_draft_and_the_answer_keep(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    fill(client, page(case), **(WHOLE | VAGUE), do="save")
    drafted = client.get(page(case))
    why = left(drafted, SAYS, "It is what the freeholder wrote.")
    client.post(page(case), boxes(drafted) | why | {"do": "save"})
    again = client.get(page(case))
    assert reasons_left(again) == {SAYS: "It is what the freeholder wrote."}
    sent = client.post(page(case), boxes(again) | left(again, SAYS, "As they wrote.") | {"do": "send"})
    assert sent.status_code == 302, text_of(sent)
    entry = Entry.objects.get(case=case.pk, verb="respond")
    assert entry.data["told"] == {"left_because": 1, "way": "email"}
    kept = dict(Text.objects.filter(case=case.pk, entry_number=entry.number).values_list("name", "text"))
    assert (kept["remark.1"], kept["left_because.1"]) == (SAYS, "As they wrote.")
    assert "As they wrote" not in str(entry.data)


def test_a_reason_for_leaving_a_remark_outlives_another_row_and_a_wrong_day(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    fill(client, page(case), **(WHOLE | VAGUE), do="save")
    drafted = client.get(page(case))
    typed = boxes(drafted) | left(drafted, SAYS, "It is what the freeholder wrote.")
    grown = client.post(page(case), typed | {"do": "add-remedy"})
    assert reasons_left(grown) == {SAYS: "It is what the freeholder wrote."}
    wrong = client.post(page(case), boxes(grown) | {"remedy-1-by-day": "40", "do": "send"})
    assert errors_of(wrong)
    assert reasons_left(wrong) == {SAYS: "It is what the freeholder wrote."}


def test_a_letter_of_our_own_is_told_what_it_does_not_seem_to_say_and_need_not_tick_outcomes(
    cast: Cast,
) -> None:
    case = cast.open()
    client = cast.client("investigator")
    letter = "Stage 1. Your complaint is about damp. We uphold it because nobody came."
    letter += " We will treat the walls by 11 December."
    given = WHOLE | {"outcome-1-answer": "", "outcome-1-why": "", "letter": letter}
    fill(client, page(case), **given, do="save")
    told = panel(client.get(page(case)))
    assert "Stops sending" not in told
    assert "Nothing in the letter seems to say how to ask for stage 2 (Code 6.9)." in told
    assert "What the complaint is about (Code 6.9)" in told
    sent = fill(client, page(case), do="send")
    assert sent.status_code == 302, text_of(sent)
    after = text_of(client.get(sent["Location"]))
    assert "The letter lacks: way to stage 2." in after


def test_a_letter_in_another_language_is_said_to_be_unread(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    fill(client, page(case), **WHOLE, letter="هذا ردنا على شكواك بشأن الرطوبة في غرفة النوم", do="save")
    assert "This letter is not in English, so nobody has checked what it holds." in panel(
        client.get(page(case))
    )


def test_what_the_letter_of_putright_always_says_counts_as_present(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("investigator")
    fill(client, page(case), **WHOLE, do="save")
    told = panel(client.get(page(case)))
    for label in ("Which stage this is", "How to ask for stage 2", "What was decided"):
        assert f"{label} (Code 6.9)" in told
    assert "How to reach the Housing Ombudsman (Code 3.7)" in told


def test_a_representative_without_authority_is_remarked_on_and_one_with_it_is_not(cast: Cast) -> None:
    from putright.record.people.models import Person

    helper = Person.objects.create(landlord=cast.landlord, name="Leila Yusuf")
    case = cast.open(from_="representative")
    client = cast.client("investigator")
    assert "has no recorded authority" in panel(client.get(page(case)))
    cast.do("record_authority", case, representative=f"p{helper.pk}", given=True)
    assert "has no recorded authority" not in panel(client.get(page(case)))


def test_needs_that_the_answer_passes_over_are_remarked_on_and_adjustments_are_not(cast: Cast) -> None:
    case = cast.open(needs=["asthma"], adjustments=["large print"])
    client = cast.client("investigator")
    fill(client, page(case), **WHOLE, do="save")
    told = panel(client.get(page(case)))
    assert "We know of “asthma”." in told
    assert "large print" not in told
