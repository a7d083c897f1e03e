"""The one reader of YAML 1.2: plain data, line numbers, and what it refuses."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from putright.yaml_files import MOST_LEVELS, UnreadableYaml, read


def refused(text: str) -> UnreadableYaml:
    with pytest.raises(UnreadableYaml) as problem:
        read(text, name="made-up.yaml")
    return problem.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("0x1F", 31),
        ("0o17", 15),
        ("1_000", "1_000"),
        ("6.10", 6.1),
        ('"6.10"', "6.10"),
        ("'2025-12-18'", "2025-12-18"),
        ("1.5e3", 1500.0),
        (".inf", ".inf"),
        ("16:40", "16:40"),
        ("4.c", "4.c"),
        ("!!str 2025-12-18", "2025-12-18"),
        ("! 12", "12"),
        ("!!float 3", 3.0),
        ("9" * 30, "9" * 30),
        ("2025-12-18", date(2025, 12, 18)),
        ("2025-02-30", "2025-02-30"),
        ("2025-12-18T25:00", "2025-12-18T25:00"),
        ("18/12/2025", "18/12/2025"),
    ],
)
def test_a_value_is_what_yaml_1_2_says_it_is(written: str, value: object) -> None:
    found = read(f"key: {written}").data["key"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-12-18T16:40", datetime.fromisoformat("2025-12-18T16:40")),
        ("2025-12-18 16:40", datetime.fromisoformat("2025-12-18T16:40")),
        ("2025-12-18T16:40:05", datetime.fromisoformat("2025-12-18T16:40:05")),
        ("2025-12-18T16:40:05.25", datetime.fromisoformat("2025-12-18T16:40:05.250000")),
        ("2025-12-18T16:40Z", datetime(2025, 12, 18, 16, 40, tzinfo=UTC)),
        ("2025-12-18T16:40+01:00", datetime(2025, 12, 18, 16, 40, tzinfo=timezone(timedelta(hours=1)))),
    ],
)
def test_a_moment_keeps_its_minutes_and_its_zone_if_it_has_one(written: str, moment: datetime) -> None:
    found = read(f"at: {written}").data["at"]
    assert found == moment
    assert found.tzinfo == moment.tzinfo


def test_a_directive_for_yaml_1_1_does_not_turn_words_into_booleans() -> None:
    assert read("%YAML 1.1\n---\non: yes\n").data == {"on": "yes"}


def test_every_key_and_item_has_its_line() -> None:
    document = read("title: a\nsteps:\n  - at: 1\n    do: receive\n\n  - at: 2\n    do: >\n      close\n")
    assert document.line(("title",)) == 1
    assert document.line(("steps",)) == 2
    assert document.line(("steps", 0)) == 3
    assert document.line(("steps", 1, "do")) == 7


def test_a_path_that_is_not_there_has_the_line_of_what_stands_above_it() -> None:
    document = read("steps:\n  - at: 1\n  - at: 2\n")
    assert document.line(("steps", 1, "do")) == 3
    assert document.line(("nothing",)) == 1


def test_a_value_can_be_read_as_it_was_written() -> None:
    document = read("ref: 007\nlist: [1]\n")
    assert document.data["ref"] == 7
    assert document.text(("ref",)) == "007"
    assert document.text(("list",)) is None


def test_an_empty_text_reads_as_nothing() -> None:
    assert read("").data is None
    assert read("# only a remark\n").data is None


def test_an_alias_brings_a_copy_so_that_a_change_to_one_leaves_the_other() -> None:
    data = read("a: &it [1, {b: 2}]\nc: *it\n").data
    data["a"][1]["b"] = 9
    assert data["c"] == [1, {"b": 2}]


def test_a_key_given_twice_names_both_lines() -> None:
    problem = refused("steps:\n  - do: a\n    at: 1\n    do: b\n")
    assert problem.line == 4
    assert '"do" is given twice' in problem.says
    assert "line 2" in problem.says
    assert str(problem).startswith("made-up.yaml, line 4: ")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: [1, 2\n", 3, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a:\n  b: &x [1, *x]\n", 2, "points at itself"),
        ("a: *x\n", 1, "points at nothing"),
        ("a: 1\nb: !!python/object:os.system ls\n", 2, "tag"),
        ("a: !mine {b: 1}\n", 1, "tag"),
        ("a: !!int six\n", 1, "not a int"),
        ("? [a, b]\n: c\n", 1, "key"),
        ("~: c\n", 1, "key"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "<<"),
        ('a: 1\nb: "\\xzz"\n', 2, "not YAML"),
        ("a: 1\nb: \x01\n", 2, "character"),
        ('a: 1\nb: "\\ud800"\n', 2, "half a character"),
        ("<?xml version='1.0'?>\n<a b='c: d'>e: f</a>\n<g/>: [", None, "XML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(text: str, line: int | None, says: str) -> None:
    problem = refused(text)
    assert says in problem.says
    if line is not None:
        assert problem.line == line


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    assert "levels deep" in refused("[" * 100_000).says
    assert "levels deep" in refused("".join(f"{' ' * n}a:\n" for n in range(500))).says


def test_nesting_at_the_limit_is_read() -> None:
    assert read("[" * MOST_LEVELS + "]" * MOST_LEVELS).data is not None


def test_aliases_that_unfold_without_end_are_refused() -> None:
    wide = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))
    assert "unfolds" in refused(f"a0: &a0 [{', '.join('x' * 10)}]\n{wide}\n").says


def test_aliases_that_nest_without_end_are_refused() -> None:
    deep = "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 900))
    assert "levels deep" in refused(f"a0: &a0 [x]\n{deep}\n").says


def test_a_text_or_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    file.write_text("a: " + "x" * 2000)
    with pytest.raises(UnreadableYaml, match="bigger"):
        read(file, most_bytes=1000)
    with pytest.raises(UnreadableYaml, match="bigger"):
        read("a: " + "x" * 2000, most_bytes=1000)


def test_a_file_may_be_utf_8_with_a_mark_or_utf_16(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file = tmp_path / f"{encoding}.yaml"
        file.write_bytes("name: Siân\n".encode(encoding))
        assert read(file).data == {"name": "Siân"}


def test_a_file_that_is_not_text_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(UnreadableYaml, match="line 2: this is not text in UTF-8"):
        read(file)


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(UnreadableYaml, match="no such file"):
            read(path)
