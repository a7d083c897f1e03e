"""Every action has a page: asked in plain words, sent once, and the case page says what is due now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from form_filling import boxes, day, errors_of, fill, notices_of, page_of, text_of

from putright.casework import NAMES
from putright.casework.fields import IssueFound, PointDecided, ToDo
from putright.record.cases.models import Case
from putright.record.journal.models import Entry, Text

Scene = Callable[[Cast], Case]


def received(cast: Cast) -> Case:
    return cast.receive("2026-11-27T09:30")


def open_case(cast: Cast) -> Case:
    return cast.open()


def service_request(cast: Cast) -> Case:
    case = received(cast)
    cast.do("treat_as_service_request", case, reason="A first report.", resident_agrees=True)
    return cast.fresh(case)


def answered(cast: Cast) -> Case:
    case = cast.open()
    decisions = [PointDecided(n, "upheld", "We came late.") for n in (1, 2)]
    remedies = [ToDo("Treat the walls", moment_day("2026-12-11"), "Repairs")]
    cast.do("respond", case, "investigator", decisions=decisions, remedies=remedies)
    return cast.fresh(case)


def moment_day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


def with_a_team(cast: Cast) -> Case:
    from putright.record.accounts.models import Membership

    Membership.objects.filter(user=cast.service_manager).update(team="Repairs")
    return cast.open()


def asked_a_team(cast: Cast) -> Case:
    case = cast.open()
    by = moment_day("2026-12-07")
    cast.do("ask_others", case, of="team", whom="Repairs", point=1, question="When?", answer_by=by)
    return case


def requested(cast: Cast) -> Case:
    case = answered(cast)
    cast.do("request_escalation", case, "contact_staff")
    return cast.fresh(case)


def closed(cast: Cast) -> Case:
    case = answered(cast)
    cast.do("close", case)
    return cast.fresh(case)


def awarded(cast: Cast) -> Case:
    case = open_case(cast)
    cast.do("award", case, amount=6000, for_="distress")
    return case


def with_hazard(cast: Cast) -> Case:
    return cast.open(hazard="significant")


def with_danger(cast: Cast) -> Case:
    return cast.open(dangers=["damp_and_mould"])


def investigated(cast: Cast) -> Case:
    case = with_hazard(cast)
    cast.do("hazard_investigated", case, outcome="Mould.")
    return case


def beside_another(cast: Cast) -> Case:
    case = open_case(cast)
    assert received(cast).reference == OTHER
    return case


def linked(cast: Cast) -> Case:
    case = beside_another(cast)
    cast.do("link_cases", case, other=OTHER, how="same_trouble", reason="The same wall.")
    return cast.fresh(case)


def merged(cast: Cast) -> Case:
    case = beside_another(cast)
    cast.do("merge_cases", case, other=OTHER, reason="The same wall.")
    return cast.fresh(case)


def split(cast: Cast) -> Case:
    case = open_case(cast)
    cast.do("split_case", case, points=[1], reason="Another team.")
    return cast.fresh(case)


def drafted(cast: Cast) -> Case:
    case = open_case(cast)
    cast.do("draft_response", case, "investigator", text="We were late.")
    return case


def with_needs(cast: Cast) -> Case:
    case = open_case(cast)
    cast.do("record_needs", case, needs=["Asthma"], adjustments=["Ring"], review_on=moment_day("2026-12-20"))
    return case


def restricted(cast: Cast) -> Case:
    case = open_case(cast)
    review = moment_day("2027-03-01")
    cast.do("restrict_contact", case, reasons="Threats.", review_on=review, equality_considered=True)
    return case


def surveyed(cast: Cast) -> Case:
    case = closed(cast)
    cast.do("answer_survey", case, score=2, satisfied=False)
    return case


def asked_for_evidence(cast: Cast) -> Case:
    case = closed(cast)
    cast.do("ombudsman_requests_evidence", case, due=moment_day("2026-12-15"), items=["The file"])
    return case


def determined(cast: Cast) -> Case:
    case = closed(cast)
    found = [IssueFound("Damp", "maladministration")]
    orders = [ToDo("Apologise", moment_day("2026-12-20"))]
    cast.do("ombudsman_determines", case, findings=found, orders=orders)
    return case


def second_version(cast: Cast) -> Case:
    from datetime import date

    from putright.record.landlords.models import ProcedureVersion

    ProcedureVersion.objects.create(landlord=cast.landlord, number=2, in_force_on=date(2026, 11, 1))
    case = cast.receive("2026-10-27T09:30")
    return case


STAFF = "{reviewer}"
HAPPY: dict[str, tuple[Scene, dict[str, Any]]] = {
    "treat_as_service_request": (received, {"reason": "A first report.", "resident_agrees": "yes"}),
    "answer_service_request": (service_request, {"answer": "We mend it on Friday.", "satisfied": "yes"}),
    "offer_complaint": (service_request, {"answer": "declines"}),
    "log_complaint": (received, {"category": "damp"}),
    "refuse_complaint": (
        received,
        {
            "ground": "already_considered",
            "reasons": "Answered in May.",
            "ombudsman_right_given": "yes",
            "way-1-route": "insurer",
            "do": "send",
        }
        | day("way-1-by", "2027-01-04"),
    ),
    "assign": (open_case, {"handler": STAFF}),
    "declare_interest": (open_case, {"staff": STAFF, "interest": "A cousin."}),
    "acknowledge": (received, {"outcomes": "Dry walls", "not_responsible_for_none": "on"}),
    "ask_to_clarify": (open_case, {"question": "Which room?"}),
    "agree_definition": (open_case, {"definition": "Damp in the back bedroom."}),
    "agree_updates": (open_case, {"every": "5", "unit": "working_days", "method": "telephone"}),
    "update": (
        open_case,
        {"summary": "A survey is booked.", "method": "email"} | day("next_update", "2026-12-08"),
    ),
    "record_contact": (open_case, {"direction": "in", "channel": "telephone", "summary": "Rang."}),
    "extend": (
        open_case,
        {"reason": "A survey.", "ombudsman_details_given": "yes"} | day("until", "2026-12-11"),
    ),
    "add_point": (open_case, {"point": "Nobody rang back", "related": "yes"}),
    "share_findings": (open_case, {"with": "resident"} | day("comment_by", "2026-12-03")),
    "comment": (open_case, {"on": "findings", "text": "Not so."}),
    "outcome_call": (open_case, {"reached": "no"}),
    "draft_response": (open_case, {"point-1-reasons": "We came late.", "do": "save"}),
    "check_response": (drafted, {"passed": "no", "remarks": "Say sorry first."}),
    "respond": (
        open_case,
        {
            "point-1-decision": "upheld",
            "point-1-reasons": "We came nineteen days late, and that was our fault.",
            "point-2-decision": "not_upheld",
            "point-2-reasons": "The log shows that the visit was made that day.",
            "outcome-1-answer": "yes",
            "remedy-1-what": "Treat the walls",
            "remedy-1-owner": "Repairs",
            "sum-1-amount": "60",
            "sum-1-purpose": "distress",
            "do": "send",
        }
        | day("remedy-1-by", "2026-12-11"),
    ),
    "request_escalation": (answered, {"channel": "telephone"}),
    "escalate": (requested, {"definition": "Whether the visit was made."}),
    "decline_escalation": (
        requested,
        {
            "ground": "already_considered",
            "reasons": "Answered in May.",
            "ombudsman_right_given": "yes",
            "nowhere_else": "on",
            "do": "send",
        },
    ),
    "record_advice": (open_case, {"advice": "The claim is weak.", "adviser": "Marsh Solicitors"}),
    "record_authority": (open_case, {"representative": "Leila Yusuf", "given": "yes"}),
    "promise": (open_case, {"what": "Mend the fan", "owner": "Repairs"} | day("due", "2026-12-09")),
    "keep_promise": (answered, {"promise": "1", "proof": "A photo."}),
    "change_promise": (answered, {"promise": "1", "reason": "Frost."} | day("due", "2026-12-18")),
    "agree_promise": (answered, {"promise": "1", "can": "no", "reason": "The part comes in January."}),
    "ask_others": (
        with_a_team,
        {"of": "team", "whom": "repairs", "question": "When did you go there?", "point": "1"}
        | day("answer_by", "2026-12-07"),
    ),
    "answer_others": (asked_a_team, {"asked": "4", "answer": "We went there on 9 November."}),
    "award": (open_case, {"amount": "60.50", "for": "distress", "reason": "Eleven days."}),
    "pay": (awarded, {"award": "1", "reference": "BACS 12"}),
    "correct": (open_case, {"how": "mend", "reason": "Misheard.", "new-category": "damp"}),
    "move_to_procedure": (second_version, {"version": "2", "reason": "The new policy."}),
    "withdraw": (open_case, {"who": "resident", "how": "telephone", "reason": "It is mended."}),
    "close": (answered, {"root_cause": "missed appointment", "survey": "yes"}),
    "reopen": (closed, {"reason": "New facts."}),
    "send_survey": (closed, {}),
    "answer_survey": (closed, {"score": "4", "satisfied": "yes"}),
    "learn": (closed, {"cause": "No diary.", "lesson": "Keep one."} | day("due", "2027-01-04")),
    "record_needs": (open_case, {"needs": "Asthma", "adjustments": ""} | day("review_on", "2027-01-04")),
    "review_adjustments": (with_needs, {"outcome": "Still right."}),
    "restrict_contact": (
        open_case,
        {"reasons": "Threats to staff.", "equality_considered": "yes"} | day("review_on", "2027-03-01"),
    ),
    "review_restriction": (restricted, {"outcome": "Lifted."}),
    "ombudsman_enquires": (closed, {}),
    "ombudsman_requests_evidence": (closed, {"items": "The file\nThe calls"} | day("due", "2026-12-15")),
    "send_evidence": (asked_for_evidence, {"items": "The file"}),
    "ombudsman_determines": (
        closed,
        {
            "issue-1-issue": "Damp",
            "issue-1-finding": "maladministration",
            "order-1-what": "Apologise",
            "recommendations": "Train staff\nKeep a diary",
            "do": "send",
        }
        | day("order-1-by", "2026-12-20"),
    ),
    "comply": (determined, {"order": "1", "proof": "The letter."}),
    "report_hazard": (
        open_case,
        {"kind": "emergency", "aware_at_time": "09:00"} | day("aware_at", "2026-12-01"),
    ),
    "dismiss_hazard": (with_danger, {"reason": "She looked: a stain, long dry."}),
    "hazard_investigated": (with_hazard, {"outcome": "Mould in two rooms."}),
    "hazard_summary_sent": (investigated, {}),
    "hazard_made_safe": (investigated, {}),
    "link_cases": (beside_another, {"how": "same_trouble", "reason": "The same damp wall."}),
    "unlink_cases": (linked, {"reason": "Another wall."}),
    "merge_cases": (beside_another, {"reason": "The same damp wall."}),
    "unmerge_cases": (merged, {"reason": "Another wall after all."}),
    "split_case": (open_case, {"points": "1", "reason": "Another team."}),
    "unsplit_case": (split, {"reason": "The same team after all."}),
}
OTHER = "TV-26-0002"
OF_TWO_CASES = ("link_cases", "unlink_cases", "merge_cases", "unmerge_cases", "unsplit_case")


def address(case: Case, verb: str) -> str:
    asked = {"correct": "?entry=1"} | dict.fromkeys(OF_TWO_CASES, f"?other={OTHER}")
    return f"/cases/{case.reference}/{verb}/{asked.get(verb, '')}"


def filled_in(cast: Cast, answers: dict[str, Any]) -> dict[str, Any]:
    return {name: str(cast.reviewer.pk) if value == STAFF else value for name, value in answers.items()}


def test_every_action_but_the_receipt_is_tried_here() -> None:
    assert set(HAPPY) == set(NAMES) - {"receive"}


@pytest.mark.parametrize("verb", HAPPY)
def test_an_action_is_done_once_from_its_page(cast: Cast, verb: str) -> None:
    scene, answers = HAPPY[verb]
    case = scene(cast)
    client, before = cast.client("officer"), Entry.objects.filter(case=case.pk).count()
    sent = fill(client, address(case, verb), **filled_in(cast, answers))
    assert sent.status_code == 302, text_of(sent)
    made = Entry.objects.filter(case=case.pk).order_by("number")[before:]
    assert [entry.verb for entry in made] == [verb]
    assert (made[0].actor, made[0].actor_role) == (str(cast.officer.pk), "complaints_officer")
    after = client.get(sent["Location"])
    assert after.status_code == 200
    assert notices_of(after), "the case page says what was done"


@pytest.mark.parametrize("verb", HAPPY)
def test_sending_twice_does_it_once(cast: Cast, verb: str) -> None:
    scene, answers = HAPPY[verb]
    case = scene(cast)
    client, before = cast.client("officer"), Entry.objects.filter(case=case.pk).count()
    where = address(case, verb)
    given = boxes(client.get(where)) | filled_in(cast, answers)
    client.post(where, given)
    again = client.post(where, given)
    assert Entry.objects.filter(case=case.pk).exclude(verb="refused").count() == before + 1
    assert again.status_code in (200, 302, 403, 409)


@pytest.mark.parametrize("verb", HAPPY)
def test_words_reach_the_record_as_they_were_typed(cast: Cast, verb: str) -> None:
    scene, answers = HAPPY[verb]
    typed = {
        name: f"{value} <b>£ “é” السقف"
        for name, value in answers.items()
        if isinstance(value, str) and value[:1].isupper() and name != "representative" and len(value) > 4
    }
    if not typed:
        return
    case = scene(cast)
    client = cast.client("officer")
    sent = fill(client, address(case, verb), **(filled_in(cast, answers) | typed))
    assert sent.status_code == 302, text_of(sent)
    kept = " ".join(Text.objects.filter(case=case.pk).values_list("text", flat=True))
    for name, value in typed.items():
        for line in value.splitlines():
            assert line in kept or name.endswith("owner"), name
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "<b>£" not in page


REQUIRED = [
    verb for verb in HAPPY if HAPPY[verb][1] and verb not in ("draft_response", "correct", "record_needs")
]


@pytest.mark.parametrize("verb", REQUIRED)
def test_an_empty_form_says_what_is_missing_and_does_nothing(cast: Cast, verb: str) -> None:
    if verb in ("offer_complaint", "log_complaint", "acknowledge", "request_escalation", "escalate", "close"):
        return  # these may be sent as they stand
    scene, _ = HAPPY[verb]
    case = scene(cast)
    client, before = cast.client("officer"), Entry.objects.filter(case=case.pk).count()
    empty = {
        name: ""
        for name in boxes(client.get(address(case, verb)))
        if name not in ("key", "read_at", "entry", "other") and not name.endswith("-rows")
    }
    sent = fill(client, address(case, verb), **empty, do="send")
    assert sent.status_code == 200
    told = errors_of(sent)
    assert told
    assert Entry.objects.filter(case=case.pk).exclude(verb="refused").count() == before
    assert page_of(sent).xpath("//title/text()")[0].startswith("Error: ")
    for link in page_of(sent).xpath("//*[contains(@class, 'govuk-error-summary__list')]//a/@href"):
        assert page_of(sent).xpath(f"//*[@id='{link[1:]}']"), f"{link} leads nowhere"
    for says in told:
        assert says.endswith("."), says
        assert "This field" not in says
        assert "field is required" not in says
