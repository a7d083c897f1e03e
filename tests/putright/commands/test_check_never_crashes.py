"""Whatever is done to a file, `putright check` answers with a document and says what is wrong."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from putright.cli import main

CSV = (
    b"ref,complaint_received,complaint_acknowledged,stage1_response,stage1_status,escalation_requested,"
    b"escalation_requested_earliest,stage1_extended_to,stage1_extension_told\r\n"
    b"C1,02/04/2024,03/04/2024,15/04/2024 14:05,,,,01/05/2024,12/04/2024\r\n"
    b'"C\r\n2",2024-04-02T10:00Z,,,skipped,,2024-05-01,,\r\n'
)
YAML = (Path(__file__).parents[2] / "data" / "timelines.yaml").read_bytes()
TOKENS = [
    b'"', b"'", b":", b"\n", b"- ", b"&a ", b"*a", b"[", b"{", b"!!", b"9999999999", b"-", b"/", b",", b"\x00",
    b"\xff\xfe", b"null", b"<", b">", b"=", b"\t", b"..", b"cases:", b"0000-00-00",
]  # fmt: skip


def workbook() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["ref", "complaint_received", "stage1_response"])
    page.append(["C1", date(2024, 4, 2), "=B2+10"])
    page.append(["C2", "02/04/2024", 45384])
    page.merge_cells("B4:B5")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


XLSX = workbook()


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        end = at + draw(st.integers(0, 30))
        content[at:end] = draw(st.sampled_from(TOKENS) | st.binary(max_size=6) | st.just(b""))
    return bytes(content)


@st.composite
def damaged_workbooks(draw: st.DrawFn) -> bytes:
    if draw(st.integers(0, 3)) == 0:
        return draw(damaged(XLSX))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(made, "w") as new:
        hurt = draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            new.writestr(name, draw(damaged(old.read(name))) if name == hurt else old.read(name))
    return made.getvalue()


FILES = {".csv": damaged(CSV), ".yaml": damaged(YAML), ".xlsx": damaged_workbooks()}


@pytest.mark.parametrize("ending", FILES)
@given(data=st.data())
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_damaged_file_is_judged_or_refused_and_never_a_crash(
    ending: str, data: st.DataObject, capsys: pytest.CaptureFixture[str]
) -> None:
    options = data.draw(st.sampled_from([[], ["--as-of", "2024-06-03"], ["--edition", "2022"]]))
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"damaged{ending}"
        file.write_bytes(data.draw(FILES[ending]))
        code = main(["check", str(file), "--json", *options])
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert code == (2 if found["problems"] else 0)
    for problem in found["problems"]:
        assert plain(problem["says"]) in plain(printed.err)


def plain(text: str) -> str:
    """What a terminal shows for certain: it is given other marks for what of a file cannot be printed."""
    return "".join(each for each in text if "!" <= each <= "~")
