"""Which edition rules a complaint that is known only by its dates."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from known_dates import day, due, judged, verdicts

from complaint_rules import editions


@pytest.mark.parametrize(
    ("received", "edition"),
    [
        ("2020-07-06", None),
        ("2020-07-07", "2020"),
        ("2022-03-31", "2020"),
        ("2022-04-01", "2022"),
        ("2024-03-31", "2022"),
        ("2024-04-01", "2024"),
        ("2026-11-02", "2024"),
    ],
)
def test_the_edition_is_the_one_in_force_on_the_day_of_receipt(received: str, edition: str | None) -> None:
    assert judged(complaint_received=received).edition == edition


def test_the_edition_of_receipt_rules_stage_2_as_well() -> None:
    found = judged(
        complaint_received="2024-03-28", escalation_requested="2024-05-01", stage2_response="2024-05-30"
    )
    assert found.edition == "2022"
    assert due(found, "respond_stage_2") == "2024-05-31"
    assert verdicts(found)[2] == "not_applicable"


def test_before_the_first_edition_nothing_is_judged_by_the_nearest_one() -> None:
    found = judged(
        complaint_received="2020-06-01",
        complaint_acknowledged="2020-06-02",
        stage1_response="2020-06-08",
        escalation_requested="2020-08-03",
    )
    assert verdicts(found) == ["cannot_tell"] * 4
    assert found.findings == {}
    assert "No edition" in found.steps["respond"].says
    assert verdicts(judged(complaint_received="2020-06-01"))[2:] == ["not_applicable", "not_applicable"]


def test_where_nobody_recorded_receipt_the_request_chooses_the_edition_of_stage_2() -> None:
    found = judged(
        stage1_response="2024-03-28", escalation_requested="2024-03-29", stage2_response="2024-04-29"
    )
    assert found.edition == "2022"
    assert verdicts(found) == ["cannot_tell", "cannot_tell", "not_applicable", "met"]
    assert found.findings == {"5.13": "met"}
    assert list(found.steps) == ["acknowledge", "respond", "acknowledge_escalation", "respond_stage_2"]
    later = judged(escalation_requested="2024-04-02", stage2_response="2024-05-08")
    assert later.edition == "2024"
    assert set(later.findings) == {"6.11", "6.14"}


def test_without_receipt_or_request_no_edition_can_be_told() -> None:
    found = judged(stage1_response="2024-06-12", stage2_response="2024-07-12")
    assert found.edition is None
    assert verdicts(found) == ["cannot_tell"] * 4


def test_a_receipt_within_limits_has_their_edition_where_both_lie_in_one() -> None:
    assert judged(complaint_received="2024-04-01..2024-04-30").edition == "2024"
    assert judged(complaint_received="2024-03-01..2024-03-31").edition == "2022"


def test_a_receipt_cannot_be_later_than_what_followed_it() -> None:
    found = judged(complaint_received="2024-03-25..2024-04-05", complaint_acknowledged="2024-03-27")
    assert found.edition == "2022"


def test_a_receipt_that_may_fall_in_two_editions_is_told_only_where_both_agree() -> None:
    limits = {"complaint_received": "2024-03-27..2024-04-03"}
    found = judged(
        **limits,
        stage1_response="2024-05-07",
        escalation_requested="2024-05-08",
        stage2_response="2024-06-06",
    )
    assert found.edition is None
    assert found.findings == {}
    assert verdicts(found) == ["cannot_tell", "breached", "cannot_tell", "met"]
    assert due(found, "respond") == "2024-04-12..2024-04-24"
    between = judged(**limits, escalation_requested="2024-05-08", stage2_response="2024-06-12")
    assert verdicts(between)[3] == "cannot_tell"


def test_an_open_start_may_lie_before_the_first_edition() -> None:
    assert (
        verdicts(judged(complaint_received="..2024-06-10", stage1_response="2024-12-02"))[1] == "cannot_tell"
    )


def test_an_edition_can_be_forced_whatever_the_dates() -> None:
    assert judged(complaint_received="2019-06-10", edition="2024").edition == "2024"
    assert due(judged(complaint_received="2019-06-10", edition="2020"), "respond") == "2019-06-24"
    found = judged(complaint_acknowledged="2024-06-10", stage1_response="2024-06-24", edition="2024")
    assert verdicts(found)[:2] == ["cannot_tell", "met"]


def test_an_edition_added_later_ends_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    later = replace(editions.edition("2024"), name="2027", in_force_from=day("2027-04-01"))
    known = MappingProxyType({**editions.all_editions(), "2027": later})
    monkeypatch.setattr(editions, "all_editions", lambda: known)
    assert judged(complaint_received="2027-04-01").edition == "2027"
    assert judged(complaint_received="2027-04-02..2027-04-09").edition == "2027"
    assert judged(complaint_received="2027-03-02..2027-03-31").edition == "2024"
    assert judged(complaint_received="2027-03-31..2027-04-01").edition is None
    assert judged(complaint_received="2027-03-31..").edition is None
    assert judged(complaint_received="2027-04-01..").edition == "2027"
