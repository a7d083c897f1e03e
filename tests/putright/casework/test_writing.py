"""An action that goes by letter or email makes its letter, keeps it and puts it in the outbox: all, or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from putright.casework.act import CannotWrite
from putright.record.correspondence.models import Outgoing
from putright.record.journal.models import Entry
from putright.record.letters import records
from putright.record.letters.models import Letter, Wording
from putright.record.people.models import Need


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def entries(case: Any) -> int:
    return Entry.objects.filter(landlord=case.landlord_id, case=case.pk).count()


def test_a_letter_is_kept_and_waits_to_be_printed(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.", way="letter")
    letter, outgoing = Letter.objects.get(), Outgoing.objects.get()
    assert (letter.case, letter.kind, letter.outgoing) == (case, "update", outgoing)
    assert letter.entry == outgoing.entry == cast.fresh(case).entries
    assert (outgoing.way, outgoing.to, outgoing.state) == ("letter", "14 Sedge Court", "waiting")
    assert letter.document is not None
    assert letter.document["to_lines"] == ["Amira Yusuf", "14 Sedge Court"]
    assert records.content_of(letter).startswith(b"%PDF")


def test_an_email_holds_the_same_letter_and_no_address_of_a_home(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.", way="email")
    letter, outgoing = Letter.objects.get(), Outgoing.objects.get()
    assert outgoing.to == "amira@example.org"
    assert "The surveyor came." in outgoing.words
    assert letter.document is not None
    assert letter.document["to_lines"] == []
    assert "surveyor" not in outgoing.subject
    assert "complaint" not in outgoing.subject.lower()


def test_what_is_told_another_way_makes_no_letter(cast: Any) -> None:
    case = cast.open()
    cast.do("update", case, summary="The surveyor came.", way="telephone")
    cast.do("update", case, summary="The surveyor came again.")
    assert not Letter.objects.exists()
    assert not Outgoing.objects.exists()


def test_a_letter_that_cannot_be_filled_stops_the_action_and_says_what_is_missing(cast: Any) -> None:
    case = cast.open()
    document = {"kind": "update", "title": "News", "pieces": [{"text": "By {{next_update}}: {{opening}}"}]}
    given = {"kind": "update", "number": 1, "in_force_on": date(2026, 1, 1), "made_at": timezone.now()}
    Wording.objects.create(landlord=cast.landlord, document=document, **given)
    before = entries(case)
    with pytest.raises(CannotWrite, match="the day of the next news"):
        cast.do("update", case, summary="The surveyor came.", way="letter")
    assert entries(case) == before
    assert not Outgoing.objects.exists()


def test_sent_twice_with_one_key_it_is_one_letter(cast: Any) -> None:
    case = cast.open()
    for _ in range(2):
        cast.do("update", case, summary="The surveyor came.", way="letter", key="once")
    assert Letter.objects.count() == Outgoing.objects.count() == 1


@pytest.mark.parametrize(
    ("adjustment", "kept", "warned"),
    [
        ("large_print", "large_print", False),
        ("plain_text", "plain_text", False),
        ("braille", "standard", True),
    ],
)
def test_what_somebody_needs_decides_the_format(cast: Any, adjustment: str, kept: str, warned: bool) -> None:
    Need.objects.create(
        landlord=cast.landlord, person=cast.resident, adjustment=adjustment, since=date(2026, 1, 1)
    )
    case = cast.open()
    outcome = cast.do("update", case, summary="The surveyor came.", way="letter")
    letter = Letter.objects.get()
    assert letter.format == kept
    assert any(each.ref == "format" for each in outcome.warnings) is warned
    if kept == "plain_text":
        assert "The surveyor came." in records.content_of(letter).decode()


def test_each_kind_of_letter_leaves_with_its_action(cast: Any) -> None:
    case = cast.receive("2026-11-27T09:30")
    cast.do("acknowledge", case, definition="Damp.", not_responsible_for=[], way="letter")
    cast.do(
        "extend",
        case,
        until=date(2026, 12, 18),
        reason="The survey is late.",
        ombudsman_details_given=True,
        way="email",
    )
    assert [letter.kind for letter in Letter.objects.order_by("pk")] == ["acknowledgement", "extension"]
