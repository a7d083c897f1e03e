"""What a page says when an action cannot be done, needs more, or somebody else was first; and when it happened."""

from __future__ import annotations

from datetime import date

import pytest
from cast import Cast
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, text_of

from putright.record.cases.models import Case
from putright.record.journal.models import Entry


def verbs(case: Case) -> list[str]:
    return list(Entry.objects.filter(case=case.pk).order_by("number").values_list("verb", flat=True))


def page(case: Case, verb: str) -> str:
    return f"/cases/{case.reference}/{verb}/"


def at_stage_2(cast: Cast) -> Case:
    from putright.casework.fields import PointDecided

    case = cast.open()
    decisions = [PointDecided(n, "not_upheld", "The record shows it.") for n in (1, 2)]
    cast.do("respond", case, "investigator", "2026-11-25T10:00", decisions=decisions)
    cast.do("request_escalation", case, "contact_staff", "2026-11-26T10:00")
    cast.do("escalate", case, "officer", "2026-11-26T11:00")
    return cast.fresh(case)


# Refused


def test_what_is_refused_says_why_keeps_what_was_typed_and_is_recorded(cast: Cast) -> None:
    case = cast.receive()
    sent = fill(
        cast.client("officer"),
        page(case, "refuse_complaint"),
        ground="legal_proceedings",
        reasons="A solicitor wrote to us.",
        ombudsman_right_given="no",
        nowhere_else="on",
        do="send",
    )
    told = text_of(sent)
    assert "Tell the resident that they can take this decision to the Housing Ombudsman (Code 2.4)." in told
    assert "Proceedings have begun only once a claim is filed at court." in told
    assert "(Code 2.2)" in told
    assert "The attempt is recorded." in told
    assert boxes(sent)["reasons"] == "A solicitor wrote to us."
    assert verbs(case) == ["receive", "refused"]


def test_after_a_refusal_the_same_form_can_be_put_right_and_sent(cast: Cast) -> None:
    case = cast.receive()
    client, where = cast.client("officer"), page(case, "refuse_complaint")
    given = {"ground": "already_considered", "reasons": "Answered in May.", "ombudsman_right_given": "no"}
    given |= {"nowhere_else": "on", "do": "send"}
    refused = fill(client, where, **given)
    sent = client.post(where, boxes(refused) | {"ombudsman_right_given": "yes"})
    assert sent.status_code == 302, text_of(sent)
    assert verbs(case) == ["receive", "refused", "refuse_complaint"]


@pytest.mark.parametrize("verb", ["draft_response", "respond"])
def test_who_considered_stage_1_finds_no_form_at_stage_2(cast: Cast, verb: str) -> None:
    case = at_stage_2(cast)
    opened = cast.client("investigator").get(page(case, verb))
    assert "This person considered the complaint at stage 1 (Code 6.13)." in text_of(opened)
    assert not page_of(opened).xpath("//main//textarea")
    given = {"point-1-decision": "upheld", "point-1-reasons": "Because.", "do": "send"}
    given |= {"point-2-decision": "upheld", "point-2-reasons": "Because.", "looked_at": "6.11,7.1"}
    given |= {"key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f", "read_at": str(case.entries)}
    sent = cast.client("investigator").post(page(case, verb), given)
    assert "(Code 6.13)" in text_of(sent)
    assert verbs(case)[-1] == "refused"


def test_who_cannot_be_chosen_is_shown_with_the_reason_and_refused_all_the_same(cast: Cast) -> None:
    case = at_stage_2(cast)
    cast.do("declare_interest", case, staff=str(cast.colleague.pk), interest="A cousin.")
    client = cast.client("officer")
    opened = client.get(page(case, "assign"))
    disabled = {
        each.get("value"): each.getparent().text_content()
        for each in page_of(opened).xpath("//input[@name='handler'][@disabled]")
    }
    assert set(disabled) == {str(cast.investigator.pk), str(cast.colleague.pk)}
    assert "considered the complaint at stage 1 (Code 6.13)" in disabled[str(cast.investigator.pk)]
    assert "declared an interest (Code 5.8)" in disabled[str(cast.colleague.pk)]
    names = page_of(opened).xpath("//input[@name='handler']/@value")
    assert str(cast.contact_staff.pk) not in names
    sent = fill(client, page(case, "assign"), handler=str(cast.investigator.pk))
    assert "(Code 6.13)" in text_of(sent)
    assert verbs(case)[-1] == "refused"


@pytest.mark.parametrize(
    "verb", ["acknowledge", "extend", "respond", "withdraw", "refuse_complaint", "correct"]
)
def test_a_role_that_does_not_reach_so_far_is_told_so_and_noted(cast: Cast, verb: str) -> None:
    case = cast.open() if verb != "acknowledge" else cast.receive()
    client, where = cast.client("contact_staff"), page(case, verb) + "?entry=1"
    opened = client.get(where)
    assert opened.status_code == 403
    assert "The role of contact staff does not do this." in text_of(opened)
    given = {
        "key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f",
        "definition": "Damp.",
        "reason": "x",
        "entry": "1",
    }
    given |= {"who": "resident", "how": "mend" if verb == "correct" else "telephone", "do": "send"}
    client.post(where, given)
    assert set(verbs(case)) <= {"receive", "acknowledge", "assign", "refused"}
    assert Case.objects.get(pk=case.pk).state == ("received" if verb == "acknowledge" else "open")


def test_what_the_state_does_not_allow_says_so(cast: Cast) -> None:
    opened = cast.client("officer").get(page(cast.receive(), "close"))
    assert "This is not possible while the case is received." in text_of(opened)
    assert not page_of(opened).xpath("//main//form")


@pytest.mark.parametrize("verb", ["receive", "nonsense", "respond-", "viewed", "refused"])
def test_there_is_no_page_for_what_is_no_action_here(cast: Cast, verb: str) -> None:
    assert cast.client("officer").get(page(cast.open(), verb)).status_code == 404


@pytest.mark.parametrize("verb", ["keep_promise", "pay", "comply", "move_to_procedure"])
def test_with_nothing_to_choose_from_the_page_says_so(cast: Cast, verb: str) -> None:
    opened = cast.client("officer").get(page(cast.open(), verb))
    assert not page_of(opened).xpath("//main//form")
    assert page_of(opened).xpath("//p[contains(@class, 'pr-empty')]")


# Needs more


def test_an_extension_past_the_limit_asks_for_the_reason_with_its_provision(cast: Cast) -> None:
    case = cast.open()
    client, where = cast.client("officer"), page(case, "extend")
    given = {"reason": "A survey.", "ombudsman_details_given": "yes"} | day("until", "2026-12-21")
    asked = fill(client, where, **given)
    assert errors_of(asked) == ["Give the reason it must go past the limit (Code 6.4)."]
    assert boxes(asked)["reason"] == "A survey."
    assert verbs(case) == ["receive", "acknowledge", "assign"]
    sent = client.post(where, boxes(asked) | {"good_reason_beyond_limit": "The lab is closed."})
    assert sent.status_code == 302
    assert notices_of(client.get(sent["Location"]))[0] == (
        "Extended. Now due: answer stage 1, Monday 21 December, in 14 working days."
    )


def test_the_day_it_is_due_and_the_limit_stand_beside_an_extension(cast: Cast) -> None:
    panel = page_of(cast.client("officer").get(page(cast.open(), "extend"))).xpath("//aside")[0]
    told = " ".join(panel.text_content().split())
    assert "Due nowFriday 4 December" in told
    assert "LimitFriday 18 December" in told
    assert "at most 10 working days" in told


def test_extending_what_is_late_already_says_that_it_stays_late(cast: Cast) -> None:
    case = cast.open()
    cast.clock.set("2026-12-07T10:00")
    client, where = cast.client("officer"), page(case, "extend")
    assert "the answer stays late (Code 6.4)" in text_of(client.get(where))
    given = {"reason": "A survey.", "ombudsman_details_given": "yes"} | day("until", "2026-12-11")
    notices = notices_of(client.get(fill(client, where, **given)["Location"]))
    assert "This was told after the due day, so the answer stays late (Code 6.4)." in notices


def test_under_2022_it_is_asked_whether_the_resident_agreed(cast: Cast) -> None:
    cast.clock.set("2024-02-20T10:00")
    case = cast.receive("2024-02-05T09:30")
    cast.do("acknowledge", case, at="2024-02-07", definition="Damp.")
    client, where = cast.client("officer"), page(case, "extend")
    assert "agreed" in boxes(client.get(where))
    given = {"reason": "A survey.", "agreed": "no"} | day("until", "2024-02-29")
    asked = fill(client, where, **(given | {"ombudsman_details_given": "not_recorded"}))
    assert errors_of(asked) == ["Say whether the letter gives the Housing Ombudsman's details (Code 5.3)."]


def test_under_2024_it_is_not(cast: Cast) -> None:
    assert "agreed" not in boxes(cast.client("officer").get(page(cast.open(), "extend")))


def test_an_award_over_the_limit_asks_who_approved_it(cast: Cast) -> None:
    cast.landlord.procedures.update(changes={"award_approval_over": 250})
    case = cast.open()
    client, where = cast.client("officer"), page(case, "award")
    opened = client.get(where)
    assert "Over £250.00 somebody else must approve it." in text_of(opened)
    assert str(cast.officer.pk) not in page_of(opened).xpath("//select[@name='approved_by']/option/@value")
    asked = fill(client, where, amount="300", **{"for": "distress"})
    assert errors_of(asked) == ["Say who approved it: it is over the amount one person may award."]
    sent = client.post(where, boxes(asked) | {"approved_by": str(cast.colleague.pk)})
    assert sent.status_code == 302


def test_a_twelve_month_refusal_asks_for_the_day_and_what_was_weighed(cast: Cast) -> None:
    case = cast.receive()
    given = {"ground": "over_twelve_months", "reasons": "Two years ago.", "ombudsman_right_given": "yes"}
    given |= {"nowhere_else": "on", "do": "send"}
    asked = fill(cast.client("officer"), page(case, "refuse_complaint"), **given)
    assert errors_of(asked) == [
        "Give the day it happened, or the day they first knew (Code 2.3).",
        "Say what was weighed in favour of taking it (Code 2.3).",
    ]


@pytest.mark.parametrize(
    ("verb", "answers", "says"),
    [
        ("promise", {"what": "Fan"} | day("due", "2026-02-30"), "The day must be a real day."),
        (
            "award",
            {"amount": "about fifty", "for": "distress"},
            "The amount must be in pounds, like 60 or 60.50.",
        ),
        ("agree_updates", {"every": "0", "unit": "days"}, "Ensure this value is greater than or equal to 1."),
        (
            "record_contact",
            {"direction": "sideways", "channel": "email", "summary": "x"},
            "Choose one from the list.",
        ),
    ],
)
def test_a_wrong_value_says_what_to_do_and_keeps_what_was_typed(cast: Cast, verb, answers, says) -> None:
    sent = fill(cast.client("officer"), page(cast.open(), verb), **answers)
    assert says in errors_of(sent)
    for name, value in answers.items():
        if value != "sideways":
            assert boxes(sent)[name] == value


def test_a_text_longer_than_can_be_kept_is_told_and_not_lost(cast: Cast) -> None:
    words = "w" * 100_001
    sent = fill(cast.client("officer"), page(cast.open(), "ask_to_clarify"), question=words)
    assert sent.status_code == 200
    assert errors_of(sent)
    assert boxes(sent)["question"] == words


def test_a_refusal_says_where_else_it_can_go_and_by_when(cast: Cast) -> None:
    case = cast.receive()
    client, where = cast.client("officer"), page(case, "refuse_complaint")
    given = {"ground": "other", "reasons": "A claim for damages.", "ombudsman_right_given": "yes"}
    asked = fill(client, where, **given, do="send")
    assert errors_of(asked) == ["Say where else this can go and by when, or that there is nowhere else."]
    asked = fill(client, where, **given, **{"way-1-route": "homelessness_review"}, do="send")
    assert errors_of(asked) == [
        "Give the last day, or tick that there is none. It may be Monday 21 December: check it first."
    ]
    asked = fill(client, where, **given, **{"way-1-route": "other", "way-1-no_limit": "on"}, do="send")
    assert errors_of(asked) == ["Say where."]
    grown = client.post(where, boxes(asked) | {"do": "add-way"})
    assert errors_of(grown) == []
    assert "way-4-route" in boxes(grown)
    more = {"way-1-where": "The harbour board", "way-2-route": "insurer", "do": "send"}
    sent = client.post(where, boxes(grown) | more | day("way-2-by", "2027-01-04"))
    assert sent.status_code == 302, text_of(sent)
    told = text_of(client.get(sent["Location"]))
    assert "Where else: The harbour board, no last day" in told
    assert "a claim with our insurer, by Monday 4 January" in told


# Somebody else was first


def test_the_second_person_is_told_who_did_what_and_loses_nothing(cast: Cast) -> None:
    case = cast.open()
    client, where = cast.client("officer"), page(case, "withdraw")
    given = boxes(client.get(where)) | {"who": "resident", "how": "telephone", "reason": "It is mended."}
    cast.clock.pass_by(minutes=40)
    cast.do(
        "extend", case, "investigator", until=date(2026, 12, 11), reason="x", ombudsman_details_given=True
    )
    clash = client.post(where, given)
    assert clash.status_code == 409
    told = text_of(clash)
    assert "Someone else changed this first" in told
    assert "Cara Lind, 10:40: Extended" in told
    assert boxes(clash)["reason"] == "It is mended."
    assert "withdraw" not in verbs(case)
    sent = client.post(where, boxes(clash))
    assert sent.status_code == 302, text_of(sent)
    assert verbs(case)[-1] == "withdraw"


def test_a_contact_made_meanwhile_does_not_stand_in_the_way(cast: Cast) -> None:
    case = cast.open()
    client, where = cast.client("officer"), page(case, "ask_to_clarify")
    given = boxes(client.get(where)) | {"question": "Which room?"}
    cast.do("record_contact", case, "contact_staff", direction="in", channel="email", with_="A", summary="x")
    assert client.post(where, given).status_code == 302


# When it happened


def test_what_is_sent_as_it_stands_happened_when_it_was_sent(cast: Cast) -> None:
    case = cast.open()
    client, where = cast.client("officer"), page(case, "ask_to_clarify")
    given = boxes(client.get(where)) | {"question": "Which room?"}
    cast.clock.pass_by(minutes=25)
    client.post(where, given)
    assert Entry.objects.get(case=case.pk, verb="ask_to_clarify").happened_at == cast.clock.now


def test_a_step_recorded_late_counts_on_its_own_day_and_shows_when_it_was_recorded(cast: Cast) -> None:
    case = cast.receive("2026-11-16T09:30")
    client = cast.client("officer")
    given = {"definition": "Damp.", "happened_time": "11:05"} | day("happened_on", "2026-11-20")
    sent = fill(client, page(case, "acknowledge"), **given)
    entry = Entry.objects.get(case=case.pk, verb="acknowledge")
    assert (str(entry.happened_on), entry.recorded_at) == ("2026-11-20", cast.clock.now)
    told = text_of(client.get(sent["Location"]))
    assert "Acknowledged. Now due: answer stage 1, Friday 4 December, in 3 working days." in told
    assert "recorded Tue 1 Dec" in told


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (day("happened_on", "2026-12-02"), "The day must be today or earlier."),
        ({"happened_time": "10:01"}, "The time must be now or earlier."),
        (
            day("happened_on", "2026-11-15"),
            "The case came on Monday 16 November. Give that day or a later one.",
        ),
        (day("happened_on", "2026-11-31"), "The day must be a real day."),
        ({"happened_time": "half past"}, "The time must be like 15:00."),
    ],
)
def test_a_day_that_cannot_be_is_refused_where_it_stands(cast: Cast, when, says) -> None:
    case = cast.open()
    sent = fill(cast.client("officer"), page(case, "ask_to_clarify"), question="Which room?", **when)
    assert errors_of(sent) == [says]
    assert page_of(sent).xpath("//details[contains(@class, 'pr-when')]/@open") == [""]
    assert "ask_to_clarify" not in verbs(case)


def test_a_late_step_warns_on_the_case_page_afterwards(cast: Cast) -> None:
    case = cast.receive("2026-11-16T09:30")
    client = cast.client("officer")
    notices = notices_of(
        client.get(fill(client, page(case, "acknowledge"), outcomes="Dry walls")["Location"])
    )
    assert any("(Code 6.2)" in each for each in notices)


# Pages that ask a little more


def test_a_withdrawal_keeps_who_wished_it_how_and_when(cast: Cast) -> None:
    from putright.record.journal.models import Text

    case = cast.open()
    client, where = cast.client("officer"), page(case, "withdraw")
    assert "Silence is never a withdrawal." in text_of(client.get(where))
    asked = fill(client, where, reason="It is mended.")
    assert errors_of(asked) == ["Choose who wished to stop.", "Choose how they told us."]
    when = day("happened_on", "2026-11-30") | {"happened_time": "15:20"}
    sent = fill(client, where, who="resident", how="telephone", reason="It is mended.", **when)
    reason = Text.objects.get(case=case.pk, name="reason").text
    assert reason == (
        "Asked for by Amira Yusuf (resident), telephone, Monday 30 November 2026 at 15:20: It is mended."
    )
    assert "say how to take it up again" in notices_of(client.get(sent["Location"]))[0]


def test_a_point_that_opens_a_case_of_its_own_says_which(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    sent = fill(client, page(case, "add_point"), point="Parking", related="no")
    other = Case.objects.exclude(pk=case.pk).get()
    after = client.get(sent["Location"])
    assert f"It opened a case of its own: {other.reference}." in notices_of(after)[0]
    assert f"Led to {other.reference}" in text_of(after)


def test_seniority_is_taken_from_what_is_known_of_the_handler(cast: Cast) -> None:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.reviewer).update(seniority="officer")
    cast.landlord.procedures.update(profile="womens-pioneer")
    case = at_stage_2(cast)
    client = cast.client("officer")
    sent = fill(client, page(case, "assign"), handler=str(cast.reviewer.pk))
    assert Entry.objects.get(case=case.pk, verb="assign", data__seniority="officer")
    assert any("at least a director" in each for each in notices_of(client.get(sent["Location"])))


def test_somebody_who_acts_for_the_resident_is_chosen_where_known_and_named_where_not(cast: Cast) -> None:
    from putright.record.people.models import Person

    helper = Person.objects.create(landlord=cast.landlord, name="Leila Yusuf")
    known, unknown = cast.receive(representative=helper), cast.open()
    client = cast.client("officer")
    sent = fill(client, page(known, "record_authority"), representative=f"p{helper.pk}", given="yes")
    assert "given to Leila Yusuf" in text_of(client.get(sent["Location"]))
    sent = fill(client, page(unknown, "record_authority"), representative="Omar Aziz", given="no")
    assert "not given to Omar Aziz" in text_of(client.get(sent["Location"]))


def test_sharing_with_a_representative_without_authority_is_refused_by_name(cast: Cast) -> None:
    case = cast.open()
    sent = fill(cast.client("officer"), page(case, "share_findings"), **{"with": "representative"})
    assert "The resident's authority for this representative is not recorded." in text_of(sent)


# Stage 2, asked for too early or too late


def test_asked_for_too_early_it_is_kept_as_a_contact_on_its_own_day(cast: Cast) -> None:
    from putright.record.journal.models import Text

    case = cast.open()
    client, where = cast.client("contact_staff"), page(case, "request_escalation")
    opened = text_of(client.get(where))
    assert "Stage 1 is not answered yet, so stage 2 cannot begin." in opened
    assert "the Housing Ombudsman can help at any time" in opened
    asked = fill(client, where, do="keep")
    assert errors_of(asked) == ["Choose how they asked."]
    given = {"channel": "telephone", "reasons": "Nobody came."} | day("happened_on", "2026-11-30")
    sent = fill(client, where, do="keep", **given)
    assert sent.status_code == 302, text_of(sent)
    assert verbs(case) == ["receive", "acknowledge", "assign", "refused", "record_contact"]
    contact = Entry.objects.get(case=case.pk, verb="record_contact")
    assert str(contact.happened_on) == "2026-11-30"
    assert Text.objects.get(case=case.pk, entry_number=contact.number, name="summary").text == (
        "Asked for stage 2. Nobody came."
    )
    assert "Kept as a contact." in notices_of(client.get(sent["Location"]))[0]


def test_after_the_window_it_can_be_taken_or_kept(cast: Cast) -> None:
    from putright.casework.fields import PointDecided

    cast.landlord.procedures.update(profile="womens-pioneer")
    case = cast.open()
    decisions = [PointDecided(n, "not_upheld", "The record shows it.") for n in (1, 2)]
    cast.do("respond", case, "investigator", decisions=decisions)
    cast.clock.set("2027-02-01T10:00")
    client, where = cast.client("contact_staff"), page(case, "request_escalation")
    assert "The request can be taken all the same" in text_of(client.get(where))
    kept = fill(client, where, do="keep", channel="letter")
    assert kept.status_code == 302
    assert verbs(case)[-1] == "record_contact"
    taken = fill(client, where, channel="letter")
    assert verbs(case)[-1] == "request_escalation"
    notices = notices_of(client.get(taken["Location"]))
    assert any("after the landlord's own time" in each for each in notices)
