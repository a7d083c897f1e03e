"""What is typed, read once and said to both databases. No database here."""

from __future__ import annotations

import pytest

from putright.evidence.search import asked, plain
from putright.evidence.search.asked import Either, Term


def beginning(*words: str) -> Term:
    return Term(words, begins=True)


def whole(*words: str) -> Term:
    return Term(words, begins=False)


@pytest.mark.parametrize(
    ("typed", "either"),
    [
        ("damp", [Either((beginning("damp"),))]),
        ("Damp Mould", [Either((beginning("damp"), beginning("mould")))]),
        ("damp damp", [Either((beginning("damp"),))]),
        ('"missed visit"', [Either((whole("missed", "visit"),))]),
        ("“missed visit”", [Either((whole("missed", "visit"),))]),
        ('"damp"', [Either((whole("damp"),))]),
        ("damp -mould", [Either((beginning("damp"),), (beginning("mould"),))]),
        ('damp -"no heating"', [Either((beginning("damp"),), (whole("no", "heating"),))]),
        ("damp or mould", [Either((beginning("damp"),)), Either((beginning("mould"),))]),
        ("damp OR mould fan", [Either((beginning("damp"),)), Either((beginning("mould"), beginning("fan")))]),
        ("14 sedge", [Either((whole("14"), beginning("sedge")))]),
        ("TV-26-0417", [Either((beginning("tv", "26", "0417"),))]),
        ("TV-26-04", [Either((beginning("tv", "26", "04"),))]),
        ("O'Brien", [Either((beginning("o", "brien"),))]),
        ("amira@example.org", [Either((beginning("amira", "example", "org"),))]),
        ("Siobhán", [Either((beginning("siobhan"),))]),
        ("STRAßE", [Either((beginning("strasse"),))]),
        ("李", [Either((beginning("李"),))]),
        ("ab", [Either((whole("ab"),))]),
    ],
)
def test_what_is_typed_is_read_as_people_mean_it(typed: str, either: list[Either]) -> None:
    assert list(asked.read(typed).either) == either


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "or",
        "or or OR",
        "-",
        "--",
        '"',
        '""',
        '" "',
        "😀",
        "* ( ) : ^ & | ! ~",
        "\0",
        "\u202e",
        "_",
        "-- -",
    ],
)
def test_what_means_nothing_asks_for_nothing(typed: str) -> None:
    read = asked.read(typed)
    assert not read
    assert not read.only_unwanted


@pytest.mark.parametrize("typed", ["-damp", '-"no heating"', "or -damp or"])
def test_only_what_is_unwanted_is_told_apart(typed: str) -> None:
    assert asked.read(typed).only_unwanted


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ('damp "mould', "damp mould"),
        ('"damp" mould"', '"damp" mould'),
        ("or damp", "damp"),
        ("damp or", "damp"),
        ("damp or or mould", "damp or mould"),
        ("damp - mould", "damp mould"),
        ("damp AND mould", "damp and mould"),
        ("(damp)", "damp"),
        ("damp*", "damp"),
        ("words:damp", "words-damp"),
    ],
)
def test_what_is_half_said_is_passed_over(typed: str, means: str) -> None:
    assert asked.read(typed) == asked.read(means)


def test_more_than_ten_words_and_a_thousand_letters_are_cut_short() -> None:
    read = asked.read(" ".join(f"word{number}" for number in range(30)))
    assert len(read.wanted) == asked.MOST_TERMS
    assert read.shortened
    assert asked.read("x" * 10_000).shortened
    assert not asked.read("damp mould").shortened


def test_a_word_cannot_be_an_operator_of_either_database() -> None:
    read = asked.read("""damp' OR 1=1 -- "mould" ' : * ^ NEAR(a b) {marks} : l2 <-> !x | y\\ AND "=l2" """)
    for said in (asked.for_postgresql(read, [["l1"]]), asked.for_sqlite(read, [["l1"]])):
        assert "\\" not in said
        assert "l2" not in said.replace("'l2'", "").replace('"l2"', "")
    assert asked.for_postgresql(read, [["l1"]]).startswith("('=l1') & (")
    assert asked.for_sqlite(read, [["l1"]]).startswith('(marks : "l1") AND words : (')


def test_a_word_is_spelled_alike_however_it_was_typed() -> None:
    assert list(plain.words_of("Café, CAFÉ, cafe\u0301 – ﬁne ½ İstanbul")) == [
        "cafe", "cafe", "cafe", "fine", "1", "2", "istanbul",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Siobhán O'Brien-Ng", "½ ﬁsh", "मदद चाहिए", "مُحَمَّد", "שָׁלוֹם", "Ångström", "e\u0301t\u00e9", "x" * 500],
)
def test_the_words_of_a_text_are_those_found_in_it(text: str) -> None:
    shown = plain.shown(text)
    assert [each for word in plain.words_in(shown) for each in word.plain] == list(plain.words_of(text))
