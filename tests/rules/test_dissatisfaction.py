"""Words that say somebody is not happy make a person ask what they want."""

from __future__ import annotations

import pytest

from complaint_rules import dissatisfaction


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("I am FED UP with this", "FED UP"),
        ("this is simply not\ngood enough", "not good enough"),
        ("Nobody came on Monday", "Nobody came"),
        ("I’m not happy", "not happy"),
        ("I want to complain.", "complain"),
        ("it didn’t turn up", "didn't turn up"),
    ],
)
def test_it_is_heard_however_it_is_said(said: str, word: str) -> None:
    assert dissatisfaction.said("Hello.", said) == word


@pytest.mark.parametrize(
    "said", ["", "My tap drips, please send somebody.", "Happy with the new door", "a complainant's"]
)
def test_a_plain_request_is_not_taken_for_it(said: str) -> None:
    assert dissatisfaction.said(said) == ""
