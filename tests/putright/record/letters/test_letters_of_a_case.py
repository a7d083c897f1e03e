"""A letter is read from the entry that says it was sent: what the record holds, and nothing typed twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from complaint_rules.complaint import Complaint
from putright.casework import fields, verb
from putright.record.cases.index import read_case
from putright.record.cases.reading import CaseFile, open_file
from putright.record.letters import compose, records, web
from putright.record.letters.models import Letterhead, Wording

EXTENDED = {"until": date(2026, 12, 18), "reason": "The survey is late.", "ombudsman_details_given": True}
ADDRESS = "14 Sedge Court, Tern Valley, TV1 2BB"


def newest(cast: Any, case: Any) -> tuple[CaseFile, Complaint]:
    file = open_file(cast.fresh(case))
    before = read_case(file.case, file.entries[:-1])
    assert before is not None
    return file, before


def letter_text(cast: Any, case: Any, day: date = date(2026, 12, 1)) -> str:
    file, before = newest(cast, case)
    document, _, _ = records.made(file, before, cast.resident, ADDRESS, day)
    return web.plain_text(document)


def respond(cast: Any, case: Any, **changes: Any) -> None:
    plain = {
        "decisions": [
            {
                "point": 1,
                "decision": "upheld",
                "reasons": "Nobody came for 19 days.",
                "cites": "repairs policy 4.2",
            },
            {"point": 2, "decision": "not_upheld", "reasons": "We came on 9 November, and the log shows it."},
        ],
        "remedies": [{"what": "Treat the walls", "by": "2026-12-11", "owner": "Repairs"}],
        "compensation": [{"amount": 60, "for": "distress"}],
        "outcomes": [{"outcome": 1, "answer": "yes"}],
    } | changes
    given = fields.clean(verb("respond").function, plain)
    cast.do("respond", case, by="investigator", **given)


def own_wording(cast: Any, document: dict[str, Any], in_force_on: date) -> None:
    given = {"kind": "update", "number": 1, "made_at": timezone.now()}
    Wording.objects.create(landlord=cast.landlord, document=document, in_force_on=in_force_on, **given)


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_an_acknowledgement_says_what_it_is_about_and_by_when_we_answer(cast: Any) -> None:
    case = cast.receive("2026-11-27T09:30")
    cast.do(
        "acknowledge",
        case,
        definition="Damp left untreated; a missed visit.",
        not_responsible_for=["The bus stop"],
    )
    text = letter_text(cast, case)
    assert "Your complaint is about: Damp left untreated; a missed visit." in text
    assert "1. Damp left untreated" in text
    assert "- The bus stop" in text
    assert "We will answer by Tuesday 15 December 2026." in text
    assert "14 Sedge Court" not in text  # plain text is read aloud; the window of the envelope is not


def test_an_answer_says_every_decision_remedy_and_sum(cast: Any) -> None:
    case = cast.open()
    respond(cast, case)
    text = letter_text(cast, case)
    for said in (
        "Part of your complaint: 1. Damp left untreated",
        "Upheld: we got this wrong",
        "Nobody came for 19 days.",
        "We looked at: repairs policy 4.2.",
        "What: Treat the walls\nBy when: Friday 11 December 2026\nWho: Repairs",
        "For: Distress\nSum: £60.00",
        "You asked for: Treat the walls\nOur answer: Yes.",
        "You can ask us for stage 2.",
    ):
        assert said in text
    assert "Sorry. We should have answered by" not in text


def test_a_late_answer_says_sorry_for_that(cast: Any) -> None:
    case = cast.open()
    cast.clock.set("2026-12-08T10:00")
    respond(cast, case)
    assert "Sorry. We should have answered by Friday 4 December 2026" in letter_text(
        cast, case, date(2026, 12, 8)
    )


def test_news_after_the_day_has_passed_does_not_promise_that_day(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.")
    assert "We answer your complaint by Friday 4 December 2026." in letter_text(cast, case)
    cast.clock.set("2026-12-08T10:00")
    cast.do("update", case, summary="The surveyor came again.")
    late = letter_text(cast, case, date(2026, 12, 8))
    assert "We should have answered your complaint by Friday 4 December 2026. We are sorry" in late
    assert "We answer your complaint by" not in late


def test_an_answer_in_the_landlords_own_words_is_that_letter(cast: Any) -> None:
    case = cast.open()
    words = (
        "Dear Amira\n\nStage 1. We uphold it. We are sorry. Ask for stage 2. Housing Ombudsman 0300 111 3000."
    )
    respond(cast, case, letter=words)
    text = letter_text(cast, case)
    assert words in text
    assert "What we decided" not in text


@pytest.mark.parametrize(
    ("action", "given", "says"),
    [
        ("update", {"summary": "The surveyor came."}, "The surveyor came."),
        (
            "extend",
            EXTENDED,
            "We will answer by Friday 18 December 2026.",
        ),
        ("withdraw", {"reason": "It is mended."}, "We have stopped the complaint about"),
    ],
)
def test_the_other_letters(cast: Any, action: str, given: dict[str, Any], says: str) -> None:
    case = cast.open()
    cast.do(action, case, **given)
    assert says in letter_text(cast, case)


def test_an_action_that_sends_no_letter_has_none(cast: Any) -> None:
    case = cast.open()
    file, before = newest(cast, case)
    with pytest.raises(KeyError):
        records.made(file, before, cast.resident, ADDRESS, date(2026, 12, 1))


def test_the_landlords_own_wording_is_used_from_its_day(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.")
    document = {"kind": "update", "title": "A word from us", "pieces": [{"text": "Hello. {{opening}}"}]}
    own_wording(cast, document, date(2026, 12, 2))
    assert "Hello." not in letter_text(cast, case, date(2026, 12, 1))
    assert "Hello. The surveyor came." in letter_text(cast, case, date(2026, 12, 2))


def test_the_letterhead_stands_round_it(cast: Any) -> None:
    lines = {"lines": ["1 Mill Lane"], "ombudsman_lines": ["Telephone: 0300 111 3000, nine to five"]}
    Letterhead.objects.create(landlord=cast.landlord, team="Resident voice", **lines)
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.")
    text = letter_text(cast, case)
    assert text.startswith("Tern Valley Homes\n1 Mill Lane")
    assert "Resident voice" in text
    assert "nine to five" in text


def test_what_was_sent_is_kept_byte_for_byte_and_a_change_is_seen(cast: Any, storage: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.")
    file, before = newest(cast, case)
    document, draft, wording = records.made(file, before, cast.resident, ADDRESS, date(2026, 12, 1))
    letter = records.keep(file, document, draft, wording, None, timezone.now())
    assert records.content_of(letter).startswith(b"%PDF")
    assert "update" not in letter.stored_as
    (storage / letter.stored_as).write_bytes(b"something else")
    with pytest.raises(ValueError, match="not the one that was sent"):
        records.content_of(letter)


def test_what_is_not_known_stops_the_letter(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.")
    document = {"kind": "update", "title": "News", "pieces": [{"text": "By {{next_update}}: {{opening}}"}]}
    own_wording(cast, document, date(2026, 1, 1))
    with pytest.raises(compose.Missing) as missing:
        letter_text(cast, case)
    assert missing.value.names == ("next_update",)
