"""Finding what belongs together, seeing what a merge would do, doing it, and undoing it."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast
from form_filling import boxes, errors_of, fill, notices_of, page_of, text_of

from putright.record.cases.models import Case
from putright.record.journal.models import Entry
from putright.record.people.models import Person

SAID = "Water comes through the bedroom ceiling each time it rains, and two appointments were missed."


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    """The one on the page, acknowledged, and one received before it."""
    earlier = cast.receive("2026-11-13T09:30", account=SAID, points=["Water comes in"], outcomes=["Mend it"])
    case = cast.open(account=SAID + " Nobody rang.")
    return case, cast.fresh(earlier)


def address(case: Case, verb: str, other: str = "") -> str:
    return f"/cases/{case.reference}/{verb}/" + (f"?other={other}" if other else "")


def test_likely_cases_are_offered_with_why_and_without_an_address(cast: Cast, two: Any) -> None:
    case, earlier = two
    page = cast.client("officer").get(address(case, "merge_cases"))
    said = text_of(page)
    assert f"{earlier.reference}, Amira Yusuf" in said
    assert "the same resident" in said
    assert "Sedge" not in said
    assert page_of(page).xpath(f"//a[contains(@href, 'merge_cases/?other={earlier.reference}')]")


def test_before_the_press_it_says_which_clock_runs_and_what_is_due(cast: Cast, two: Any) -> None:
    case, earlier = two
    before = Entry.objects.count()
    page = cast.client("officer").get(address(case, "merge_cases", earlier.reference.lower()))
    said = text_of(page)
    assert f"The clock of {earlier.reference} runs: it was received first, on Friday 13 November" in said
    rows = [[cell.text_content().strip() for cell in row] for row in page_of(page).xpath("//tbody/tr")]
    assert rows == [
        ["Answer stage 1", "Friday 4 December", "Friday 4 December", "Friday 4 December"],
        ["Acknowledge stage 1", "not running", "Friday 20 November", "Friday 20 November"],
    ]
    assert "3 points in all" in said
    assert Entry.objects.count() == before, "looking changes nothing"


def test_it_is_merged_from_the_page_and_undone_from_where_it_says_so(cast: Cast, two: Any) -> None:
    case, earlier = two
    client = cast.client("officer")
    sent = fill(client, address(case, "merge_cases", earlier.reference), reason="The same leak <b>.")
    after = client.get(sent["Location"])
    assert notices_of(after)[0].startswith(f"{earlier.reference} was merged into this case. Undo.")
    said = text_of(after)
    assert f"3 Water comes in from {earlier.reference}" in said
    assert f"Merged into this one: {earlier.reference}" in said
    assert f"In {earlier.reference}, entry 1" in said
    merged = text_of(client.get(f"/cases/{earlier.reference}/"))
    assert f"This complaint was merged into {case.reference}." in merged
    assert "You can read this case." in merged
    undo = page_of(after).xpath(
        "//*[@id='linked']/following-sibling::ul[1]//a[contains(@href, 'unmerge')]/@href"
    )
    assert len(undo) == 1
    done = fill(client, undo[0], reason="Another leak.")
    assert notices_of(client.get(done["Location"]))[0].startswith("The merge is undone.")
    assert cast.fresh(earlier).state == "received"
    history = text_of(client.get(f"/cases/{case.reference}/"))
    assert f"{earlier.reference} merged into this one" in history
    assert f"Merge undone: {earlier.reference}" in history


def test_a_merge_that_cannot_be_says_why_and_offers_another_case(cast: Cast, two: Any) -> None:
    case, _ = two
    neighbour = Person.objects.create(landlord=cast.landlord, name="Amira Yusuf", address="15 Sedge Court")
    theirs = cast.receive(resident=neighbour)
    page = cast.client("officer").get(address(case, "merge_cases", theirs.reference))
    said = text_of(page)
    assert "These are not complaints of the same resident" in said
    assert "15 Sedge" not in said
    assert not page_of(page).xpath("//main//form[@method='post']")
    assert "Choose another case" in said


def test_an_undo_that_something_rests_on_says_what(cast: Cast, two: Any) -> None:
    case, earlier = two
    cast.do("merge_cases", case, other=earlier.reference, reason="The same leak.")
    cast.do("withdraw", case, reason="It is mended.")
    said = text_of(cast.client("officer").get(address(case, "unmerge_cases", earlier.reference)))
    assert "This cannot be undone: it was withdrawn on Tuesday 1 December 2026" in said


def test_points_are_split_off_and_the_new_case_says_where_they_came_from(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    page = client.get(address(case, "split_case"))
    assert "Due in both: answer stage 1, Friday 4 December." in text_of(page)
    sent = fill(client, address(case, "split_case"), points="2", reason="Another team.")
    notice = notices_of(client.get(sent["Location"]))[0]
    made = Case.objects.get(opened_from=case)
    assert f"It opened a case of its own: {made.reference}." in notice
    said = text_of(client.get(f"/cases/{made.reference}/"))
    assert f"Points split off from {case.reference}" in said
    assert f"Point 2 of {case.reference} split off into this case" in said
    assert "1 Missed visit" in said


def test_all_points_cannot_leave(cast: Cast) -> None:
    case = cast.open()
    client = cast.client("officer")
    given = boxes(client.get(address(case, "split_case"))) | {"points": ["1", "2"], "reason": "All of it."}
    answer = client.post(address(case, "split_case"), given)
    assert "At least one point stays." in text_of(answer)
    assert Case.objects.count() == 1


def test_what_others_did_to_the_other_case_meanwhile_is_said(cast: Cast, two: Any) -> None:
    case, earlier = two
    client = cast.client("officer")
    where = address(case, "merge_cases", earlier.reference)
    given = boxes(client.get(where)) | {"reason": "The same leak."}
    cast.do("log_complaint", earlier, by="colleague")
    clash = client.post(where, given)
    assert clash.status_code == 409
    assert "Olive Marsh" in text_of(clash)
    assert "The same leak." in clash.content.decode()
    again = client.post(where, boxes(clash))
    assert again.status_code == 302
    assert cast.fresh(earlier).state == "merged"


@pytest.mark.parametrize(
    "other", ["nothing", "TV-99-9999", "%00", "' OR 1=1 --", "<b>", "x" * 3_000, "\u202eTV", "🏚"]
)
@pytest.mark.parametrize(
    "verb", ["link_cases", "merge_cases", "unmerge_cases", "unsplit_case", "unlink_cases"]
)
def test_garbage_in_place_of_a_reference_is_asked_for_again(
    cast: Cast, two: Any, other: str, verb: str
) -> None:
    case, _ = two
    answer = cast.client("officer").get(f"/cases/{case.reference}/{verb}/", {"other": other})
    assert answer.status_code == 200
    assert errors_of(answer)
    posted = cast.client("officer").post(address(case, verb), {"other": other, "reason": "x"})
    assert posted.status_code == 200


def test_the_case_itself_and_those_of_another_landlord_are_like_unknown_ones(cast: Cast, two: Any) -> None:
    case, _ = two
    theirs = cast.receive(landlord=cast.other_landlord, resident=None)
    client = cast.client("officer")
    assert errors_of(client.get(address(case, "merge_cases", case.reference))) == [
        "This is that case. Give another one."
    ]
    for named in (theirs.reference, "HC-26-9999"):
        assert errors_of(client.get(address(case, "merge_cases", named))) == [
            "There is no such case. Check the reference."
        ]


@pytest.mark.parametrize("verb", ["merge_cases", "split_case", "unmerge_cases", "unsplit_case"])
@pytest.mark.parametrize(
    "by", ["investigator", "contact_staff", "service_manager", "board_member", "auditor"]
)
def test_only_an_officer_gets_these_pages(cast: Cast, two: Any, verb: str, by: str) -> None:
    case, earlier = two
    answer = cast.client(by).get(address(case, verb, earlier.reference))
    assert answer.status_code == 403
    assert not page_of(answer).xpath("//main//form[@method='post']")


@pytest.mark.parametrize("verb", ["link_cases", "merge_cases", "split_case", "unmerge_cases"])
def test_another_landlords_officer_and_nobody_see_nothing(cast: Cast, two: Any, verb: str) -> None:
    case, earlier = two
    assert cast.client("stranger").get(address(case, verb, earlier.reference)).status_code == 404
    assert cast.client("stranger").post(address(case, verb), {"other": earlier.reference}).status_code == 404
    assert cast.client().get(address(case, verb)).status_code == 302


def test_two_cases_of_two_residents_are_linked_and_neither_page_shows_the_others_words(cast: Cast) -> None:
    case = cast.open()
    theirs = cast.receive(
        resident=Person.objects.create(landlord=cast.landlord, name="Next Door"), account=SAID
    )
    client = cast.client("investigator")
    sent = fill(client, address(case, "link_cases", theirs.reference), how="same_home", reason="One roof.")
    after = text_of(client.get(sent["Location"]))
    assert f"The same home: {theirs.reference}" in after
    assert SAID not in after
