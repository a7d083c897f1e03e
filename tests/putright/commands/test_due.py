"""`putright due`: deadlines and their proof, from the command line."""

import contextlib
import csv
import io
import json
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from putright import cli

HEADINGS = "id,start,working_days,convention\n"


@pytest.fixture
def due(capsys):
    """Runs the command; gives its exit code, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["due", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def refused(due):
    """Runs the command, which must refuse with 2 and print nothing but the reason."""

    def run(*arguments: object) -> str:
        code, out, err = due(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith("putright due: ")
        assert "Traceback" not in err
        return err

    return run


@pytest.fixture
def written(tmp_path):
    """Writes a file of deadlines under the usual headings."""

    def write(rows: str, headings: str = HEADINGS) -> Path:
        file = tmp_path / "deadlines.csv"
        file.write_text(headings + rows, encoding="utf-8")
        return file

    return write


# One length


def test_json_of_one_length_is_the_contract(due):
    code, out, err = due("2026-11-27", 20, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "start": "2026-11-27",
        "working_days": 20,
        "convention": "next_working_day",
        "due": "2026-12-29",
    }


def test_explained_json_holds_every_day_and_why(due):
    _, out, _ = due("24/12/2026", 1, "--json", "--explain")
    assert json.loads(out)["explained"] == [
        {"day": "2026-12-24", "number": 0, "why": "the day of the event: day 0"},
        {"day": "2026-12-25", "number": None, "why": "Christmas Day, a bank holiday"},
        {"day": "2026-12-26", "number": None, "why": "Saturday"},
        {"day": "2026-12-27", "number": None, "why": "Sunday"},
        {"day": "2026-12-28", "number": None, "why": "Boxing Day (substitute day), a bank holiday"},
        {"day": "2026-12-29", "number": 1, "why": "day 1"},
    ]


def test_plain_words_lead_with_the_day(due):
    code, out, _ = due("2026-11-27", "20")
    assert code == 0
    assert out.splitlines() == [
        "Tuesday 29 December 2026",
        (
            "Twenty working days from Friday 27 November 2026, without weekends and two bank holidays, "
            "is Tuesday 29 December 2026."
        ),
    ]


def test_another_convention_is_printed_beside_the_day(due):
    _, out, _ = due("2026-03-07", 5, "--convention", "roll_then_count", "--explain")
    assert out.startswith("Monday 16 March 2026\n")
    assert "Counted by roll_then_count." in out
    assert "Saturday 7 March 2026: Saturday: moved to the next working day" in out


@pytest.mark.parametrize("written_as", ["2026-01-31", "31/01/2026", "31/1/2026"])
def test_a_day_is_read_as_iso_or_as_people_write_it_here(due, written_as):
    assert json.loads(due(written_as, 5, "--json")[1])["start"] == "2026-01-31"


@pytest.mark.parametrize(
    "nonsense",
    [
        "2026-02-30",
        "31/02/2026",
        "2026-1-5",
        "20260131",
        "2026-W05-1",
        "31/01/26",
        "tomorrow",
        "２０２６-01-31",
    ],
)
def test_what_is_no_day_is_refused_with_what_was_expected(refused, nonsense):
    said = refused(nonsense, 5)
    assert "DATE" in said
    assert nonsense in said
    assert "2026-01-31 or 31/01/2026" in said


@pytest.mark.parametrize("nonsense", ["-5", "5.0", "five", "+5", "", "99999", "9" * 5_000, "٥"])
def test_what_is_no_number_of_days_is_refused(refused, nonsense):
    said = refused("2026-01-31", nonsense)
    assert "WORKING_DAYS" in said
    assert "a whole number of working days" in said
    assert len(said) < 300


@pytest.mark.parametrize("start", ["2011-12-31", "2029-01-01", "1066-10-14", "9999-12-31"])
def test_a_day_outside_the_calendar_is_refused_and_never_guessed(refused, start):
    assert "1 January 2012 to 31 December 2028" in refused(start, 5)


def test_a_limit_that_runs_past_the_calendar_is_refused(refused):
    assert "end after Sunday 31 December 2028" in refused("2028-12-20", 20)


def test_an_unknown_convention_is_refused_with_those_there_are(refused):
    said = refused("2026-01-31", 5, "--convention", "noon")
    assert "--convention" in said
    assert "next_working_day, roll_then_count, same_day" in said


@pytest.mark.parametrize("given", [[], ["2026-01-31"], ["2026-01-31", "5", "6"]])
def test_too_little_or_too_much_is_refused_with_an_example(refused, given):
    assert "putright due 2025-12-18 5" in refused(*given)


# A clock of the Code


def test_a_clock_runs_from_its_start_and_says_how_far_an_extension_may_reach(due):
    _, out, _ = due("--clock", "respond_stage_2", "--edition", "2024", "2026-11-27", "--json")
    assert json.loads(out) == {
        "clock": "respond_stage_2",
        "edition": "2024",
        "provision": "6.14",
        "stage": 2,
        "starts": "acknowledged_escalation",
        "start": "2026-11-27",
        "working_days": 20,
        "convention": "next_working_day",
        "due": "2026-12-29",
        "extension": {"working_days": 20, "until": "2027-01-27"},
    }


@pytest.mark.parametrize(
    ("edition", "clock", "due_on", "until"),
    [
        ("2020", "acknowledge", "2025-12-29", None),
        ("2020", "respond", "2026-01-06", "2026-01-20"),
        ("2020", "respond_stage_2", "2026-01-20", "2026-02-03"),
        ("2022", "respond", "2026-01-06", "2026-01-20"),
        ("2022", "respond_stage_2", "2026-01-20", "2026-02-03"),
        ("2024", "acknowledge", "2025-12-29", None),
        ("2024", "acknowledge_escalation", "2025-12-29", None),
        ("2024", "respond", "2026-01-06", "2026-01-20"),
        ("2024", "respond_stage_2", "2026-01-20", "2026-02-17"),
    ],
)
def test_each_clock_of_each_edition_has_its_length_and_its_extension(due, edition, clock, due_on, until):
    answer = json.loads(due("--clock", clock, "--edition", edition, "2025-12-18", "--json")[1])
    assert answer["due"] == due_on
    assert (answer["extension"] or {}).get("until") == until


def test_an_extension_counts_alike_under_every_convention(due):
    asked = ("--clock", "respond", "--edition", "2024", "2026-03-02", "--json", "--convention")
    same = json.loads(due(*asked, "same_day")[1])
    assert (same["due"], same["extension"]["until"]) == ("2026-03-13", "2026-03-27")


def test_several_days_for_one_clock_give_a_list(due):
    _, out, _ = due("--clock", "acknowledge", "--edition", "2024", "2025-12-18", "23/05/2026", "--json")
    assert [each["due"] for each in json.loads(out)] == ["2025-12-29", "2026-06-01"]


def test_a_clock_in_plain_words(due):
    code, out, _ = due("--clock", "respond", "--edition", "2024", "2025-12-29", "--explain")
    assert code == 0
    assert out.startswith("Tuesday 13 January 2026\n")
    assert "from the acknowledgement (2024 Code, 6.3)" in out
    assert "to Tuesday 27 January 2026 at most" in out
    assert "Thursday 1 January 2026: New Year's Day, a bank holiday" in out


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["--clock", "respond", "2026-01-05"], "2020, 2022, 2024"),
        (["--clock", "respond", "--edition", "2023", "2026-01-05"], "2020, 2022, 2024"),
        (["--clock", "reply", "--edition", "2024", "2026-01-05"], "acknowledge_escalation"),
        (["--clock", "acknowledge_escalation", "--edition", "2020", "2026-01-05"], "respond_stage_2"),
        (["--clock", "respond", "--edition", "2024"], "the acknowledgement"),
        (["--clock", "respond", "--edition", "2024", "2026-01-05", "10"], '"10" was found'),
        (["--edition", "2024", "2026-01-05", "10"], "--clock"),
    ],
)
def test_a_clock_that_cannot_be_read_is_refused_with_what_there_is(refused, given, names):
    assert names in refused(*given)


# Many, from a file


def test_a_file_gives_one_list_of_ids_and_due_days(due, written):
    file = written(
        "A1,2026-11-27,20,next_working_day\nA2,07/03/2026,5,roll_then_count\nA3,2026-03-06,5,same_day\n"
    )
    code, out, err = due("--from", file, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {"id": "A1", "due": "2026-12-29"},
        {"id": "A2", "due": "2026-03-16"},
        {"id": "A3", "due": "2026-03-12"},
    ]


def test_every_row_of_the_shared_papers_comes_out_right(due, shared_papers):
    file = shared_papers / "deadlines.csv"
    code, out, err = due("--from", file, "--json")
    assert (code, err) == (0, "")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        expected = [{"id": row["id"], "due": row["due"]} for row in csv.DictReader(opened)]
    assert json.loads(out) == expected


DAY = "expected a day, as 2026-01-31 or 31/01/2026."
NUMBER = "expected a whole number of working days, from 0 to 9,999."
CONVENTION = "expected one of next_working_day, roll_then_count, same_day."
COVERED = "is outside the bank holiday calendar, which covers 1 January 2012 to 31 December 2028."

BAD_ROWS = [
    ("B1,2026-02-30,5,same_day", f', column start: "2026-02-30" is no day of the calendar; {DAY}'),
    ("B2,2026-01-31,-5,same_day", f', column working_days: "-5" was found; {NUMBER}'),
    ("B3,2026-01-31,5,noon", f', column convention: "noon" was found; {CONVENTION}'),
    ("B4,2026-01-31,5", f", column convention: nothing was found; {CONVENTION}"),
    ("B5,2029-01-31,5,same_day", f", columns start and working_days: Wednesday 31 January 2029 {COVERED}"),
    ("B6,2026-01-31,123456,same_day", f', column working_days: "123456" was found; {NUMBER}'),
    (
        ",2026-01-31,5,same_day",
        ", column id: nothing was found; expected what tells this row from the others.",
    ),
    ("B8,2026-01-31,5,same_day,more", ": the row has 5 cells; expected 4, as in the headings."),
    ("B9,2026-01-31", f", column working_days: nothing was found; {NUMBER}"),
    ('B10,"2026-01-31"x,5,same_day', ": a quote mark stands where none can."),
]


def test_a_row_that_cannot_be_read_is_named_and_the_others_are_still_worked(due, written):
    bad = "".join(f"{row}\n" for row, _ in BAD_ROWS)
    file = written(f"A1,2026-03-06,1,next_working_day\n{bad}A2,2026-03-07,1,next_working_day\n")
    code, out, err = due("--from", file, "--json")
    assert code == 2
    assert json.loads(out) == [{"id": "A1", "due": "2026-03-09"}, {"id": "A2", "due": "2026-03-09"}]
    *told, total = err.splitlines()
    assert told == [f"{file}, line {line}{says}" for line, (_, says) in enumerate(BAD_ROWS, start=3)]
    assert f"{len(BAD_ROWS)} rows could not be read" in total


def test_a_file_with_no_good_row_still_prints_a_document(due, written):
    code, out, _ = due("--from", written("B1,soon,5,same_day\n"), "--json")
    assert (code, json.loads(out)) == (2, [])


def test_headings_alone_are_an_empty_list(due, written):
    code, out, err = due("--from", written(""), "--json")
    assert (code, json.loads(out), err) == (0, [], "")


def test_a_convention_given_once_stands_for_rows_that_name_none(due, written):
    file = written("A1,2026-03-07,5,\nA2,2026-03-07,5,next_working_day\n")
    code, out, _ = due("--from", file, "--convention", "roll_then_count")
    assert code == 0
    assert [row["due"] for row in json.loads(out)] == ["2026-03-16", "2026-03-13"]
    no_column = written("A1,2026-03-07,5\n", headings="id,start,working_days\n")
    code, out, _ = due("--from", no_column, "--convention", "roll_then_count")
    assert (code, json.loads(out)) == (0, [{"id": "A1", "due": "2026-03-16"}])


def test_headings_may_stand_in_any_order_with_others_beside_them(due, written):
    file = written(
        '5,"one, two\nthree",A1,same_day,2026-03-06\n', headings="Working days,Notes,ID,Convention,Start\n"
    )
    assert json.loads(due("--from", file)[1]) == [{"id": "A1", "due": "2026-03-12"}]


def test_a_file_saved_by_a_spreadsheet_program_is_read(due, tmp_path):
    file = tmp_path / "excel.csv"
    text = HEADINGS + "A1,06/03/2026,5,same_day\n,,,\n\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert json.loads(due("--from", file)[1]) == [{"id": "A1", "due": "2026-03-12"}]


def test_from_standard_input(due, monkeypatch):
    rows = io.BufferedReader(io.BytesIO((HEADINGS + "A1,2026-03-06,5,same_day\n").encode()))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(rows))
    assert json.loads(due("--from", "-")[1]) == [{"id": "A1", "due": "2026-03-12"}]


def test_explained_rows_carry_their_proof(due, written):
    _, out, _ = due("--from", written("A1,2026-03-06,1,same_day\n"), "--explain")
    assert json.loads(out)[0]["explained"] == [
        {"day": "2026-03-06", "number": 1, "why": "the day of the event: day 1"}
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04" + bytes(100), "Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        ("id,start".encode("utf-16"), "UTF-16"),
        (bytes(range(256)) * 40, "not text"),
        (b"id,start,convention\nA1,2026-03-06,same_day\n", "no column working_days"),
        (b"id;start;working_days;convention\nA1;2026-03-06;5;same_day\n", "id;start;working_days;convention"),
        (b"id,start,start,working_days,convention\n", 'two columns called "start"'),
        (b'"id,start\n', "quote mark"),
    ],
)
def test_a_file_that_is_not_what_was_expected_is_refused_whole(refused, tmp_path, content, says):
    file = tmp_path / "some.csv"
    file.write_bytes(content)
    said = refused("--from", file, "--json")
    assert str(file) in said
    assert says in said
    assert "xpected" in said


def test_a_file_that_cannot_be_opened_is_refused(refused, tmp_path):
    assert "No such file" in refused("--from", tmp_path / "nowhere.csv")
    assert "directory" in refused("--from", tmp_path)
    assert "no name of a file" in refused("--from", "a\0b")


def test_a_file_goes_alone(refused, written):
    assert "goes alone" in refused("--from", written(""), "2026-03-06", "5")
    assert "goes alone" in refused("--from", written(""), "--clock", "respond", "--edition", "2024")


def test_an_id_that_is_not_utf_8_is_named_but_other_columns_may_hold_anything(due, tmp_path):
    file = tmp_path / "latin.csv"
    rows = "A1,2026-03-06,5,same_day,£20\n£2,2026-03-06,5,same_day,\n"
    file.write_bytes((HEADINGS.strip() + ",notes\n" + rows).encode("cp1252"))
    code, out, err = due("--from", file)
    assert (code, json.loads(out)) == (2, [{"id": "A1", "due": "2026-03-12"}])
    assert "line 3, column id" in err
    assert "CSV UTF-8" in err


def test_what_stands_in_the_file_cannot_steer_the_terminal(due, written):
    _, _, err = due("--from", written("A1,\x1b[31mred,5,same_day\n"))
    assert "\x1b" not in err


def test_a_flood_of_bad_rows_is_counted_and_not_all_printed(due, written):
    _, _, err = due("--from", written("A1,soon,5,same_day\n" * 1_500))
    assert len(err.splitlines()) == 1_002
    assert "and 500 more rows" in err
    assert "1,500 rows could not be read" in err


# However big the file


def most_memory(run) -> tuple[object, float]:
    """What a call returns, and the most memory it held at once, in megabytes."""
    tracemalloc.start()
    try:
        with contextlib.redirect_stdout(io.TextIOWrapper(io.FileIO(os.devnull, "w"))):
            returned = run()
        return returned, tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()


def test_a_long_file_is_never_held_as_a_whole(written):
    file = written("C0000001,2026-03-06,5,next_working_day\n" * 60_000)
    code, megabytes = most_memory(lambda: cli.main(["due", "--from", str(file)]))
    assert code == 0
    assert megabytes < 2


@pytest.mark.parametrize("start", ["", '"'], ids=["one endless line", "a quote that never closes"])
def test_a_file_that_is_one_endless_cell_is_reported_and_not_swallowed(written, start):
    file = written(start + "x" * 20_000_000)
    code, megabytes = most_memory(lambda: cli.main(["due", "--from", str(file)]))
    assert code == 2
    assert megabytes < 4
