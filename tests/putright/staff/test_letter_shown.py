"""What is shown before sending is what is sent: the same words on the page, the same bytes in the file."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from cast import Cast
from django.utils import timezone
from form_filling import boxes, day, errors_of, fill, page_of, said, text_of

from putright.casework.fields import PointDecided
from putright.record.cases.models import Case
from putright.record.correspondence.models import Outgoing, Stop
from putright.record.journal.models import Entry
from putright.record.letters import records
from putright.record.letters.models import Letter, Wording
from putright.record.people.models import Need, SafeContact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def received(cast: Cast) -> Case:
    return cast.fresh(cast.receive("2026-11-27T09:30"))


def requested(cast: Cast) -> Case:
    case = cast.open()
    decisions = [PointDecided(number, "not_upheld", "The log shows a visit.") for number in (1, 2)]
    cast.do("respond", case, "investigator", decisions=decisions)
    cast.do("request_escalation", case)
    return cast.fresh(case)


ANSWER = {
    "point-1-decision": "upheld",
    "point-1-reasons": "Nobody came for 19 days.",
    "point-2-decision": "not_upheld",
    "point-2-reasons": "The log shows a visit.",
    "outcome-1-answer": "yes",
}
REFUSED = {
    "ground": "other",
    "reasons": "The bus stop is the council's.",
    "ombudsman_right_given": "yes",
    "nowhere_else": "on",
}
KINDS: dict[str, Any] = {
    "acknowledge": (
        received,
        "officer",
        {"definition": "Damp left untreated.", "not_responsible_for": "The bus stop"},
    ),
    "update": (lambda cast: cast.open(), "investigator", {"summary": "The surveyor came."}),
    "extend": (
        lambda cast: cast.open(),
        "investigator",
        {"reason": "The survey is late.", "ombudsman_details_given": "yes", **day("until", "2026-12-18")},
    ),
    "respond": (lambda cast: cast.open(), "investigator", ANSWER),
    "refuse_complaint": (received, "officer", REFUSED),
    "decline_escalation": (requested, "colleague", REFUSED),
}
WAYS = ("letter", "email")


def left(case: Case) -> tuple[int, int, int, int]:
    entries = Entry.objects.filter(case=case.pk).count()
    return entries, Letter.objects.count(), Outgoing.objects.count(), Stop.objects.count()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("verb", KINDS)
def test_the_file_that_is_shown_is_the_file_that_is_kept(
    cast: Cast, storage: Any, verb: str, way: str
) -> None:
    ready, who, given = KINDS[verb]
    case = ready(cast)
    client, address = cast.client(who), f"/cases/{case.reference}/{verb}/"
    before = left(case)
    seen = fill(client, address, **given, way=way, do="pdf")
    assert seen["Content-Type"] == "application/pdf", text_of(seen)
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert left(case) == before
    assert not any(storage.rglob("*.pdf"))
    checked = fill(client, address, **given, way=way, do="check")
    assert left(case) == before
    shown = said(page_of(checked).xpath("//div[@class='pr-letter']")[0])
    cast.clock.pass_by(minutes=7)
    sent = client.post(address, boxes(checked) | {"do": "send"})
    if sent.status_code == 200:  # the answer shows what to look at again, and is pressed again
        sent = client.post(address, boxes(sent) | {"do": "send"})
    assert sent.status_code == 302, text_of(sent)
    letter = Letter.objects.get()
    assert records.content_of(letter) == seen.content
    assert letter.document is not None
    assert letter.document["title"] in shown
    assert letter.outgoing is not None
    assert letter.outgoing.way == way


def test_the_very_words_stand_on_the_page(cast: Cast) -> None:
    case = cast.open()
    given = {"summary": "The <b>surveyor</b> came.", "way": "letter", "do": "check"}
    checked = fill(cast.client("investigator"), f"/cases/{case.reference}/update/", **given)
    shown = said(page_of(checked).xpath("//div[@class='pr-letter']")[0])
    assert "The <b>surveyor</b> came." in shown
    assert "14 Sedge Court" in shown
    assert "Dear Amira Yusuf" in shown


def test_it_can_be_had_for_word_before_it_is_sent(cast: Cast) -> None:
    case = cast.open()
    before = left(case)
    given = ANSWER | {"way": "letter", "do": "word"}
    file = fill(cast.client("investigator"), f"/cases/{case.reference}/respond/", **given)
    assert file["Content-Disposition"].startswith("attachment"), text_of(file)
    text = "\n".join(each.text for each in docx.Document(BytesIO(file.content)).paragraphs)
    assert "Nobody came for 19 days." in text
    assert left(case) == before


@pytest.mark.parametrize(
    ("held", "chosen"),
    [
        ({"preferred_way": "letter"}, "letter"),
        ({"preferred_way": "telephone"}, "telephone"),
        ({}, "email"),
        ({"email": ""}, "letter"),
        ({"email": "", "address": ""}, "not_recorded"),
    ],
)
def test_the_way_is_chosen_already(cast: Cast, held: dict[str, str], chosen: str) -> None:
    for name, value in held.items():
        setattr(cast.resident, name, value)
    cast.resident.save()
    case = cast.open()
    for verb in ("update", "respond"):
        page = cast.client("investigator").get(f"/cases/{case.reference}/{verb}/")
        assert boxes(page).get("way", "not_recorded") == chosen


def test_a_preferred_way_that_is_not_open_is_not_chosen(cast: Cast) -> None:
    cast.resident.preferred_way = "telephone"
    cast.resident.save()
    given = {"adjustment": "no_telephone", "since": date(2026, 1, 1)}
    Need.objects.create(landlord=cast.landlord, person=cast.resident, **given)
    case = cast.open()
    page = cast.client("investigator").get(f"/cases/{case.reference}/update/")
    assert boxes(page)["way"] == "email"


def test_nobody_chooses_for_somebody_who_said_what_is_safe(cast: Cast) -> None:
    case = cast.open()
    ways = [{"way": "letter", "to": "14 Sedge Court", "from": "", "until": "", "voicemail": False}]
    SafeContact.objects.create(
        landlord=cast.landlord, person=cast.resident, allowed=ways, since=date(2026, 11, 1)
    )
    client, address = cast.client("investigator"), f"/cases/{case.reference}/update/"
    assert "way" not in boxes(client.get(address))
    stopped = fill(client, address, summary="The surveyor came.", do="check")
    assert "Choose which way it goes." in errors_of(stopped)
    before = left(case)
    not_safe = fill(client, address, summary="The surveyor came.", way="email", do="pdf")
    assert not_safe["Content-Type"].startswith("text/html")
    assert left(case) == before


def test_told_by_telephone_there_is_no_letter_and_the_page_says_so(cast: Cast) -> None:
    case = cast.open()
    given = {"summary": "The surveyor came.", "way": "telephone", "do": "pdf"}
    seen = fill(cast.client("investigator"), f"/cases/{case.reference}/update/", **given)
    assert "This way, you tell them yourself." in text_of(seen)


def test_what_still_stands_in_the_way_is_said_instead_of_a_letter(cast: Cast) -> None:
    case = cast.open()
    given = {"point-1-decision": "upheld", "point-1-reasons": "Nobody came.", "way": "letter", "do": "check"}
    seen = fill(cast.client("investigator"), f"/cases/{case.reference}/respond/", **given)
    assert "The letter is shown here once these are put right." in text_of(seen)
    assert not page_of(seen).xpath("//div[@class='pr-letter']")


def test_what_the_wording_lacks_is_said_beside_its_field(cast: Cast) -> None:
    case = cast.open()
    document = {"kind": "update", "title": "News", "pieces": [{"text": "By {{next_update}}: {{opening}}"}]}
    given = {"kind": "update", "number": 1, "in_force_on": date(2026, 1, 1), "made_at": timezone.now()}
    Wording.objects.create(landlord=cast.landlord, document=document, **given)
    client, address = cast.client("investigator"), f"/cases/{case.reference}/update/"
    before = left(case)
    for do in ("check", "pdf", "send"):
        answer = fill(client, address, summary="The surveyor came.", way="letter", do=do)
        page = page_of(answer)
        assert "The letter needs this: the day of the next news." in errors_of(answer)
        link = page.xpath("//a[contains(., 'The letter needs this')]/@href")[0]
        assert link.startswith("#id_next_update") or "next_update" in link
    assert left(case) == before


@pytest.mark.parametrize("who", ["board_member", "auditor", "administrator"])
def test_who_may_not_do_it_sees_no_letter_of_it(cast: Cast, who: str) -> None:
    case = cast.open()
    seen = cast.client(who).post(
        f"/cases/{case.reference}/update/", {"summary": "News.", "way": "letter", "do": "pdf"}
    )
    assert seen["Content-Type"].startswith("text/html")
    assert not seen.content.startswith(b"%PDF")


def test_another_landlords_officer_finds_no_such_case(cast: Cast) -> None:
    case = cast.open()
    for do in ("check", "pdf"):
        seen = cast.client("stranger").post(f"/cases/{case.reference}/update/", {"do": do})
        assert seen.status_code == 404
