"""The one reader of CSV: one bad row spoils no other, and every row knows its line."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from putright.csv_files import LONGEST_LINE, BadRow, NotCsv, Row, Table, is_text, shown


def table(content: str | bytes) -> Table:
    data = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    return Table(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]


def rows(content: str | bytes) -> list[tuple[int, list[str] | str]]:
    return [
        (row.line, list(row.cells.values()) if isinstance(row, Row) else row.says) for row in table(content)
    ]


def test_cells_are_found_by_heading_whatever_its_case_and_spaces():
    assert table("\ufeffID, Working  Days \n").columns == ("id", "working_days")


def test_a_row_knows_the_line_it_starts_on():
    assert rows('a,b\n1,"two\nlines"\n\n2,x\n') == [(2, ["1", "two\nlines"]), (5, ["2", "x"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_way_to_end_a_line_is_read(end):
    assert rows(end.join(["a,b", "1,2", "3,4"])) == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_a_quote_left_open_spoils_its_own_row_only():
    assert rows('a,b\n1,"open\n2,x\n3,y\n') == [
        (2, "a quote mark is opened and not closed"),
        (3, ["2", "x"]),
        (4, ["3", "y"]),
    ]


def test_a_stray_quote_spoils_its_own_row_only():
    assert rows('a,b\n1,"x"y\n2,z\n') == [(2, "a quote mark stands where none can"), (3, ["2", "z"])]


def test_two_quotes_left_open_spoil_two_rows():
    assert rows('a,b\n1,"open\n2,x\n3,"open\n4,y\n') == [
        (2, "a quote mark stands where none can"),
        (3, ["2", "x"]),
        (4, "a quote mark is opened and not closed"),
        (5, ["4", "y"]),
    ]


def test_a_line_too_long_spoils_itself_only_even_below_an_open_quote():
    long = "x" * (LONGEST_LINE + 10)
    too_long = f"the line is longer than {LONGEST_LINE:,} characters"
    assert rows(f"a,b\n{long}\n2,x\n") == [(2, too_long), (3, ["2", "x"])]
    assert rows(f'a,b\n1,"open\n2,x\n{long}\n3,y\n') == [
        (2, "a quote mark is opened and not closed"),
        (3, ["2", "x"]),
        (4, too_long),
        (5, ["3", "y"]),
    ]


def test_a_short_row_reads_as_empty_at_its_end_and_a_long_one_is_reported():
    assert rows("a,b\n1\n1,2,,\n1,2,3\n") == [
        (2, ["1", ""]),
        (3, ["1", "2"]),
        (4, "the row has 3 cells; expected 2, as in the headings"),
    ]


def test_bytes_that_are_not_utf_8_stay_in_their_cell():
    cells = rows(b"a,b\n\xa320,x\n")[0][1]
    assert [is_text(cell) for cell in cells] == [False, True]


def test_what_is_shown_of_a_file_is_short_and_steers_no_terminal():
    assert shown("\x1b[31m" + "x" * 100) == "\N{REPLACEMENT CHARACTER}[31m" + "x" * 35 + "…"


@pytest.mark.parametrize("content", [b"", b"\r\n \r\n", b"PK\x03\x04", b"\xff\xfei\x00", b"a,a\n", b"a\0b"])
def test_what_is_no_table_is_refused_whole(content):
    with pytest.raises(NotCsv, match="xpected"):
        table(content)


@given(st.binary(max_size=400).map(lambda content: content.replace(b"\0", b'"')))
def test_no_bytes_at_all_make_it_fail(content):
    lines = 1 + content.count(b"\n") + content.count(b"\r")
    for row in table(b"a,b\n" + content):
        assert isinstance(row, Row | BadRow)
        assert 2 <= row.line <= 1 + lines


@given(st.lists(st.sampled_from(["1,2", '1,"x\ny"', '1,"open', '"1"2', "", "3,4", '"']), max_size=12))
def test_rows_come_in_order_and_good_lines_before_the_first_bad_one_are_all_read(lines):
    found = [row.line for row in table("a,b\n" + "\n".join(lines))]
    assert found == sorted(set(found))
