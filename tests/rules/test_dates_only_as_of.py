"""A file read as it stood on a day: what is missing was not done."""

import pytest
from known_dates import due, judged, verdicts

# Received Monday 10 June 2024: acknowledge by 17 June, and if that is not done, answer by 1 July.
RECEIVED = {"complaint_received": "2024-06-10"}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-06-10", ["open", "open"]),
        ("2024-06-17", ["open", "open"]),
        ("2024-06-18", ["breached", "open"]),
        ("2024-07-01", ["breached", "open"]),
        ("2024-07-02", ["breached", "breached"]),
    ],
)
def test_nothing_done_is_open_until_the_day_after_the_due_day(as_of: str, expected: list[str]) -> None:
    assert verdicts(judged(**RECEIVED, as_of=as_of))[:2] == expected


def test_a_start_that_was_not_taken_counts_from_the_last_day_allowed() -> None:
    found = judged(**RECEIVED, escalation_requested="2024-07-04", as_of="2024-07-05")
    assert due(found, "respond") == "2024-07-01"
    assert due(found, "acknowledge_escalation") == "2024-07-11"
    assert due(found, "respond_stage_2") == "2024-08-08"


def test_what_came_after_that_day_had_not_happened() -> None:
    dates = {**RECEIVED, "complaint_acknowledged": "2024-06-12", "stage1_response": "2024-06-27"}
    dates |= {"escalation_requested": "2024-06-28"}
    assert verdicts(judged(**dates, as_of="2024-06-11")) == [
        "open",
        "open",
        "not_applicable",
        "not_applicable",
    ]
    assert verdicts(judged(**dates, as_of="2024-06-26")) == [
        "met",
        "open",
        "not_applicable",
        "not_applicable",
    ]
    assert verdicts(judged(**dates, as_of="2024-06-27")) == [
        "met",
        "breached",
        "not_applicable",
        "not_applicable",
    ]
    assert verdicts(judged(**dates, as_of="2024-06-28")) == ["met", "breached", "open", "open"]


def test_before_it_was_received_nothing_applies() -> None:
    found = judged(**RECEIVED, as_of="2024-06-09")
    assert verdicts(found) == ["not_applicable"] * 4


@pytest.mark.parametrize(
    ("answered", "verdict", "done"),
    [("2024-06-17", "met", "2024-06-17"), ("2024-06-18", "breached", None)],
)
def test_an_answer_by_its_due_day_stands_for_an_acknowledgement_and_a_later_one_does_not(
    answered: str, verdict: str, done: str | None
) -> None:
    found = judged(**RECEIVED, stage1_response=answered, as_of="2024-12-02")
    step = found.steps["acknowledge"]
    assert step.verdict == verdict
    assert (step.done.day.isoformat() if step.done and step.done.day else None) == done
    assert found.steps["respond"].verdict == "met"


def test_an_answer_stands_for_the_acknowledgement_of_stage_2_too() -> None:
    found = judged(
        **RECEIVED, escalation_requested="2024-07-04", stage2_response="2024-07-11", as_of="2024-12-02"
    )
    assert verdicts(found)[2:] == ["met", "met"]
    late = judged(
        **RECEIVED, escalation_requested="2024-07-04", stage2_response="2024-07-12", as_of="2024-12-02"
    )
    assert verdicts(late)[2:] == ["breached", "met"]


def test_an_acknowledgement_that_was_recorded_is_the_one_that_counts() -> None:
    found = judged(
        **RECEIVED, complaint_acknowledged="2024-06-12", stage1_response="2024-06-14", as_of="2024-12-02"
    )
    assert found.steps["acknowledge"].working_days == 2


@pytest.mark.parametrize("status", ["not_issued", "skipped"])
def test_a_stage_1_that_never_came_is_open_until_its_day_has_passed(status: str) -> None:
    dates = {**RECEIVED, "stage1_status": status, "stage2_response": "2024-06-20"}
    assert judged(**dates, as_of="2024-07-01").steps["respond"].verdict == "open"
    assert judged(**dates, as_of="2024-07-02").steps["respond"].verdict == "breached"


def test_what_may_or_may_not_have_been_done_by_that_day_is_told_only_where_it_makes_no_difference() -> None:
    dates = {**RECEIVED, "complaint_acknowledged": "2024-06-10", "stage1_response": "2024-06-20..2024-06-28"}
    # Due on 24 June.
    assert judged(**dates, as_of="2024-06-21").steps["respond"].verdict == "cannot_tell"
    assert judged(**dates, as_of="2024-06-19").steps["respond"].verdict == "open"
    late = {**dates, "stage1_response": "2024-06-25..2024-07-05"}
    assert judged(**late, as_of="2024-06-28").steps["respond"].verdict == "breached"


def test_a_start_that_may_have_been_taken_by_that_day_gives_both_due_days() -> None:
    found = judged(**RECEIVED, complaint_acknowledged="2024-06-12..2024-06-14", as_of="2024-06-13")
    assert due(found, "respond") == "2024-06-26..2024-07-01"


def test_an_extension_that_had_not_been_told_by_that_day_is_not_there() -> None:
    dates = {**RECEIVED, "complaint_acknowledged": "2024-06-10", "stage1_extended_to": "2024-07-08"}
    dates |= {"stage1_extension_told": "2024-06-20"}
    before, after = judged(**dates, as_of="2024-06-19"), judged(**dates, as_of="2024-06-20")
    assert due(before, "respond") == "2024-06-24"
    assert "6.4" not in before.findings
    assert due(after, "respond") == "2024-07-08"
    assert after.findings["6.4"] == "met"


def test_the_2022_edition_reads_a_missing_log_date_through_the_acknowledgement() -> None:
    found = judged(**RECEIVED, complaint_acknowledged="2024-06-12", edition="2022", as_of="2024-06-20")
    assert due(found, "respond") == "2024-06-26"
    assert due(judged(**RECEIVED, edition="2022", as_of="2024-06-20"), "respond") == "2024-07-01"
    assert due(judged(**RECEIVED, edition="2020", as_of="2024-06-20"), "respond") == "2024-06-24"
