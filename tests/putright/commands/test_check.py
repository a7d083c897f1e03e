"""`putright check`: complaints in a file, judged against the Code."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from putright.cli import main
from putright.yaml_files import read

ROOT = Path(__file__).parents[3]
OWN = ROOT / "tests" / "data" / "timelines.yaml"
SHARED = Path(os.environ.get("PUTRIGHT_PAPERS", ROOT.parent / "shared")) / "cases" / "real-timelines.yaml"

STEP = {
    "acknowledged": "acknowledge",
    "stage1": "respond",
    "escalation_acknowledged": "acknowledge_escalation",
    "stage2": "respond_stage_2",
}
VERDICT = {True: "met", False: "breached", "unknown": "cannot_tell"}
HEADER = (
    "ref,complaint_received,complaint_acknowledged,stage1_response,escalation_requested,"
    "escalation_acknowledged,stage2_response"
)

Check = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs the command on a file with --json: exit code, document, what went to standard error."""

    def run(file: Path, *options: str) -> tuple[int, Any, str]:
        code = main(["check", str(file), "--json", *options])
        printed = capsys.readouterr()
        return code, json.loads(printed.out), printed.err

    return run


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes a CSV of one header and some rows."""

    def write(*rows: str, header: str = HEADER, encoding: str = "utf-8", name: str = "sheet.csv") -> Path:
        file = tmp_path / name
        file.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
        return file

    return write


def complaints(cases: list[Any]) -> Iterator[Any]:
    for case in cases:
        yield case
        yield from complaints(case.get("other_threads") or case.get("threads") or [])


def disagreements(file: Path, found: Any) -> list[str]:
    """Where the answer differs from what the file expects of it, in plain words."""
    wrong = []
    told = list(complaints(read(file).data["cases"]))
    judged = list(complaints(found["cases"]))
    assert len(told) == len(judged)
    for case, answer in zip(told, judged, strict=True):
        for block, expected in case["expected"].items():
            step = answer[STEP[block]]
            wanted = {"verdict": VERDICT[expected["in_time"]], "working_days": expected["working_days_taken"]}
            for name in ("due", "earliest_due", "latest_due"):
                if name in expected:
                    wanted[name] = expected[name]
            if "due_if_late_ack_not_extended" in expected:
                wanted["stricter_due"] = expected["due_if_late_ack_not_extended"]
                wanted["stricter_verdict"] = VERDICT[expected["in_time_if_late_ack_not_extended"]]
            for name, value in wanted.items():
                value = value.isoformat() if isinstance(value, date) else value
                if step[name] != value:
                    wrong.append(f"{answer['ref']} {block} {name}: {step[name]}, expected {value}")
            if expected["edition"] not in (answer["edition"], "unknown"):
                wrong.append(f"{answer['ref']} {block}: edition {answer['edition']}")
    return wrong


# The worked timelines


def test_every_made_up_timeline_gets_the_days_and_verdicts_counted_by_hand(check: Check) -> None:
    code, found, _ = check(OWN)
    assert disagreements(OWN, found) == []
    assert code == 0
    assert found["problems"] == []


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared papers (cases/real-timelines.yaml)")
def test_every_real_timeline_gets_the_days_and_verdicts_worked_out_for_it(check: Check) -> None:
    code, found, _ = check(SHARED)
    assert disagreements(SHARED, found) == []
    assert code == 0
    assert len(found["cases"]) == 15


def flat(case: Any) -> dict[str, Any]:
    """A case of the YAML file as one row of a spreadsheet."""
    row = {key: case[key] for key in case if not isinstance(case[key], (dict, list))}
    for key, value in case.items():
        if key.endswith("_range"):
            row |= {key.replace("_range", f"_{end}"): day for end, day in value.items()}
    responses = case.get("stage1_responses") or []
    if responses:
        row |= {
            {"date": "stage1_response"}.get(end, f"stage1_response_{end}"): day
            for end, day in responses[0].items()
        }
    return row


def own_rows() -> tuple[list[str], list[dict[str, Any]]]:
    rows = [flat(case) for case in read(OWN).data["cases"]]
    return list(dict.fromkeys(key for row in rows for key in row)), rows


def without_threads(found: Any) -> Any:
    return [{**case, "threads": []} for case in found["cases"]]


@pytest.mark.parametrize(
    "written",
    [
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%d/%m/%Y 00:00",
        "%d/%m/%Y 2:05 PM",
        "%Y-%m-%dT09:30",
        "%Y-%m-%dT09:30:00.000Z",
    ],
)
def test_the_same_complaints_as_csv_get_the_same_answers(check: Check, tmp_path: Path, written: str) -> None:
    header, rows = own_rows()
    file = tmp_path / "timelines.csv"
    with open(file, "w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, header)
        writer.writeheader()
        for row in rows:
            writer.writerow({k: v.strftime(written) if isinstance(v, date) else v for k, v in row.items()})
    code, found, _ = check(file)
    assert code == 0
    assert found["cases"] == without_threads(check(OWN)[1])


def test_the_same_complaints_as_xlsx_get_the_same_answers(check: Check, tmp_path: Path) -> None:
    header, rows = own_rows()
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(header)
    for row in rows:
        page.append([row.get(column) for column in header])
    book.save(tmp_path / "timelines.xlsx")
    code, found, _ = check(tmp_path / "timelines.xlsx")
    assert code == 0
    assert found["cases"] == without_threads(check(OWN)[1])


# The answer


def test_the_document_has_the_shape_that_others_rely_on(check: Check, sheet: Callable[..., Path]) -> None:
    _, found, _ = check(sheet("C1,2024-06-10,2024-06-10,2024-06-24,,,"))
    case = found["cases"][0]
    assert list(case) == [
        "ref", "edition", "acknowledge", "respond", "acknowledge_escalation", "respond_stage_2", "findings",
        "threads",
    ]  # fmt: skip
    respond = case["respond"]
    assert respond["due"] == respond["done"] == "2024-06-24"
    assert respond["earliest_due"] is respond["latest_due"] is None
    assert respond["working_days"] == 10
    assert respond["stricter_due"] is respond["extended_to"] is None
    assert respond["verdict"] == "met"
    assert case["respond_stage_2"]["verdict"] == "not_applicable"
    assert case["findings"] == {
        "6.2": "met",
        "6.3": "met",
        "6.11": "not_applicable",
        "6.14": "not_applicable",
    }
    assert case["threads"] == []


def test_totals_count_threads_too_and_name_their_denominator(check: Check) -> None:
    _, found, _ = check(OWN)
    judged = list(complaints(found["cases"]))
    for name, total in found["totals"].items():
        verdicts = [case[name]["verdict"] for case in judged]
        counts = {v: verdicts.count(v) for v in ("met", "breached", "open", "cannot_tell", "not_applicable")}
        assert {name: total[name] for name in counts} == counts
        assert total["denominator"] == counts["met"] + counts["breached"]
        assert total["in_time_share"] == pytest.approx(counts["met"] / total["denominator"], abs=1e-4)


def test_a_share_of_nothing_is_no_share(check: Check, sheet: Callable[..., Path]) -> None:
    _, found, _ = check(sheet("C1,2024-06-10,,,,,"))
    assert found["totals"]["respond"]["in_time_share"] is None
    assert found["totals"]["respond"]["denominator"] == 0


def test_a_forced_edition_judges_every_complaint_by_it(check: Check, sheet: Callable[..., Path]) -> None:
    _, found, _ = check(sheet("C1,2024-06-10,2024-06-12,2024-06-24,,,"), "--edition", "2020")
    assert found["cases"][0]["edition"] == "2020"
    assert found["cases"][0]["findings"] == {"4.c": "met", "4.g": "met"}


def test_as_of_reads_what_is_missing_as_not_done(check: Check, sheet: Callable[..., Path]) -> None:
    file = sheet("C1,2024-06-10,,,,,")
    for day, verdicts in {
        "2024-06-17": ("open", "open"),
        "2024-06-18": ("breached", "open"),
        "2024-07-01": ("breached", "open"),
        "2024-07-02": ("breached", "breached"),
    }.items():
        case = check(file, "--as-of", day)[1]["cases"][0]
        assert (case["acknowledge"]["verdict"], case["respond"]["verdict"]) == verdicts, day


def test_another_convention_is_named_and_moves_a_weekend_arrival(
    check: Check, sheet: Callable[..., Path]
) -> None:
    file = sheet("C1,2024-06-08,,,,,")
    assert check(file)[1]["cases"][0]["acknowledge"]["due"] == "2024-06-14"
    _, found, _ = check(file, "--convention", "roll_then_count")
    assert found["cases"][0]["acknowledge"]["due"] == "2024-06-17"
    assert found["convention"] == "roll_then_count"


def test_people_get_a_table_and_totals_with_what_they_are_out_of(
    sheet: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(
        [
            "check",
            str(sheet("C1,2024-06-10,2024-06-10,2024-06-25,,,", "C2,2024-06-10,2024-06-11,2024-06-12,,,")),
        ]
    )
    shown = capsys.readouterr().out
    assert code == 0
    assert "C1 (2024 edition)" in shown
    assert "Answer stage 1       2024-06-24  2024-06-25  11    breached        6.3" in shown
    assert "1 of 2 (50.0%)" in shown


def test_people_are_told_why_something_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(OWN)]) == 0
    shown = capsys.readouterr().out
    assert "Answer stage 1: No edition of the Code was in force for certain on Tuesday 30 June 2020." in shown
    assert "Answer stage 1: the extension to 2024-11-01 counts." in shown
    assert "Answer stage 1       2023-02-22  not issued          cannot tell     5.1" in shown
    assert "T12, the same matter again, after the repair failed (2024 edition)" in shown
    assert "13 complaints judged, and 1 more inside them; 0 problems." in shown
    main(["check", str(OWN), "--as-of", "2025-06-30"])
    shown = capsys.readouterr().out
    assert "not done" in shown
    assert "  not recorded  " not in shown
    assert "Read as at the end of 2025-06-30" in shown


# What is wrong with a row


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("C2,31/02/2024,,,,,", "complaint_received", "not a day that exists"),
        ("C2,05/13/2024,,,,,", "complaint_received", "month written first"),
        ("C2,2/4/24,,,,,", "complaint_received", "four figures"),
        ("C2,45384,,,,,", "complaint_received", "2024-04-02"),
        ("C2,2024-04-02,soon,,,,", "complaint_acknowledged", "Write a day as 2026-01-31 or 31/01/2026"),
        ("C2,2024-04-02 29:00,,,,,", "complaint_received", "no time"),
        ("C2,2024-04-02,,2024-03-28,,,", "stage1_response", "is before complaint_received"),
        ("C2,2024-04-02,,,2024-05-01,,2024-04-30", "stage2_response", "is before escalation_requested"),
        ("C2,2202-04-02,,,,,", "complaint_received", "Check the year"),
        ("C1,2024-04-02,,,,,", "ref", "stands on line 2 already"),
        (",2024-04-02,,,,,", "ref", "no reference"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_judged(
    check: Check, sheet: Callable[..., Path], row: str, column: str, says: str
) -> None:
    code, found, errors = check(sheet("C1,2024-04-02,2024-04-03,,,,", row, "C3,2024-04-02,2024-04-03,,,,"))
    assert code == 2
    (problem,) = found["problems"]
    assert problem["line"] == 3
    assert problem["column"] == column
    assert says in problem["says"]
    assert "line 3" in errors
    assert [case["ref"] for case in found["cases"]] == ["C1", "C3"]


def test_a_row_with_a_line_break_in_a_cell_keeps_the_lines_of_later_rows_right(
    check: Check, sheet: Callable[..., Path]
) -> None:
    _, found, _ = check(sheet('"C\n1",2024-04-02,,,,,', "C2,soon,,,,,"))
    assert found["problems"][0]["line"] == 4


def test_a_row_with_too_many_cells_is_told(check: Check, sheet: Callable[..., Path]) -> None:
    code, found, _ = check(sheet("C1,2024-04-02,,,,,,more", "C2,2024-04-02,,,,,"))
    assert code == 2
    assert "the row has 8 cells; expected 7" in found["problems"][0]["says"]
    assert [case["ref"] for case in found["cases"]] == ["C2"]


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_rows_below(
    check: Check, sheet: Callable[..., Path]
) -> None:
    code, found, _ = check(sheet("C1,2024-04-02,,,,,", 'C2,"2024-04-02,,,,,', "C3,2024-04-02,,,,,"))
    assert code == 2
    assert [problem["line"] for problem in found["problems"]] == [3]
    assert [case["ref"] for case in found["cases"]] == ["C1", "C3"]


def test_columns_without_a_name_do_not_shift_the_others(check: Check, sheet: Callable[..., Path]) -> None:
    _, found, _ = check(
        sheet("C1,a,b,2024-04-02,2024-04-03", header="ref,,,complaint received,Complaint-acknowledged")
    )
    assert found["cases"][0]["acknowledge"]["working_days"] == 1


def test_no_day_of_receipt_is_told_and_what_depends_on_it_cannot_be(
    check: Check, sheet: Callable[..., Path]
) -> None:
    code, found, _ = check(sheet("C1,,2024-04-03,2024-04-10,,,"))
    assert code == 2
    assert found["problems"][0]["column"] == "complaint_received"
    assert found["cases"][0]["edition"] is None
    assert found["cases"][0]["respond"]["verdict"] == "cannot_tell"


def test_columns_that_are_not_known_are_noted_and_ignored(check: Check, sheet: Callable[..., Path]) -> None:
    code, found, errors = check(
        sheet("C1,2024-04-02,2024-04-12,kettle", header="Ref,Complaint received,stage1_responce,colour")
    )
    assert code == 0
    assert "ignored: stage1_responce, colour" in errors
    assert '"stage1_responce" looks like stage1_response' in errors
    assert found["cases"][0]["respond"]["done"] is None


def test_what_a_file_holds_cannot_move_the_cursor_of_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.yaml"
    bad = '- ref: "A\\e[2J\\nB"\n  complaint_received: "\\e[31mno"\n'
    good = '- {ref: "C\\eD", complaint_received: 2024-04-02}\n'
    file.write_text(f"cases:\n{bad}{good}")
    assert main(["check", str(file)]) == 2
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert len(printed.err.splitlines()) == 1


# Files of all kinds


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_is_read_in_the_encodings_that_excel_writes(
    check: Check, sheet: Callable[..., Path], encoding: str
) -> None:
    code, found, _ = check(sheet("Siân 1,02/04/2024,,,,,", encoding=encoding))
    assert code == 0
    assert found["cases"][0]["ref"] == "Siân 1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_may_be_cut_by_commas_semicolons_or_tabs(
    check: Check, sheet: Callable[..., Path], delimiter: str
) -> None:
    row = "C1,02/04/2024,03/04/2024,,,,".replace(",", delimiter)
    _, found, _ = check(sheet(row, header=HEADER.replace(",", delimiter)))
    assert found["cases"][0]["acknowledge"]["verdict"] == "met"


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b"0" * 1_000_000)
    return made.getvalue()


UNUSABLE = {
    "empty.csv": (b"", "empty"),
    "blank.csv": (b"\r\n \r\n", "empty"),
    "mark.csv": (b"\xef\xbb\xbf", "empty"),
    "long.csv": (HEADER.encode() + b"," + b"x" * 200_000, "longer than"),
    "header.csv": (HEADER.encode(), "no complaint under it"),
    "no-header.csv": (b"C1,2024-04-02\r\n", "no column ref"),
    "misspelt.csv": (b"ref,complaint_recieved\r\nC1,2024-04-02\r\n", "looks like complaint_received"),
    "twice.csv": (b"ref,complaint_received,ref\r\nC1,2024-04-02,C2\r\n", "two columns"),
    "binary.csv": (bytes(range(256)) * 20, "not text"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "really-xlsx.csv": (b"PK\x03\x04rest", "XLSX"),
    "really-html.csv": (b"<html><body>Sign in</body></html>", "HTML"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Save it as XLSX or CSV"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "password"),
    "really-text.xlsx": (b"ref,complaint_received", "not the XLSX"),
    "bomb.xlsx": (bomb(), "unpacks to 300 MB"),
    "really-xml.yaml": (b"<?xml version='1.0'?><cases/>", "XML"),
    "no-cases.yaml": (b"title: nothing\n", "cases:"),
    "no-case.yaml": (b"cases: []\n", "no complaint"),
    "twice.yaml": (b"cases:\n- ref: A\n  ref: B\n", "given twice"),
    "nested.yaml": (b"cases: " + b"[" * 5000, "levels deep"),
    "paper.pdf": (b"%PDF-1.7", "not read here"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_says_why_and_nothing_is_written(
    check: Check, tmp_path: Path, name: str
) -> None:
    content, says = UNUSABLE[name]
    file = tmp_path / name
    file.write_bytes(content)
    code, found, errors = check(file)
    assert code == 2
    assert says in errors
    assert str(file) in errors
    assert found["cases"] == []
    assert says in found["problems"][0]["says"]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["big.csv", "big.xlsx", "big.yaml"])
def test_a_file_of_200_mb_is_refused_before_it_is_read(check: Check, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with open(file, "wb") as opened:
        opened.truncate(200_000_000)
    code, _, errors = check(file)
    assert code == 2
    assert "200 MB" in errors or "bigger" in errors


def test_a_file_that_is_not_there_and_a_folder_are_told(check: Check, tmp_path: Path) -> None:
    assert "no such file" in check(tmp_path / "none.csv")[2]
    (tmp_path / "folder.csv").mkdir()
    assert "not a file" in check(tmp_path / "folder.csv")[2]


def test_a_workbook_that_declares_entities_is_refused(check: Check, tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as new:
        for part in old.infolist():
            head = b'<!DOCTYPE x [<!ENTITY y "z">]>' if part.filename.endswith("sheet1.xml") else b""
            new.writestr(part.filename, head + old.read(part))
    code, _, errors = check(tmp_path / "bad.xlsx")
    assert code == 2
    assert "entities" in errors


def test_what_excel_hides_in_a_workbook_is_told_cell_by_cell(check: Check, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["ref", "complaint_received", "stage1_response"])
    page.append(["C1", datetime(2024, 4, 2, 9, 0), date(2024, 4, 12)])  # noqa: DTZ001 - as Excel holds it
    page.append([2, 45384, None])
    page.append(["C3", "=B2+10", None])
    page.append(["C4", date(2024, 4, 2), None])
    page.append(["C5", None, None])
    page.merge_cells("B5:B6")
    page["A9"], page["B9"] = "C9", "02/04/2024"
    book.create_sheet("Notes").append(["by Dee"])
    book.save(tmp_path / "book.xlsx")
    code, found, errors = check(tmp_path / "book.xlsx")
    assert code == 2
    told = {problem["line"]: problem["says"] for problem in found["problems"]}
    assert "stores 2024-04-02" in told[3]
    assert "B (complaint_received)" in told[3]
    assert "no saved result" in told[4]
    assert "merged block B5:B6" in told[6]
    assert [case["ref"] for case in found["cases"]] == ["C1", "C4", "C9"]
    assert 'only the sheet "Sheet" was read, not Notes' in errors


def test_a_workbook_of_merged_cells_is_refused(check: Check, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["ref", "complaint_received"])
    for line in range(2, 1600, 2):
        page.merge_cells(f"B{line}:B{line + 1}")
    book.save(tmp_path / "merged.xlsx")
    code, _, errors = check(tmp_path / "merged.xlsx")
    assert code == 2
    assert "more than 500 blocks of merged cells" in errors


def test_an_edition_or_a_day_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for option, value in (("--edition", "2019"), ("--as-of", "31/01/2026"), ("--convention", "mine")):
        with pytest.raises(SystemExit) as stop:
            main(["check", str(OWN), option, value])
        assert stop.value.code == 2
        assert value in capsys.readouterr().err


def test_it_runs_as_a_command_of_its_own_and_needs_no_settings() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "putright.cli", "check", str(OWN), "--json"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert ran.returncode == 0
    assert len(json.loads(ran.stdout)["cases"]) == 13
    assert "django" not in ran.stderr
