"""Letters to post: printed together, marked as posted, and asked again before they are printed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import notices_of, page_of, text_of

from putright.record.cases.models import Case
from putright.record.correspondence.models import Outgoing, Stop
from putright.record.journal.models import Entry
from putright.record.letters.models import Letter
from putright.record.people.models import SafeContact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def told(cast: Cast, summary: str = "The surveyor came.", way: str = "letter") -> Case:
    case = cast.open()
    cast.do("update", case, summary=summary, way=way)
    return cast.fresh(case)


def printed(answer: Any) -> list[Any]:
    assert answer["Content-Type"] == "application/pdf", text_of(answer)
    return list(pikepdf.open(BytesIO(answer.content)).pages)


def test_with_nothing_to_print_the_page_says_how_a_letter_comes_here(cast: Cast) -> None:
    page = cast.client("officer").get("/letters/")
    assert "A letter stands here once an action is sent by letter." in text_of(page)
    assert not page_of(page).xpath("//button[contains(., 'Print')]")


def test_all_are_one_file_and_each_begins_on_a_new_sheet(cast: Cast) -> None:
    told(cast)
    told(cast, "\n\n".join(["It is long."] * 90))
    told(cast, way="email")
    lengths = []
    for letter in Letter.objects.filter(outgoing__way="letter").order_by("pk"):
        with letter_file(letter) as file:
            lengths.append(len(file.pages))
    assert lengths[0] == 1
    assert lengths[1] > 1
    client = cast.client("officer")
    assert "To print (2)" in text_of(client.get("/letters/"))
    pages = printed(client.post("/letters/print/", {"all": "yes"}))
    assert len(pages) == sum(length + length % 2 for length in lengths)
    assert Outgoing.objects.filter(state="waiting", way="letter").count() == 2  # printed is not posted


def letter_file(letter: Letter) -> Any:
    from putright.record.letters import records

    return pikepdf.open(BytesIO(records.content_of(letter)))


def test_only_those_chosen_are_printed_and_marked(cast: Cast) -> None:
    told(cast)
    told(cast)
    first, second = Outgoing.objects.order_by("pk")
    client = cast.client("officer")
    assert len(printed(client.post("/letters/print/", {"letter": [first.pk]}))) == 2
    before = Entry.objects.filter(case=0).count()
    marked = client.post("/letters/posted/", {"letter": [first.pk]}, follow=True)
    assert "1 letter is marked as posted." in notices_of(marked)[0]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.done_by, second.state) == ("printed", cast.officer, "waiting")
    assert Entry.objects.filter(case=0).count() == before + 1


def test_it_can_be_taken_back_that_day_by_who_said_it(cast: Cast) -> None:
    told(cast)
    row = Outgoing.objects.get()
    cast.client("officer").post("/letters/posted/", {"letter": [row.pk]})
    cast.client("colleague").post("/letters/not-posted/", {"letter": [row.pk]})
    row.refresh_from_db()
    assert row.state == "printed"
    cast.client("officer").post(f"/letters/not-posted/?letter={row.pk}")
    row.refresh_from_db()
    assert (row.state, row.done_by, row.done_at) == ("waiting", None, None)
    cast.client("officer").post("/letters/posted/", {"letter": [row.pk]})
    cast.clock.pass_by(days=1)
    cast.client("officer").post("/letters/not-posted/", {"letter": [row.pk]})
    row.refresh_from_db()
    assert row.state == "printed"


def test_what_is_not_safe_any_more_is_stopped_and_the_others_are_printed(cast: Cast) -> None:
    told(cast)
    told(cast, way="email")
    SafeContact.objects.create(
        landlord=cast.landlord, person=cast.resident, allowed=[], since=date(2026, 12, 1)
    )
    answer = cast.client("officer").post("/letters/print/", {"all": "yes"}, follow=True)
    assert answer["Content-Type"].startswith("text/html")
    assert "It stands on the list of what was stopped." in text_of(answer)
    row = Outgoing.objects.get(way="letter")
    assert row.state == "stopped"
    stop = Stop.objects.get()
    assert (stop.verb, stop.way, stop.person) == ("update", "letter", cast.resident)
    assert "14 Sedge" not in stop.says + row.says
    refused = Entry.objects.filter(case=stop.case_id, verb="refused").get()
    assert refused.data["refs"] == ["safe_contact"]
    assert text_of(cast.client("officer").get("/letters/")).count("Stopped (1)") == 1


def test_an_address_that_has_changed_since_stops_the_letter(cast: Cast) -> None:
    told(cast)
    cast.resident.address = "2 New Street"
    cast.resident.save()
    cast.client("officer").post("/letters/print/", {"all": "yes"})
    assert Outgoing.objects.get().state == "stopped"
    assert Stop.objects.count() == 1


def test_outside_the_safe_hours_it_only_waits(cast: Cast) -> None:
    told(cast)
    ways = [{"way": "letter", "to": "14 Sedge Court", "from": "11:00", "until": "12:00", "voicemail": False}]
    SafeContact.objects.create(
        landlord=cast.landlord, person=cast.resident, allowed=ways, since=date(2026, 11, 1)
    )
    answer = cast.client("officer").post("/letters/print/", {"all": "yes"}, follow=True)
    assert "not printed yet" in text_of(answer)
    assert Outgoing.objects.get().state == "waiting"
    cast.clock.set("2026-12-01T11:30")
    printed(cast.client("officer").post("/letters/print/", {"all": "yes"}))


def test_a_letter_that_was_tampered_with_is_not_printed_and_said(cast: Cast, storage: Path) -> None:
    told(cast)
    told(cast)
    (storage / Letter.objects.order_by("pk")[0].stored_as).write_bytes(b"other")
    client = cast.client("officer")
    assert len(printed(client.post("/letters/print/", {"all": "yes"}))) == 2
    assert "not what was kept" in text_of(client.get("/letters/"))


def test_what_failed_is_tried_again(cast: Cast) -> None:
    told(cast, way="email")
    Outgoing.objects.update(state="failed", says="The mailbox is full.", tries=8)
    client = cast.client("officer")
    assert "The mailbox is full." in text_of(client.get("/letters/"))
    row = Outgoing.objects.get()
    client.post("/letters/again/", {"letter": row.pk})
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)


@pytest.mark.parametrize("given", [[], ["x"], ["-1"], ["9" * 30], ["٣"], ["1\0"]])
def test_what_cannot_be_chosen_changes_nothing(cast: Cast, given: list[str]) -> None:
    told(cast)
    client = cast.client("officer")
    for address in ("print", "posted", "not-posted", "again"):
        data = {"letter": given} if address != "again" else {"letter": given[0] if given else ""}
        assert client.post(f"/letters/{address}/", data).status_code == 302
    assert Outgoing.objects.get().state == "waiting"


def test_another_landlords_letters_are_not_printed_and_not_marked(cast: Cast) -> None:
    told(cast)
    row = Outgoing.objects.get()
    client = cast.client("stranger")
    assert "To print (0)" in text_of(client.get("/letters/"))
    for address in ("print", "posted", "again"):
        client.post(
            f"/letters/{address}/",
            {"letter": [row.pk], "all": "yes"} if address == "print" else {"letter": row.pk},
        )
    row.refresh_from_db()
    assert row.state == "waiting"


@pytest.mark.parametrize("who", ["board_member", "auditor", "administrator", "quality_checker", "liaison"])
def test_whoever_may_not_see_addresses_does_not_print(cast: Cast, who: str) -> None:
    told(cast)
    assert cast.client(who).get("/letters/").status_code == 403
    for address in ("print", "posted", "not-posted", "again"):
        assert cast.client(who).post(f"/letters/{address}/", {"all": "yes"}).status_code == 403
    assert Outgoing.objects.get().state == "waiting"


def test_the_page_costs_the_same_for_one_letter_and_for_many(cast: Cast) -> None:
    told(cast)
    client = cast.client("officer")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/letters/")
        counts.append(len(asked))
        for _ in range(4):
            told(cast)
    assert counts[0] == counts[1]
