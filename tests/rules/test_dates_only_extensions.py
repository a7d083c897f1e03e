"""Extensions that a file records: when they move the due day, and what becomes of their provisions."""

import pytest
from known_dates import due, judged, known

from complaint_rules.dates_only import judge
from complaint_rules.working_days import Convention, england_and_wales

# Acknowledged on Monday 10 June 2024, so stage 1 is due on 24 June and may be extended to 8 July (10 more).
STAGE_1 = {"complaint_received": "2024-06-10", "complaint_acknowledged": "2024-06-10"}
# Asked and acknowledged on Monday 10 June 2024: due on 8 July; 20 more end on 5 August, 10 more on 22 July.
STAGE_2 = {
    "complaint_received": "2024-05-08",
    "stage1_response": "2024-05-20",
    "escalation_requested": "2024-06-10",
    "escalation_acknowledged": "2024-06-10",
}


@pytest.mark.parametrize(
    ("told", "to", "reason", "moved"),
    [
        ("2024-06-20", "2024-07-08", False, True),
        ("2024-06-24", "2024-07-08", False, True),
        ("2024-06-25", "2024-07-08", True, False),
        ("2024-06-20", "2024-07-09", True, True),
        ("2024-06-20", "2024-07-09", False, None),
    ],
)
def test_it_counts_when_told_by_the_due_day_and_within_the_limit_or_with_a_reason(
    told: str, to: str, reason: bool, moved: bool | None
) -> None:
    found = judged(
        **STAGE_1, stage1_extended_to=to, stage1_extension_told=told, stage1_extension_reason=reason
    )
    extension = found.steps["respond"].extension
    assert extension is not None
    assert extension.counts is moved
    assert due(found, "respond") == {True: to, False: "2024-06-24", None: f"2024-06-24..{to}"}[moved]


def test_in_a_complete_file_a_reason_that_is_missing_was_not_given() -> None:
    found = judged(
        **STAGE_1, stage1_extended_to="2024-07-09", stage1_extension_told="2024-06-20", as_of="2024-12-02"
    )
    assert due(found, "respond") == "2024-06-24"
    assert found.findings["6.4"] == "breached"


def test_when_nobody_recorded_the_telling_it_may_or_may_not_count() -> None:
    dates = {**STAGE_1, "stage1_extended_to": "2024-07-08"}
    for answered, verdict in {
        "2024-06-24": "met",
        "2024-07-08": "cannot_tell",
        "2024-07-09": "breached",
    }.items():
        found = judged(**dates, stage1_response=answered)
        assert found.steps["respond"].verdict == verdict
        assert found.findings["6.4"] == "cannot_tell"
    complete = judged(**dates, stage1_response="2024-07-08", as_of="2024-12-02")
    assert complete.steps["respond"].verdict == "breached"
    assert complete.findings["6.4"] == "breached"


@pytest.mark.parametrize(
    ("edition", "last", "after"),
    [
        ("2020", "2024-07-22", "2024-07-23"),
        ("2022", "2024-07-22", "2024-07-23"),
        ("2024", "2024-08-05", "2024-08-06"),
    ],
)
def test_stage_2_has_a_limit_of_its_own_in_each_edition(edition: str, last: str, after: str) -> None:
    for to, counts in ((last, True), (after, None)):
        found = judged(**STAGE_2, edition=edition, stage2_extended_to=to, stage2_extension_told="2024-07-01")
        extension = found.steps["respond_stage_2"].extension
        assert extension is not None
        assert extension.counts is counts


def test_one_that_ends_before_the_due_day_of_the_code_takes_no_time_away() -> None:
    found = judged(**STAGE_1, stage1_extended_to="2024-06-21", stage1_extension_told="2024-06-20")
    assert due(found, "respond") == "2024-06-24"


def test_it_is_held_against_the_limits_of_a_due_day_that_is_not_certain() -> None:
    dates = {"complaint_received": "2024-06-10", "stage1_response": "2024-07-08"}
    # Due between 24 June and 1 July: told before both counts; told between them may come too late.
    in_time = judged(**dates, stage1_extended_to="2024-07-08", stage1_extension_told="2024-06-24")
    assert due(in_time, "respond") == "2024-07-08"
    assert in_time.findings["6.4"] == "met"
    perhaps = judged(**dates, stage1_extended_to="2024-07-08", stage1_extension_told="2024-06-26")
    assert due(perhaps, "respond") == "2024-06-24..2024-07-08"
    too_late = judged(**dates, stage1_extended_to="2024-07-08", stage1_extension_told="2024-07-02")
    assert due(too_late, "respond") == "2024-06-24..2024-07-01"
    assert too_late.findings["6.4"] == "breached"


def test_one_whose_end_nobody_recorded_leaves_the_latest_due_day_open() -> None:
    found = judged(**STAGE_1, stage1_extension_told="2024-06-20", stage1_response="2024-09-02")
    assert due(found, "respond") == "2024-06-24.."
    assert found.steps["respond"].verdict == "cannot_tell"


def test_the_stricter_day_is_extended_only_by_what_would_have_counted_for_it() -> None:
    late = {"complaint_received": "2024-06-10", "complaint_acknowledged": "2024-06-24"}
    # Due 8 July; on the stricter reading 1 July, with a limit of 15 July.
    for told, stricter in {"2024-07-01": "2024-07-15", "2024-07-02": "2024-07-01"}.items():
        found = judged(**late, stage1_extended_to="2024-07-15", stage1_extension_told=told)
        step = found.steps["respond"]
        assert step.due is not None
        assert step.due.day.isoformat() == "2024-07-15"
        assert step.stricter_due is not None
        assert step.stricter_due.day.isoformat() == stricter


def test_at_a_stage_that_was_never_answered_the_extended_day_is_the_one_that_must_have_passed() -> None:
    dates = {**STAGE_1, "stage1_status": "not_issued", "stage1_extension_told": "2024-06-20"}
    for final, verdict in {"2024-07-08": "cannot_tell", "2024-07-09": "breached"}.items():
        found = judged(**dates, stage1_extended_to="2024-07-08", stage2_response=final)
        assert found.steps["respond"].verdict == verdict


def test_the_limit_adds_as_many_days_to_the_due_day_under_every_convention() -> None:
    # Where the day of the event is day 1, stage 1 is due on Friday 21 June, and ten days more end on 5 July.
    told = known(**STAGE_1, stage1_extension_told="2024-06-20", stage1_extended_to="2024-07-05")
    late = known(**STAGE_1, stage1_extension_told="2024-06-20", stage1_extended_to="2024-07-08")
    for dates, within in ((told, True), (late, False)):
        step = judge(dates, england_and_wales(), convention=Convention.SAME_DAY).steps["respond"]
        assert step.extension is not None
        assert step.extension.within_limit is within


def test_without_one_its_provisions_are_not_named() -> None:
    assert set(judged(**STAGE_1).findings) == {"6.2", "6.3", "6.11", "6.14"}


@pytest.mark.parametrize(
    ("edition", "to", "findings"),
    [
        ("2020", "2024-07-08", {"4.h": "met", "4.i": "met"}),
        ("2020", "2024-07-09", {"4.h": "cannot_tell", "4.i": "met"}),
        ("2022", "2024-07-08", {"5.2": "not_applicable", "5.3": "cannot_tell"}),
        ("2022", "2024-07-09", {"5.2": "cannot_tell", "5.3": "cannot_tell"}),
        ("2024", "2024-07-08", {"6.4": "met", "6.5": "cannot_tell"}),
        ("2024", "2024-07-09", {"6.4": "cannot_tell", "6.5": "cannot_tell"}),
    ],
)
def test_the_provisions_of_each_edition_say_no_more_than_dates_can(
    edition: str, to: str, findings: dict[str, str]
) -> None:
    found = judged(**STAGE_1, edition=edition, stage1_extended_to=to, stage1_extension_told="2024-06-20")
    assert {ref: verdict for ref, verdict in found.findings.items() if ref in findings} == findings


@pytest.mark.parametrize(
    ("edition", "findings"),
    [
        ("2020", {"4.h": "met", "4.i": "breached"}),
        ("2022", {"5.14": "not_applicable", "5.15": "cannot_tell"}),
        ("2024", {"6.15": "breached", "6.16": "cannot_tell"}),
    ],
)
def test_at_stage_2_and_told_too_late(edition: str, findings: dict[str, str]) -> None:
    found = judged(
        **STAGE_2, edition=edition, stage2_extended_to="2024-07-22", stage2_extension_told="2024-07-09"
    )
    assert {ref: verdict for ref, verdict in found.findings.items() if ref in findings} == findings


def test_the_worse_of_two_extensions_stands() -> None:
    found = judged(
        **{**STAGE_2, "stage1_response": "2024-05-24", "complaint_acknowledged": "2024-05-08"},
        edition="2020",
        stage1_extended_to="2024-05-24",
        stage1_extension_told="2024-05-20",
        stage2_extended_to="2024-07-22",
        stage2_extension_told="2024-07-09",
    )
    assert found.findings["4.i"] == "breached"
