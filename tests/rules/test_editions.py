"""The editions of the Code as data: nothing missing, nothing copied, and plain enough to read when tired."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from complaint_rules import editions
from complaint_rules.editions import FOLDER, crosswalk
from complaint_rules.editions.crosswalk import BadCrosswalk, counterparts, threads, threads_of
from complaint_rules.editions.provisions import (
    BadProvisions,
    UnknownProvision,
    contents,
    near,
    provision,
    provisions,
    section_titles,
    with_wording,
)

EDITIONS = ("2020", "2022", "2024")
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "code"

needs_shared_papers = pytest.mark.skipif(
    not SHARED.exists() or find_spec("ruamel") is None,
    reason="needs the shared papers (a folder named shared beside the checkout) and ruamel.yaml to read them",
)


# Nothing missing


@pytest.mark.parametrize(
    ("edition", "kinds"),
    [("2020", {"question": 36}), ("2022", {"must": 45, "should": 27}), ("2024", {"must": 72})],
)
def test_every_edition_has_all_its_provisions(edition: str, kinds: dict[str, int]) -> None:
    assert Counter(each.kind for each in provisions(edition).values()) == kinds


@pytest.mark.parametrize(("edition", "sections"), [("2020", 8), ("2022", 8), ("2024", 9)])
def test_sections_are_numbered_without_a_gap(edition: str, sections: int) -> None:
    assert list(section_titles(edition)) == list(range(1, sections + 1))
    assert {each.section for each in provisions(edition).values()} == set(section_titles(edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_provisions_stand_in_the_order_of_the_code(edition: str) -> None:
    def place(ref: str) -> tuple[int, int]:
        section, part = ref.split(".")
        return int(section), int(part) if part.isdecimal() else ord(part)

    refs = list(provisions(edition))
    assert refs == sorted(refs, key=place)


def test_a_form_leaves_out_only_the_paragraphs_that_introduce_a_section() -> None:
    for edition in ("2022", "2024"):
        text = contents(edition)
        for number in text.section_titles:
            parts = [int(ref.split(".")[1]) for ref in text.provisions if ref.split(".")[0] == str(number)]
            gaps = {f"{number}.{part}" for part in range(1, max(parts))} - set(text.provisions)
            assert gaps == {ref for ref in text.introductory if ref.startswith(f"{number}.")}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_provision_named_by_a_timetable_exists(edition: str) -> None:
    known = provisions(edition)
    for clock in editions.edition(edition).clocks.values():
        assert clock.provision in known
        assert clock.extension_told is None or clock.extension_told in known


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_provision_named_behind_a_rule_exists(edition: str) -> None:
    said = " ".join(editions.edition(edition).refs.values()).split()
    named = {ref for ref in said if re.match(r"\d", ref)}
    assert named
    assert named <= set(provisions(edition))


def test_the_provisions_of_a_clock_give_its_length_in_words() -> None:
    """The number an officer reads is the number the clock counts."""
    for edition in EDITIONS:
        for clock in editions.edition(edition).clocks.values():
            said = provision(edition, clock.provision).summary
            assert f"{clock.length} working days" in said, (edition, clock.name)


@pytest.mark.parametrize(
    ("edition", "ref", "most"),
    [
        ("2020", "4.g", 10),
        ("2022", "5.1", 10),
        ("2022", "5.13", 10),
        ("2024", "6.4", 10),
        ("2024", "6.15", 20),
    ],
)
def test_the_most_an_extension_may_add_is_said(edition: str, ref: str, most: int) -> None:
    limits = {clock.extension_most for clock in editions.edition(edition).clocks.values()}
    assert most in limits
    assert f"{most} working days" in provision(edition, ref).summary


@pytest.mark.parametrize(
    ("edition", "ref", "start"),
    [
        ("2020", "4.c", "of receiving it"),
        ("2020", "4.g", "from receipt"),
        ("2020", "4.g", "from the request"),
        ("2022", "4.1", "of receiving it"),
        ("2022", "5.1", "of logging the complaint"),
        ("2022", "5.13", "of escalating the complaint"),
        ("2024", "6.2", "of receiving it"),
        ("2024", "6.3", "of acknowledging the complaint"),
        ("2024", "6.11", "of receiving the request"),
        ("2024", "6.14", "of acknowledging stage 2"),
    ],
)
def test_the_day_a_limit_starts_is_said(edition: str, ref: str, start: str) -> None:
    assert start in provision(edition, ref).summary


def test_a_letter_that_counts_its_parts_lists_as_many() -> None:
    words = {"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
    for edition, each in every_provision():
        found = re.search(r"\b(four|five|six|seven|eight) (?:things|parts|kinds)", each.summary)
        if found and each.items:
            assert len(each.items) == words[found.group(1)], (edition, each.ref)


def test_only_the_edition_restated_from_memory_has_provisions_not_yet_checked() -> None:
    unchecked = {
        edition: sum(not each.checked for each in provisions(edition).values()) for edition in EDITIONS
    }
    assert unchecked == {"2020": 0, "2022": 0, "2024": 32}


# Plain words


def every_provision() -> Iterator[tuple[str, Any]]:
    for edition in EDITIONS:
        for each in provisions(edition).values():
            yield edition, each


def our_own_texts() -> Iterator[tuple[str, str]]:
    """Every sentence of ours an officer may read, with where it stands."""
    for edition, each in every_provision():
        for said in (each.heading, each.summary, each.note or "", *each.items):
            yield f"{edition} {each.ref}", said
    for thread in threads().values():
        for edition, said in thread.changes.items():
            yield f"crosswalk {thread.id} {edition}", said


def syllables(word: str) -> int:
    """A fair guess: groups of vowels, less a silent e or -ed; a number counts one for two digits."""
    word = word.lower()
    if word.isdecimal():
        return max(1, len(word) - 1)
    if re.search(r"[^td]ed$", word):
        word = word[:-2]
    elif re.search(r"[^aeiouyl]e$|[aeiouy]le$", word):
        word = word[:-1]
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def reading_grade(text: str) -> float:
    """Flesch and Kincaid's grade: school years needed; reading age is about five more."""
    words = re.findall(r"[A-Za-z']+|\d+", text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$|\")", text)))
    per_word = sum(syllables(word.replace("'", "")) for word in words) / len(words)
    return 0.39 * len(words) / sentences + 11.8 * per_word - 15.59


def test_the_measure_of_reading_tells_plain_from_hard() -> None:
    assert reading_grade("Send the answer once you know it. Do not wait.") < 3
    hard = "Outstanding remedial obligations necessitate comprehensive documentation of organisational accountability."
    assert reading_grade(hard) > 20
    assert [syllables(word) for word in ("complaint", "acknowledge", "decided", "stage", "table", "20")] == [
        2,
        3,
        3,
        1,
        2,
        1,
    ]


def test_summaries_can_be_read_by_almost_anyone() -> None:
    grades = {(edition, each.ref): reading_grade(each.summary) for edition, each in every_provision()}
    hardest = {where: round(grade, 1) for where, grade in grades.items() if grade > 13}
    assert not hardest
    assert sum(grades.values()) / len(grades) <= 9


def test_no_summary_is_empty_or_long() -> None:
    for edition, each in every_provision():
        assert 20 <= len(each.summary) <= 300, (edition, each.ref, len(each.summary))
        assert each.summary.endswith("."), (edition, each.ref)


def test_a_heading_has_three_to_eight_words_and_tells_provisions_of_a_section_apart() -> None:
    for edition, each in every_provision():
        assert 3 <= len(each.heading.split()) <= 8, (edition, each.ref, each.heading)
        assert not each.heading.endswith("."), (edition, each.ref)
    for edition in EDITIONS:
        seen = Counter((each.section, each.heading, each.stage) for each in provisions(edition).values())
        assert [said for said, times in seen.items() if times > 1] == []


def test_words_nobody_should_have_to_read_are_not_used() -> None:
    never = r"\b(formal complaint|sla|ticket|triage|vexatious|vulnerable|third part(y|ies)|deadline|stakeholders?)\b"
    found = [
        (where, said)
        for where, said in our_own_texts()
        if re.search(never, said.lower().replace("informal", ""))
    ]
    assert found == []


# Asking for one


def test_a_ref_is_never_taken_for_another() -> None:
    assert provision("2024", "6.1").topic == "triage"
    assert provision("2024", "6.10").topic == "progress-to-stage2"
    with pytest.raises(UnknownProvision) as missing:
        provision("2024", "6.21")
    assert {"6.2", "6.20"} <= set(missing.value.near)
    assert "6.20" in str(missing.value)


@pytest.mark.parametrize(
    ("written", "meant"), [("4c", "4.c"), ("4.C", "4.c"), ("4 c", "4.c"), ("(4.c)", "4.c")]
)
def test_a_ref_written_otherwise_is_not_accepted_but_is_understood(written: str, meant: str) -> None:
    assert near(written, provisions("2020")) == (meant,)
    with pytest.raises(UnknownProvision, match=r"4\.c"):
        provision("2020", written)


def test_nonsense_is_answered_with_where_the_code_begins_and_ends() -> None:
    with pytest.raises(UnknownProvision, match=r"from 1\.2 to 9\.8"):
        provision("2024", "fridge")


def test_an_introductory_paragraph_says_that_it_asks_nothing() -> None:
    with pytest.raises(UnknownProvision, match="only introduces its section"):
        provision("2022", "7.1")


def test_an_edition_that_does_not_exist_is_an_error_that_names_those_that_do() -> None:
    with pytest.raises(editions.UnknownEdition, match="2020, 2022, 2024"):
        provisions("2023")


def test_official_wording_can_be_laid_over_without_losing_our_summary() -> None:
    plain = provisions("2024")
    worded = with_wording(plain, {"6.3": "As printed."})
    assert worded["6.3"].wording == "As printed."
    assert worded["6.3"].summary == plain["6.3"].summary
    assert worded["6.2"].wording is None
    assert plain["6.3"].wording is None
    with pytest.raises(UnknownProvision):
        with_wording(plain, {"6.99": "Printed nowhere."})


# The crosswalk


def test_every_ref_of_the_crosswalk_exists() -> None:
    for thread in threads().values():
        for edition, refs in thread.refs.items():
            assert refs and set(refs) <= set(provisions(edition)), thread.id


def test_every_provision_belongs_to_a_thread() -> None:
    assert [
        (edition, each.ref) for edition, each in every_provision() if not threads_of(edition, each.ref)
    ] == []


def test_a_change_is_told_of_an_edition_that_exists() -> None:
    for thread in threads().values():
        assert thread.changes and set(thread.changes) <= set(EDITIONS), thread.id


def test_counterparts_go_both_ways() -> None:
    for edition, each in every_provision():
        for other, refs in counterparts(edition, each.ref).items():
            for ref in refs:
                assert each.ref in counterparts(other, ref)[edition]


def test_a_deadline_is_followed_through_the_editions() -> None:
    assert counterparts("2024", "6.14") == {"2020": ("4.g",), "2022": ("5.13",)}
    assert counterparts("2022", "5.13")["2024"] == ("6.14", "6.15", "6.16")
    (thread,) = threads_of("2024", "6.14")
    assert "acknowledge" in thread.changes["2024"]


def test_what_has_no_like_says_so() -> None:
    assert counterparts("2022", "4.9") == {"2020": (), "2024": ()}
    assert counterparts("2024", "2.3") == {"2020": (), "2022": ()}


# An edition added later


TIMETABLE = """
edition = "2030"
title = "A made-up Code"
in_force_from = 2030-01-01
[clocks.respond]
stage = 1
starts = "received"
length = 3
unit = "working_days"
provision = "1.1"
"""

PROVISION = """
edition = "2030"
[[sections]]
number = 1
title = "Only section"
[[sections.provisions]]
ref = "1.1"
kind = "must"
heading = "Answer in three days"
summary = "Answer within 3 working days of receiving the complaint."
topic = "stage1-deadline"
checked = true
"""


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """The editions with one more, whose folder is not named as its edition."""
    folder = tmp_path / "editions"
    shutil.copytree(FOLDER, folder)
    new = folder / "code_made_up"
    new.mkdir()
    (new / "timetable.toml").write_text(TIMETABLE)
    (new / "refs.toml").write_text("")
    (new / "provisions.toml").write_text(PROVISION)
    return folder


def test_a_new_edition_needs_only_files_of_its_own(added: Path) -> None:
    assert list(provisions("2030", added)) == ["1.1"]
    assert counterparts("2030", "1.1", added) == {"2020": (), "2022": (), "2024": ()}
    assert list(provisions("2024", added)) == list(provisions("2024"))


def test_a_new_edition_joins_the_crosswalk_by_a_file_of_its_own(added: Path) -> None:
    (added / "code_made_up" / "crosswalk.toml").write_text(
        '[[threads]]\nid = "stage1-deadline"\nrefs = { 2030 = ["1.1"] }\nchanges.2030 = "Three days."\n'
    )
    assert counterparts("2030", "1.1", added) == {"2020": ("4.g",), "2022": ("5.1",), "2024": ("6.3",)}
    assert counterparts("2024", "6.3", added)["2030"] == ("1.1",)
    assert threads(added)["stage1-deadline"].changes["2030"] == "Three days."
    assert "2030" not in threads()["stage1-deadline"].refs


def test_a_crosswalk_that_names_a_provision_that_is_not_there_is_refused(added: Path) -> None:
    path = added / "code_made_up" / "crosswalk.toml"
    path.write_text('[[threads]]\nid = "stage1-deadline"\nrefs = { 2030 = ["9.9"] }\n')
    with pytest.raises(BadCrosswalk, match=r"stage1-deadline: the 2030 Code has no provision 9\.9"):
        threads(added)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[threads]]\nrefs = { 2030 = ["1.1"] }\n', "needs an id of its own"),
        ('[[threads]]\nid = "x"\nrefs = { 2031 = ["1.1"] }\n', 'no edition "2031"'),
        ("[[threads\n", "crosswalk.toml: "),
    ],
)
def test_a_crosswalk_that_cannot_be_read_says_why(added: Path, text: str, says: str) -> None:
    (added / "code_made_up" / "crosswalk.toml").write_text(text)
    with pytest.raises(BadCrosswalk, match=says):
        threads(added)


def test_an_edition_without_provisions_says_which_file_is_missing(added: Path) -> None:
    (added / "code_made_up" / "provisions.toml").unlink()
    with pytest.raises(BadProvisions, match=r"code_made_up/provisions\.toml is missing"):
        provisions("2030", added)
    assert counterparts("2024", "6.3", added)["2030"] == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('ref = "1.1"', "ref = 1.1", "needs ref, given as a text"),
        ('ref = "1.1"', 'ref = "2.1"', "must begin with 1 and a dot"),
        ('kind = "must"', 'kind = "may"', "kind must be one of must, should, question"),
        ("checked = true", 'checked = "yes"', "needs checked, given as true or false"),
        ("checked = true", "chekced = true", "needs checked"),
        ("checked = true", "checked = true\nchekced = true", "nothing is known of 'chekced'"),
        ("checked = true", "checked = true\nstage = 4", "stage must be 1, 2 or 3"),
        ("checked = true", "checked = true\nstage = true", "stage must be a number"),
        ("checked = true", 'checked = true\nanswer = "maybe"', "answer must be one of"),
        ("checked = true", "checked = true\nitems = [1]", "items must be a list of texts"),
        ('heading = "Answer in three days"', 'heading = " "', "needs a heading and a summary"),
        ('title = "Only section"', "", "needs a number of its own and a title"),
        ('edition = "2030"', 'edition = "2031"', 'says edition "2031", but its timetable says "2030"'),
        ('edition = "2030"', "", "must name its edition"),
        ("[[sections]]", "[[sections", r"provisions\.toml: "),
    ],
)
def test_provisions_that_cannot_be_read_say_what_is_wrong(added: Path, old: str, new: str, says: str) -> None:
    path = added / "code_made_up" / "provisions.toml"
    assert old in PROVISION
    path.write_text(PROVISION.replace(old, new, 1))
    with pytest.raises(BadProvisions, match=says):
        provisions("2030", added)


def test_a_provision_that_stands_twice_is_refused(added: Path) -> None:
    path = added / "code_made_up" / "provisions.toml"
    once = PROVISION[PROVISION.index("[[sections.provisions]]") :]
    path.write_text(PROVISION + once)
    with pytest.raises(BadProvisions, match=r"1\.1 stands there twice"):
        provisions("2030", added)


# Against the shared papers, where they are


@cache
def shared(name: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load((SHARED / f"{name}.yaml").read_text(encoding="utf-8"))


def texts_in(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_in(value)


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Every run of `length` words in a text, whatever its case and its marks."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_a_copied_run_of_words_is_found() -> None:
    theirs = runs("One two three, four five six. Seven eight nine!")
    assert runs("zero TWO three four five six seven eight nine") & theirs
    assert not runs("one two three four five six seven ten nine") & theirs


@needs_shared_papers
def test_none_of_our_texts_repeats_eight_words_of_the_papers() -> None:
    papers = [text for name in (*EDITIONS, "crosswalk") for text in texts_in(shared(name))]
    theirs = set().union(*(runs(text) for text in papers))
    assert len(theirs) > 3000
    copied = {where: " ".join(run) for where, said in our_own_texts() for run in runs(said) & theirs}
    assert copied == {}


@needs_shared_papers
@pytest.mark.parametrize("edition", EDITIONS)
def test_numbers_and_structure_agree_with_the_papers(edition: str) -> None:
    theirs = [
        (section["number"], section["title"], each["ref"], each["kind"], each["stage"], each["topic"])
        + (each["checked"], len(each["items"]), each.get("answer_type", "yes_no"))
        for section in shared(edition)["sections"]
        for each in section["provisions"]
    ]
    ours = [
        (each.section, each.section_title, each.ref, each.kind, each.stage, each.topic)
        + (each.checked, len(each.items), each.answer)
        for each in provisions(edition).values()
    ]
    assert ours == theirs


@needs_shared_papers
def test_the_crosswalk_agrees_with_the_papers() -> None:
    theirs = {
        entry["id"]: {
            name: set(entry[key])
            for name, key in zip(EDITIONS, ("q2020", "p2022", "p2024"), strict=True)
            if entry[key]
        }
        for entry in shared("crosswalk")["entries"]
    }
    ours = {
        thread.id: {name: set(refs) for name, refs in thread.refs.items()} for thread in threads().values()
    }
    assert ours == theirs
    assert crosswalk.threads() is threads()
