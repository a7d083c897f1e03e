"""A complaint known only by its dates: when each step was due, and whether it was done in time."""

import pytest
from known_dates import due, judged, known, verdicts

from complaint_rules.dates_only import Stage1Status, Totals, impossible
from complaint_rules.findings import Verdict

# Days to count by: Monday 10 June 2024 and four ordinary weeks after it, without a bank holiday.


@pytest.mark.parametrize(
    ("edition", "acknowledge", "respond", "acknowledge_escalation", "respond_stage_2"),
    [
        ("2020", "2024-06-17", "2024-06-24", None, "2024-08-01"),
        ("2022", "2024-06-17", "2024-06-26", None, "2024-08-01"),
        ("2024", "2024-06-17", "2024-06-26", "2024-07-11", "2024-08-06"),
    ],
)
def test_each_edition_starts_its_clocks_from_its_own_step(
    edition: str,
    acknowledge: str,
    respond: str,
    acknowledge_escalation: str | None,
    respond_stage_2: str,
) -> None:
    found = judged(
        edition=edition,
        complaint_received="2024-06-10",
        complaint_acknowledged="2024-06-12",
        stage1_response="2024-06-24",
        escalation_requested="2024-07-04",
        escalation_acknowledged="2024-07-09",
        stage2_response="2024-07-31",
    )
    steps = ("acknowledge", "respond", "acknowledge_escalation", "respond_stage_2")
    assert [due(found, step) for step in steps] == [
        acknowledge,
        respond,
        acknowledge_escalation,
        respond_stage_2,
    ]


def test_done_on_the_due_day_is_in_time_and_the_day_after_is_not() -> None:
    dates = {"complaint_received": "2024-06-10", "complaint_acknowledged": "2024-06-10"}
    assert verdicts(judged(**dates, stage1_response="2024-06-24"))[:2] == ["met", "met"]
    assert verdicts(judged(**dates, stage1_response="2024-06-25"))[1] == "breached"


def test_under_2022_the_log_date_starts_stage_1_and_the_acknowledgement_only_where_there_is_none() -> None:
    dates = {"edition": "2022", "complaint_received": "2024-06-10", "complaint_acknowledged": "2024-06-14"}
    assert due(judged(**dates), "respond") == "2024-06-28"
    assert due(judged(**dates, complaint_logged="2024-06-11"), "respond") == "2024-06-25"


@pytest.mark.parametrize("edition", ["2022", "2024"])
def test_a_start_that_nobody_recorded_gives_an_earliest_and_a_latest_day(edition: str) -> None:
    found = judged(edition=edition, complaint_received="2024-06-10", stage1_response="2024-06-27")
    assert due(found, "respond") == "2024-06-24..2024-07-01"
    assert verdicts(found)[:2] == ["cannot_tell", "cannot_tell"]
    for answered, verdict in {
        "2024-06-24": "met",
        "2024-07-01": "cannot_tell",
        "2024-07-02": "breached",
    }.items():
        again = judged(edition=edition, complaint_received="2024-06-10", stage1_response=answered)
        assert again.steps["respond"].verdict == verdict


def test_a_late_acknowledgement_moves_the_clock_and_the_stricter_day_stands_beside_it() -> None:
    found = judged(
        complaint_received="2024-06-10",
        complaint_acknowledged="2024-06-19",
        stage1_response="2024-07-02",
        escalation_requested="2024-07-04",
        escalation_acknowledged="2024-07-15",
        stage2_response="2024-08-12",
    )
    first, second = found.steps["respond"], found.steps["respond_stage_2"]
    assert due(found, "respond") == "2024-07-03"
    assert first.stricter_due is not None
    assert first.stricter_due.day.isoformat() == "2024-07-01"
    assert (first.verdict, first.stricter_verdict) == (Verdict.MET, Verdict.BREACHED)
    assert due(found, "respond_stage_2") == "2024-08-12"
    assert second.stricter_due is not None
    assert second.stricter_due.day.isoformat() == "2024-08-08"


def test_an_acknowledgement_in_time_has_no_stricter_day() -> None:
    found = judged(complaint_received="2024-06-10", complaint_acknowledged="2024-06-17")
    assert found.steps["respond"].stricter_due is None
    assert judged(complaint_received="2024-06-10").steps["respond"].stricter_due is None


def test_an_acknowledgement_sent_after_the_answer_buys_no_time() -> None:
    found = judged(
        complaint_received="2024-06-10", stage1_response="2024-07-03", complaint_acknowledged="2024-07-05"
    )
    assert due(found, "respond") == "2024-07-01"
    assert found.steps["respond"].verdict == Verdict.BREACHED


def test_working_days_run_from_receipt_and_from_the_request_wherever_the_clock_starts() -> None:
    found = judged(
        complaint_received="2024-06-08",
        complaint_acknowledged="2024-06-12",
        stage1_response="2024-06-21",
        escalation_requested="2024-06-21",
        escalation_acknowledged="2024-06-24",
        stage2_response="2024-06-22",
    )
    assert [step.working_days for step in found.steps.values()] == [3, 10, 1, 0]


def test_limits_have_no_number_of_working_days() -> None:
    found = judged(complaint_received="2024-06-10..2024-06-11", stage1_response="2024-06-12")
    assert found.steps["respond"].working_days is None
    again = judged(complaint_received="2024-06-10", stage1_response="2024-06-12..2024-06-13")
    assert again.steps["respond"].working_days is None
    assert again.steps["respond"].verdict == Verdict.MET


# What was not done, or not recorded


@pytest.mark.parametrize("status", [Stage1Status.NOT_ISSUED, Stage1Status.SKIPPED])
@pytest.mark.parametrize(
    ("final", "verdict"),
    [
        ("2024-07-02", "breached"),
        ("2024-07-01", "cannot_tell"),
        ("2024-06-20..2024-07-09", "cannot_tell"),
        ("2024-07-02..2024-07-09", "breached"),
        (None, "cannot_tell"),
    ],
)
def test_a_missing_stage_1_is_breached_once_a_later_answer_shows_that_its_time_had_passed(
    status: Stage1Status, final: str | None, verdict: str
) -> None:
    dates = {
        "complaint_received": "2024-06-10",
        "stage1_status": status,
        "escalation_requested": "2024-06-12",
    }
    found = judged(**dates, **({"stage2_response": final} if final else {}))
    assert found.steps["respond"].verdict == verdict
    assert found.steps["respond"].done is None


def test_a_stage_1_that_the_source_does_not_mention_can_never_be_told() -> None:
    dates = {
        "complaint_received": "2024-06-10",
        "stage1_status": "not_stated",
        "stage2_response": "2024-12-02",
    }
    assert judged(**dates).steps["respond"].verdict == Verdict.CANNOT_TELL
    assert judged(**dates, as_of="2025-01-06").steps["respond"].verdict == Verdict.CANNOT_TELL


def test_a_stage_2_that_did_not_arise_is_not_judged() -> None:
    found = judged(complaint_received="2024-06-10", stage1_response="2024-06-12")
    assert verdicts(found)[2:] == ["not_applicable", "not_applicable"]


def test_a_stage_2_answer_without_a_request_cannot_be_told() -> None:
    found = judged(complaint_received="2024-06-10", stage2_response="2024-09-12")
    assert verdicts(found)[2:] == ["cannot_tell", "cannot_tell"]
    assert due(found, "respond_stage_2") is None
    assert found.steps["respond_stage_2"].done is not None


def test_a_response_does_not_stand_for_an_acknowledgement_that_nobody_recorded() -> None:
    found = judged(complaint_received="2024-06-10", stage1_response="2024-06-12")
    assert verdicts(found)[:2] == ["cannot_tell", "met"]


def test_an_undated_answer_is_not_the_same_as_none() -> None:
    found = judged(complaint_received="2024-06-10", stage1_response="..", as_of="2024-12-02")
    assert found.steps["respond"].verdict == Verdict.CANNOT_TELL


# Known only through something else


def test_a_request_known_through_its_acknowledgement_lies_between_the_answer_and_that_day() -> None:
    dates = {"edition": "2022", "complaint_received": "2024-06-10", "escalation_acknowledged": "2024-06-28"}
    after_answer = judged(**dates, stage1_response="2024-06-20", stage2_response="2024-07-19")
    assert due(after_answer, "respond_stage_2") == "2024-07-18..2024-07-26"
    assert after_answer.steps["respond_stage_2"].verdict == Verdict.CANNOT_TELL
    no_answer = judged(**dates, stage1_status="skipped", stage2_response="2024-07-08")
    assert due(no_answer, "respond_stage_2") == "2024-07-08..2024-07-26"
    assert no_answer.steps["respond_stage_2"].verdict == Verdict.MET


def test_under_2024_an_acknowledged_request_starts_stage_2_whenever_it_was_made() -> None:
    found = judged(
        complaint_received="2024-06-10",
        stage1_response="2024-06-24",
        escalation_acknowledged="2024-06-28",
        stage2_response="2024-07-26",
    )
    assert due(found, "respond_stage_2") == "2024-07-26"
    assert due(found, "acknowledge_escalation") == "2024-07-01..2024-07-05"
    assert verdicts(found)[2:] == ["met", "met"]


def test_a_limit_that_is_open_on_one_side_leaves_the_due_day_open_on_that_side() -> None:
    found = judged(complaint_received="2024-06-10..", stage1_response="2024-06-12", edition="2020")
    assert due(found, "respond") == "2024-06-24.."
    assert found.steps["respond"].verdict == Verdict.MET
    other = judged(complaint_received="..2024-06-10", stage1_response="2024-06-25", edition="2020")
    assert due(other, "respond") == "..2024-06-24"
    assert other.steps["respond"].verdict == Verdict.BREACHED


def test_a_day_beyond_the_bank_holiday_calendar_cannot_be_told_and_is_no_crash() -> None:
    found = judged(complaint_received="2090-06-10", stage1_response="2090-06-12")
    assert verdicts(found)[:2] == ["cannot_tell", "cannot_tell"]
    assert found.steps["respond"].working_days is None
    late = judged(
        complaint_received="2024-06-10", complaint_acknowledged="2024-06-10", stage1_response="2090-01-03"
    )
    assert late.steps["respond"].verdict == Verdict.BREACHED


# Provisions


def test_a_provision_that_two_stages_share_has_the_worse_verdict() -> None:
    dates = {"edition": "2020", "complaint_received": "2024-06-10", "complaint_acknowledged": "2024-06-11"}
    dates |= {"stage1_response": "2024-06-24", "escalation_requested": "2024-06-25"}
    assert judged(**dates, stage2_response="2024-07-24").findings == {"4.c": "met", "4.g": "breached"}
    assert judged(**dates, stage2_response="2024-07-23").findings["4.g"] == "met"
    assert judged(**dates).findings["4.g"] == "cannot_tell"


@pytest.mark.parametrize(
    ("edition", "provisions"),
    [
        ("2020", ["4.c", "4.g"]),
        ("2022", ["4.1", "5.1", "5.13"]),
        ("2024", ["6.2", "6.3", "6.11", "6.14"]),
    ],
)
def test_each_edition_names_its_own_provisions(edition: str, provisions: list[str]) -> None:
    assert list(judged(edition=edition, complaint_received="2024-06-10").findings) == provisions


def test_every_step_says_in_words_why() -> None:
    found = judged(
        complaint_received="2024-06-10", complaint_acknowledged="2024-06-12", stage1_status="skipped"
    )
    assert (
        found.steps["acknowledge"].says
        == "Done on Wednesday 12 June 2024. It was due by Monday 17 June 2024."
    )
    assert found.steps["respond"].says == "Stage 1 was skipped. It was due by Wednesday 26 June 2024."
    assert found.steps["respond_stage_2"].says == "There was no stage 2."


def test_totals_have_every_verdict_and_say_what_they_are_out_of() -> None:
    totals = Totals()
    for acknowledged in ("2024-06-10", "2024-06-17", "2024-06-18"):
        totals.add(judged(complaint_received="2024-06-10", complaint_acknowledged=acknowledged))
    totals.add(judged(complaint_received="2024-06-10"))
    assert totals.complaints == 4
    acknowledge, final = totals.steps["acknowledge"], totals.steps["respond_stage_2"]
    assert acknowledge.counts[Verdict.CANNOT_TELL] == 1
    assert acknowledge.denominator == 3
    assert acknowledge.in_time_share == pytest.approx(2 / 3)
    assert final.counts[Verdict.NOT_APPLICABLE] == 4
    assert (final.denominator, final.in_time_share) == (0, None)


# Orders that cannot be


@pytest.mark.parametrize(
    ("dates", "column"),
    [
        ({"complaint_received": "2024-06-10", "complaint_logged": "2024-06-07"}, "complaint_logged"),
        (
            {"complaint_received": "2024-06-10", "complaint_acknowledged": "2024-06-07"},
            "complaint_acknowledged",
        ),
        ({"complaint_received": "2024-06-10", "stage1_response": "2024-06-07"}, "stage1_response"),
        ({"complaint_received": "2024-06-10", "escalation_requested": "2024-06-07"}, "escalation_requested"),
        ({"complaint_received": "2024-06-10", "stage2_response": "2024-06-07"}, "stage2_response"),
        (
            {"escalation_requested": "2024-06-10", "escalation_acknowledged": "2024-06-07"},
            "escalation_acknowledged",
        ),
        ({"escalation_requested": "2024-06-10", "stage2_response": "2024-06-07"}, "stage2_response"),
        ({"stage1_response": "2024-06-10", "stage2_response": "2024-06-07"}, "stage2_response"),
        ({"stage1_extension_told": "2024-06-10", "stage1_extended_to": "2024-06-07"}, "stage1_extended_to"),
        ({"complaint_received": "2024-06-10..2024-06-07"}, "complaint_received"),
        ({"stage1_response": "2024-06-10", "stage1_status": "skipped"}, "stage1_status"),
    ],
)
def test_what_cannot_come_before_something_else_is_named(dates: dict[str, str], column: str) -> None:
    assert [each.column for each in impossible(known(**dates))] == [column]


@pytest.mark.parametrize(
    "dates",
    [
        {
            "complaint_received": "2024-06-10",
            "complaint_acknowledged": "2024-06-10",
            "stage1_response": "2024-06-10",
        },
        {"complaint_received": "2024-06-10..2024-06-20", "stage1_response": "2024-06-12"},
        {"stage1_response": "2024-06-10", "complaint_acknowledged": "2024-06-12"},
        {"stage1_response": "2024-06-10", "escalation_requested": "2024-06-05"},
        {"stage2_response": "2024-06-10", "escalation_acknowledged": "2024-06-12"},
    ],
)
def test_what_is_odd_but_happens_is_let_be(dates: dict[str, str]) -> None:
    assert impossible(known(**dates)) == []
