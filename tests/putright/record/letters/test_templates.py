"""A template that cannot be filled is refused when it is read, and a letter that lacks something is not begun."""

from __future__ import annotations

from typing import Any

import letters_told
import pytest

from complaint_rules import letters
from putright.record.letters import compose, templates
from putright.record.letters.told import GAPS, PARTS


def given(**changes: Any) -> dict[str, Any]:
    return {"kind": "update", "title": "News", "pieces": [{"text": "{{opening}}"}]} | changes


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"kind": "poem"}, 0, "Give the kind of letter"),
        ({"stage": 3}, 0, "stage is 1 or 2"),
        ({"stage": True}, 0, "stage is 1 or 2"),
        ({"title": ""}, 0, "Give a title"),
        ({"title": "x" * 121}, 0, "Give a title"),
        ({"title": "{{nobody}}"}, 0, "nothing to fill {{nobody}}"),
        ({"pieces": []}, 0, "needs pieces"),
        ({"pieces": "words"}, 0, "needs pieces"),
        ({"pieces": [{"text": "x"}] * 101}, 0, "needs pieces"),
        ({"pieces": ["words"]}, 1, "heading, a text or a part"),
        ({"pieces": [{"text": "x"}, {}]}, 2, "one of these"),
        ({"pieces": [{"text": "x", "part": "points"}]}, 1, "one of these"),
        ({"pieces": [{"part": "gossip"}]}, 1, "no part 'gossip'"),
        ({"pieces": [{"text": "x", "when": "raining"}]}, 1, "'raining'"),
        ({"pieces": [{"text": "x", "colour": "red"}]}, 1, "Nothing is known of colour"),
        ({"pieces": [{"text": 3}]}, 1, "Write words"),
        ({"pieces": [{"text": "{{opening"}]}, 1, "{{its_name}}"),
        ({"pieces": [{"text": "{{ open ing }}"}]}, 1, "{{its_name}}"),
        ({"pieces": [{"text": "{{opening.__class__}}"}]}, 1, "{{its_name}}"),
    ],
)
def test_it_says_what_is_wrong_and_where(changes: dict[str, Any], where: int, says: str) -> None:
    with pytest.raises(templates.BadTemplate) as problem:
        templates.template(given(**changes))
    assert problem.value.where == where
    assert says in problem.value.says


def test_every_kind_of_letter_has_wording_of_ours_at_every_stage_of_every_edition() -> None:
    known = templates.own_wording()
    for edition in letters_told.EDITIONS:
        for each in letters.letters(edition):
            assert templates.find(known, each.kind, each.stage or 1, edition), (each.kind, each.stage)


def test_a_template_comes_back_the_same_from_plain_data() -> None:
    for each in templates.own_wording():
        assert templates.template(templates.as_data(each)) == each


def test_the_wording_of_an_edition_comes_before_that_of_all() -> None:
    general = templates.template(given())
    particular = templates.template(given(edition="2022"))
    assert templates.find((general, particular), "update", 1, "2022") is particular
    assert templates.find((general, particular), "update", 1, "2024") is general
    assert templates.find((), "update", 1, "2024") is None


def test_what_is_missing_is_named_and_nothing_is_made() -> None:
    template = templates.find(templates.own_wording(), "extension", 1, "2024")
    assert template is not None
    draft = letters_told.draft("extension", 1, "2024", reason="  ", new_day=None)
    with pytest.raises(compose.Missing) as missing:
        compose.compose(template, letters_told.told(draft))
    assert missing.value.names == ("new_day", "reason")
    assert str(missing.value) == "Not known yet: The new day for the answer, The reason."


def test_every_gap_has_a_label_and_a_sample_and_every_part_a_label() -> None:
    assert all(gap.label and gap.sample for gap in GAPS.values())
    assert all(part.label for part in PARTS.values())


def test_a_late_answer_says_sorry_first() -> None:
    template = templates.find(templates.own_wording(), "response", 1, "2024")
    assert template is not None
    told = letters_told.told(letters_told.draft("response", 1, "2024"), late=True)
    first = compose.compose(template, told).blocks[0]
    assert getattr(first, "text", "").startswith("Sorry.")
